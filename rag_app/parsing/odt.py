"""OpenDocument texts: the body with its tables, text boxes, notes and comments, headers and footers once."""

from __future__ import annotations

from collections.abc import Iterator

from rag_app.parsing.blocks import Block, Line, once, page_of_blocks, text_of
from rag_app.parsing.odt_walk import Walk
from rag_app.parsing.open_document_password import refuse_locked
from rag_app.parsing.package import Node, Package, local, opened
from rag_app.parsing.source import OpenedFile, Source

_HEADERS = ("header", "header-first", "header-left")
_FOOTERS = ("footer", "footer-first", "footer-left")


def read_odt(source: Source) -> OpenedFile:
    """An OpenDocument text as one page. Raises `DocumentError`."""
    with opened(source) as package:
        refuse_locked(source, package)
        page = page_of_blocks(_blocks(package))
        if not page.text:
            package.unread()
    return OpenedFile("", 1, iter((page,)))


def _blocks(package: Package) -> Iterator[Block]:
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    walk = Walk(content, styles)
    yield from _repeated(styles, walk, _HEADERS)
    yield from walk.blocks(content)
    yield from _repeated(styles, walk, _FOOTERS)


def _repeated(styles: Node | None, walk: Walk, names: tuple[str, ...]) -> Iterator[Line]:
    """What stands at the head or foot of every page, each once; what has no letter, as a page number, is left out."""
    nodes = styles.iter() if styles is not None else ()
    return once(Line(text_of(walk.blocks(node))) for node in nodes if local(node) in names)
