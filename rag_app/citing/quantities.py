"""What a cell or a few words say how much of, so that it can be compared with others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag_app.citing.tokens import Kind, tokens
from rag_app.text.folding import fold

_FREE = frozenset(("free", "free of charge", "for free", "免费"))
_TIME = re.compile(r"(\d{1,2})[:：](\d\d)")
_PARTED = frozenset("/:")  # a slash or a colon between numbers: a date of unknown order, a share, a time with more to it
DATE, TIME = "date ", "time "  # no word of a text has a space


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the word behind it, stemmed; of dates all that are told in the same parts have the same unit."""

    value: Decimal
    unit: str = ""

    @property
    def is_time(self) -> bool:
        """Whether it is a date or a time of the day."""
        return self.unit.startswith((DATE, TIME))


def quantity_of(text: str) -> Quantity | None:
    """The first number or date of `text`, or None where it says none that can be compared."""
    if fold(text).strip(" .") in _FREE:
        return Quantity(Decimal(0))
    if time := _TIME.fullmatch(text.strip()):
        return Quantity(Decimal(60 * int(time[1]) + int(time[2])), TIME)
    found = tokens(text)
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
    return Quantity(Decimal(first.key.replace("−", "-")), unit)
