"""What the parts of the store share."""

from __future__ import annotations

from datetime import datetime, timezone

from rag_app.records import TaskState
from rag_app.store.files import KeptFiles
from rag_app.store.opening import Connections

OPEN = f"('{TaskState.WAITING.value}', '{TaskState.RUNNING.value}')"


class Part:
    """One noun of the store, over the common file."""

    def __init__(self, connections: Connections, files: KeptFiles) -> None:
        self._connections = connections
        self.files = files  # the original files


def now() -> str:
    """The present moment, ISO 8601 in UTC."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")
