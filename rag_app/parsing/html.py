"""Web pages as files: one page of text under the headings, without scripts and styles. Nothing that they name is fetched."""

from __future__ import annotations

import re
from html import unescape

from rag_app.parsing.blocks import page_of_blocks
from rag_app.parsing.html_walk import html_blocks
from rag_app.parsing.plain_text import read_text
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text

_TITLE = re.compile(r"<title(?:\s[^<>]*)?(?<!/)>(.{0,1000}?)</title>", re.IGNORECASE | re.DOTALL)
_HEAD = 65536


def read_html(source: Source) -> OpenedFile:
    """A web page as one page. Raises `DocumentError`."""
    markup = read_text(source)
    return OpenedFile(html_title(markup), 1, iter((page_of_blocks(html_blocks(markup)),)))


def html_title(markup: str) -> str:
    """The title that a web page gives itself, or nothing."""
    title = _TITLE.search(markup, 0, _HEAD)
    return cell_text(unescape(title.group(1))) if title else ""
