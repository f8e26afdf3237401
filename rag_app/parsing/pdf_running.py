"""Running headers and footers: lines at a page's top or bottom that neighbouring pages have too, with their page numbers."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from rag_app.parsing.pdf_lines import Line

_NEIGHBOURS = 4
_FEWEST_AGAIN = 2
_OUTERMOST = 3
_SAME_PLACE = 3.0
_LONGEST = 150
_LARGEST = 1.15
_NUMBER = re.compile(r"\d+")

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """An outermost line: its words with `#` for each number, the numbers, and its base line."""

    pattern: str
    numbers: tuple[int, ...]
    top: float


def mark_running(pages: Iterable[Lines]) -> Iterator[Lines]:
    """The lines of each page, those that run from page to page marked so; reads four pages ahead.

    A line runs if two of the four pages before and the four after have it at the same height, its numbers the same or
    counting up with the pages, and if no other line stands further out. Larger type is a title, and a page without other
    words is no frame for them: they stay.
    """
    known: deque[tuple[Lines, dict[Line, _Edge]]] = deque(maxlen=2 * _NEIGHBOURS + 1)
    waiting = 0
    for lines in pages:
        known.append((lines, _edges(lines)))
        waiting += 1
        if waiting > _NEIGHBOURS:
            yield _marked(known, len(known) - waiting)
            waiting -= 1
    for place in range(len(known) - waiting, len(known)):
        yield _marked(known, place)


def _edges(lines: Lines) -> dict[Line, _Edge]:
    in_order = _downwards(lines)
    usual = sorted(line.size for line in lines)[len(lines) // 2] if lines else 0.0
    outermost = (line for line in (*in_order[:_OUTERMOST], *in_order[-_OUTERMOST:]) if len(line.text) <= _LONGEST)
    return {line: _edge(line) for line in outermost if line.size <= _LARGEST * usual}


def _downwards(lines: Lines) -> list[Line]:
    return sorted(lines, key=lambda line: line.top)


def _edge(line: Line) -> _Edge:
    numbers = tuple(map(int, _NUMBER.findall(line.text)))
    return _Edge(" ".join(_NUMBER.sub("#", line.text).split()), numbers, line.top)


def _marked(known: Sequence[tuple[Lines, dict[Line, _Edge]]], place: int) -> Lines:
    lines, edges = known[place]
    near = [(number - place, other.values()) for number, (_, other) in enumerate(known) if abs(number - place) <= _NEIGHBOURS]
    again = {line for line, edge in edges.items() if _stands_on(near, edge) > _FEWEST_AGAIN}
    in_order = _downwards(lines) if again else []
    running = {*takewhile(again.__contains__, in_order), *takewhile(again.__contains__, reversed(in_order))}
    if not running or all(line in running for line in lines):
        return lines
    return tuple(replace(line, is_running=True) if line in running else line for line in lines)


def _stands_on(near: Sequence[tuple[int, Iterable[_Edge]]], edge: _Edge) -> int:
    """How many of the pages, the line's own among them, have it."""
    like = ((apart, [other for other in edges if other.pattern == edge.pattern]) for apart, edges in near)
    return sum(any(_is_same(edge, other, apart) for other in edges) for apart, edges in like)


def _is_same(edge: _Edge, other: _Edge, apart: int) -> bool:
    if abs(edge.top - other.top) > _SAME_PLACE:
        return False
    return all(after - before in (0, apart) for before, after in zip(edge.numbers, other.numbers, strict=True))
