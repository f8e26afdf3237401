"""A closer look at the best candidates."""

from rag_app.reranking.cross_encoder import CrossEncoderReranker
from rag_app.reranking.late_interaction import LateInteraction
from rag_app.reranking.packing import pack

__all__ = ["CrossEncoderReranker", "LateInteraction", "pack"]
