"""Of papers that come again every year or month and are alike, what the newest says comes first, where no time is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rag_app.records import Evidence, Hit, StoredPassage
from rag_app.text.dates import MONTHS, month_number
from rag_app.text.folding import fold

# The share of the first one's score from which the newest edition's passage, and its sentence's chance, comes first.
NEAR_HIT, NEAR_SENTENCE = 0.9, 0.3
_NAMED = rf"\b(?P<name>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\b"
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?:[-_.年/ ]?(?P<month>0?[1-9]|1[0-2])(?![\da-z])月?)?")
_TIME = re.compile(
    rf"{_YEAR.pattern}|(?!may\b(?<!in may)){_NAMED}|[去今明前后本]年|[上下本这]个?月|第[一二三四]季度"
    r"|\bq[1-4]\b|\b(?:year|month)\b"
)

_Time = tuple[int, int]  # year and month, which is 0 where none is told


def newest_read(hits: Sequence[Hit], question: str, today: date) -> list[Hit]:
    """`hits`, behind the first that of the newest edition of its paper, so that it is read too."""
    at = _newest([(hit.stored, hit.score) for hit in hits], question, today, NEAR_HIT)
    return [hits[0], hits[at], *hits[1:at], *hits[at + 1 :]] if at else list(hits)


def newest_first(sentences: Sequence[Evidence], question: str, today: date) -> tuple[Evidence, ...]:
    """`sentences`, before the first that of the newest edition of its paper, with its chance."""
    at = _newest([(one.stored, one.score) for one in sentences], question, today, NEAR_SENTENCE)
    return (replace(sentences[at], score=sentences[0].score), *sentences[:at], *sentences[at + 1 :]) if at else tuple(sentences)


def _newest(found: Sequence[tuple[StoredPassage, float]], question: str, today: date, near: float) -> int:
    """The place of the newest edition of the first one's paper, not later than `today` if there is one such.

    Of those whose score is at least the share `near` of the first one's. 0, the first, where `question` names a time.
    """
    edition = _edition(found[0][0]) if found else None
    if edition is None or _TIME.search(fold(question)):
        return 0
    times = dict[int, _Time]()
    for place, (stored, score) in enumerate(found):
        other = _edition(stored)
        if other and other[0] == edition[0] and (not place or score >= near * found[0][1]):
            times[place] = other[1]
    past = [time for time in times.values() if time <= (today.year, today.month)]
    newest = max(past) if past else min(times.values())
    return next(place for place, time in times.items() if time == newest)


def _edition(stored: StoredPassage) -> tuple[str, _Time] | None:
    """The name of a paper without its time, and that; by its title, else by the file's name. None where neither tells one."""
    for name in map(fold, (stored.document_title, stored.document_name)):
        if year := _YEAR.search(name):
            month = re.search(_NAMED, name)
            number = int(year["month"] or 0) or (month_number(month["name"]) if month else 0)
            return re.sub(rf"{_YEAR.pattern}|{_NAMED}", "#", name), (int(year["year"]), number)
    return None
