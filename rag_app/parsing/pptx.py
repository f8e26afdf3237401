"""PowerPoint presentations: a page a slide, its title a heading; text in groups, tables, charts and diagrams, and the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag_app.parsing.blocks import Block, Line, Rows, page_of_blocks
from rag_app.parsing.drawings import OLDER_COPY, chart_blocks, paragraphs
from rag_app.parsing.package import Node, Package, local, opened, relation_of, walked
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Page

_MAIN = "ppt/presentation.xml"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_TITLES = ("title", "ctrTitle")
_ON_EVERY_SLIDE = ("dt", "ftr", "hdr")
_NUMBER = "sldNum"
_SPAN = "vMerge"


def read_pptx(source: Source) -> OpenedFile:
    """A presentation, a page a slide, hidden ones too. Raises `DocumentError`."""
    with opened(source) as package:
        slides = _slides(package)
        if not slides:
            package.unread()
    source.check_pages(len(slides))
    return OpenedFile("", len(slides), _pages(source, slides))


def _slides(package: Package) -> Sequence[str]:
    """The parts of the slides in their order; where that is lost, in the order of their names."""
    main = next(iter(package.related("", "officeDocument")), _MAIN)
    relations = package.relations(main)
    listed = (relations.get(relation_of(node)) for node in package.each(main, "sldId"))
    slides = [relation.target for relation in listed if relation is not None and relation.target in package.names]
    found = sorted((int(match[1]), match[0]) for match in map(_SLIDE.fullmatch, package.names) if match)
    return slides or [name for _, name in found]


def _pages(source: Source, slides: Sequence[str]) -> Iterator[Page]:
    found_text = False
    seen = set[str]()
    with opened(source) as package:
        for place, slide in enumerate(slides, 1):
            page = page_of_blocks(_Slide(package, slide, seen).blocks(), place)
            found_text = found_text or bool(page.text)
            yield page
        if not found_text:
            package.unread()


class _Slide:
    """A slide of a presentation. `seen` holds what stands on every slide and was read once."""

    def __init__(self, package: Package, name: str, seen: set[str]) -> None:
        self._package = package
        self._name = name
        self._seen = seen
        self._relations = package.relations(name)

    def blocks(self) -> list[Block]:
        """The title, then the rest of the slide, its notes and the comments on it."""
        shown = list(self._shapes(self._package.xml(self._name)))
        roots = (self._package.xml(part) for part in self._package.related(self._name, "notesSlide"))
        notes = [Line(text) for root in roots for shape in _bodies(root) for text in paragraphs(shape)]
        parts = self._package.related(self._name, "comments")
        comments = [Line(_comment(node)) for part in parts for node in self._package.each(part, "cm")]
        is_title = [isinstance(block, Line) and block.level > 0 for block in shown]
        first = [block for block, title in zip(shown, is_title, strict=True) if title]
        return [*first, *(block for block, title in zip(shown, is_title, strict=True) if not title), *notes, *comments]

    def _shapes(self, root: Node | None) -> Iterator[Block]:
        steps = walked(root) if root is not None else iter(())
        for event, node in steps:
            name = local(node)
            if event == "start" and name in ("sp", "graphicFrame", OLDER_COPY):
                steps.skip_subtree()
                if name != OLDER_COPY:
                    yield from self._text(node) if name == "sp" else self._frame(node)

    def _text(self, shape: Node) -> Iterator[Line]:
        kind = _placeholder(shape)
        lines = list(paragraphs(shape))
        if kind in _TITLES:
            yield Line(" ".join(lines), 1)
        elif kind in _ON_EVERY_SLIDE:
            yield from (Line(line) for line in lines if line not in self._seen)
            self._seen.update(lines)
        elif kind != _NUMBER:
            yield from map(Line, lines)

    def _frame(self, frame: Node) -> Iterator[Block]:
        """A table, a chart or a diagram."""
        for node in frame.iter("{*}tbl", "{*}chart", "{*}relIds"):
            if local(node) == "tbl":
                yield Rows(tuple(_rows(node)), marked=_marked(node))
                continue
            relation = self._relations.get(relation_of(node, "id" if local(node) == "chart" else "dm"))
            root = self._package.xml(relation.target) if relation else None
            yield from chart_blocks(root) if local(node) == "chart" else map(Line, paragraphs(root))


def _placeholder(shape: Node) -> str:
    """What a shape is there for, as the layout of the slide names it; empty for shapes of the slide's own."""
    return next((str(node.get("type", "obj")) for node in shape.iter("{*}ph")), "")


def _bodies(notes: Node | None) -> Iterator[Node]:
    """The shapes of a notes page that hold the notes."""
    return (shape for shape in (notes.iter("{*}sp") if notes is not None else ()) if _placeholder(shape) == "body")


def _marked(table: Node) -> int:
    """How many first rows of a table are set apart, as the look of the table says."""
    return sum(properties.get("firstRow") in ("1", "true") for properties in table.iterfind("{*}tblPr"))


def _rows(table: Node) -> Iterator[tuple[str, ...]]:
    above: tuple[str, ...] = ()
    for row in table.iterchildren("{*}tr"):
        cells = [" ".join(paragraphs(cell)) for cell in row.iterchildren("{*}tc")]
        for place, cell in enumerate(row.iterchildren("{*}tc")):
            if cell.get(_SPAN) in ("1", "true") and place < len(above):
                cells[place] = above[place]
        above = tuple(cells)
        yield above


def _comment(node: Node) -> str:
    """The words of a comment, as older and newer versions write them."""
    return "\n".join(node.itertext("{*}text")) or "\n".join(paragraphs(node))
