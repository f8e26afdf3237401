"""Rows of a PDF's table as lines: cells under the names of their columns, a name that wraps in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rag_app.parsing.cleaning import is_cjk, joined
from rag_app.parsing.pdf_cells import Cell, CellRow
from rag_app.parsing.tables import header_of, line_of
from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.dates import MONTHS

Spans = Sequence[tuple[float, float]]
_LABEL = 0
_LONGEST_CAPTION = 80
_TIGHT, _TIGHT_CJK, _SAME_ROW = 1.6, 2.0, 0.5
_RAGGED_CJK = 1.2
_BESIDE, _CENTRED = 2.0, 2.0
_CAPTION = re.compile(
    r"[(（]?(?:(?:all |dollars? |amounts? )*(?:are |expressed )?(?:in (?:\w+ )?)?(?:millions|thousands|billions|dollars|\$|%)"
    r"|(?:for the |as (?:of|at) (?:the )?|at )?(?:years?|fiscal|quarters?|period)\b"
    r"|(?:for the )?(?:three|six|nine|twelve|\d+) (?:months|weeks)\b"
    rf"|(?:as (?:of|at) |at )?(?:{'|'.join(MONTHS)})\b"
    r"|(?:金额)?(?:单位|币种)|人民币)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as a line: its words, cells parted, which lines of the page it takes, and whether it stands below the header."""

    text: str
    first: int
    end: int
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class PdfTable:
    """Rows one below the other, the names of their columns (empty where none stand above), and where the columns stand."""

    rows: tuple[TableRow, ...]
    header: str
    columns: tuple[tuple[float, float], ...]


def table_of(names: Sequence[CellRow], body: Sequence[CellRow], spans: Spans, above: PdfTable | None) -> PdfTable:
    """The table with figures in columns at `spans`; without `names` of its own it goes on with the table `above`, if any."""
    named = _named_spans(names, spans)
    placed = [_header_cells(row, named, following) for row, following in zip_longest(names, names[1:])]
    if above and not names:
        spans, header = above.columns, above.header
    else:
        header = header_of(_put_together(placed), range(1, len(spans) + 1))
    rows = (*_header_lines(names, placed), *_body_lines(body, spans, has_header=bool(header)))
    return PdfTable(rows, header, tuple(spans))


def is_caption(row: CellRow) -> bool:
    """Whether a row tells what all the figures are, such as their unit or the time they are of."""
    return len(row.cells) == 1 and len(row.cells[0].text) <= _LONGEST_CAPTION and bool(_CAPTION.match(row.cells[0].text))


def columns_over(row: CellRow, spans: Spans) -> Sequence[Cell]:
    """The cells of a row above a table that stand over its columns: all but one further left."""
    first = row.cells[0]
    beside = spans[0][0] - _BESIDE * row.size
    is_over = first.middle >= beside or all(cell.is_year for cell in row.cells)
    return row.cells if is_over else row.cells[1:]


def _named_spans(names: Sequence[CellRow], spans: Spans) -> Spans:
    """Where the names of the columns stand, if a row names all of them, else where the figures do."""
    full = (over for over in (columns_over(row, spans) for row in reversed(names)) if len(over) == len(spans))
    return [(cell.left, cell.right) for cell in next(full, ())] or spans


def _header_cells(row: CellRow, spans: Spans, following: CellRow | None) -> dict[int, str]:
    """The cells of a row above a table by their columns, which count from 1; what is said of all of them is 0."""
    if is_caption(row) or (len(row.cells) == 1 and _stands_over_all(row, spans, following)):
        return {_LABEL: row.cells[0].text}
    over = _over_figures(columns_over(row, spans), spans)
    columns = _firsts_of_groups(over, spans, _CENTRED * row.size) or [_column_below(cell, spans) for cell in over]
    found: dict[int, str] = {}
    for cell, column in zip(row.cells, [_LABEL] * (len(row.cells) - len(over)) + columns, strict=True):
        _put(found, column, cell.text)
    return found


def _over_figures(cells: Sequence[Cell], spans: Spans) -> Sequence[Cell]:
    """The cells but for the first of more than there are columns, if these stand over words of the rows."""
    beside = sum(cell.right < spans[0][0] for cell in cells)
    return cells[max(0, min(beside, len(cells) - len(spans))) :]


def _stands_over_all(row: CellRow, spans: Spans, following: CellRow | None) -> bool:
    cell = row.cells[0]
    is_wide = sum(cell.left < right and left < cell.right for left, right in spans) > 1
    is_centred = abs(cell.middle - (spans[0][0] + spans[-1][1]) / 2) < _BESIDE * row.size
    return is_centred and (is_wide or (following is not None and len(following.cells) > 1))


