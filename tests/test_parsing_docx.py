"""Word documents: where each kind of text goes, what is left out, and what hostile ones come to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.docx import read_docx
from rag_app.parsing.source import Source
from rag_app.records import Document, Page, PageBreak, Table
from rag_app.splitting import split
from tests.made_files import docx_of, write, zip_of

VML = 'xmlns:mc="urn:mc"'


def page_of(folder: Path, body: str, parts: dict[str, str] | None = None) -> Page:
    path = write(folder, "a.docx", docx_of(f"<w:body>{body}</w:body>", parts))
    (page,) = read_docx(Source(path, "a.docx", 50)).pages
    return page


def paragraph(words: str, properties: str = "", more: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r>{more}</w:p>"


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    either = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawn = f"<w:r><mc:AlternateContent {VML}>{either}</mc:AlternateContent></w:r>"
    assert page_of(tmp_path, paragraph("Beside it.", more=drawn)).text == "In the box.\nBeside it."


def test_notes_and_comments_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    marks = '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/><w:commentReference w:id="0"/></w:r>'
    parts = {
        "footnotes.xml": f'<w:footnote w:id="2">{paragraph("At the foot.")}</w:footnote>',
        "endnotes.xml": f'<w:endnote w:id="2">{paragraph("在末尾。")}</w:endnote>',
        "comments.xml": f'<w:comment w:id="0" w:author="Ann">{paragraph("Is this so?")}</w:comment>',
    }
    page = page_of(tmp_path, paragraph("Text.", more=marks) + paragraph("More text.", more=marks), parts)
    assert page.text == "Text.\nAt the foot.\n在末尾。\nAnn: Is this so?\nMore text."


def test_headers_and_footers_are_read_once_and_page_numbers_not(tmp_path: Path) -> None:
    parts = {
        "header1.xml": paragraph("Acme Ltd."),
        "header2.xml": paragraph("Acme Ltd."),
        "footer1.xml": paragraph("3") + paragraph("Confidential"),
    }
    assert page_of(tmp_path, paragraph("Text."), parts).text == "Acme Ltd.\nText.\nConfidential"


def test_what_was_deleted_is_left_out_and_what_was_inserted_is_not(tmp_path: Path) -> None:
    changes = (
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t> new</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>end</w:t><w:noBreakHyphen/></w:r>"
    )
    assert page_of(tmp_path, paragraph("The", more=changes)).text == "The new end-"


def test_raised_digits_stand_apart_from_the_number_before_them(tmp_path: Path) -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'.format
    power = "<m:oMath xmlns:m='urn:m'><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>6</m:t></m:r></m:sup></m:oMath>"
    more = raised("2") + raised("3") + "<w:r><w:t> 1</w:t></w:r>" + raised("st") + "<w:r><w:t> </w:t></w:r>" + power
    assert page_of(tmp_path, paragraph("In 1984", more=more)).text == "In 1984^23 1st 10^6"


def test_a_table_within_a_cell_stands_in_its_row_and_a_cell_alone_keeps_its_paragraphs(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('one')}</w:tc><w:tc>{inner}{paragraph('two')}</w:tc><w:tc/></w:tr></w:tbl>"
    layout = f"<w:tbl><w:tr><w:tc>{paragraph('First.')}{paragraph('Second.')}</w:tc><w:tc/></w:tr></w:tbl>"
    assert page_of(tmp_path, outer + layout).text == "one | a, b two\nFirst.\nSecond."


def test_a_row_below_merged_cells_stays_under_the_names_of_its_columns(tmp_path: Path) -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    rows = (
        f"<w:tc>{paragraph('Year')}</w:tc><w:tc>{paragraph('Revenue')}</w:tc><w:tc>{paragraph('Costs')}</w:tc>",
        f"<w:tc>{wide}{paragraph('2021')}</w:tc><w:tc>{paragraph('7')}</w:tc>",
    )
    page = page_of(tmp_path, "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert page == Page(1, "Year | Revenue | Costs\n2021 | | 7", (), (Table(23, 33, "Year | Revenue | Costs"),))


def test_a_cell_of_several_rows_is_told_in_each(tmp_path: Path) -> None:
    first, more = (f"<w:tcPr><w:vMerge{value}/></w:tcPr>" for value in (' w:val="restart"', ""))
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('c')}</w:tc><w:tc>{paragraph('d')}</w:tc></w:tr></w:tbl>"
    rows = (
        f"<w:tc>{first}{paragraph('North')}</w:tc><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('1')}</w:tc>",
        f"<w:tc>{more}{paragraph('')}</w:tc><w:tc>{paragraph('b')}</w:tc><w:tc>{paragraph('2')}</w:tc>",
        f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{inner}</w:tc><w:tc>{paragraph("3")}</w:tc>',
        f"<w:tc>{more}{paragraph('')}</w:tc><w:tc>{paragraph('')}</w:tc><w:tc>{paragraph('')}</w:tc>",
    )
    page = page_of(tmp_path, "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert page.text == "North | a | 1\nNorth | b | 2\nc, d | 3"


def test_headings_are_told_by_style_what_it_is_based_on_and_outline_level(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="1"><w:name w:val="Heading 2"/></w:style>'
        '<w:style w:styleId="Mine"><w:basedOn w:val="1"/></w:style>'
        '<w:style w:styleId="Outer"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = (
        paragraph("Part", '<w:pStyle w:val="Outer"/>')
        + paragraph("第一节", '<w:pStyle w:val="Mine"/>')
        + paragraph("Text.", '<w:pStyle w:val="A"/>')
        + paragraph("Not one.", '<w:pStyle w:val="Mine"/><w:outlineLvl w:val="9"/>')
        + paragraph("Third", '<w:outlineLvl w:val="2"/>')
    )
    page = page_of(tmp_path, body, {"styles.xml": styles})
    found = [(page.text[heading.start : heading.end], heading.level) for heading in page.headings]
    assert found == [("Part", 1), ("第一节", 2), ("Third", 3)]


def test_the_body_is_found_by_any_name_and_in_the_strict_format(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml"
    kind = f"{strict}/officeDocument/relationships/officeDocument"
    relation = f'<R><Relationship Type="{kind}" Target="/word/d2.xml"/></R>'
    body = f'<w:document xmlns:w="{strict}/wordprocessingml/main"><w:body>{paragraph("Strict.")}'
    path = write(tmp_path, "a.docx", zip_of({"_rels/.rels": relation, "word/d2.xml": body + "</w:body></w:document>"}))
    assert [page.text for page in read_docx(Source(path, "a.docx", 50)).pages] == ["Strict."]


def test_a_torn_document_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write(tmp_path, "a.docx", docx_of(f"<w:body>{paragraph('The first words.')}<w:p><w:r>"))
    assert [page.text for page in read_docx(Source(path, "a.docx", 50)).pages] == ["The first words."]


def test_a_thousandfold_nesting_is_no_matter(tmp_path: Path) -> None:
    assert page_of(tmp_path, "<w:sdt>" * 1500 + paragraph("Deep.") + "</w:sdt>" * 1500).text == "Deep."


def test_a_table_within_a_merged_cell_and_a_row_that_begins_later_leave_the_columns_as_they_are(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    rows = (
        "".join(f"<w:tc>{paragraph(name)}</w:tc>" for name in ("Year", "Revenue", "Costs")),
        f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{inner}{paragraph("c")}</w:tc><w:tc>{paragraph("7")}</w:tc>',
        f'<w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>{paragraph("8")}</w:tc><w:tc>{paragraph("9")}</w:tc>',
    )
    page = page_of(tmp_path, "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert page.text == "Year | Revenue | Costs\na, b c | | 7\n| 8 | 9"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_that_declares_entities_is_refused(tmp_path: Path, encoding: str) -> None:
    laughs = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
    path = write(tmp_path, "a.docx", zip_of({"word/document.xml": laughs.encode(encoding)}))
    with pytest.raises(DocumentError, match=r"^a\.docx declares abbreviations") as caught:
        read_docx(Source(path, "a.docx", 50))
    assert caught.value.reason is Reason.EXPANDS_TOO_MUCH


def level(index: int, kind: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(words: str, level: int, identifier: int = 1) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identifier}"/></w:numPr>')


def test_headings_and_items_have_the_numbers_that_word_puts_before_them(tmp_path: Path) -> None:
    clause = (
        level(0, "decimal", "%1.", '<w:pStyle w:val="Heading1"/>') + level(1, "decimal", "%1.%2") + level(2, "lowerRoman", "(%3)")
    )
    in_list = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:styleId="Heading1"><w:name w:val="heading 1"/>{in_list}</w:style>'
    override = '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="4"/></w:lvlOverride>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{clause}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    )
    heading = '<w:pStyle w:val="Heading1"/>'
    body = (
        paragraph("Scope", heading)
        + paragraph("Terms", heading)
        + numbered("Rent.", 1)
        + numbered("Notice.", 1)
        + "".join(numbered(words, 2, 2) for words in ("a", "b", "c"))
        + numbered("Place.", 1)
        + paragraph("End", heading + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    page = page_of(tmp_path, body, {"styles.xml": styles, "numbering.xml": numbering})
    lines = ["1. Scope", "2. Terms", "2.1 Rent.", "2.2 Notice.", "(iv) a", "(v) b", "(vi) c", "2.3 Place.", "End"]
    assert page.text.replace("\n\n", "\n").split("\n") == lines
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["1. Scope", "2. Terms", "End"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("chineseCounting", "第十二条 x"),
        ("upperLetter", "第L条 x"),
        ("upperRoman", "第XII条 x"),
        ("decimalZero", "第12条 x"),
        ("bullet", "• x"),
        ("chineseCountingThousand", "第十二条 x"),
    ],
)
def test_numbers_are_written_as_the_list_says(tmp_path: Path, kind: str, expected: str) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, kind, "第%1条")}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    page = page_of(tmp_path, numbered("x", 0) * 12, {"numbering.xml": numbering})
    assert page.text.split("\n")[-1] == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [(100, "一百"), (105, "一百零五"), (110, "一百一十"), (1001, "一千零一"), (2340, "二千三百四十"), (10000, "10000")],
)
def test_chinese_numbers_go_on_above_a_hundred(tmp_path: Path, start: int, expected: str) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "chineseCountingThousand", "第%1条")}</w:abstractNum>'
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    numbering += f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{override}</w:num>'
    assert page_of(tmp_path, numbered("x", 0), {"numbering.xml": numbering}).text == f"第{expected}条 x"


def test_a_list_may_be_legal_linked_or_change_a_level(tmp_path: Path) -> None:
    legal = level(1, "decimalZero", "Section %1.%2").replace("<w:lvlText", "<w:isLgl/><w:lvlText")
    levels = level(0, "upperRoman", "Article %1.") + legal
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "(%1)")}</w:lvlOverride>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="Legal"/>{levels}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="2"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="1"/>{override}</w:num>'
    )
    body = numbered("Scope", 0) + numbered("Terms", 1) + numbered("Rent", 0) + numbered("Due", 1) + numbered("own", 0, 2)
    lines = ["Article I. Scope", "Section 1.01 Terms", "Article II. Rent", "Section 2.01 Due", "(c) own"]
    assert page_of(tmp_path, body, {"numbering.xml": numbering}).text.split("\n") == lines


def test_a_deleted_item_does_not_count(tmp_path: Path) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    deleted = numbered("", 0).replace(
        "</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>b</w:delText></w:r></w:del>"
    )
    body = numbered("a", 0) + deleted + numbered("c", 0)
    assert page_of(tmp_path, body, {"numbering.xml": numbering}).text.split() == ["1.", "a", "2.", "c"]


def pages_of(folder: Path, body: str, *, told: int = 0) -> tuple[Page, ...]:
    app = {"docProps/app.xml": f'<Properties xmlns="urn:app"><Pages>{told}</Pages></Properties>'} if told else {}
    path = write(folder, "a.docx", docx_of(f"<w:body>{body}</w:body>", more=app))
    return tuple(read_docx(Source(path, "a.docx", 50)).pages)


RENDERED, SET = "<w:lastRenderedPageBreak/>", '<w:br w:type="page"/>'


def run(*parts: str) -> str:
    told = (part if part.startswith("<") else f"<w:t>{part}</w:t>" for part in parts)
    return f"<w:p><w:r>{''.join(told)}</w:r></w:p>"


def test_pages_are_those_that_the_program_laid_out(tmp_path: Path) -> None:
    body = run("One.") + run("Two ", RENDERED, "goes on.") + run(RENDERED, "Three.")
    first, second, third = pages_of(tmp_path, body, told=3)
    assert [page.text for page in (first, second, third)] == ["One.\nTwo", "goes on.", "Three."]
    assert (second.continues, third.continues) == (PageBreak(len("One.\nTwo"), " "), None)


def test_a_sentence_over_two_pages_stands_whole_in_a_passage(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, run("锡价在二零二四年", RENDERED, "下跌了三成。"))
    document = Document("d", "a.docx", "a", "", 1, pages)
    passages = split(document, count_tokens=lambda texts: list(map(len, texts)), passage_tokens=90, overlap_tokens=9)
    assert [(passage.text, [place.page for place in passage.whole]) for passage in passages] == [
        ("锡价在二零二四年下跌了三成。", [1, 2])
    ]


def test_a_page_that_was_set_to_begin_and_laid_out_so_begins_once(tmp_path: Path) -> None:
    body = run("One.", SET) + run() + run(RENDERED, "Two.") + run(SET) + run(SET) + run(RENDERED, "Four.")
    assert [page.text for page in pages_of(tmp_path, body, told=4)] == ["One.", "Two.", "", "Four."]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (run("One.", SET, "Two."), 0),  # more of them may have come about by themselves
        (run("One.", SET, "Two."), 2),
        (run("One.", RENDERED, "Two."), 5),
    ],
)
def test_breaks_that_do_not_tell_all_pages_leave_the_document_as_one(tmp_path: Path, body: str, told: int) -> None:
    (page,) = pages_of(tmp_path, body, told=told)
    assert page.text.split() == (["One.Two."] if RENDERED in body else ["One.", "Two."])


def test_a_table_over_two_pages_keeps_its_header(tmp_path: Path) -> None:
    rows = [("Metal", "Price"), ("Tin", "9"), (RENDERED + "Zinc", "7"), ("Le" + RENDERED + "ad", RENDERED + "3"), ("Iron", "1")]
    cells = [[run(*(part for part in re.split("(<[^>]*>)", cell) if part)) for cell in row] for row in rows]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in cells)
    pages = pages_of(tmp_path, f"<w:tbl>{table}</w:tbl>")
    assert [page.text for page in pages] == ["Metal | Price\nTin | 9", "Zinc | 7\nLead | 3", "Iron | 1"]
    assert [table.header for page in pages for table in page.tables] == ["Metal | Price"] * 3


def test_a_page_may_begin_with_a_heading(tmp_path: Path) -> None:
    body = run("One.") + f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r>{RENDERED}<w:t>Two</w:t></w:r></w:p>'
    first, second = pages_of(tmp_path, body)
    assert (first.text, second.text, [heading.level for heading in second.headings]) == ("One.", "Two", [1])


def row(*cells: str, row_properties: str = "", properties: str = "") -> str:
    runs = "".join(f"<w:tc><w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r></w:p></w:tc>" for words in cells)
    return f"<w:tr><w:trPr>{row_properties}</w:trPr>{runs}</w:tr>"


@pytest.mark.parametrize(
    ("first", "second", "headers"),
    [
        (row("Item", "Owner"), row("Sofa", "Ann"), []),
        (row("Item", "Owner", properties="<w:b/>"), row("Sofa", "Ann"), ["Item | Owner"]),
        (row("Item", "Owner", properties='<w:b w:val="0"/>'), row("Sofa", "Ann"), []),
        (row("Landlord", "Ada", properties="<w:b/>"), row("Tenant", "Bob", properties="<w:b/>"), []),
        (row("物品", "保管人", row_properties="<w:tblHeader/>"), row("沙发", "王小明"), ["物品 | 保管人"]),
    ],
)
def test_of_two_columns_of_words_a_bold_or_repeated_row_gives_the_names(
    tmp_path: Path, first: str, second: str, headers: list[str]
) -> None:
    page = page_of(tmp_path, f"<w:tbl>{first}{second}</w:tbl>")
    assert [table.header for table in page.tables] == headers


def test_hidden_letters_are_not_read(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t><w:tab/></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> openly</w:t></w:r>'
    assert page_of(tmp_path, paragraph("Told", more=hidden + shown)).text == "Told openly"


def test_what_is_struck_out_is_told_between_marks(tmp_path: Path) -> None:
    def run(words: str, look: str = "") -> str:
        return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'

    strike, double = "<w:strike/>", "<w:dstrike/><w:b/>"
    more = (
        run(" in any ", strike)
        + run("colour", double)
        + run(" ", strike)
        + run("in white", '<w:strike w:val="0"/>')
        + run(" only")
    )
    assert (
        page_of(tmp_path, paragraph("Walls are painted", more=more)).text == "Walls are painted ~~in any colour~~ in white only"
    )


def test_boxes_and_choices_of_a_form_are_told(tmp_path: Path) -> None:
    def field(inner: str) -> str:
        begins = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'
        return begins + '<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    def run(words: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'

    ticked = field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    empty = field('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>')
    size = field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="small"/><w:listEntry w:val="large"/></w:ddList>')
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'
    more = ticked + run(" yes ") + empty + run(" no ") + size + run(" ") + sign
    assert page_of(tmp_path, paragraph("Pets: ", more=more)).text == "Pets: ☒ yes ☐ no large ☑"


@pytest.mark.parametrize(
    ("look", "headers"),
    [('w:firstRow="1"', ["Item | Owner"]), ('w:val="04A0"', ["Item | Owner"]), ('w:firstRow="0"', []), ('w:val="0480"', [])],
)
def test_a_design_that_makes_the_first_row_bold_gives_the_names(tmp_path: Path, look: str, headers: list[str]) -> None:
    bold = '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>'
    parts = {"styles.xml": f'<w:style w:type="table" w:styleId="Grid4">{bold}</w:style>'}
    design = f'<w:tblPr><w:tblStyle w:val="Grid4"/><w:tblLook {look}/></w:tblPr>'
    page = page_of(tmp_path, f"<w:tbl>{design}{row('Item', 'Owner')}{row('Sofa', 'Ann')}</w:tbl>", parts)
    assert [table.header for table in page.tables] == headers


def test_fractions_brackets_and_roots_of_formulas_are_told(tmp_path: Path) -> None:
    def run(words: str) -> str:
        return f"<m:r><m:t>{words}</m:t></m:r>"

    def fraction(above: str, below: str, more: str = "") -> str:
        return f"<m:f><m:fPr>{more}</m:fPr><m:num>{above}</m:num><m:den>{below}</m:den></m:f>"

    def power(base: str, exponent: str) -> str:
        return f"<m:sSup><m:e>{run(base)}</m:e><m:sup>{run(exponent)}</m:sup></m:sSup>"

    bracket = f"<m:d><m:dPr/><m:e>{run('a+b')}</m:e></m:d>"
    size = f'<m:d><m:dPr><m:begChr m:val="|"/><m:endChr m:val="|"/></m:dPr><m:e>{run("x")}</m:e></m:d>'
    root = f"<m:rad><m:radPr/><m:deg/><m:e>{run('2x')}</m:e></m:rad>"
    over = fraction(run("n"), run("k"), '<m:type m:val="noBar"/>')
    formula = run("y=") + fraction(run("mλ"), run("a")) + run("+") + fraction(run("a+b"), run("2.5")) + run("+")
    formula += (
        fraction(bracket, run("2 mm"))
        + run("+")
        + size
        + run("+")
        + root
        + run("+")
        + over
        + run("+")
        + power("x", "2")
        + power("e", "n+1")
        + power("sin", "-1")
    )
    math = f'<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{formula}</m:oMath>'
    assert (
        page_of(tmp_path, paragraph("Let ", more=math)).text == "Let y=mλ/a+(a+b)/2.5+(a+b)/(2 mm)+|x|+√(2x)+nk+x^2e^(n+1)sin^-1"
    )
