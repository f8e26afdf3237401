"""Damaged PDF files: pypdf rebuilds what their tables should say, and finds text where pdfium gives up."""

from __future__ import annotations

from collections.abc import Iterator

from rag_app.errors import DocumentError
from rag_app.parsing.cleaning import clean
from rag_app.parsing.source import Reading, Source
from rag_app.records import Page


def rescue_pdf(source: Source, damage: DocumentError) -> Reading:
    """What text of the file is left, a page each, without headings. Raises `damage` where there is none."""
    import pypdf  # a fifth of a second, for the few files that need it

    try:
        reader = pypdf.PdfReader(source.path, strict=False, password=source.password or None)
        texts = [clean(page.extract_text()) for page in reader.pages[: source.max_pages]]
    except Exception as error:  # on broken files pypdf raises whatever its parts raise
        raise damage from error
    if not any(text.strip() for text in texts):
        raise damage
    return Reading("", len(texts), _pages(texts))


def _pages(texts: list[str]) -> Iterator[Page]:
    for number, text in enumerate(texts, 1):
        yield Page(number, text)
