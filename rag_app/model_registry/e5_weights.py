"""The weights of multilingual-e5-small under the names that transformers' BertModel gives them.

Matrices are float16, half the size of float32: sixteen multiples of a float16 scale need at most three bits more than
float16 has, so a weight moves by less than one part in two thousand, and a vector's cosine by less than 0.000001.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rag_app.model_registry.e5_file import E5File
from rag_app.model_registry.safetensors_file import LazyTensor

_ROWS_AT_ONCE = 16_384
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_FLOAT32 = np.dtype(np.float32)
_FLOAT16 = np.dtype(np.float16)


def bert_tensors(source: E5File) -> tuple[LazyTensor, ...]:
    """Every tensor of BertModel. The pooler, which sentence-transformers never asks, is not in the package: zeros."""
    shape = source.shape
    hidden = shape.hidden
    tensors = [
        _matrix(source, "emb.word", "embeddings.word_embeddings.weight", (shape.vocabulary, hidden)),
        _vector(source, "emb.pos", "embeddings.position_embeddings.weight", (shape.positions, hidden)),
        _vector(source, "emb.type", "embeddings.token_type_embeddings.weight", (shape.types, hidden)),
        _vector(source, "emb.ln.w", "embeddings.LayerNorm.weight", (hidden,)),
        _vector(source, "emb.ln.b", "embeddings.LayerNorm.bias", (hidden,)),
        _zeros("pooler.dense.weight", (hidden, hidden)),
        _zeros("pooler.dense.bias", (hidden,)),
    ]
    for layer in range(shape.layers):
        tensors += _layer(source, layer)
    return tuple(tensors)


def _layer(source: E5File, layer: int) -> list[LazyTensor]:
    hidden, inner = source.shape.hidden, source.shape.intermediate
    sizes = {"fi": (inner, hidden), "fo": (hidden, inner)}
    tensors = []
    for part, name in _LAYER_PARTS.items():
        rows, columns = sizes.get(part, (hidden, hidden))
        weight, bias = f"l{layer}.{part}.w", f"l{layer}.{part}.b"
        target = f"encoder.layer.{layer}.{name}"
        is_norm = part.endswith("ln")
        tensors += [
            _vector(source, weight, f"{target}.weight", (hidden,))
            if is_norm
            else _matrix(source, weight, f"{target}.weight", (rows, columns)),
            _vector(source, bias, f"{target}.bias", (rows,)),
        ]
    return tensors


def _matrix(source: E5File, name: str, target: str, shape: tuple[int, int]) -> LazyTensor:
    def pieces() -> Iterator[NDArray[np.generic]]:
        for first in range(0, shape[0], _ROWS_AT_ONCE):
            yield source.matrix(name, columns=shape[1], first=first, rows=_ROWS_AT_ONCE).weights()

    return LazyTensor(target, shape, _FLOAT16, pieces)


def _vector(source: E5File, name: str, target: str, shape: tuple[int, ...]) -> LazyTensor:
    return LazyTensor(target, shape, _FLOAT32, lambda: iter([source.vector(name)]))


def _zeros(target: str, shape: tuple[int, ...]) -> LazyTensor:
    return LazyTensor(target, shape, _FLOAT32, lambda: iter([np.zeros(shape, dtype=np.float32)]))
