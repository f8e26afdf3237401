"""What a question of a conversation was about, as the next one may refer to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"\s*([?？.。!！]*)\s*$")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_WRITTEN_YEAR = re.compile("[〇零一二三四五六七八九]{4}(?=年)")
YEAR = r"(?<![\d.,])(?:1\d{3}|20\d\d)(?![\d.,]\d|\d|%|[-/](?:\d{3}|\d{5,})(?!\d))"  # no "2024-117", a number of an invoice
_YEAR = re.compile(YEAR)
# One of several that have a number each (1号楼, 三年级).
NUMBERED = re.compile(
    r"(?:(?<![A-Za-z\d.])[A-Za-z]?\d+[A-Za-z]?|(?<![一二三四五六七八九十百])[一二三四五六七八九十百]+)(?P<unit>号(?:[楼线院库门桌]|车[间厢])|[幢栋室]|单元|年级|班(?!主任|长|车|级))"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """Phrases of a question, each empty where it has none.

    `subject` is what it is about, `owner` whose that is ("Acme" of "the revenue of Acme"), `person` and `place` what its answer
    names where it asked who or where, `year` the year with its preposition, `content` all phrases that say something, `nouns`
    those of an English question that are no verbs.
    """

    subject: str
    owner: str
    person: str
    place: str
    year: str
    content: tuple[str, ...]
    nouns: tuple[str, ...] = ()


def years(text: str) -> list[str]:
    """The years from 1000 to 2099 in `text`, in order; Chinese digits before 年 count."""
    return _YEAR.findall(with_arabic_years(text))


def with_year(text: str, year: str) -> str | None:
    """`text` with `year` in place of its last year, or None where it has none."""
    text = with_arabic_years(text)
    found = list(_YEAR.finditer(text))
    return text[: found[-1].start()] + year + text[found[-1].end() :] if found else None


def with_arabic_years(text: str) -> str:
    """`text` with years in Chinese digits written in Arabic ones."""
    return _WRITTEN_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), text)


def with_aside(question: str, aside: str, *, brackets: str = "()") -> str:
    """`question` with `aside` in brackets before its last sign."""
    end = _END.search(question)
    assert end is not None  # it matches the empty string too
    return f"{question[: end.start()]} {brackets[0]}{aside}{brackets[1:]}{end.group(1)}" if aside else question


def with_phrase(question: str, phrase: str) -> str:
    """`question` with `phrase` before its last sign."""
    return with_aside(question, phrase, brackets="  ").replace("   ", " ").replace("  ", " ")
