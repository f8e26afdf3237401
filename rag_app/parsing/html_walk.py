"""The blocks of HTML: paragraphs, headings, items and the rows of tables, as a browser without styles would show them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5

from lxml import etree

from rag_app.parsing.blocks import BULLET, Block, Line
from rag_app.parsing.cleaning import raised, struck, without_seams
from rag_app.parsing.html_contents import Contents, read_whole
from rag_app.parsing.markup import UNSEEN, bare_text, is_inline
from rag_app.parsing.open_table import OpenTable
from rag_app.parsing.package import Node, local, number, parse_xml, walked
from rag_app.text.lists import is_item

_LEFT_OUT = UNSEEN | {"rt", "rp", "title", "datalist", "annotation"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DATA, _HEAD_ROWS = "td", "thead"
_CELLS = frozenset((_DATA, "th"))
_AS_TYPED = frozenset(("pre", "textarea", "xmp", "listing"))
_RAISED = ("sup", "mn", "mrow")
_STRUCK = ("s", "strike", "del")
_CROSSED = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
_COUNTED = "ol"
_LISTS = ("ul", "menu", _COUNTED)
_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_WIDEST = 100
_TO_THE_END = 65_534  # rows, the most that HTML allows
_OF_ADDRESS = "¶"  # behind a heading, the link to it
_ZERO = "\x00"
_OF_PAGES = "{http://www.w3.org/"  # the namespaces of XHTML, SVG and MathML
_HEAD = 4096
_XHTML = re.compile(r"""<html\b[^>]*\bxmlns\s*=\s*["']http://www\.w3\.org/1999/xhtml""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_ENTITY = re.compile("<!ENTITY")
_NAMED = re.compile("&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31};)")


def html_blocks(markup: str) -> list[Block]:
    """What is seen of some markup; of markup nested deeper than a parser follows, its bare words."""
    root = _parsed(markup)
    return [Line(bare_text(markup))] if root is None else _Walk().blocks(root)


def _parsed(markup: str) -> Node | None:
    """The root, or None where the parser gave up. Nothing is fetched."""
    content = markup.replace(_ZERO, "")
    return _parsed_strictly(content) if _XHTML.search(content, 0, _HEAD) else _parsed_loosely(content)


def _parsed_strictly(markup: str) -> Node | None:
    """The root of XHTML, where `<title/>` is a whole element; what is not well-formed is read as a browser would."""
    if not _ENTITY.search(markup):
        content = _NAMED.sub(lambda match: html5.get(match.group(1), match.group()), _DECLARATION.sub("", markup, 1))
        root, is_torn = parse_xml(content.encode("utf-8", "replace"))
        if root is not None and not is_torn:
            return root
    return _parsed_loosely(markup)


def _parsed_loosely(markup: str) -> Node | None:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, recover=True, remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    return None if any(fault.level == etree.ErrorLevels.FATAL for fault in parser.error_log) else root


class _Walk:
    """Goes through the tree without recursion."""

    def __init__(self) -> None:
        self._boxes = [list[Block]()]  # the page, and within it each cell that is open
        self._tables = list[OpenTable]()
        self._text = list[str]()
        self._level = self._as_typed = self._struck = 0
        self._contents = Contents()
        self._is_raised = self._has_struck = False  # until the first text within; on the page
        self._lists = list[int | None]()  # of each list that is open the number of its next item, if its items have numbers
        self._marker = ""  # until the first text of the item
        self._begin: dict[str, Callable[[Node], None]] = {
            **dict.fromkeys(_HEADINGS, self._begin_heading),
            **dict.fromkeys(_CELLS, lambda node: self._boxes.append([])),
            **dict.fromkeys(_AS_TYPED, lambda node: self._count_typed(1)),
            **dict.fromkeys(_ROW_GROUPS, self._part_rows),
            "table": lambda node: self._tables.append(OpenTable()),
            "tr": lambda node: self._tables[-1].begin_row() if self._tables else None,
            "br": lambda node: self._text.append("\n"),
            **dict.fromkeys(_LISTS, self._begin_list),
            "li": self._begin_item,
            **dict.fromkeys(_RAISED, self._begin_raised),
        }
        self._end: dict[str, Callable[[Node], None]] = {
            **dict.fromkeys(_HEADINGS, self._end_heading),
            **dict.fromkeys(_CELLS, self._end_cell),
            **dict.fromkeys(_AS_TYPED, lambda node: self._count_typed(-1)),
            **dict.fromkeys(_ROW_GROUPS, self._part_rows),
            "tr": self._end_row,
            "table": lambda node: self._boxes[-1].extend(self._tables.pop().blocks()),
            "sup": self._end_raised,
            **dict.fromkeys(_LISTS, self._end_list),
            "li": self._end_item,
        }

    def blocks(self, root: Node) -> list[Block]:
        """The blocks below `root`."""
        steps, left_out = walked(root), None
        for event, node in steps:
            name = local(node)
            if event == "end":
                self._break_at(node, name)
                if node is not left_out:
                    self._contents.end(node, name)
                    if name in self._end:
                        self._end[name](node)
                    self._struck -= _is_struck(node, name)
                self._write(node.tail)
            elif name in _LEFT_OUT or _is_hidden(node):
                left_out = node
                steps.skip_subtree()
            else:
                self._break_at(node, name)
                self._contents.begin(node, name)
                if name in self._begin:
                    self._begin[name](node)
                if _is_struck(node, name):
                    self._struck += 1
                    self._has_struck = True
                self._write(node.text)
        self._end_line()
        return read_whole(self._boxes[0])

    def _write(self, text: str | None) -> None:
        if text and text != _OF_ADDRESS:
            if self._marker and text.strip():
                self._text.append("" if is_item(text.lstrip()) else f"{self._marker} ")
                self._marker = ""
            shown = text if self._as_typed else " ".join(re.split(r"\s+", text))
            shown = struck(shown) if self._struck else shown
            self._text.append(raised(self._text, shown) if self._is_raised else shown)
            self._is_raised = False

    def _break_at(self, node: Node, name: str) -> None:
        """End the line where a block begins or ends; a heading is one line."""
        if is_inline(name) or name == "br" or _is_of_another_vocabulary(node):
            return
        if self._level and name not in _HEADINGS:
            self._text.append(" ")
        else:
            self._end_line()

    def _end_line(self) -> None:
        text = without_seams("".join(self._text)) if self._has_struck else "".join(self._text)
        if text.strip():
            only_leads = self._contents.only_leads
            self._boxes[-1].append(Line(text, 0 if only_leads else self._level, only_leads))
        self._text.clear()

    def _begin_heading(self, node: Node) -> None:
        self._level = _HEADINGS[local(node)]

    def _end_heading(self, node: Node) -> None:
        self._level = 0

    def _begin_list(self, node: Node) -> None:
        is_counted = local(node) == _COUNTED and node.get("type", "1") == "1"
        self._lists.append(number(node.get("start", ""), 1) if is_counted else None)

    def _end_list(self, node: Node) -> None:
        self._lists.pop()

    def _begin_item(self, node: Node) -> None:
        """An item of a list; what a list in a heading is made of has no mark."""
        count = self._lists[-1] if self._lists else None
        if count is not None:
            count = number(node.get("value", ""), count)
            self._lists[-1] = count + 1
        self._marker = "" if self._level else BULLET if count is None else f"{count}."

    def _end_item(self, node: Node) -> None:
        self._marker = ""

    def _begin_raised(self, node: Node) -> None:
        self._is_raised |= local(node) == "sup" or (local(node.getparent()) == "msup" and node.getprevious() is not None)

    def _end_raised(self, node: Node) -> None:
        self._is_raised = False

    def _count_typed(self, change: int) -> None:
        self._as_typed += change

    def _part_rows(self, node: Node) -> None:
        if self._tables:
            self._tables[-1].end_spans()

    def _end_row(self, node: Node) -> None:
        if self._tables:
            self._tables[-1].end_row()
            cells = [local(cell) for cell in node if local(cell) in _CELLS]
            if _DATA not in cells or local(node.getparent()) == _HEAD_ROWS:
                self._tables[-1].mark_row()

    def _end_cell(self, node: Node) -> None:
        cell = self._boxes.pop()
        if self._tables and self._tables[-1].rows:
            table, row = self._tables[-1], self._tables[-1].rows[-1]
            table.pass_over()
            table.note_span(number(node.get("rowspan", ""), 1) or _TO_THE_END)
            span = min(number(node.get("colspan", ""), 1), _WIDEST - len(row))
            row += [cell, *([] for _ in range(span - 1))]
        else:
            self._boxes[-1] += cell


def _is_of_another_vocabulary(node: Node) -> bool:
    """Whether an element of XHTML says what its words are, as in financial reports; in HTML `is_inline` tells such ones."""
    tag = str(node.tag)
    return tag.startswith("{") and not tag.startswith(_OF_PAGES)


def _is_struck(node: Node, name: str) -> bool:
    return name in _STRUCK or _CROSSED.search(node.get("style", "")) is not None


def _is_hidden(node: Node) -> bool:
    return node.get("hidden") is not None or _HIDDEN.search(node.get("style", "")) is not None
