"""What a cell or a few words say how much of, so that it can be compared with others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag_app.citing.tokens import Kind, Token, tokens
from rag_app.text.folding import fold

_FREE = frozenset(("free", "free of charge", "for free", "免费"))
_TIME = re.compile(r"(\d{1,2})[:：](\d\d)")
# A slash or a colon between numbers: a date of unknown order, a share, a time with more to it.
_PARTED = frozenset("/⁄:")
# Thousands apart (1 200, 1'200), and a comma before one or two digits (1,5): behind a comma of thousands there are three.
_APART = re.compile(r"(?<![\d.,])\d{1,3}(?:[\s'’]\d{3})+(?!\d)")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d{1,2})(?!\d|[.,]\d)")
# How accounts write what is below zero: (1,234), $(500), (3.2%); but (2020) is a year.
_BELOW_ZERO = re.compile(
    r"(?P<money>[$€£¥]?)\s?\((?!(?:19|20)\d\d\))(?P<number>[$€£¥]?\s?\d[\d.,\s'’]*%?)\)(?P<unit>\s?%|\s[^\W\d]+)?"
)
DATE, TIME = "date ", "time "  # no word of a text has a space
# Units, stemmed, that are the same: of a Chinese one its first character is told.
_SAME = [
    frozenset(words.split())
    for words in (
        *(
            "yuan 元 块 rmb cny",
            "euro eur 欧",
            "dollar usd 美",
            "pound gbp 英",
            "day 天 日",
            "hour h 小",
            "minut min 分",
            "year 年",
        ),
        *(
            "kg kilogram 公 千",
            "km kilomet 公 千",
            "month 个 月",
            "peopl person guest 人 位",
            "w watt 瓦",
            "m meter metr 米",
            "m² m sqm 平",
        ),
    )
]
_OF_MONEY = 4
# Units, the part of one that may be told behind it (1 h 30 min), and how many of these make one.
_PARTS = (
    ("h hour 小", "min minut 分", 60),
    ("min minut 分", "s sec second 秒", 60),
    ("day 天", "h hour 小", 24),
    ("week", "day", 7),
    ("year 年", "month 个", 12),
    ("eur euro dollar", "cent", 100),
    ("gbp pound", "penc penni p", 100),
    ("kg kilogram", "g gram", 1000),
    ("km kilomet", "m meter metr", 1000),
    ("ft feet foot", "inch", 12),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the word behind it, stemmed; of dates all that are told in the same parts have the same unit."""

    value: Decimal
    unit: str = ""

    @property
    def last_value(self) -> Decimal:
        """Of a year or month the number of its last day, else the value; a day of no year ends with itself."""
        missing = self.unit.removeprefix(DATE).split(" ")[1:].count("") if self.unit.startswith(DATE) else 0
        return self.value + {0: 0, 1: 99, 2: 9999}[missing]

    @property
    def is_of_no_year(self) -> bool:
        """Whether it is a date that tells no year (May 1)."""
        return self.unit.startswith(f"{DATE} ")

    @property
    def is_time(self) -> bool:
        """Whether it is a date or a time of the day."""
        return self.unit.startswith((DATE, TIME))


def is_money(unit: str) -> bool:
    """Whether a unit is one of money."""
    return any(unit in same for same in _SAME[:_OF_MONEY])


def are_of_one_unit(one: str, other: str) -> bool:
    """Whether units are the same, or one is not told."""
    return not one or not other or one == other or any(one in same and other in same for same in _SAME)


def is_part_of(unit: str, larger: str) -> bool:
    """Whether an amount in the unit `larger` may go on in `unit`: 2 hours (and 30 minutes)."""
    return any(larger in one.split() and unit in other.split() for one, other, _ in _PARTS)


def quantity_of(text: str) -> Quantity | None:
    """The first number or date of `text`, or None where it says none that can be compared."""
    if fold(text).strip(" .") in _FREE:
        return Quantity(Decimal(0))
    if time := _TIME.fullmatch(text.strip()):
        return Quantity(Decimal(60 * int(time[1]) + int(time[2])), TIME)
    if below := _BELOW_ZERO.fullmatch(text.strip()):
        above = quantity_of(f"{below['money']}{below['number']}{below['unit'] or ''}")
        return above and Quantity(-above.value, above.unit)
    plain = _APART.sub(lambda number: re.sub(r"\D", "", number.group()), text)
    found = tokens(_DECIMAL_COMMA.sub(r"\1.\2", plain))
    place = next((place for place, token in enumerate(found) if token.kind is Kind.NUMBER and "#" not in token.key), None)
    if place is None:
        return None
    first, behind = found[place], found[place + 1 : place + 3]
    if len(behind) > 1 and behind[0].key in _PARTED and behind[1].kind is Kind.NUMBER:
        return None
    if "-" in first.key:
        parts = first.key.split("-")
        value = sum(int(part or 0) * 100**power for part, power in zip(parts, (2, 1, 0), strict=True))
        return Quantity(Decimal(value), f"{DATE}{' '.join('?' if part else '' for part in parts)}")
    unit = behind[0].key if behind and behind[0].is_content and behind[0].kind is not Kind.NUMBER else ""
    return Quantity(Decimal(first.key.replace("−", "-")) + _part_behind(unit, found[place + 2 :]), unit)


def _part_behind(unit: str, behind: Sequence[Token]) -> Decimal:
    """What is told behind a number and its unit in a smaller one, as a share of the larger: of 1 h 30 min a half."""
    told = [token for token in behind[:4] if token.key not in ("and", "时")]
    if len(told) > 1 and told[0].kind is Kind.NUMBER and told[0].key.isdigit():
        for larger, smaller, count in _PARTS:
            if unit in larger.split() and told[1].key in smaller.split():
                return Decimal(told[0].key) / count
    return Decimal(0)
