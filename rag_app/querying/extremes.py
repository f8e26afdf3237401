"""Questions for the one of several that has most or least of something: which is the cheapest, who earns the most, 哪个最便宜."""

from __future__ import annotations

from rag_app.querying import chinese_extremes as chinese
from rag_app.querying import english_extremes as english
from rag_app.records import Extreme
from rag_app.text.language import CHINESE, language

LONGEST = 120


def extreme_of(question: str) -> Extreme | None:
    """What such a question asks of each of them, or None for another question."""
    if len(question) > LONGEST:
        return None
    return chinese.extreme_of(question) if language(question) == CHINESE else english.extreme_of(question)
