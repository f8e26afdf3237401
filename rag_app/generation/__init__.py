"""Chat models that write: llama.cpp over a GGUF file, and a scripted one for tests and for trying out."""

from rag_app.generation.fake import ScriptedGenerator
from rag_app.generation.generator import LlamaCppGenerator

__all__ = ["LlamaCppGenerator", "ScriptedGenerator"]
