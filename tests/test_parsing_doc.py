"""Word documents in the format before 2007: structure, notes, fields, and what cannot be read."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.doc import read_doc
from rag_app.parsing.media_types import media_type
from rag_app.parsing.source import Source
from rag_app.records import Heading, Page, Table
from tests.made_files import write
from tests.made_ole import doc, ole_of

BODY, HEADING = b"\x00\x00", b"\x01\x00"
CELL = BODY + struct.pack("<HB", 0x2416, 1)
ROW_END = CELL + struct.pack("<HB", 0x2417, 1)
INNER = BODY + struct.pack("<HI", 0x6649, 2)
INNER_CELL, INNER_ROW_END = INNER + struct.pack("<HB", 0x244B, 1), INNER + struct.pack("<HB", 0x244C, 1)


def page_of(folder: Path, content: bytes) -> Page:
    source = Source(write(folder, "a.doc", content), "a.doc", 9)
    assert media_type(source) == "application/msword"
    (page,) = read_doc(source).pages
    return page


def test_headings_and_paragraphs_in_any_language(tmp_path: Path) -> None:
    outline = BODY + struct.pack("<HB", 0x2640, 1)
    page = page_of(
        tmp_path, doc([("第一章\r", HEADING), ("Text.\x0bNext line.\r", b""), ("Part\r", outline), ("岳飞。\r", BODY)])
    )
    assert page == Page(1, "第一章\nText.\nNext line.\nPart\n岳飞。", (Heading(0, 3, 1), Heading(21, 25, 2)))


def test_tables_are_told_as_rows_and_those_within_cells_in_their_row(tmp_path: Path) -> None:
    header = [("Year\x07", CELL), ("Costs\x07", CELL), ("\x07", ROW_END)]
    inner = [("a\r", INNER_CELL), ("b\r", INNER_CELL), ("\r", INNER_ROW_END)]
    row = [("2021\x07", CELL), *inner, ("7\x07", CELL), ("\x07", ROW_END), ("After.\r", BODY)]
    page = page_of(tmp_path, doc([*header, *row]))
    assert page == Page(1, "Year | Costs\n2021 | a, b 7\nAfter.", (), (Table(13, 26, "Year | Costs"),))


def test_footnotes_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    content = doc([("One\x02 two.\r", BODY), ("Three.\r", BODY)], footnotes=[(3, "\x02 At the foot.\r")])
    assert page_of(tmp_path, content).text == "One two.\nAt the foot.\nThree."


def test_of_a_field_the_result_is_read(tmp_path: Path) -> None:
    field = 'See \x13 HYPERLINK "http://a" \x14the \x13PAGE\x148\x15 page\x15.\x1f\x1e\r'
    assert (
        page_of(tmp_path, doc([(field, BODY), ("\x13 never ends\r", BODY), ("Next.\r", BODY)])).text == "See the 8 page.-\nNext."
    )


def test_what_is_deleted_or_hidden_is_left_out(tmp_path: Path) -> None:
    deleted, hidden, as_its_style = (struct.pack("<HB", *kind) for kind in ((0x0800, 1), (0x083C, 1), (0x083C, 0x80)))
    bold = struct.pack("<HB", 0x0835, 1)
    field = [("\x13 PAGE ", b""), ("\x14", deleted), ("7", b""), ("\x15", hidden)]
    runs = [("It is ", b""), ("50", bold + deleted), ("60", bold), (" euros", as_its_style), (" or so", hidden), (" on ", b"")]
    runs += [*field, ("\x02", deleted), (".", b""), ("\r", deleted), ("All of it.\r", hidden)]
    first, _, second = "".join(text for text, _ in runs).partition("\r")
    reference = len("".join(text for text, _ in runs[:10]))
    content = doc([(first + "\r", BODY), (second, BODY)], characters=runs, footnotes=[(reference, "\x02 At the foot.\r")])
    assert page_of(tmp_path, content).text == "It is 60 euros on 7."


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (doc([("Words.\r", BODY)], flags=0x100), Reason.ENCRYPTED_OFFICE, "is locked with a password"),
        (ole_of({"WordDocument": b"\xec\xa5\xc1\x00"}), Reason.DAMAGED, "is damaged"),
        (ole_of({"WordDocument": bytes(3000)[:2] + b"\xc1\x00" + bytes(2000)}), Reason.DAMAGED, "is damaged"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_reason(tmp_path: Path, content: bytes, reason: Reason, words: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.doc {words}") as caught:
        page_of(tmp_path, content)
    assert caught.value.reason is reason


def test_a_document_of_word_6_is_read_as_plain_text(tmp_path: Path) -> None:
    head = struct.pack("<HH", 0xA5DC, 101) + bytes(0x14) + struct.pack("<II", 0x300, 0x300 + 17)
    content = ole_of({"WordDocument": head.ljust(0x300, b"\x00") + b"One.\ra\x07b\x07\rcr\xeape.\r."})
    assert page_of(tmp_path, content).text == "One.\na | b |\ncrêpe."


def test_what_is_struck_out_is_told_between_marks(tmp_path: Path) -> None:
    once, twice, not_so = (struct.pack("<HB", *kind) for kind in ((0x0837, 1), (0x2A53, 1), (0x0837, 0)))
    runs = [("Walls are ", b""), ("in any ", once), ("colour", twice), (" white", not_so), (".\r", b"")]
    content = doc([("".join(text for text, _ in runs), BODY)], characters=runs)
    assert page_of(tmp_path, content).text == "Walls are ~~in any colour~~ white."
