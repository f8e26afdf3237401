"""Nearest vectors: exact where they are few, of a chosen kind where they are many, in step with the library."""

from rag_app.vector_index.kinds import kind_of
from rag_app.vector_index.library_index import LibraryIndex

__all__ = ["LibraryIndex", "kind_of"]
