"""OpenDocument spreadsheets and presentations as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.odp import read_odp
from rag_app.parsing.ods import read_ods
from rag_app.parsing.sheets import cell_name
from rag_app.parsing.source import Source
from rag_app.records import CellRows, Heading, Page, Table
from tests.made_files import write
from tests.made_office import open_document


def sheets(folder: Path, body: str, *, more: dict[str, str] | None = None) -> tuple[Page, ...]:
    path = write(folder, "book.ods", open_document("spreadsheet", body, more=more))
    return tuple(read_ods(Source(path, "book.ods", 3)).pages)


def slides(folder: Path, body: str, *, more: dict[str, str] | None = None) -> tuple[Page, ...]:
    path = write(folder, "talk.odp", open_document("presentation", body, more=more))
    return tuple(read_odp(Source(path, "talk.odp", 3)).pages)


def table(name: str, *rows: str) -> str:
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}">{lines}</table:table>'


def cell(words: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{words}</text:p></table:table-cell>"


def frame(words: str, kind: str = "") -> str:
    return f'<draw:frame presentation:class="{kind}"><draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame>'


def test_sheets_are_pages_and_cells_hold_what_they_show(tmp_path: Path) -> None:
    percent = cell("26 %", 'office:value-type="percentage" office:value="0.256"')
    never_shown = '<table:table-cell office:value="7"/>'
    rows = (cell("Name") + cell("Share") + cell("Count"), cell("李四") + percent + never_shown)
    text = "People\nName | Share | Count\n李四 | 26 % | 7"
    assert sheets(tmp_path, table("People", *rows) + table("Empty")) == (
        Page(
            1, text, (Heading(0, 6, 1),), (Table(28, len(text), "Name | Share | Count"),), (CellRows(7, len(text), 1, "A", "C"),)
        ),
        Page(2, ""),
    )


def test_raised_digits_stand_apart_from_the_number_before_them(tmp_path: Path) -> None:
    look = '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    small = "<text:span text:style-name='T1'>{}</text:span>"
    row = cell(f"10{small.format(6)} km{small.format(2)}, 19<text:span>84</text:span>")
    body = f"<office:body><office:spreadsheet>{table('S', row)}{table('T', row)}</office:spreadsheet></office:body>"
    pages = sheets(tmp_path, "", more={"content.xml": f"<office:automatic-styles>{look}</office:automatic-styles>{body}"})
    assert [page.text for page in pages] == ["S\n10^6 km2, 1984", "T\n10^6 km2, 1984"]


def test_a_million_empty_rows_and_columns_are_passed_over_and_repeated_cells_are_not(tmp_path: Path) -> None:
    far = 'table:number-columns-repeated="16000"'
    rows = f'<table:table-row table:number-rows-repeated="1048574"><table:table-cell {far}/></table:table-row>'
    again = cell("a", 'table:number-columns-repeated="2"') + f"<table:table-cell {far}/>" + cell("far")
    (page,) = sheets(tmp_path, table("S", again).replace("</table:table>", rows + "</table:table>"))
    assert page.text == "S\na | a | far"


def test_a_cell_merged_over_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    covered = "<table:covered-table-cell/>"
    rows = (cell("Kind") + cell("Name"), cell("Fruit", 'table:number-rows-spanned="2"') + cell("Apple"), covered + cell("Pear"))
    (page,) = sheets(tmp_path, table("S", *rows))
    assert page.text == "S\nKind | Name\nFruit | Apple\nFruit | Pear"


def test_comments_and_titles_of_charts_follow_the_rows(tmp_path: Path) -> None:
    comment = "<table:table-cell><office:annotation><text:p>To be checked</text:p></office:annotation></table:table-cell>"
    chart = '<table:table-cell><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></table:table-cell>'
    more = {"Object 1/content.xml": "<chart:title><text:p>Sales</text:p></chart:title>"}
    (page,) = sheets(tmp_path, table("S", cell("a") + comment + chart), more=more)
    assert page.text == "S\na\nB1: To be checked\nSales"


@pytest.mark.parametrize(("column", "row", "name"), [(0, 1, "A1"), (25, 7, "Z7"), (26, 2, "AA2"), (16383, 1048576, "XFD1048576")])
def test_cells_have_the_names_people_give_them(column: int, row: int, name: str) -> None:
    assert cell_name(column, row) == name


def test_slides_are_pages_with_titles_groups_tables_charts_and_notes(tmp_path: Path) -> None:
    notes = f"<presentation:notes>{frame('Say hello.', 'notes')}{frame('1', 'page-number')}</presentation:notes>"
    group = f"<draw:g><draw:g>{frame('inside')}</draw:g></draw:g>"
    chart = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    rows = f"<draw:frame>{table('t', cell('Name') + cell('Age'), cell('Ann') + cell('30'))}</draw:frame>"
    more = {"Object 1/content.xml": "<chart:title><text:p>Sales</text:p></chart:title>"}
    foot = frame("Acme", "footer") + frame("7", "page-number")
    body = f"<draw:page>{group}{frame('计划', 'title')}{rows}{chart}{foot}{notes}</draw:page><draw:page>{foot}</draw:page>"
    text = "计划\ninside\nName | Age\nAnn | 30\nSales\nAcme\nSay hello."
    assert slides(tmp_path, body, more=more) == (
        Page(1, text, (Heading(0, 2, 1),), (Table(21, 29, "Name | Age"),)),
        Page(2, ""),
    )


def test_too_many_sheets_or_slides_and_torn_content_get_their_reasons(tmp_path: Path) -> None:
    for read, body in ((sheets, table("S") * 4), (slides, "<draw:page/>" * 4)):
        with pytest.raises(DocumentError, match="4 pages, more than the 3 allowed") as caught:
            read(tmp_path, body)
        assert caught.value.reason == Reason.TOO_MANY_PAGES
    for read in (sheets, slides):
        with pytest.raises(DocumentError, match="is damaged") as caught:
            read(tmp_path, "<draw:page></office:oops>")
        assert caught.value.reason == Reason.DAMAGED


def test_cells_and_words_that_are_struck_out_are_told_between_marks(tmp_path: Path) -> None:
    def style(name: str, line: str) -> str:
        look = f'<style:text-properties style:text-line-through-style="{line}"/>'
        return f'<style:style style:name="{name}">{look}</style:style>'

    old, part = 'table:style-name="ce1"', "<text:span text:style-name='T1'>{}</text:span>"
    rows = (
        cell("Item") + cell("Price"),
        cell("Sofa", old) + cell(f"{part.format('£120')} £95 {part.format('or <text:span>free</text:span>')}"),
        cell("All but <text:span text:style-name='T2'>me</text:span>", old) + f'<table:table-cell {old} office:value="7"/>',
        cell("Table") + cell("£9"),
    )
    columns = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
    whole = table("T", cell("Sofa") + cell("£1") + cell("£2", 'table:style-name="ce2"')).replace(
        "<table:table-row", columns + "<table:table-row"
    )
    styles = style("ce1", "solid") + style("T1", "solid") + style("T2", "none") + style("ce2", "none")
    body = f"<office:body><office:spreadsheet>{table('S', *rows)}{whole}</office:spreadsheet></office:body>"
    pages = sheets(tmp_path, "", more={"content.xml": f"<office:automatic-styles>{styles}</office:automatic-styles>{body}"})
    told = "S\nItem | Price\n~~Sofa~~ | ~~£120~~ £95 ~~or free~~\n~~All but~~ me | ~~7~~\nTable | £9"
    assert [page.text for page in pages] == [told, "T\nSofa | ~~£1~~ | £2"]
