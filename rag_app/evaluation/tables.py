"""Figures as they are read: side by side, with their intervals and how they differ from those of the first configuration."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rag_app.evaluation.comparison import Comparison, Difference, Measured
from rag_app.evaluation.statistics import Interval

Row = tuple[str, ...]
NONE = "–"


def heading(comparison: Comparison) -> Row:
    """The names of the columns: the figure, each configuration, and what parts it from the first one."""
    first, *others = (run.name for run in comparison.runs)
    return ("figure", first, *(name for other in others for name in (other, f"{other} - {first}", "p")))


def figure_rows(comparison: Comparison) -> Iterator[Row]:
    """A row of cells for each figure."""
    for name in comparison.names:
        cells = [cell for measured in comparison.measured for cell in _cells(measured.get(name))]
        yield (name, cells[0], *(cell for place in range(3, len(cells), 3) for cell in cells[place : place + 3]))


def _cells(measured: Measured | None) -> Row:
    if measured is None:
        return (NONE, NONE, NONE)
    value = f"{number(measured.value)} {_ends(measured.interval)}"
    return (value, *_difference(measured.difference))


def _difference(difference: Difference | None) -> Row:
    if difference is None or math.isnan(difference.value):
        return (NONE, NONE)
    return (f"{number(difference.value, sign='+')} {_ends(difference.interval)}", f"{difference.p:.4f}")


def _ends(interval: Interval) -> str:
    return "" if math.isnan(interval.low) else f"[{number(interval.low)}, {number(interval.high)}]"


def number(value: float, *, sign: str = "") -> str:
    """A figure as it is shown: shares to four places, lengths as they are; `sign` is + where plus is to be said."""
    return format(value, f"{sign}.4f" if abs(value) <= 1 else f"{sign}g")


def aligned(rows: list[Row]) -> str:
    """Rows as text, each column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def markdown(rows: list[Row]) -> str:
    """Rows of cells that are Markdown as a table, the first of them its heading."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def escaped(text: str) -> str:
    """Words of a document or a model on one line, so that Markdown shows them and nothing else."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>|#" else character for character in " ".join(text.split()))
