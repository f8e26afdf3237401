"""The commands of a Rich Text document, carried out one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rag_app.parsing.blocks import Block, text_of
from rag_app.parsing.flow import Flow
from rag_app.parsing.rtf_characters import Characters
from rag_app.parsing.rtf_words import CHARACTERS, ENTERED, FOOTERS, HEADERS, NOTES, NUMBERS, PASSED_OVER, SYMBOLS

_HEADING = re.compile(rb"\s*(?:heading (\d)|title;)", re.IGNORECASE)
_TEXT, _FONTS, _STYLES, _OVER = "", "fonttbl", "stylesheet", "over"
_BODY_TEXT = 9
_LAST_CHARACTER = 0x10FFFF
_UNKNOWN = "\ufffd"
_PLAIN = {"is_hidden": False, "is_raised": False, "is_struck": False, "font": -1, "wide_font": -1, "is_wide": False}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until a group ends. `replaced` characters follow each Unicode character, for readers that know none."""

    kind: str = _TEXT
    is_hidden: bool = False
    is_raised: bool = False
    is_struck: bool = False
    font: int = -1
    wide_font: int = -1
    is_wide: bool = False
    replaced: int = 1
    style: int = 0
    outline: int = _BODY_TEXT
    is_in_table: bool = False
    depth: int = 1


