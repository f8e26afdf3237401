"""Search in a k-d tree (Bentley, 1975), over the principal axes of the vectors: in all dimensions it would visit every one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag_app.interfaces import Vectors
from rag_app.vector_index.exact import ExactIndex, products
from rag_app.vector_index.rescoring import StoredVectors, rescored, sample

_AXES = 24
_SAMPLE = 20_000
_LEAST_CANDIDATES = 1000
_CANDIDATES = 4


class KdTreeIndex:
    """A tree of projected unit vectors. To be used by one thread at a time.

    The tree only proposes candidates, whose cosines are computed from the stored vectors. It cannot change: the first
    search after a change builds it anew. With a filter the projections themselves are looked through.
    """

    def __init__(self, dimension: int, stored: StoredVectors, ids: Sequence[int]) -> None:
        """Learn the axes from a sample of the stored vectors of `ids`, which are to be added then."""
        self._stored = stored
        self._axes = _principal_axes(sample(stored, ids, _SAMPLE, dimension=dimension))
        self._points = ExactIndex(self._axes.shape[1])
        self._tree: Any = None

    @classmethod
    def load(cls, path: Path, stored: StoredVectors) -> KdTreeIndex:
        """The index kept at `path`, of the vectors in `stored`."""
        index = cls.__new__(cls)
        with np.load(path, allow_pickle=False) as kept:
            index._stored, index._axes, index._tree = stored, kept["axes"], None
            index._points = ExactIndex(index._axes.shape[1])
            index._points.add(kept["labels"].tolist(), kept["points"])
        return index

    def save(self, path: Path) -> None:
        """Write the projections to `path`; the tree is made of them again. Raises `OSError`."""
        labels, points = self._points.rows()
        with path.open("wb") as file:
            np.savez(file, axes=self._axes, labels=labels, points=points)

    def __len__(self) -> int:
        return len(self._points)

    def ids(self) -> set[int]:
        """The ids of all vectors."""
        return self._points.ids()

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add vectors under ids that are not in the index yet."""
        self._points.add(ids, vectors @ self._axes)
        self._tree = None

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors; an unknown id is passed over."""
        self._points.remove(ids)
        self._tree = None

    def search(self, vector: Vectors, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` most similar (or all, if fewer), best first, as (id, cosine); with `allowed`, only those ids."""
        point, breadth = products(self._axes.T, vector), max(_LEAST_CANDIDATES, _CANDIDATES * k)
        if allowed is None:
            candidates = self._nearest(point, min(breadth, len(self)))
        else:
            candidates = [label for label, _ in self._points.search(point, breadth, allowed=allowed)]
        return rescored(self._stored, candidates, vector, k)

    def _nearest(self, point: Vectors, count: int) -> list[int]:
        if not count:
            return []
        labels, points = self._points.rows()
        if self._tree is None:
            self._tree = _tree(points)
        _, rows = self._tree.query(point, k=np.arange(1, count + 1))
        found: list[int] = labels[rows].tolist()
        return found


def _principal_axes(vectors: Vectors) -> Vectors:
    """The directions in which `vectors` differ most, as columns."""
    spread = np.cov(vectors, rowvar=False) if len(vectors) > 1 else np.eye(vectors.shape[1])
    axes: Vectors = np.linalg.eigh(spread)[1][:, -_AXES:].astype(np.float32)
    return axes


def _tree(points: Vectors) -> Any:
    from scipy.spatial import KDTree

    return KDTree(points, balanced_tree=False, compact_nodes=False)
