"""Approximate search in compressed vectors: inverted lists of product-quantized residuals (Jégou, Douze and Schmid, 2011)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag_app.interfaces import Vectors
from rag_app.vector_index.rescoring import StoredVectors, rescored, sample

_LISTS = 1024
_SAMPLE_OF_A_LIST = 40
_CENTROIDS = 256
_ROUNDS = 8
_PROBES = 256
_LEAST_CANDIDATES = 1000
_CANDIDATES = 4


class PqIndex:
    """A few dozen bytes for each unit vector. To be used by one thread at a time.

    The bytes only propose candidates, whose cosines are computed from the stored vectors. With a filter every list is
    looked through, so that nothing allowed is missed.
    """

    def __init__(self, dimension: int, stored: StoredVectors, ids: Sequence[int]) -> None:
        """Learn from a sample of the stored vectors of `ids`, which are to be added then."""
        import faiss

        self._faiss: Any = faiss
        self._stored = stored
        lists = max(1, min(_LISTS, len(ids) // _SAMPLE_OF_A_LIST))
        self._index = _empty_lists(faiss, dimension, lists)
        learned = sample(stored, ids, max(_CENTROIDS, lists * _SAMPLE_OF_A_LIST), dimension=dimension)
        self._index.train(learned if len(learned) >= _CENTROIDS else np.resize(learned, (_CENTROIDS, dimension)))

    @classmethod
    def load(cls, path: Path, stored: StoredVectors) -> PqIndex:
        """The index kept at `path`, of the vectors in `stored`. A damaged file may end the process: check it before."""
        import faiss

        index = cls.__new__(cls)
        index._faiss, index._stored, index._index = faiss, stored, faiss.read_index(str(path))
        return index

    def save(self, path: Path) -> None:
        """Write the index to `path`. Raises `OSError`."""
        try:
            self._faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path} cannot be written ({error})") from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def ids(self) -> set[int]:
        """The ids of all vectors."""
        lists = self._index.invlists
        sizes = ((number, lists.list_size(number)) for number in range(lists.nlist))
        filled = [self._faiss.rev_swig_ptr(lists.get_ids(number), size) for number, size in sizes if size]
        return set(np.concatenate(filled).tolist()) if filled else set()

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add vectors under ids that are not in the index yet."""
        self._index.add_with_ids(vectors, np.asarray(ids, np.int64))

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors; an unknown id is passed over."""
        self._index.remove_ids(np.asarray(ids, np.int64))

    def search(self, vector: Vectors, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` most similar (or all, if fewer), best first, as (id, cosine); with `allowed`, only those ids."""
        if allowed is not None:
            candidates = self._candidates(vector, k, self._index.nlist, allowed)
        else:
            candidates = self._candidates(vector, k, _PROBES)
            if len(candidates) < min(k, len(self)):
                candidates = self._candidates(vector, k, self._index.nlist)
        return rescored(self._stored, candidates, vector, k)

    def _candidates(self, vector: Vectors, k: int, probes: int, allowed: Sequence[int] | None = None) -> list[int]:
        selector = None if allowed is None else self._faiss.IDSelectorBitmap(_bits(np.asarray(allowed, np.int64)))
        how = self._faiss.SearchParametersIVF(nprobe=probes, sel=selector)
        breadth = max(_LEAST_CANDIDATES, _CANDIDATES * k)
        _, labels = self._index.search(vector[np.newaxis], breadth, params=how)
        found: list[int] = labels[0][labels[0] >= 0].tolist()
        return found


def _bits(ids: NDArray[np.int64]) -> NDArray[np.uint8]:
    """A bit for each number up to the largest of `ids`, set for these."""
    marked = np.zeros(ids.max(initial=0) + 1, np.bool_)
    marked[ids] = True
    return np.packbits(marked, bitorder="little")


def _empty_lists(faiss: Any, dimension: int, lists: int) -> Any:
    """Parts of four dimensions in a byte each, where the dimension can be divided so."""
    size = next(size for size in (4, 3, 2, 1) if dimension % size == 0)
    quantizer = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFPQ(quantizer, dimension, lists, dimension // size, 8, faiss.METRIC_INNER_PRODUCT)
    index.cp.min_points_per_centroid = index.pq.cp.min_points_per_centroid = 1  # fewer bring a warning on the terminal
    index.pq.cp.max_points_per_centroid, index.pq.cp.niter = _SAMPLE_OF_A_LIST, _ROUNDS
    return index
