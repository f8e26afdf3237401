"""The numbers that Word puts before headings and items: they stand in no text, but people ask by them ("clause 4.2")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from rag_app.parsing.blocks import BULLET
from rag_app.parsing.package import Node, attribute, local, number
from rag_app.text.numerals import MOST_IN_CHINESE, in_chinese

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ONES = (9, "ix"), (5, "v"), (4, "iv"), (1, "i")
_MOST_ROMAN, _MOST_CHINESE = 4000, 100
_OFF = ("0", "false", "off")
_ZERO_BEFORE = "decimalZero"
_BULLETED, _NUMBERLESS = "bullet", "none"


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: how it counts, from what on, what it writes, and the paragraph style that goes with it.

    One that is legal writes the numbers of all levels in Arabic figures.
    """

    kind: str
    start: int
    text: str
    style: str
    is_legal: bool


class Numbering:
    """Counts through the paragraphs of a document in their order. `numbering` and `styles` are the parts of these names."""

    def __init__(self, numbering: Node | None, styles: Node | None) -> None:
        nodes = list(numbering) if numbering is not None else []
        abstract = {attribute(node, "abstractNumId"): node for node in nodes if local(node) == "abstractNum"}
        linked = {_value(node, "styleLink"): identifier for identifier, node in abstract.items()}
        self._lists = dict[str, str]()
        self._levels = dict[str, Mapping[int, _Level]]()
        self._restarts = dict[str, dict[int, int]]()
        for node in nodes:
            if local(node) == "num":
                identifier = attribute(node, "numId")
                named = _value(node, "abstractNumId")
                link = _value(abstract[named], "numStyleLink") if named in abstract else ""
                self._lists[identifier] = linked.get(link, named) if link else named
                overrides = (child for child in node if local(child) == "lvlOverride")
                self._levels[identifier] = _levels((*abstract.get(self._lists[identifier], ()), *chain(*overrides)))
                self._restarts[identifier] = _restarts(node)
        self._styles = {attribute(node, "styleId"): _in_style(node) for node in styles} if styles is not None else {}
        self._counts = dict[str, dict[int, int]]()

    def marker(self, style: str, list_id: str, level: str) -> str:
        """What stands before the next paragraph, which names a list and a level of it, or has them from its style."""
        list_id, level = self._place(style, list_id, level)
        kinds = self._levels.get(list_id, {})
        index = number(level, 0)
        if index not in kinds:
            return ""
        counts = self._count(list_id, index, kinds)
        if kinds[index].kind == _BULLETED:
            return BULLET
        if kinds[index].kind == _NUMBERLESS:
            return ""
        text, is_legal = kinds[index].text, kinds[index].is_legal
        return _PLACE.sub(lambda match: _written(kinds, counts, int(match.group(1)) - 1, is_legal), text).strip()

    def _place(self, style: str, list_id: str, level: str) -> tuple[str, str]:
        """The list and the level; a style may name its list alone, and the list the level of the style."""
        passed = set[str]()
        named = style
        while not list_id and named in self._styles and named not in passed:
            passed.add(named)
            list_id, styled, base = self._styles[named]
            level = level or styled
            if list_id and not level:
                kinds = self._levels.get(list_id, {})
                level = next((str(index) for index, kind in kinds.items() if kind.style == named), "")
            named = base
        return list_id, level

    def _count(self, list_id: str, index: int, kinds: Mapping[int, _Level]) -> Mapping[int, int]:
        counts = self._counts.setdefault(self._lists[list_id], {})
        for level, start in self._restarts.get(list_id, {}).items():
            counts.pop(level, None)
            kinds = {**kinds, level: replace(kinds[level], start=start)} if level in kinds else kinds
        self._restarts[list_id] = {}
        counts[index] = counts[index] + 1 if index in counts else kinds[index].start
        for deeper in [level for level in counts if level > index]:
            del counts[deeper]
        for above in range(index):
            if above in kinds:
                counts.setdefault(above, kinds[above].start)
        return counts


def _levels(nodes: Iterable[Node]) -> Mapping[int, _Level]:
    """The levels among some nodes; a later one takes the place of an earlier."""
    found = {}
    for level in nodes:
        if local(level) == "lvl":
            found[number(attribute(level, "ilvl"), 0)] = _Level(
                kind=_value(level, "numFmt"),
                start=number(_value(level, "start"), 1),
                text=_value(level, "lvlText"),
                style=_value(level, "pStyle"),
                is_legal=any(local(child) == "isLgl" and attribute(child, "val") not in _OFF for child in level),
            )
    return found


def _restarts(node: Node) -> dict[int, int]:
    overrides = (child for child in node if local(child) == "lvlOverride")
    return {
        number(attribute(override, "ilvl"), 0): number(_value(override, "startOverride"), 1)
        for override in overrides
        if _value(override, "startOverride")
    }


def _in_style(style: Node) -> tuple[str, str, str]:
    """The list and level that a style names, and the style that it is based on."""
    properties = next((node for node in style.iter() if local(node) == "numPr"), None)
    if properties is None:
        return "", "", _value(style, "basedOn")
    return _value(properties, "numId"), _value(properties, "ilvl"), _value(style, "basedOn")


def _value(node: Node, name: str) -> str:
    return next((attribute(child, "val") for child in node if local(child) == name), "")


def _written(kinds: Mapping[int, _Level], counts: Mapping[int, int], index: int, is_legal: bool) -> str:
    if index not in kinds or index not in counts:
        return ""
    kind = kinds[index].kind
    return str(counts[index]) if is_legal and kind != _ZERO_BEFORE else _WRITTEN.get(kind, str)(counts[index])


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 1000 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < _MOST_ROMAN:
        return str(count)
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_ONES):
        text += letters * (count // value)
        count %= value
    return text


def _chinese(count: int) -> str:
    return in_chinese(count) if 0 < count < _MOST_CHINESE else str(count)


def _chinese_thousands(count: int) -> str:
    return in_chinese(count) if 0 < count <= MOST_IN_CHINESE else str(count)


ITEM_NUMBERS: Mapping[str, Callable[[int], str]] = {
    "a": _letters,
    "A": lambda count: _letters(count).upper(),
    "i": _roman,
    "I": lambda count: _roman(count).upper(),
    "一": _chinese,
}
_WRITTEN: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": ITEM_NUMBERS["a"],
    "upperLetter": ITEM_NUMBERS["A"],
    "lowerRoman": ITEM_NUMBERS["i"],
    "upperRoman": ITEM_NUMBERS["I"],
    _ZERO_BEFORE: lambda count: f"{count:02}",
    **dict.fromkeys(("chineseCounting", "ideographDigital", "japaneseCounting"), _chinese),
    "chineseCountingThousand": _chinese_thousands,
}
