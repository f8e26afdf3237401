"""OpenDocument presentations: a page a slide, its title a heading; text, tables, charts with their points, and the notes."""

from __future__ import annotations

from collections.abc import Iterator

from rag_app.parsing.blocks import Block, Line, page_of_blocks, text_of
from rag_app.parsing.odt_walk import Walk
from rag_app.parsing.open_document_password import refuse_locked
from rag_app.parsing.package import Node, Package, attribute, local, opened
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Page

_CONTENT = "content.xml"
_ON_EVERY_SLIDE = ("header", "footer", "date-time")
_NUMBER, _TITLE = "page-number", "title"


def read_odp(source: Source) -> OpenedFile:
    """A presentation, a page a slide. Raises `DocumentError`."""
    with opened(source) as package:
        refuse_locked(source, package)
        content = package.xml(_CONTENT)
        slides = [node for node in content.iter("{*}page") if _is_slide(node)] if content is not None else []
        source.check_pages(len(slides))
        pages = list(_pages(package, content, slides))
        if not any(page.text for page in pages):
            package.unread()
    return OpenedFile("", len(pages), iter(pages))


def _is_slide(node: Node) -> bool:
    above = node.getparent()
    return above is not None and local(above) == "presentation"


def _pages(package: Package, content: Node, slides: list[Node]) -> Iterator[Page]:
    walk = Walk(content)
    seen = set[str]()
    for place, slide in enumerate(slides, 1):
        blocks = [block for node in slide for block in _blocks(package, walk, node, seen)]
        titles = [block for block in blocks if isinstance(block, Line) and block.level == 1]
        yield page_of_blocks([*titles, *(block for block in blocks if block not in titles)], place)


def _blocks(package: Package, walk: Walk, node: Node, seen: set[str]) -> Iterator[Block]:
    """What a shape of a slide, or its notes page, says; `seen` holds what stands on every slide and was read once."""
    kind = attribute(node, "class")
    if local(node) == "notes":
        for frame in node:
            if attribute(frame, "class") == "notes":
                yield from walk.blocks(frame)
    elif kind == _TITLE:
        yield Line(text_of(walk.blocks(node)), 1)
    elif kind in _ON_EVERY_SLIDE:
        text = text_of(walk.blocks(node))
        if text not in seen:
            yield Line(text)
        seen.add(text)
    elif kind != _NUMBER:
        yield from walk.blocks(node)
        for held in node.iter("{*}object"):
            yield from walk.blocks(package.xml(f"{attribute(held, 'href').removeprefix('./')}/{_CONTENT}"))
