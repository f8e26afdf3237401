"""Chinese numerals: 十四 is 14."""

from __future__ import annotations

import re

_SIGNS = "零一二三四五六七八九"
_DIGITS = {digit: value for value, digit in enumerate(_SIGNS)} | {"〇": 0, "两": 2}
_PLACES = {"千": 1000, "百": 100, "十": 10}
MOST_IN_CHINESE = 9_999


def value_of(numeral: str) -> int:
    """What a numeral in Chinese or Arabic digits says: 一百零五, 二〇二四 and 两万三千, and 105."""
    if numeral.isdigit():
        return int(numeral)
    if "万" in numeral:
        above, below = numeral.split("万")
        return value_of(above) * 10_000 + (value_of(below) if below else 0)
    if not has_places(numeral):
        return int("".join(str(_DIGITS[sign]) for sign in numeral))
    total = digit = 0
    for sign in numeral:
        if sign in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[sign], 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def has_places(numeral: str) -> bool:
    """Whether a numeral says tens, hundreds or thousands (二十四), not digit by digit (二四)."""
    return not _PLACES.keys().isdisjoint(numeral)


def in_chinese(number: int) -> str:
    """A number from 1 to `MOST_IN_CHINESE` as Chinese numbers are read, 零 where places between are empty: 一百零五."""
    places = ((number // value % 10, name) for name, value in (*_PLACES.items(), ("", 1)))
    text = "".join(_SIGNS[digit] + name if digit else _SIGNS[0] for digit, name in places)
    read = re.sub("零+", "零", text).strip("零")
    return read[1:] if 10 <= number < 20 else read
