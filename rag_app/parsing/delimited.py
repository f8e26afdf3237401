"""CSV and TSV: the lines as they stand in the file, and which of them names the columns."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

from rag_app.parsing.cleaning import clean
from rag_app.parsing.plain_text import read_text
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import Row, header_index, header_of, row_of
from rag_app.records import Page, Table
from rag_app.text.context import BETWEEN_CELLS

_DELIMITERS = ",;\t|"
_SNIFFED_LINES = 50
_CLEANED_AT_ONCE = 1_000_000  # characters
_SNIFFED_CHARACTERS = 100_000


def read_delimited(source: Source) -> OpenedFile:
    """A table in text as one page; tabs, which nobody sees, are written as between other cells. Raises `DocumentError`."""
    text = read_text(source)
    delimiter = _delimiter(text)
    if delimiter == "\t":
        text, delimiter = text.replace("\t", BETWEEN_CELLS), "|"
    text = _cleaned(source, text)
    rows, ends = _first_rows(text, delimiter)
    index = header_index(rows, len(rows) - 1)
    is_table = index is not None and 2 * sum(len(row) > 1 for row in rows[index:]) > len(rows) - index
    tables = (Table(ends[index], len(text), header_of(rows[index])),) if index is not None and is_table else ()
    return OpenedFile("", 1, iter((Page(1, text, tables=tables),)))


def _cleaned(source: Source, text: str) -> str:
    """`text` cleaned, some of it after the other, telling how many rows that makes."""
    parts: list[str] = []
    rows = start = 0
    while start < len(text):
        end = text.find("\n", start + _CLEANED_AT_ONCE) + 1 or len(text)
        parts.append(clean(text[start:end]))
        rows, start = rows + parts[-1].count("\n") + 1, end
        source.tell_rows(rows)
    return "\n".join(filter(None, parts))


def _delimiter(text: str) -> str:
    """The character that cuts most of the first lines into equally many cells, and those into the most."""

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in _first_rows(text, delimiter)[0] if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=evenness)


def _first_rows(text: str, delimiter: str) -> tuple[Sequence[Row], Sequence[int]]:
    """The first rows, and where in `text` the line after each begins."""
    lines = text[:_SNIFFED_CHARACTERS].split("\n")[:_SNIFFED_LINES]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    rows, ends = [], []
    reader = csv.reader((line.replace("\x00", "") + "\n" for line in lines), delimiter=delimiter)
    try:
        for cells in reader:
            rows.append(row_of(cells))
            ends.append(starts[reader.line_num])
    except csv.Error:
        pass
    return rows, ends
