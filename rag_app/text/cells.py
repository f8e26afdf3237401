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
    top, bottom = (
        row_at(passage.text[rows.start - passage.start :], rows, offset)
        for rows, offset in ((held[0], start), (held[-1], end - 1))
    )
    sheet = passage.heading_path[0] if passage.heading_path else ""
    name = sheet if _NEEDS_NO_QUOTES.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"
    return f"{name}!{left}{top}" if (left, top) == (right, bottom) else f"{name}!{left}{top}:{right}{bottom}"


def _order(column: str) -> tuple[int, str]:
    return len(column), column


def row_at(text: str, rows: CellRows, offset: int) -> int:
    """The number of the row in whose line `offset` stands, where `text` begins at `rows.start`; blank lines are no rows."""
    before = text[: max(0, offset - rows.start)]
    return rows.row + before.count("\n") - before.count("\n\n")
