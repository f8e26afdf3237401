"""How far texts say given words (BM25), and what the best of them say (relevance models; Lavrenko and Croft, 2001)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_SATURATION, _LENGTH_SHARE = 1.2, 0.75  # BM25's usual ones


def inverse_document_frequency(count: int, total: int) -> float:
    """As in BM25, of what `count` of `total` passages hold."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))


def said_alike(texts: Sequence[Mapping[str, int]], best: Sequence[int], shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """BM25, its length left out, of each of `texts`, counts of terms, for the terms of those in `best`, shape (len(texts),).

    A term weighs what its share of the texts `best` is, these counted by `shares` (adding up to 1), times the root of how
    rare it is among `texts`: words that most of them say tell none apart.
    """
    columns = {term: column for column, term in enumerate(dict.fromkeys(term for row in best for term in texts[row]))}
    counts = np.zeros((len(texts), len(columns)), np.float32)
    for row, text in enumerate(texts):
        known = [term for term in text if term in columns]
        counts[row, [columns[term] for term in known]] = [text[term] for term in known]
    lengths = np.array([[sum(text.values()) or 1] for text in texts], np.float32)
    rarity = np.sqrt(np.log((len(texts) + 1) / (0.5 + (counts > 0).sum(axis=0))).clip(0))
    weights = shares @ (counts[list(best)] / lengths[list(best)]) * rarity
    saturated = counts / (counts + _SATURATION)
    said: NDArray[np.float32] = (saturated @ weights).astype(np.float32)
    return said


def bm25(texts: Sequence[Mapping[str, int]], lengths: Sequence[int], weights: Mapping[str, float]) -> NDArray[np.float32]:
    """BM25 of each of `texts`, counts of terms, shape (len(texts),), for terms of these weights; `lengths` are in terms."""
    counts = np.array([[text.get(term, 0) for term in weights] for text in texts], np.float32).reshape(len(texts), len(weights))
    long = np.array(lengths, np.float32)[:, None]
    norms = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * long / (long.mean() or 1.0))
    saturated = counts * (_SATURATION + 1) / (counts + norms)
    scores: NDArray[np.float32] = (saturated @ np.array([*weights.values()], np.float32)).astype(np.float32)
    return scores
