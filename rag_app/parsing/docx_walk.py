"""The blocks of a part of a Word document: paragraphs, rows of tables, text boxes and notes, in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, MutableMapping, Sequence

from rag_app.parsing.blocks import ABOVE, Block, Line, text_of
from rag_app.parsing.cleaning import raised, struck, without_seams
from rag_app.parsing.docx_forms import SHOWN
from rag_app.parsing.docx_formulas import PARTS, sign
from rag_app.parsing.docx_numbering import Numbering
from rag_app.parsing.docx_pages import RENDERED, SET
from rag_app.parsing.open_table import OpenTable
from rag_app.parsing.package import Node, attribute, local, number, walked, written

Notes = MutableMapping[tuple[str, str], Sequence[Block]]
_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "rt", "sectPr", "sdtPr", "numPr"))
_WRITTEN = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "lastRenderedPageBreak": RENDERED}
_REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}
_BODY_TEXT = 9
_OFF = ("0", "false", "off")
_HEXADECIMAL = re.compile("[0-9A-Fa-f]{1,8}")
_FIRST_ROW = 0x20  # in the numbers that older programs write
_RESTART = "restart"
_WIDEST = 63  # columns, the most that Word allows


class Walk:
    """Goes through parts without recursion, so that no depth of nesting matters.

    `levels` gives the heading level of each paragraph style by its id, `designs` the ids of the styles of tables whose first
    row is bold. `notes` holds the blocks of notes and comments by kind and id; each is told once, after the paragraph that
    refers to it.
    """

    def __init__(self, levels: Mapping[str, int], notes: Notes, numbering: Numbering, designs: Collection[str] = ()) -> None:
        self._designs = designs
        self._levels = levels
        self._numbering = numbering
        self._notes = notes
        self._boxes = [list[Block]()]  # the page, and within it each cell that is open
        self._tables = list[OpenTable]()
        self._spans = list[tuple[int, bool]]()  # of each cell that is open, its columns and whether it goes on from above
        self._is_raised = self._is_exponent = self._is_bold = self._is_hidden = self._is_struck = False
        self._has_plain = [False]  # whether letters that are not bold stand on the page, and in each row that is open
        self._paragraphs = list[_Paragraph]()
        self._begin: dict[str, Callable[[Node], None]] = {
            "p": lambda node: self._paragraphs.append(_Paragraph()),
            "tbl": lambda node: self._tables.append(OpenTable()),
            "tr": lambda node: self._begin_row(),
            "tc": self._begin_cell,
            **dict.fromkeys(_WRITTEN, self._add_mark),
            **dict.fromkeys(SHOWN, self._add_shown),
            **dict.fromkeys(_REFERENCES, self._add_note),
            "r": lambda node: self._begin_run(),
            "sup": lambda node: self._set_exponent(True),
            "t": self._add_text,
        }
        self._properties = {
            "tblPr": self._note_design,
            "pPr": self._style,
            "tcPr": self._note_span,
            "trPr": self._note_row,
            "rPr": self._note_look,
        }
        self._end: dict[str, Callable[[], None]] = {
            "p": self._end_paragraph,
            "tbl": lambda: self._boxes[-1].extend(self._tables.pop().blocks()),
            "tc": self._end_cell,
            "tr": self._end_row,
            "sup": lambda: self._set_exponent(False),
        }

    def blocks(self, root: Node | None) -> list[Block]:
        """The blocks below `root`; none where there is no part."""
        if root is None:
            return []
        steps = walked(root)
        for event, node in steps:
            name = local(node)
            if name in PARTS and self._paragraphs and (mark := sign(node, ends=event == "end")):
                self._paragraphs[-1].text.append(mark)
            if event == "end":
                if name in self._end:
                    self._end[name]()
            elif name in _LEFT_OUT or (name == "Fallback" and node.getprevious() is not None):
                steps.skip_subtree()
            elif name in self._properties:
                self._properties[name](node)
                steps.skip_subtree()
            elif name in self._begin:
                self._begin[name](node)
        found, self._boxes = self._boxes[0], [[]]
        return found

    def _style(self, properties: Node) -> None:
        if not self._paragraphs:
            return
        listed = [node for child in properties if local(child) == "numPr" for node in child]
        named = {local(node): attribute(node, "val") for node in (*properties, *listed)}
        style = named.get("pStyle", "")
        level = self._levels.get(style, 0)
        if "outlineLvl" in named:
            level = outline_level(named["outlineLvl"])
        marks = (mark for child in properties if local(child) == "rPr" for mark in child)
        self._paragraphs[-1].is_deleted = any(local(mark) in ("del", "moveFrom") for mark in marks)
        self._paragraphs[-1].level = level
        self._paragraphs[-1].place = (style, named.get("numId", ""), named.get("ilvl", ""))

    def _begin_run(self) -> None:
        self._is_raised, self._is_bold, self._is_hidden, self._is_struck = self._is_exponent, False, False, False

    def _set_exponent(self, is_exponent: bool) -> None:
        self._is_exponent = is_exponent

    def _note_look(self, properties: Node) -> None:
        self._is_bold |= _is_on(properties, "b")
        self._is_hidden |= _is_on(properties, "vanish")
        self._is_struck |= _is_on(properties, "strike") or _is_on(properties, "dstrike")
        self._is_raised |= any(attribute(node, "val") == "superscript" for node in properties if local(node) == "vertAlign")

    def _add_text(self, node: Node) -> None:
        text = written(node.text)
        if self._paragraphs and text and not self._is_hidden:
            self._has_plain[-1] |= not (self._is_bold or text.isspace())
            paragraph = self._paragraphs[-1]
            begins_raised = self._is_raised and not paragraph.ends_raised
            shown = struck(text) if self._is_struck else text
            paragraph.text.append(raised(paragraph.text, shown) if begins_raised else shown)
            paragraph.has_struck |= self._is_struck
            paragraph.ends_raised = self._is_raised

    def _add_mark(self, node: Node) -> None:
        if self._paragraphs and not self._is_hidden:
            begins_page = local(node) == "br" and attribute(node, "type") == "page"
            self._paragraphs[-1].text.append(SET if begins_page else _WRITTEN[local(node)])

    def _add_shown(self, node: Node) -> None:
        if self._paragraphs and not self._is_hidden:
            self._paragraphs[-1].text.append(SHOWN[local(node)](node))

    def _add_note(self, node: Node) -> None:
        if self._paragraphs:
            self._paragraphs[-1].notes += self._notes.pop((_REFERENCES[local(node)], attribute(node, "id")), ())

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.text)
        text = without_seams(text) if paragraph.has_struck else text
        words = text.lstrip(RENDERED + SET)
        is_counted = bool(words.strip()) or not paragraph.is_deleted
        marker = self._numbering.marker(*paragraph.place) if is_counted else ""
        breaks = text[: len(text) - len(words)]
        self._boxes[-1] += [Line(f"{breaks}{marker} {words}" if words.strip() else text, paragraph.level), *paragraph.notes]

    def _note_design(self, properties: Node) -> None:
        """Whether the first row of a table is set apart by its design, and shown so."""
        named = {local(node): node for node in properties}
        if self._tables and {"tblStyle", "tblLook"} <= named.keys():
            has_design = attribute(named["tblStyle"], "val") in self._designs
            self._tables[-1].is_designed = has_design and _shows_first_row(named["tblLook"])

    def _begin_row(self) -> None:
        if self._tables:
            self._tables[-1].begin_row()
            self._has_plain.append(False)
            if self._tables[-1].is_designed and len(self._tables[-1].rows) == 1:
                self._tables[-1].mark_row()

    def _note_row(self, properties: Node) -> None:
        """Leave the columns empty before which a row has no cell; a row that each page repeats names the columns."""
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1] += [[] for _ in range(min(_columns(properties, "gridBefore", 0), _WIDEST))]
            if _is_on(properties, "tblHeader"):
                self._tables[-1].mark_row()

    def _end_row(self) -> None:
        """So does one in bold letters."""
        if self._tables and not self._has_plain.pop():
            self._tables[-1].mark_row()

    def _begin_cell(self, node: Node) -> None:
        self._boxes.append([])
        self._spans.append((1, False))

    def _end_cell(self) -> None:
        cell = self._boxes.pop()
        columns, goes_on = self._spans.pop()
        if self._tables and self._tables[-1].rows:
            content = ABOVE if goes_on and not text_of(cell) else cell
            self._tables[-1].rows[-1] += [content, *([] for _ in range(columns - 1))]
        else:
            self._boxes[-1] += cell

    def _note_span(self, properties: Node) -> None:
        """How many columns a cell takes, and whether it is one with the cell above it."""
        if self._spans:
            goes_on = any(attribute(node, "val") != _RESTART for node in properties if local(node) == "vMerge")
            self._spans[-1] = (min(_columns(properties, "gridSpan", 1), _WIDEST), goes_on)


def _shows_first_row(look: Node) -> bool:
    shown, number_of_looks = attribute(look, "firstRow"), attribute(look, "val")
    if shown or not _HEXADECIMAL.fullmatch(number_of_looks):
        return bool(shown) and shown not in _OFF
    return bool(int(number_of_looks, 16) & _FIRST_ROW)


def _is_on(properties: Node, name: str) -> bool:
    return any(attribute(node, "val") not in _OFF for node in properties if local(node) == name)


def _columns(properties: Node, name: str, missing: int) -> int:
    return next((number(attribute(node, "val"), missing) for node in properties if local(node) == name), missing)


def outline_level(text: str) -> int:
    """The heading level for the value of an outline level; Word's count begins at 0, and its last means that there is none."""
    level = number(text, _BODY_TEXT)
    return level + 1 if level < _BODY_TEXT else 0


class _Paragraph:
    """A paragraph that is open: a text box within it is told before it, its notes after it."""

    def __init__(self) -> None:
        self.text = list[str]()
        self.ends_raised = self.has_struck = False
        self.level = 0
        self.is_deleted = False  # its end, which goes with a paragraph that was deleted as a whole
        self.notes = list[Block]()
        self.place = ("", "", "")  # its style, and the list and the level of it that it names itself
