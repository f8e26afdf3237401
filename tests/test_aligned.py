"""Tables of plain text, whose columns stand below each other by spaces or tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.parsing.plain_text import read_plain_text
from rag_app.parsing.source import Source
from rag_app.records import Page, Table
from tests.made_files import write


def page_of(folder: Path, text: str) -> Page:
    (page,) = read_plain_text(Source(write(folder, "a.txt", text), "a.txt", 10)).pages
    return page


def test_rows_of_aligned_columns_stand_under_the_names_of_these(tmp_path: Path) -> None:
    text = (
        "Notice of 2023\n\n              Income tax    Church tax   Due\n              ----------    ----------   ---\n"
        "Assessed        8,412.00          0.00\nless paid       9,020.00          0.00   May\n\nYou may object.\n"
    )
    page = page_of(tmp_path, text)
    rows = "Assessed | 8,412.00 | 0.00\nless paid | 9,020.00 | 0.00 | May"
    assert page.text == f"Notice of 2023\nIncome tax | Church tax | Due\n{rows}\nYou may object."
    assert page.tables == (Table(45, 105, "Income tax | Church tax | Due"),)


def test_a_chinese_character_takes_two_places(tmp_path: Path) -> None:
    text = "项目          结果    单位\r\n血红蛋白      152     g/L\r\n空腹血糖      6.8 ↑   mmol/L\r\n结论：复查。\r\n"
    page = page_of(tmp_path, text)
    assert page.text == "项目 | 结果 | 单位\n血红蛋白 | 152 | g/L\n空腹血糖 | 6.8 ↑ | mmol/L\n结论：复查。"
    assert [table.header for table in page.tables] == ["项目 | 结果 | 单位"]


def test_tabs_part_columns_however_long_their_cells(tmp_path: Path) -> None:
    text = "Name\tRoom\tSince\nAnna Berger-Lindqvist\t12\t2020\nBen\t\t2021\n"
    assert page_of(tmp_path, text).text == "Name | Room | Since\nAnna Berger-Lindqvist | 12 | 2020\nBen | | 2021"


@pytest.mark.parametrize(
    "text",
    [
        "Base salary     4,200.00\nBonus             300.00\nTotal           4,500.00",
        "It was  the best of times,  it was the\nworst  of times, it  was the age  of\nwisdom, it was the  age of  fools.",
        "a  b  c\nd  e  f",
        "-" * 100_000 + "x",
        "*  7. Limitation   *\n*  of liability    *\n*  in any case     *",
    ],
    ids=["two columns", "lines that are justified", "two lines", "a line of dashes", "a box"],
)
def test_other_lines_stay_as_they_are(tmp_path: Path, text: str) -> None:
    page = page_of(tmp_path, text)
    assert (page.text, page.tables) == ("\n".join(" ".join(line.split()) for line in text.split("\n")), ())


def test_a_long_line_of_many_cells_takes_no_time(tmp_path: Path) -> None:
    assert page_of(tmp_path, "a  " * 200_000).text == " ".join("a" * 200_000)
