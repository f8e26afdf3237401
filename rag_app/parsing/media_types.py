"""What a file holds, by its content; its name only chooses among kinds of text."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePath

from rag_app.errors import DocumentError, Reason
from rag_app.parsing import formats
from rag_app.parsing.encodings import decode
from rag_app.parsing.formats import CALLED, NAMED
from rag_app.parsing.mbox import MAIL_BEGINS
from rag_app.parsing.ole import opened_ole
from rag_app.parsing.source import MEGABYTE, Source

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", formats.PNG),
    (b"\xff\xd8\xff", formats.JPEG),
    (b"GIF8", formats.GIF),
    (b"II*\x00", formats.TIFF),
    (b"MM\x00*", formats.TIFF),
    (b"{\\rtf", formats.RTF),
)
_NOT_READ = (
    (b"\x7fELF", "a Linux program"),
    (b"MZ\x90", "a Windows program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"RIFF", "a sound or a film"),
    (b"%!PS", "a PostScript document"),
    (b"SQLite format 3", "a database"),
    (b"ID3", "a sound"),
)
_IN_LETTERS = (b"{\\rtf", b"%!PS")  # of the formats above, those that are text themselves
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WEBP = re.compile(rb"RIFF.{4}WEBP", re.DOTALL)
_BMP = re.compile(rb"BM.{4}\x00{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00{3}", re.DOTALL)
_HEIC = re.compile(rb".{4}ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1)", re.DOTALL)
_IN_ZIP = (
    ("word/document", formats.DOCX),
    ("xl/", formats.XLSX),
    ("ppt/", formats.PPTX),
    ("META-INF/container.xml", formats.EPUB),
)
_OF_OFFICE = ("[Content_Types].xml", "_rels/.rels")
_OPEN_DOCUMENTS = (formats.ODT, formats.ODS, formats.ODP)
_LONGEST_MIMETYPE = 100
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIL_STREAM = "__substg1.0_"  # as its name begins
_STREAMS = (
    (_MAIL_STREAM, formats.MSG),
    ("WordDocument", formats.DOC),
    ("Workbook", formats.XLS),
    ("Book", formats.XLS),
    ("PowerPoint Document", formats.PPT),
)
_ENCRYPTED = "EncryptedPackage"
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_XML_START = re.compile(r"\s*<(?:\?xml|svg)\b", re.IGNORECASE)
_HTML_TABLE = re.compile(r"\s*<(?:table|meta|style|head|body|div)\b", re.IGNORECASE)
_WORKBOOKS = (formats.XLSX, formats.XLS, formats.ODS)
_BY_NAME = (
    formats.MARKDOWN,
    formats.LATEX,
    formats.RST,
    formats.ORG,
    formats.ASCIIDOC,
    formats.CSV,
    formats.TSV,
    formats.JSON,
)  # texts that their names alone tell
_MAIL_START = re.compile(
    r"(?:From .*\n)?(?:(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|Date|Subject|X-[\w-]+):.*\n"
    r"(?:[ \t].*\n)*){2,}",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\s*BEGIN:(VCARD|VCALENDAR)\s", re.IGNORECASE)
_RELATED = re.compile(r"^Content-Type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_SAVED_AS = {CALLED[formats.DOC]: "as DOCX", CALLED[formats.PPT]: "as PPTX"}
_HEAD = 4096
_PDF_STARTS_WITHIN = 1024
_PDF_MARK = b"%PDF-"
MAX_TEXT_BYTES = 64 * MEGABYTE
_SNIFFED = MEGABYTE
_NOTHING = "nothing that Footnote can read"


def media_type(source: Source) -> str:
    """The media type of a file. Raises `DocumentError` for an empty file and for what is of no known format."""
    with source.path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise source.refusal(Reason.EMPTY_FILE, "{name} is empty. Choose a file with text in it.")
    if _is_pdf(head, _named(source)):
        return formats.PDF
    if head.startswith(b"PK\x03\x04"):
        return _type_in_zip(source)
    if head.startswith(_OLE):
        return _type_in_ole(source)
    known = _signed(head)
    if known:
        return known
    for signature, kind in _NOT_READ:
        if _begins(head, signature):
            raise not_read(source, kind)
    return _type_of_text(source)


def not_read(source: Source, kind: str) -> DocumentError:
    """The error for a file that holds `kind`, whatever it is named."""
    named = _named(source)
    if named is None or CALLED[named] == kind:
        wanted = _SAVED_AS.get(kind, "in another format, as a PDF")
        what = kind if kind == _NOTHING else f"{kind}, which Footnote does not read"
        return source.refusal(Reason.UNSUPPORTED, f"{{name}} holds {what}. Save it {wanted}.")
    return source.refusal(
        Reason.NOT_THE_TYPE_IT_SAYS,
        f"{{name}} is named as {CALLED[named]} but holds {kind}. Check that it is the file you meant.",
    )


def _is_pdf(head: bytes, named: str | None) -> bool:
    """Readers of PDF accept a little rubbish before its mark; a text that only speaks of the mark is none."""
    return head.startswith(_PDF_MARK) or (_PDF_MARK in head[:_PDF_STARTS_WITHIN] and named in (formats.PDF, None))


def _signed(head: bytes) -> str | None:
    """The format that the first bytes tell."""
    for pattern, kind in ((_WEBP, formats.WEBP), (_BMP, formats.BMP), (_HEIC, formats.HEIC)):
        if pattern.match(head) and _CONTROL.search(head):
            return kind
    return next((kind for signature, kind in _SIGNATURES if _begins(head, signature)), None)


def _begins(head: bytes, signature: bytes) -> bool:
    """Whether a file begins with a signature. What is text may begin with the same letters: "ID3 tags", "RIFF"."""
    return head.startswith(signature) and (signature in _IN_LETTERS or _CONTROL.search(head) is not None)


def _type_in_zip(source: Source) -> str:
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = archive.namelist()
            open_document = _open_document(archive, names)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise source.refusal(
            Reason.DAMAGED, "{name} is damaged: its end is missing or overwritten. Get it again from where it came from."
        ) from error
    if open_document:
        return open_document
    named = _named(source)
    found = _kind_in_zip(names, named)
    if found == formats.ZIP and named not in (formats.ZIP, None):
        raise source.refusal(
            Reason.DAMAGED, f"{{name}} is damaged: what makes up {CALLED[named]} is not in it. Open it, and save it again."
        )
    return found


def _kind_in_zip(names: Sequence[str], named: str | None) -> str:
    """The format whose parts an archive holds. A folder of such a name makes no Office file, unless the file is named as one."""
    is_office = any(name in _OF_OFFICE for name in names)
    for part, kind in _IN_ZIP:
        if any(name.startswith(part) for name in names) and (is_office or kind in (named, formats.EPUB)):
            return kind
    return formats.ZIP


def _open_document(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    """The kind of OpenDocument that an archive names itself."""
    if "mimetype" not in names or archive.getinfo("mimetype").file_size > _LONGEST_MIMETYPE:
        return formats.ODT if "content.xml" in names else None
    kind = archive.read("mimetype").decode("ascii", errors="replace").strip()
    return next((known for known in _OPEN_DOCUMENTS if kind.startswith(known)), None)


def _type_in_ole(source: Source) -> str:
    names = _streams(source)
    if _ENCRYPTED in names:
        raise source.locked(Reason.ENCRYPTED_OFFICE)
    for stream, kind in _STREAMS:
        if stream in names:
            return kind
    raise not_read(source, _NOTHING)


def _streams(source: Source) -> set[str]:
    """The names at the root of a compound file: those below are of what is attached or embedded.

    Of a file that does not open, the known ones that stand anywhere in it: so its reader can say what is wrong.
    """
    try:
        with opened_ole(source) as ole:
            return {_MAIL_STREAM if name.startswith(_MAIL_STREAM) else name for name in ole.names()}
    except DocumentError:
        content = source.path.read_bytes()
        return {name for name in (_ENCRYPTED, *dict(_STREAMS)) if name.encode("utf-16-le") in content}


def _type_of_text(source: Source) -> str:
    with source.path.open("rb") as file:
        content = file.read(_SNIFFED)
        longer = file.seek(0, os.SEEK_END) > MAX_TEXT_BYTES
    text = decode(content)
    if text is None:
        raise not_read(source, _NOTHING)
    is_mailbox = _named(source) in (formats.MBOX, None) and MAIL_BEGINS.match(content)
    kind = formats.MBOX if is_mailbox else _kind_of_text(source, text[:_HEAD])
    if longer and kind not in (formats.EML, formats.MBOX, formats.MHTML):
        raise source.refusal(
            Reason.TOO_BIG,
            f"{{name}} holds more than {MAX_TEXT_BYTES // MEGABYTE} MB of text. Split it into parts and add those.",
        )
    return kind


def _kind_of_text(source: Source, head: str) -> str:
    """The kind of a text by its start and its name. What is named as a workbook may be what programs export under that name."""
    named = _named(source)
    is_export = named in _WORKBOOKS
    if named == formats.HTML or _HTML_START.match(head) or (is_export and _HTML_TABLE.match(head)):
        return formats.HTML
    if named in (formats.EML, formats.MHTML) or ((named is None or is_export) and _MAIL_START.match(head)):
        return formats.MHTML if _RELATED.search(head) and named != formats.EML else formats.EML
    is_xml = _XML_START.match(head) and (named is None or is_export)
    if is_xml or (named == formats.XML and head.lstrip().startswith("<")):
        return formats.XML
    if is_export:
        return formats.CSV
    if begins := _BEGINS.match(head):
        return formats.VCARD if begins[1].upper() == "VCARD" else formats.ICALENDAR
    return named if named in _BY_NAME else formats.PLAIN_TEXT


def _named(source: Source) -> str | None:
    return NAMED.get(PurePath(source.name).suffix.lower())
