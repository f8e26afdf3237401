"""How much of a question a text holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import looked_up, terms


def coverage(weights: Mapping[str, float], held: Collection[str]) -> float:
    """The share (0 to 1) of the weight of a question's terms that are among the terms `held` by a text."""
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def says_only(text: str, asked: Iterable[str]) -> bool:
    """Whether a text has words that say something, and each is among the terms `asked`, inflections alike."""
    said = {looked_up(word) for word in terms(text) if word not in STOPWORDS}
    return bool(said) and said <= set(map(looked_up, asked))
