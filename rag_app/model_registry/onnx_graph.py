"""The encoder of multilingual-e5-small as an ONNX graph, written without torch, and the reader that was trained on it.

Input `input_ids`, int64 (1, tokens): one text a run, so there is no padding and no mask. Output of the encoder
`last_hidden_state`, float32 (1, tokens, hidden), of the reader `logits`, float32 (1, tokens, 3). Both graphs share the
weights that are the same in both. The table of tokens stays in four bits, the linear layers are int8, the rest is float32.
Operators of `com.microsoft` are ONNX Runtime's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag_app.model_registry.adaptation import Adaptation
from rag_app.model_registry.e5_file import BLOCK, E5File, FourBitMatrix
from rag_app.model_registry.onnx_layers import Linear, after_gelu, plain, with_outliers
from rag_app.model_registry.onnx_model import FLOAT32, INT64, MICROSOFT, OnnxModel, Value

MODEL_FILE = "model.onnx"
READER_FILE = "reader.onnx"
WEIGHTS_FILE = "model.onnx_data"
_ROWS_AT_ONCE = 16_384
# The channels of the residual stream that reach ten times the size of others, found over xquad_en and xquad_zh.
_OUTLIER_CHANNELS = (15, 35, 60, 146, 297, 321, 351, 352)


def write_graph(source: E5File, folder: Path, reader: Adaptation | None = None) -> Iterator[int]:
    """Write the graph, that of `reader` if there is one, and their weights into `folder`; yields the layers written so far."""
    written: dict[str, bytes] = {}
    with (folder / WEIGHTS_FILE).open("wb") as stream:
        for file, adaptation in ((MODEL_FILE, None), (READER_FILE, reader)):
            if file == MODEL_FILE or adaptation:
                model = OnnxModel(stream, WEIGHTS_FILE, written)
                encoder = _Encoder(source, model, adaptation)
                yield from encoder.build()
                (folder / file).write_bytes(encoder.serialized())


class _Encoder:
    """Builds the graph layer by layer. States have shape (tokens, hidden)."""

    def __init__(self, source: E5File, model: OnnxModel, adaptation: Adaptation | None) -> None:
        self._source = source
        self._shape = source.shape
        self._model = model
        self._adaptation = adaptation
        self._states = ""

    def build(self) -> Iterator[int]:
        states = self._normalized(self._embedded(), "emb.ln")
        for layer in range(self._shape.layers):
            before = "emb.ln" if layer == 0 else f"l{layer - 1}.oln"
            attended = self._attention(states, f"l{layer}", before)
            states = self._normalized(self._model.apply("Add", attended, states), f"l{layer}.aln")
            forward = self._feed_forward(states, f"l{layer}")
            states = self._normalized(self._model.apply("Add", forward, states), f"l{layer}.oln")
            yield layer + 1
        self._states = states

    def serialized(self) -> bytes:
        """The finished model, weights left in their file."""
        model, output = self._model, Value("last_hidden_state", FLOAT32, (1, "tokens", self._shape.hidden))
        states = self._states
        if self._adaptation:
            head = self._adaptation.head
            output = Value("logits", FLOAT32, (1, "tokens", len(head.bias)))
            weights = model.constant("head.w", np.ascontiguousarray(head.weights.T))
            states = model.apply("Gemm", states, weights, model.constant("head.b", head.bias))
        result = model.apply("Unsqueeze", states, model.integers(0))
        tokens = Value("input_ids", INT64, (1, "tokens"))
        return model.serialized(inputs=[tokens], output=output, result=result, name="multilingual-e5-small")

    def _embedded(self) -> str:
        model, hidden = self._model, self._shape.hidden
        rows = self._shape.vocabulary
        blocks = hidden // BLOCK
        tokens = model.apply("Squeeze", "input_ids", model.integers(0))
        words = model.apply(
            "GatherBlockQuantized",
            model.large_constant("words.codes", self._packed_words(), shape=(rows, hidden // 2), dtype=np.dtype(np.uint8)),
            tokens,
            model.large_constant("words.scales", self._word_scales(), shape=(rows, blocks), dtype=np.dtype(np.float16)),
            domain=MICROSOFT,
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
            bits=4,
        )
        words = model.apply("Cast", words, to=FLOAT32)
        places = self._source.vector("emb.pos").reshape(-1, hidden) + self._source.vector("emb.type")[:hidden]
        length = model.apply("Shape", tokens)
        places_here = model.apply("Slice", model.constant("places", places), model.integers(0), length, model.integers(0))
        return model.apply("Add", words, places_here)

    def _words(self) -> Iterator[FourBitMatrix]:
        for first in range(0, self._shape.vocabulary, _ROWS_AT_ONCE):
            yield self._source.matrix("emb.word", columns=self._shape.hidden, first=first, rows=_ROWS_AT_ONCE)

    def _packed_words(self) -> Iterator[NDArray[np.uint8]]:
        """Two neighbouring codes a byte, the first in the low half."""
        for part in self._words():
            codes = part.codes.reshape(len(part.codes), -1)
            yield codes[:, 0::2] | (codes[:, 1::2] << np.uint8(4))

    def _word_scales(self) -> Iterator[NDArray[np.float16]]:
        for part in self._words():
            yield part.scales

    def _attention(self, states: str, layer: str, before: str) -> str:
        model, hidden, heads = self._model, self._shape.hidden, self._shape.heads
        projection = self._linear(f"{layer}.qkv", [f"{layer}.{part}" for part in "qkv"], after=before)
        joined = with_outliers(model, states, projection)
        parts = model.apply("Reshape", joined, model.integers(0, 3, heads, hidden // heads))
        parts = model.apply("Transpose", parts, perm=(1, 2, 0, 3))
        thirds = model.split("Split", parts, model.integers(1, 1, 1), outputs=3, axis=0)
        scale = float((hidden // heads) ** -0.5)
        scores = model.apply("FusedMatMul", thirds[0], thirds[1], domain=MICROSOFT, transB=1, alpha=scale)
        mixed = model.apply("MatMul", model.apply("Softmax", scores, axis=-1), thirds[2])
        mixed = model.apply("Transpose", model.apply("Squeeze", mixed, model.integers(0)), perm=(1, 0, 2))
        mixed = model.apply("Reshape", mixed, model.integers(-1, hidden))
        return plain(model, mixed, self._linear(f"{layer}.ao", [f"{layer}.ao"]))

    def _feed_forward(self, states: str, layer: str) -> str:
        first = self._linear(f"{layer}.fi", [f"{layer}.fi"], after=f"{layer}.aln")
        inner = with_outliers(self._model, states, first)
        inner = self._model.apply("Gelu", inner, domain=MICROSOFT)
        second = self._linear(f"{layer}.fo", [f"{layer}.fo"], columns=self._shape.intermediate)
        return after_gelu(self._model, inner, second)

    def _normalized(self, states: str, name: str) -> str:
        scale, shift = (self._model.constant(f"{name}.{part}", self._source.vector(f"{name}.{part}")) for part in "wb")
        return self._model.apply("LayerNormalization", states, scale, shift, axis=-1, epsilon=self._shape.epsilon)

    def _linear(self, name: str, parts: list[str], *, after: str = "", columns: int = 0) -> Linear:
        """The layers `parts` side by side as one, which follow the layer normalisation `after`, if any."""
        columns = columns or self._shape.hidden
        weights = np.concatenate([self._source.matrix(f"{part}.w", columns=columns).weights() for part in parts])
        if self._adaptation and self._adaptation.adapts(parts[0]):
            weights = weights + np.concatenate([self._adaptation.change(part) for part in parts])
            name = f"reader.{name}"
        bias = np.concatenate([self._source.vector(f"{part}.b") for part in parts])
        sizes = np.ones(columns, dtype=np.float32)
        if after:
            # The root mean square of a normalised channel, were what is normalised standard normal.
            sizes = np.hypot(self._source.vector(f"{after}.w"), self._source.vector(f"{after}.b"))
        return Linear(name, np.ascontiguousarray(weights.T), bias, sizes, _OUTLIER_CHANNELS if after else ())
