"""A conversation as a file to keep or to hand on: Markdown, JSON or PDF."""

from rag_app.exporting.exporting import export

__all__ = ["export"]
