"""An embedder on ONNX Runtime: no torch, no transformers, one text a run.

A run holds one text, so nothing is padded, a text's vector does not depend on its neighbours, and memory stays small;
measured, it is also faster a token than batches, whose activations leave the processor's cache.
Threads work on different texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rag_app.embedding.folder import ModelFolder, read_folder
from rag_app.embedding.token_projection import TokenProjection, read_projection
from rag_app.embedding.tokenization import Tokenizer, open_tokenizer
from rag_app.embedding.vectors import unit_length
from rag_app.errors import ModelError
from rag_app.interfaces import EmbeddedQuestion, Vectors
from rag_app.onnx_session import open_session, when_needed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_TOKEN_STATES = 3  # axes: texts, tokens, hidden
_TELLING = 7.5  # of a passage, only tokens at least as rare as this have vectors: a quarter less to keep, nothing lost
QUESTIONS_KEPT = 64
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class _Model:
    """What is loaded of a folder: the graph with the names of its inputs and of its output, and what goes with it."""

    tokenizer: Tokenizer
    session: InferenceSession
    inputs: tuple[str, ...]
    output: str
    projection: TokenProjection | None


class OnnxEmbedder:
    """A sentence-transformers folder with `onnx/model.onnx`, loaded with its first text. Safe to call from many threads.

    Its methods raise `ModelError` when a file is damaged.
    """

    def __init__(self, folder: Path, *, id: str, question_prefix: str, passage_prefix: str, threads: int) -> None:
        """The model of `folder`. Raises `ModelError` when a file is missing."""
        self.id = id
        self._question_prefix = question_prefix
        self._passage_prefix = passage_prefix
        self._folder = read_folder(folder)
        self.dimension, self.max_tokens = self._folder.dimension, self._folder.max_tokens
        self._model = when_needed(partial(_load, self._folder, id))
        self._threads = ThreadPoolExecutor(max_workers=max(1, threads), thread_name_prefix="embedder")
        self._asked = lru_cache(QUESTIONS_KEPT)(self._embedded)

    def load(self) -> None:
        """Load the model now."""
        self._model()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimension); a text past `max_tokens` is cut."""
        return self._embed([self._passage_prefix + text for text in texts])

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens and prefix left out."""
        return self._model().tokenizer.count(texts)

    def pieces(self, text: str) -> list[tuple[int, int, int]]:
        """(id, start, end) of each token of `text`, without special tokens: for a reader with the same tokenizer."""
        return self._model().tokenizer.pieces(text)

    def embed_question(self, text: str) -> EmbeddedQuestion:
        """A question's vector, and those of its tokens where the model has a projection for them. The last ones are kept.

        A text past `max_tokens` is cut.
        """
        return self._asked(text)

    def _embedded(self, text: str) -> EmbeddedQuestion:
        (ids,) = self._model().tokenizer.encode([self._question_prefix + text], max_tokens=self.max_tokens)
        states = self._states(ids)
        rarity = np.array(self._model().tokenizer.rarity(ids), np.float32)
        tokens, weights = self._tokens(states, rarity, prefix=self._question_prefix, least=0.0)
        return EmbeddedQuestion(text, unit_length(self._pooled(states)[None])[0], tokens, weights)

    def embed_passages_by_token(self, texts: Sequence[str]) -> tuple[Vectors, tuple[Vectors, ...]]:
        """Vectors of passages, shape (len(texts), dimension), and for each passage those of its telling tokens."""
        found = self._of_each([self._passage_prefix + text for text in texts], self._with_tokens)
        pooled = np.stack([vector for vector, _ in found]) if found else np.empty((0, self.dimension), np.float32)
        return unit_length(pooled), tuple(tokens for _, tokens in found)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        found = self._of_each(texts, lambda ids: self._pooled(self._states(ids)))
        return unit_length(np.stack(found)) if found else np.empty((0, self.dimension), np.float32)

    def _of_each(self, texts: Sequence[str], compute: Callable[[list[int]], _Found]) -> list[_Found]:
        """What `compute` makes of the token ids of each text."""
        tokens = self._model().tokenizer.encode(texts, max_tokens=self.max_tokens)
        # A lone text runs in the caller's thread: a question need not wait for an import. Long texts start first, so
        # that the threads end together.
        order = sorted(range(len(tokens)), key=lambda row: -len(tokens[row]))
        run = map if len(tokens) == 1 else self._threads.map
        found = dict(zip(order, run(compute, [tokens[row] for row in order]), strict=True))
        return [found[row] for row in range(len(tokens))]

    def _states(self, ids: list[int]) -> Vectors:
        """The last states of one text's tokens, shape (len(ids), hidden)."""
        model, row = self._model(), np.array([ids], dtype=np.int64)
        values = dict(zip(_INPUTS, (row, np.ones_like(row), np.zeros_like(row)), strict=True))
        (states,) = model.session.run([model.output], {name: values[name] for name in model.inputs})
        hidden: Vectors = states[0]
        return hidden

    def _pooled(self, states: Vectors) -> Vectors:
        """One text's vector, shape (dimension,), not of unit length yet."""
        pooled: Vectors = states[0] if self._folder.pooling == "cls" else states.mean(axis=0)
        return pooled

    def _with_tokens(self, ids: list[int]) -> tuple[Vectors, Vectors]:
        states = self._states(ids)
        rarity = np.array(self._model().tokenizer.rarity(ids), np.float32)
        tokens, _ = self._tokens(states, rarity, prefix=self._passage_prefix, least=_TELLING)
        return self._pooled(states), tokens

    def _tokens(self, states: Vectors, rarity: Vectors, *, prefix: str, least: float) -> tuple[Vectors, Vectors]:
        """Vectors and rarity of the tokens between prefix and end that are rarer than `least`."""
        model = self._model()
        if model.projection is None:
            return np.empty((0, 0), np.float32), np.empty(0, np.float32)
        first = 1 + model.tokenizer.count([prefix.strip()])[0]
        telling = first + np.flatnonzero(rarity[first:-1] > least)
        return model.projection.project(states[telling]), rarity[telling]


def _load(folder: ModelFolder, id: str) -> _Model:
    tokenizer, session = open_tokenizer(folder), open_session(folder.onnx)
    return _Model(tokenizer, session, *_ends(session, folder.onnx), read_projection(id))


def _ends(session: InferenceSession, graph: Path) -> tuple[tuple[str, ...], str]:
    """The inputs the graph wants, and its output with a state for each token. Raises `ModelError` for other graphs."""
    inputs = tuple(entry.name for entry in session.get_inputs())
    outputs = [entry.name for entry in session.get_outputs() if len(entry.shape) == _TOKEN_STATES]
    if not outputs or not set(inputs) <= set(_INPUTS):
        raise ModelError(f"{graph} is not the graph of a text encoder. Remove it to run the model with sentence-transformers.")
    return inputs, outputs[0]
