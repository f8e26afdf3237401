"""The store: the parts together, over one file."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

from rag_app.errors import LibraryError
from rag_app.records import DiskUse
from rag_app.store.collections import Collections
from rag_app.store.conversations import Conversations
from rag_app.store.documents import Documents, set_embedder
from rag_app.store.files import KeptFiles
from rag_app.store.folders import Folders
from rag_app.store.opening import DATABASE, FILES, Connections
from rag_app.store.passages import Passages
from rag_app.store.tasks import Tasks
from rag_app.store.words import Words


class Store(Documents, Collections, Passages, Words, Tasks, Folders, Conversations):
    """What the library keeps in the folder `storage`. Safe to use from several threads and programs at once.

    Raises `LibraryError`, on opening and on use, when the file is damaged, locked for long, or cannot be written.
    """

    def __init__(self, storage: Path) -> None:
        super().__init__(Connections(storage / DATABASE), KeptFiles(storage / FILES))
        self.storage = storage

    def disk_use(self) -> DiskUse:
        """What the documents, and the database and index made of them, take on their disk."""
        [(originals,)] = self._connections.rows("select coalesce(sum(size), 0) from documents")
        rest = sum(map(_size, (*self.storage.glob("*"), *self.storage.glob("index/*"))))
        return DiskUse(originals, rest, shutil.disk_usage(self.storage).free)

    def revision(self) -> int:
        """A number that grows with every document added or removed."""
        return int(self._meta()["revision"])

    def expect_embedder(self, embedder_id: str, dimension: int) -> None:
        """Make sure that the library's vectors come from this embedder. An empty library takes any.

        Raises `LibraryError` with the way out when another embedder made them.
        """
        wanted = (embedder_id, dimension)
        if self._embedder() == wanted:
            return
        with self._connections.writing() as database:
            kept = self._embedder() or wanted  # another program may have chosen one since
            if kept != wanted and database.execute("select 1 from documents limit 1").fetchone():
                raise LibraryError(_other_embedder(self._connections.path, kept, wanted))
            set_embedder(database, *wanted)

    def close(self) -> None:
        """Close the connections of all threads."""
        self._connections.close()

    def _embedder(self) -> tuple[str, int] | None:
        """Whose vectors the library holds, with their dimension; None before the first."""
        meta = self._meta()
        return (meta["embedder"], int(meta["dimension"])) if "embedder" in meta else None

    def _meta(self) -> dict[str, str]:
        return dict(self._connections.rows("select key, value from meta"))


def _size(path: Path) -> int:
    """The bytes of a file; 0 for a folder, and for what is gone by now, as the index is put in its place by a new name."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _other_embedder(path: Path, kept: tuple[str, int], asked: tuple[str, int]) -> str:
    return (
        f"{path} was made with the embedder '{kept[0]}' ({kept[1]} dimensions), but '{asked[0]}' ({asked[1]}) is chosen. "
        f"Set the embedder back to '{kept[0]}', or let the new one read every document again: "
        f"python -m rag_app reindex --storage {path.parent}"
    )
