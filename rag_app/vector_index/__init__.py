"""Nearest vectors: exact where they are few, of a chosen kind where they are many, in step with the library."""

from rag_app.vector_index.exact import ExactIndex
from rag_app.vector_index.hnsw import HnswIndex
from rag_app.vector_index.kd_tree import KdTreeIndex
from rag_app.vector_index.kinds import KINDS, kind_of
from rag_app.vector_index.library_index import LibraryIndex, VectorSource
from rag_app.vector_index.pq import PqIndex

__all__ = ["KINDS", "ExactIndex", "HnswIndex", "KdTreeIndex", "LibraryIndex", "PqIndex", "VectorSource", "kind_of"]
