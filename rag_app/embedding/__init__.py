"""Embedders: texts to float32 vectors of unit length. Importing this package loads no model and no heavy library."""

from rag_app.embedding.fake import BagOfWordsEmbedder
from rag_app.embedding.onnx_embedder import OnnxEmbedder
from rag_app.embedding.sentence_transformers_embedder import SentenceTransformersEmbedder

__all__ = ["BagOfWordsEmbedder", "OnnxEmbedder", "SentenceTransformersEmbedder"]
