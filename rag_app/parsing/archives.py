"""What a ZIP-based file would unpack to, looked at before it is unpacked."""

from __future__ import annotations

import zipfile

from rag_app.errors import Reason
from rag_app.parsing.source import MEGABYTE, Source

MAX_ENTRIES = 10_000
MAX_MARKUP_BYTES = 200 * MEGABYTE
_MARKUP = (".xml", ".rels", ".html", ".htm", ".xhtml", ".opf")


def check_archive(source: Source) -> None:
    """Refuse an archive whose text would fill the memory; pictures in it are never unpacked, so they do not count.

    Reading a member gives no more than its declared size, so a lying directory cannot exceed the bound either.
    """
    with zipfile.ZipFile(source.path) as archive:
        entries = archive.infolist()
    markup = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(_MARKUP))
    if len(entries) > MAX_ENTRIES or markup > MAX_MARKUP_BYTES:
        raise source.refusal(
            Reason.EXPANDS_TOO_MUCH,
            f"{{name}} would unpack to {markup // MEGABYTE} MB of text in {len(entries)} parts, more than Footnote takes "
            f"({MAX_MARKUP_BYTES // MEGABYTE} MB, {MAX_ENTRIES} parts). Split it into smaller documents.",
        )
