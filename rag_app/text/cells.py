"""Cells: where on a sheet a stretch of a passage stands, as a spreadsheet program names it, and the columns of a table's row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rag_app.records import CellRows, Passage
from rag_app.text.lists import COLONS, LONGEST_HEADING

_BORDER = re.compile(r"(?<!\S)\|(?!\S)")  # also of two of which one space stands between: an empty cell
# Last columns that may have no cell in any row, as they are filled in by hand.
_BY_HAND = re.compile(
    r"签[字名收]|签领|盖章|领取人|备\s?注|说明|确认|(?:remarks?|notes?|comments?|signatures?|signed|initials|received)\b",
    re.IGNORECASE,
)
_LINES_KEPT = 1024  # each row of a table is looked at beside all of its rows
_NEEDS_NO_QUOTES = re.compile(r"[^\W\d]\w*")


def cells_of(passage: Passage, start: int, end: int) -> str:
    """The cells of the rows that hold the offsets from `start` to `end` of the page, as `People!A2:D3`; empty where none do."""
    held = [rows for rows in passage.cells if rows.start < end and start < rows.end]
    if not held:
        return ""
    left, right = min((rows.left for rows in held), key=_order), max((rows.right for rows in held), key=_order)
    top, bottom = (
        row_at(passage.text[rows.start - passage.start :], rows, offset)
        for rows, offset in ((held[0], start), (held[-1], end - 1))
    )
    sheet = passage.heading_path[0] if passage.heading_path else ""
    name = sheet if _NEEDS_NO_QUOTES.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{left}{top}" if (left, top) == (right, bottom) else f"{name}!{left}{top}:{right}{bottom}"


def row_of(passage: Passage, start: int, end: int) -> tuple[tuple[str, str], ...]:
    """The cells of the row of a table that stands from `start` to `end` of the page, empty ones left out, each with the name of
    its column (empty for the first where only the others have names); none where it is no row or only a part of one.

    A row whose last cells are empty ends before them; all do where nobody has signed or remarked anything yet.
    """
    table = next((table for table in passage.tables if table.start <= start and end <= table.end), None)
    if table is None:
        return ()
    lines = passage.text[max(0, table.start - passage.start) : table.end - passage.start].split("\n")
    told = passage.text[start - passage.start : end - passage.start]
    names, (cells, *rows) = _cells(table.header), _rows([told, *lines])
    widest = max(map(len, rows))
    is_whole = len(cells) == widest or told in map(str.strip, lines)
    is_filled = widest - len(names) in (0, 1) or (widest < len(names) and all(map(_BY_HAND.match, names[widest:])))
    if not 1 < len(cells) <= widest or not is_whole or not is_filled:
        return ()
    named = zip(names if len(names) >= widest else ("", *names), cells, strict=False)
    return tuple((name, cell) for name, cell in named if cell)


def cell_places(row: str, cells: Iterable[str]) -> Iterator[int]:
    """Where each of the `cells` of a row, in order, begins in it."""
    at = 0
    for cell in cells:
        start = max(at, row.find(cell, at))
        at = start + len(cell)
        yield start


def is_header(passage: Passage, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` of the page names the columns of a table of the passage."""
    if not passage.tables:
        return False
    (cells,) = _rows([passage.text[start - passage.start : end - passage.start]])
    return any(cells == _cells(table.header) for table in passage.tables)


def leads_to_rows(passage: Passage, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` of the page only leads to a table right below it: a short line without figures
    that ends with a colon ("Late arrivals are treated as follows:")."""
    line = passage.text[start - passage.start : end - passage.start]
    is_short = len(line) <= LONGEST_HEADING and line.endswith(COLONS) and not any(map(str.isdigit, line))
    return is_short and is_above_rows(passage, end)


def is_above_rows(passage: Passage, end: int) -> bool:
    """Whether a table, or the names of its columns, stand right below what ends at `end` of the page."""
    if not passage.tables:
        return False
    behind = passage.text[end - passage.start :]
    below = end + len(behind) - len(behind.lstrip())
    is_named = is_header(passage, below, below + len(behind.lstrip().partition("\n")[0]))
    return is_named or any(table.start == below for table in passage.tables)


def _rows(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """The cells of lines of one table: between bars, or if there are none (CSV) between commas or semicolons."""
    between_bars = [_cells(line) for line in lines]
    if any(len(row) > 1 for row in between_bars):
        return between_bars
    return max(([_delimited(line, sign) for line in lines] for sign in ",;"), key=lambda rows: max(map(len, rows)))


@lru_cache(_LINES_KEPT)
def _delimited(line: str, delimiter: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in next(csv.reader([" ".join(line.split())], delimiter=delimiter), [""]))


@lru_cache(_LINES_KEPT)
def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _BORDER.split(" ".join(row.split())))


def _order(column: str) -> tuple[int, str]:
    return len(column), column


def row_at(text: str, rows: CellRows, offset: int) -> int:
    """The number of the row in whose line `offset` stands, where `text` begins at `rows.start`; blank lines are no rows."""
    before = text[: max(0, offset - rows.start)]
    return rows.row + before.count("\n") - before.count("\n\n")
