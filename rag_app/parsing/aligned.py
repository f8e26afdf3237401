"""Tables of plain text, whose columns stand below each other by spaces or tabs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from rag_app.parsing.blocks import Block, Line, Rows
from rag_app.parsing.cleaning import is_cjk

_CELL = re.compile(r"\S+(?: \S+)*")
_GAP = re.compile(r"\S(?: {2,}|\t+)\S")
_RULE = re.compile(r"(?=.*[-=_]{3})[\s\-=_+|]+")
_BORDER = re.compile(r"[*#|/]+")  # of a box around a text
_FEWEST_COLUMNS, _FEWEST_ROWS = 3, 3
_LONGEST = 1_000_000  # characters: logs that are longer are not looked through
_TAB = 1_000

Cell = tuple[int, int, str]


def aligned_blocks(text: str) -> list[Block]:
    """The lines of `text`, those of a table as rows; none where it holds no table."""
    blocks = list(_blocks(text.replace("\u3000", "  ").split("\n"))) if len(text) <= _LONGEST and _GAP.search(text) else []
    return blocks if any(isinstance(block, Rows) for block in blocks) else []


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    for is_apart, group in groupby(lines, key=lambda line: bool(_GAP.search(line) or _RULE.fullmatch(line))):
        together = list(group)
        rows = _rows([_cells(line) for line in together if not _RULE.fullmatch(line)]) if is_apart else ()
        yield Rows(rows) if rows else Line("\n".join(together))


def _cells(line: str) -> list[Cell]:
    """The cells of a line: from where to where each stands, a Chinese character taking two places, and its text."""
    if "\t" in line.strip():
        return [(_TAB * at, _TAB * at + 1, cell.strip()) for at, cell in enumerate(line.strip().split("\t")) if cell.strip()]
    found, seen, wide = list[Cell](), 0, 0
    for cell in _CELL.finditer(line):
        start = cell.start() + wide + sum(map(is_cjk, line[seen : cell.start()]))
        width = len(cell[0]) + sum(map(is_cjk, cell[0]))
        seen, wide = cell.end(), start + width - cell.end()
        if not _BORDER.fullmatch(cell[0]):
            found.append((start, start + width, cell[0]))
    return found


def _rows(lines: Sequence[list[Cell]]) -> tuple[tuple[str, ...], ...]:
    """The rows of a table; none where the cells of lines do not stand in columns, each apart from the next."""
    columns = list[tuple[int, int]]()
    for start, end, _ in sorted(cell for line in lines for cell in line):
        if columns and start < columns[-1][1]:
            columns[-1] = columns[-1][0], max(end, columns[-1][1])
        else:
            columns.append((start, end))
    widest = max(map(len, lines), default=0)
    if len(lines) < _FEWEST_ROWS or not _FEWEST_COLUMNS <= len(columns) == widest:
        return ()
    ends = [end for _, end in columns]
    placed = [{bisect_left(ends, end): text for _, end, text in line} for line in lines]
    if any(len(row) < len(line) for row, line in zip(placed, lines, strict=True)):
        return ()
    return tuple(tuple(row.get(at, "") for at in range(len(columns))) for row in placed)
