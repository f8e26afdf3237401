"""What only leads through a PDF: headers and footers that neighbouring pages have too, and the entries of a table of contents."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from operator import attrgetter

from rag_app.parsing.pdf_lines import Line, names_page

_NEIGHBOURS = 4
_FEWEST_AGAIN = 2
_OUTERMOST = 3
_SAME_PLACE = 3.0
_LONGEST = 150
_LARGEST = 1.15
_NUMBER = re.compile(r"\d+")
_FEWEST_ENTRIES, _NUMBER_OF_ENTRY = 5, re.compile(r"[\s.](?:\d+|[ivxlc]+)$")
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|p\.|第)?\s*(\d{1,4})\s*(?:页|(?:/|of)\s*\d{1,4})?(?:[，,]?\s*共\s*\d+\s*页)?[-–—\s]*", re.IGNORECASE
)

Lines = tuple[Line, ...]
Edges = Mapping[str, list[Line]]


def mark_running(pages: Iterable[Lines], page_count: int) -> Iterator[Lines]:
    """The lines of each page, those that run from page to page marked so, as entries of a table of contents are; reads four
    pages ahead.

    A line runs if two of the four pages before and the four after have it at the same height, its numbers the same or
    counting up with the pages, and if no other line stands further out. Larger type is a title, and a page without other
    words is no frame for them: they stay.
    """
    known: deque[tuple[Lines, Edges]] = deque(maxlen=2 * _NEIGHBOURS + 1)
    waiting = 0
    for number, lines in enumerate(pages, 1):
        lines = _without_number(lines, number)
        known.append((lines, _edges(lines)))
        waiting += 1
        if waiting > _NEIGHBOURS:
            yield _without_contents(_marked(known, len(known) - waiting), page_count)
            waiting -= 1
    for place in range(len(known) - waiting, len(known)):
        yield _without_contents(_marked(known, place), page_count)


def _without_contents(lines: Lines, page_count: int) -> Lines:
    """The lines, marked those that end with the number of a page, where most are entries whose pages are there and rise."""
    entries = [line.text for line in lines if names_page(line.text)]
    if len(entries) < _FEWEST_ENTRIES or 2 * len(entries) < len(lines):
        return lines
    numbers = [int(number) for number in map(_page_number, entries) if number]
    if numbers != sorted(numbers) or max(numbers, default=0) > page_count:
        return lines
    return tuple([line._replace(is_running=True) if _NUMBER_OF_ENTRY.search(line.text) else line for line in lines])


def _page_number(entry: str) -> str:
    return _NUMBER.findall(entry)[-1] if entry[-1].isdecimal() else ""


def _without_number(lines: Lines, number: int) -> Lines:
    """The lines of a page, the first or the last marked as running if it says only which page it is."""
    in_order = _downwards(lines)
    alone = [
        line
        for line in (*in_order[:1], *in_order[-1:])
        if (found := _PAGE_NUMBER.fullmatch(line.text)) and int(found[1]) == number
    ]
    return (
        tuple([line._replace(is_running=True) if line in alone else line for line in lines])
        if alone and len(lines) > 2
        else lines
    )


def _edges(lines: Lines) -> Edges:
    """The outermost lines by their words, with `#` for each number."""
    in_order = _downwards(lines)
    usual = sorted([line.size for line in lines])[len(lines) // 2] if lines else 0.0
    found: dict[str, list[Line]] = {}
    for line in in_order[:_OUTERMOST] + in_order[max(_OUTERMOST, len(in_order) - _OUTERMOST) :]:
        if len(line.text) <= _LONGEST and line.size <= _LARGEST * usual:
            found.setdefault(" ".join("#".join(_NUMBER.split(line.text)).split()), []).append(line)
    return found


def _downwards(lines: Lines) -> list[Line]:
    return sorted(lines, key=attrgetter("top"))


def _marked(known: Sequence[tuple[Lines, Edges]], place: int) -> Lines:
    lines, edges = known[place]
    near = [(number - place, other) for number, (_, other) in enumerate(known) if abs(number - place) <= _NEIGHBOURS]
    again = {line for pattern, alike in edges.items() for line in _again(near, pattern, alike)}
    in_order = _downwards(lines) if again else []
    running = {*takewhile(again.__contains__, in_order), *takewhile(again.__contains__, reversed(in_order))}
    if not running or all(line in running for line in lines):
        return lines
    return tuple([line._replace(is_running=True) if line in running else line for line in lines])


def _again(near: Sequence[tuple[int, Edges]], pattern: str, alike: Sequence[Line]) -> Iterator[Line]:
    """Those of the lines of one pattern that enough of the pages, their own among them, have."""
    pages = [(apart, edges[pattern]) for apart, edges in near if pattern in edges]
    if len(pages) > _FEWEST_AGAIN:
        yield from (line for line in alike if _is_on_enough(line, pages))


def _is_on_enough(line: Line, pages: Sequence[tuple[int, Sequence[Line]]]) -> bool:
    found = 0
    for apart, others in pages:
        found += any(_is_same(line, other, apart) for other in others)
        if found > _FEWEST_AGAIN:
            return True
    return False


def _is_same(line: Line, other: Line, apart: int) -> bool:
    if abs(line.top - other.top) > _SAME_PLACE:
        return False
    if line.text == other.text:
        return True
    numbers = zip(_NUMBER.findall(line.text), _NUMBER.findall(other.text), strict=True)
    return all(int(after) - int(before) in (0, apart) for before, after in numbers)
