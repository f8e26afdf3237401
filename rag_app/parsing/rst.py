"""reStructuredText through docutils' parser: what is shown, with headings, items, notes and the rows of tables.

Nothing that a file names is opened, and what needs a program around it (Sphinx) is told as far as its words go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import count
from textwrap import dedent
from typing import Any

from rag_app.parsing.blocks import BULLET, Block, Line, page_of_blocks, table_blocks
from rag_app.parsing.cleaning import clean, raised, unwrapped
from rag_app.parsing.docx_numbering import ITEM_NUMBERS
from rag_app.parsing.latex_characters import formula
from rag_app.parsing.open_table import OpenTable
from rag_app.parsing.plain_text import read_text
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Page

_LONGEST_LINE = 5_000  # docutils' own limit, 10,000, would have it give up
_SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "syntax_highlight": "none",
    "line_length_limit": _LONGEST_LINE,
}
_ROLE = re.compile(r":[\w:+.-]+:`[~!]?(.*)`", re.DOTALL)
_WITH_TARGET = re.compile(r"(.*\S)\s*<[^<>]*>", re.DOTALL)
_DIRECTIVE = re.compile(r"\.\. +([\w:+-]+)::[ ]*([^\n]*)(?:\n[ ]+:[\w-]+:[^\n]*)*((?:\n.*)?)", re.DOTALL)
_UNKNOWN, _AS_TYPED = "Unknown directive type", ("Malformed table", "Error in")
_OF_PROGRAMS = re.compile(r"auto\w+|toctree|index|highlight|currentmodule|module|literalinclude|tabularcolumns|sectionauthor")
_VERSIONS = {"versionadded": "Added in", "versionchanged": "Changed in", "deprecated": "Deprecated since"}
_LEFT_OUT = (
    "comment",
    "target",
    "substitution_definition",
    "pending",
    "raw",
    "image",
    "decoration",
    "label",
    "footnote_reference",
)
_ADMONITIONS = ("attention", "caution", "danger", "error", "hint", "important", "note", "tip", "warning")
_COUNTED = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_DEEPEST = 5  # of directives that docutils does not know, within each other
Node = Any


def read_rst(source: Source) -> OpenedFile:
    """A reStructuredText file as one page; one that is too much for docutils as it is typed. Raises `DocumentError`."""
    text = read_text(source)
    page = Page(1, "")
    if max(map(len, text.split("\n"))) <= _LONGEST_LINE:
        with suppress(RecursionError):  # nested deeper than anything that is meant to be read
            page = page_of_blocks(_Walk(_parsed(text)).blocks)
    return OpenedFile("", 1, iter((page if page.text else Page(1, clean(text)),)))


def _parsed(text: str) -> Node:
    new_document, parser, settings = _docutils()
    document = new_document("", settings)
    parser.parse(text, document)
    return document


@cache
def _docutils() -> tuple[Callable[[str, Any], Node], Any, Any]:
    """docutils' documents, its parser and its settings, loaded at the first file that needs them."""
    from docutils.frontend import get_default_settings
    from docutils.parsers.rst import Parser
    from docutils.utils import new_document

    settings = get_default_settings(Parser)
    vars(settings).update(_SETTINGS)
    return new_document, Parser(), settings


