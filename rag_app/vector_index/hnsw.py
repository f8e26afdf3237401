"""Approximate search in a graph: hierarchical navigable small worlds (Malkov and Yashunin, 2018)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag_app.interfaces import Vectors
from rag_app.vector_index.exact import best, products
from rag_app.vector_index.hnsw_library import load_hnswlib

_NEIGHBOURS = 16
_BUILD_BREADTH = 100
_SEARCH_BREADTH = 600
_SPARE = 2
_FILTER_SHARE = 0.5


class HnswIndex:
    """A graph of unit vectors. To be used by one thread at a time.

    A removed vector stays in the graph, as a way to its neighbours, and is left out of the results: deletions marked
    in hnswlib itself can make a search fail. Whoever owns the index builds it anew when many were removed.
    """

    def __init__(self, dimension: int, *, capacity: int) -> None:
        self._graph = load_hnswlib().Index(space="ip", dim=dimension)
        self._graph.init_index(max_elements=capacity, M=_NEIGHBOURS, ef_construction=_BUILD_BREADTH)
        self._live: set[int] = set()

    @classmethod
    def load(cls, path: Path, dimension: int) -> HnswIndex:
        """The index kept at `path`. A damaged file may end the process: check it before."""
        index = cls.__new__(cls)
        index._graph = load_hnswlib().Index(space="ip", dim=dimension)
        index._graph.load_index(str(path))
        index._live = set(index._graph.get_ids_list())
        return index

    def save(self, path: Path) -> None:
        """Write the index to `path`. Removed vectors are in the file, and come back with `load`. Raises `OSError`."""
        try:
            self._graph.save_index(str(path))
        except RuntimeError as error:
            raise OSError(f"{path} cannot be written ({error})") from error
        if path.stat().st_size != self._graph.index_file_size():  # hnswlib does not notice a full disk
            raise OSError(f"{path} was not written whole")

    def __len__(self) -> int:
        return len(self._live)

    def ids(self) -> set[int]:
        """The ids of all vectors that were not removed."""
        return set(self._live)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add vectors under ids that are not in the index yet."""
        wanted = self._graph.get_current_count() + len(ids)
        if wanted > self._graph.get_max_elements():
            self._graph.resize_index(max(wanted, 2 * self._graph.get_max_elements()))
        if len(ids):  # hnswlib takes no empty matrix
            self._graph.add_items(vectors, np.asarray(ids, np.int64))
        self._live.update(ids)

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors; an unknown id is passed over."""
        self._live.difference_update(ids)

    def search(self, vector: Vectors, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` most similar (or all, if fewer), best first, as (id, cosine); with `allowed`, only those ids."""
        wanted = self._live if allowed is None else self._live.intersection(allowed)
        count = self._graph.get_current_count()
        if not wanted:
            return []
        if len(wanted) < _FILTER_SHARE * count or k >= len(wanted):
            return self._exact(vector, k, sorted(wanted))
        breadth = min(count, int(k * count / len(wanted)) * _SPARE)
        found = [pair for pair in self._nearest(vector, breadth) if pair[0] in wanted]
        return found[:k] if len(found) >= k else self._exact(vector, k, sorted(wanted))

    def _nearest(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        self._graph.set_ef(max(k, _SEARCH_BREADTH))
        try:
            labels, distances = self._graph.knn_query(vector, k=k, num_threads=1)
        except RuntimeError:  # fewer than k can be reached from the entry of the graph
            return []
        return list(zip(labels[0].tolist(), (1 - distances[0]).tolist(), strict=True))

    def _exact(self, vector: Vectors, k: int, ids: Sequence[int]) -> list[tuple[int, float]]:
        labels = np.asarray(ids, np.int64)
        return best(labels, products(self._vectors(ids), vector), k)

    def _vectors(self, ids: Sequence[int]) -> Vectors:
        found: Vectors = self._graph.get_items(ids, return_type="numpy")
        return found
