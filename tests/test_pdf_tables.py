"""Tables of PDFs: rows of cells below the names of their columns, on one page and over several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag_app.parsing.page_view import view_pdf
from rag_app.parsing.pdf import read_pdf
from rag_app.parsing.pdf_grids import Rule, in_cells, ruled_tables
from rag_app.parsing.pdf_lines import Line
from rag_app.parsing.source import Source
from rag_app.records import Document, Page
from rag_app.splitting import split
from tests.made_files import placed_pdf, ruled_pdf, write

COLUMNS = (30, 240, 300, 360)
TITLE = "Consolidated Statement of Income"
NAMES = ("(Millions, except per share)", "2022", "2021", "2020")
HEADER = "Years ended December 31 (Millions, except per share) | 2022 | 2021 | 2020"
ROWS = (
    ("Net sales", "$ 34,229", "$ 35,355", "$ 32,184"),
    ("Operating expenses",),
    ("Cost of sales", "19,232", "18,795", "16,605"),
    ("Gain on divestitures", "(2,724)", "\u2014", "(389)"),
    ("Operating income", "6,539", "7,369", "7,161"),
)
TEXTS = (
    "Net sales | $34,229 | $35,355 | $32,184",
    "Operating expenses",
    "Cost of sales | 19,232 | 18,795 | 16,605",
    "Gain on divestitures | (2,724) | \u2014 | (389)",
    "Operating income | 6,539 | 7,369 | 7,161",
)

Placed = tuple[int, int, str]


def set_rows(rows: Sequence[Sequence[str]], top: int, columns: Sequence[int] = COLUMNS) -> list[Placed]:
    """Words of rows, a row each 14 points, those of a row from the left; empty ones left out."""
    return [
        (left, top + 14 * number, words)
        for number, row in enumerate(rows)
        for left, words in zip(columns, row, strict=False)
        if words
    ]


def statement() -> list[Placed]:
    return [(50, 100, TITLE), (50, 116, "Years ended December 31"), *set_rows((NAMES, *ROWS), 134)]


def pages_of(folder: Path, *pages: Sequence[Placed]) -> list[Page]:
    path = write(folder, "report.pdf", placed_pdf(*pages))
    return list(read_pdf(Source(path, path.name, max_pages=10)).pages)


def tables(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    return [(table.header, tuple(page.text[table.start : table.end].split("\n"))) for table in page.tables]


def test_rows_of_a_statement_are_cells_below_the_names_of_their_columns_and_their_unit(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, statement())
    assert tables(page) == [(HEADER, TEXTS)]
    assert page.text.startswith(f"{TITLE}\nYears ended December 31\n(Millions, except per share) | 2022 | 2021 | 2020\nNet sales")


def test_each_passage_of_a_table_that_is_cut_has_the_header_above_its_rows(tmp_path: Path) -> None:
    rows = [(f"Business segment {number}", f"{number},100", f"{number},200", f"{number},300") for number in range(1, 30)]
    (page,) = pages_of(tmp_path, set_rows((NAMES, *rows), 100))
    document = Document("1", "report.pdf", "", "application/pdf", 1, (page,))
    first, *others = split(
        document, count_tokens=lambda texts: [len(text.split()) for text in texts], passage_tokens=60, overlap_tokens=8
    )
    assert first.text.startswith(
        "(Millions, except per share) | 2022 | 2021 | 2020\nBusiness segment 1 | 1,100 | 1,200 | 1,300\n"
    )
    assert others
    assert {passage.heading_path for passage in others} == {("(Millions, except per share) | 2022 | 2021 | 2020",)}


def test_a_table_that_goes_on_on_the_next_page_keeps_its_header(tmp_path: Path) -> None:
    more = (("Interest expense", "462", "488", "529"), ("Other income", "", "(323)", "(163)"))
    first, second, third = pages_of(tmp_path, statement(), set_rows(more, 80), [(50, 80, "Signatures"), *set_rows(more, 94)])
    assert tables(first) == [(HEADER, TEXTS)]
    assert tables(second) == [(HEADER, ("Interest expense | 462 | 488 | 529", "Other income | | (323) | (163)"))]
    assert third.tables == ()
    assert "Interest expense | 462 | 488 | 529" in third.text


def test_words_with_lines_around_them_are_cells_whatever_they_say(tmp_path: Path) -> None:
    words = [
        *((34, 114, "Dish"), (134, 114, "Price"), (204, 114, "Notes")),
        *((34, 134, "Mapo tofu"), (134, 134, "12.20"), (204, 134, "vegan if the cook"), (204, 145, "is told")),
        *((34, 165, "Whole steamed bass"), (134, 165, "24.00")),
        (30, 196, "Corkage is 12 a bottle."),
    ]
    path = write(tmp_path, "menu.pdf", ruled_pdf(words, (30, 130, 200, 300), (100, 120, 150, 170)))
    (page,) = read_pdf(Source(path, path.name, max_pages=10)).pages
    rows = ("Mapo tofu | 12.20 | vegan if the cook is told", "Whole steamed bass | 24.00")
    assert tables(page) == [("Dish | Price | Notes", rows)]
    assert page.text.endswith("\nCorkage is 12 a bottle.")


def test_a_sign_that_stands_for_nothing_fills_no_cell() -> None:
    lines = [Line(text, 34, 76, top, top, 9, 400, 400) for text, top in (("1 \v 2", 134), ("3 \v 4", 145))]
    across, down = (
        [Rule(place, start, end) for place in places]
        for places, start, end in (((100, 120, 150), 30, 80), ((30, 41, 69, 80), 100, 150))
    )
    found = in_cells(lines, across, down, lambda lines, least, spaces_of: [[(40, 42, 1), (68, 70, 3)] for _ in lines])
    assert [[(column, words) for _, _, column, words in line.cells] for line in found] == [
        [(0, "1"), (2, "2")],
        [(0, "3"), (2, "4")],
    ]
    assert [row.text for table in ruled_tables(found, None) for row in table.rows] == ["1 | 2", "3 | 4"]


def test_a_frame_around_paragraphs_is_no_table(tmp_path: Path) -> None:
    words = [(34, 114, "A word of welcome"), (34, 130, "We are glad to see you."), (34, 160, "The doors open at six.")]
    path = write(tmp_path, "frame.pdf", ruled_pdf(words, (30, 300), (100, 140, 170)))
    (page,) = read_pdf(Source(path, path.name, max_pages=10)).pages
    assert page.tables == ()
    assert " | " not in page.text


def test_the_name_of_a_row_that_wraps_stands_before_its_figures(tmp_path: Path) -> None:
    rows = (*ROWS[:2], ("Net income attributable to all of the owners of the",), ("company, basic", "10.21", "10.23", "9.43"))
    (page,) = pages_of(tmp_path, set_rows((NAMES, *rows), 100))
    ((_, lines),) = tables(page)
    assert lines[-1] == "Net income attributable to all of the owners of the company, basic | 10.21 | 10.23 | 9.43"


def test_names_over_several_columns_and_lines_are_put_to_the_first_they_stand_over(tmp_path: Path) -> None:
    columns = (30, 160, 220, 280, 340)
    words = [(165, 100, "Three Months Ended"), (290, 100, "Six Months Ended")]
    names = set_rows(
        (("(in millions)", "2023", "2022", "2023", "2022"), ("Revenues", "1,051", "1,052", "2,053", "2,054")), 114, columns
    )
    more = set_rows((("Costs", "651", "", "653", "654"),), 142, columns)
    (page,) = pages_of(tmp_path, words + names + more)
    header = "(in millions) | Three Months Ended 2023 | 2022 | Six Months Ended 2023 | 2022"
    assert tables(page) == [(header, ("Revenues | 1,051 | 1,052 | 2,053 | 2,054", "Costs | 651 | | 653 | 654"))]


def test_tables_of_chinese_reports_are_rows_too(tmp_path: Path) -> None:
    rows = (
        ("项目", "2022年", "2021年", "本年比上年增减"),
        ("营业收入", "1,234.56", "1,100.22", "12.21%"),
        ("归属于上市公司股东的净利润", "234.50", "(210.10)", "-8.3%"),
        ("基本每股收益", "0.53", "0.48", "不适用"),
    )
    (page,) = pages_of(tmp_path, [(50, 100, "主要会计数据"), (350, 116, "单位：万元"), *set_rows(rows, 134)])
    assert tables(page) == [
        (
            "单位：万元项目 | 2022年 | 2021年 | 本年比上年增减",
            (
                "营业收入 | 1,234.56 | 1,100.22 | 12.21%",
                "归属于上市公司股东的净利润 | 234.50 | (210.10) | -8.3%",
                "基本每股收益 | 0.53 | 0.48 | 不适用",
            ),
        )
    ]


def test_a_single_row_below_a_name_for_each_figure_is_a_table_and_the_sentence_above_is_none_of_its_names(tmp_path: Path) -> None:
    sentence = "The debt falls due as follows (in millions), after 2026 in four parts:"
    rows = (("2023", "2024", "2025", "Total"), ("$ 1,938", "$ 1,100", "$ 1,865", "$ 4,903"))
    (page,) = pages_of(tmp_path, [(30, 100, sentence), *set_rows(rows, 114, (40, 120, 200, 280))])
    assert tables(page) == [("2023 | 2024 | 2025 | Total", ("| $1,938 | $1,100 | $1,865 | $4,903",))]
    assert page.text.startswith(f"{sentence}\n2023 |")


@pytest.mark.parametrize(
    "rows",
    [
        (("Name", "Department", "Start", "Salary"), ("Ann", "Sales", "2019", "52,000"), ("Bob", "Law", "2021", "48,500")),
        (("No.", "Item", "Qty", "Amount"), ("11", "Steel pipe", "12", "186.00"), ("12", "Copper wire", "100", "225.00")),
        (
            ("Date", "Payee", "Reason", "Debit", "Credit"),
            ("01/05/2024", "Shell", "Fuel", "45.20", "12.50"),
            ("03/05/2024", "Acme", "Salary", "88.80", "2,500.00"),
        ),
        (("序号", "品名", "数量", "金额"), ("11", "钢管", "12", "186.00"), ("12", "铜线", "100", "225.00")),
    ],
)
def test_of_several_columns_of_words_each_has_its_own_name(tmp_path: Path, rows: Sequence[Sequence[str]]) -> None:
    (page,) = pages_of(tmp_path, set_rows(rows, 100, (30, 120, 240, 300, 360)))
    header, *lines = (" | ".join(row) for row in rows)
    assert tables(page) == [(header, tuple(lines))]


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Sales rose from 34,229 to 35,355 in the years 2021 and 2022",
            "and fell again to 32,184 before the end of 2023, 19,232 12",
        ),
        ("1. Boats 12", "2. Nets 15", "3. Sails 18", "4. Ropes 1 2"),
        ("Call (605) 574-3184 or 574 3185", "or 574 3186 and ask for room 12 13"),
    ],
)
def test_numbers_in_text_and_lists_are_no_tables(tmp_path: Path, lines: Sequence[str]) -> None:
    (page,) = pages_of(tmp_path, [(50, 100 + 14 * number, line) for number, line in enumerate(lines)])
    assert page.tables == ()
    assert " | " not in page.text


def test_the_mark_of_a_row_lies_on_all_of_its_cells(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, statement())
    start = page.text.index("Cost of sales")
    path = tmp_path / "report.pdf"
    source = Source(path, path.name, max_pages=10)
    _, marks = view_pdf(source, 1, page.text, start, page.text.index("\n", start), draw=False)
    assert min(mark.left for mark in marks) < 0.1
    assert max(mark.right for mark in marks) > 0.9
    assert max(mark.bottom for mark in marks) - min(mark.top for mark in marks) < 0.03


def test_the_last_row_of_a_table_of_words_above_is_none_of_the_names(tmp_path: Path) -> None:
    words = (("Department", "Logistics", "Period", "October"), ("Tax class", "I", "Bank", "First Bank"))
    names = (
        ("Description", "Hours", "Rate", "Amount"),
        ("Salary", "160.00", "24.50", "3,920.00"),
        ("Overtime", "6.50", "30.63", "199.10"),
    )
    (page,) = pages_of(tmp_path, [*set_rows(words, 100), *set_rows(names, 144)])
    assert tables(page) == [
        ("Description | Hours | Rate | Amount", ("Salary | 160.00 | 24.50 | 3,920.00", "Overtime | 6.50 | 30.63 | 199.10"))
    ]