class _Walk:
    """Goes through the tree of a text."""

    def __init__(self, document: Node, depth: int = 0) -> None:
        self._document, self._depth = document, depth
        self._readers: Mapping[str, Callable[[Node], Iterator[Block]]] = {
            "section": self._section,
            **dict.fromkeys(("paragraph", "rubric", "caption", "attribution"), self._line),
            "title": lambda node: iter((Line(self._words(node), self._level * (node.parent.tagname == "section")),)),
            "bullet_list": lambda node: self._items(node, lambda: BULLET),
            "enumerated_list": self._numbered,
            "definition_list_item": lambda node: self._led(self._words(node[0]), node[1:]),
            "field": lambda node: self._led(self._words(node[0]), node[1:]),
            "option_list_item": lambda node: self._led(node[0].astext(), node[1:]),
            "table": self._table,
            "line_block": lambda node: iter((Line("\n".join(map(self._words, node))),)),
            "math_block": lambda node: iter((Line(formula(node.astext())),)),
            "citation": lambda node: self._led(f"[{node[0].astext()}]", node[1:], mark=""),
            "system_message": self._unknown,
            **dict.fromkeys(("literal_block", "doctest_block"), lambda node: iter((Line(node.astext()),))),
            **dict.fromkeys(_ADMONITIONS, lambda node: self._led(node.tagname.capitalize(), node.children)),
        }
        self._level = 0
        self.blocks = list(self._of(document.children))

    def _of(self, nodes: Sequence[Node]) -> Iterator[Block]:
        for node in nodes:
            if node.tagname in self._readers:
                yield from self._readers[node.tagname](node)
            elif node.tagname not in _LEFT_OUT:
                yield from self._of(node.children)

    def _line(self, node: Node) -> Iterator[Block]:
        yield Line(self._words(node))

    def _section(self, node: Node) -> Iterator[Block]:
        self._level += 1
        yield from self._of(node.children)
        self._level -= 1

    def _led(self, lead: str, nodes: Sequence[Node], *, mark: str = ":") -> Iterator[Block]:
        """Some blocks, the first of them led by a word or a marker."""
        blocks = list(self._of(nodes))
        first = blocks[0] if blocks else None
        if isinstance(first, Line) and not first.level:
            yield Line(f"{lead}{mark} {first.text}")
            yield from blocks[1:]
        else:
            yield from (Line(lead), *blocks)

    def _items(self, node: Node, marker: Callable[[], str]) -> Iterator[Block]:
        for item in node.children:
            yield from self._led(marker(), item.children, mark="")

    def _numbered(self, node: Node) -> Iterator[Block]:
        numbers, written = count(node.get("start", 1)), ITEM_NUMBERS.get(_COUNTED.get(node["enumtype"], ""), str)
        return self._items(node, lambda: f"{node['prefix']}{written(next(numbers))}{node['suffix']}")

    def _table(self, node: Node) -> Iterator[Block]:
        table, head = OpenTable(), 0
        for row in node.findall(lambda found: found.tagname == "row"):
            table.begin_row()
            head += row.parent.tagname == "thead"
            for entry in row.children:
                table.pass_over()
                table.note_span(entry.get("morerows", 0) + 1)
                table.rows[-1] += [list(self._of(entry.children)), *([()] * entry.get("morecols", 0))]
            table.end_row()
        yield from self._of([child for child in node.children if child.tagname == "title"])
        yield from table_blocks(table.rows, head)

    def _unknown(self, node: Node) -> Iterator[Block]:
        """What docutils reports: a table that is torn as it is typed, the words of a directive that it does not know."""
        message, typed = node[0].astext(), node[-1].astext()
        found = _DIRECTIVE.match(typed)
        if message.startswith(_AS_TYPED):
            yield Line(typed)
        elif found and message.startswith(_UNKNOWN) and self._depth < _DEEPEST and not _OF_PROGRAMS.fullmatch(found[1]):
            lead = " ".join(filter(None, (_VERSIONS.get(found[1], ""), found[2])))
            yield Line(lead)
            if found[3].strip():
                yield from _Walk(_parsed(dedent(found[3])), self._depth + 1).blocks

    def _words(self, node: Node) -> str:
        return unwrapped("".join(map(self._text, node.children)))

    def _text(self, node: Node) -> str:
        """The words of a part of a paragraph: those of a role that docutils does not know without its name and target."""
        if node.tagname == "#text":
            return str(node.astext())
        if node.tagname == "problematic" and (role := _ROLE.fullmatch(node.astext())):
            titled = _WITH_TARGET.fullmatch(role[1])
            return titled[1] if titled else role[1]
        if node.tagname == "math":
            return formula(node.astext())
        if node.tagname == "substitution_reference":
            defined = self._document.substitution_defs.get(node.astext())
            return str(defined.astext()) if defined else node.astext()
        if node.tagname == "superscript":
            before = node.parent.children[: node.parent.index(node)][-1:]
            return raised([one.astext() for one in before], node.astext())
        words = "" if node.tagname in _LEFT_OUT else "".join(map(self._text, node.children))
        return f"[{words}]" if node.tagname == "citation_reference" else words
