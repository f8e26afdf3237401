"""EPUB books: their chapters in reading order, each a page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from rag_app.errors import Reason
from rag_app.parsing.blocks import page_of_blocks
from rag_app.parsing.encodings import decode
from rag_app.parsing.html_walk import html_blocks
from rag_app.parsing.package import Node, Package, attribute, local, opened
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text
from rag_app.records import Page

_CONTAINER = "META-INF/container.xml"
_RIGHTS = "META-INF/encryption.xml"
_MARKUP = (".xhtml", ".html", ".htm")


def read_epub(source: Source) -> OpenedFile:
    """A book. Raises `DocumentError`, also for one that is locked to a shop's own program."""
    with opened(source) as package:
        book = _book_part(package)
        root = package.xml(book)
        chapters = _chapters(package, root, posixpath.dirname(book))
        _refuse_locked(source, package, chapters)
        title = _title(root)
    source.check_pages(len(chapters))
    return OpenedFile(title, len(chapters), _pages(source, chapters))


def _pages(source: Source, chapters: Sequence[str]) -> Iterator[Page]:
    with opened(source) as package:
        has_text = False
        for number, name in enumerate(chapters, 1):
            page = page_of_blocks(html_blocks(decode(package.read(name)) or ""), number)
            has_text = has_text or bool(page.text)
            yield page
        if not has_text:
            package.unread()


def _book_part(package: Package) -> str:
    """The name of the part that lists the others."""
    root = package.xml(_CONTAINER)
    nodes = root.iter() if root is not None else ()
    named = (attribute(node, "full-path") for node in nodes if local(node) == "rootfile")
    listed = (name for name in package.names if name.endswith(".opf"))
    return next((name for name in (*named, *listed) if name in package.names), "")


def _chapters(package: Package, book: Node | None, folder: str) -> Sequence[str]:
    """The names of the chapters in the order of the book, each once; by name where the book tells none."""
    nodes = list(book.iter()) if book is not None else []
    items = {
        attribute(node, "id"): posixpath.normpath(posixpath.join(folder, unquote(attribute(node, "href"))))
        for node in nodes
        if local(node) == "item"
    }
    names = (items.get(attribute(node, "idref"), "") for node in nodes if local(node) == "itemref")
    found = [name for name in dict.fromkeys(names) if name in package.names]
    return found or sorted(name for name in package.names if name.lower().endswith(_MARKUP))


def _refuse_locked(source: Source, package: Package, chapters: Sequence[str]) -> None:
    root = package.xml(_RIGHTS)
    nodes = root.iter() if root is not None else ()
    locked = {unquote(attribute(node, "URI")) for node in nodes if local(node) == "CipherReference"}
    if locked.intersection(chapters):
        raise source.refusal(
            Reason.UNSUPPORTED,
            "{name} is protected against copying and can be read in the program of its shop only. Add another edition.",
        )


def _title(book: Node | None) -> str:
    nodes = book.iter() if book is not None else ()
    return next((cell_text(node.text) for node in nodes if local(node) == "title" and node.text), "")
