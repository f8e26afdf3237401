"""Things told apart by a number or a time (room 12, error E5, 第五条, March): what is said of one answers nothing of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rag_app.citing import ORDINALS, WORDS
from rag_app.records import Evidence
from rag_app.text.cells import row_of
from rag_app.text.dates import DAYS, MONTHS, month_number
from rag_app.text.folding import fold
from rag_app.text.numerals import has_places, value_of
from rag_app.text.words import any_of

Names = frozenset[tuple[str, int]]  # the kind of a thing, and its number

_KINDS = any_of(
    "account annex apartment appendix area article aisle band batch bay block building bus case category century channel "
    "chapter class clause code contract district door edition entrance episode error exercise exhibit exit fault figure "
    "flat flight floor form game gate grade group hall house invoice issue item lane lesson level line locker lot match "
    "mode model module order page paragraph part period phase pier pin platform plot policy port program programme quarter "
    "question race region release room round route row rule sample schedule seat season section semester series session "
    "sheet size slide socket stage step table task team term terminal ticket tier track train tram type unit version volume "
    "ward week year zone"
)
_NUMBER = any_of(" ".join(word for word, value in WORDS.items() if value))
_ORDINAL = any_of(" ".join(ORDINALS))
# Letters before a number that name no thing: money, "no. 5", "x2".
_NO_CODE = frozenset(["cny", "eur", "gbp", "hkd", "no", "nr", "rmb", "usd", "x"])
_CODE = re.compile(r"(?<![a-z0-9])([a-z]{1,4})-?(\d{1,4})(?![a-z0-9])")
_COUNTED = re.compile(rf"\b({_KINDS})\s(?:no\.?\s?|number\s|#)?(\d{{1,6}}|{_NUMBER})\b(?![-/]\d|[.,:]\d|%)")
_RANKED = re.compile(rf"\b({_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))[\s-]({_KINDS})\b")
_NUMERAL = r"[一二三四五六七八九十百]{1,5}|\d{1,4}"
_CHINESE = re.compile(
    rf"第({_NUMERAL})(?![大高长多好快早小重强远近深富贵])([\u4e00-\u9fff])|({_NUMERAL})(年级|号楼|号线|单元|[栋楼层室班组章])(?![\u4e00-\u9fff]?[一二三四五六七八九十\d])"
)
_SAME = {"programme": "program", "grade": "year"} | dict(
    zip(
        ("年级", "层", "楼", "号楼", "栋", "室", "班", "组", "单元", "号线", "章", "节"),
        ("year", "floor", "floor", "building", "building", "room", "class", "group", "unit", "line", "chapter", "section"),
        strict=True,
    )
)
# Times are told apart as well.
TIMES = frozenset(["weekday", "date", "month", "year of our time"])
_CHINESE_DAYS = "一二三四五六日"
_DAY = re.compile(rf"\b({any_of(' '.join(DAYS))})s?\b|(?:星期|周|礼拜)([{_CHINESE_DAYS}])")
_MONTH = re.compile(
    rf"\b({any_of(' '.join(month for month in MONTHS if month != 'may'))})\b"
    r"|\b(?:in|of|since|until|by|from|to|\d) (may)\b|\b(may) \d"
    r"|(?<!\d)(1[0-2]|0?[1-9])月|(?<!\d)\d{4}[-/](1[0-2]|0[1-9])(?!\d)"
)
_NAME_OF_MONTH = rf"(?:{any_of(' '.join((*MONTHS, *(month[:3] for month in MONTHS), 'sept')))})\b\.?"
_DATE = re.compile(
    rf"(?<![\d:.,/-])(?:(\d{{1,2}})\s?(?:-|–|—|to|until|and|&)\s?)?(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({_NAME_OF_MONTH})"
    rf"|\b({_NAME_OF_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?(?:\s?(?:-|–|—|to|until|and|&)\s?(\d{{1,2}})\b(?!:))?(?![\d:])"
    r"|(?<!\d)(1[0-2]|0?[1-9])月(\d{1,2})(?:[日号]|(?!\d))(?:(?:-|–|—|~|至|到|和|、)(\d{1,2})[日号])?"
    r"|(?<!\d)\d{4}[-/](1[0-2]|0[1-9])[-/](\d\d)(?!\d)"
)
# What holds from a time on, or up to one, holds at others too.
_TIME = rf"(?:\d|{_NAME_OF_MONTH}|{any_of(' '.join(DAYS))})"
_OPEN = re.compile(
    rf"\b(?:since|until|till|before|after|by|as of|starting|from(?=[^,.;|]* on(?:wards?)?\b))\s(?:the\s)?{_TIME}"
    r"|[年月日号](?:起|[前后](?![台厅门厨排院勤])|以来|开始|[之以][前后])"
)
_YEAR = re.compile(r"(?<![\d.,])((?:1[5-9]|20)\d\d)(?![\d%s]|[.,]\d|年代)")
# Short names, as columns have them; in a sentence "sun" and "mar" are words.
_SHORT_DAY = re.compile(r"\b(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b")
_SHORT_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b")
_MONTH_IN_NUMERALS = re.compile("([一二三四五六七八九十]{1,2})月")
_BEGINNING, LIKELY, _A_MONTH = 20, 0.1, 100
_CHINESE_NUMERAL = re.compile("[一二三四五六七八九十百]+")
# Not one of times of the day or of dates.
_RANGE = re.compile(
    r"(?<![\d:])(\d{1,6})(?![\d:])[^\d月日]{0,3}?(?:-|–|—|~|\bto\b|\bthrough\b|至|到)\D{0,3}?(\d{1,6})(?![\d:月日])"
)


def rightly_numbered(evidence: Sequence[Evidence], asked: Names) -> tuple[Evidence, ...]:
    """`evidence`, best first, in which sentences that speak of another of the things `asked` for have no chance beside others."""
    others = [one for one in evidence if strays(one, asked)]
    kept = [one for one in evidence if one not in others]
    if not others or not kept:
        return tuple(evidence)
    share = sum(one.score for one in kept) / sum(one.score for one in evidence)
    return (*(replace(one, score=one.score / share) for one in kept), *(replace(one, score=0.0) for one in others))


def is_of_another(likeliest: Evidence, evidence: Sequence[Evidence], asked: Names) -> bool:
    """Whether the likeliest sentence speaks of another of the things `asked` for, and none of `evidence` that is likely beside it
    names what was asked for."""
    strayed = {both for both in asked if both[0] in strays(likeliest, asked)}
    rivals = (one.score for one in evidence if _about(one) & strayed)
    return bool(strayed) and max(rivals, default=0.0) < LIKELY * likeliest.score


def strays(sentence: Evidence, asked: Names) -> set[str]:
    """The kinds `asked` for of which a sentence, or what stands above it, names one, and none of those asked for.

    Of times only what a sentence begins with counts, as a row of a table does: others stand in any sentence.
    """
    if not asked:
        return set()
    about, text, columns = _about(sentence), sentence.text, _columns(sentence)
    begins = _closed(_first_words(text))
    said = {kind for kind, _ in about if kind not in TIMES} | {kind for kind, _ in (*begins, *columns) if kind in TIMES}
    held = {kind for kind, number in asked if (kind, number) in about | columns or _is_held(kind, number, text)}
    return {kind for kind, _ in asked} & said - held


def _about(sentence: Evidence) -> Names:
    """The things named by a sentence, by the headings above it and by its document's title."""
    passage = sentence.stored.passage
    above = (sentence.stored.document_title, *passage.heading_path)
    return numbered(sentence.text).union(*map(numbered, above))


