"""Tables: which row names the columns, how rows are written, and CSV and TSV as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.parsing.delimited import read_delimited
from rag_app.parsing.page_text import PageText
from rag_app.parsing.source import Source
from rag_app.parsing.tables import Row, header_index, header_of, line_of, row_of, with_groups
from rag_app.records import Heading, Page, Table
from rag_app.text.sentences import sentences
from tests.made_files import write

PEOPLE = [row_of(cells) for cells in (("Name", "Age", "City"), ("Ann", "30", "Oslo"), ("Bob", "", "Rome"))]


def page_of(folder: Path, name: str, content: bytes | str) -> Page:
    (page,) = read_delimited(Source(write(folder, name, content), name, 10)).pages
    return page


def test_empty_cells_of_named_columns_keep_their_place_and_others_none() -> None:
    assert line_of({0: "Bob", 2: "Rome"}, PEOPLE[0]) == "Bob | | Rome"
    assert line_of({0: "Bob", 900: "far"}, PEOPLE[0]) == "Bob | | | far"
    assert line_of({0: "Bob", 900: "far"}) == "Bob | far"
    assert line_of({0: "Bob"}, PEOPLE[0]) == "Bob"


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([("Name", "Age"), ("Ann", "30")], 0),
        ([("Sales in thousands",), ("Region", "2021", "2022"), ("North", "1", "2")], 1),
        ([("Report", "A"), ("姓名", "年龄", "城市", "职业"), ("王", "30", "北京", "医生")], 1),
        ([("Name", "7"), ("Ann", "30")], None),
        ([("Only",), ("one",)], None),
        ([("Landlord", "Ada Pryce"), ("Tenant", "Bob Lee")], None),
        ([("房东", "王小明"), ("租客", "李雷"), ("租期", "一年")], None),
        ([("Item", "Owner", "Status"), ("Sofa", "Ann", "good")], 0),
        ([("月份", "收入", "", "支出"), ("月份", "工资", "奖金", "房租"), ("1月", "12000", "500", "4500")], 1),
        ([("Item", "Owner", ""), ("Sofa", "Ann", "good"), ("Lamp", "Bob", "new")], 0),
        ([("", "2025 (£)", "2024 (£)"), ("RECEIPTS",), ("Hall hire", "5,220.00", "4,875.00")], 0),
        ([("Club accounts",), ("", "2023/24 $", "2024/25 $"), ("Interest", "3.10", "2.80")], 1),
        ([("", "2025（￥）", "2024（￥）"), ("租金", "36,000", "34,800")], 0),
        ([("", "31.12.2025", "31.12.2024"), ("Cash", "10", "20")], 0),
        ([("31.12.2025", "31.12.2024", "31.12.2023"), ("10", "20", "30")], None),
        ([("", "2025 120", "2024 (7)"), ("Cash", "10", "20")], None),
        ([("Name", "Age")], None),
        ([], None),
    ],
)
def test_the_first_wide_row_of_words_is_the_header(rows: list[tuple[str, ...]], index: int | None) -> None:
    assert header_index([row_of(cells) for cells in rows]) == index


@pytest.mark.parametrize(
    ("marked", "index"), [(0, None), (1, 0), (2, None)], ids=["no row", "the first row", "every row, so none of them"]
)
def test_a_row_that_the_file_sets_apart_names_two_columns(marked: int, index: int | None) -> None:
    assert header_index([row_of(("Item", "Owner")), row_of(("Sofa", "Ann"))], marked) == index


def test_names_of_columns_that_stand_twice_are_led_by_those_of_their_groups() -> None:
    collected = PageText(1)
    groups, names = row_of(("Budget", "Q1", "", "Q2")), row_of(("Budget", "Plan", "Actual", "Plan", "Actual"))
    collected.add_table([groups, names, row_of(("Rent", "1", "2", "3", "4"))])
    page = collected.page()
    header = "Budget | Q1 Plan | Q1 Actual | Q2 Plan | Q2 Actual"
    assert page.text == f"Budget | Q1 | Q2\n{header}\nRent | 1 | 2 | 3 | 4"
    assert [table.header for table in page.tables] == [header]


def test_what_is_told_of_an_account_above_a_table_leads_no_names_of_columns() -> None:
    names = row_of(("Date", "Text", "Amount", "Amount", "Sum"))
    for above in (("Holder:", "Anna"), ("Account", "12"), ("Statement",)):
        assert with_groups([row_of(above), names]) == names


def test_names_that_stand_once_are_as_they_are() -> None:
    assert with_groups([row_of(("Rooms", "", "Prices")), row_of(("Name", "Size", "Low", "High"))])[2] == "Low"


def test_a_header_too_long_to_stand_above_a_passage_is_cut_between_its_cells() -> None:
    wide: Row = {column: f"column {column}" for column in range(100)}
    assert header_of(wide).endswith("| column 16")
    assert len(header_of({0: "a" * 500, 1: "b"})) == 200


def test_a_page_knows_where_the_rows_below_a_header_stand() -> None:
    collected = PageText(3)
    collected.add_heading("Staff\nlist", 1)
    collected.add_table(PEOPLE)
    collected.add("\n The end. \x00")
    text = "Staff list\nName | Age | City\nAnn | 30 | Oslo\nBob | | Rome\nThe end."
    assert collected.page() == Page(3, text, (Heading(0, 10, 1),), (Table(29, 57, "Name | Age | City"),))
    assert text[29:57] == "Ann | 30 | Oslo\nBob | | Rome"


def test_lines_that_would_read_as_one_sentence_are_set_apart() -> None:
    collected = PageText(1)
    collected.add_heading("Diseases and how far they spread over the world", 1)
    collected.add("A widespread outbreak of a contagious disease")
    collected.add("Pandemic")
    collected.add("An outbreak over a very large area.")
    collected.add("next")
    page = collected.page()
    assert page.text == (
        "Diseases and how far they spread over the world\n\nA widespread outbreak of a contagious disease\n\nPandemic\n"
        "An outbreak over a very large area.\n\nnext"
    )
    assert sentences(page.text) == [line for line in page.text.split("\n") if line]


def test_more_rows_keep_the_header_unless_they_begin_a_table_of_their_own() -> None:
    collected = PageText(1)
    collected.add_table(PEOPLE)
    collected.add_more_rows([row_of(("Cyd", "Late", "Bonn")), row_of(("Dan", "Early", "Lima"))])
    collected.add_more_rows([row_of(("Town", "People")), row_of(("Oslo", "709,000"))])
    assert [table.header for table in collected.page().tables] == ["Name | Age | City", "Name | Age | City", "Town | People"]


def test_lines_of_a_csv_file_stand_as_in_the_file(tmp_path: Path) -> None:
    text = 'Name,Age,"Lives, now"\nAnn,30,"Oslo,\nNorway"\nBob\nCyd,1,2,3'
    page = page_of(tmp_path, "a.csv", text.replace("\n", "\r\n"))
    assert page == Page(1, text, (), (Table(22, len(text), "Name | Age | Lives, now"),))


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8"), ("|", "utf-16"), (",", "gb18030")])
def test_delimiter_and_encoding_of_a_csv_file_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = (("姓名", "年龄", "城市"), ("王小明", "3,5", "北京"), ("李四", "41", "上海"))
    page = page_of(tmp_path, "a.csv", "\n".join(map(delimiter.join, rows[:1] + rows[2:] * 9)).encode(encoding))
    assert page.tables[0].header == "姓名 | 年龄 | 城市"


def test_the_names_of_columns_may_stand_below_many_lines_about_the_account(tmp_path: Path) -> None:
    head = "".join(f"账户说明第{line}行：支付宝,,\n" for line in range(24))
    page = page_of(tmp_path, "a.csv", f"{head}交易时间,交易对方,金额\n2024-03-01,盒马,86.50\n2024-03-02,李四,3800\n")
    assert [table.header for table in page.tables] == ["交易时间 | 交易对方 | 金额"]


def test_tabs_are_written_as_between_other_cells(tmp_path: Path) -> None:
    page = page_of(tmp_path, "a.tsv", "Team\tCity\tCups\nBlues\t\t1\n")
    assert page == Page(1, "Team | City | Cups\nBlues | | 1", (), (Table(19, 30, "Team | City | Cups"),))


def test_a_csv_file_of_one_column_or_of_numbers_alone_has_no_header(tmp_path: Path) -> None:
    assert page_of(tmp_path, "a.csv", "Lorem, ipsum\ndolor sit\namet consectetur\nelit\nsed").tables == ()
    assert page_of(tmp_path, "b.csv", "1,2\n3,4\n").tables == ()


def test_a_csv_file_with_very_many_columns_has_no_header_longer_than_a_passage(tmp_path: Path) -> None:
    names, values = (",".join(f"{letter}{number}" for number in range(10_000)) for letter in "cv")
    (table,) = page_of(tmp_path, "a.csv", f"{names}\n{values}").tables
    assert table.header.startswith("c0 | c1 | ") and 190 < len(table.header) <= 200
