"""A safetensors file, written tensor by tensor so that a large model is never whole in memory."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_LONGEST_HEADER = 100_000_000
_NAMES = {np.dtype(np.float32): "F32", np.dtype(np.float16): "F16"}


@dataclass(frozen=True, slots=True)
class LazyTensor:
    """A tensor that is made when it is written; `pieces()` yields its rows in order."""

    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]
    pieces: Callable[[], Iterator[NDArray[np.generic]]]

    @property
    def size(self) -> int:
        """In bytes."""
        return int(np.prod(self.shape)) * self.dtype.itemsize


def is_whole(file: Path) -> bool:
    """Whether the file is as long as its header says."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        head = stream.read(min(length, _LONGEST_HEADER))
    try:
        ends = [entry["data_offsets"][1] for name, entry in json.loads(head).items() if name != "__metadata__"]
        return bool(file.stat().st_size == 8 + length + max(ends))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False


def write_safetensors(tensors: tuple[LazyTensor, ...], file: Path) -> Iterator[int]:
    """Write `tensors` to `file`; yields how many are written so far."""
    with file.open("wb") as stream:
        stream.write(_header(tensors))
        for done, tensor in enumerate(tensors, start=1):
            for piece in tensor.pieces():
                stream.write(np.ascontiguousarray(piece, dtype=tensor.dtype).tobytes())
            yield done


def _header(tensors: tuple[LazyTensor, ...]) -> bytes:
    entries: dict[str, object] = {"__metadata__": {"format": "pt"}}
    offset = 0
    for tensor in tensors:
        end = offset + tensor.size
        entries[tensor.name] = {"dtype": _NAMES[tensor.dtype], "shape": tensor.shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(entries).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text
