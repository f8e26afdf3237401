"""Where a quote stands on a sheet: from the cells of a file to the place that a footnote names."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.parsing.source import Source
from rag_app.parsing.xlsx import read_xlsx
from rag_app.records import CellRows, Document, Passage, Table
from rag_app.splitting import split
from rag_app.text.cells import cells_of, is_header, row_of
from tests.made_files import write
from tests.made_office import cells, xlsx


def passages_of(folder: Path, sheet: str, name: str) -> tuple[Passage, ...]:
    """The passages, ten words each, of a workbook with one sheet."""
    reading = read_xlsx(Source(write(folder, "book.xlsx", xlsx({name: sheet})), "book.xlsx", 10))
    document = Document("d", "book.xlsx", "book", "", 1, tuple(reading.pages))
    return split(document, count_tokens=lambda texts: [len(text.split()) for text in texts], passage_tokens=15, overlap_tokens=4)


def row(number: int, *columns: str) -> str:
    return f'<row r="{number}">{"".join(f"<c r={chr(34)}{c}{number}{chr(34)}><v>{number}</v></c>" for c in columns)}</row>'


def test_every_row_of_every_passage_is_known_by_its_cells(tmp_path: Path) -> None:
    numbers = [*range(3, 100), *range(500, 520)]
    passages = passages_of(tmp_path, f"<sheetData>{''.join(row(number, 'B', 'C') for number in numbers)}</sheetData>", "Q 1")
    found = set()
    for passage in passages:
        start = passage.start
        for line in passage.text.split("\n"):
            if line != "Q 1":
                number = line.partition(" ")[0]
                assert cells_of(passage, start, start + len(line)) == f"'Q 1'!B{number}:C{number}"
                found.add(int(number))
            start += len(line) + 1
    assert found == set(numbers)


def test_rows_of_one_long_cell_each_are_counted_too(tmp_path: Path) -> None:
    texts = [f"the wish number {number} of all the people who live here" for number in range(30)]
    passages = passages_of(tmp_path, cells(*((text,) for text in texts)), "Wishes")
    found = {}
    for passage in passages:
        for text in texts:
            at = passage.text.find(text)
            if at >= 0:
                found[text] = cells_of(passage, passage.start + at, passage.start + at + len(text))
    assert found == {text: f"Wishes!A{row}" for row, text in enumerate(texts, 1)}


def test_a_quote_over_rows_is_known_by_all_its_cells_and_one_beside_them_by_none() -> None:
    rows = (CellRows(7, 18, 4, "B", "D"), CellRows(19, 24, 9, "AA", "AA"))
    passage = Passage("d", 1, 0, 40, ("Costs",), "Costs:\na | bcd\ne f\ng h i\nA note.", rows)
    assert cells_of(passage, 7, 24) == "Costs!B4:AA9"
    assert cells_of(passage, 15, 18) == "Costs!B5:D5"
    assert cells_of(passage, 20, 22) == "Costs!AA9"
    assert cells_of(passage, 25, 32) == ""
    assert cells_of(Passage("d", 1, 0, 5, (), "Costs"), 0, 5) == ""


def test_the_cells_of_a_row_have_the_names_of_their_columns() -> None:
    text = "2023 | 2022\nCash | 1,093 | 840\nDebt | 15\nLoans | | 16\nA note."
    passage = Passage("d", 1, 100, 100 + len(text), (), text, tables=(Table(112, 153, "2023 | 2022"),))
    rows = {line: row_of(passage, 100 + text.index(line), 100 + text.index(line) + len(line)) for line in text.split("\n")}
    assert rows == {
        "2023 | 2022": (),
        "Cash | 1,093 | 840": (("", "Cash"), ("2023", "1,093"), ("2022", "840")),
        "Debt | 15": (("", "Debt"), ("2023", "15")),
        "Loans | | 16": (("", "Loans"), ("2022", "16")),
        "A note.": (),
    }


def test_the_rows_of_a_table_in_text_have_the_names_of_their_columns_too() -> None:
    text = 'Name,Department,Started\n"Baker, Anna",Finance,2019\nRosa Silva,,2021\nPaul Smith'
    passage = Passage("d", 1, 10, 10 + len(text), (), text, tables=(Table(34, 10 + len(text), "Name | Department | Started"),))
    rows = {line: row_of(passage, 10 + text.index(line), 10 + text.index(line) + len(line)) for line in text.split("\n")}
    assert rows == {
        "Name,Department,Started": (),
        '"Baker, Anna",Finance,2019': (("Name", "Baker, Anna"), ("Department", "Finance"), ("Started", "2019")),
        "Rosa Silva,,2021": (("Name", "Rosa Silva"), ("Started", "2021")),
        "Paul Smith": (),
    }
    semicolons = text.replace(",", ";")
    passage = Passage("d", 1, 10, 10 + len(text), (), semicolons, tables=passage.tables)
    assert row_of(passage, 10 + text.index("Rosa"), 10 + text.index("\nPaul")) == (("Name", "Rosa Silva"), ("Started", "2021"))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Name | Hours | Signature | Remarks", (("Name", "Ann"), ("Hours", "7"))),
        ("姓名 | 实发（元） | 签字", (("姓名", "Ann"), ("实发（元）", "7"))),
        ("2025 | 2024 | 2023", ()),
        ("Hours | Debit | Credit", ()),
    ],
)
def test_last_columns_may_be_empty_in_every_row(header: str, cells: tuple[tuple[str, str], ...]) -> None:
    text = "Ann | 7\nBob | 9"
    passage = Passage("d", 1, 0, len(text), (), text, tables=(Table(0, len(text), header),))
    assert row_of(passage, 0, 7) == cells


def test_the_names_of_columns_are_known_from_rows() -> None:
    for border in (" | ", ","):
        text = f"Prices\nTicket{border}Adults\nSeason{border}180"
        start = text.index("Season")
        passage = Passage("d", 1, 5, 5 + len(text), (), text, tables=(Table(5 + start, 5 + len(text), "Ticket | Adults"),))
        assert is_header(passage, 12, 4 + start)
        assert not is_header(passage, 5 + start, 5 + len(text))
        assert not is_header(passage, 5, 11)
