"""What a document is made of, on its way into a page: paragraphs, headings and the rows of tables, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag_app.parsing.page_text import PageText
from rag_app.parsing.tables import row_of
from rag_app.records import Page


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or an item of a list; `level` is that of a heading (1 is the highest), 0 for other lines.

    One that `only_leads` elsewhere, as an entry of a table of contents does, stands in no passage.
    """

    text: str
    level: int = 0
    only_leads: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table, each with the text of its cells; `goes_on` where the table began before them.

    The file sets the `marked` first ones apart, as it does rows that name the columns.
    """

    rows: tuple[tuple[str, ...], ...]
    goes_on: bool = False
    marked: int = 0


Block = Line | Rows
BULLET = "•"  # before an item of a list that has no number
Cell = Sequence[Block]
ABOVE: Cell = [Line("")]  # this very one stands where a cell above takes several rows
_BLANK = " \t\r\n\u00a0\u3000"  # not the marks of page breaks
_LONGEST_CELL = 500  # characters, of several paragraphs
_LONGEST_LABEL, _MOST_REPEATED = 200, 1_000_000  # characters that are told in each row beside them, and in all of a table


def page_of_blocks(blocks: Iterable[Block], number: int = 1) -> Page:
    """The blocks as a page, cleaned; empty ones are left out."""
    page = PageText(number)
    for block in blocks:
        if isinstance(block, Rows):
            add = page.add_more_rows if block.goes_on else page.add_table
            add([row_of(cells) for cells in block.rows], block.marked)
        elif block.level:
            page.add_heading(block.text, block.level)
        else:
            page.add(block.text, is_running=block.only_leads)
    return page.page()


def table_blocks(rows: Iterable[Sequence[Cell]], marked: int = 0) -> list[Block]:
    """A table whose cells hold blocks themselves. Where a row is there for the layout, they stay as they are.

    The file sets the `marked` first rows apart.
    """
    blocks, collected = list[Block](), list[tuple[str, ...]]()
    has_begun, heads = False, 0
    for place, cells in enumerate(_labelled(rows)):
        laid_out = _laid_out(cells)
        if not laid_out:
            collected.append(tuple(map(text_of, cells)))
            heads += place < marked
            continue
        if collected:
            blocks.append(Rows(tuple(collected), has_begun, heads))
            has_begun, heads, collected = True, 0, []
        blocks += laid_out
    return [*blocks, Rows(tuple(collected), has_begun, heads)] if collected else blocks


def text_of(cell: Cell) -> str:
    """The blocks of a cell as one text."""
    return " ".join(filter(None, map(_text_of_block, cell)))


def once(blocks: Iterable[Block]) -> Iterator[Line]:
    """What stands at the head or foot of the pages, each once; what has no letter, as a page number, is left out."""
    seen = set[str]()
    for block in blocks:
        text = text_of([block])
        if text not in seen and any(map(str.isalpha, text)):
            seen.add(text)
            yield Line(text)


def _labelled(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """The rows; one with words of its own has those of a cell above that takes several rows too, if they are few."""
    held = dict[int, Cell]()
    room = _MOST_REPEATED
    for cells in rows:
        held.update((column, cell) for column, cell in enumerate(cells) if cell is not ABOVE)
        if room < 0 or not any(text_of(cell).strip() for cell in cells if cell is not ABOVE):
            yield cells
            continue
        labels = {column: _label(held.get(column, ())) for column, cell in enumerate(cells) if cell is ABOVE}
        held.update(labels)
        room -= sum(len(text_of(label)) for label in labels.values())
        yield [labels.get(column, cell) for column, cell in enumerate(cells)]


def _label(cell: Cell) -> Cell:
    words = " ".join(text_of(cell).split())  # without marks of page breaks
    return [Line(words)] if len(words) <= _LONGEST_LABEL else []


def _laid_out(cells: Sequence[Cell]) -> Sequence[Block]:
    """The blocks of a row whose cells only lay them out: one cell alone holds any, or one holds paragraphs at length."""
    filled = [cell for cell in cells if text_of(cell).strip()]
    if any(len(cell) > 1 and len(text_of(cell)) > _LONGEST_CELL for cell in filled):
        return [block for cell in filled for block in cell]
    if len(filled) != 1:
        return ()
    is_line = len(filled[0]) == 1 and isinstance(filled[0][0], Line) and not filled[0][0].level
    return () if is_line and len(cells) > 1 else filled[0]


def _text_of_block(block: Block) -> str:
    if isinstance(block, Line):
        return block.text.strip(_BLANK)
    return "; ".join(", ".join(filter(None, row)) for row in block.rows)
