"""Workbooks in the format before 2007 as they are read."""

from __future__ import annotations

import io
import struct
from datetime import date
from pathlib import Path

import pytest
import xlwt

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.formats import XLS
from rag_app.parsing.media_types import media_type
from rag_app.parsing.source import Source
from rag_app.parsing.xls import read_xls
from rag_app.records import CellRows, Heading, Page, Table
from tests.made_files import write
from tests.made_ole import Tree, ole_of


def workbook() -> bytes:
    """Two sheets: one with dates, percentages, a merged cell; one without anything."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Staff")
    for column, words in enumerate(("Team", "Name", "Since", "Share")):
        sheet.write(0, column, words)
    sheet.write_merge(1, 2, 0, 0, "研发")
    for row, name in ((1, "李四"), (2, "Ann")):
        sheet.write(row, 1, name)
        sheet.write(row, 2, date(2018, 9, 20), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        sheet.write(row, 3, 0.256, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(3, 3, True)
    sheet.write(3, 1, 7)
    book.add_sheet("Empty")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def source_of(folder: Path, content: bytes, *, max_pages: int = 10, password: str = "") -> Source:
    return Source(write(folder, "old.xls", content), "old.xls", max_pages, password)


def test_an_old_workbook_is_read_like_a_new_one(tmp_path: Path) -> None:
    source = source_of(tmp_path, workbook())
    reading = read_xls(source)
    rows = "研发 | 李四 | 2018-09-20 | 25.6%\n研发 | Ann | 2018-09-20 | 25.6%\n| 7 | | TRUE"
    text = f"Staff\nTeam | Name | Since | Share\n{rows}"
    assert media_type(source) == XLS
    assert (reading.title, reading.page_count) == ("old", 2)
    assert tuple(reading.pages) == (
        Page(
            1,
            text,
            (Heading(0, 5, 1),),
            (Table(34, len(text), "Team | Name | Since | Share"),),
            (CellRows(6, len(text), 1, "A", "D"),),
        ),
        Page(2, ""),
    )


def test_a_date_in_a_format_of_a_chinese_excel_is_read_as_it_is_shown(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("S").write(0, 0, 43363, xlwt.easyxf(num_format_str='"own"0'))
    target = io.BytesIO()
    book.save(target)
    own, chinese = (struct.pack("<4H", 0xE0, 20, 7, code) for code in (165, 31))
    content = target.getvalue().replace(own, chinese)
    assert [page.text for page in read_xls(source_of(tmp_path, content)).pages] == ["S\n2018年9月20日"]


def test_an_old_workbook_that_cannot_be_read_gets_its_reason(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="2 pages, more than the 1 allowed") as caught:
        read_xls(source_of(tmp_path, workbook(), max_pages=1))
    assert caught.value.reason == Reason.TOO_MANY_PAGES
    with pytest.raises(DocumentError, match="is damaged") as caught:
        read_xls(source_of(tmp_path, workbook()[:900]))
    assert caught.value.reason == Reason.DAMAGED


def test_what_is_embedded_does_not_decide_what_a_workbook_is(tmp_path: Path) -> None:
    embedded: Tree = {"WordDocument": bytes(9), "EncryptedPackage": bytes(9), "PowerPoint Document": bytes(9)}
    assert media_type(source_of(tmp_path, ole_of({"Workbook": bytes(9), "MBD00012AB3": embedded}))) == XLS


def test_cells_and_words_that_are_struck_out_are_told_between_marks(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    old, now = xlwt.easyfont("struck_out on"), xlwt.easyfont("bold on")
    crossed = xlwt.easyxf("font: struck_out on")
    sheet.write_rich_text(0, 0, ["Fee: ", ("£120", old), (" £95", now)])
    sheet.write_rich_text(1, 0, ["All but", (" me", now)], crossed)
    sheet.write(2, 0, "Sofa", crossed)
    sheet.write(3, 0, 7, crossed)
    sheet.write(4, 0, "Table")
    target = io.BytesIO()
    book.save(target)
    (page,) = read_xls(source_of(tmp_path, target.getvalue())).pages
    assert page.text == "S\nFee: ~~£120~~ £95\n~~All but~~ me\n~~Sofa~~\n~~7~~\nTable"
