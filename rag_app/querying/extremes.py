"""Questions for the one of several that has most or least, or for all within bounds: 哪个最便宜, 哪些低于100元."""

from __future__ import annotations

from rag_app.querying import chinese_bounds, chinese_extremes, english_bounds, english_extremes
from rag_app.records import Extreme
from rag_app.text.language import CHINESE, language

LONGEST = 120


def extreme_of(question: str) -> Extreme | None:
    """What such a question asks of each of them, or None for another question."""
    if len(question) > LONGEST:
        return None
    if language(question) == CHINESE:
        return chinese_extremes.extreme_of(question) or chinese_bounds.bounded(question)
    return english_extremes.extreme_of(question) or english_bounds.bounded(question)
