"""Plain text: its lines as they stand, one page."""

from __future__ import annotations

from rag_app.errors import Reason
from rag_app.parsing.aligned import aligned_blocks
from rag_app.parsing.blocks import page_of_blocks
from rag_app.parsing.chat import messages_of
from rag_app.parsing.cleaning import clean
from rag_app.parsing.encodings import decode
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.subtitles import subtitles_of
from rag_app.records import Page


def read_text(source: Source) -> str:
    """The characters of a text file, as decoded. Raises `DocumentError` when they are not text."""
    text = decode(source.path.read_bytes())
    if text is None:
        raise source.refusal(
            Reason.DAMAGED, "{name} is not text in any encoding Footnote knows. Save it as UTF-8 and add it again."
        )
    return text


def read_plain_text(source: Source) -> OpenedFile:
    """A text file as one page without headings: what was written or said with who did and when, tables as rows."""
    text = read_text(source).replace("\r\n", "\n")
    blocks = subtitles_of(text) or messages_of(text) or aligned_blocks(text)
    page = page_of_blocks(blocks) if blocks else Page(1, clean(text))
    return OpenedFile(title="", page_count=1, pages=iter((page,)))
