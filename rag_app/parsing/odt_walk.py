"""The blocks of an OpenDocument: paragraphs, rows of tables, text boxes and notes, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rag_app.parsing.blocks import Block, Line, text_of
from rag_app.parsing.cleaning import raised, struck, without_seams
from rag_app.parsing.odt_looks import Looks
from rag_app.parsing.odt_numbering import Numbering
from rag_app.parsing.open_table import OpenTable
from rag_app.parsing.package import Node, attribute, local, number, walked, written

_LEFT_OUT = frozenset(
    ("tracked-changes", "note-citation", "ruby-text", "binary-data", "event-listeners", "forms", "sequence-decls")
)
_NOT_SHOWN = (
    "{http://purl.org/dc/elements/",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:",
    "{urn:oasis:names:tc:opendocument:xmlns:meta:",
)
_WRITTEN = {"s": " ", "tab": " ", "line-break": "\n"}
_PARAGRAPHS = ("p", "h")
_HEAD_ROWS = "table-header-rows"
_COVERED = "covered-table-cell"
_CELLS = ("table-cell", _COVERED)
_ASIDE = ("note", "annotation", "text-box")
_TITLE = "Title"
_WIDEST = 63


class Walk:
    """Goes through parts without recursion, so that no depth of nesting matters. `content` and `styles` hold the styles."""

    def __init__(self, content: Node | None, styles: Node | None = None) -> None:
        self._numbering = Numbering(styles, content)
        self._titles = _titles(content)
        self._looks = Looks(styles, content)
        self._is_raised = False  # until the first text within
        self._struck = [False]  # outside of paragraphs, and in each paragraph and span that is open
        self._boxes = [list[Block]()]  # the page, and within it each cell and each note that is open
        self._tables = list[OpenTable]()
        self._paragraphs = list[_Paragraph]()
        self._begin: dict[str, Callable[[Node], None]] = {
            **dict.fromkeys(_PARAGRAPHS, self._begin_paragraph),
            **dict.fromkeys((*_CELLS, *_ASIDE), lambda node: self._boxes.append([])),
            "table": lambda node: self._tables.append(OpenTable()),
            "table-row": self._begin_row,
            "span": self._begin_span,
            "list": self._numbering.begin_list,
            "list-item": self._numbering.begin_item,
        }
        self._end: dict[str, Callable[[Node], None]] = {
            **dict.fromkeys(_PARAGRAPHS, self._end_paragraph),
            **dict.fromkeys(_CELLS, self._end_cell),
            **dict.fromkeys(_ASIDE, self._end_aside),
            "table": lambda node: self._boxes[-1].extend(self._tables.pop().blocks()),
            "span": self._end_span,
            "list": self._numbering.end_list,
            "list-item": self._numbering.end_item,
        }

    def blocks(self, root: Node | None) -> list[Block]:
        """The blocks below `root`; none where there is no part."""
        if root is None:
            return []
        steps, left_out = walked(root), None
        for event, node in steps:
            name = local(node)
            if event == "end":
                if name in self._end and node is not left_out:
                    self._end[name](node)
                self._write(written(node.tail))
            elif name in _LEFT_OUT or node.tag.startswith(_NOT_SHOWN):
                left_out = node
                steps.skip_subtree()
            else:
                self._write(_WRITTEN.get(name))
                if name in self._begin:
                    self._begin[name](node)
                self._write(written(node.text))
        found, self._boxes = self._boxes[0], [[]]
        return found

    def _write(self, text: str | None) -> None:
        if text and self._paragraphs:
            words = self._paragraphs[-1].text
            shown = struck(text) if self._struck[-1] else text
            words.append(raised(words, shown) if self._is_raised else shown)
            self._paragraphs[-1].has_struck |= self._struck[-1]
            self._is_raised = False

    def _begin_span(self, node: Node) -> None:
        self._is_raised |= self._looks.is_raised(node)
        self._struck.append(self._looks.is_struck(node, self._struck[-1]))

    def _end_span(self, node: Node) -> None:
        self._is_raised = False
        self._struck.pop()

    def _begin_paragraph(self, node: Node) -> None:
        level = attribute(node, "outline-level")
        is_title = attribute(node, "style-name") in self._titles
        paragraph = _Paragraph(1 if is_title else 0)
        if local(node) == "h":
            paragraph.level = max(1, number(level, 1))
        paragraph.marker = self._numbering.take(node, paragraph.level if local(node) == "h" else 0)
        self._paragraphs.append(paragraph)
        self._struck.append(self._looks.is_struck(node))

    def _end_paragraph(self, node: Node) -> None:
        paragraph = self._paragraphs.pop()
        self._struck.pop()
        text = without_seams("".join(paragraph.text)) if paragraph.has_struck else "".join(paragraph.text)
        marked = f"{paragraph.marker} {text}" if paragraph.marker and text.strip() else text
        self._boxes[-1] += [Line(marked, paragraph.level), *paragraph.after]

    def _begin_row(self, node: Node) -> None:
        if self._tables:
            self._tables[-1].begin_row()
            if local(node.getparent()) == _HEAD_ROWS:
                self._tables[-1].mark_row()

    def _end_cell(self, node: Node) -> None:
        cell = self._boxes.pop()
        if not self._tables or not self._tables[-1].rows:
            self._boxes[-1] += cell
            return
        table, row = self._tables[-1], self._tables[-1].rows[-1]
        count = min(number(attribute(node, "number-columns-repeated"), 1), _WIDEST - len(row))
        if local(node) == _COVERED and not text_of(cell):
            table.cover(count)
            return
        table.note_span(number(attribute(node, "number-rows-spanned"), 1))
        row += [cell, *([] for _ in range(count - 1))]

    def _end_aside(self, node: Node) -> None:
        """What hangs on a paragraph is told after it; a comment with its author."""
        blocks = self._boxes.pop()
        author = next((child.text for child in node if local(child) == "creator"), None)
        if author and blocks:
            blocks = [Line(f"{author}: {text_of(blocks)}")]
        (self._paragraphs[-1].after if self._paragraphs else self._boxes[-1]).extend(blocks)


class _Paragraph:
    """A paragraph that is open, and what is told after it."""

    def __init__(self, level: int) -> None:
        self.text = list[str]()
        self.level = level
        self.marker = ""
        self.has_struck = False
        self.after = list[Block]()


def _titles(content: Node | None) -> frozenset[str]:
    """The names of the styles of titles: the style itself and those that the document derives from it."""
    styles: Mapping[str, str] = {}
    if content is not None:
        styles = {
            attribute(node, "name"): attribute(node, "parent-style-name") for node in content.iter() if local(node) == "style"
        }
    return frozenset((_TITLE, *(name for name, parent in styles.items() if parent == _TITLE)))
