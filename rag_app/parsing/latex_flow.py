"""The text of LaTeX on its way into blocks: the open paragraph, groups, arguments, notes and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag_app.parsing.blocks import BULLET, Block, Line
from rag_app.parsing.cleaning import is_cjk, raised
from rag_app.parsing.latex_table import LatexTable
from rag_app.text.lists import is_item

LEFT_OUT, LINE_END = "\0", "\1"  # stand in the text where something is left out, and where a line ends
_SPACES = re.compile(r"[^\S\1]+")
_NOTHING_LEFT = re.compile(r" ?[(\[（【][ \n\0,;，；、]{1,99}[)\]）】]")
_GAP = re.compile(r"[ \n]?\0[ \n\0]*|\n")
_ENDS = ",.;:!?)]}，。；：！？、）】”’"
_DEEPEST = 20  # arguments within arguments; what stands in deeper ones is text
Action = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Frame:
    """A group or an argument that is open. What is written from its `start` on goes to `action`; the `rest` is to come then."""

    action: Action | None
    start: int
    rest: Sequence[Action | None]
    is_long: bool


class LatexFlow:
    """Puts together what is written; an argument that is taken holds back what is written in it."""

    def __init__(self) -> None:
        self.marker = ""  # until the first text of the item
        self.frames = list[Frame]()
        self._taken = list[Frame]()
        self._boxes = [list[Block]()]  # the page, and within it the cell of each table that is open
        self._tables = list[LatexTable]()
        self._text = list[str]()
        self._notes = list[Block]()

    @property
    def taking(self) -> Action | None:
        """Where what is written goes, if an argument is open that is taken."""
        return self._taken[-1].action if self._taken else None

    @property
    def table(self) -> LatexTable | None:
        """The table whose cells are being written."""
        return self._tables[-1] if self._tables and not self._taken else None

    def write(self, text: str) -> None:
        """Go on with the paragraph."""
        self._text.append(text)

    def write_raised(self, text: str) -> None:
        """Go on with raised text: an exponent is no digit of the number before it."""
        self._text.append(raised([written for written in self._text[-9:] if written], text))

    def open(self, action: Action | None = None, rest: Sequence[Action | None] = (), *, is_long: bool = False) -> None:
        """Open a group, or an argument that is taken. One that is not long ends with the paragraph at the latest."""
        frame = Frame(action if len(self._taken) < _DEEPEST else None, len(self._text), rest, is_long)
        self.frames.append(frame)
        if frame.action:
            self._taken.append(frame)

    def close(self) -> Sequence[Action | None]:
        """Close the group or argument opened last. Gives what is to come of the arguments behind it."""
        if not self.frames:
            return ()
        frame = self.frames.pop()
        if frame.action:
            self._taken.pop()
            written = "".join(self._text[frame.start :])
            del self._text[frame.start :]
            frame.action(written)
        return frame.rest

    def end_paragraph(self) -> None:
        """End the paragraph, if no long argument is open."""
        while self._taken and not self._taken[-1].is_long:
            self.close()
        if self._taken:
            self.write(" ")
        else:
            self.end_line()

    def end_line(self, level: int = 0) -> None:
        """End a paragraph, or a heading of some level; its notes come after it. In what is taken all is one line."""
        if self._taken:
            self.write(" ")
            return
        text = as_set("".join(self._text))
        self._text.clear()
        if text:
            marker = "" if self.marker == BULLET and is_item(text) else self.marker
            self._boxes[-1].append(Line(f"{marker} {text}".strip(), level))
            self.marker = ""
        self._boxes[-1] += self._notes
        self._notes.clear()

    def begin_item(self, marker: str) -> None:
        """Begin an item of a list."""
        self.end_line()
        if self._taken:
            self.write(f"{marker} ")
        else:
            self.marker = marker

    def add(self, blocks: Sequence[Block]) -> None:
        """Add blocks after the paragraph."""
        if self._taken:
            self._notes += blocks
        else:
            self.end_line()
            self._boxes[-1] += blocks

    def note(self, text: str) -> None:
        """Have a note told after the paragraph."""
        self._notes.append(Line(as_set(text)))

    def begin_table(self) -> None:
        """Begin a table and its first cell."""
        self._tables.append(LatexTable())
        self._boxes.append([])

    def end_cell(self) -> None:
        """End a cell of the table, and begin the next."""
        self.end_line()
        self._tables[-1].end_cell(self._boxes.pop())
        self._boxes.append([])

    def end_table(self) -> None:
        """End the table."""
        self.end_cell()
        self._boxes.pop()
        self._boxes[-1] += self._tables.pop().blocks()

    def ended(self) -> list[Block]:
        """All that was told."""
        return self._boxes[0]


def as_set(text: str) -> str:
    """A paragraph as it is set, without traces of what was left out."""
    spaced = _SPACES.sub(lambda found: "\n" if "\n" in found.group() else " ", text)
    shown = _NOTHING_LEFT.sub(lambda found: "" if LEFT_OUT in found.group() else found.group(), spaced)
    return _GAP.sub(_between, shown).replace(LINE_END, "\n").strip()


def _between(gap: re.Match[str]) -> str:
    """What stands in the place of something left out or of a line's end: a space between Latin words."""
    before, after = gap.string[max(gap.start() - 1, 0) : gap.start()], gap.string[gap.end() : gap.end() + 1]
    is_left_out = LEFT_OUT in gap.group()
    if not before or not after or (is_left_out and after in _ENDS):
        return ""
    return "" if is_cjk(before) and is_cjk(after) else " "


def leave_out(text: str) -> None:
    """What becomes of an argument that is not shown."""
