"""Workbooks as they are read: sheets are pages, rows are lines under a header, cells hold what they show."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.delimited import read_delimited
from rag_app.parsing.sheets import Sheet
from rag_app.parsing.source import Source
from rag_app.parsing.xlsx import read_xlsx
from rag_app.records import CellRows, Heading, Page, Table
from tests.made_files import write
from tests.made_office import cells, relations, xlsx


def read(folder: Path, content: bytes, *, max_pages: int = 10) -> tuple[Page, ...]:
    return tuple(read_xlsx(Source(write(folder, "book.xlsx", content), "book.xlsx", max_pages)).pages)


def rows_of(folder: Path, sheet: str) -> list[str]:
    """The lines of a workbook's only sheet below its name."""
    (page,) = read(folder, xlsx({"S": sheet}))
    return page.text.split("\n")[1:]


def test_sheets_are_pages_with_their_names_as_headings(tmp_path: Path) -> None:
    people = cells(("Name", "Age", "City"), ("Ann", "30", "Oslo"), ("李四", "", "上海"))
    reading = read_xlsx(Source(write(tmp_path, "Staff 2024.xlsx", xlsx({"People": people, "Empty": ""})), "Staff 2024.xlsx", 10))
    text = "People\nName | Age | City\nAnn | 30 | Oslo\n李四 | | 上海"
    assert (reading.title, reading.page_count) == ("Staff 2024", 2)
    assert tuple(reading.pages) == (
        Page(1, text, (Heading(0, 6, 1),), (Table(25, len(text), "Name | Age | City"),), (CellRows(7, len(text), 1, "A", "C"),)),
        Page(2, ""),
    )


def test_cells_hold_what_they_show(tmp_path: Path) -> None:
    row = (
        '<sheetData><row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>0.256</v></c><c r="C3" s="2"><v>43363</v></c>'
        '<c r="D3" s="3"><v>1234.5</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" t="e"><v>#DIV/0!</v></c><c r="G3"><f>A1+1</f>'
        '<v>7</v></c><c r="H3"><f>SUM(A1:A2)</f></c><c r="I3" t="str"><f>A1</f><v>a\nb</v></c><c r="J3" t="s"><v>2</v></c>'
        "</row></sheetData>"
    )
    assert rows_of(tmp_path, row) == [
        "one | 25.6% | 2018/9/20 | 1,234.50 | TRUE | #DIV/0! | 7 | =SUM(A1:A2) | a b | 東京 トウキョウ"
    ]


def test_a_cell_merged_over_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    rows = cells(("Kind", "Name"), ("Fruit", "Apple"), ("", "Pear"), ("", ""), ("Tree", "Oak"))
    merged = '<mergeCells><mergeCell ref="A2:A4"/></mergeCells>'
    assert rows_of(tmp_path, rows + merged) == ["Kind | Name", "Fruit | Apple", "Fruit | Pear", "Tree | Oak"]


def test_comments_text_boxes_and_titles_of_charts_follow_the_rows(tmp_path: Path) -> None:
    namespaces = 'xmlns:a="http://a" xmlns:c="http://c" xmlns:m="http://m"'
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "../comments1.xml"), ("drawing", "../drawings/d.xml")),
        "xl/comments1.xml": '<a><comment ref="B2"><text><r><t>To be </t></r><r><t>checked</t></r></text></comment></a>',
        "xl/drawings/d.xml": f"<d {namespaces}><a:p><a:r><a:t>In a </a:t></a:r><a:r><a:t>box</a:t></a:r></a:p>"
        "<m:Fallback><a:p><a:t>again</a:t></a:p></m:Fallback></d>",
        "xl/drawings/_rels/d.xml.rels": relations(("chart", "../charts/c.xml")),
        "xl/charts/c.xml": f"<c:chart {namespaces}><c:title><a:t>Sales</a:t></c:title></c:chart>",
    }
    (page,) = read(tmp_path, xlsx({"S": cells(("a",))}, more=more))
    assert page.text == "S\na\nIn a box\nSales\nB2: To be checked"


