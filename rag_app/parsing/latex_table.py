"""A table of LaTeX while its rows are read."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.parsing.blocks import Block, Cell, table_blocks
from rag_app.parsing.open_table import OpenTable

_WIDEST = 100
_BELOW_HEADS, _RULES = ("midrule", "specialrule"), ("hline", "midrule", "specialrule", "Xhline")
_REPEATED = ("endfirsthead", "endhead", "endfoot", "endlastfoot")
TABLE_MARKS = {*_RULES, *_REPEATED}


class LatexTable:
    """Cells one after the other; what spans several rows or columns is told before its cell ends."""

    def __init__(self) -> None:
        self._table = OpenTable()
        self._table.begin_row()
        self._columns = self._rows = 1
        self._ruled = set[int]()  # the numbers of rows that a rule stands below
        self._head = 0

    def span(self, *, columns: int = 1, rows: int = 1) -> None:
        """Have the open cell take so many columns or rows."""
        self._columns, self._rows = max(self._columns, min(columns, _WIDEST)), max(self._rows, rows)

    def end_cell(self, cell: Sequence[Block]) -> None:
        """End the open cell. An empty one below a cell that takes several rows is its place."""
        self._table.note_span(self._rows)
        if cell or self._rows > 1:
            self._table.rows[-1].append(cell)
        else:
            self._table.cover(1)
        self._table.rows[-1] += [()] * (self._columns - 1)
        self._columns = self._rows = 1

    def end_row(self) -> None:
        """End the open row."""
        self._table.begin_row()

    def mark(self, name: str) -> None:
        """Note a rule, or that the rows before this mark stand at the head or the foot of each page."""
        ended = len(self._table.rows) - 1
        if name in _RULES:
            self._ruled.add(ended)
            self._head = self._head or (ended if name in _BELOW_HEADS else 0)
        elif self._table.marked or "foot" in name:
            del self._table.rows[self._table.marked : ended]
        else:
            self._table.marked = ended

    def blocks(self) -> list[Block]:
        """The table as blocks; the rows above a rule are set apart where not each row has one below it."""
        rows: list[list[Cell]] = self._table.rows[:-1] if not any(self._table.rows[-1]) else self._table.rows
        ruled = min(self._ruled - {0}, default=0)
        apart = ruled if ruled + 1 not in self._ruled and ruled < len(rows) else 0
        return table_blocks(rows, self._table.marked or self._head or apart)
