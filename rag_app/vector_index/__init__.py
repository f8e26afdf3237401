"""Nearest vectors: exact where they are few, HNSW where they are many, in step with the library."""

from rag_app.vector_index.exact import ExactIndex
from rag_app.vector_index.hnsw import HnswIndex
from rag_app.vector_index.library_index import LibraryIndex, VectorSource

__all__ = ["ExactIndex", "HnswIndex", "LibraryIndex", "VectorSource"]
