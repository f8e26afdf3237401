"""The vectors of the library, in step with it at every search."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rag_app.errors import RagError
from rag_app.interfaces import VectorIndex, Vectors
from rag_app.vector_index.exact import ExactIndex
from rag_app.vector_index.index_file import IndexFile, Stamp
from rag_app.vector_index.kinds import KeptIndex, Kind
from rag_app.vector_index.rescoring import StoredVectors

EXACT_BELOW = 100_000
_MATRIX_SHARE = 0.25
_REMOVED_SHARE = 0.2
_BUILD_BLOCK = 1024
_log = logging.getLogger(__name__)


class VectorSource(StoredVectors, Protocol):
    """Where the truth is: the store."""

    def revision(self) -> int:
        """A number that changes with the passages."""
        ...

    def passage_ids(self) -> list[int]:
        """The ids of all passages."""
        ...


class LibraryIndex:
    """A `VectorIndex` for searching only. Safe to use from several threads.

    Vectors stand in a matrix that is searched exactly. When more than `exact_below` do, a thread builds an index of the
    given kind of all of them, which takes their place when it is ready; those that come later stand in the matrix
    again. The built index is kept in `folder`, and used again as long as its stamp is right. Without a kind, nothing is built.
    """

    def __init__(
        self,
        source: VectorSource,
        *,
        kind: Kind | None = None,
        embedder_id: str,
        dimension: int,
        folder: Path,
        exact_below: int = EXACT_BELOW,
    ) -> None:
        self._source = source
        self._file = IndexFile(folder, kind, embedder_id=embedder_id, dimension=dimension) if kind else None
        self._dimension = dimension
        self._exact_below = exact_below
        self._revision = -1
        self._matrix = ExactIndex(dimension)
        self._built: VectorIndex = ExactIndex(dimension)
        self._built_count = 0
        self._stamp: Stamp | None = None
        self._refreshing = threading.Lock()
        self._using = threading.Lock()
        self._builder: threading.Thread | None = None
        self._closing = threading.Event()

    def __len__(self) -> int:
        with self._using:
            return len(self._matrix) + len(self._built)

    def search(self, vector: Vectors, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` most similar (or all, if fewer), best first, as (id, cosine); with `allowed`, only those ids."""
        with self._using:
            found = self._built.search(vector, k, allowed=allowed) + self._matrix.search(vector, k, allowed=allowed)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def refresh(self) -> None:
        """Take over what was added to and removed from the library since the last call, whoever did it."""
        with self._refreshing:
            revision = self._source.revision()
            if revision == self._revision:
                return
            if self._revision < 0:
                self._load(revision)
            self._take_over(set(self._source.passage_ids()))
            self._revision = revision
            self._restamp(revision)
            self._build_if_many()

    def close(self) -> None:
        """Stop building. Nothing is lost: what is built is a cache."""
        self._closing.set()
        if self._builder is not None:
            self._builder.join()

    def wait(self) -> None:
        """Until no index is being built."""
        if self._builder is not None:
            self._builder.join()

    def _load(self, revision: int) -> None:
        try:
            found = self._file.load(self._source, revision=revision) if self._file else None
        except RagError as error:
            _log.warning("The vector index could not be loaded (%s); the library is searched without it.", error)
            found = None
        if found is not None:
            with self._using:
                self._built, self._stamp = found
                self._built_count = len(self._built)

    def _take_over(self, ids: set[int]) -> None:
        with self._using:
            in_built, in_matrix = self._built.ids(), self._matrix.ids()
            for index, held in ((self._built, in_built), (self._matrix, in_matrix)):
                if gone := held - ids:  # else the matrix would be copied, and a tree built anew, with each document that is added
                    index.remove(list(gone))
        for block, vectors in self._source.vector_blocks(sorted(ids - in_built - in_matrix)):
            with self._using:
                self._matrix.add(block, vectors)

    def _restamp(self, revision: int) -> None:
        """The index on disk is still right: what it lacks or has too much shows in the ids."""
        if self._file is None or self._stamp is None:
            return
        self._stamp = dataclasses.replace(self._stamp, revision=revision)
        try:
            self._file.write_stamp(self._stamp)
        except OSError as error:
            _log.warning("The vector index could not be stamped (%s); it will be built again at the next start.", error)

    def _build_if_many(self) -> None:
        if self._file is None or (self._builder is not None and self._builder.is_alive()):
            return
        many = len(self._matrix) > max(self._exact_below, _MATRIX_SHARE * len(self._built))
        if many or self._built_count - len(self._built) > _REMOVED_SHARE * self._built_count:
            self._builder = threading.Thread(target=self._build_quietly, args=[self._file], name="vector index", daemon=True)
            self._builder.start()

    def _build_quietly(self, file: IndexFile) -> None:
        try:
            self._build(file)
        except RagError as error:
            _log.warning("The vector index could not be built (%s); the library is searched without it.", error)

    def _build(self, file: IndexFile) -> None:
        """An index of all vectors there are now, put in the place of the old one and of their rows in the matrix."""
        with self._refreshing, self._using:
            revision, ids = self._revision, sorted(self._built.ids() | self._matrix.ids())
        built = file.kind.begin(self._dimension, self._source, ids)
        for block, vectors in self._source.vector_blocks(ids):
            if not self._extend(built, block, vectors):
                return
        stamp = _save(file, built, revision)
        with self._refreshing:
            with self._using:
                built.remove(list(built.ids() - self._built.ids() - self._matrix.ids()))
                self._matrix.remove(list(built.ids()))
                self._built, self._built_count, self._stamp = built, len(ids), stamp
            self._restamp(self._revision)

    def _extend(self, built: KeptIndex, ids: Sequence[int], vectors: Vectors) -> bool:
        """Add to the index in steps between which closing is noticed; whether it was added whole."""
        for start in range(0, len(ids), _BUILD_BLOCK):
            if self._closing.is_set():
                return False
            built.add(ids[start : start + _BUILD_BLOCK], vectors[start : start + _BUILD_BLOCK])
        return True


def _save(file: IndexFile, built: KeptIndex, revision: int) -> Stamp | None:
    try:
        return file.save(built, revision=revision)
    except OSError as error:
        _log.warning("The vector index could not be kept (%s); it will be built again at the next start.", error)
        return None
