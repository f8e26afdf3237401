"""Late interaction (ColBERT; Khattab and Zaharia, 2020) with the embedder's own token vectors, which need no training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from rag_app.interfaces import EmbeddedQuestion, Vectors
from rag_app.records import StoredPassage
from rag_app.reranking.packing import unpack


class TokenSource(Protocol):
    """Where packed token vectors are kept: the store."""

    def token_vectors(self, ids: Sequence[int]) -> dict[int, bytes]:
        """The packed token vectors of those passages that have any."""
        ...


class LateInteraction:
    """Scores a passage by how well each token of the question is met by its best token there."""

    def __init__(self, source: TokenSource) -> None:
        self._source = source

    def scores(self, question: EmbeddedQuestion, passages: Sequence[StoredPassage]) -> Vectors | None:
        """A score for each passage, at most 1, or None where the question or the library has no token vectors.

        It is the mean of the question's tokens' largest cosines, weighed by the square of how rare each token is in
        the language (its weight): that does better than its frequency in the library (docs/decisions.md).
        """
        kept = self._source.token_vectors([stored.id for stored in passages])
        packed = [kept.get(stored.id) for stored in passages]
        if not len(question.tokens) or None in packed or not any(packed):
            return None
        weights = question.token_weights**2
        cosines = _largest_cosines(question.tokens, [codes or b"" for codes in packed])
        scores: Vectors = cosines @ (weights / weights.sum())
        return scores


def _largest_cosines(tokens: Vectors, packed: Sequence[bytes]) -> Vectors:
    """For each packed passage the largest cosine to each of `tokens`, shape (passages, tokens); 0 where it has no tokens."""
    dimension = tokens.shape[1]
    cosines = unpack(b"".join(packed), dimension) @ tokens.T
    lengths = np.array([len(codes) * 2 // dimension for codes in packed])
    filled = np.flatnonzero(lengths)
    largest = np.zeros((len(packed), len(tokens)), np.float32)
    largest[filled] = np.maximum.reduceat(cosines, (np.cumsum(lengths) - lengths)[filled], axis=0)
    return largest
