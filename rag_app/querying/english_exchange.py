"""What of an English question gives way to what a follow-up names ("And in France?")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.querying.english_phrases import Token, phrases
from rag_app.querying.english_words import ARTICLES, BE, DETERMINERS, DO, PLACES, WHERE


def giving_way(question: str, text: str, before: str, preposition: str, *, names: bool) -> list[list[Token]]:
    """The runs of `question` that may give way to `text`: what stands behind no preposition is not asked anew with one.

    `before` are the words before `text` where it was named: an article there gives way to one, if there is any.
    """
    runs = _runs(question, names=names)
    alike = [run for run in runs if _is_place(question, run) is (text in PLACES)]
    if not preposition:
        return (not names and _with_article(runs, question, before)) or alike or runs
    behind = {run[0].start: preposition_before(question, run[0].start) for run in runs}
    same = [run for run in runs if behind[run[0].start] == preposition]
    if same or not names:
        return same or [run for run in runs if preposition in WHERE and behind[run[0].start] in WHERE]
    if preposition == "for":  # "the revenue of Acme", "the X200": for another one
        return alike
    fitting = [run for run in alike if preposition in WHERE and behind[run[0].start] in WHERE | {"of"}]
    return fitting or [run for run in runs if (behind[run[0].start], preposition) == ("of", "in")]


def _runs(question: str, *, names: bool) -> list[list[Token]]:
    """The runs of names in the phrases of `question`, or those of other words that stand where a noun does."""
    runs: list[list[Token]] = []
    for phrase in phrases(question):
        last: Token | None = None
        for token in phrase.tokens:
            if token.is_name is names:
                if last is not None and question[last.end : token.start] == " ":
                    runs[-1].append(token)
                else:
                    runs.append([token])
                last = token
            else:
                last = None
    nouns = DETERMINERS | DO | BE
    said = [run for run in runs if names or word_before(question, run[0].start) in nouns]
    return [run for run in said if word_before(question, run[0].start) not in ("which", "what")] or said


def _with_article(runs: list[list[Token]], question: str, before: str) -> list[list[Token]]:
    """Those of `runs` that have an article if `before` ends with one, and have none if it does not."""
    has_article = word_before(before, len(before)) in ARTICLES
    return [run for run in runs if (word_before(question, run[0].start) in ARTICLES) is has_article]


def _is_place(question: str, run: Sequence[Token]) -> bool:
    """Whether a name is probably that of a place."""
    return question[run[0].start : run[-1].end] in PLACES or word_before(question, run[0].start) in ("in", "from", "to")


def preposition_before(question: str, place: int) -> str:
    """The word before `place`, articles passed over."""
    return word_before(re.sub(r"\b(?:the|an?)\s+$", "", question[:place], flags=re.IGNORECASE), place)


def word_before(text: str, place: int) -> str:
    found = re.findall(r"\w+", text[:place])
    return found[-1].lower() if found else ""
