"""The few facts Footnote needs of a GGUF file: how many parameters it has, and how long a context.

Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3, little-endian.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rag_app.errors import ModelError

GGUF_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_STRING, _ARRAY = 8, 9
# Of numbers: value type -> format.
_FORMATS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_CONTEXT = ".context_length"


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """What a file says of its model; `context` is in tokens, 0 where it does not say."""

    parameters: int
    context: int


def read_gguf(path: Path) -> GgufFacts:
    """Read the beginning of `path`. Raises `ModelError` when it is no GGUF file or ends too early."""
    try:
        with path.open("rb") as stream:
            if stream.read(len(GGUF_MAGIC)) != GGUF_MAGIC:
                raise ModelError(f"{path} is not a GGUF file. Choose a .gguf file, or the folder of an embedder or reranker.")
            return _read_facts(stream)
    except (OSError, ValueError, KeyError, struct.error) as error:
        raise ModelError(f"{path} is damaged or of an unknown version of GGUF ({error}). Get the file again.") from error


def _read_facts(stream: BinaryIO) -> GgufFacts:
    version, tensors, entries = _read(stream, "<I"), _read(stream, "<Q"), _read(stream, "<Q")
    if version not in _VERSIONS:
        raise ValueError(f"version {version}")
    context = 0
    for _ in range(entries):
        key, kind = _read_string(stream), _read(stream, "<I")
        if key.endswith(_CONTEXT):
            context = _read(stream, _FORMATS[kind])
        else:
            _skip(stream, kind)
    return GgufFacts(sum(_read_tensor_size(stream) for _ in range(tensors)), context)


def _read_tensor_size(stream: BinaryIO) -> int:
    _read_string(stream)
    lengths = [_read(stream, "<Q") for _ in range(_read(stream, "<I"))]
    _read(stream, "<I")
    _read(stream, "<Q")
    return math.prod(lengths)


def _read_string(stream: BinaryIO) -> str:
    return _take(stream, _read(stream, "<Q")).decode(errors="replace")


def _skip(stream: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        _take(stream, _read(stream, "<Q"))
    elif kind == _ARRAY:
        element, length = _read(stream, "<I"), _read(stream, "<Q")
        if element in _FORMATS:
            stream.seek(length * struct.calcsize(_FORMATS[element]), 1)
            return
        for _ in range(length):
            _skip(stream, element)
    else:
        _read(stream, _FORMATS[kind])


def _read(stream: BinaryIO, form: str) -> int:
    """One number; only whole ones are used, others are read to get past them."""
    number = struct.unpack(form, _take(stream, struct.calcsize(form)))[0]
    return int(number) if math.isfinite(number) else 0


def _take(stream: BinaryIO, size: int) -> bytes:
    taken = stream.read(min(size, 1 << 30))
    if len(taken) < size:
        raise ValueError("it ends too early")
    return taken
