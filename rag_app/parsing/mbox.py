"""Mailboxes (mbox): their mails are documents of their own; the mailbox itself is the list of their subjects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import MessageError

from rag_app.errors import Reason
from rag_app.parsing.archives import MAX_ENTRIES
from rag_app.parsing.blocks import Line, page_of_blocks
from rag_app.parsing.mime import header, parsed_mail
from rag_app.parsing.source import OpenedFile, Source

MAIL_BEGINS = re.compile(rb"From \S[^\n]{0,200} \d\d:\d\d[^\n]{0,20} \d{4}[^\n]{0,20}\n?")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_LONGEST_NAME = 120
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f/\\]+")


def read_mbox(source: Source) -> OpenedFile:
    """The subjects of the mails in a mailbox as one page. Raises `DocumentError` for one with too many."""
    names = [name for name, _ in mails(source)]
    if len(names) > MAX_ENTRIES:
        raise source.refusal(
            Reason.EXPANDS_TOO_MUCH, f"{{name}} holds more than {MAX_ENTRIES} mails. Split it, and add what you need."
        )
    return OpenedFile("", 1, iter((page_of_blocks(map(Line, names)),)))


def mails(source: Source) -> Iterator[tuple[str, bytes]]:
    """The mails of a mailbox, each named after its subject, at most one more than may be."""
    for number, content in zip(range(1, MAX_ENTRIES + 2), _contents(source), strict=False):
        source.still_working()
        yield f"{_subject(content) or number}.eml", content


def _contents(source: Source) -> Iterator[bytes]:
    """What stands between the lines that begin mails; a line of a mail that looks like one has a mark before it."""
    lines: list[bytes] = []
    is_after_blank = True
    with source.path.open("rb") as file:
        for line in file:
            if is_after_blank and MAIL_BEGINS.fullmatch(line):
                if lines:
                    yield _QUOTED.sub(rb"\1", b"".join(lines))
                lines = []
            else:
                lines.append(line)
            is_after_blank = not line.strip()
    if lines:
        yield _QUOTED.sub(rb"\1", b"".join(lines))


def _subject(content: bytes) -> str:
    end = _HEADERS_END.search(content)
    try:
        subject = header(parsed_mail(content[: end.start()] if end else content), "Subject")
    except (MessageError, LookupError, ValueError):
        return ""
    return _NOT_IN_A_NAME.sub(" ", subject)[:_LONGEST_NAME].strip(" .")
