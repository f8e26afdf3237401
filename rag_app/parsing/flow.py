"""Paragraphs and the cells of tables as some formats tell them, mark by mark, put together to blocks."""

from __future__ import annotations

from rag_app.parsing.blocks import Block, Line, table_blocks
from rag_app.parsing.cleaning import raised, struck, without_seams

_DEEPEST = 20


class _Level:
    """The page, or a table within the level above it: its open cell, its open row, and the rows that are complete."""

    def __init__(self) -> None:
        self.cell = list[Block]()
        self.row = list[list[Block]]()
        self.rows = list[list[list[Block]]]()


class Flow:
    """The text of the page, or of a note: paragraphs that stand in no table, or in tables of a depth of 1 and more."""

    def __init__(self) -> None:
        self._text = list[str]()
        self._ends_raised = self._has_struck = False
        self._after = list[Block]()
        self._levels = [_Level()]

    def write(self, text: str, *, is_raised: bool = False, is_struck: bool = False) -> None:
        """Go on with the paragraph."""
        text = struck(text) if is_struck else text
        self._has_struck |= is_struck
        self._text.append(raised(self._text, text) if is_raised and not self._ends_raised else text)
        self._ends_raised = is_raised

    def hang_on(self, blocks: list[Block]) -> None:
        """Tell `blocks` after the paragraph."""
        self._after += blocks

    def end_paragraph(self, depth: int, level: int = 0) -> None:
        """End a paragraph in a table of this depth; `level` is that of a heading."""
        text = without_seams("".join(self._text)) if self._has_struck else "".join(self._text)
        self._has_struck = False
        self._go_to(depth)
        if text.strip() or self._after:
            joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            self._levels[-1].cell += [Line(joined, level), *self._after]
        self._text.clear()
        self._after.clear()

    def end_cell(self, depth: int) -> None:
        """End a cell, and the paragraph in it."""
        self.end_paragraph(depth)
        here = self._levels[-1]
        here.row.append(here.cell)
        here.cell = []

    def end_row(self, depth: int) -> None:
        """End a row."""
        self._go_to(depth)
        here = self._levels[-1]
        here.rows.append(here.row)
        here.row = []

    def blocks(self) -> list[Block]:
        """All that was told."""
        self.end_paragraph(0)
        return self._levels[0].cell

    def _go_to(self, depth: int) -> None:
        while len(self._levels) - 1 > depth:
            ended = self._levels.pop()
            rows = [*ended.rows, ended.row] if ended.row else ended.rows
            self._levels[-1].cell += [*table_blocks(rows), *ended.cell]
        while len(self._levels) - 1 < min(depth, _DEEPEST):
            self._levels.append(_Level())
