"""Of papers that come again every year or month and are alike, what the newest says comes first, where no time is asked for; and
what those say that are from before or after a year that is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from rag_app.records import Evidence, Hit, SearchResult, StoredPassage
from rag_app.text.dates import MONTHS, month_number
from rag_app.text.folding import fold

# The share of the first one's score from which the newest edition's passage, and its sentence's chance, comes first.
NEAR_HIT, NEAR_SENTENCE = 0.9, 0.3
_NAMED = rf"\b(?P<name>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\b"
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?:[-_.年/ ]?(?P<month>0?[1-9]|1[0-2])(?![\da-z])月?)?")
_TIME = re.compile(
    rf"{_YEAR.pattern}|(?!may\b(?<!in may)){_NAMED}|[去今明前后本]年|哪一?年|哪个?月|几月|[上下本这]个?月|第[一二三四]季度"
    r"|\bq[1-4]\b|\b(?:year|month)\b"
)
_Y = r"((?:19|20)\d\d)(?!\d)"
_BETWEEN = re.compile(rf"\b(?:between|from)\s+{_Y}\s+(?:and|to|until|till)\s+{_Y}|(?<!\d){_Y}年?\s?(?:到|至|-|—|~|～)\s?{_Y}年?")
_BEFORE = re.compile(rf"\b(?:before|prior\s+to|earlier\s+than)\s+{_Y}|(?<!\d){_Y}年?(?:以前|之前)")
_AFTER = re.compile(rf"\b(?:after|later\s+than)\s+{_Y}|(?<!\d){_Y}年?(?:以后|之后)")

_Time = tuple[int, int]  # year and month, which is 0 where none is told


class _Span(NamedTuple):
    """The first and the last year that a question asks for, and whether the last is nearest to the one that it names."""

    first: int
    last: int
    is_before: bool


def newest_read(hits: Sequence[Hit], question: str, today: date) -> list[Hit]:
    """`hits`, behind the first that of the newest edition of its paper, so that it is read too."""
    at = _newest([(hit.stored, hit.score) for hit in hits], question, today, NEAR_HIT)
    return [hits[0], hits[at], *hits[1:at], *hits[at + 1 :]] if at else list(hits)


def without_years(question: str) -> str:
    """`question` without the years before, after or between which it asks for something; empty where it asks for none such, or
    says nothing else ("Before 2022?")."""
    folded = fold(question)
    span = next((match for kind in (_BETWEEN, _BEFORE, _AFTER) if (match := kind.search(folded))), None)
    if span is None or len(folded) != len(question):
        return ""
    rest = f"{question[: span.start()]} {question[span.end() :].removeprefix('的')}"
    return re.sub(r"\s+(?=[?？.。]|$)", "", " ".join(rest.split())) if any(map(str.isalnum, rest)) else ""


def of_years(hits: Sequence[Hit], question: str) -> list[Hit]:
    """`hits` of the editions of the first one's paper that are of the years asked for, the nearest first, and of other papers;
    none where no edition is."""
    within, others = _within([(hit.stored, hit.score) for hit in hits], question, 0)
    rest = (hit for at, hit in enumerate(hits) if at not in within and at not in others)
    return [*(hits[at] for at in within), *rest] if within else []


def in_years(found: SearchResult, search: Callable[[str], Sequence[Hit]]) -> tuple[SearchResult, str]:
    """`found` and what it is read with: of a paper that comes again every year the editions of the years asked for, which are
    searched for without these words."""
    asked = without_years(found.query.searched)
    hits = tuple(of_years(search(asked), found.query.searched)) if asked else ()
    return (replace(found, hits=hits), asked) if hits else (found, found.query.searched)


def of_one_edition(hits: Sequence[Hit], question: str, today: date) -> list[Hit]:
    """`hits` without those of other editions of the first one's paper than the newest, or that of the one year asked for;
    all of them where another time is asked for."""
    found = [(hit.stored, hit.score) for hit in hits]
    times = {place: time for place, time, _ in _editions(found)}
    years = {int(match["year"]) for match in _YEAR.finditer(fold(question))}
    if _span(fold(question)) or len(years) > 1 or (not years and _TIME.search(fold(question))):
        return list(hits)
    newest = times.get(_newest(found, question, today, NEAR_HIT))
    kept = {place for place, time in times.items() if time[0] in years or (not years and time == newest)}
    return [hit for place, hit in enumerate(hits) if place not in times or not kept or place in kept]


def newest_first(sentences: Sequence[Evidence], question: str, today: date) -> tuple[Evidence, ...]:
    """`sentences`, before the first that of the newest edition of its paper, with its chance; or those of the years asked for,
    those of other years with none."""
    found = [(one.stored, one.score) for one in sentences]
    within, others = _within(found, question, NEAR_SENTENCE)
    if within:
        chosen = [replace(sentences[at], score=sentences[0].score) for at in within]
        rest = [replace(one, score=one.score * (at not in others)) for at, one in enumerate(sentences) if at not in within]
        return (*chosen, *sorted(rest, key=lambda one: -one.score))
    at = _newest(found, question, today, NEAR_SENTENCE)
    return (replace(sentences[at], score=sentences[0].score), *sentences[:at], *sentences[at + 1 :]) if at else tuple(sentences)


def _newest(found: Sequence[tuple[StoredPassage, float]], question: str, today: date, near: float) -> int:
    """The place of the newest edition of the first one's paper, not later than `today` if there is one such.

    Of those whose score is at least the share `near` of the first one's. 0, the first, where `question` names a time.
    """
    if _TIME.search(fold(question)):
        return 0
    times = {place: time for place, time, score in _editions(found) if not place or score >= near * found[0][1]}
    past = [time for time in times.values() if time <= (today.year, today.month)]
    newest = max(past) if past else min(times.values(), default=None)
    return next((place for place, time in times.items() if time == newest), 0)


def _within(found: Sequence[tuple[StoredPassage, float]], question: str, near: float) -> tuple[list[int], set[int]]:
    """The places of the editions of the first one's paper from the years that `question` asks for, as "before 2022" does, the
    nearest first, and those of the others; none where it names no such."""
    span = _span(fold(question))
    editions = list(_editions(found)) if span else []
    inside = dict[_Time, int]()
    for place, time, score in editions:
        if span and span.first <= time[0] <= span.last and score >= near * found[0][1]:
            inside.setdefault(time, place)
    nearest = [inside[time] for time in sorted(inside, reverse=bool(span and span.is_before))]
    return nearest, {place for place, time, _ in editions if span and not span.first <= time[0] <= span.last}


def _span(question: str) -> _Span | None:
    if match := _BETWEEN.search(question):
        first, last = sorted(int(year) for year in match.groups() if year)
        return _Span(first, last, is_before=False)
    for pattern, is_before in ((_BEFORE, True), (_AFTER, False)):
        if match := pattern.search(question):
            year = int(match[1] or match[2])
            return _Span(0, year - 1, is_before) if is_before else _Span(year + 1, 9999, is_before)
    return None


def _editions(found: Sequence[tuple[StoredPassage, float]]) -> Iterator[tuple[int, _Time, float]]:
    """The place, the time and the score of what is of an edition of the first one's paper."""
    own = _edition(found[0][0]) if found else {}
    for place, (stored, score) in enumerate(found):
        times = [time for name, time in _edition(stored).items() if name in own]
        if times:
            yield place, times[0], score


def _edition(stored: StoredPassage) -> dict[str, _Time]:
    """The time of a paper by its names without it: its title, and the file's name; empty where neither tells one."""
    found = dict[str, _Time]()
    for name in map(fold, (stored.document_title, PurePath(stored.file_name or stored.document_name).stem)):
        if year := _YEAR.search(name):
            month = re.search(_NAMED, name)
            number = int(year["month"] or 0) or (month_number(month["name"]) if month else 0)
            found.setdefault(re.sub(rf"{_YEAR.pattern}|{_NAMED}", "#", name), (int(year["year"]), number))
    return found
