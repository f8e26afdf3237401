"""Years and months that a question tells by today: last year, this month, 去年, 上个月; and words for the newest of things."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date

from rag_app.querying.vocabulary import Vocabulary
from rag_app.text.language import CHINESE, language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import terms

LEAST_SHARE, YEARS_BACK = 0.1, 20
_STEPS = {"last": -1, "this": 0, "next": 1}
_CHINESE_YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_CHINESE_MONTHS = {"上": -1, "这": 0, "本": 0, "下": 1}
_ENGLISH = re.compile(
    r"(?P<before>\b(?:in|of|before|after|by|until|till|since|for|from|than|during|between|and|the)\s+)?"
    r"\b(?P<step>last|this|next)\s+(?P<what>year|month)(?P<owns>['’]s)?\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    rf"(?P<year>{'|'.join(_CHINESE_YEARS)})(?<![大之以最同年月日天]前年)(?<![大之以最年月日天]后年)"
    "(?<![如当现至迄]今年)(?<![清文证说光黎]明年)(?<![过失]去年)(?<![日版文样成基]本年)(?![轻龄级纪代])"
    r"|(?:(?P<step>[上这本下])个月|(?P<short>(?<![日版文样])本|(?<![\u3400-\u9fff])[上下])月(?![球面亮饼光]))"
)

# What the newest of several is called: that is told first without it (rag_app/editions.py).
_NEWEST = re.compile(
    r"(?:(?<=\bthe )|(?<=\bour )|(?<=\bmy ))(?P<word>latest|newest|current|most\s+recent)\s+(?=(?P<thing>\w+))", re.IGNORECASE
)
_NOW = re.compile(r"\s+(?:(?:right\s+)?now|currently|nowadays|at\s+(?:the\s+moment|present))(?=\W*$)", re.IGNORECASE)
_OF_SEVERAL = re.compile(r"\W*(?:which|when|who)\b", re.IGNORECASE)


def without_newest(question: str, vocabulary: Vocabulary) -> str:
    """`question` without the words that ask for what is newest or holds now, where the library names the thing, but never so.

    "The current assets" stay, and "which is the latest train".
    """
    if _OF_SEVERAL.match(question):
        return question
    return _NOW.sub("", _NEWEST.sub(lambda match: "" if _is_named_alone(match, vocabulary) else match.group(), question))


def _is_named_alone(match: re.Match[str], vocabulary: Vocabulary) -> bool:
    thing = terms(match["thing"])
    is_named = all(term in vocabulary.counts and term not in STOPWORDS for term in thing)
    return is_named and not vocabulary.count_phrase([*terms(match["word"]), *thing])


def with_dates(question: str, today: date, counts: Mapping[str, int]) -> str:
    """`question` with the year or month itself where it tells it by `today`.

    Only where that year is at home in the library: `counts`, the passages that hold each term, has it at least `LEAST_SHARE` as
    often as any other of the years around. Texts of another time mean their own last year.
    """
    most = max(counts.get(str(year), 0) for year in range(today.year - YEARS_BACK, today.year + 3))
    known = {year for year in range(today.year - 2, today.year + 3) if counts.get(str(year), 0) >= max(1, LEAST_SHARE * most)}
    pattern, said = (_CHINESE, _chinese) if language(question) == CHINESE else (_ENGLISH, _english)
    return pattern.sub(lambda match: said(match, today, known), question)


def _english(match: re.Match[str], today: date, known: Container[int]) -> str:
    before, step = match["before"] or "", _STEPS[match["step"].lower()]
    month = _month(today, step) if match["what"].lower() == "month" else None
    year = month.year if month else today.year + step
    if before.lower().strip() == "the" or year not in known:  # "the last year" is that before something else
        return match.group()
    said = f"{month:%B} {year}" if month else str(year)
    return f"{before}the {said}" if match["owns"] else f"{before or 'in '}{said}"


def _chinese(match: re.Match[str], today: date, known: Container[int]) -> str:
    step = match["step"] or match["short"]
    month = _month(today, _CHINESE_MONTHS[step]) if step else None
    year = month.year if month else today.year + _CHINESE_YEARS[match["year"]]
    return match.group() if year not in known else f"{year}年{month.month}月" if month else f"{year}年"


def _month(today: date, step: int) -> date:
    """The first day of the month that is `step` months after today's."""
    years, month = divmod(today.month - 1 + step, 12)
    return date(today.year + years, month + 1, 1)
