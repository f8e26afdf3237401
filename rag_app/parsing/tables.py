"""Tables as lines: which row names the columns, and how a row is written.

A row maps the number of a column to the text of its cell; empty cells are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rag_app.parsing.cleaning import clean
from rag_app.text.context import BETWEEN_CELLS

Row = Mapping[int, str]
_LONGEST_HEADER = 200
_LOOKED_AT = 50
_HEADER_WITHIN = 30  # banks and payment services write some 25 lines above
_LEAST_WIDTH = 0.5
_PAIR = 2
_LETTER = re.compile(r"[^\W\d_]")
_CURRENCY = r"\s?(?:[$€£¥￥]|\([$€£¥￥%]\)|（[$€£¥￥%]）)"
_YEAR = re.compile(rf"(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?(?:{_CURRENCY})?")
_DATE = re.compile(r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d\d)?\d\d)")


def row_of(cells: Iterable[str]) -> Row:
    """The cells of a row one after the other, each on one line."""
    cleaned = ((column, cell_text(cell)) for column, cell in enumerate(cells))
    return {column: text for column, text in cleaned if text}


def cell_text(text: str) -> str:
    """The text of a cell on one line."""
    return " ".join(clean(text).split())


def line_of(row: Row, columns: Iterable[int] = ()) -> str:
    """A row as a line. Of the empty cells those in `columns`, the ones with a name, keep their place."""
    last = max(row, default=-1)
    cells = (row.get(column, "") for column in sorted({*columns, *row}) if column <= last)
    return " ".join(BETWEEN_CELLS.join(cells).split())


def header_index(rows: Sequence[Row], marked: int = 0) -> int | None:
    """Which of `rows` names the columns of those below it: the first that is wide enough, if all its cells are words or years.

    Of two columns the first row names them if it is one of the `marked` first rows, which the file sets apart from the others, or
    if it stands above numbers: pairs of words are names with what is said of them ("Landlord | Ada Pryce").
    """
    widest = max(map(len, rows[:_LOOKED_AT]), default=0)
    for index, row in enumerate(rows[: min(_HEADER_WITHIN, len(rows) - 1)]):
        if len(row) > max(1, _LEAST_WIDTH * widest):
            is_header = index < marked < len(rows) or widest > _PAIR or differs(row, rows[index + 1 :])
            return _lowest(rows, index) if is_header and _names(row) else None
    return None


def _lowest(rows: Sequence[Row], index: int) -> int:
    """Of the rows of words from `index` on the last that names more columns than the one above it, and stands above numbers."""
    while index + 2 < len(rows) and len(rows[index]) < len(rows[index + 1]) and _names(rows[index + 1]):
        if not differs(rows[index + 1], rows[index + 2 :]):
            break
        index += 1
    return index


def with_groups(rows: Sequence[Row]) -> Row:
    """The last of the `rows` above a table, its names led by those of the groups above where one stands twice: Q1 Plan."""
    names, above = rows[-1], rows[-2] if len(rows) > 1 else {}
    are_groups = len(above) >= _PAIR and _names(above) and not any(name.endswith((":", "：")) for name in above.values())
    if not are_groups or len(set(names.values())) == len(names):
        return names
    groups = {column: above.get(max((at for at in above if at <= column), default=-1), "") for column in names}
    return {column: name if groups[column] in ("", name) else f"{groups[column]} {name}" for column, name in names.items()}


def header_of(row: Row, columns: Iterable[int] = ()) -> str:
    """The names of the columns, as many as fit above a passage; those of `columns` that have none keep their place."""
    line = line_of(row, columns)
    if len(line) <= _LONGEST_HEADER:
        return line
    return line[: max(line.rfind(BETWEEN_CELLS, 0, _LONGEST_HEADER), 0)] or line[:_LONGEST_HEADER]


def differs(header: Row, rows: Iterable[Row]) -> bool:
    """Whether a row of words stands above numbers, as the names of columns do and one more row of words does not."""
    below = [row for row, _ in zip(rows, range(_LOOKED_AT), strict=False)]
    return any(
        2 * sum(column in row and not _LETTER.search(row[column]) for row in below) > len(below)
        for column, name in header.items()
        if _LETTER.search(name)
    )


def _names(row: Row) -> bool:
    """Whether all cells are words or years, or, where the first column has none, days that balances are of."""
    is_headless = min(row, default=0) > 0
    return all(_is_name(cell) or (is_headless and _DATE.fullmatch(cell)) for cell in row.values())


def _is_name(text: str) -> bool:
    return bool(_LETTER.search(text) or _YEAR.fullmatch(text))