def test_cells_in_the_last_row_and_column_are_as_near_as_others(tmp_path: Path) -> None:
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{}<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    empty = "".join(f'<row r="{number}"/>' for number in range(2, 100_000))
    assert rows_of(tmp_path, rows.format(empty)) == ["1", "2"]


def test_a_table_after_an_empty_row_has_its_own_header(tmp_path: Path) -> None:
    rows = cells(("Name", "Age"), ("Ann", "30"), (), ("Town", "People"), ("Oslo", "709000"))
    (page,) = read(tmp_path, xlsx({"S": rows}))
    assert [(page.text[table.start : table.end], table.header) for table in page.tables] == [
        ("Ann | 30", "Name | Age"),
        ("Oslo | 709000", "Town | People"),
    ]


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (xlsx({"A": "", "B": "", "C": ""}), Reason.TOO_MANY_PAGES, "3 pages, more than the 2 allowed"),
        (xlsx({"A": "<sheetData><row>"}), Reason.DAMAGED, "is damaged"),
        (xlsx({"A": "<!DOCTYPE a [<!ENTITY b 'c'>]>"}), Reason.EXPANDS_TOO_MUCH, "XML entities"),
        (xlsx({"A": "<c>" * 300 + "</c>" * 300}), Reason.DAMAGED, "is damaged"),
    ],
)
def test_a_workbook_that_cannot_be_read_gets_its_reason(tmp_path: Path, content: bytes, reason: Reason, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read(tmp_path, content, max_pages=2)
    assert caught.value.reason == reason


def test_a_binary_workbook_is_to_be_saved_in_the_other_format(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01")
    with pytest.raises(DocumentError, match="Save it as XLSX") as caught:
        read(tmp_path, target.getvalue())
    assert caught.value.reason == Reason.UNSUPPORTED


def test_of_a_torn_sheet_the_rows_before_the_tear_are_read(tmp_path: Path) -> None:
    assert rows_of(tmp_path, cells(("a",), ("b",)) + "<sheetData><row></cell>") == ["a", "b"]


def test_a_sheet_with_more_than_a_million_cells_or_very_much_text_is_refused(tmp_path: Path) -> None:
    source = Source(tmp_path, "book.xlsx", 10)
    for row, words, reason in (
        (dict.fromkeys(range(500_000), "1"), "1,000,000 filled cells", Reason.TOO_BIG),
        ({0: "a" * 25_000_000}, "50,000,000 characters", Reason.EXPANDS_TOO_MUCH),
    ):
        sheet = Sheet(source, 1)
        sheet.add_row(1, row)
        sheet.add_row(2, row)
        with pytest.raises(DocumentError, match=words) as caught:
            sheet.add_row(3, {0: "1"})
        assert caught.value.reason == reason


def test_a_format_longer_than_a_workbook_allows_changes_nothing(tmp_path: Path) -> None:
    styles = f'<s><numFmt numFmtId="170" formatCode="{"0" * 256}"/><cellXfs><xf numFmtId="170"/></cellXfs></s>'
    content = xlsx({"S": '<sheetData><row><c s="0"><v>7</v></c></row></sheetData>'}, more={"xl/styles.xml": styles})
    (page,) = read(tmp_path, content)
    assert page.text == "S\n7"


def told_rows(path: Path) -> list[int]:
    told: list[int] = []
    source = Source(path, path.name, 50, tell_rows=told.append)
    assert [page.text.count("Tin") for page in (read_delimited if path.suffix == ".csv" else read_xlsx)(source).pages] == [12_000]
    return told


def test_rows_of_a_long_sheet_are_told_while_it_is_read(tmp_path: Path) -> None:
    assert told_rows(write(tmp_path, "a.xlsx", xlsx({"Long": cells(*[("Tin", "9")] * 12_000)}))) == [5_000, 10_000]


def test_rows_of_a_long_table_in_text_are_told_while_it_is_read(tmp_path: Path) -> None:
    line = "Tin," + "9" * 200 + "\n"
    *begun, whole = told_rows(write(tmp_path, "a.csv", line.encode() * 12_000))
    assert begun == sorted(set(begun)) and len(begun) >= 2 and whole == 12_000


def test_a_row_in_bold_or_above_a_filter_or_of_a_table_names_the_columns_below_it(tmp_path: Path) -> None:
    rows = (
        ("Item", "Qty"),
        ("Sofa", "1"),
        ("", ""),
        ("Person", "Role"),
        ("Ann", "owner"),
        ("", ""),
        ("Note", "By"),
        ("Call", "Bob"),
    )
    plain = bold = cells(*rows)
    for words in ("Person", "Role"):
        bold = bold.replace(f'<c t="inlineStr"><is><t>{words}', f'<c s="1" t="inlineStr"><is><t>{words}')
    fonts = "<fonts><font/><font><b/></font></fonts><cellXfs><xf fontId='0'/><xf fontId='1'/></cellXfs>"
    styles = {"xl/styles.xml": f"<styleSheet xmlns='urn:s'>{fonts}</styleSheet>"}
    table = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("table", "../tables/table1.xml")),
        "xl/tables/table1.xml": "<table xmlns='urn:s' ref='A7:B8'/>",
    }
    filtered = bold + '<autoFilter ref="A4:B5"/>'
    for sheet, more, headers in (
        (plain, {}, ["Item | Qty", "Item | Qty", "Item | Qty"]),
        (bold, styles, ["Item | Qty", "Person | Role", "Person | Role"]),
        (filtered, table, ["Item | Qty", "Person | Role", "Note | By"]),
    ):
        (page,) = read(tmp_path, xlsx({"S": sheet}, more=more))
        assert [table.header for table in page.tables] == headers