def _firsts_of_groups(cells: Sequence[Cell], spans: Spans, off: float) -> list[int]:
    """The first column of each cell's group, where cells stand in the middle of groups of columns that lie nearest to them; none
    where they do not."""
    if len(cells) == len(spans):
        return list(range(1, len(spans) + 1))
    if not 1 < len(cells) < len(spans):
        return []
    groups: list[list[int]] = [[] for _ in cells]
    for column, (left, right) in enumerate(spans, 1):
        nearest = min(range(len(cells)), key=lambda place: abs(cells[place].middle - (left + right) / 2))
        groups[nearest].append(column)
    if not all(groups):
        return []
    middles = [(spans[group[0] - 1][0] + spans[group[-1] - 1][1]) / 2 for group in groups]
    is_over = all(abs(cell.middle - middle) < off for cell, middle in zip(cells, middles, strict=True))
    return [group[0] for group in groups] if is_over else []


def _column_below(cell: Cell, spans: Spans) -> int:
    """The first column that a cell lies over, else the one to its left, as the first of some whose middle it takes."""
    held = [place for place, (left, right) in enumerate(spans, 1) if cell.left < right and left < cell.right]
    return held[0] if held else max(1, sum(left < cell.left for left, _ in spans))


def _column(cell: Cell, spans: Spans) -> int:
    """The column of a cell below the header: what begins left of all columns is the name of the row."""
    if cell.left < spans[0][0]:
        return _LABEL
    held = [place for place, (left, right) in enumerate(spans, 1) if cell.left < right and left < cell.right]
    return held[0] if held else min(range(1, len(spans) + 1), key=lambda place: abs(cell.middle - sum(spans[place - 1]) / 2))


def _put(cells: dict[int, str], column: int, text: str) -> None:
    gap = BETWEEN_CELLS if column == _LABEL else " "
    cells[column] = f"{cells[column]}{gap}{text}" if column in cells else text


def _put_together(placed: Sequence[Mapping[int, str]]) -> dict[int, str]:
    """The names of all columns, each from the top downwards."""
    found: dict[int, str] = {}
    for cells in placed:
        for column, text in cells.items():
            found[column] = joined(found[column], text) if column in found else text
    return found


def _header_lines(names: Sequence[CellRow], placed: Sequence[Mapping[int, str]]) -> Iterator[TableRow]:
    """The lines of the header as they stand; names that are set one after the other, each from the top downwards, as one."""
    held: dict[int, str] = {}
    first = 0
    for row, cells in zip(names, placed, strict=True):
        goes_on = (
            len(cells) == 1 and held and _LABEL < max(held) <= min(cells) and not (len(held) == 1 and max(held) < min(cells))
        )
        if not goes_on:
            if held:
                yield TableRow(line_of(held), first, row.first, is_header=True)
            held, first = {}, row.first
        held = _put_together([held, cells])
    if held:
        yield TableRow(line_of(held), first, names[-1].end, is_header=True)


def _body_lines(body: Sequence[CellRow], spans: Spans, *, has_header: bool) -> Iterator[TableRow]:
    edge = max((row.cells[0].right for row in body if row.cells[0].left < spans[0][0]), default=0.0)
    columns = range(len(spans) + 1) if has_header else ()
    wrapped = ""
    first = body[0].first
    for row, following in zip(body, (*body[1:], None), strict=True):
        cells = _cells_by_column(row, spans)
        if wrapped:
            cells[_LABEL] = joined(wrapped, cells.get(_LABEL, ""))
        if len(row.cells) == 1 and following and _wraps(row, following, spans, edge):
            wrapped = cells[_LABEL]
            continue
        yield TableRow(line_of(cells, columns), first, row.end)
        wrapped, first = "", row.end


def _cells_by_column(row: CellRow, spans: Spans) -> dict[int, str]:
    found: dict[int, str] = {}
    for cell in row.cells:
        _put(found, _column(cell, spans), cell.text)
    return found


def _wraps(row: CellRow, following: CellRow, spans: Spans, edge: float) -> bool:
    """Whether the one cell of a row goes on in the row that follows."""
    cell, below = row.cells[0], following.cells[0]
    distance = (following.top - row.top) / row.size
    tight = _TIGHT_CJK if is_cjk(cell.text[-1]) else _TIGHT
    if cell.left >= spans[0][0] or distance > tight or cell.text.endswith((":", "：")):
        return False
    if below.left >= spans[0][0]:
        return distance < _SAME_ROW
    if is_cjk(cell.text[-1]):
        return cell.right > edge - _RAGGED_CJK * row.size
    width = (below.right - below.left) / len(below.text) * (len(below.text.split(maxsplit=1)[0]) + 1)
    return below.text[0].islower() or cell.right + width > spans[0][0] - row.size
