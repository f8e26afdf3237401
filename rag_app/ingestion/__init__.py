"""From a path to a stored document."""

from rag_app.ingestion.folders import Folders
from rag_app.ingestion.ingestion import Ingestion

__all__ = ["Folders", "Ingestion"]