def test_cells_that_are_struck_out_are_told_between_marks(tmp_path: Path) -> None:
    fonts = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId='0'/><xf fontId='1'/></cellXfs>"
    sheet = cells(("Item", "Qty"), ("Sofa", "1")).replace('<c t="inlineStr"><is><t>Sofa', '<c s="1" t="inlineStr"><is><t>Sofa')
    (page,) = read(tmp_path, xlsx({"S": sheet}, more={"xl/styles.xml": f"<styleSheet xmlns='urn:s'>{fonts}</styleSheet>"}))
    assert page.text == "S\nItem | Qty\n~~Sofa~~ | 1"


def test_raised_digits_stand_apart_from_the_number_before_them(tmp_path: Path) -> None:
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
    texts = f"<is><r><t>1,200</t></r>{raised}</is>", f"<is><r><t>50 m</t></r>{raised}</is>"
    sheet = "<sheetData><row>" + "".join(f'<c t="inlineStr">{text}</c>' for text in texts) + "</row></sheetData>"
    assert rows_of(tmp_path, sheet) == ["1,200^2 | 50 m2"]


def test_words_of_a_cell_that_are_struck_out_are_told_between_marks(tmp_path: Path) -> None:
    def run(words: str, look: str | None = None) -> str:
        return f"<r>{'' if look is None else f'<rPr>{look}</rPr>'}<t xml:space='preserve'>{words}</t></r>"

    fonts = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId='0'/><xf fontId='1'/></cellXfs>"
    strings = (
        run("Fee: ") + run("£120", "<strike/>") + run(" or more", "<b/><strike val='1'/>") + run(" £95", "<strike val='0'/>"),
        run("All but") + run(" me", "<b/>"),
        "<t>Sofa</t>",
    )
    shared = f"<sst xmlns='urn:s'>{''.join(f'<si>{one}</si>' for one in strings)}</sst>"
    cell = '<c s="{}" t="s"><v>{}</v></c>'
    rows = "".join(f"<row>{cell.format(0, place)}{cell.format(1, place)}</row>" for place in range(len(strings)))
    styles = f"<styleSheet xmlns='urn:s'>{fonts}</styleSheet>"
    content = xlsx({"S": f"<sheetData>{rows}</sheetData>"}, more={"xl/styles.xml": styles, "xl/sharedStrings.xml": shared})
    (page,) = read(tmp_path, content)
    fee = "Fee: ~~£120 or more~~ £95 | ~~Fee: £120 or more~~ £95"
    assert page.text == f"S\n{fee}\nAll but me | ~~All but~~ me\nSofa | ~~Sofa~~"
