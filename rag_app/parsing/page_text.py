"""A page as it is read: lines, headings and tables one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.parsing.cleaning import clean
from rag_app.parsing.tables import Row, differs, header_index, header_of, line_of, with_groups
from rag_app.records import Heading, Page, Running, Table
from rag_app.text.sentences import wraps


class PageText:
    """Collects a page; what is added stands on lines of its own, with a blank one where two would read as one sentence."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._parts: list[str] = []
        self._last_line = ""
        self._length = 0
        self._headings: list[Heading] = []
        self._tables: list[Table] = []
        self._header: Row = {}
        self._running: list[Running] = []

    def page(self) -> Page:
        """What was collected."""
        text, running = "".join(self._parts), tuple(self._running)
        return Page(self._number, text, tuple(self._headings), tuple(self._tables), running=running)

    def add(self, text: str, *, is_running: bool = False) -> None:
        """Add lines of text, cleaned; running ones stand in no passage."""
        start, end = self._append(clean(text))
        if is_running and end > start:
            self._running.append(Running(start, end))

    def add_heading(self, words: str, level: int) -> None:
        """Add a heading on one line (1 is the highest level)."""
        line = " ".join(clean(words).split())
        if line:
            self._headings.append(Heading(*self._append(line), level))

    def following(self) -> PageText:
        """The next page; a table may go on there."""
        page = PageText(self._number + 1)
        page._header = self._header
        return page

    def begin_table(self) -> None:
        """Have the rows that are added next belong to no table before them."""
        self._header = {}

    def add_table(self, rows: Sequence[Row], marked: int = 0) -> None:
        """Add a table, a line a row; the file sets the `marked` first rows apart from the others."""
        self.begin_table()
        self.add_more_rows(rows, marked)

    def add_more_rows(self, rows: Sequence[Row], marked: int = 0) -> list[tuple[int, int]]:
        """Add rows that belong to the table before them, unless they begin one of their own. Gives start and end of each row."""
        index = header_index(rows, marked)
        begins = index is not None and (index < marked < len(rows) or self._begins_table(rows[index], rows[index + 1 :]))
        head = index + 1 if index is not None and begins else 0
        heads = [*rows[: head - 1], with_groups(rows[:head])] if head else []
        places = [self._append(line_of(row)) for row in heads]
        self._header = heads[-1] if head else self._header
        below = [self._append(line_of(row, self._header)) for row in rows[head:]]
        if self._header and below and below[-1][1] > below[0][0]:
            self._tables.append(Table(below[0][0], below[-1][1], header_of(self._header)))
        return places + below

    def _begins_table(self, header: Row, below: Sequence[Row]) -> bool:
        return not self._header or not header.keys() <= self._header.keys() or differs(header, below)

    def _append(self, text: str) -> tuple[int, int]:
        """Start and end of what was added."""
        if text and self._parts:
            self._parts.append("\n\n" if wraps(self._last_line, text) else "\n")
            self._length += len(self._parts[-1])
        start = self._length
        if text:
            self._parts.append(text)
            self._last_line = text.rpartition("\n")[2]
            self._length += len(text)
        return start, self._length
