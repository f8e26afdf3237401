"""Outlook's mails: the same mail as any other, whatever the streams it is kept in."""

from __future__ import annotations

import struct
from datetime import datetime, timezone
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.compressed_rtf import unpacked_rtf
from rag_app.parsing.formats import MSG
from rag_app.parsing.media_types import media_type
from rag_app.parsing.msg import attached_files, read_msg
from rag_app.parsing.source import Source
from tests.made_files import docx, locked_office, write
from tests.made_ole import Tree, ole_of

Texts = dict[str, str | bytes]
PROPERTIES = "__properties_version1.0"
SENT = datetime(2025, 3, 3, 9, tzinfo=timezone.utc)
# The worked examples of [MS-OXRTFCP], section 4: a simple one, and one that runs into itself.
SIMPLE = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0")
RUNS_INTO_ITSELF = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def streams(head: int, texts: Texts, fixed: dict[int, int] | None = None) -> dict[str, bytes | Tree]:
    """Properties by tag: texts, bytes, and those of a fixed length after a head of some bytes."""
    found: dict[str, bytes | Tree] = {PROPERTIES: bytes(head)}
    for number, value in (fixed or {}).items():
        found[PROPERTIES] = bytes(head) + struct.pack("<HHIQ", 0x40, number, 6, value)
    for tag, text in texts.items():
        kind, content = ("001F", text.encode("utf-16-le")) if isinstance(text, str) else ("0102", text)
        found[f"__substg1.0_{tag}{kind}"] = content
    return found


def source_of(folder: Path, tree: Tree) -> Source:
    return Source(write(folder, "a.msg", ole_of(tree)), "a.msg", 9)


def text_of(source: Source) -> str:
    (page,) = read_msg(source).pages
    return page.text


def test_a_mail_keeps_from_to_date_and_subject(tmp_path: Path) -> None:
    ticks = int((SENT - datetime(1601, 1, 1, tzinfo=timezone.utc)).total_seconds()) * 10**7
    texts: dict[str, str | bytes] = {
        "0037": "会议",
        "0C1A": "Ann",
        "5D01": "a@b.c",
        "0E04": "李雷; Bob",
        "1000": "在十点。\r\n\r\nBye",
    }
    source = source_of(tmp_path, streams(32, texts, {0x0039: ticks}))
    reading = read_msg(source)
    assert (media_type(source), reading.title) == ("application/vnd.ms-outlook", "会议")
    (page,) = reading.pages
    head = "From: Ann <a@b.c>\nTo: 李雷; Bob\nDate: Mon, 03 Mar 2025 09:00:00 +0000\nSubject: 会议"
    assert page.text == f"{head}\n在十点。\n\nBye"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"1013": "<h1>名将</h1><p>Words.</p>".encode()}, "名将\nWords."),
        ({"1009": SIMPLE}, "hello world"),
        ({"1009": b"broken"}, ""),
    ],
)
def test_a_mail_without_plain_text_is_read_from_its_page_or_rich_text(tmp_path: Path, texts: Texts, expected: str) -> None:
    assert text_of(source_of(tmp_path, streams(32, texts))) == expected


def test_packed_rich_text_is_unpacked_as_published() -> None:
    assert unpacked_rtf(SIMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked_rtf(RUNS_INTO_ITSELF) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert unpacked_rtf(SIMPLE[:30]) in unpacked_rtf(SIMPLE)
    assert unpacked_rtf(struct.pack("<IIII", 12, 3, 0x414C454D, 0) + b"abc") == b"abc"


def test_attachments_are_taken_out_and_an_attached_mail_becomes_a_plain_one(tmp_path: Path) -> None:
    inner = streams(24, {"0037": "Fwd", "0C1A": "李雷", "1000": "Inner words."})
    hidden: Texts = {"3707": "logo.png", "370E": "image/png", "3712": "logo", "3701": b"png"}
    tree: Tree = {
        **streams(32, {"0037": "Outer", "1000": "See below."}),
        "__attach_version1.0_#00000000": streams(8, {"3707": "年报.pdf", "3701": b"%PDF-1.7"}),
        "__attach_version1.0_#00000001": {**streams(8, {}), "__substg1.0_3701000D": inner},
        "__attach_version1.0_#00000002": streams(8, hidden, {0x7FFE: 1}),
    }
    source = source_of(tmp_path, tree)
    assert text_of(source) == "Subject: Outer\nSee below.\nAttachments: 年报.pdf, Fwd.eml"
    taken = dict(attached_files(source))
    assert taken["年报.pdf"] == b"%PDF-1.7"
    assert taken["Fwd.eml"].decode().startswith("From: 李雷\nSubject: Fwd\n")
    assert taken["Fwd.eml"].decode().endswith("\n\nInner words.")


def test_names_of_attachments_are_in_the_code_page_of_their_mail(tmp_path: Path) -> None:
    attached: dict[str, bytes | Tree] = {**streams(8, {"3701": b"%PDF-1.7"}), "__substg1.0_3707001E": "年报.pdf".encode("gbk")}
    tree: Tree = {**streams(32, {"1000": "Words."}, {0x3FFD: 936}), "__attach_version1.0_#00000000": attached}
    assert text_of(source_of(tmp_path, tree)) == "Words.\nAttachments: 年报.pdf"


def test_a_mail_whose_streams_are_chained_beyond_measure_is_named(tmp_path: Path) -> None:
    chained = ole_of({f"stream {number}": b"" for number in range(3000)})
    with pytest.raises(DocumentError, match=r"^a\.msg is damaged"):
        read_msg(Source(write(tmp_path, "a.msg", chained), "a.msg", 9))


def test_a_torn_mail_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.msg", ole_of(streams(32, {"1000": "Words."}))[:700])
    with pytest.raises(DocumentError, match=r"^a\.msg is damaged") as caught:
        read_msg(Source(path, "a.msg", 9))
    assert caught.value.reason is Reason.DAMAGED


def test_what_is_attached_does_not_decide_what_a_mail_is(tmp_path: Path) -> None:
    locked = locked_office(docx("Salaries."), "secret")
    attached = streams(8, {"3707": "pay.docx", "3701": locked})
    source = source_of(tmp_path, {**streams(32, {"1000": "See below."}), "__attach_version1.0_#00000000": attached})
    assert media_type(source) == MSG
    assert text_of(source) == "See below.\nAttachments: pay.docx"
