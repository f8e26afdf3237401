"""What a file holds, by its content; its name only chooses among kinds of text."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import PurePath

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.encodings import decode
from rag_app.parsing.source import MEGABYTE, Source

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN_TEXT = "text/plain"

_NAMED = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".docm": DOCX,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": PLAIN_TEXT,
    ".text": PLAIN_TEXT,
}
_CALLED = {PDF: "a PDF", DOCX: "a Word document", HTML: "a web page", MARKDOWN: "Markdown", PLAIN_TEXT: "plain text"}
_NOT_READ = (
    (b"\x7fELF", "a Linux program"),
    (b"MZ\x90", "a Windows program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a WebP image, a sound or a film"),
    (b"{\\rtf", "a Rich Text document"),
    (b"%!PS", "a PostScript document"),
    (b"SQLite format 3", "a database"),
    (b"ID3", "a sound"),
)
_IN_ZIP = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an EPUB book"),
    ("content.xml", "an OpenDocument file"),
)
_READABLE = "PDF, Word (.docx), HTML, Markdown and plain text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_OTHER_MARKUP = re.compile(r"\s*<(?:\?xml|svg)\b", re.IGNORECASE)
_HEAD = 4096
_PDF_STARTS_WITHIN = 1024
_PDF_MARK = b"%PDF-"
MAX_TEXT_BYTES = 64 * MEGABYTE
_SNIFFED = MEGABYTE


def media_type(source: Source) -> str:
    """The media type of a file, one that Footnote reads. Raises `DocumentError` for an empty file and for all others."""
    with source.path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise source.refusal(Reason.EMPTY_FILE, "{name} is empty. Choose a file with text in it.")
    if _is_pdf(head, _named(source)):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _type_in_zip(source)
    if head.startswith(_OLE):
        raise _old_office(source)
    for signature, kind in _NOT_READ:
        if head.startswith(signature):
            raise _not_read(source, kind)
    return _type_of_text(source)


def _is_pdf(head: bytes, named: str | None) -> bool:
    """Readers of PDF accept a little rubbish before its mark; a text that only speaks of the mark is none."""
    return head.startswith(_PDF_MARK) or (_PDF_MARK in head[:_PDF_STARTS_WITHIN] and named in (PDF, None))


def _type_in_zip(source: Source) -> str:
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise source.refusal(
            Reason.DAMAGED, "{name} is damaged: its end is missing or overwritten. Get it again from where it came from."
        ) from error
    if any(name.startswith("word/document") for name in names):
        return DOCX
    for part, kind in _IN_ZIP:
        if any(name.startswith(part) for name in names):
            raise _not_read(source, kind)
    if _named(source) == DOCX:
        raise source.refusal(
            Reason.DAMAGED, "{name} is damaged: no text of a Word document is in it. Open it in Word and save it again."
        )
    raise _not_read(source, "a ZIP archive")


def _type_of_text(source: Source) -> str:
    with source.path.open("rb") as file:
        content = file.read(_SNIFFED)
        longer = file.seek(0, os.SEEK_END) > MAX_TEXT_BYTES
    text = decode(content)
    if text is None:
        raise _not_read(source, "nothing that Footnote can read")
    if longer:
        raise source.refusal(
            Reason.TOO_BIG,
            f"{{name}} holds more than {MAX_TEXT_BYTES // MEGABYTE} MB of text. Split it into parts and add those.",
        )
    named = _named(source)
    if named == HTML or _HTML_START.match(text[:_HEAD]):
        return HTML
    if named is None and _OTHER_MARKUP.match(text[:_HEAD]):
        raise _not_read(source, "XML")
    return MARKDOWN if named == MARKDOWN else PLAIN_TEXT


def _named(source: Source) -> str | None:
    return _NAMED.get(PurePath(source.name).suffix.lower())


def _old_office(source: Source) -> DocumentError:
    with source.path.open("rb") as file:
        encrypted = _ENCRYPTED_OFFICE in file.read()
    if encrypted:
        return source.refusal(Reason.PASSWORD_NEEDED, "{name} is locked with a password. Save it without one and add it again.")
    return _not_read(source, "an Office document in the format before 2007")


def _not_read(source: Source, kind: str) -> DocumentError:
    """The error for a file that holds `kind`, whatever it is named."""
    named = _named(source)
    if named is None:
        return source.refusal(Reason.UNSUPPORTED, f"{{name}} holds {kind}. Footnote reads {_READABLE}; save it as one of these.")
    return source.refusal(
        Reason.NOT_THE_TYPE_IT_SAYS,
        f"{{name}} is named as {_CALLED[named]} but holds {kind}. Check that it is the file you meant.",
    )
