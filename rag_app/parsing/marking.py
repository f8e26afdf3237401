"""Where the words of a quote stand on the picture of a page that text recognition read."""

from __future__ import annotations

from collections.abc import Iterable

from rag_app.records import RecognizedLine, Rectangle


def marked(lines: Iterable[RecognizedLine], start: int, end: int) -> tuple[Rectangle, ...]:
    """A box for each line of the page's text that the stretch from `start` to `end` touches, over its words alone."""
    return tuple(
        _part(line, max(start, line.start) - line.start, min(end, line.end) - line.start)
        for line in lines
        if max(start, line.start) < min(end, line.end)
    )


def _part(line: RecognizedLine, first: int, end: int) -> Rectangle:
    """The box of the characters from `first` up to `end` of a line, reaching half-way to their neighbours."""
    begins = _between(line, first - 1) if first > 0 else 0.0
    ends = _between(line, end - 1) if end < len(line.places) else 1.0
    box = line.box
    if line.turns >= 2:
        begins, ends = 1 - ends, 1 - begins
    if line.turns % 2:
        height = box.bottom - box.top
        return Rectangle(box.left, box.top + begins * height, box.right, box.top + ends * height)
    width = box.right - box.left
    return Rectangle(box.left + begins * width, box.top, box.left + ends * width, box.bottom)


def _between(line: RecognizedLine, index: int) -> float:
    """Half-way between a character and the next, as a share of the line."""
    return (line.places[index] + line.places[index + 1]) / 2000
