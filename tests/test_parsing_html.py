"""HTML: what is seen of it, in which order, under which headings."""

from __future__ import annotations

import pytest

from rag_app.parsing.blocks import page_of_blocks
from rag_app.parsing.html import html_title
from rag_app.parsing.html_walk import html_blocks
from rag_app.records import Heading, Page, Table


def page_of(markup: str) -> Page:
    return page_of_blocks(html_blocks(markup))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<p>One <b>bold</b>\n word<br>next</p>after <del>the</del> <ins>a</ins> line",
            "One bold word\nnext\nafter ~~the~~ a line",
        ),
        ("<ul><li>one<ul><li>inner</li></ul><li>two</ul><dl><dt>term<dd>meaning</dl>", "• one\n• inner\n• two\nterm\nmeaning"),
        ("<pre>one\n  two</pre><p>three\nfour", "one\ntwo\nthree four"),
        ("<p>seen</p><p hidden>not</p><div style='color:red; DISPLAY : none'>nor this</div><svg><title>no</title></svg>", "seen"),
        ("<script>no()</script><style>p{}</style><noscript>no</noscript><template>no</template><!-- no -->yes", "yes"),
        ("<ol><li>one<li value=4><p>two</p><p>more</p><li>three</ol>", "1. one\n4. two\nmore\n5. three"),
        ("<ol type=a start=3><li>c</ol><ul><li>· d<li><li>(1) e</ul>f", "• c\n· d\n(1) e\nf"),
        ("<h2>Head <ul><li>in</ul></h2>", "Head in"),
        ("<h2>2.3. Tools<a href='#tools'>¶</a></h2><p>¶ 4 says", "2.3. Tools\n¶ 4 says"),
        ("<p>Ticket <s>£120</s> <del>£1<b>00</b> </del>£95</p><p>On</p>", "Ticket ~~£120 £100~~ £95\nOn"),
        (
            "<p style='color:red;text-decoration:none LINE-THROUGH'>£12</p><i style='text-decoration-line:line-through'>a</i>",
            "~~£12~~\n~~a~~",
        ),
        ("In 1984<sup>2</sup> 8,500<sup><a>3</a></sup>, 10<sup>-6</sup>, 1<sup>st</sup>", "In 1984^2 8,500^3, 10^-6, 1st"),
        ("<sup>2</sup>50 m<sup>2</sup> 3<sup>[4]</sup> 10<sup></sup>6 10<sub>6</sub>", "250 m2 3[4] 106 106"),
        ("<math><msup><mn>10</mn><mn>6</mn></msup><msub><mn>1</mn><mn>2</mn></msub></math>", "10^612"),
        ("<ruby>岳飞<rp>(</rp><rt>yuefei</rt></ruby>是名将", "岳飞是名将"),
        ("<ix:nonNumeric>36</ix:nonNumeric> employees", "36 employees"),
        ("&lt;script&gt; &amp; &#23731;&nbsp;x", "<script> & 岳 x"),
        ("a\x00b <unclosed <p>c</div></table>", "ab\nc"),
        ("", ""),
    ],
)
def test_text_is_told_as_a_browser_shows_it(markup: str, expected: str) -> None:
    assert page_of(markup).text == expected


@pytest.mark.parametrize(
    ("markup", "headers"),
    [
        ("<table><tr><th>Item<th>Owner<tr><td>Sofa<td>Ann</table>", ["Item | Owner"]),
        ("<table><thead><tr><td>Item<td>Owner<tbody><tr><td>Sofa<td>Ann</table>", ["Item | Owner"]),
        ("<table><tr><th colspan=2>Room<tr><th>Item<th>Owner<tr><td>Sofa<td>Ann</table>", ["Item | Owner"]),
        ("<table><tr><th>Landlord<td>Ada<tr><th>Tenant<td>Bob</table>", []),
        ("<table><tr><td>Landlord<td>Ada<tr><td>Tenant<td>Bob</table>", []),
        ("<table><tr><th>Landlord<th>Ada<tr><th>Tenant<th>Bob</table>", []),
    ],
)
def test_of_two_columns_of_words_a_row_of_header_cells_gives_the_names(markup: str, headers: list[str]) -> None:
    assert [table.header for table in page_of(markup).tables] == headers


def test_what_a_report_says_of_its_numbers_ends_no_line_of_xhtml() -> None:
    names = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"'
    told = "<ix:continuation><p>paid $<ix:nonFraction><b>6.4</b></ix:nonFraction> million.</p></ix:continuation>"
    markup = f"<html {names}><body><p>In <ix:nonNumeric>May</ix:nonNumeric>, as</p>{told}<p>was due</p></body></html>"
    assert page_of(markup).text == "In May, as\npaid $6.4 million.\nwas due"


def test_a_heading_is_one_line_whatever_is_in_it() -> None:
    page = page_of("<h1>第一<br>章</h1><h2><div>Part</div><div>two</div></h2><p>text</p><h6></h6>")
    assert page == Page(1, "第一 章\nPart two\ntext", (Heading(0, 4, 1), Heading(5, 13, 2)))


