"""A typed question becomes a query."""

from rag_app.querying.query import make_query

__all__ = ["make_query"]
