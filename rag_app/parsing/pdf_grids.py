"""Tables of a PDF page whose cells have lines drawn around them: what stands in which cell, and the rows that these make."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from rag_app.parsing.cleaning import joined
from rag_app.parsing.pdf_cells import ends_with_figure, spaces
from rag_app.parsing.pdf_columns import Gap
from rag_app.parsing.pdf_lines import Line
from rag_app.parsing.pdf_rows import PdfTable, TableRow
from rag_app.parsing.tables import header_index, header_of, line_of

Gaps = Callable[[Sequence[Line], float, Callable[[str], Iterator[int]]], list[list[Gap]]]
_NEAR, _NARROW = 2.0, 0.15  # points; sizes of the letters
_FEWEST_EDGES, _LEAST_COVERED = 3, 0.5
_FEWEST_ROWS, _LEAST_WIDE, _LONGEST_CELL = 2, 0.5, 300
_BOLD = 600


class Rule(NamedTuple):
    """A drawn line, across or down: where it stands, and from where to where it goes. Points from the left and downwards."""

    place: float
    start: float
    end: float


class _Grid(NamedTuple):
    """Where the columns and the rows of a grid begin, and the last ends."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]

    def holds(self, line: Line) -> bool:
        """Whether a line stands within."""
        is_beside = self.columns[0] - _NEAR <= line.left and line.right <= self.columns[-1] + _NEAR
        return is_beside and self.rows[0] < line.top < self.rows[-1]


def in_cells(lines: Sequence[Line], across: Sequence[Rule], down: Sequence[Rule], gaps: Gaps) -> Sequence[Line]:
    """The lines of a page, those within a grid that is drawn with the pieces of it that stand in different cells.

    `gaps` gives for each of some lines its spaces that are wider than so many times its size, of those that a function names.
    """
    if min(len(across), len(down)) < _FEWEST_EDGES:
        return lines
    grids = list(_grids(_joined(across), _joined(down)))
    found = list(lines)
    within = [(place, number) for place, line in enumerate(lines) for number, grid in enumerate(grids) if grid.holds(line)]
    cut = gaps([lines[place] for place, _ in within], _NARROW, spaces)
    for (place, number), wide in zip(within, cut, strict=True):
        found[place] = lines[place]._replace(cells=tuple(_pieces(lines[place], number, grids[number], wide)))
    return found


