"""The table of formats: to read another one, write a reader and add its row (and its signature in `media_types`)."""

from __future__ import annotations

from collections.abc import Mapping

from rag_app.parsing.elements import read_docx, read_html, read_markdown
from rag_app.parsing.media_types import DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT
from rag_app.parsing.pdf import read_pdf
from rag_app.parsing.plain_text import read_plain_text
from rag_app.parsing.source import Reader

READERS: Mapping[str, Reader] = {
    PDF: read_pdf,
    DOCX: read_docx,
    HTML: read_html,
    MARKDOWN: read_markdown,
    PLAIN_TEXT: read_plain_text,
}
