"""How much of a question a text holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def coverage(weights: Mapping[str, float], held: Collection[str]) -> float:
    """The share (0 to 1) of the weight of a question's terms that are among the terms `held` by a text."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0
