"""The numbers of an OpenDocument's list items and headings, which stand in no text: counted as the styles of its lists say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rag_app.parsing.docx_numbering import ITEM_NUMBERS
from rag_app.parsing.package import Node, attribute, local, number

_LIST_STYLE = "list-style"
_LEVELS = ("list-level-style-number", "outline-level-style")
_OUTLINE = ""
_ON = "true"


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of a level are numbered; `shown` levels, this one the last, stand in the number."""

    kind: str
    before: str
    behind: str
    start: int
    shown: int


class Numbering:
    """Counts the items and headings as they come. `parts` hold the styles."""

    def __init__(self, *parts: Node | None) -> None:
        self._styles = {name: levels for part in parts if part is not None for name, levels in _styles(part)}
        self._lists = list[str]()  # the styles of the lists that are open
        self._counts = dict[int, int]()
        self._headings = dict[int, int]()
        self._marker = ""

    def begin_list(self, node: Node) -> None:
        """Begin a list, or one within the item that is open."""
        goes_on = attribute(node, "continue-numbering") == _ON or bool(attribute(node, "continue-list"))
        if not self._lists and not goes_on:
            self._counts = {}
        self._lists.append(attribute(node, "style-name") or (self._lists[-1] if self._lists else _OUTLINE))

    def end_list(self, node: Node) -> None:
        """End the list."""
        if self._lists:
            self._lists.pop()

    def begin_item(self, node: Node) -> None:
        """Count an item."""
        if self._lists and self._lists[-1] != _OUTLINE:
            levels = self._styles.get(self._lists[-1], {})
            self._marker = _counted(levels, self._counts, len(self._lists), attribute(node, "start-value"))

    def end_item(self, node: Node) -> None:
        """End the item, whatever stood in it."""
        self._marker = ""

    def take(self, node: Node, level: int) -> str:
        """What stands before a paragraph: the first in an item, or a heading (its `level` is 1 and more)."""
        marker, self._marker = self._marker, ""
        if level and not self._lists and attribute(node, "is-list-header") != _ON:
            return _counted(self._styles.get(_OUTLINE, {}), self._headings, level, attribute(node, "start-value"))
        return marker


def _counted(levels: Mapping[int, _Level], counts: dict[int, int], depth: int, start: str) -> str:
    """The number of the next item of a level; those of deeper levels begin anew."""
    for deeper in [level for level in counts if level > depth]:
        del counts[deeper]
    level = levels.get(depth)
    first = level.start if level else 1
    counts[depth] = number(start, counts.get(depth, first - 1) + 1)
    if level is None or not level.kind:
        return ""
    shown = [place for place in range(max(1, depth - level.shown + 1), depth + 1) if place in levels and levels[place].kind]
    numbers = [ITEM_NUMBERS.get(levels[place].kind[:1], str)(counts.get(place, levels[place].start)) for place in shown]
    return f"{level.before}{'.'.join(numbers)}{level.behind}".strip()


def _styles(part: Node) -> Iterator[tuple[str, Mapping[int, _Level]]]:
    for style in part.iter("{*}list-style", "{*}outline-style"):
        name = attribute(style, "name") if local(style) == _LIST_STYLE else _OUTLINE
        yield name, {number(attribute(level, "level"), 1): _level(level) for level in style if local(level) in _LEVELS}


def _level(node: Node) -> _Level:
    return _Level(
        kind=attribute(node, "num-format"),
        before=attribute(node, "num-prefix"),
        behind=attribute(node, "num-suffix"),
        start=number(attribute(node, "start-value"), 1),
        shown=number(attribute(node, "display-levels"), 1),
    )
