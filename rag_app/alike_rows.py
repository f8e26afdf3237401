"""The rows of tables and the items of lists in a passage, as things that are alike, each with its cells or numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag_app.citing import quantity_of
from rag_app.records import Evidence, StoredPassage
from rag_app.text.cells import cell_places, row_of
from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.lists import item_spans

_UNIT = r"\s?(?:[%℃€]|°\s?[CF]\b|[\u3400-\u9fff]{1,2}|[^\W\d_\u3400-\u9fff]+)(?:\s\d{4})?"
NUMBER = re.compile(
    r"\d{4}-\d\d-\d\d|\d{4}年\d{1,2}月(?:\d{1,2}日)?|"
    rf"(?:(?:US|HK)?[$€£¥￥]\s?)?(?<![A-Za-z\d_])(?<!\d[.,])(?:\d{{1,3}}(?:[ '’]\d{{3}})+(?!\d)|\d)(?:[\d,.:]*\d)?(?:{_UNIT})?"
)
# What a row of sums or means begins with, or what its first cell ends with (工程总造价, "Net total").
_SUM = re.compile(
    r"(?:grand |sub-?)?totals?\b|sum\b|average\b|mean\b|[^\d|]{0,20} totals?(?: \([^|()]*\))?$"
    r"|合计|总计|共计|小计|总和|平均|[^\d|]{0,12}(?:合计|总计|共计|小计|总和|总额|总价|总造价)(?:[（(][^|（）()]*[）)])?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")

Group = tuple[str, tuple[str, ...], str]  # document, headings, and the names of a table's columns, none for a list


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells by the names of their columns, or an item with its numbers as cells."""

    group: Group
    evidence: Evidence
    cells: Mapping[str, tuple[str, int]]  # what a cell says, and where that begins in the row


def rows_of(stored: StoredPassage) -> Iterator[Row]:
    """The rows of tables and the items of lists in a passage."""
    passage = stored.passage
    for table in passage.tables:
        group, at = (passage.document_id, _headings(passage.heading_path), table.header), max(table.start, passage.start)
        for line in passage.text[at - passage.start : table.end - passage.start].split("\n"):
            row = Evidence(stored, at, at + len(line), line, 1.0)
            at += len(line) + 1
            cells = row_of(passage, row.start, row.end)
            places = cell_places(line, [cell for _, cell in cells])
            if cells and not _SUM.match(cells[0][1]):
                yield Row(group, row, {name: (cell, place) for (name, cell), place in zip(cells, places, strict=True)})
    for start, end in item_spans(passage.text):
        text = passage.text[start:end].rstrip()
        item = Evidence(stored, passage.start + start, passage.start + start + len(text), text, 1.0)
        yield Row((passage.document_id, _headings(passage.heading_path), ""), item, dict(_numbers(text)))


def _numbers(item: str) -> Iterator[tuple[str, tuple[str, int]]]:
    """The numbers of an item, as cells of columns that are named by their unit and by the word before them."""
    found = [
        (column, (match.group(), match.start()))
        for match in NUMBER.finditer(item)
        if (one := quantity_of(match.group()))
        for column in dict.fromkeys((one.unit, *_WORD.findall(item[: match.start()])[-1:]))
    ]
    counts = Counter(column for column, _ in found)
    yield from (both for both in found if both[0] and counts[both[0]] == 1)


def _headings(path: Sequence[str]) -> tuple[str, ...]:
    """The headings above, without the names of a table's columns."""
    return tuple(one for one in path if BETWEEN_CELLS not in one)
