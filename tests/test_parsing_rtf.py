"""Rich Text: character sets, structure, what is passed over, and broken documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.rtf import read_rtf
from rag_app.parsing.source import Source
from rag_app.records import Heading, Page, Table
from tests.made_files import write


def page_of(folder: Path, content: bytes) -> Page:
    (page,) = read_rtf(Source(write(folder, "a.rtf", content), "a.rtf", 50)).pages
    return page


def hexadecimal(text: str, encoding: str) -> bytes:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding)).encode()


@pytest.mark.parametrize(
    ("head", "text", "encoding"),
    [
        (rb"{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0 ", "岳飞是名将", "gb18030"),
        (rb"{\fonttbl{\f3\fnil\fcharset136 MingLiU;}}\f3 ", "岳飛是名將", "big5"),
        (rb"{\fonttbl{\f0\fnil\fcharset128 MS Mincho;}}\f0 ", "吾輩は猫である", "cp932"),
        (rb"{\fonttbl{\f0\fnil\fcharset204 Arial;}}\f0 ", "Москва", "cp1251"),
        (rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 SimSun;}}\loch\af0\f0\dbch\af1 ", "岳飞", "gbk"),
        (rb"\ansicpg936 ", "岳飞", "gbk"),
        (rb"\ansicpg1252 ", "crêperie", "cp1252"),
        (rb"\ansicpg99999 ", "crêperie", "cp1252"),
    ],
)
def test_bytes_are_read_in_the_character_set_of_their_font_or_document(
    tmp_path: Path, head: bytes, text: str, encoding: str
) -> None:
    assert page_of(tmp_path, rb"{\rtf1 " + head + hexadecimal(text, encoding) + b"}").text == text
    assert page_of(tmp_path, rb"{\rtf1 " + head + text.encode(encoding).replace(b"\\", b"\\\\") + b"}").text == text


def test_unicode_characters_take_the_place_of_what_follows_them(tmp_path: Path) -> None:
    content = rb"{\rtf1\uc2\u23731\'d4\'c0\uc1 {\u-10179?\u-9216?}\u8220\'93so\u99999999? \emdash\~a\_b}"
    assert page_of(tmp_path, content).text == "岳🐀“so\ufffd — a-b"


def test_raised_digits_stand_apart_from_the_number_before_them(tmp_path: Path) -> None:
    content = rb"{\rtf1 In 1984{\super 1\b 2} 10\super 6\nosupersub 7 m{\super 2} 1{\super st} 8{\sub 9} {\super 3}5}"
    assert page_of(tmp_path, content).text == "In 1984^12 10^67 m2 1st 89 35"


def test_headings_are_told_by_style_and_outline_level(tmp_path: Path) -> None:
    styles = rb"{\stylesheet{\s0 Normal;}{\s1\sb240 heading 1;}{\*\cs10 heading 2;}{\s5 Title;}}"
    content = styles + rb"\pard\s5 All\par\pard\s1 Part\par\pard\s0\outlinelevel1 Section\par\pard Text.\par"
    page = page_of(tmp_path, rb"{\rtf1" + content + b"}")
    assert page == Page(1, "All\nPart\nSection\nText.", (Heading(0, 3, 1), Heading(4, 8, 1), Heading(9, 16, 2)))


def test_tables_are_told_as_rows_and_those_within_cells_in_their_row(tmp_path: Path) -> None:
    rows = rb"\trowd\pard\intbl Year\cell Costs\cell\row\trowd\pard\intbl 2021\cell 7\cell\row\pard After.\par"
    nested = (
        rb"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\nestrow}{\nonesttables no\par}\pard\intbl c\cell d\cell\row"
    )
    page = page_of(tmp_path, rb"{\rtf1" + rows + nested + b"}")
    assert page == Page(1, "Year | Costs\n2021 | 7\nAfter.\na, b c | d", (), (Table(13, 21, "Year | Costs"),))


def test_notes_and_text_boxes_follow_their_paragraph_and_headers_come_once(tmp_path: Path) -> None:
    content = (
        rb"{\header Acme Ltd.\par}{\headerf Acme Ltd.}{\footer {\field{\fldrslt 3}}}{\footerl Confidential}"
        rb"One{\super 1}{\footnote {\super 1} At the foot.} two{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt In the box.\par}}"
        rb"{\shprslt In the box.}} three.\par More."
    )
    text = "Acme Ltd.\nOne1 two three.\n1 At the foot.\nIn the box.\nMore.\nConfidential"
    assert page_of(tmp_path, rb"{\rtf1" + content + b"}").text == text


def test_what_nobody_sees_is_passed_over(tmp_path: Path) -> None:
    content = (
        rb"{\info{\title T}}{\*\unknown u}{\pict\bin4 }}}}}{\v hidden}{\deleted old}"
        rb"{\field{\*\fldinst HYPERLINK http://a}{\fldrslt link}} {\listtext\'b7\tab}text"
    )
    assert page_of(tmp_path, rb"{\rtf1" + content + b"}").text == "link text"


def test_a_document_that_lies_nests_or_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    assert page_of(tmp_path, rb"{\rtf1{\pict\bin2147483647 abc} after}").text == "after"
    assert page_of(tmp_path, rb"{\rtf1 " + rb"{\b " * 50_000 + b"deep").text == "deep"
    assert page_of(tmp_path, rb"{\rtf1 more}}}}} closed than open \'zz\u}").text == "more closed than open zz\ufffd"
    assert page_of(tmp_path, rb"{\rtf1\pard\intbl\itap999999999 far\nestcell\nestrow}").text == "far"
    with pytest.raises(DocumentError, match="breaks off") as caught:
        page_of(tmp_path, rb"{\rtf1{\fonttbl{\f0")
    assert caught.value.reason is Reason.DAMAGED


def test_items_and_headings_have_the_numbers_that_were_put_before_them(tmp_path: Path) -> None:
    content = (
        rb"{\rtf1\ansi {\listtext\plain 2.1.\tab}The rent.\par{\pntext\f1 (b)\tab}The deposit.\par"
        rb"{\listtext\'b7\tab}A key.\par{\listtext\f2 o\tab}A lamp.\par{\listtext\u31532?3\u26465?\tab}End.\par}"
    )
    assert page_of(tmp_path, content).text == "2.1. The rent.\n(b) The deposit.\nA key.\nA lamp.\n第3条 End."


def test_what_is_struck_out_is_told_between_marks(tmp_path: Path) -> None:
    first = rb"Walls are {\strike in any\~{\b colour}} white, {\striked1 don\rquote t}{\striked0  ask}.\par"
    second = rb"\strike \'a3120\strike0  \'a395 \strike or free\plain  now\cell"
    content = rb"{\rtf1\ansicpg1252 " + first + rb"\intbl " + second + rb"\row}"
    assert page_of(tmp_path, content).text == "Walls are ~~in any colour~~ white, ~~don’t~~ ask.\n~~£120~~ £95 ~~or free~~ now"
