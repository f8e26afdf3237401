"""Thumbs up and down: what the person thinks of an answer is kept. The page has shown it already when a handler is called."""

from __future__ import annotations

from collections.abc import Mapping

from rag_app.library import Library
from rag_app.records import Fault, Feedback, Rating
from rag_app.ui.handlers import tells_mistakes
from rag_app.ui.rendering.feedback import LONGEST_TEXT
from rag_app.ui.rendering.frame import notice_html, spoken_html
from rag_app.ui.screen import Screen, Visit


class RatingHandlers:
    """Rates answers, explains ratings and takes them back."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @tells_mistakes
    def rate(self, visit: Visit, turn: int, rating: str) -> Screen:
        """A thumb up or down; anything else takes the rating back."""
        if rating in (known.value for known in Rating):
            self._library.rate(turn, Feedback(Rating(rating)))
            return Screen(notice=spoken_html(visit.wording("feedback.kept")))
        self._library.withdraw_rating(turn)
        return Screen(notice=spoken_html(visit.wording("feedback.withdrawn")))

    @tells_mistakes
    def explain(self, visit: Visit, turn: int, said: Mapping[str, str]) -> Screen:
        """A thumb down with its reason, in place of what was said before."""
        named = said.get("fault", "")
        fault = Fault(named) if named in (known.value for known in Fault) else None
        texts = (said.get(name, "").strip()[:LONGEST_TEXT] for name in ("comment", "right_answer"))
        self._library.rate(turn, Feedback(Rating.DOWN, fault, *texts))
        return Screen(notice=notice_html(visit.wording, visit.wording("feedback.kept"), bad=False))
