"""Exact search: one matrix product."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag_app.interfaces import Vectors

_FIRST_ROWS = 256


class ExactIndex:
    """Every vector in one matrix that doubles when it is full. To be used by one thread at a time."""

    def __init__(self, dimension: int) -> None:
        self._matrix: Vectors = np.empty((_FIRST_ROWS, dimension), np.float32)
        self._labels: NDArray[np.int64] = np.empty(_FIRST_ROWS, np.int64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def ids(self) -> set[int]:
        """The ids of all vectors."""
        return set(self._labels[: self._count].tolist())

    def rows(self) -> tuple[NDArray[np.int64], Vectors]:
        """All ids and their vectors, row by row, to be read only."""
        return self._labels[: self._count], self._matrix[: self._count]

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add vectors under ids that are not in the index yet."""
        end = self._count + len(ids)
        if end > len(self._labels):
            self._grow(max(end, 2 * len(self._labels)))
        self._matrix[self._count : end] = vectors
        self._labels[self._count : end] = ids
        self._count = end

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors; an unknown id is passed over."""
        kept = np.flatnonzero(~np.isin(self._labels[: self._count], list(ids)))
        self._matrix, self._labels, self._count = self._matrix[kept], self._labels[kept], len(kept)

    def search(self, vector: Vectors, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` most similar (or all, if fewer), best first, as (id, cosine); with `allowed`, only those ids."""
        labels = self._labels[: self._count]
        scores = products(self._matrix[: self._count], vector)
        if allowed is not None:
            rows = np.flatnonzero(np.isin(labels, np.asarray(allowed, np.int64)))
            labels, scores = labels[rows], scores[rows]
        return best(labels, scores, k)

    def _grow(self, rows: int) -> None:
        matrix = np.empty((rows, self._matrix.shape[1]), np.float32)
        matrix[: self._count] = self._matrix[: self._count]
        labels = np.empty(rows, np.int64)
        labels[: self._count] = self._labels[: self._count]
        self._matrix, self._labels = matrix, labels


def products(matrix: Vectors, vector: Vectors) -> Vectors:
    """The product of each row with `vector`, by one thread.

    NumPy's `@` starts the threads of its BLAS, which wait for each other: beside other work on the same processors ten
    thousand rows took 25 ms, this way 0.6 (docs/decisions.md).
    """
    found: Vectors = np.einsum("ij,j->i", matrix, vector)
    return found


def best(labels: NDArray[np.int64], scores: Vectors, k: int) -> list[tuple[int, float]]:
    """The `k` highest scores with their labels, best first; of equal ones the older id first."""
    if k < len(scores):
        chosen = np.argpartition(-scores, k)[:k]
        labels, scores = labels[chosen], scores[chosen]
    order = np.lexsort((labels, -scores))
    return list(zip(labels[order].tolist(), scores[order].tolist(), strict=True))
