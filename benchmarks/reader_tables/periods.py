"""Periods as columns of made tables: how they are written above a column, and how one asks for them."""

from __future__ import annotations

import random
from dataclasses import dataclass

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NUMBERS, _NUMBERS_ZH = ("first", "second", "third", "fourth"), "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """A period: the name of its column, and the ways to ask for it, in English with their preposition, and in Chinese."""

    head: str
    asked: tuple[str, ...]
    asked_zh: tuple[str, ...]

    def asked_in(self, language: str) -> tuple[str, ...]:
        """The ways to ask for it in a language."""
        return self.asked if language == "en" else self.asked_zh


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of a table and some that are not in it; the lines that belong above them; and the last year."""

    shown: tuple[Period, ...]
    others: tuple[Period, ...]
    above: tuple[str, ...]
    year: int


def periods(language: str, chance: random.Random, *, at: bool) -> Periods:
    """Years, the two years of a report, quarters or months; with `at`, the days on which they end."""
    year = chance.randint(2005, 2025)
    kind = chance.choices((_years, _of_a_report, _quarters, _months), (0.68, 0.12 if language == "zh" else 0.04, 0.14, 0.06))[0]
    return kind(language, chance, year, at)


def _years(language: str, chance: random.Random, year: int, at: bool) -> Periods:
    form = chance.choice(_YEARS[language] + (_YEARS_AT[language] if at else ()))
    count = chance.choice((1, 2, 2, 2, 3, 3, 3, 4, 5))
    made = [_year(form.format(y=one, yy=one % 100), one, at) for one in range(year, year - count, -1)]
    if chance.random() < 0.25:
        made.reverse()
    others = [_year("", one, at) for one in (year + 1, year + 2, year - count, year - count - 1, year - count - 2)]
    ends = () if language == "zh" or form not in ("{y}", "FY{y}") or chance.random() < 0.6 else (chance.choice(_ENDS[at]),)
    return Periods(tuple(made), tuple(others), ends, year)


_YEARS = {
    "en": ("{y}", "{y}", "{y}", "{y}", "FY{y}", "FY{yy:02}", "Fiscal {y}", "December 31, {y}"),
    "zh": ("{y}年", "{y}年", "{y}年度", "{y}", "{y} 年", "{y}年1-12月"),
}
_YEARS_AT = {"en": ("December 31, {y}", "Dec. 31, {y}"), "zh": ("{y}年12月31日", "{y}年末", "{y}-12-31", "{y}.12.31")}
_ENDS = (
    ("Years ended December 31", "Year ended December 31,", "Fiscal years ended", "For the years ended June 30,"),
    ("At December 31", "As of December 31,", "December 31,"),
)


def _year(head: str, year: int, at: bool) -> Period:
    short = f"{year % 100:02}"
    flow = (
        f"in {year}",
        f"in {year}",
        f"in fiscal {year}",
        f"in fiscal year {year}",
        f"in FY{year}",
        f"in FY{short}",
        f"for {year}",
        f"during {year}",
        f"for the year ended December 31, {year}",
        f"in the financial year {year}",
        f"in the year {year}",
    )
    state = (
        f"at the end of {year}",
        f"as of December 31, {year}",
        f"at year-end {year}",
        f"in {year}",
        f"in FY{year}",
        f"at the end of fiscal {year}",
    )
    flow_zh = (f"{year}年", f"{year}年", f"{year}年度", f"{year}财年", f"{year}年全年")
    state_zh = (f"{year}年末", f"{year}年底", f"{year}年12月31日", f"截至{year}年末", f"{year}年")
    return Period(head, state if at else flow, state_zh if at else flow_zh)


def _of_a_report(language: str, chance: random.Random, year: int, at: bool) -> Periods:
    """This year and the year before, as a report of a year calls them."""
    heads = {
        "en": (("Current year", "Prior year"), ("This year", "Last year")),
        "zh": (("期末余额", "上年年末余额"), ("期末数", "上年末数"))
        if at
        else (("本期金额", "上期金额"), ("本年", "上年"), ("本期数", "上年同期数")),
    }[language]
    now, before = chance.choice(heads)
    shown = (_year(now, year, at), _year(before, year - 1, at))
    others = tuple(_year("", one, at) for one in (year + 1, year - 2, year - 3))
    line = f"Annual report {year}" if language == "en" else f"{year}年年度报告"
    return Periods(shown, others, (line,), year)


def _quarters(language: str, chance: random.Random, year: int, at: bool) -> Periods:
    form = chance.choice(
        ("Q{n} {y}", "{n}Q{yy:02}", "{Name} Quarter", "Q{n}")
        if language == "en"
        else ("{y}年第{zh}季度", "第{zh}季度", "{y}Q{n}", "{zh}季度")
    )
    shown = [_quarter(form, number, year) for number in range(chance.choice((3, 4, 4)))]
    others = tuple(_quarter("", chance.randrange(4), one) for one in (year - 1, year + 1, year - 2))
    line = f"Year ended December 31, {year}" if language == "en" else f"{year}年"
    return Periods(tuple(shown), others, (line,) if "y" not in form else (), year)


def _quarter(form: str, number: int, year: int) -> Period:
    name, zh = _NUMBERS[number], _NUMBERS_ZH[number]
    head = form.format(n=number + 1, y=year, yy=year % 100, Name=name.capitalize(), zh=zh)
    asked = (
        f"in the {name} quarter of {year}",
        f"in Q{number + 1} {year}",
        f"for the {name} quarter of fiscal {year}",
        f"in {number + 1}Q {year}",
    )
    return Period(head, asked, (f"{year}年第{zh}季度", f"{year}年{zh}季度", f"{year}年Q{number + 1}"))


def _months(language: str, chance: random.Random, year: int, at: bool) -> Periods:
    form = chance.choice(("{name}", "{short} {y}", "{y}-{n:02}") if language == "en" else ("{n}月", "{y}年{n}月", "{y}-{n:02}"))
    first = chance.randint(1, 8)
    shown = [_month(form, number, year) for number in range(first, first + chance.randint(3, 5))]
    others = [_month("", first, year - 1), _month("", (first + 6) % 12 + 1, year), _month("", first, year + 1)]
    line = f"{year}" if language == "en" else f"{year}年"
    return Periods(tuple(shown), tuple(others), (line,) if "y" not in form else (), year)


def _month(form: str, number: int, year: int) -> Period:
    name = MONTHS[number - 1]
    head = form.format(name=name, short=name[:3], y=year, n=number)
    return Period(head, (f"in {name} {year}", f"for {name} {year}"), (f"{year}年{number}月", f"{year}年{number}月份"))
