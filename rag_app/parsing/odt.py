"""OpenDocument texts: the body with its tables, text boxes, notes and comments, headers and footers once."""

from __future__ import annotations

from collections.abc import Iterator

from rag_app.errors import Reason
from rag_app.parsing.blocks import Block, Line, page_of_blocks, text_of
from rag_app.parsing.odt_walk import Walk
from rag_app.parsing.package import Node, Package, local, opened
from rag_app.parsing.source import Reading, Source

_HEADERS = ("header", "header-first", "header-left")
_FOOTERS = ("footer", "footer-first", "footer-left")


def read_odt(source: Source) -> Reading:
    """An OpenDocument text as one page. Raises `DocumentError`."""
    with opened(source) as package:
        refuse_locked(source, package)
        page = page_of_blocks(_blocks(package))
        if not page.text:
            package.unread()
    return Reading("", 1, iter((page,)))


def refuse_locked(source: Source, package: Package) -> None:
    """Raise `DocumentError` for an OpenDocument that a password locks, which Footnote cannot open."""
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(local(node) == "encryption-data" for node in manifest.iter()):
        raise source.refusal(Reason.PASSWORD_NEEDED, "{name} is locked with a password. Save it without one and add it again.")


def _blocks(package: Package) -> Iterator[Block]:
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    walk = Walk(content)
    yield from _repeated(styles, walk, _HEADERS)
    yield from walk.blocks(content)
    yield from _repeated(styles, walk, _FOOTERS)


def _repeated(styles: Node | None, walk: Walk, names: tuple[str, ...]) -> Iterator[Line]:
    """What stands at the head or foot of every page, each once; what has no letter, as a page number, is left out."""
    told = set[str]()
    for node in styles.iter() if styles is not None else ():
        if local(node) in names:
            text = text_of(walk.blocks(node))
            if text not in told and any(map(str.isalpha, text)):
                told.add(text)
                yield Line(text)
