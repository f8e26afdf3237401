"""Exact cosines of few candidates, from the vectors that the store holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from rag_app.interfaces import Vectors
from rag_app.vector_index.exact import best, products

_SEED = 7


class StoredVectors(Protocol):
    """Where every vector is kept whole."""

    def vector_blocks(self, ids: Sequence[int]) -> Iterator[tuple[list[int], Vectors]]:
        """The vectors of those of `ids` that exist, in blocks of (ids, matrix)."""
        ...


def rescored(stored: StoredVectors, ids: Sequence[int], vector: Vectors, k: int) -> list[tuple[int, float]]:
    """The `k` of `ids` most similar to `vector`, best first, as (id, cosine)."""
    blocks = [(labels, products(matrix, vector)) for labels, matrix in stored.vector_blocks(ids)]
    labels = np.array([label for found, _ in blocks for label in found], np.int64)
    return best(labels, np.concatenate([np.empty(0, np.float32), *(scores for _, scores in blocks)]), k)


def sample(stored: StoredVectors, ids: Sequence[int], count: int, *, dimension: int) -> Vectors:
    """The vectors of at most `count` of `ids`, chosen at random but always the same, shape (at most count, dimension)."""
    chosen = np.random.default_rng(_SEED).permutation(np.asarray(ids, np.int64))[:count].tolist()
    blocks = [matrix for _, matrix in stored.vector_blocks(chosen)]
    return np.concatenate([np.empty((0, dimension), np.float32), *blocks])
