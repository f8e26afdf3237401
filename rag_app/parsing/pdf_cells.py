"""Lines of a PDF page as rows of cells: what wide gaps part, with signs of money and percent at their number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from rag_app.parsing.pdf_columns import Gap
from rag_app.parsing.pdf_lines import Line

Gaps = Callable[[Sequence[Line], float, Callable[[str], Iterator[int]]], list[list[Gap]]]
_WIDE, _WIDE_BETWEEN_FIGURES = 0.8, 0.45
_NEAR, _ABOVE, _LONGEST = 4, 24, 100
_FEWEST = 3
_SAME_ROW, _RAISED = 0.4, 0.75
_MONEY = r"(?:US|HK|RMB|NT)?[$€£¥￥]"
_FIGURE = re.compile(
    rf"(?:{_MONEY}|[(（+−–~<>-])*\d(?:[\d.,，]*\d)?(?:[%％)）x*†]|pts?|bps?)*(?:\(\w{{1,2}}\))*"
    rf"|(?:{_MONEY}|[(（])*[—–―-]+[%)）]*|N/?[AM]|n/?[am]|不适用"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\(\w\))*")
_MARK = re.compile(r"\(\w\)|[*†]+")
_BEFORE_NUMBER = re.compile(rf"(?:{_MONEY}|[(（])+")
_AFTER_NUMBER = re.compile(r"[)）%％]+")
_LOOSE = re.compile(r"(?<=[$€£¥￥(（]) (?=[\d(（.—–-])|(?<=[\d)）]) (?=[)）%％])")
_BETWEEN_FIGURES = re.compile(r"[\d)）%％—–-] [$€£¥￥(（\d—–-]")
_LAST = frozenset("0123456789)%）％—–―-AMam用x*†s")


class Cell(NamedTuple):
    """What stands together on a row: its words, where it begins and ends from the left, in points, and whether it is a number or
    what stands for none."""

    text: str
    left: float
    right: float
    is_figure: bool

    @property
    def is_year(self) -> bool:
        """Whether it is the number of a year, as columns are named by."""
        return bool(_YEAR.fullmatch(self.text.replace(" ", "")))

    @property
    def is_mark(self) -> bool:
        """Whether it is the mark of a note."""
        return bool(_MARK.fullmatch(self.text))

    @property
    def middle(self) -> float:
        """Half-way between its ends."""
        return (self.left + self.right) / 2


class CellRow(NamedTuple):
    """Cells side by side, of the lines from `first` up to `end` of the page; `top` and `size` as those of the first line."""

    first: int
    end: int
    cells: tuple[Cell, ...]
    top: float
    size: float


def with_gaps(lines: Sequence[Line], gaps: Gaps) -> Sequence[Line]:
    """The lines of a page; those around rows of figures with the wide gaps in them.

    `gaps` gives for each of some lines its spaces that are wider than so many times its size, of those that a function names.
    """
    ends = [place for place, line in enumerate(lines) if line.text[-1] in _LAST and ends_with_figure(line.text)]
    near = [here for place, here in enumerate(ends) if _has_neighbour(ends, place) or _has_more(lines[here].text)]
    if not near:
        return lines
    before_last = gaps([lines[place] for place in near], _WIDE_BETWEEN_FIGURES, _last_spaces)
    rows = [place for place, found in zip(near, before_last, strict=True) if found]
    if not rows:
        return lines
    chosen = [place for place in _around(lines, rows, frozenset(ends)) if " " in lines[place].text]
    wide = dict(zip(chosen, _wide(lines, chosen, gaps), strict=True))
    return [line._replace(gaps=wide[place]) if wide.get(place) else line for place, line in enumerate(lines)]


def ends_with_figure(text: str) -> bool:
    """Whether the last word of a line is a number or what stands for none."""
    return text[-1] in _LAST and bool(
        _FIGURE.fullmatch(text.rsplit(" ", 1)[-1]) or _AFTER_NUMBER.fullmatch(text.rsplit(" ", 1)[-1])
    )


def _has_more(text: str) -> bool:
    """Whether a line has so many figures at its end that it may be a table by itself."""
    return sum(bool(_FIGURE.fullmatch(word)) for word in _LOOSE.sub("", text).rsplit(maxsplit=_FEWEST)[-_FEWEST:]) == _FEWEST


def _wide(lines: Sequence[Line], places: Sequence[int], gaps: Gaps) -> Iterator[tuple[Gap, ...]]:
    """The gaps that part cells: wide ones, and between figures such as are wider than the space within one."""
    chosen = [lines[place] for place in places]
    for line, found in zip(chosen, gaps(chosen, _WIDE_BETWEEN_FIGURES, spaces), strict=True):
        yield tuple(gap for gap in found if gap[1] - gap[0] > _WIDE * line.size or _BETWEEN_FIGURES.match(line.text, gap[2] - 1))


def _has_neighbour(ends: Sequence[int], place: int) -> bool:
    before = place > 0 and ends[place] - ends[place - 1] <= _NEAR
    return before or (place + 1 < len(ends) and ends[place + 1] - ends[place] <= _NEAR)


def _around(lines: Sequence[Line], rows: Sequence[int], ends: Set[int]) -> list[int]:
    """The rows, what stands between and closely below them, and what may be names of columns above them: no long lines."""
    around: set[int] = set()
    for row in rows:
        around.update(range(row, min(row + _NEAR, len(lines))))
        for place in range(row - 1, max(-1, row - _ABOVE), -1):
            if place in around or (len(lines[place].text) > _LONGEST and place not in ends):
                break
            around.add(place)
    return sorted(around)


def _last_spaces(text: str) -> Iterator[int]:
    """The last space, and the one before: a sign of money stands between."""
    last = text.rfind(" ")
    return (place for place in (last, text.rfind(" ", 0, last)) if place > 0)


def spaces(text: str) -> Iterator[int]:
    """Where the spaces of a text stand."""
    return (match.start() for match in re.finditer(" ", text))


def cell_rows(lines: Sequence[Line]) -> list[CellRow]:
    """The rows of a page: what follows to the right on the same base line belongs to one, but for headers and footers."""
    rows: list[CellRow] = []
    for place, line in enumerate(lines):
        cells = _cells_of(line)
        before = rows[-1] if rows else None
        if before and _goes_on(lines[before.end - 1], line):
            rows[-1] = CellRow(before.first, place + 1, _glued([*before.cells, *cells]), before.top, before.size)
        else:
            rows.append(CellRow(place, place + 1, _glued(cells), line.top, line.size))
    return rows


def _goes_on(before: Line, line: Line) -> bool:
    if line.left < before.right - line.size / 2 or line.is_running or before.is_running:
        return False
    smaller, larger = sorted((line.size, before.size))
    return abs(line.top - before.bottom) < _SAME_ROW * larger and smaller >= _RAISED * larger


def _cells_of(line: Line) -> list[Cell]:
    if not line.gaps:
        return [_cell(line.text, line.left, line.right)]
    starts = [0, *(place + 1 for _, _, place in line.gaps)]
    ends = [*(place for _, _, place in line.gaps), len(line.text)]
    lefts = [line.left, *(right for _, right, _ in line.gaps)]
    rights = [*(left for left, _, _ in line.gaps), line.right]
    return [
        _cell(line.text[start:end].strip(), left, right)
        for start, end, left, right in zip(starts, ends, lefts, rights, strict=True)
    ]


def _cell(text: str, left: float, right: float) -> Cell:
    if text[-1:] not in _LAST:
        return Cell(text, left, right, is_figure=False)
    if " " not in text:
        return Cell(text, left, right, is_figure=bool(_FIGURE.fullmatch(text)))
    return Cell(_LOOSE.sub("", text), left, right, is_figure=bool(_FIGURE.fullmatch(text.replace(" ", ""))))


def _glued(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells, signs before and after a number put to it."""
    if len(cells) == 1:
        return tuple(cells)
    found: list[Cell] = []
    for cell in cells:
        before = found[-1] if found else None
        if before and (_BEFORE_NUMBER.fullmatch(before.text) or (_AFTER_NUMBER.fullmatch(cell.text) and before.is_figure)):
            found[-1] = _cell(before.text + cell.text, before.left, cell.right)
        else:
            found.append(cell)
    return tuple(found)
