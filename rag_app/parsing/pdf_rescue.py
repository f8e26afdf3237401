"""Damaged PDF files: what of them is left, and the sentence that tells it.

pypdf rebuilds what the tables of a file should say, and finds text where pdfium gives up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.cleaning import clean
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Page

if TYPE_CHECKING:
    from pypdf import PdfReader

NO_PAGES = "{name} has no pages. Choose a file with text in it."
_MOST_NAMED = 10
_END_MARK, _END_WITHIN = b"%%EOF", 2048


def rescue_pdf(source: Source, damage: DocumentError) -> OpenedFile:
    """What text of the file is left, a page each, without headings. Raises `damage` where there is none."""
    import pypdf  # a fifth of a second, for the few files that need it

    try:
        reader = pypdf.PdfReader(source.path, strict=False, password=source.password or None)
        count = len(reader.pages)
        is_empty = count == 0 and reader.root_object["/Pages"]["/Kids"] == []  # type: ignore[index]
    except Exception as error:  # on broken files pypdf raises whatever its parts raise
        raise damage from error
    if is_empty:
        raise source.refusal(Reason.EMPTY_FILE, NO_PAGES)
    source.check_pages(count)
    lost: list[int] = []
    return OpenedFile("", count, _pages(reader, count, lost, damage), partial(recovered, source, count, lost))


def _pages(reader: PdfReader, count: int, lost: list[int], damage: DocumentError) -> Iterator[Page]:
    found_text = False
    for number in range(1, count + 1):
        text = ""
        with suppress(Exception):  # as above
            text = clean(reader.pages[number - 1].extract_text())
        found_text = found_text or bool(text.strip())
        if not text.strip():
            lost.append(number)
        yield Page(number, text)
    if not found_text:
        raise damage


def damage_of(source: Source, count: int, lost: Sequence[int]) -> str:
    """What to say of a PDF that could be opened: nothing, unless pages were lost or its end is missing."""
    if lost:
        return recovered(source, count, lost)
    with source.path.open("rb") as file:
        file.seek(-min(_END_WITHIN, file.seek(0, os.SEEK_END)), os.SEEK_END)
        if _END_MARK in file.read():
            return ""
    return f"{source.name} is damaged: its end is missing. {_pages_of(count)} could be read; there may have been more."


def recovered(source: Source, count: int, lost: Sequence[int]) -> str:
    """A sentence that tells which pages of a damaged file could be read."""
    if not lost:
        return f"{source.name} is damaged. The text of {_pages_of(count)} was recovered; compare it with another copy."
    named = ", ".join(map(str, sorted(lost)[:_MOST_NAMED])) + (" …" if len(lost) > _MOST_NAMED else "")
    return (
        f"{source.name} is damaged: the text of {count - len(lost)} of its {_pages_of(count)} was recovered, "
        f"nothing of page {named}. Add another copy if you have one."
    )


def _pages_of(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"
