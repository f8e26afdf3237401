"""The one object that surfaces see: a person's documents, the questions asked of them, and their history."""

from rag_app.library.documents import never
from rag_app.library.library import EVERYTHING, Library

__all__ = ["EVERYTHING", "Library", "never"]
