"""A typed question becomes a query."""

from rag_app.querying.query import make_query
from rag_app.querying.vocabulary import Vocabulary

__all__ = ["Vocabulary", "make_query"]
