"""Lexical and dense scores into one, and what was found in two languages into one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from rag_app.records import Hit
from rag_app.text.language import language

Scores = Mapping[int, float]
# How far below the largest cosine of a question's own language those in the other may lie to stand beside it.
ACROSS = 0.08


def blend(lexical: Scores, dense: Scores, *, lexical_weight: float) -> dict[int, float]:
    """A score from 0 to 1 for each candidate: the weighted mean of its two scores, each scaled to 0..1 over the candidates.

    `dense` names every candidate; one without a lexical score has the score 0 there. Scaled scores keep how far
    apart two hits are, which ranks alone (reciprocal rank fusion) lose.
    """
    words, meaning = _scaled({label: lexical.get(label, 0.0) for label in dense}), _scaled(dense)
    return {label: lexical_weight * words[label] + (1 - lexical_weight) * meaning[label] for label in dense}


def _scaled(scores: Scores) -> dict[int, float]:
    """Scores stretched over 0..1; all alike become 0."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    width = (high - low) or 1.0
    return {label: (score - low) / width for label, score in scores.items()}


def interleaved(own: Sequence[Hit], other: Sequence[Hit], tongue: str) -> tuple[Hit, ...]:
    """The hits of a question, and between them those of `other` that are in the language `tongue`, the other one, and whose
    cosine is less than `ACROSS` below the largest.

    Each list keeps its order; the other begins where its largest cosine is less than a quarter as far below. No score is above
    that of the hit before.
    """
    most = max(map(_cosine, own), default=0.0)
    near = [hit for hit in other if _cosine(hit) > most - ACROSS and language(hit.stored.passage.text) == tongue]
    begins = max(map(_cosine, near), default=0.0) > most - ACROSS / 4
    merged: dict[int, Hit] = {}
    lowest = 1.0
    for hit in filter(None, chain.from_iterable(zip_longest(*((near, own) if begins else (own, near))))):
        if hit.stored.id not in merged:
            lowest = min(lowest, hit.score)
            merged[hit.stored.id] = replace(hit, score=lowest)
    return tuple(merged.values())


def _cosine(hit: Hit) -> float:
    return next(stage.score for stage in hit.stages if stage.stage == "dense")