def _pieces(line: Line, number: int, grid: _Grid, wide: Sequence[Gap]) -> Iterator[tuple[int, int, int, str]]:
    """The grid, row and column of each piece of a line, and its words."""
    edges = [gap for gap in wide if any(gap[0] - _NEAR <= edge <= gap[1] + _NEAR for edge in grid.columns[1:-1])]
    lefts, cuts = [line.left, *(right for _, right, _ in edges)], [-1, *(at for _, _, at in edges), len(line.text)]
    row = bisect(grid.rows, line.top) - 1
    for left, (start, end) in zip(lefts, pairwise(cuts), strict=True):
        if words := line.text[start + 1 : end].strip():
            yield number, row, max(0, bisect(grid.columns, left + _NEAR) - 1), words


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Rules that go on in each other as one."""
    found: list[Rule] = []
    place = None
    lines: list[list[Rule]] = []
    for rule in sorted(rules):
        if place is None or rule.place - place > _NEAR:
            lines.append([])
            place = rule.place
        lines[-1].append(rule)
    for line in lines:
        for rule in sorted(line, key=lambda one: one.start):
            if found and found[-1].place == line[0].place and rule.start <= found[-1].end + _NEAR:
                found[-1] = found[-1]._replace(end=max(found[-1].end, rule.end))
            else:
                found.append(rule._replace(place=line[0].place))
    return found


def _grids(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[_Grid]:
    """The grids of rules that meet each other."""
    left = set(down)
    while left:
        columns, rows, new = set[Rule](), set[Rule](), {left.pop()}
        while new:
            columns |= new
            rows |= {rule for rule in across if any(_meet(rule, other) for other in new)}
            new = {rule for rule in left if any(_meet(other, rule) for other in rows)}
            left -= new
        places = tuple(_edges(columns)), tuple(_edges(rows))
        if min(map(len, places)) >= _FEWEST_EDGES:
            yield _Grid(*places)


def _meet(across: Rule, down: Rule) -> bool:
    return across.start - _NEAR <= down.place <= across.end + _NEAR and down.start - _NEAR <= across.place <= down.end + _NEAR


def _edges(rules: Iterable[Rule]) -> Iterator[float]:
    """Where those rules stand, in order, that cover enough of the whole length."""
    found = sorted(rules)
    length = max((rule.end for rule in found), default=0.0) - min((rule.start for rule in found), default=0.0)
    for place, same in groupby(found, key=lambda rule: rule.place):
        if sum(rule.end - rule.start for rule in same) >= _LEAST_COVERED * length:
            yield place


def ruled_tables(lines: Sequence[Line], above: PdfTable | None) -> list[PdfTable]:
    """The tables of a page that have lines drawn around their cells; the first may go on with the table `above`."""
    found: list[PdfTable] = []
    for number, run in groupby(range(len(lines)), key=lambda place: lines[place].cells[0][0] if lines[place].cells else None):
        places = list(run)
        rows = _rows(lines, places) if number is not None else []
        if _are_table([cells for cells, _ in rows]):
            before = above if not found and all(line.is_running for line in lines[: places[0]]) else None
            found.append(_table(lines, rows, places[-1] + 1, before))
    return found


def _rows(lines: Sequence[Line], places: Sequence[int]) -> list[tuple[dict[int, str], int]]:
    """The cells of each row by their columns, with where its lines begin; none where the lines of a row stand apart.

    What has lines around it may be several rows: then each line of it is one.
    """
    found: list[tuple[dict[int, str], int]] = []
    numbers: list[int] = []
    for number, run in groupby(places, key=lambda place: lines[place].cells[0][1]):
        numbers.append(number)
        row = list(run)
        parts = [[place for place in row if lines[place].top == top] for top in sorted({lines[place].top for place in row})]
        are_rows = len(parts) > 1 and _are_rows([_cells(lines, part) for part in parts])
        found += [(_cells(lines, part), part[0]) for part in parts] if are_rows else [(_cells(lines, row), row[0])]
    return found if _rise(numbers) and _rise([first for _, first in found]) else []


def _cells(lines: Sequence[Line], places: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for place in places:
        for _, _, column, words in lines[place].cells:
            found[column] = joined(found[column], words) if column in found else words
    return found


def _are_rows(parts: Sequence[Mapping[int, str]]) -> bool:
    """Whether cells that stand in one row of a grid are those of several: three or more in each, or figures in two."""
    columns = set(parts[0])
    figures = [column for column in columns if all(column in part and ends_with_figure(part[column]) for part in parts)]
    return all(set(part) == columns for part in parts) and (len(columns) >= _FEWEST_EDGES or len(figures) > 1)


def _rise(numbers: Sequence[int]) -> bool:
    return all(before < after for before, after in pairwise(numbers))


def _are_table(rows: Sequence[Mapping[int, str]]) -> bool:
    wide = sum(len(cells) > 1 for cells in rows)
    is_short = all(len(words) <= _LONGEST_CELL for cells in rows for words in cells.values())
    return wide >= max(_FEWEST_ROWS, _LEAST_WIDE * len(rows)) and is_short


def _table(lines: Sequence[Line], rows: Sequence[tuple[dict[int, str], int]], end: int, above: PdfTable | None) -> PdfTable:
    texts = [cells for cells, _ in rows]
    bold = [
        all(line.first_weight >= _BOLD for line in lines[first:after]) for (_, first), (_, after) in pairwise([*rows, ({}, end)])
    ]
    top = header_index(texts, int(bold[0] and not all(bold)))
    width = max(max(cells) for cells in texts) + 1
    header = header_of(texts[top], range(width)) if top is not None else ""
    is_headed = bool(header)
    if above and len(above.columns) == width and above.header and header != above.header:
        header, top, is_headed = above.header, None, True
    columns = range(width) if is_headed else ()
    ends = [*(first for _, first in rows[1:]), end]
    found = [
        TableRow(line_of(cells, columns), first, last, is_header=top is not None and place <= top)
        for place, ((cells, first), last) in enumerate(zip(rows, ends, strict=True))
    ]
    return PdfTable(tuple(found), header, tuple((float(place), float(place)) for place in range(width)))
