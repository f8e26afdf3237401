"""OpenDocument texts: where each kind of text goes, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.odt import read_odt
from rag_app.parsing.source import Source
from rag_app.records import Heading, Page, Table
from tests.made_files import odt_of, write, zip_of


def page_of(folder: Path, body: str, styles: str = "") -> Page:
    path = write(folder, "a.odt", odt_of(body, styles))
    (page,) = read_odt(Source(path, "a.odt", 50)).pages
    return page


def test_headings_titles_and_tables_are_told(tmp_path: Path) -> None:
    body = (
        '<style:style style:name="P1" style:parent-style-name="Title"/><text:p text:style-name="P1">The whole</text:p>'
        '<text:h text:outline-level="2">第一节</text:h><table:table><table:table-row><table:table-cell><text:p>Year</text:p>'
        "</table:table-cell><table:table-cell/><table:table-cell><text:p>Costs</text:p></table:table-cell></table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>2021</text:p></table:table-cell>'
        "<table:table-cell><text:p>7</text:p></table:table-cell></table:table-row></table:table>"
    )
    text = "The whole\n第一节\nYear | Costs\n2021 | 7"
    headings, tables = (Heading(0, 9, 1), Heading(10, 13, 2)), (Table(27, 35, "Year | Costs"),)
    assert page_of(tmp_path, body) == Page(1, text, headings, tables)


def test_a_cell_of_several_rows_is_told_in_each(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell{more}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    spans = ' table:number-columns-spanned="2" table:number-rows-spanned="2"'
    head = row(cell("Region"), cell("District"), cell("Price"), cell("Stock"))
    rows = row(cell("North", spans), covered, cell("10"), cell("500")), row(covered, covered, cell("20"), cell("700"))
    page = page_of(tmp_path, f"<table:table>{head}{''.join(rows)}{row(covered, covered, cell('30'), cell('900'))}</table:table>")
    assert page.text == "Region | District | Price | Stock\nNorth | | 10 | 500\nNorth | | 20 | 700\n| | 30 | 900"


def test_a_row_that_claims_endless_columns_keeps_its_cells(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>a</text:p></table:table-cell>'
    body = f"<table:table><table:table-row>{cell * 100}</table:table-row></table:table>"
    assert page_of(tmp_path, body).text.count("a") == 100


def test_notes_comments_and_text_boxes_follow_their_paragraph(tmp_path: Path) -> None:
    body = (
        "<text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>At the foot.</text:p>"
        "</text:note-body></text:note> two<office:annotation><dc:creator>Ann</dc:creator><dc:date>2021</dc:date>"
        "<text:p>Is this so?</text:p></office:annotation><draw:frame><svg:title>Picture</svg:title><draw:text-box>"
        "<text:p>In the box.</text:p></draw:text-box></draw:frame> three.</text:p>"
    )
    assert page_of(tmp_path, body).text == "One two three.\nAt the foot.\nAnn: Is this so?\nIn the box."


def test_spaces_and_breaks_are_those_of_the_writer_not_of_the_file(tmp_path: Path) -> None:
    body = '<text:p>one\n<text:span>two</text:span><text:s text:c="3"/>three<text:tab/>four<text:line-break/>five</text:p>'
    assert page_of(tmp_path, body).text == "one two three four\nfive"


def test_what_was_deleted_is_left_out(tmp_path: Path) -> None:
    deleted = "<text:tracked-changes><text:deletion><text:p>old</text:p></text:deletion></text:tracked-changes>"
    assert page_of(tmp_path, deleted + "<text:p>new</text:p>").text == "new"


def test_headers_and_footers_are_read_once_and_page_numbers_not(tmp_path: Path) -> None:
    header, number = "<style:header><text:p>Acme Ltd.</text:p></style:header>", "<style:footer><text:p>3</text:p></style:footer>"
    styles = header + header + number + "<style:footer><text:p>Confidential</text:p></style:footer>"
    assert page_of(tmp_path, "<text:p>Text.</text:p>", styles).text == "Acme Ltd.\nText.\nConfidential"


def test_a_locked_document_is_named_so(tmp_path: Path) -> None:
    manifest = "<m><file-entry><encryption-data/></file-entry></m>"
    path = write(tmp_path, "a.odt", zip_of({"content.xml": b"\x07\x99", "META-INF/manifest.xml": manifest}))
    with pytest.raises(DocumentError, match=r"^a\.odt is locked with a password") as caught:
        read_odt(Source(path, "a.odt", 50))
    assert caught.value.reason is Reason.PASSWORD_NEEDED


def test_raised_digits_stand_apart_from_the_number_before_them(tmp_path: Path) -> None:
    looks = ("super 58%", "33% 58%", "sub 58%")
    styles = "".join(
        f'<style:style style:name="T{place}"><style:text-properties style:text-position="{look}"/></style:style>'
        for place, look in enumerate(looks)
    )
    spans = ["<text:span text:style-name='T{}'>{}</text:span>".format(*one) for one in ((0, "2"), (1, "6"), (2, "1"), (0, "2"))]
    body = "<text:p>In 1984{} 10{} 10{} m{}</text:p>".format(*spans)
    assert page_of(tmp_path, styles + body).text == "In 1984^2 10^6 101 m2"


def test_items_and_headings_have_the_numbers_that_their_styles_give_them(tmp_path: Path) -> None:
    def level(depth: int, more: str, kind: str = "list-level-style-number") -> str:
        return f'<text:{kind} text:level="{depth}" {more}/>'

    def listed(*items: str, more: str = "") -> str:
        return f"<text:list {more}>" + "".join(f"<text:list-item>{item}</text:list-item>" for item in items) + "</text:list>"

    levels = (
        level(1, 'style:num-format="1" style:num-suffix="."'),
        level(2, 'style:num-format="a" style:num-prefix="(" style:num-suffix=")"'),
    )
    outline = (
        level(1, 'style:num-format="一, 二, 三, ..." style:num-suffix="、"', "outline-level-style"),
        level(2, 'style:num-format="1" text:display-levels="2"', "outline-level-style"),
    )
    styles = (
        f'<text:list-style style:name="L1">{"".join(levels)}</text:list-style>'
        f'<text:list-style style:name="L2">{level(1, "", "list-level-style-bullet")}</text:list-style>'
        f"<text:outline-style>{''.join(outline)}</text:outline-style>"
    )
    inner = listed("<text:p>inner</text:p>", "<text:p>more</text:p><text:p>without</text:p>")
    body = (
        '<text:h text:outline-level="1">First</text:h><text:h text:outline-level="2">Part</text:h>'
        + listed(f"<text:p>one</text:p>{inner}", "<text:p></text:p>", "<text:p>three</text:p>", more='text:style-name="L1"')
        + listed("<text:p>four</text:p>", more='text:style-name="L1" text:continue-numbering="true"')
        + listed("<text:p>dot</text:p>", more='text:style-name="L2"')
        + listed("<text:p>anew</text:p>", more='text:style-name="L1"')
        + '<text:h text:outline-level="1">第二</text:h>'
    )
    lines = ["一、 First", "一.1 Part", "1. one", "(a) inner", "(b) more", "without", "3. three", "4. four", "dot", "1. anew"]
    assert page_of(tmp_path, styles + body).text.split("\n") == [*lines, "二、 第二"]


def test_what_is_struck_out_is_told_between_marks(tmp_path: Path) -> None:
    def style(name: str, look: str = "", more: str = "") -> str:
        return f'<style:style style:name="{name}" {more}><style:text-properties {look}/></style:style>'

    def span(name: str, words: str) -> str:
        return f'<text:span text:style-name="{name}">{words}</text:span>'

    line = 'style:text-line-through-style="{}" style:text-line-through-type="{}"'
    common = "<office:styles>" + style("Old", 'style:text-line-through-type="single"') + "</office:styles>"
    styles = (
        style("T1", line.format("solid", "single"))
        + style("T2", line.format("none", "none"))
        + style("T3", 'fo:font-weight="bold"', 'style:parent-style-name="Old"')
        + style("P1", line.format("solid", "double"))
    )
    note = "<text:note><text:note-body><text:p>Of the note.</text:p></text:note-body></text:note>"
    colour = span("T3", " colour")
    lines = (
        f"Walls are {span('T1', f'in <text:s/>any{colour}')} white.",
        f"Fee: {span('T1', f'£120{note}')} £95",
        f"Dogs are free, {span('T2', 'cats too')}.",
    )
    body = "".join(
        f'<text:p text:style-name="{name}">{words}</text:p>' for name, words in zip(("P0", "P0", "P1"), lines, strict=True)
    )
    told = "Walls are ~~in any colour~~ white.\nFee: ~~£120~~ £95\nOf the note.\n~~Dogs are free,~~ cats too~~.~~"
    assert page_of(tmp_path, styles + body, common).text == told
