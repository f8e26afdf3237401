"""The few sentences that may answer, out of the passages found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rag_app.records import Evidence, Hit
from rag_app.text.coverage import coverage
from rag_app.text.sentences import sentence_spans
from rag_app.text.words import terms

_SHORTEST = 4


def candidate_sentences(hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """The distinct sentences of the passages of `hits`, each with its passage's score; overlapping passages count once."""
    found: dict[tuple[str, int, int], Evidence] = {}
    for hit in hits:
        passage = hit.stored.passage
        for start, end in sentence_spans(passage.text):
            if end - start >= _SHORTEST:
                key = (passage.document_id, passage.page, passage.start + start)
                text = passage.text[start:end]
                found.setdefault(key, Evidence(hit.stored, passage.start + start, passage.start + end, text, hit.score))
    return tuple(found.values())


def rank_sentences(
    candidates: Sequence[Evidence], cosines: NDArray[np.float32], weights: Mapping[str, float], *, passage_weight: float = 1.0
) -> tuple[Evidence, ...]:
    """`candidates` with their score as evidence, best first.

    The score adds the standardised cosine to the question, the standardised share of the question's weight that the
    sentence's terms cover, and the passage's own score, weighed by `passage_weight`. `cosines` has shape (len(candidates),).
    """
    if not candidates:
        return ()
    covered = np.array([coverage(weights, set(terms(candidate.text))) for candidate in candidates])
    passages = np.array([candidate.score for candidate in candidates])
    scores = _standardised(cosines) + _standardised(covered) + passage_weight * _standardised(passages)
    order = np.argsort(-scores, kind="stable")
    return tuple(replace(candidates[i], score=float(scores[i])) for i in order)


def _standardised(values: NDArray[np.floating]) -> NDArray[np.float64]:
    deviation = float(values.std()) or 1.0
    return np.asarray((values - values.mean()) / deviation, dtype=np.float64)
