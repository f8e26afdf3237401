"""An index on disk: a cache with a stamp that says of what."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from rag_app.disk import flush, sha256_of
from rag_app.vector_index.kinds import KeptIndex, Kind
from rag_app.vector_index.rescoring import StoredVectors


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index file was made of; another value in any field makes the file worthless."""

    kind: str
    embedder_id: str
    dimension: int
    revision: int
    count: int
    sha256: str


class IndexFile:
    """The file of one kind of index in `folder`, with its stamp beside it, for vectors of one embedder."""

    def __init__(self, folder: Path, kind: Kind, *, embedder_id: str, dimension: int) -> None:
        self._folder = folder
        self._path = folder / "index.bin"
        self._stamp = folder / "index.json"
        self.kind = kind
        self._embedder_id = embedder_id
        self._dimension = dimension
        self._placing = Lock()  # one thread builds an index while others stamp the one that is there

    def load(self, stored: StoredVectors, *, revision: int) -> tuple[KeptIndex, Stamp] | None:
        """The index and its stamp, or None when there is none of `revision` or the file is not what was written."""
        stamp = self._read_stamp()
        if stamp is None or stamp != self._new_stamp(revision, stamp.count, stamp.sha256):
            return None
        try:
            if sha256_of(self._path) != stamp.sha256:
                return None
        except OSError:
            return None
        index = self.kind.load(self._path, self._dimension, stored)
        return (index, stamp) if len(index) == stamp.count else None

    def save(self, index: KeptIndex, *, revision: int) -> Stamp:
        """Write the index beside the old one, then put it in its place, and remove what else is there. Raises `OSError`."""
        self._folder.mkdir(parents=True, exist_ok=True)
        beside = self._folder / f"index.{os.getpid()}.new"
        try:
            index.save(beside)
            flush(beside)
            stamp = self._new_stamp(revision, len(index), sha256_of(beside))
            with self._placing:
                beside.replace(self._path)
                self._write_stamp(stamp)
                self._sweep()
        finally:
            beside.unlink(missing_ok=True)
        return stamp

    def write_stamp(self, stamp: Stamp) -> None:
        """Write the stamp alone: the file serves another revision too. Raises `OSError`."""
        with self._placing:
            self._write_stamp(stamp)

    def _write_stamp(self, stamp: Stamp) -> None:
        beside = self._folder / f"stamp.{os.getpid()}.new"
        beside.write_text(json.dumps(asdict(stamp), indent=2) + "\n", encoding="utf-8")
        flush(beside)
        beside.replace(self._stamp)

    def _new_stamp(self, revision: int, count: int, sha256: str) -> Stamp:
        return Stamp(self.kind.name, self._embedder_id, self._dimension, revision, count, sha256)

    def _sweep(self) -> None:
        """Remove what a killed process was writing."""
        for path in self._folder.iterdir():
            if path.is_file() and path not in (self._path, self._stamp):
                path.unlink(missing_ok=True)

    def _read_stamp(self) -> Stamp | None:
        try:
            return Stamp(**json.loads(self._stamp.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
