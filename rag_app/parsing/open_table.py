"""A table while its rows are read: where a cell of a row above takes the columns of those below it."""

from __future__ import annotations

from rag_app.parsing.blocks import ABOVE, Block, Cell, table_blocks

_WIDEST = 100  # columns that a cell above may take


class OpenTable:
    """The rows read so far; one goes on until the next begins. The first `marked` ones name the columns, as the file says."""

    def __init__(self) -> None:
        self.rows = list[list[Cell]]()
        self.marked = 0
        self.is_designed = False  # so that the first row stands out
        self._ends = dict[int, int]()  # the last row of each cell that takes several, by its column

    def begin_row(self) -> None:
        """Begin a row."""
        self.rows.append([])

    def mark_row(self) -> None:
        """Note that the row names the columns, unless it stands below one that does not."""
        self.marked += self.marked == len(self.rows) - 1

    def note_span(self, rows: int) -> None:
        """Note how many rows the cell takes that comes next in the row."""
        column = len(self.rows[-1])
        if rows > 1 and column < _WIDEST:
            self._ends[column] = len(self.rows) - 2 + rows

    def end_spans(self) -> None:
        """Have no cell go on in the rows that follow."""
        self._ends.clear()

    def pass_over(self) -> None:
        """Pass over the places that cells above take."""
        while self._is_taken():
            self.rows[-1].append(ABOVE)

    def cover(self, places: int) -> None:
        """Pass over so many places (at least one), that the cells above or to the left take."""
        for _ in range(max(places, 1)):
            self.rows[-1].append(ABOVE if self._is_taken() else [])

    def end_row(self) -> None:
        """Fill up the row, so that each cell above that goes on has its place."""
        row, number = self.rows[-1], len(self.rows) - 1
        for column in sorted(column for column, end in self._ends.items() if end >= number and column >= len(row)):
            row += [*([] for _ in range(column - len(row))), ABOVE]

    def blocks(self) -> list[Block]:
        """The table as blocks."""
        return table_blocks(self.rows, self.marked)

    def _is_taken(self) -> bool:
        return self._ends.get(len(self.rows[-1]), -1) >= len(self.rows) - 1