def asked_for(question: str) -> Names:
    """The things that a question tells apart by a number, without times from which on, or up to which, it asks."""
    return _closed(question)


def _closed(text: str) -> Names:
    """The things named by a text; no times where it says what holds from a time on, or up to one."""
    named = numbered(text)
    return frozenset(both for both in named if both[0] not in TIMES) if _OPEN.search(fold(text)) else named


def _first_words(text: str) -> str:
    """What a text begins with, up to the end of a word."""
    return text[:_BEGINNING] + (re.match(r"[A-Za-z]*", text[_BEGINNING:]) or [""])[0]


def _columns(sentence: Evidence) -> Names:
    """The times that the columns of a row of a table have as their names, where several do."""
    names = [numbered(name) | times_named(name) for name, _ in row_of(sentence.stored.passage, sentence.start, sentence.end)]
    return frozenset().union(*names) if sum(any(kind in TIMES for kind, _ in one) for one in names) > 1 else frozenset()


@lru_cache(256)
def times_named(name: str) -> Names:
    """The times that the name of a column tells, also in short (Thu 9 Apr) or in numerals (三月)."""
    digits = _MONTH_IN_NUMERALS.sub(lambda month: f"{_in_digits(month[1])}月", name)
    days = {
        ("weekday", next(at for at, day in enumerate(DAYS) if day[:3] == short[:3].lower())) for short in _SHORT_DAY.findall(name)
    }
    months = {("month", month_number(short)) for short in _SHORT_MONTH.findall(name)}
    return frozenset({both for both in numbered(digits) if both[0] in TIMES} | days | months)


