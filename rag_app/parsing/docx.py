"""Word documents: the body with its tables, text boxes, notes and comments, headers and footers once, and words in drawings."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from rag_app.parsing.blocks import Block, Line, once, page_of_blocks, text_of
from rag_app.parsing.docx_numbering import Numbering
from rag_app.parsing.docx_pages import has_rendered_breaks, pages_of_blocks, without_breaks
from rag_app.parsing.docx_walk import Notes, Walk, outline_level
from rag_app.parsing.package import Node, Package, attribute, local, number, opened, written
from rag_app.parsing.source import OpenedFile, Source

_MAIN = "officeDocument"
_USUAL_MAIN = "word/document.xml"
_PROPERTIES = "docProps/app.xml"
_NO_NUMBERS = Numbering(None, None)
_NOTES = {"footnotes.xml": "footnote", "endnotes.xml": "endnote", "comments.xml": "comment"}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLE = "title"


def read_docx(source: Source) -> OpenedFile:
    """A Word document, by pages where its program wrote down where they begin, else as one. Raises `DocumentError`."""
    with opened(source) as package:
        blocks = list(_blocks(package))
        pages = pages_of_blocks(blocks) if has_rendered_breaks(blocks) else []
        if len(pages) < 2 or _told_pages(package) not in (0, len(pages)):
            pages = [page_of_blocks(without_breaks(blocks))]
        if not any(page.text for page in pages):
            package.unread()
    source.check_pages(len(pages))
    return OpenedFile("", len(pages), iter(pages))


def _told_pages(package: Package) -> int:
    """How many pages the program counted when it saved the document, 0 if it does not say."""
    properties = package.xml(_PROPERTIES)
    counts = properties.iterfind("{*}Pages") if properties is not None else ()
    return next((number(written(count.text), 0) for count in counts), 0)


def _blocks(package: Package) -> Iterator[Block]:
    main = _main_part(package)
    folder = posixpath.dirname(main)
    styles = package.xml(f"{folder}/styles.xml")
    levels = _levels(styles)
    numbering = Numbering(package.xml(f"{folder}/numbering.xml"), styles)
    walk = Walk(levels, _notes(package, folder, levels), numbering, _designs(styles))
    body = walk.blocks(package.xml(main))
    yield from _repeated(package, walk, rf"{folder}/header\d*\.xml")
    yield from body
    yield from _repeated(package, walk, rf"{folder}/(?:diagrams/data|charts/chart)\d*\.xml")
    yield from _repeated(package, walk, rf"{folder}/footer\d*\.xml")


def _main_part(package: Package) -> str:
    """The name of the part with the body, as the package names it."""
    relations = package.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        target = attribute(relation, "Target").lstrip("/")
        if attribute(relation, "Type").endswith("/" + _MAIN) and target in package.names:
            return target
    return _USUAL_MAIN


def _repeated(package: Package, walk: Walk, pattern: str) -> Iterator[Line]:
    """What stands in the parts whose names match."""
    names = sorted(filter(re.compile(pattern).fullmatch, package.names))
    return once(block for name in names for block in walk.blocks(package.xml(name)))


def _notes(package: Package, folder: str, levels: Mapping[str, int]) -> Notes:
    """The blocks of each note and comment; a comment begins with who wrote it."""
    notes: Notes = {}
    for part, kind in _NOTES.items():
        root = package.xml(f"{folder}/{part}")
        for node in root if root is not None else ():
            blocks, author = Walk(levels, {}, _NO_NUMBERS).blocks(node), attribute(node, "author")
            line = Line(f"{author}: {text_of(blocks)}")
            notes[kind, attribute(node, "id")] = [line] if author else blocks
    return notes


def _designs(styles: Node | None) -> frozenset[str]:
    """The styles of tables that show the first row in bold letters."""
    first_rows = styles.iterfind("{*}style/{*}tblStylePr") if styles is not None else ()
    bold = (one for one in first_rows if attribute(one, "type") == "firstRow" and one.find("{*}rPr/{*}b") is not None)
    return frozenset(attribute(above, "styleId") for one in bold if (above := one.getparent()) is not None)


def _levels(styles: Node | None) -> Mapping[str, int]:
    """The heading level of each paragraph style: its own, or that of the style it is based on."""
    own, based_on = dict[str, int](), dict[str, str]()
    for style in styles if styles is not None else ():
        parts = {local(node): attribute(node, "val") for node in style.iter() if node is not style}
        identifier = attribute(style, "styleId")
        based_on[identifier] = parts.get("basedOn", "")
        level = _level(parts.get("name", ""), parts.get("outlineLvl", ""))
        if level is not None:
            own[identifier] = level
    return {style: level for style in based_on if (level := _inherited(style, own, based_on))}


def _level(name: str, outline: str) -> int | None:
    if heading := _HEADING.fullmatch(name):
        return int(heading.group(1))
    if name.lower() == _TITLE:
        return 1
    return outline_level(outline) if outline else None


def _inherited(style: str, own: Mapping[str, int], based_on: Mapping[str, str]) -> int:
    passed = set[str]()
    while style not in own and style in based_on and style not in passed:
        passed.add(style)
        style = based_on[style]
    return own.get(style, 0)
