"""AsciiDoc as one page of text: what is shown, without marks, attributes and comments. Nothing is opened or run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from rag_app.parsing.blocks import BULLET, Block, Line, page_of_blocks, table_blocks
from rag_app.parsing.cleaning import raised, unwrapped
from rag_app.parsing.latex_characters import formula
from rag_app.parsing.open_table import OpenTable
from rag_app.parsing.plain_text import read_text
from rag_app.parsing.source import OpenedFile, Source

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*)")
_ATTRIBUTE = re.compile(r":!?([\w-]+)!?:(?:[ \t]+(.*))?$")
_TYPED, _UNSEEN = re.compile(r"-{4,}$|\.{4,}$|```\w*$"), re.compile(r"/{4,}$|\+{4,}$")
_EDGE = re.compile(r"={4,}$|\*{4,}$|_{4,}$|--$|'{3}$|<{3}$|\+$")
_LEFT_OUT = re.compile(r"//|\[[^\[\]]*\]$|\[\[[^\[\]]*\]\]$|(?:include|image|ifdef|ifndef|ifeval|endif|toc|video|audio)::")
_CAPTION = re.compile(r"\.([^\s.].*)")
_ITEM = re.compile(r"[ \t]*(\*{1,6}|-|(\.{1,6})|(\d{1,6}\.))[ \t]+(\S.*)")
_TERM = re.compile(r"(\S[^\n]{0,300}?)(?:::{1,3}|;;)(?:[ \t]+(\S.*))?$")
_BOXES = {"[ ]": "☐", "[x]": "☒", "[*]": "☒"}
_TABLE = re.compile(r"[|,:!]={3,}$")
_CELL = re.compile(r"(?:(?<![^\s|])(?:(\d{1,2})?(?:\.(\d{1,4}))?\+)?[<^>.]{0,3}[adehlmsv]?)?(?<!\\)\|")
_COLUMNS = re.compile(r"""cols\s*=\s*["']?([^"'\]]+)""")
_COLUMN = re.compile(r"(?:(\d{1,2})\*)?[^,;]*")
_FORMAT, _SEPARATORS = re.compile(r"format\s*=\s*[\"']?([ct]sv|dsv)"), {"csv": ",", "tsv": "\t", "dsv": ":"}
_WIDEST = 100
_ADDRESS = re.compile(r"(?:(?:link|xref|mailto):|(?=https?://|ftp://))([^\s\[\]]{1,2000})\[([^\[\]\n]{0,500})\]")
_REFERENCE = re.compile(r"<<#?([^<>,\n]{1,200})(?:,([^<>\n]{1,300}))?>>|\[\[[^\[\]\n]{1,200}\]\]")
_ANCHOR = re.compile(r"\[\[([^\[\],]{1,200})(?:,([^\[\]]{1,300}))?\]\]$|\[[\w-]{0,40}#([\w:-]{1,200})[^\[\]]*\]$")
_NO_ID, _GAP = re.compile(r"[^\w\s.-]+"), re.compile(r"[\s.-]+")
_FORMULA = re.compile(r"\b(stem|latexmath|asciimath):\[((?:[^\]\\\n]|\\.){1,1000})\]")
_MACRO = re.compile(r"(?:(image|icon|anchor|indexterm2?):[^\s\[\]]{0,300}|\w{2,12}:)\[([^\[\]\n]{0,1000})\]")
_NAME = re.compile(r"\{([\w-]+)\}")
_CODE = re.compile(r"(?<![\w`])`{1,2}\+?([^`\n]{1,500}?)\+?`{1,2}(?!\w)|(?<![\w+])\+{1,3}([^\s+][^+\n]{0,300})\+{1,3}(?![\w+])")
_EMPHASIS = re.compile(r"(?<![\w*_#^~])(?:\[[^\[\]\n]{0,40}\])?(\*\*?|__?|##?)(?=\S)([^\n]{1,300}?)(?<=\S)\1(?!\w)")
_RAISED = re.compile(r"([\^~])([^\s\^~]{1,40})\1")
_MATHS = ("stem", "latexmath", "asciimath")
_HELD, _PLACE = "\0", re.compile(r"\0(\d+)\0")


def read_asciidoc(source: Source) -> OpenedFile:
    """An AsciiDoc file as one page. Raises `DocumentError`."""
    walk = _Walk(read_text(source).replace("\r\n", "\n").replace(_HELD, "").split("\n"))
    return OpenedFile("", 1, iter((page_of_blocks(walk.blocks()),)))


class _Walk:
    """Goes through the lines one by one."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._endless = set[str]()
        self._names = dict[str, str]()
        self._titles = dict(_titles(lines))
        self._paragraph, self._marker, self._attributes = list[str](), "", ""
        self._counts = dict[int, int]()  # of the numbered lists that are open, by their depth

    def blocks(self) -> Iterator[Block]:
        """The blocks of the text."""
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip()
            self._at += 1
            yield from self._read(line)
        yield from self._end()

    def _read(self, line: str) -> Iterator[Block]:
        if not line:
            yield from self._end()
        elif _TYPED.match(line) or _UNSEEN.match(line) or _TABLE.match(line):
            yield from self._end()
            yield from self._block(line)
        elif _EDGE.match(line) or _LEFT_OUT.match(line):
            yield from () if line.startswith("//") else self._end()
            self._attributes = line if line.startswith("[") else self._attributes
        elif heading := _HEADING.match(line):
            yield from self._end()
            yield Line(self._as_shown(heading[2]), len(heading[1]))
            self._counts.clear()
        elif attribute := _ATTRIBUTE.match(line):
            yield from self._end()
            self._names[attribute[1]] = (attribute[2] or "")[:200]
        elif item := _ITEM.match(line):
            yield from self._end()
            self._begin_item(item)
        elif not self._paragraph and (caption := _CAPTION.match(line)):
            yield Line(self._as_shown(caption[1]))
        elif term := _TERM.fullmatch(line.strip()):
            yield from self._end()
            self._paragraph.append(f"{term[1]}: {term[2] or ''}")
        else:
            self._counts = self._counts if self._paragraph or line[0].isspace() else {}
            self._paragraph.append(line.removesuffix(" +"))

    def _begin_item(self, item: re.Match[str]) -> None:
        depth, text = len(item[2] or ""), item[4]
        if depth:
            self._counts = {outer: number for outer, number in self._counts.items() if outer <= depth}
            self._counts[depth] = self._counts.get(depth, 0) + 1
        self._marker = f"{item[3] or (f'{self._counts[depth]}.' if depth else BULLET)} "
        self._paragraph.append(f"{_BOXES[text[:3]]}{text[3:]}" if text[:3] in _BOXES else text)

    def _block(self, edge: str) -> Iterator[Block]:
        """What stands between two edges of the same kind, or nothing where there is no second one."""
        end = "```" if edge.startswith("```") else edge
        lines = list[str]()
        for at in range(self._at, len(self._lines)) if end not in self._endless else ():
            if self._lines[at].rstrip() == end:
                lines, self._at = self._lines[self._at : at], at + 1
                break
        else:
            self._endless.add(end)
        if lines and _TABLE.match(edge):
            yield from self._table(lines, edge[0])
        elif lines and _TYPED.match(edge):
            yield Line("\n".join(lines))
        elif lines and edge[0] == "+" and (kind := self._attributes.strip("[]")) in _MATHS:
            yield Line(self._formula(kind, "\n".join(lines)))
        self._attributes = ""

    def _table(self, lines: list[str], separator: str) -> list[Block]:
        """The rows of a table, whose cells may stand on lines of their own. A blank line sets the first row apart."""
        form = _FORMAT.search(self._attributes)
        separator = _SEPARATORS[form[1]] if form else separator
        if separator != "|":
            try:
                delimited = list(csv.reader(filter(str.strip, lines), delimiter=separator))
            except csv.Error:  # a field without end
                return [Line("\n".join(lines))]
            rows = [[[Line(self._as_shown(cell))] for cell in row] for row in delimited]
            return table_blocks(rows, int("header" in self._attributes))
        first = next((line for line in lines if line.strip()), "")
        named = _COLUMNS.search(self._attributes)
        columns = sum(int(column[1] or 1) for column in map(_COLUMN.match, named[1].split(",")) if column) if named else 0
        columns = min(columns or len(_CELL.findall(first)), _WIDEST)
        table, text = OpenTable(), "\n".join(lines)
        marks = list(_CELL.finditer(text))
        for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=False):
            if not table.rows or len(table.rows[-1]) >= columns:
                table.begin_row()
            table.pass_over()
            table.note_span(int(mark[2] or 1))
            words = self._as_shown(text[mark.end() : end])
            table.rows[-1] += [[Line(words)] if words else [], *([()] * (min(int(mark[1] or 1), _WIDEST) - 1))]
            table.pass_over()
        apart = "header" in self._attributes or (len(lines) > 1 and lines[0] == first and not lines[1].strip())
        return table_blocks(table.rows, int(apart))

    def _end(self) -> Iterator[Block]:
        """End the paragraph or item; its notes come after it."""
        notes = list[str]()
        if words := self._as_shown("\n".join(self._paragraph), notes):
            yield Line(self._marker + words)
        yield from map(Line, notes)
        self._paragraph.clear()
        self._marker = ""

    def _as_shown(self, text: str, notes: list[str] | None = None) -> str:
        """Words on one line without the marks of emphasis and links; code as it is."""
        held = list[str]()

        def hold(words: str) -> str:
            held.append(words)
            return f"{_HELD}{len(held) - 1}{_HELD}"

        def macro(found: re.Match[str]) -> str:
            if notes is not None and found.group().startswith("footnote"):
                notes.append(self._as_shown(found[2]))
                return ""
            return "" if found[1] else found[2]

        text = _FORMULA.sub(lambda found: hold(self._formula(found[1], found[2].replace("\\]", "]"))), text)
        text = _NAME.sub(lambda name: self._names.get(name[1], name.group()), text)
        text = _CODE.sub(lambda found: hold(found[1] or found[2]), text)
        text = _ADDRESS.sub(lambda found: found[2] or self._titles.get(found[1]) or hold(found[1]), _MACRO.sub(macro, text))
        text = _REFERENCE.sub(lambda found: found[2] or self._titles.get(found[1]) or hold(found[1] or ""), text)
        for _ in range(2):  # emphasis within emphasis
            text = _EMPHASIS.sub(r"\2", text)
        return unwrapped(_PLACE.sub(lambda place: held[int(place[1])], _RAISED.sub(_beside_line, text)))

    def _formula(self, kind: str, typed: str) -> str:
        """A formula of LaTeX in Unicode; one of AsciiMath, which reads well, as typed."""
        is_latex = kind == "latexmath" or (kind == "stem" and self._names.get("stem") == "latexmath")
        return formula(typed) if is_latex else " ".join(typed.split())


def _titles(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What references to headings and captions tell, by the names given to these, and those that headings have by themselves."""
    anchor = None
    for line in map(str.rstrip, lines):
        found = _HEADING.match(line) or _CAPTION.match(line)
        title = found[found.lastindex or 0] if found else ""
        if title:
            within = _ANCHOR.search(title)
            anchor, title = (within, title[: within.start()].strip()) if within else (anchor, title)
            yield "_" + _GAP.sub("_", _NO_ID.sub("", title.lower())).strip("_"), title
        if anchor and (title or anchor[2]):
            yield anchor[1] or anchor[3], anchor[2] or title
        anchor = _ANCHOR.match(line) or (anchor if line.startswith("[") and not title else None)


def _beside_line(found: re.Match[str]) -> str:
    """Raised or lowered words."""
    before = found.string[max(found.start() - 1, 0) : found.start()]
    return raised(before, found[2]) if found[1] == "^" else found[2]
