"""Numbers of a workbook as it shows them: percentages, dates and times, decimals, thousands and currencies."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from math import isfinite

# The formats of a Chinese Excel, by ECMA-376 part 1, 18.8.30; of these a workbook tells the number alone.
_CHINESE: Mapping[int, str] = {
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    **_CHINESE,
}
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|'
    r"(?P<half>AM/PM|A/P|上午/下午)|(?P<time>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4})|(?P<digits>[#0?][#0?,.]*(?:E[+-]?0+)?)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]*\.?[0-9]+)\]")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_FIRST_DAY, _FIRST_DAY_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_466
_LITERAL = ("quoted", "escaped", "currency", "time", "other")


def shown(value: float, code: str, *, since_1904: bool = False) -> str:
    """A number as the format `code` of a workbook shows it; as it is where the format is none of those that change much."""
    section, is_negative = _section(value, code)
    parts = _parts(section)
    groups = [part["digits"] for part in parts if part.lastgroup == "digits"]
    if not groups and any(part.lastgroup in ("time", "elapsed") for part in parts):
        return _time(value, parts, since_1904) if 0 <= value < _LAST_SERIAL else plain(value)
    if not groups or "/" in section or not _is_plain_number(groups) or not isfinite(value):
        return plain(value)
    percent = any(part["other"] == "%" for part in parts)
    text = _number(abs(value) if is_negative else value, "".join(groups), percent=percent)
    return _around(parts, _shared_out(text, groups)).strip() or plain(value)


def plain(value: float) -> str:
    """A number with the 15 digits that a workbook keeps of it."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def _section(value: float, code: str) -> tuple[str, bool]:
    """The part of a format whose condition holds, by itself or by its place; whether it is one that writes the sign itself."""
    sections = code.split(";")[:3]
    by_place = {1: [], 2: [(">=", 0.0)]}.get(len(sections), [(">", 0.0), ("<", 0.0)])
    before = ("", 0.0)
    for place, section in enumerate(sections):
        own = _CONDITION.search(section)
        if own is None and place >= len(by_place):
            return section, value < 0 and before in ((">", 0.0), (">=", 0.0))
        before = (own[1], float(own[2])) if own else by_place[place]
        if _COMPARED[before[0]](value, before[1]):
            return section, value < 0 and before in (("<", 0.0), ("<=", 0.0))
    return "", False


@lru_cache
def _parts(section: str) -> Sequence[re.Match[str]]:
    return tuple(_PART.finditer(section))


def _is_plain_number(groups: Sequence[str]) -> bool:
    """Whether the places for digits make one number, with its decimals in the last group where there are a few."""
    digits = "".join(groups)
    return "E" not in digits.upper() and (len(groups) == 1 or not ("," in digits.rstrip(",") or "." in "".join(groups[:-1])))


def _number(value: float, digits: str, *, percent: bool) -> str:
    placed = digits.rstrip(",")
    amount = Decimal(f"{value:.15g}").scaleb((2 if percent else 0) - 3 * (len(digits) - len(placed)))
    whole, _, decimals = placed.partition(".")
    with localcontext() as context:
        context.rounding = ROUND_HALF_UP
        text = f"{amount:{',' if ',' in whole else ''}.{len(decimals)}f}"
    for place in reversed(decimals):
        text = text[:-1] if place != "0" and text.endswith("0") else text
    text = text.rstrip(".") if decimals else text
    if "0" not in whole and abs(amount) < 1:
        return text.removeprefix("0")
    return text.zfill(len(text) + whole.count("0") - len(text.lstrip("-").partition(".")[0]))


def _shared_out(text: str, groups: Sequence[str]) -> list[str]:
    """The digits of a number for each group of places, from the right; what is left over stands in the first group."""
    shared = list[str]()
    for group in reversed(groups[1:]):
        end = len(text.partition(".")[0]) - len(group.rstrip(",").partition(".")[0])
        cut = max(end, text.startswith("-"))
        shared.append(text[cut:])
        text = text[:cut]
    return [text, *reversed(shared)]


def _around(parts: Sequence[re.Match[str]], groups: Sequence[str]) -> str:
    """The words and signs of a format with the digits in their places."""
    written = []
    left = iter(groups)
    for part in parts:
        if part.lastgroup == "digits":
            written.append(next(left))
        elif part.lastgroup in _LITERAL:
            written.append(part[part.lastgroup])
    return "".join(written)


def _time(value: float, parts: Sequence[re.Match[str]], since_1904: bool) -> str:
    moment = (_FIRST_DAY_1904 if since_1904 else _FIRST_DAY) + timedelta(milliseconds=round(value * 86_400_000))
    if not since_1904 and value < 60:
        moment += timedelta(days=1)
    halves = any(part.lastgroup == "half" for part in parts)
    written = []
    before = ""
    for index, part in enumerate(parts):
        kind = (part["time"] or "").lower()
        if kind:
            after = next((later["time"][0].lower() for later in parts[index + 1 :] if later["time"]), "")
            is_minute = kind in ("m", "mm") and (before == "h" or after == "s")
            written.append(_part_of_time(moment, "n" * len(kind) if is_minute else kind, halves))
            before = kind[0]
        elif part["elapsed"]:
            before = part["elapsed"][0].lower()
            written.append(str(int(value * {"h": 24, "m": 1440, "s": 86_400}[before] + 1e-6)))
        elif part.lastgroup == "half":
            written.append(part["half"].upper().split("/")[moment.hour >= 12])
        elif part.lastgroup in ("quoted", "escaped", "other"):
            written.append(part[part.lastgroup])
    return "".join(written).strip()


def _part_of_time(moment: datetime, kind: str, halves: bool) -> str:
    """A part of a date or time; `n` stands for minutes."""
    if kind[0] == "s":
        seconds, _, decimals = kind.partition(".")
        fraction = f".{moment.microsecond:06}"[: len(decimals) + 1] if decimals else ""
        return f"{moment.second:0{len(seconds)}}{fraction}"
    hour = (moment.hour % 12 or 12) if halves else moment.hour
    number = {"y": moment.year, "m": moment.month, "d": moment.day, "h": hour, "n": moment.minute}.get(kind[0], 0)
    named = {"mmm": "%b", "mmmm": "%B", "ddd": "%a", "dddd": "%A"}.get(kind)
    if named:
        return moment.strftime(named)
    if kind[0] == "a":
        return ("星期" if len(kind) == 4 else "") + "一二三四五六日"[moment.weekday()]
    if kind[0] == "y":
        return f"{number:04}" if len(kind) > 2 else f"{number % 100:02}"
    return f"{number:0{min(len(kind), 2)}}"
