"""Where on a sheet a stretch of a passage stands, as a spreadsheet program names it."""

from __future__ import annotations

import re

from rag_app.records import CellRows, Passage

_NEEDS_NO_QUOTES = re.compile(r"[^\W\d]\w*")


def cells_of(passage: Passage, start: int, end: int) -> str:
    """The cells of the rows that hold the offsets from `start` to `end` of the page, as `People!A2:D3`; empty where none do."""
    held = [rows for rows in passage.cells if rows.start < end and start < rows.end]
    if not held:
        return ""
    left, right = min((rows.left for rows in held), key=_order), max((rows.right for rows in held), key=_order)
    top, bottom = _row(passage, held[0], start), _row(passage, held[-1], end - 1)
    sheet = passage.heading_path[0] if passage.heading_path else ""
    name = sheet if _NEEDS_NO_QUOTES.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{left}{top}" if (left, top) == (right, bottom) else f"{name}!{left}{top}:{right}{bottom}"


def _order(column: str) -> tuple[int, str]:
    return len(column), column


def _row(passage: Passage, rows: CellRows, offset: int) -> int:
    """The number of the row that holds `offset`; a line is a row."""
    lines = passage.text[rows.start - passage.start : max(offset, rows.start) - passage.start]
    return rows.row + lines.count("\n")
