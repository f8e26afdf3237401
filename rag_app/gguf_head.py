"""The head of a GGUF file, as chat models come in, read so that a damaged or foreign one is refused before llama.cpp maps it.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import math
import mmap
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag_app.errors import ModelError

GGUF_MAGIC = b"GGUF"
VERSIONS = (2, 3)
_READABLE = " and ".join(map(str, VERSIONS))
STRING, ARRAY = 8, 9
NUMBERS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
MOST_ENTRIES = 1 << 24
MOST_LENGTHS = 4  # of a tensor
DEFAULT_ALIGNMENT = 32

# Tensor type -> (weights in a block, bytes of a block). Of a type that is not listed only the start is checked.
BLOCKS = {
    0: (1, 4),
    1: (1, 2),
    2: (32, 18),
    3: (32, 20),
    6: (32, 22),
    7: (32, 24),
    8: (32, 34),
    10: (256, 84),
    11: (256, 110),
    12: (256, 144),
    13: (256, 176),
    14: (256, 210),
    20: (32, 18),
    23: (256, 136),
    30: (1, 2),
}

Value = int | float | str | list[str | int | float]


@dataclass(frozen=True, slots=True)
class GgufHead:
    """What stands before the weights: the entries, and the lengths of each tensor, the innermost first."""

    path: Path
    entries: Mapping[str, Value]
    tensors: Mapping[str, tuple[int, ...]]

    def text(self, name: str) -> str:
        """The text of an entry; empty if there is none."""
        value = self.entries.get(name)
        return value if isinstance(value, str) else ""

    def count(self, name: str) -> int | None:
        """The whole number of an entry, if there is one."""
        value = self.entries.get(name)
        return value if isinstance(value, int) and value >= 0 else None

    def of_model(self, name: str) -> int:
        """The whole number that the entry `name` of the model's architecture has; 0 if there is none."""
        return self.count(self.key(name)) or 0

    def key(self, name: str) -> str:
        """What an entry of the model's architecture is called."""
        return f"{self.text('general.architecture')}.{name}"

    def sequence(self, name: str) -> Sequence[str | int | float]:
        """The list of an entry; empty if there is none."""
        value = self.entries.get(name)
        return value if isinstance(value, list) else ()


def read_head(path: Path) -> GgufHead:
    """The head of the GGUF file at `path`. Raises `ModelError` for a file that is missing, no GGUF, cut short or damaged."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return _read(content, path)
    except FileNotFoundError as error:
        raise ModelError(f"The model file {path} is not there. Choose another one, or fetch this one again.") from error
    except (OSError, ValueError, struct.error, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged or is no model in GGUF form ({error}). Fetch it again.") from error


class _Reader:
    """Reads values one after the other."""

    def __init__(self, content: mmap.mmap) -> None:
        self.content = content
        self.position = len(GGUF_MAGIC)

    def number(self, form: str) -> int:
        (value,) = struct.unpack_from(form, self.content, self.position)
        self.position += struct.calcsize(form)
        return value  # type: ignore[no-any-return]

    def string(self) -> str:
        length = self.number("<Q")
        end = self.position + length
        if end > len(self.content):
            raise ValueError("a text runs past the end of the file")
        text = self.content[self.position : end].decode("utf-8", errors="replace")
        self.position = end
        return text

    def value(self, kind: int) -> Value:
        if kind == STRING:
            return self.string()
        if kind != ARRAY:
            return self.number(NUMBERS[kind])
        inner, count = self.number("<I"), self.number("<Q")
        if count > MOST_ENTRIES:
            raise ValueError(f"a list of {count} entries")
        if inner in NUMBERS:
            return self._numbers(NUMBERS[inner], count)
        if inner != STRING:
            raise ValueError("a list of lists")
        return [self.string() for _ in range(count)]

    def _numbers(self, form: str, count: int) -> list[str | int | float]:
        values = list(struct.unpack_from(f"<{count}{form[1]}", self.content, self.position))
        self.position += count * struct.calcsize(form)
        return values


def _read(content: mmap.mmap, path: Path) -> GgufHead:
    if content[: len(GGUF_MAGIC)] != GGUF_MAGIC:
        raise ModelError(f"{path} is no model in GGUF form. Choose a file whose name ends in .gguf.")
    reader = _Reader(content)
    version = reader.number("<I")
    if version not in VERSIONS:
        raise ModelError(f"{path} is GGUF of version {version}; readable are {_READABLE}. Choose a newer file of the model.")
    tensors, entries = reader.number("<Q"), reader.number("<Q")
    if max(tensors, entries) > MOST_ENTRIES:
        raise ValueError(f"{tensors} tensors and {entries} entries")
    values: dict[str, Value] = {}
    for _ in range(entries):
        name = reader.string()
        values[name] = reader.value(reader.number("<I"))
    return GgufHead(path, values, _read_tensors(reader, tensors, values, path))


def _read_tensors(reader: _Reader, count: int, values: Mapping[str, Value], path: Path) -> dict[str, tuple[int, ...]]:
    """The tensors' lengths. Raises `ModelError` if one would reach past the end of the file."""
    end = 0
    tensors: dict[str, tuple[int, ...]] = {}
    for _ in range(count):
        name = reader.string()
        dimensions = reader.number("<I")
        if dimensions > MOST_LENGTHS:
            raise ValueError(f"a tensor of {dimensions} dimensions")
        tensors[name] = lengths = tuple(reader.number("<Q") for _ in range(dimensions))
        kind, offset = reader.number("<I"), reader.number("<Q")
        weights = math.prod(lengths)
        block, size = BLOCKS.get(kind, (weights, 0))
        end = max(end, offset + (weights // block * size if block else 0))
    alignment = values.get("general.alignment", DEFAULT_ALIGNMENT)
    if not isinstance(alignment, int) or alignment < 1:
        raise ValueError(f"an alignment of {alignment}")
    expected = -(-reader.position // alignment) * alignment + end
    if len(reader.content) < expected:
        raise ModelError(f"{path} is cut short: it has {len(reader.content)} of {expected} bytes. Fetch it again.")
    return tensors
