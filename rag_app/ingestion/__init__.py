"""From a path to a stored document."""

from rag_app.ingestion.ingestion import Ingestion

__all__ = ["Ingestion"]