def test_tables_have_their_header_and_keep_their_columns() -> None:
    rows = "<tr><th>Year<th>Revenue<th>Costs<tr><td colspan=2>2021<td>7<tr><td>2022<td>9<td><ul><li>a<li>b</ul>"
    page = page_of(f"<table><caption>Figures</caption><thead>{rows}</table>")
    header = "Year | Revenue | Costs"
    assert page == Page(1, f"Figures\n{header}\n2021 | | 7\n2022 | 9 | • a • b", (), (Table(31, 60, header),))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td rowspan=2>North<td>a<td>1<tr><td>b<td>2<tr><td>South<td>c<td>3", "North | a | 1\nNorth | b | 2\nSouth | c | 3"),
        ("<tr><td>a<td rowspan=2>1<td>x<tr><td>b<td>y", "a | 1 | x\nb | 1 | y"),
        ("<tr><td>a<td>1<td rowspan=9>x<tr><td>b<td>2", "a | 1 | x\nb | 2 | x"),
        ("<tr><td rowspan=2 colspan=2>North<td>1<tr><td>2", "North | 1\nNorth | 2"),
        ("<tr><td>a<td rowspan=2>1<td>x<tr><td colspan=2>b<tr><td>c<td>2<td>y", "a | 1 | x\nb\nc | 2 | y"),
        ("<tr><td rowspan=0>North<td>a<tr><td>b<tr><td>c", "North | a\nNorth | b\nNorth | c"),
        ("<tbody><tr><td rowspan=0>North<td>a<tbody><tr><td>South<td>c", "North | a\nSouth | c"),
        ("<tr><td rowspan=1000000>North<td>a<tr><tr><td>b", "North | a\nNorth | b"),
        (f"<tr><td rowspan=2>{'word ' * 50}<td>a<td>1<tr><td>b<td>2", f"{'word ' * 50}| a | 1\nb | 2"),
        ("<tr><td rowspan=2>North<td><table><tr><td rowspan=2>a<td>1<tr><td>2</table><tr><td>b", "North | a, 1; a, 2\nNorth | b"),
    ],
)
def test_a_cell_of_several_rows_is_told_in_each_and_the_others_keep_their_columns(rows: str, expected: str) -> None:
    assert page_of(f"<table>{rows}</table>").text == expected


def test_cells_that_claim_all_rows_do_not_fill_the_memory() -> None:
    cells, rows = f"<td rowspan=65534>{'x' * 200}" * 100, "<tr><td>a" * 2000
    assert len(page_of(f"<table><tr>{cells}{rows}</table>").text) < 2_000_000


def test_a_hidden_cell_leaves_the_others_where_they_are() -> None:
    assert page_of("<table><tr><td>a<td hidden>no<td>b</table>end").text == "a | b\nend"


def test_a_table_that_only_lays_out_the_page_leaves_its_paragraphs_as_they_are() -> None:
    long = "word " * 120
    inner = "<table><tr><td>a<td>1<tr><td>b<td>2</table>"
    markup = f"<table><tr><td><h1>Title</h1><p>One.</p>{inner}<tr><td><p>menu</p><td><p>{long}</p><p>end</p></table>"
    assert page_of(markup).text == f"Title\nOne.\na | 1\nb | 2\nmenu\n{long.strip()}\n\nend"


def test_markup_too_deep_for_a_tree_is_read_as_bare_words() -> None:
    assert page_of("<div>" * 100_000 + "the words<p>10<sup><b>6</b></sup> more").text == "the words\n10^6 more"


def test_the_title_is_the_pages_own() -> None:
    assert html_title("<html><title lang=en>\n A &amp; B </title>") == "A & B"
    assert html_title("<p>no title") == ""


def passages_text(page: Page) -> str:
    """What is left of a page beside what stands in no passage."""
    text = page.text
    for running in reversed(page.running):
        text = text[: running.start] + text[running.end :]
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<ul><li><a href='#a'>1. Aims<li><a href='#b'>Rules</a><ul><li><a href='#c'>Fees</a></ul></ul><p>text", "text"),
        ("<dl><dt><a href='#a'>Aims</a><dt><a href='#b'>Rules</a><dt><a href='#c'>Fees</a></dl>text", "text"),
        ("<nav><h2>Contents</h2><p>Home</p></nav><h1>Club</h1>text", "Club text"),
        ("<div role=navigation><h3>Contents</h3>next</div><div class='big toc'><p>Aims</div>text", "text"),
        ("<ul><li><a href='#a'>Aims</a> in short<li><a href='#b'>Rules</a> of play<li><a href='#c'>Fees</a></ul>", None),
        ("<ul><li><a href='a.html'>Aims</a><li><a href='b.html'>Rules</a><li><a href='c.html'>Fees</a></ul>", None),
        ("<ul><li><a href='#a'>Aims</a><li><a href='#b'>Rules</a></ul><p>text", None),
        ("<ul hidden><li>one</ul><ul><li><a href='#a'>Aims<li><a href='#b'>Rules<li><a href='#c'>Fees</a></ul>text", "text"),
        ("<nav>Home<p>About us</nav>", None),
        ("<body class=toc><p>text", None),
    ],
)
def test_what_only_leads_elsewhere_stands_in_no_passage(markup: str, told: str | None) -> None:
    page = page_of(markup)
    assert passages_text(page) == (" ".join(page.text.split()) if told is None else told)
    assert all(heading.start not in range(one.start, one.end) for heading in page.headings for one in page.running)
