"""Org (Emacs) as one page of text: what is shown, without marks, drawers and comments. Nothing is opened or run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag_app.parsing.blocks import BULLET, Block, Line, Rows, page_of_blocks
from rag_app.parsing.cleaning import raised, unwrapped
from rag_app.parsing.latex_characters import formula, symbol
from rag_app.parsing.plain_text import read_text
from rag_app.parsing.source import OpenedFile, Source

_HEADING = re.compile(r"(\*{1,50})[ \t]+(\S.*)")
_TAGS = re.compile(r"\[#\w{1,2}\][ \t]|[ \t]:[\w@#%:]+:$")
_KEYWORD = re.compile(r"#\+(\w+)(?:\[[^\[\]]*\])?:[ \t]*(.*)", re.IGNORECASE)
_BLOCK = re.compile(r"#\+begin_(\w+)|\\begin\{(\w+\*?)\}", re.IGNORECASE)
_DRAWER, _END_OF_DRAWER = re.compile(r":[\w-]+:$"), ":end:"
_PLANNING = re.compile(r"(?:DEADLINE|SCHEDULED|CLOSED|CLOCK): *[<\[]")
_ITEM = re.compile(r"([ \t]*)(?:[-+]|(?<=[ \t])\*|(\d{1,6}[.)]|[A-Za-z][.)]))(?:[ \t]+(?:\[@\d+\][ \t]*)?(.*)|$)")
_TERM = re.compile(r"(\S.*?)[ \t]+::(?:[ \t]+|$)(.*)")
_BOXES = {"[ ]": "☐", "[X]": "☒", "[x]": "☒", "[-]": "☐"}
_NOTE = re.compile(r"\[fn:[\w-]+\][ \t]*(.*)")
_FIXED = re.compile(r":(?: (.*))?$")
_RULE = re.compile(r"-{5,}$")
_LEFT_OUT = ("comment", "export")
_SHOWN = ("author", "date", "subtitle", "caption", "description")
_AS_TYPED = ("src", "example")
_LINK = re.compile(r"\[\[([^\[\]]{1,2000})\](?:\[([^\[\]]{1,2000})\])?\]")
_NO_WORDS = re.compile(r"\[fn:[\w-]+\]|<<<?[^<>\n]{1,200}>?>>|\{\{\{[^{}\n]{1,200}\}\}\}")
_NOTE_WITHIN = re.compile(r"\[fn:[\w-]*:([^\[\]]{1,2000})\]")
_TIME = re.compile(r"[<\[](\d{4}-\d\d-\d\d[^<>\[\]\n]{0,40})[>\]]")
_FORMULA = re.compile(r"\\\((.{1,500}?)\\\)|\\\[(.{1,500}?)\\\]|\$([^\s$](?:[^$\n]{0,300}[^\s$])?)\$(?!\d)", re.DOTALL)
_TYPED = re.compile(r"(?<![^\s\-({'\"])([=~])(\S(?:[^\n]{0,300}?\S)?)\1(?![^\s\-.,;:!?'\")}\[])")
_EMPHASIS = re.compile(r"(?<![^\s\-({'\"*/_+])([*/_+])(?=\S)([^\n]{1,300}?)(?<=\S)\1(?![^\s\-.,;:!?'\")}\[*/_+])")
_BESIDE_LINE, _ENTITY = (
    re.compile(r"(?<=\S)([\^_])\{([^{}\n]{1,100})\}"),
    re.compile(r"(?<![\w:\\/.])\\([A-Za-z]{2,20})(?![A-Za-z\\])(?:\{\})?"),
)
_HELD, _PLACE = "\0", re.compile(r"\0(\d+)\0")


def read_org(source: Source) -> OpenedFile:
    """An Org file as one page. Raises `DocumentError`."""
    walk = _Walk(read_text(source).replace("\r\n", "\n").replace(_HELD, "").split("\n"))
    return OpenedFile(walk.title, 1, iter((page_of_blocks(walk.blocks()),)))


class _Walk:
    """Goes through the lines one by one."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._endless = dict[str, int]()  # up to which line there is no such end
        self._paragraph, self._marker = list[str](), ""
        named = (_KEYWORD.match(line) for line in lines)
        titles = (found[2] for found in named if found and found[1].lower() == "title")
        self.title = " ".join(map(as_shown, titles))

    def blocks(self) -> Iterator[Block]:
        """The blocks of the text."""
        if self.title:
            yield Line(self.title, 1)
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            yield from self._read(line)
        yield from self._end()

    def _read(self, line: str) -> Iterator[Block]:
        text = line.strip()
        if heading := _HEADING.match(line):
            yield from self._end()
            yield Line(as_shown(_TAGS.sub("", heading[2].rstrip())), len(heading[1]) + bool(self.title))
        elif (block := _BLOCK.match(text)) or text.startswith(("#", "|")) or not text or _RULE.match(text) or _FIXED.match(text):
            yield from self._end()
            yield from self._block(block) if block else self._apart(line, text)
        elif _DRAWER.match(text):
            self._until(_END_OF_DRAWER)
        elif _PLANNING.match(text):
            yield from (*self._end(), Line(as_shown(text)))
        elif item := _ITEM.match(line):
            yield from self._end()
            self._begin_item(item[2] or BULLET, item[3] or "")
        elif note := _NOTE.match(line):
            yield from self._end()
            self._paragraph.append(note[1])
        else:
            self._paragraph.append(line.replace("\\\\", "") if text.endswith("\\\\") else line)

    def _apart(self, line: str, text: str) -> Iterator[Block]:
        """A line that no paragraph goes on over: a row, a keyword, a comment, what is typed as it stands."""
        if text.startswith("|"):
            yield self._table(text)
        elif (keyword := _KEYWORD.match(text)) and keyword[1].lower() in _SHOWN:
            yield Line(as_shown(keyword[2]))
        elif fixed := _FIXED.match(text):
            yield Line(fixed[1] or "")
        elif text.startswith("#") and text[1:2] not in ("", " ", "+"):
            self._paragraph.append(line)

    def _block(self, begun: re.Match[str]) -> Iterator[Block]:
        name = (begun[1] or begun[2]).lower()
        if begun[1] and name not in (*_AS_TYPED, *_LEFT_OUT):
            return  # its lines are read like others, its end is left out as comments are
        content = self._until(f"#+end_{name}" if begun[1] else f"\\end{{{name}}}")
        if content and name not in _LEFT_OUT:
            yield Line("\n".join(content) if begun[1] else formula(" ".join(content)))

    def _until(self, end: str) -> list[str]:
        """The lines up to one, and go on behind it; none where it does not come before the next heading."""
        for at in range(self._at, len(self._lines)) if self._at >= self._endless.get(end, 0) else ():
            if self._lines[at].strip().lower() == end:
                content, self._at = self._lines[self._at : at], at + 1
                return content
            self._endless[end] = at
            if _HEADING.match(self._lines[at]):
                break
        return []

    def _table(self, line: str) -> Rows:
        """The rows from this line on; a rule sets those above it apart."""
        rows, head = list[tuple[str, ...]](), 0
        while line.startswith("|"):
            if line.startswith("|-"):
                head = head or len(rows)
            else:
                rows.append(tuple(map(as_shown, line.strip("|").split("|"))))
            line = self._lines[self._at].strip() if self._at < len(self._lines) else ""
            self._at += line.startswith("|")
        return Rows(tuple(rows), marked=head if head < len(rows) else 0)

    def _begin_item(self, marker: str, text: str) -> None:
        text = " ".join(text.split())
        box = _BOXES.get(text[:3], "")
        text = f"{box}{text[3:]}" if box else text
        term = _TERM.match(text)
        self._marker = f"{marker} "
        self._paragraph.append(f"{term[1]}: {term[2]}" if term else text)

    def _end(self) -> Iterator[Block]:
        """End the paragraph or item."""
        if words := as_shown("\n".join(self._paragraph)):
            yield Line(self._marker + words)
        self._paragraph.clear()
        self._marker = ""


def as_shown(text: str) -> str:
    """Words on one line without the marks of emphasis, links and notes; formulas and code as they are."""
    held = list[str]()

    def hold(words: str) -> str:
        held.append(words)
        return f"{_HELD}{len(held) - 1}{_HELD}"

    text = _FORMULA.sub(lambda found: hold(formula(found[1] or found[2] or found[3])), text)
    text = _TYPED.sub(lambda found: hold(found[2]), text)
    text = _LINK.sub(lambda found: found[2] or hold(found[1]), text)
    text = _TIME.sub(r"\1", _NOTE_WITHIN.sub(r" (\1)", _NO_WORDS.sub("", text)))
    for _ in range(3):  # emphasis within emphasis
        text = _EMPHASIS.sub(r"\2", text)
    text = _BESIDE_LINE.sub(_beside_line, _ENTITY.sub(lambda found: symbol(found[1]) or found.group(), text))
    return unwrapped(_PLACE.sub(lambda place: held[int(place[1])], text))


def _beside_line(found: re.Match[str]) -> str:
    """Raised or lowered words."""
    return raised(found.string[found.start() - 1 : found.start()], found[2]) if found[1] == "^" else found[2]
