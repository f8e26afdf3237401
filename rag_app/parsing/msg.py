"""Outlook's mails (MSG): what [MS-OXMSG] keeps of a mail in a compound file, told as any other mail."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from email.parser import HeaderParser

from rag_app.parsing.blocks import Block, Line
from rag_app.parsing.compressed_rtf import unpacked_rtf
from rag_app.parsing.encodings import decode, decode_as
from rag_app.parsing.html_walk import html_blocks
from rag_app.parsing.mail import HEADERS, mail_reading
from rag_app.parsing.ole import Folder, OleFile, opened_ole
from rag_app.parsing.rtf import rtf_blocks
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text

_SUBJECT, _BODY, _HTML, _RTF, _TRANSPORT = "0037", "1000", "1013", "1009", "007D"
_SENDER, _ADDRESSES, _TO, _CC = "0C1A", ("5D01", "0C1F"), "0E04", "0E03"
_NAMES, _MIME, _CONTENT_ID, _FILE = ("3707", "3704", "3001"), "370E", "3712", "3701"
_CODE_PAGE, _SENT, _HIDDEN = 0x3FFD, 0x0039, 0x7FFE
_PROPERTIES, _PROPERTY = "__properties_version1.0", struct.Struct("<HHIQ")
_ATTACHMENT = "__attach_version1.0_"
_OF_MAIL, _OF_INNER, _OF_ATTACHMENT = 32, 24, 8  # bytes before the properties
_WESTERN = 1252
_SINCE_1601 = datetime(1601, 1, 1, tzinfo=timezone.utc)
_DEEPEST = 8


def read_msg(source: Source) -> OpenedFile:
    """A mail as one page, under its subject. Raises `DocumentError`."""
    with opened_ole(source) as ole:
        mail = _Mail(ole)
        return mail_reading(mail.headers(), mail.body(), [name for name, _ in mail.attachments()])


def attached_files(source: Source) -> Iterator[tuple[str, bytes]]:
    """The name and content of each attached file; a mail attached to the mail is written as a plain one."""
    with opened_ole(source) as ole:
        yield from _Mail(ole).attachments()


class _Mail:
    """A mail or an attachment, whose texts are in the code page of the mail that it belongs to unless it has its own."""

    def __init__(self, ole: OleFile, folder: Folder = (), head: int = _OF_MAIL, code_page: int = _WESTERN) -> None:
        self._ole = ole
        self._folder = folder
        self._fixed = _properties(ole, folder, head)
        self._code_page = self._fixed.get(_CODE_PAGE, code_page)

    def headers(self) -> list[tuple[str, str]]:
        """From, to and so on, as far as they are known."""
        sent = HeaderParser().parsestr(self._text(_TRANSPORT)).get("Date", "") or _date(self._fixed.get(_SENT, 0))
        address = next(filter(None, map(self._text, _ADDRESSES)), "")
        sender = f"{self._text(_SENDER)} <{address}>" if "@" in address else self._text(_SENDER) or address
        values = (sender, self._text(_TO), self._text(_CC), sent, self._text(_SUBJECT))
        return [(name, cell_text(value)) for name, value in zip(HEADERS, values)]

    def body(self) -> list[Block]:
        """The text: plain, or else of its page, or else of its Rich Text."""
        if plain := self._text(_BODY).strip():
            return [Line(plain)]
        if markup := self._text(_HTML) or self._markup():
            return html_blocks(markup)
        return rtf_blocks(unpacked_rtf(self._read(_RTF, "0102")))

    def attachments(self, depth: int = 0) -> Iterator[tuple[str, bytes]]:
        """Each attached file, and those of attached mails after them; pictures that only adorn the text are left out."""
        folders = [name for name in self._ole.names(self._folder) if name.startswith(_ATTACHMENT)]
        for number, name in enumerate(sorted(folders), 1):
            folder = (*self._folder, name)
            part = _Mail(self._ole, folder, _OF_ATTACHMENT, self._code_page)
            inner = _Mail(self._ole, (*folder, f"__substg1.0_{_FILE}000D"), _OF_INNER, self._code_page)
            if inner.exists() and depth < _DEEPEST:
                yield f"{inner._text(_SUBJECT) or number}.eml", inner._as_eml()
                yield from inner.attachments(depth + 1)
            elif not part._is_adornment():
                named = next(filter(None, (cell_text(part._text(tag)) for tag in _NAMES)), str(number))
                yield named, part._read(_FILE, "0102")

    def exists(self) -> bool:
        """Whether there is anything in the folder."""
        return bool(self._ole.names(self._folder))

    def _is_adornment(self) -> bool:
        return bool(self._fixed.get(_HIDDEN) and self._text(_CONTENT_ID) and self._text(_MIME).startswith("image/"))

    def _as_eml(self) -> bytes:
        """The mail as any program keeps one, without its attachments."""
        plain = self._text(_BODY)
        head = [f"{name}: {value}" for name, value in self.headers() if value]
        head += [f"Content-Type: text/{'plain' if plain else 'html'}; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
        return "\n".join((*head, "", plain or self._text(_HTML) or self._markup())).encode("utf-8", "replace")

    def _markup(self) -> str:
        content = self._read(_HTML, "0102")
        return (decode(content) or "") if content else ""

    def _text(self, tag: str) -> str:
        wide = self._read(tag, "001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\x00")
        narrow = self._read(tag, "001E")
        return decode_as(narrow, f"cp{self._code_page}").rstrip("\x00") if narrow else ""

    def _read(self, tag: str, kind: str) -> bytes:
        return self._ole.read(*self._folder, f"__substg1.0_{tag}{kind}")


def _properties(ole: OleFile, folder: Folder, head: int) -> Mapping[int, int]:
    """The properties of fixed length by their numbers."""
    content = ole.read(*folder, _PROPERTIES)[head:]
    whole = len(content) // _PROPERTY.size * _PROPERTY.size
    return {tag: value for _, tag, _, value in _PROPERTY.iter_unpack(content[:whole])}


def _date(ticks: int) -> str:
    """A point in time, given in tenths of a microsecond since 1601, in words."""
    try:
        return (_SINCE_1601 + timedelta(microseconds=ticks // 10)).strftime("%a, %d %b %Y %H:%M:%S +0000") if ticks else ""
    except OverflowError:
        return ""
