"""The blocks of LaTeX: paragraphs, headings, items, notes and the rows of tables, as they are set.

Nothing is opened or run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from rag_app.parsing.blocks import BULLET, Block, Line
from rag_app.parsing.latex_characters import ACCENTS, ESCAPED, LETTER, MARKS, PREFIXES, accented, formula, symbol
from rag_app.parsing.latex_flow import LEFT_OUT, LINE_END, Action, LatexFlow, as_set, leave_out
from rag_app.parsing.latex_labels import OpenLists
from rag_app.parsing.latex_numbers import LatexNumbers
from rag_app.parsing.latex_source import BETWEEN_MARKS, LatexSource
from rag_app.parsing.latex_table import TABLE_MARKS
from rag_app.parsing.latex_title import OF_SENDER, SHOWING, LatexTitle
from rag_app.parsing.latex_words import (
    ARGUMENTS,
    AS_TYPED,
    ENTRY,
    FORMULAS,
    HEADINGS,
    LENGTH,
    LENGTHS,
    LISTS,
    NUMBERED,
    REFERENCE,
    SETTINGS,
    SLIDES,
    STEPS,
    TABLES,
    UNSEEN,
    stands_apart,
)
from rag_app.parsing.package import number

_ARGUMENT = re.compile(r"(?:[ \t]*(?:\n[ \t]*)?(?:\[[^\[\]]{0,300}\]|\([lr\d.]{1,9}\)))*[ \t]*(?:\n[ \t]*)?\{")
_KEYS = re.compile(r"(?:[ \t]*\[[^\[\]]{0,300}\])*[ \t]*\{([^{}]{0,500})\}")
_SPACES_AFTER = re.compile(r"[ \t]*(?:\n(?![ \t]*\n)[ \t]*)?")
_SECTION = re.compile(r"[A-Za-z]+?((?:sub){0,2}section)")
_OPTION_OF = re.compile(r"(?<=[A-Za-z*])\[(?:[A-Z]|[a-z]{1,20}|[^\[\]\n]{0,200}=[^\[\]\n]{0,200})\]|(?<=break)\[\d\]")
_OPTIONS, _LABEL = re.compile(r"[ \t]*\[[^\[\]]{0,300}\]"), re.compile(r"\s{0,9}\[")
_TYPED_FROM = re.compile(r"(?:[ \t]*(?:\[[^\[\]]{0,300}\]|\{[^{}\n]{0,40}\}))*[ \t]*\n?")
_TYPED = re.compile(r"(?:\[[^\[\]\n]{0,300}\])?(?:\{([^{}\n]{0,2000})\}|([^\sA-Za-z{])((?:(?!\2)[^\n]){0,2000})\2)")
_ADDRESS = re.compile(r"[ \t]*(?:\[[^\[\]\n]{0,300}\])?\{((?:[^{}\n]|\{[^{}\n]{0,300}\}){0,2000})\}")
_ROW_END = re.compile(r"\*?(?:[ \t]*\[[^\[\]\n]{0,20}\])?")
_DEEPEST = 50
_SEVERAL = (None,) * 10  # arguments of a command that is not known


class LatexWalk:
    """Goes through the tokens one by one, without recursion; `still_working` is called at each formula."""

    def __init__(self, still_working: Callable[[], None], *, abstract: str) -> None:
        self.title = LatexTitle()
        self._still_working = still_working
        self._theorems, self._theorem = {"proof": "Proof"}, ""
        self._abstract = abstract
        self._actions: dict[str, Sequence[Action | None]] = {
            **{name: [leave_out if role == "-" else None for role in roles] for name, roles in ARGUMENTS.items()},
            **dict.fromkeys(("footnote", "footnotetext", "endnote", "marginpar"), (self._note,)),
            **dict.fromkeys(("caption", "subcaption", "opening", "closing"), (partial(self._end_heading, 0),)),
            **dict.fromkeys(("SI", "qty"), (self._written("{} "), self._tell_unit)),
            **dict.fromkeys(("SIrange", "qtyrange"), (self._written("{} to "), self._written("{} "), self._tell_unit)),
            "numrange": (self._written("{} to "), None),
            "ang": (self._written("{}°"),),
            "textsuperscript": (lambda text: self._flow.write_raised(text),),
            **{name: [partial(self._end_heading, level)] for name, level in (*HEADINGS.items(), *SLIDES.items())},
            **dict.fromkeys(("author", "institute", "date", "thanks"), (self.title.set_beside,)),
            **dict.fromkeys(OF_SENDER, (self.title.set_beside, *(self.title.go_on,) * 2)),
            "title": [self.title.set],
            "enquote": (self._written("“{}”"),),
            **dict.fromkeys(("Comment", "COMMENT"), (self._written(" ({})"),)),
            "captionof": [leave_out, partial(self._end_heading, 0)],
            "multicolumn": [self._span_columns, leave_out, None],
            "multirow": [self._span_rows, leave_out, None],
            "newtheorem": [self._begin_theorem, self._name_theorem],
        }
        self._commands: dict[str, Callable[[], object]] = {
            **dict.fromkeys(("verb", "lstinline", "Verb", "url", "path", "nolinkurl"), self._tell_typed),
            **dict.fromkeys(SHOWING, self._tell_title),
            **dict.fromkeys(("\\", "tabularnewline"), self._end_row),
            **dict.fromkeys(("newline", "linebreak"), lambda: self._flow.write(LINE_END)),
            "item": lambda: self._begin_item(has_label=True),
            "bibitem": lambda: self._begin_item(has_label=False),
            **dict.fromkeys(LENGTHS, lambda: self._source.take(LENGTH)),
            "iffalse": lambda: self._source.formula("\\fi"),
            "par": lambda: self._flow.end_paragraph(),
            "and": lambda: self._flow.write(f"{LEFT_OUT}, "),
            "href": self._begin_link,
            "(": lambda: self._tell_formula("\\)"),
            "[": lambda: self._tell_formula("\\]"),
        }

    def reads(self, command: str) -> bool:
        """Whether a command is read by what it means."""
        return command in self._actions or command in self._commands or REFERENCE.fullmatch(command) is not None

    def blocks(self, source: str, numbers: LatexNumbers, start: int = 0) -> list[Block]:
        """The blocks of a text, which begins at `start` of what `numbers` are of; what one before it named is known in it."""
        self._numbers, self._number = numbers, ""
        self._actions = {name: actions for name, actions in self._actions.items() if not start or name not in OF_SENDER}
        self._source, self._flow = LatexSource(source), LatexFlow()
        self._open = list[tuple[str, int, bool]]()  # environments: name, how many groups are around it, whether it is a table
        self._lists = OpenLists()
        for found in self._source.tokens():
            self._number = numbers.at.get(start + found.start(), "")
            if found["name"]:
                (self._begin_environment if found["edge"] == "begin" else self._end_environment)(found["name"].strip())
            elif found["command"]:
                self._command(found["command"])
            elif found["paragraph"]:
                self._flow.end_paragraph()
            elif found["mark"]:
                self._mark(found["mark"])
            else:
                self._flow.write(found["words"] or "")
        self._close_to(0)
        while self._open:
            self._end_environment(self._open[-1][0])
        self._flow.end_line()
        return self._flow.ended()

    def _mark(self, mark: str) -> None:
        if mark == "{":
            self._flow.open()
        elif mark == "}":
            rest = self._flow.close()
            self._take(rest, " " if len(rest) > 1 and not rest[0] else "")
        elif mark == "]" and self._flow.frames and self._flow.frames[-1].action in (self._tell_label, self._tell_name):
            self._flow.close()
        elif mark == "&" and self._flow.table:
            self._flow.end_cell()
        elif mark in BETWEEN_MARKS and (found := self._source.take(BETWEEN_MARKS[mark])):
            self._write_formula(found[1] if mark == "$" else f" {found[1]} ")
        else:
            self._flow.write(MARKS.get(mark, " "))

    def _command(self, name: str) -> None:
        plain = name.rstrip("*") if len(name) > 1 else name
        if plain[-1:].isalpha():
            self._source.take(_SPACES_AFTER)
        if plain not in self._actions and (section := _SECTION.fullmatch(plain)):
            plain = section[1]
        if stands_apart(plain, self._open[-1][0] if self._open else "") or (ENTRY.fullmatch(plain) and not self._flow.taking):
            self._flow.end_paragraph()
            self._flow.write(self._number or STEPS.get(plain, ""))
        if plain in self._commands:
            self._commands[plain]()
        elif plain in TABLE_MARKS and self._flow.table:
            self._flow.table.mark(plain)
        elif plain in ACCENTS and (letter := self._source.take(LETTER)):
            self._flow.write(accented(plain, letter[1] or letter[2] or letter[3]))
        elif plain in ESCAPED:
            self._flow.write(ESCAPED[plain])
        elif plain not in self._actions and REFERENCE.fullmatch(plain):
            keys = self._source.take(_KEYS)
            self._flow.write((self._numbers.reference(plain, keys[1]) if keys else "") or LEFT_OUT)
        elif self._flow.taking == self._tell_unit:
            self._flow.write(symbol(plain) or (plain if plain in PREFIXES else f"{plain} "))
        elif plain not in self._actions:
            self._flow.write(LEFT_OUT if plain == "xspace" else symbol(plain))
        is_unknown = plain not in self._actions and plain[-1:].isalpha() and not symbol(plain)
        if is_unknown:
            self._source.take(_OPTION_OF)
        self._take(_SEVERAL if is_unknown else self._actions.get(plain, ()))

    def _take(self, actions: Sequence[Action | None], between: str = "") -> None:
        """Begin the first of some arguments, if it is there, after what stands between it and the one before."""
        if actions and self._source.take(_ARGUMENT):
            self._flow.write(between)
            self._flow.open(actions[0], actions[1:], is_long=actions[0] == self._note)

    def _begin_environment(self, name: str) -> None:
        if (name in FORMULAS or name in UNSEEN or name in AS_TYPED) and (content := self._source.environment(name)) is not None:
            if name in AS_TYPED:
                typed = _TYPED_FROM.match(content)
                self._flow.add([Line(content[typed.end() if typed else 0 :].strip("\n"))])
            elif name in FORMULAS:
                self._write_formula(f" {content} ")
                self._flow.write(self._number and f"{self._number} ")
            return
        plain, is_taken = name.rstrip("*"), self._flow.taking is not None
        self._flow.end_line()
        if len(self._open) == _DEEPEST:
            return
        self._open.append((name, len(self._flow.frames), name in TABLES and not is_taken))
        if self._open[-1][2]:
            self._flow.begin_table()
        if plain in NUMBERED or plain in LISTS:
            option = self._source.take(_OPTIONS)
            self._lists.begin(plain, option.group() if option else "")
        if plain == "abstract":
            self._end_heading(HEADINGS["section"], self._abstract)
        elif plain in self._theorems:
            self._begin_statement(self._theorems[plain])
        else:
            self._source.take(_OPTIONS)
            self._take(self._actions[plain] if plain in SLIDES else [leave_out] * SETTINGS.get(name, 0))

    def _end_environment(self, name: str) -> None:
        while any(begun == name for begun, _, _ in self._open):
            begun, frames, is_table = self._open.pop()
            self._close_to(frames)
            if is_table:
                self._flow.end_table()
            self._flow.end_line()
            if begun in NUMBERED or begun in LISTS:
                self._lists.end()
                self._flow.marker = ""
            if begun == name:
                return

    def _close_to(self, frames: int) -> None:
        while len(self._flow.frames) > frames:
            self._flow.close()

    def _tell_formula(self, end: str) -> None:
        content = self._source.formula(end)
        if content is not None:
            self._write_formula(content if end == "\\)" else f" {content} ")

    def _write_formula(self, latex: str) -> None:
        self._still_working()
        before, after = latex[: latex[0].isspace()], latex[len(latex) - latex[-1].isspace() :]
        self._flow.write(f"{before}{formula(latex)}{after}")

    def _tell_typed(self) -> None:
        if found := self._source.take(_TYPED):
            self._flow.write(found[1] or found[3] or "")

    def _begin_link(self) -> None:
        self._source.take(_ADDRESS)
        self._take([None])

    def _begin_item(self, *, has_label: bool) -> None:
        has_own = has_label and self._source.take(_LABEL)
        self._flow.begin_item((not has_own and self._lists.next_label()) or self._number or BULLET)
        if has_own:
            self._flow.open(self._tell_label)

    def _tell_label(self, text: str) -> None:
        if self._lists.kind == "description":
            self._flow.write(f"{text.rstrip(' :：')}: ")
        else:
            self._flow.begin_item(as_set(text))

    def _begin_statement(self, name: str) -> None:
        self._flow.write(f"{name}{self._number}")
        if self._source.take(_LABEL):
            self._flow.open(self._tell_name)
        else:
            self._flow.write(". ")

    def _tell_name(self, text: str) -> None:
        self._flow.write(f" ({text}). ")

    def _begin_theorem(self, text: str) -> None:
        self._theorem = text

    def _name_theorem(self, text: str) -> None:
        self._theorems[self._theorem] = as_set(text)

    def _end_row(self) -> None:
        self._source.take(_ROW_END)
        if table := self._flow.table:
            self._flow.end_cell()
            table.end_row()
        else:
            self._flow.write(LINE_END)

    def _span_columns(self, text: str) -> None:
        if table := self._flow.table:
            table.span(columns=number(text, 1))

    def _span_rows(self, text: str) -> None:
        if table := self._flow.table:
            table.span(rows=number(text, 1))

    def _end_heading(self, level: int, text: str) -> None:
        self._flow.write(text)
        self._flow.end_line(level)

    def _tell_title(self) -> None:
        self._source.take(_OPTION_OF)
        self._flow.add(self.title.lines())

    def _note(self, text: str) -> None:
        self._flow.note(text)

    def _written(self, form: str) -> Action:
        return lambda text: self._flow.write(form.format(text))

    def _tell_unit(self, text: str) -> None:
        self._flow.write(text.strip())
