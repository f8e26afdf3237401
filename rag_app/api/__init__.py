"""Footnote from Python: `open_footnote` gives a library to add documents to, to search and to ask. docs/api.md shows how."""

from rag_app.api.footnote import Footnote, open_footnote, scope_of
from rag_app.api.values import answer_value, document_value, search_value, task_value

__all__ = ["Footnote", "answer_value", "document_value", "open_footnote", "scope_of", "search_value", "task_value"]
