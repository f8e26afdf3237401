"""The kinds of index for many vectors, by the names that the settings know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rag_app.errors import SettingsError
from rag_app.interfaces import VectorIndex
from rag_app.vector_index.hnsw import HnswIndex
from rag_app.vector_index.kd_tree import KdTreeIndex
from rag_app.vector_index.pq import PqIndex
from rag_app.vector_index.rescoring import StoredVectors


class KeptIndex(VectorIndex, Protocol):
    """An index that can be kept in a file."""

    def save(self, path: Path) -> None:
        """Write the index to `path`. Raises `OSError`."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """How an index is begun (for the stored vectors of these ids), and how it is read from its file."""

    name: str
    begin: Callable[[int, StoredVectors, Sequence[int]], KeptIndex]
    load: Callable[[Path, int, StoredVectors], KeptIndex]


HNSW = Kind(
    "hnsw",
    lambda dimension, _, ids: HnswIndex(dimension, capacity=len(ids)),
    lambda path, dimension, _: HnswIndex.load(path, dimension),
)
PQ = Kind("pq", PqIndex, lambda path, _, stored: PqIndex.load(path, stored))
KD_TREE = Kind("kdtree", KdTreeIndex, lambda path, _, stored: KdTreeIndex.load(path, stored))

KINDS: Mapping[str, Kind | None] = {"auto": HNSW, "exact": None, "hnsw": HNSW, "pq": PQ, "kdtree": KD_TREE}


def kind_of(name: str) -> Kind | None:
    """The kind for many vectors that `name` stands for; None where they are searched exactly, however many there are.

    Raises `SettingsError` for an unknown name.
    """
    try:
        return KINDS[name]
    except KeyError as error:
        raise SettingsError(f"There is no vector index '{name}'; known are: {', '.join(KINDS)}.") from error
