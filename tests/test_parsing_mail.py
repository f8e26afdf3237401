"""Mails and saved web pages: headers, the version that is read, character sets, attachments, and broken ones."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.mail import read_eml, read_mhtml
from rag_app.parsing.mbox import mails, read_mbox
from rag_app.parsing.mime import attachments, content_of, opened_mail
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Heading
from tests.made_files import write


def source_of(folder: Path, content: bytes) -> Source:
    return Source(write(folder, "a.eml", content), "a.eml", 50)


def text_of(reading: OpenedFile) -> str:
    (page,) = reading.pages
    return page.text


def mail(text: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    return message


def test_a_mail_keeps_from_to_date_and_subject(tmp_path: Path) -> None:
    date = "Mon, 03 Mar 2025 10:00:00 +0100"
    message = mail("会议在十点。\n", From="Ann <a@b.c>", To="李雷 <l@b.c>", Cc="x@b.c", Date=date, Subject="会议 meeting")
    reading = read_eml(source_of(tmp_path, message.as_bytes()))
    assert reading.title == "会议 meeting"
    head = f"From: Ann <a@b.c>\nTo: 李雷 <l@b.c>\nCc: x@b.c\nDate: {date}\nSubject: 会议 meeting"
    assert text_of(reading) == f"{head}\n会议在十点。"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<h1>Plain</h1>", "the plain version"),
        ("<h1>Much</h1>" + "<p>more is said here.</p>" * 9, "Much" + "\nmore is said here." * 9),
    ],
)
def test_of_two_versions_the_plain_one_is_read_unless_the_other_says_much_more(
    tmp_path: Path, markup: str, expected: str
) -> None:
    message = mail("the plain version\n")
    message.add_alternative(markup, subtype="html")
    assert text_of(read_eml(source_of(tmp_path, message.as_bytes()))) == expected


CALENDAR = "BEGIN:VCALENDAR\n" + "ATTENDEE:mailto:ann@example.org\n" * 9 + "END:VCALENDAR\n"
AMP = f"<!doctype html><html amp4email><head><style>{'.a{color:red}' * 9}</style></head><body>Ann</body></html>\n"


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ((("Come at ten.\n", "plain"), (CALENDAR, "calendar")), "Come at ten."),
        ((("Come at ten.\n", "plain"), (AMP, "x-amp-html"), ("<p>Come at ten.</p>", "html")), "Come at ten."),
        (((CALENDAR, "calendar"), ("<p>Come at ten.</p>", "html")), "Come at ten."),
        ((("\n", "plain"), (CALENDAR, "calendar")), CALENDAR.strip()),
        (((CALENDAR, "calendar"),), CALENDAR.strip()),
    ],
)
def test_the_version_for_programs_is_read_only_where_there_is_none_for_readers(
    tmp_path: Path, versions: tuple[tuple[str, str], ...], expected: str
) -> None:
    message = EmailMessage()
    message.make_alternative()
    for text, kind in versions:
        message.add_alternative(text, subtype=kind)
    assert text_of(read_eml(source_of(tmp_path, message.as_bytes()))) == expected


@pytest.mark.parametrize("name", ["filename*=utf-8''a; filename*0=b", "filename*" + "9" * 5000 + "=a", "filename*=\0''a"])
def test_a_name_that_is_not_written_as_it_should_be_is_none(tmp_path: Path, name: str) -> None:
    text = "--x\nContent-Type: text/plain; charset*=a; charset*0=b\n\nHello.\n"
    attached = f"--x\nContent-Type: application/pdf\nContent-Disposition: attachment; {name}\n\n%PDF\n--x--\n"
    content = f"Subject: Bill\nContent-Type: multipart/mixed; boundary=x\n\n{text}{attached}".encode()
    assert text_of(read_eml(source_of(tmp_path, content))) == "Subject: Bill\nHello.\nAttachments: 3.pdf"


def test_attachments_are_named_and_can_be_taken_out_and_adornments_not(tmp_path: Path) -> None:
    message = mail("See below.\n")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="年报.pdf")
    message.add_attachment("notes", filename="notes.txt")
    message.add_attachment(mail("Inner.\n", Subject="Fwd"))
    message.add_attachment(b"x", maintype="image", subtype="png", disposition="inline", cid="<logo>")
    source = source_of(tmp_path, message.as_bytes())
    assert text_of(read_eml(source)) == "See below.\nAttachments: 年报.pdf, notes.txt, Fwd.eml"
    taken = {name: content_of(part) for name, part in attachments(opened_mail(source))}
    assert taken["年报.pdf"] == b"%PDF-1.7"
    assert taken["notes.txt"] == b"notes\n"
    assert b"Subject: Fwd" in taken["Fwd.eml"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gbk", "gb2312"), ("gb18030", "nonsense"), ("big5", "big5"), ("utf-8", "us-ascii"), ("hz", "hz-gb-2312")],
)
def test_text_is_read_in_the_character_set_it_says_or_else_as_it_looks(tmp_path: Path, encoding: str, declared: str) -> None:
    text = (
        "南方人民日報社的全體工作人員" if encoding == "big5" else "岳飞是南宋的抗金名将，他率领岳家军同金军进行了大小数百次战斗"
    )
    content = f"Subject: {text}\nContent-Type: text/plain; charset={declared}\n\n{text}\n".encode(encoding)
    assert text_of(read_eml(source_of(tmp_path, content))).endswith(text)


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: =?utf-8?b?!!!?= =?no-such?q?a?=\nDate: 99 Foo\nFrom: <<<>>>\n\nwords here\n",
        b"Subject: words here\nContent-Transfer-Encoding: base64\n\n!!!\n",
        b"Subject: a\nContent-Type: multipart/mixed\n\nwords here\n",
        b"Subject: a\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html; charset=\xff\n\n<p>words here",
        b"\nwords here",
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(tmp_path: Path, content: bytes) -> None:
    assert "words here" in text_of(read_eml(source_of(tmp_path, content)))


def test_a_mail_nested_too_deep_is_named(tmp_path: Path) -> None:
    content = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (depth, depth) for depth in range(3000))
    with pytest.raises(DocumentError, match=r"^a\.eml is damaged") as caught:
        read_eml(source_of(tmp_path, content))
    assert caught.value.reason is Reason.DAMAGED


def test_a_saved_web_page_is_its_first_page_with_text(tmp_path: Path) -> None:
    markup = "<title>岳飞 &amp; co</title><h1>生平</h1><p>南宋名将。<img src='http://example.org/a.png'>"
    message = EmailMessage()
    message["Subject"] = "Saved"
    message.set_content("<html></html>", subtype="html")
    message.add_related(markup, subtype="html", charset="gb18030")
    message.replace_header("Content-Type", message["Content-Type"])
    reading = read_mhtml(source_of(tmp_path, message.as_bytes()))
    (page,) = reading.pages
    assert (reading.title, page.text, page.headings) == ("岳飞 & co", "生平\n南宋名将。", (Heading(0, 2, 1),))


def test_the_mails_of_a_mailbox_are_files_of_their_own(tmp_path: Path) -> None:
    first = (
        b"Subject: Boiler\nContent-Type: text/plain\n\nOn Friday.\n\n"
        b">From now on at nine.\nFrom here it is far in 2026\n\nFrom there it is not in 2026\n\n"
    )
    second = "Subject: =?utf-8?B?6IGa5Lya?=\n\n聚会在周六。\n\n".encode()
    begins = (b"From ann@a.example Mon Nov  2 10:00:00 2026\n", b"From - Tue Nov  3 11:00:00 2026\r\n")
    source = source_of(tmp_path, begins[0] + first + begins[1] + second + begins[0] + b"To: Ann\n\nHello.")
    assert [name for name, _ in mails(source)] == ["Boiler.eml", "聚会.eml", "3.eml"]
    assert [content for _, content in mails(source)] == [first.replace(b">From", b"From"), second, b"To: Ann\n\nHello."]
    assert text_of(read_mbox(source)) == "Boiler.eml\n聚会.eml\n3.eml"
