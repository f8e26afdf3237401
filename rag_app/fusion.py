"""Lexical and dense scores into one."""

from __future__ import annotations

from collections.abc import Mapping

Scores = Mapping[int, float]


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
