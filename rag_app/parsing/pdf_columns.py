"""Columns that a PDF sets row by row, read one after the other.

Most programs set a column to its end before the next one begins; then nothing is to be done. A table is set row by row too,
and is read so: its cells are short, and do not fill their column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from rag_app.parsing.cleaning import is_cjk
from rag_app.parsing.pdf_lines import Line

Gap = tuple[float, float, int]
Cut = Callable[[Sequence[Line], Sequence[int]], list[tuple[Line, ...]]]
Gaps = Callable[[Sequence[Line], float], list[list[Gap]]]
_LOOKED_AT = 12
_FEWEST_ROWS = 4
_LONG = 30
_WIDE_GAP = 1.0
_LEAST_SHARE = 0.4
_LEAST_CHARACTERS = 15
_LEAST_LETTERS = 0.6
_LEAST_FILLED = 0.75
_LEAST_GOING_ON = 0.4


def in_reading_order(lines: Sequence[Line], gaps: Gaps, cut: Cut) -> Sequence[Line]:
    """The lines of a page as they are read.

    `gaps` gives for each of some lines the left and right end of each wide space in its middle part, wider than so many times
    the line's size, and where in the text it stands; `cut` parts lines there, each in two.
    """
    gutter = _gutter(lines, gaps)
    if gutter is None:
        return lines
    found: list[Line] = []
    parted = _parted(lines, gutter, gaps, cut)
    for crosses, rows in groupby(zip(lines, parted, strict=True), key=lambda row: len(row[1]) == 1 and _crosses(row[0], gutter)):
        stretch = list(rows)
        parts = [part for _, pieces in stretch for part in pieces]
        left, right = [one for one in parts if one.left < gutter], [one for one in parts if one.left >= gutter]
        if not crosses and _is_column(left) and _is_column(right):
            found += [*in_reading_order(left, gaps, cut), *in_reading_order(right, gaps, cut)]
        else:
            found += [line for line, _ in stretch]
    return found


def _gutter(lines: Sequence[Line], gaps: Gaps) -> float | None:
    """Where two columns may part: inside a wide gap of many of the long lines, of which some are looked at."""
    long = [line for line in lines if len(line.text) >= _LONG and " " in line.text]
    looked_at = long[:: max(1, len(long) // _LOOKED_AT)]
    wide = gaps(looked_at[:_FEWEST_ROWS], _WIDE_GAP)
    if len(wide) == _FEWEST_ROWS and not any(wide):
        return None
    wide += gaps(looked_at[_FEWEST_ROWS:], _WIDE_GAP)
    middles = Counter(round((left + right) / 2) for found in wide for left, right, _ in found)
    for middle, _ in middles.most_common(3):
        holding = sum(any(left <= middle <= right for left, right, _ in found) for found in wide)
        if holding >= max(_FEWEST_ROWS, _LEAST_SHARE * len(looked_at)):
            return float(middle)
    return None


def _parted(lines: Sequence[Line], gutter: float, gaps: Gaps, cut: Cut) -> list[tuple[Line, ...]]:
    """Each line in two where a gap of it holds the gutter, else whole."""
    crossing = [line for line in lines if _crosses(line, gutter)]
    places = {
        line: place
        for line, of_line in zip(crossing, gaps(crossing, _WIDE_GAP), strict=True)
        for left, right, place in reversed(of_line)
        if left <= gutter <= right
    }
    pieces = dict(zip(places, cut(list(places), list(places.values())), strict=True))
    return [pieces.get(line, (line,)) for line in lines]


def _crosses(line: Line, gutter: float) -> bool:
    return line.left < gutter < line.right


def _is_column(parts: Sequence[Line]) -> bool:
    """Whether lines are running text: words enough in each, most as wide as the widest, many going on from the one before."""
    if len(parts) < _FEWEST_ROWS:
        return False
    text = " ".join(part.text for part in parts)
    widest = max(part.right for part in parts) - min(part.left for part in parts)
    filled = sum(part.right - part.left for part in parts) / (widest * len(parts) or 1.0)
    letters = sum(map(str.isalpha, text)) / len(text)
    going_on = sum(part.text[0].islower() or is_cjk(part.text[0]) for part in parts)
    has_words = len(text) >= _LEAST_CHARACTERS * len(parts) and letters >= _LEAST_LETTERS
    return has_words and filled >= _LEAST_FILLED and going_on >= _LEAST_GOING_ON * len(parts)


def middle_spaces(text: str) -> Iterator[int]:
    """Where the spaces in the middle half of a text stand."""
    start, end = len(text) // 4, len(text) - len(text) // 4
    while (start := text.find(" ", start, end)) >= 0:
        yield start
        start += 1