@lru_cache(256)
def numbered(text: str) -> Names:
    """The things that a text tells apart by a number, in English or Chinese."""
    return frozenset(_numbered(fold(text)))


def _numbered(text: str) -> Iterator[tuple[str, int]]:
    for kind, number in _CODE.findall(text):
        if kind not in _NO_CODE:
            yield kind, int(number)
    for kind, number in _COUNTED.findall(text):
        if kind != "year" or not re.fullmatch(r"\d{4}", number):
            yield _SAME.get(kind, kind), _value(number)
    for number, kind in _RANKED.findall(text):
        yield _SAME.get(kind, kind), _value(number)
    for day, in_chinese in _DAY.findall(text):
        yield "weekday", DAYS.index(day) if day else _CHINESE_DAYS.index(in_chinese)
    for name, after, before, digits, of_date in _MONTH.findall(text):
        yield "month", int(digits or of_date) if digits or of_date else month_number(name or after or before)
    for until, day, name, name_before, day_behind, last, month, of_month, last_of_month, *of_date in _DATE.findall(text):
        number = int(month or of_date[0] or 0) or month_number(name or name_before)
        days = (until, day, day_behind, last, of_month, last_of_month, of_date[1])
        yield from (("date", _A_MONTH * number + int(one)) for one in days if one)
    for year in _YEAR.findall(text):
        yield "year of our time", int(year)
    for first, of_first, second, of_second in _CHINESE.findall(text):
        kind = of_first or of_second
        if (number := _in_digits(first or second)).isdigit():
            yield _SAME.get(kind, kind), int(number)


def _value(number: str) -> int:
    return ORDINALS.get(number) or WORDS.get(number) or int(re.sub(r"\D", "", number))


def _in_digits(numeral: str) -> str:
    """A numeral in Arabic digits; one that tells two numbers (三四) as it is."""
    is_one = len(numeral) == 1 or numeral.isdigit() or has_places(numeral)
    return str(value_of(numeral)) if is_one else numeral


def _is_held(kind: str, number: int, text: str) -> bool:
    """Whether a text holds the number of a thing by itself, or within a range, or times before and after it."""
    if kind in TIMES:
        said = [value for of, value in numbered(text) if of == kind]
        return bool(said) and min(said) <= number <= max(said)
    found = _CHINESE_NUMERAL.sub(lambda numeral: _in_digits(numeral.group()), fold(text))
    within = any(int(first) <= number <= int(last) for first, last in _RANGE.findall(found))
    return within or re.search(rf"(?<!\d){number}(?!\d)", found) is not None
