"""The graph on disk: a cache with a stamp that says of what."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from rag_app.vector_index.hnsw import HnswIndex

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index file was made of; another value in any field makes the file worthless."""

    embedder_id: str
    dimension: int
    revision: int
    count: int
    sha256: str


class IndexFile:
    """The index file in `folder`, with its stamp beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "hnsw.bin"
        self._stamp = folder / "hnsw.json"

    def load(self, *, embedder_id: str, dimension: int, revision: int) -> tuple[HnswIndex, Stamp] | None:
        """The index and its stamp, or None when there is none for these values or the file is not what was written."""
        stamp = self._read_stamp()
        if stamp is None or (stamp.embedder_id, stamp.dimension, stamp.revision) != (embedder_id, dimension, revision):
            return None
        try:
            if _sha256(self._path) != stamp.sha256:
                return None
        except OSError:
            return None
        index = HnswIndex.load(self._path, dimension)
        return (index, stamp) if len(index) == stamp.count else None

    def save(self, index: HnswIndex, *, embedder_id: str, dimension: int, revision: int) -> Stamp:
        """Write the index beside the old one, then put it in its place. Raises `OSError`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = self._folder / f"hnsw.{os.getpid()}.new"
        try:
            index.save(beside)
            _sync(beside)
            stamp = Stamp(embedder_id, dimension, revision, len(index), _sha256(beside))
            beside.replace(self._path)
        finally:
            beside.unlink(missing_ok=True)
        self.write_stamp(stamp)
        return stamp

    def write_stamp(self, stamp: Stamp) -> None:
        """Write the stamp alone: the file serves another revision too. Raises `OSError`."""
        beside = self._folder / f"stamp.{os.getpid()}.new"
        beside.write_text(json.dumps(asdict(stamp), indent=2) + "\n", encoding="utf-8")
        _sync(beside)
        beside.replace(self._stamp)

    def _read_stamp(self) -> Stamp | None:
        try:
            return Stamp(**json.loads(self._stamp.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
