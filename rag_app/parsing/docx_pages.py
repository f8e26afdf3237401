"""The pages of a Word document, where the program that laid it out wrote down where each begins.

A paragraph's text holds `RENDERED` where a page began when the document was last laid out, and `SET` where its writer began one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag_app.parsing.blocks import Block, Line, Rows
from rag_app.parsing.page_text import PageText
from rag_app.parsing.tables import row_of
from rag_app.records import Page, PageBreak

RENDERED, SET = "\f", "\v"
_MARKS = re.compile(f"([{RENDERED}{SET}])")
_BEGINS_PAGE = re.compile(rf"[^\S{RENDERED}{SET}]*[{RENDERED}{SET}]")
_WITHOUT = {ord(RENDERED): None, ord(SET): "\n"}


def pages_of_blocks(blocks: Iterable[Block]) -> list[Page]:
    """The blocks as pages, one more than there are breaks; a break that is both set and rendered counts once."""
    pages = _Pages()
    for block in blocks:
        pages.add(block)
    return pages.all()


def has_rendered_breaks(blocks: Iterable[Block]) -> bool:
    """Whether any page was seen to begin within the blocks."""
    return any(RENDERED in text for block in blocks for text in _texts(block))


def without_breaks(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without what tells where pages begin."""
    for block in blocks:
        if isinstance(block, Line):
            yield replace(block, text=block.text.translate(_WITHOUT))
        else:
            yield replace(block, rows=tuple(_without_marks(row) for row in block.rows))


class _Pages:
    def __init__(self) -> None:
        self._marked = 0  # rows of the table that are still to come
        self._pages: list[Page] = []
        self._page = PageText(1)
        self._continues: PageBreak | None = None
        self._was_set = False

    def all(self) -> list[Page]:
        """The pages up to here."""
        return [*self._pages, self._finished()]

    def add(self, block: Block) -> None:
        """Go on with a block."""
        if isinstance(block, Line):
            self._add_line(block)
        else:
            self._add_rows(block)

    def _add_line(self, line: Line) -> None:
        first, *rest = _MARKS.split(line.text)
        self._add_words(Line(first, line.level))
        said = first
        for mark, words in zip(rest[::2], rest[1::2], strict=True):
            is_cut = bool(said.strip() and words.strip())
            self._turn(mark)
            if is_cut:
                gap = " " if said[-1:].isspace() or words[:1].isspace() else ""
                self._continues = PageBreak(len(self._pages[-1].text), gap)
            self._add_words(Line(words, 0 if said.strip() else line.level))
            said += words

    def _add_words(self, line: Line) -> None:
        if not line.text.strip():
            return
        self._was_set = False
        if line.level:
            self._page.add_heading(line.text, line.level)
        else:
            self._page.add(line.text)

    def _add_rows(self, table: Rows) -> None:
        """Add rows; a row that a page begins in counts to the page before, unless the page begins with it."""
        if not table.goes_on:
            self._page.begin_table()
        gathered: list[Sequence[str]] = []
        self._marked = table.marked
        for row in table.rows:
            breaks = max((len(_MARKS.findall(cell)) for cell in row), default=0)
            if breaks and _BEGINS_PAGE.match(next((cell for cell in row if cell.strip()), "")):
                self._put(gathered)
                self._turn(RENDERED)
                breaks -= 1
            gathered.append(_without_marks(row))
            self._was_set = False
            for _ in range(breaks):
                self._put(gathered)
                self._turn(RENDERED)
        self._put(gathered)

    def _put(self, rows: list[Sequence[str]]) -> None:
        self._page.add_more_rows([row_of(cells) for cells in rows], self._marked)
        self._marked = max(0, self._marked - len(rows))
        rows.clear()

    def _turn(self, mark: str) -> None:
        """Begin a page, unless the one that was set to begin here is now told to have been laid out so."""
        if mark == RENDERED and self._was_set:
            self._was_set = False
            return
        self._pages.append(self._finished())
        self._page = self._page.following()
        self._was_set = mark == SET

    def _finished(self) -> Page:
        page, self._continues = replace(self._page.page(), continues=self._continues), None
        return page


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Line):
        yield block.text
    else:
        yield from (cell for row in block.rows for cell in row)


def _without_marks(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.translate(_WITHOUT) for cell in row)
