"""An ONNX model in the making: nodes, and weights in a file beside it, which ONNX Runtime maps into memory.

Fields are those of onnx.proto; see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from rag_app.model_registry.protobuf import content, integer, real, text

MICROSOFT = "com.microsoft"
Attribute = int | float | tuple[int, ...]

_IR_VERSION = 8
_OPSET = 17
_ALIGNMENT = 4096
_INLINE_BYTES = 1024
_EXTERNAL = 1
_FLOAT_ATTRIBUTE, _INT_ATTRIBUTE, _INTS_ATTRIBUTE = 1, 2, 7
_ELEMENT_TYPES = {
    np.dtype(np.float32): 1,
    np.dtype(np.uint8): 2,
    np.dtype(np.int8): 3,
    np.dtype(np.int64): 7,
    np.dtype(np.float16): 10,
}
FLOAT32 = _ELEMENT_TYPES[np.dtype(np.float32)]
INT64 = _ELEMENT_TYPES[np.dtype(np.int64)]


@dataclass(frozen=True, slots=True)
class Value:
    """An input or output of a model; a length that is a word may vary."""

    name: str
    element_type: int
    shape: tuple[int | str, ...]

    def serialized(self) -> bytes:
        lengths = (integer(1, length) if isinstance(length, int) else text(2, length) for length in self.shape)
        tensor = integer(1, self.element_type) + content(2, b"".join(content(1, length) for length in lengths))
        return text(1, self.name) + content(2, content(1, tensor))


class OnnxModel:
    """Collects nodes and weights; `serialized` gives the finished model."""

    def __init__(self, stream: BinaryIO, weights_file: str, written: dict[str, bytes]) -> None:
        """Weights go to `stream`, a file called `weights_file` in the folder of the model.

        `written` are the tensors that are there already, by name; models that are given the same dict share them.
        """
        self._stream = stream
        self._weights_file = weights_file
        self._nodes: list[bytes] = []
        self._written = written
        self._weights: dict[str, bytes] = {}

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """A constant tensor; the same name again is the same tensor."""
        if name not in self._weights:
            self.large_constant(name, [values], shape=values.shape, dtype=values.dtype)
        return name

    def large_constant(
        self, name: str, pieces: Iterable[NDArray[np.generic]], *, shape: Sequence[int], dtype: np.dtype[np.generic]
    ) -> str:
        """A constant tensor whose rows come in pieces, so that it is never whole in memory."""
        if name not in self._written:
            self._written[name] = self._write(name, pieces, shape, dtype)
        self._weights[name] = self._written[name]
        return name

    def _write(
        self, name: str, pieces: Iterable[NDArray[np.generic]], shape: Sequence[int], dtype: np.dtype[np.generic]
    ) -> bytes:
        """Write a tensor, and give what the model says of it."""
        size = math.prod(shape) * dtype.itemsize
        head = b"".join(integer(1, length) for length in shape) + integer(2, _ELEMENT_TYPES[dtype]) + text(8, name)
        if size <= _INLINE_BYTES:
            return head + content(9, b"".join(piece.tobytes() for piece in pieces))
        self._stream.write(bytes(-self._stream.tell() % _ALIGNMENT))
        place = {"location": self._weights_file, "offset": str(self._stream.tell()), "length": str(size)}
        entries = b"".join(content(13, text(1, key) + text(2, value)) for key, value in place.items())
        for piece in pieces:
            self._stream.write(np.ascontiguousarray(piece).data)
        return head + entries + integer(14, _EXTERNAL)

    def number(self, value: float) -> str:
        """A float32 scalar."""
        return self.constant(f"number_{value}", np.array(value, dtype=np.float32))

    def integers(self, *values: int) -> str:
        """A list of int64."""
        return self.constant("integers_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def apply(self, operator: str, *inputs: str, domain: str = "", **attributes: Attribute) -> str:
        """Add a node with one output and give the output's name."""
        return self.split(operator, *inputs, outputs=1, domain=domain, **attributes)[0]

    def split(self, operator: str, *inputs: str, outputs: int, domain: str = "", **attributes: Attribute) -> list[str]:
        """Add a node with several outputs and give their names."""
        node = f"{operator}_{len(self._nodes)}"
        names = [f"{node}_{number}" for number in range(outputs)]
        ends = b"".join(text(1, name) for name in inputs) + b"".join(text(2, name) for name in names)
        kind = text(3, node) + text(4, operator) + text(7, domain)
        settings = b"".join(content(5, _attribute(name, value)) for name, value in attributes.items())
        self._nodes.append(ends + kind + settings)
        return names

    def serialized(self, *, inputs: Iterable[Value], output: Value, result: str, name: str) -> bytes:
        """The model with `inputs` and one `output`, which is what the node output `result` holds."""
        self._nodes.append(text(1, result) + text(2, output.name) + text(4, "Identity"))
        graph = b"".join(content(1, node) for node in self._nodes) + text(2, name)
        graph += b"".join(content(5, tensor) for tensor in self._weights.values())
        graph += b"".join(content(11, entry.serialized()) for entry in inputs) + content(12, output.serialized())
        opsets = content(8, integer(2, _OPSET)) + content(8, text(1, MICROSOFT) + integer(2, 1))
        return integer(1, _IR_VERSION) + content(7, graph) + opsets


def _attribute(name: str, setting: Attribute) -> bytes:
    if isinstance(setting, float):
        return text(1, name) + real(2, setting) + integer(20, _FLOAT_ATTRIBUTE)
    if isinstance(setting, int):
        return text(1, name) + integer(3, setting) + integer(20, _INT_ATTRIBUTE)
    return text(1, name) + b"".join(integer(8, entry) for entry in setting) + integer(20, _INTS_ATTRIBUTE)
