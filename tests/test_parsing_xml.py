"""XML that people have: notes, lists, tracks, feeds, invoices, property lists."""

from __future__ import annotations

from pathlib import Path

from rag_app.parsing.source import Source
from rag_app.parsing.xml_file import read_xml
from rag_app.records import Page
from tests.made_files import write


def page_of(folder: Path, markup: str) -> Page:
    (page,) = read_xml(Source(write(folder, "a.xml", markup), "a.xml", 10)).pages
    return page


def told(folder: Path, markup: str) -> list[str]:
    return [line for line in page_of(folder, markup).text.split("\n") if line]


def title(folder: Path, markup: str) -> str:
    return read_xml(Source(write(folder, "a.xml", markup), "a.xml", 10)).title


def test_things_of_one_kind_are_the_rows_of_a_table(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        "<catalog><book id='b1'><author>Ada Pryce</author><salePrice currency='EUR'>44.95</salePrice></book>"
        "<book id='b2'><author>Bob Lee</author><author>Cy Orr</author></book></catalog>",
    )
    assert page.text == "id | author | sale Price\nb1 | Ada Pryce | 44.95 (currency: EUR)\nb2 | Bob Lee, Cy Orr"
    assert [table.header for table in page.tables] == ["id | author | sale Price"]


def test_the_cells_of_a_workbook_in_xml_are_rows(tmp_path: Path) -> None:
    cells = ("<Row>" + "".join(f"<Cell><Data>{cell}</Data></Cell>" for cell in row) + "</Row>" for row in ("ABC", "xyz"))
    page = page_of(tmp_path, f"<Workbook><Worksheet><Table>{''.join(cells)}</Table></Worksheet></Workbook>")
    assert page.text.endswith("A | B | C\nx | y | z")
    assert [table.header for table in page.tables] == ["A | B | C"]


def test_what_is_told_of_a_party_of_an_invoice_stands_under_its_name(tmp_path: Path) -> None:
    markup = (
        '<b:Invoice xmlns:b="urn:b" b:version="2"><b:DueDate>2024-03-15</b:DueDate><b:Supplier><b:Party><b:Name>Nowak</b:Name>'
        "<b:Town>Berlin</b:Town></b:Party></b:Supplier><b:Customer><b:Party><b:Name>Anna</b:Name></b:Party></b:Customer></b:Invoice>"
    )
    assert told(tmp_path, markup) == [
        "Due Date: 2024-03-15",
        *("Supplier:", "Party:", "Name: Nowak", "Town: Berlin"),
        "Customer › Party › Name: Anna",
    ]


def test_prose_stays_in_order_and_in_one_piece(tmp_path: Path) -> None:
    paragraphs = "<para>Unplug the <b>kettle</b> first.</para><note>Hot.</note><para>Keep this.</para>"
    markup = f"<article><title>Manual</title>{paragraphs}</article>"
    page = page_of(tmp_path, markup)
    assert page.text == "Manual\nUnplug the kettle first.\nnote: Hot.\nKeep this."
    assert [page.text[heading.start : heading.end] for heading in page.headings] == ["Manual"]
    assert title(tmp_path, markup) == "Manual"


def test_notes_of_evernote_are_read_as_the_pages_they_hold(tmp_path: Path) -> None:
    notes = (
        "<note><title>Packing</title><created>20240301T102233Z</created><content><![CDATA[<!DOCTYPE en-note SYSTEM 'x'><en-note>"
        '<div><en-todo checked="true"/>passports</div><div><en-todo checked="false"/>sun cream</div></en-note>]]></content>'
        f"<resource><data encoding='base64'>{'A' * 400}</data></resource></note>"
        "<note><title>体检</title><content><![CDATA[<en-note>血压正常。</en-note>]]></content></note>"
    )
    assert told(tmp_path, f"<en-export>{notes}</en-export>") == [
        *("Packing", "created: 2024-03-01 10:22 UTC", "☒ passports", "☐ sun cream"),
        *("体检", "血压正常。"),
    ]
    assert title(tmp_path, f"<en-export>{notes}</en-export>") == ""


def test_of_a_track_the_first_and_the_last_point_are_told(tmp_path: Path) -> None:
    points = "".join(f"<trkpt lat='47.{hour}' lon='10'><time>2024-05-01T{hour}:00Z</time></trkpt>" for hour in range(10, 20))
    lines = told(tmp_path, f"<gpx><trk><name>Rote Wand</name><trkseg>{points}</trkseg></trk></gpx>")
    assert lines[-3:] == ["lat | lon | time", "47.10 | 10 | 2024-05-01T10:00Z", "47.19 | 10 | 2024-05-01T19:00Z"]


def test_outlines_and_property_lists_have_no_names_that_only_programs_need(tmp_path: Path) -> None:
    outline = "<opml><body><outline text='Kitchen'><outline text='Fix the tap'/><outline text='Paint'/></outline></body></opml>"
    assert told(tmp_path, outline) == ["body:", "Kitchen", "Fix the tap", "Paint"]
    rooms = "<key>Rooms</key><array><integer>3</integer></array>"
    values = f"<key>Owner</key><string>Ada</string><key>Active</key><true/>{rooms}"
    assert told(tmp_path, f"<plist><dict>{values}</dict></plist>") == ["Owner: Ada", "Active: true", "Rooms: 3"]


def test_of_a_drawing_the_words_are_read(tmp_path: Path) -> None:
    assert told(tmp_path, "<svg><style>a{}</style><g><text>Table <tspan>1</tspan></text></g></svg>") == ["Table 1"]


def test_characters_that_are_written_in_two_halves_are_put_together(tmp_path: Path) -> None:
    message = '<sms body="See you &#55357;&#56832;">Tom &#38; Ann &#xD83D;&#xDE00; &#xD800;</sms>'
    assert told(tmp_path, f"<messages>{message}</messages>") == ["sms: Tom & Ann 😀 \ufffd (body: See you 😀)"]


def test_lists_of_coordinates_and_files_outside_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inner = f'<name>Border</name><xi:include xmlns:xi="x" href="secret.txt"/><c>{"1.5,2.5 " * 99}</c>'
    assert told(tmp_path, f'<!DOCTYPE a SYSTEM "secret.txt"><a>{inner}</a>') == ["name: Border", "include: href: secret.txt"]


def test_markup_nested_without_end_and_torn_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    assert told(tmp_path, "<a>" * 150 + "Words." + "</a>" * 150)[0].endswith("a › a: Words.")
    assert told(tmp_path, "<a><b>some</b><c>more") == ["b: some", "c: more"]
