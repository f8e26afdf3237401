"""Made tables as text, in the ways that splitting hands tables on."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from benchmarks.reader_data import Span
from rag_app.text.context import BETWEEN_CELLS, context_text

Place = tuple[int, int]
_MOST_CHARACTERS = {"en": 520, "zh": 330}
_BETWEEN = {"bars": BETWEEN_CELLS, "lines": " ", "commas": ","}
_OFTEN = {"bars": 0.45, "lines": 0.45, "commas": 0.1}
_BELOW = {
    "en": (
        "The accompanying notes are an integral part of these statements.",
        "Figures may not add up because of rounding.",
        "Source: annual reports. All figures are unaudited.",
        "60",
        "See Note 4 for additional information about these amounts.",
        "Subject to change without notice.",
    ),
    "zh": (
        "注：以上数据未经审计。",
        "数据来源：公司年报。",
        "后附财务报表附注为财务报表的组成部分。",
        "如有变动，以最新通知为准。",
        "12 / 186",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is called, its cells (none: a heading among the rows), and what stands before each of its numbers ("$")."""

    label: str
    cells: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, and row and column of the cell that answers it; without a place if none does."""

    question: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A table: its document's title, the lines above it (the first is its heading), the names of its columns (the first is
    that of the labels), its rows, and questions about it."""

    language: str
    title: str
    above: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    asks: tuple[Ask, ...]


@dataclass(slots=True)
class _Text:
    """Text that grows."""

    text: str = ""

    def add(self, text: str) -> Span:
        """Where the added text stands."""
        start = len(self.text)
        self.text += text
        return start, len(self.text)


def written(table: Made, chance: random.Random) -> tuple[str, dict[Place, Span]]:
    """The context as the reader sees it, and where the cells that it shows stand in it.

    Cells stand between bars or commas, or, as in a PDF, on lines. The table is whole, or it is cut: rows from its midst on,
    with the header as the last heading.
    """
    style = chance.choices(list(_OFTEN), list(_OFTEN.values()))[0]
    if style == "commas":
        table = _bare(table)
    header, text = _BETWEEN[style].join(filter(None, table.heads)), _Text()
    first = chance.randrange(len(table.rows)) // 2 if header and style != "lines" and chance.random() < 0.4 else 0
    path = table.above[:1] if chance.random() < 0.8 else ()
    if first:
        path = (*path, header)
    else:
        _write_above(text, table, header, style, chance)
    shown = _write_rows(text, table, first, style)
    if chance.random() < 0.15:
        text.add(chance.choice(_BELOW[table.language]))
    passage = text.text.strip("\n")
    context = context_text(table.title, path, passage)
    shift = len(context) - len(passage)
    return context, {place: (start + shift, end + shift) for place, (start, end) in shown.items()}


def _bare(table: Made) -> Made:
    """The table without commas in its cells."""
    rows = (Row(row.label.replace(",", ""), tuple(cell.replace(",", "") for cell in row.cells)) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _write_above(text: _Text, table: Made, header: str, style: str, chance: random.Random) -> None:
    lines = list(table.above)
    if style == "lines" and len(lines) > 1 and chance.random() < 0.6:
        header = f"{lines.pop()} {header}".strip()
    text.add("".join(f"{line}\n" for line in (*lines, header) if line))


def _write_rows(text: _Text, table: Made, first: int, style: str) -> dict[Place, Span]:
    shown: dict[Place, Span] = {}
    for number in range(first, len(table.rows)):
        if len(text.text) > _MOST_CHARACTERS[table.language]:
            break
        row = table.rows[number]
        text.add(row.label)
        for column, cell in enumerate(row.cells):
            text.add(_BETWEEN[style] + row.mark + " " * (style == "lines" and row.mark == "$"))
            shown[number, column] = text.add(cell)
        text.add("\n")
    return shown


def turned(made: Made, corner: str = "") -> Made:
    """Rows as columns, and columns as rows."""
    columns = zip(*(row.cells for row in made.rows), strict=True)
    rows = tuple(Row(head, cells) for head, cells in zip(made.heads[1:], columns, strict=True))
    asks = tuple(replace(ask, place=ask.place and (ask.place[1], ask.place[0])) for ask in made.asks)
    return replace(made, heads=(corner, *(row.label for row in made.rows)), rows=rows, asks=asks)


def moved(asks: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """The questions where a column was put before the others."""
    return tuple(replace(ask, place=ask.place and (ask.place[0], ask.place[1] + 1)) for ask in asks)