class RtfReader:
    """Takes the tokens of a document in order; then `headers`, `footers` and `body()` hold what it says.

    `is_torn` tells whether it broke off.
    """

    def __init__(self) -> None:
        self.headers, self.footers = list[Block](), list[Block]()
        self.is_torn = False
        self._state = _State()
        self._groups = list[tuple[_State, str]]()  # the state before each open group, and what part of the text began with it
        self._flows = [Flow()]
        self._characters = Characters()
        self._levels = dict[int, int]()
        self._to_replace = 0
        self._is_starred = self._is_at_start = False
        self._commands = self._make_commands()

    def body(self) -> list[Block]:
        """The text of the pages."""
        return self._flows[0].blocks()

    def begin_group(self) -> None:
        """An opening brace."""
        self._flush()
        self._groups.append((self._state, ""))
        self._is_starred, self._is_at_start = False, True

    def end_group(self) -> None:
        """A closing brace; one too many closes nothing."""
        self._flush()
        if not self._groups:
            return
        self._state, part = self._groups.pop()
        if not part:
            return
        blocks = self._flows.pop().blocks()
        if part in HEADERS:
            self.headers += blocks
        elif part in FOOTERS:
            self.footers += blocks
        elif part in NUMBERS:
            self._write_number(text_of(blocks))
        else:
            self._flows[-1].hang_on(blocks)

    def end(self) -> None:
        """The end of the document, wherever it breaks off."""
        self._flush()
        self.is_torn = bool(self._groups)
        while self._groups:
            self.end_group()

    def text(self, text: bytes) -> None:
        """Characters that stand for themselves."""
        self._is_at_start = False
        if self._state.kind == _STYLES and (heading := _HEADING.match(text)):
            self._levels[self._state.style] = int(heading.group(1) or 1)
        left_out = min(self._to_replace, len(text))
        self._to_replace -= left_out
        self._characters.add(text[left_out:])

    def byte(self, byte: bytes) -> None:
        """A byte of a character, written as a number."""
        if self._to_replace:
            self._to_replace -= 1
        else:
            self._characters.add(byte)

    def symbol(self, symbol: str) -> None:
        """A command of one character."""
        if symbol == "*":
            self._is_starred = self._is_at_start
        elif symbol in "\r\n":
            self.word("par", None)
        elif symbol in SYMBOLS:
            self._flush()
            self._write(SYMBOLS[symbol])

    def word(self, word: str, number: int | None) -> None:
        """A command with a name, and its number if it has one."""
        self._flush()
        is_first, self._is_at_start = self._is_at_start, False
        if self._state.kind == _OVER or (is_first and self._enter(word)):
            return
        if word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word in self._commands:
            self._commands[word](number)

    def _enter(self, word: str) -> bool:
        """Whether the first word of a group says what its text is for."""
        if word in HEADERS or word in FOOTERS or word in NOTES or word in NUMBERS:
            self._groups[-1] = (self._groups[-1][0], word)
            self._flows.append(Flow())
            self._state = _State(replaced=self._state.replaced, font=self._state.font)
        elif word in (_FONTS, _STYLES):
            self._set(kind=word)
        elif word in PASSED_OVER or (self._is_starred and word not in ENTERED):
            self._set(kind=_OVER)
        else:
            return False
        return True

    def _make_commands(self) -> dict[str, Callable[[int | None], None]]:
        ends = dict.fromkeys(("par", "sect", "page"), lambda number: self._end_paragraph())
        return {
            **ends,
            "cell": lambda number: self._flow().end_cell(1),
            "row": lambda number: self._flow().end_row(1),
            "nestcell": lambda number: self._flow().end_cell(max(self._state.depth, 2)),
            "nestrow": lambda number: self._flow().end_row(max(self._state.depth, 2)),
            "u": self._write_unicode,
            "uc": lambda number: self._set(replaced=max(0, number or 0)),
            "v": lambda number: self._set(is_hidden=number != 0),
            "deleted": lambda number: self._set(is_hidden=number != 0),
            "super": lambda number: self._set(is_raised=number != 0),
            "sub": lambda number: self._set(is_raised=False),
            "nosupersub": lambda number: self._set(is_raised=False),
            **dict.fromkeys(("strike", "striked"), lambda number: self._set(is_struck=number != 0)),
            "plain": lambda number: self._set(**_PLAIN),
            "f": lambda number: self._set(font=number or 0),
            "af": lambda number: self._set(wide_font=number or 0) if self._state.is_wide else None,
            "dbch": lambda number: self._set(is_wide=True),
            "loch": lambda number: self._set(is_wide=False),
            "hich": lambda number: self._set(is_wide=False),
            "pard": lambda number: self._set(style=0, outline=_BODY_TEXT, is_in_table=False, depth=1),
            "s": lambda number: self._set(style=number or 0),
            "outlinelevel": lambda number: self._set(outline=_BODY_TEXT if number is None else number),
            "intbl": lambda number: self._set(is_in_table=True),
            "itap": lambda number: self._set(is_in_table=bool(number), depth=max(1, number or 1)),
            "fcharset": lambda number: self._characters.set_font(self._state.font, number or 0),
            "ansicpg": lambda number: self._characters.set_code_page(number or 0),
            "mac": lambda number: self._characters.set_code_page(10000),
            "pc": lambda number: self._characters.set_code_page(437),
            "pca": lambda number: self._characters.set_code_page(850),
        }

    def _set(self, **changes: bool | int | str) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def _flow(self) -> Flow:
        return self._flows[-1]

    def _end_paragraph(self) -> None:
        state = self._state
        level = state.outline + 1 if 0 <= state.outline < _BODY_TEXT else self._levels.get(state.style, 0)
        self._flow().end_paragraph(state.depth if state.is_in_table else 0, level)

    def _write_number(self, marker: str) -> None:
        """Write the number of an item; the dots and circles before others are none."""
        words = marker.strip()
        if len(words) > 1 and any(map(str.isalnum, words)):
            self._write(f"{words} ")

    def _write_unicode(self, number: int | None) -> None:
        code = (number or 0) + (0x10000 if (number or 0) < 0 else 0)
        self._write(chr(code) if 0 < code <= _LAST_CHARACTER else _UNKNOWN)
        self._to_replace = self._state.replaced

    def _flush(self) -> None:
        """Write the bytes that came since the last command; what would be replaced ends with them."""
        state = self._state
        self._write(self._characters.take(state.wide_font if state.is_wide and state.wide_font >= 0 else state.font))
        self._to_replace = 0

    def _write(self, text: str) -> None:
        if text and self._state.kind == _TEXT and not self._state.is_hidden:
            self._flow().write(text, is_raised=self._state.is_raised, is_struck=self._state.is_struck)
