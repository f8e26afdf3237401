"""A sheet of a workbook as it is read: rows by their numbers, then the page they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rag_app.errors import Reason
from rag_app.parsing.page_text import PageText
from rag_app.parsing.source import Source
from rag_app.parsing.tables import Row
from rag_app.records import CellRows, Page

MOST_CELLS, MOST_CHARACTERS = 1_000_000, 50_000_000
_ROWS_TOGETHER, _TOLD_EVERY = 50, 5_000
_MOST_MERGED, _MOST_MERGED_ROWS = 10_000, 1_000


class Sheet:
    """Collects the cells of a sheet and what else is written on it. Adding raises `DocumentError` where it is too much."""

    def __init__(self, source: Source, number: int) -> None:
        self._source = source
        self._number = number
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[tuple[int, int, int]] = []
        self._marked: set[int] = set()
        self._notes: list[str] = []
        self._cells = self._characters = self._taken = 0

    def add_row(self, number: int, cells: Row) -> None:
        """Add a row by its number, counted from 1."""
        self._taken += 1
        if self._taken % _TOLD_EVERY == 0:
            self._source.tell_rows(self._taken)
        self._cells += len(cells)
        self._characters += sum(map(len, cells.values()))
        if self._cells > MOST_CELLS:
            raise self._source.refusal(
                Reason.TOO_BIG,
                f"{{name}} has a sheet with more than {MOST_CELLS:,} filled cells. Split it into several files.",
            )
        if self._characters > MOST_CHARACTERS:
            raise self._source.refusal(
                Reason.EXPANDS_TOO_MUCH,
                f"{{name}} has a sheet with more than {MOST_CHARACTERS:,} characters. Split it into several files.",
            )
        if cells:
            self._rows[number] = dict(cells)

    def mark(self, number: int) -> None:
        """Note that the row is set apart from those below it, as rows that name the columns are."""
        self._marked.add(number)

    def merge(self, column: int, first: int, last: int) -> None:
        """Have a cell that spans the rows from `first` to `last` stand in each of them that holds something."""
        if last > first and len(self._merged) < _MOST_MERGED:
            self._merged.append((column, first, min(last, first + _MOST_MERGED_ROWS)))

    def add_note(self, text: str) -> None:
        """Add what stands on the sheet outside its cells: a comment, a text box, a chart's title."""
        self._notes.append(text)

    def page(self, name: str) -> Page:
        """The sheet's `name` as a heading, the rows, the notes; nothing for an empty sheet."""
        page = PageText(self._number)
        if not self._rows and not any(note.strip() for note in self._notes):
            return page.page()
        page.add_heading(name, 1)
        self._fill_merged()
        cells: list[CellRows] = []
        for numbers in self._blocks():
            places = page.add_more_rows([self._rows[number] for number in numbers], self._first_marked(numbers))
            groups = [slice(first, first + _ROWS_TOGETHER) for first in range(0, len(numbers), _ROWS_TOGETHER)]
            cells += [self._cells_of(numbers[group], places[group]) for group in groups]
        for note in self._notes:
            page.add(note)
        return replace(page.page(), cells=tuple(cells))

    def _fill_merged(self) -> None:
        for column, first, last in self._merged:
            text = self._rows.get(first, {}).get(column)
            for number in range(first + 1, last + 1) if text else ():
                if text and number in self._rows:
                    self._rows[number].setdefault(column, text)

    def _first_marked(self, numbers: list[int]) -> int:
        """How many of these rows are marked before the first that is not; titles above them, in one cell, count with them."""
        below = (place for place, number in enumerate(numbers) if number not in self._marked and len(self._rows[number]) > 1)
        return next(below, len(numbers))

    def _cells_of(self, numbers: list[int], places: list[tuple[int, int]]) -> CellRows:
        columns = [column for number in numbers for column in self._rows[number]]
        return CellRows(places[0][0], places[-1][1], numbers[0], column_name(min(columns)), column_name(max(columns)))

    def _blocks(self) -> Iterator[list[int]]:
        """The numbers of rows without an empty row among them."""
        block: list[int] = []
        for number in sorted(self._rows):
            if block and number != block[-1] + 1:
                yield block
                block = []
            block.append(number)
        yield block


def cell_name(column: int, row: int) -> str:
    """What people call a cell: `B7` for the column 1 (counted from 0) and the row 7."""
    return f"{column_name(column)}{row}"


def column_name(column: int) -> str:
    """What people call a column: `AA` for the column 26 (counted from 0)."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
