"""XML as people read it: what is told of a thing in lines, things of one kind as the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rag_app.errors import Reason
from rag_app.parsing.blocks import BULLET, Block, Line, Rows, page_of_blocks
from rag_app.parsing.cleaning import is_encoded
from rag_app.parsing.content_lines import Property
from rag_app.parsing.html_walk import html_blocks
from rag_app.parsing.package import Node, check_entities, local, parse_xml
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text

_MOST_COLUMNS = 30
_DEEPEST = 60
_LONGEST_CELL = 500
_WITHIN = " › "
_COORDINATES = re.compile(r"[-+\d.,\s]{300}")
_LONG = 100  # characters: what is longer is prose, which needs no name before it
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+")
_MARKUP = re.compile(r"\s*<(?:\?xml|!DOCTYPE|[a-z][\w-]*[\s/>])", re.IGNORECASE)
_TIME = re.compile(r"\d{8}T\d{6}Z?")
_TO_DO = re.compile(r'<en-todo( checked="true")?[^<>]*>')
_TRUTHS = {"true": "true", "false": "false"}  # of property lists, where they are elements
_NAMELESS = frozenset(("text", "value", "string", "p", "para", "outline", "dict", "array", "integer", "real"))
_FOR_PROGRAMS = frozenset(("version", "encoding", "class", "style"))
_LEFT_OUT = "recognition"  # what Evernote guesses to stand in a picture
_TITLE, _TITLES = "title", ("title", "name")
_KEY = "key"  # in property lists before each value
_POINTS = "trkpt"  # of a track, of which the first and the last tell where and when it went
_DRAWING, _DRAWN = "svg", ("title", "desc", "text")


def read_xml(source: Source) -> OpenedFile:
    """An XML file as one page. Raises `DocumentError`, also for one that declares entities."""
    content = source.path.read_bytes()
    check_entities(source, content)
    root, _ = parse_xml(content)
    if root is None:
        raise source.refusal(Reason.DAMAGED, "{name} is damaged and cannot be read. Open it and save it again.")
    is_drawing = local(root) == _DRAWING
    blocks = (Line(_text(node)) for node in root.iter() if local(node) in _DRAWN) if is_drawing else _blocks(root, 0)
    return OpenedFile(_title(root), 1, iter((page_of_blocks(blocks),)))


def _title(root: Node) -> str:
    """The title that a file names for itself: near its root, and one alone."""
    near = [child for child in (*root, *(inner for child in root for inner in child)) if not len(child)]
    titles = next((found for name in _TITLES if (found := [_text(child) for child in near if local(child) == name])), [])
    return titles[0] if len(titles) == 1 else ""


def _blocks(node: Node, depth: int) -> Iterator[Block]:
    """What is told within an element."""
    if depth > _DEEPEST or _is_leaf(node) or _is_mixed(node):
        yield from _lines("", _text(node))
        return
    for name, value in _attributes(node):
        yield from _lines(name, value)
    for (name, is_leaf), run in groupby(_children(node), key=lambda child: (child[0], _is_leaf(child[1]))):
        nodes = [child for _, child in run]
        if name == _TITLE and is_leaf:
            yield from (Line(_text(one), min(depth + 1, 6)) for one in nodes)
        elif is_leaf:
            yield from _leaves(name, nodes)
        elif name != _LEFT_OUT:
            yield from _things(name, nodes, depth)


def _leaves(name: str, nodes: Sequence[Node]) -> Iterator[Block]:
    """Elements of one name that hold text and no others."""
    values = list(filter(None, map(_value, nodes)))
    if len(nodes) > 1 and (rows := _rows(nodes)):
        yield Rows(rows, marked=1)
    elif len(nodes) == 1:
        yield from _lines(name, *values)
    elif name in _NAMELESS or any(len(value) > _LONG for value in values):
        for value in values:
            yield from _lines("", value)
    else:
        yield from map(Line, [f"{name}:", *(f"{BULLET} {value}" for value in values)] if values else ())


def _things(name: str, nodes: Sequence[Node], depth: int) -> Iterator[Block]:
    """Elements of one name that hold others: rows, or each with its name above what is told of it."""
    if name == _POINTS:
        nodes = nodes[:: max(1, len(nodes) - 1)]
    rows = _rows(nodes) if len(nodes) > 1 else ()
    if rows:
        yield Rows(rows, marked=0 if _are_cells(nodes) else 1)
        return
    for node in nodes:
        inner = list(_blocks(node, depth + 1))
        first = inner[0] if inner else Line("")
        if name in _NAMELESS or not inner or (isinstance(first, Line) and first.level):
            yield from inner
        elif len(inner) == 1 and isinstance(first, Line):
            yield first if len(first.text) > _LONG else Line(f"{name}{_WITHIN if ': ' in first.text else ': '}{first.text}")
        else:
            yield from [Line(f"{name}:"), *inner]


def _rows(nodes: Sequence[Node]) -> tuple[tuple[str, ...], ...]:
    """The names of what is told of things, and a row for each, or their cells; nothing where more is told than a row holds."""
    if any(_is_mixed(node) or not all(_is_leaf(child) or _only(child) is not None for child in node) for node in nodes):
        return ()
    if _are_cells(nodes):
        return tuple(tuple(_value(child) for child in node) for node in nodes)
    values = [_named(node) for node in nodes]
    names = dict.fromkeys(name for one in values for name in one)
    is_long = any(len(value) > _LONGEST_CELL or _MARKUP.match(value) for one in values for value in one.values())
    if is_long or not 1 < len(names) <= _MOST_COLUMNS:
        return ()
    return (tuple(names), *(tuple(one.get(name, "") for name in names) for one in values))


def _are_cells(nodes: Sequence[Node]) -> bool:
    """Whether elements hold several of one name and nothing else, as rows do."""
    is_one_kind = len({name for node in nodes for name, _ in _children(node)}) == 1
    return is_one_kind and any(len(node) > 1 for node in nodes) and not any(map(_attributes, nodes))


def _named(node: Node) -> dict[str, str]:
    """What is told of a thing, each with its name; what is told twice in one piece."""
    values = dict[str, str]()
    own = [(_words(local(node)), _text(node))] if _is_leaf(node) else []
    for name, value in (*_attributes(node), *own, *((name, _value(child)) for name, child in _children(node))):
        if value:
            values[name] = f"{values[name]}, {value}" if name in values else value
    return values


def _children(node: Node) -> Iterator[tuple[str, Node]]:
    """The elements within one with their names, which in a property list stand before them."""
    key = ""
    for child in node:
        if local(child) == _KEY:
            key = _text(child)
        else:
            yield key or _words(local(child)), child
            key = ""


def _lines(name: str, text: str = "") -> Iterator[Block]:
    """A text with its name before it, unless it is markup itself, as of a note or a post, whose blocks are told."""
    if _MARKUP.match(text):
        yield from html_blocks(_TO_DO.sub(lambda box: "☒ " if box[1] else "☐ ", text))
    elif text:
        yield from map(Line, (text if not name or name in _NAMELESS else f"{name}: {text}").split("\n"))


def _value(node: Node) -> str:
    """The text of a leaf, with what its attributes add to it, as in 119.00 (currency ID: EUR)."""
    node = node if _is_leaf(node) or (only := _only(node)) is None else only
    added = ", ".join(value if name in _NAMELESS else f"{name}: {value}" for name, value in _attributes(node))
    text = _text(node) or ("" if added else _TRUTHS.get(local(node), ""))
    return f"{text} ({added})" if text and added else text or added


def _attributes(node: Node) -> list[tuple[str, str]]:
    """What the attributes without a namespace say, but for what only programs need."""
    named = ((str(name), _said(cell_text(str(value)))) for name, value in node.attrib.items())
    return [(_words(name), value) for name, value in named if value and name[0] != "{" and name not in _FOR_PROGRAMS]


def _text(node: Node) -> str:
    return _said("".join(node.itertext()).strip())


def _said(text: str) -> str:
    """A text as people read it; pictures and lists of coordinates say nothing."""
    if _TIME.fullmatch(text):
        return Property("", "", text).date
    return "" if _COORDINATES.match(text) or is_encoded(text) else text


def _is_leaf(node: Node) -> bool:
    return not len(node)


def _only(node: Node) -> Node | None:
    """The leaf that is all of an element."""
    return node[0] if len(node) == 1 and _is_leaf(node[0]) and not _attributes(node) else None


def _is_mixed(node: Node) -> bool:
    """Whether words stand beside the elements within one, as in a paragraph."""
    return len(node) > 0 and any(map(str.strip, (node.text or "", *(child.tail or "" for child in node))))


def _words(name: str) -> str:
    """The words of a name: payableAmount, unit_price."""
    return _CAPITAL.sub(" ", name).strip()
