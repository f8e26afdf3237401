"""What a LaTeX file defines itself, put in the place of its names, as TeX does, before the file is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rag_app.parsing.latex_words import AS_TYPED

_TOKEN = re.compile(
    r"%[^\n]*|\\(?:verb|lstinline)\*?([^\sA-Za-z{*])[^\n]{0,2000}?\1"
    rf"|\\begin\{{(?P<typed>{'|'.join(map(re.escape, AS_TYPED))})\}}|\\(?P<name>[A-Za-z@]+)\*?|\\[\s\S]"
)
_NAME = r"\s{0,9}(?:\{\s{0,9}\\([A-Za-z@]+)\s{0,9}\}|\\([A-Za-z@]+))\s{0,9}"
_COMMAND = re.compile(rf"{_NAME}(?:\[(\d)\]\s{{0,9}})?(?:\[([^\[\]]{{0,200}})\])?\s{{0,9}}(?=\{{)")
_PLAIN = re.compile(rf"{_NAME}(?P<given>[^{{}}\\\n]{{0,40}})(?=\{{)")
_ALIAS = re.compile(rf"{_NAME}=?[ ]?(\\[A-Za-z@]+)")
_ENVIRONMENT = re.compile(r"\s{0,9}\{[^{}]{1,40}\}\s{0,9}(?:\[[^\[\]]{0,200}\]\s{0,9}){0,2}(?=\{)")
_NEW, _AGAIN = ("newcommand", "DeclareRobustCommand", "DeclareMathOperator"), ("renewcommand", "providecommand")
_BRACE, _SPACES = re.compile(r"\\[\s\S]|[{}]"), re.compile(r"[ \t]*(?:\n(?![ \t]*\n)[ \t]*)?")
_GIVEN, _PLACE = re.compile(r"\\[A-Za-z@]+|[^\s\\{}%]"), re.compile(r"(\\[A-Za-z@]+)?#(\d)")
_OPTION = re.compile(r"\[([^\[\]]{0,500})\]")
_PROGRAM = re.compile(
    r"\\(?:if(?!f(?![A-Za-z]))|[A-Za-z]*@|(?:else|fi|csname|expandafter|def|let|global|advance)(?![A-Za-z]))|##"
)
_ENDS_IN_COMMAND = re.compile(r"\\[A-Za-z@]+$")
_LONGEST, _LONGEST_GIVEN, _MOST, _DEEPEST = 3_000, 20_000, 1_000_000, 20  # characters; names within each other


@dataclass(frozen=True, slots=True)
class _Definition:
    body: str
    count: int
    default: str | None


class LatexDefinitions:
    """The names that a file defines, by what each stands for. What programs (with \\if or @) is not followed."""

    def __init__(self, is_read: Callable[[str], bool]) -> None:
        """`is_read` tells whether a command is read by what it means; then the file's own way to set it is not followed."""
        self._is_read = is_read
        self._known = dict[str, _Definition]()
        self._room = _MOST  # characters to be put in and looked through
        self._endless = set[str]()

    def expanded(self, text: str, depth: int = 0) -> str:
        """`text` without what it defines, and with that in the place of its names."""
        parts, at = list[str](), 0
        while found := _TOKEN.search(text, at):
            parts.append(text[at : found.start()])
            at, name = found.end(), found["name"]
            if found["typed"]:
                at = self._end_of_typed(text, at, found["typed"])
            elif name and (behind := self._define(name, text, at)):
                at = behind
                continue
            elif name in self._known and depth < _DEEPEST and (put := self._put(self._known[name], text, found.end("name"))):
                is_raised = parts[-1].rstrip()[-1:] in ("^", "_")
                words, at = self.expanded(put[0], depth + 1), put[1]
                parts.append(f"{{{words}}}" if is_raised else words)
                continue
            parts.append(text[found.start() : at])
        return "".join((*parts, text[at:]))

    def _end_of_typed(self, text: str, at: int, name: str) -> int:
        end = text.find(f"\\end{{{name}}}", at) if name not in self._endless else -1
        if end < 0:
            self._endless.add(name)
        return max(at, end)

    def _define(self, name: str, text: str, at: int) -> int:
        """Note what is defined here. Gives the place behind it, or 0 where nothing is."""
        if name == "let" and (alias := _ALIAS.match(text, at)):
            self._note(alias[1] or alias[2], _Definition(alias[3], 0, None), is_new=False)
            return alias.end()
        if name in ("newenvironment", "renewenvironment") and (found := _ENVIRONMENT.match(text, at)):
            return self._end_of_group(text, found.end(), _LONGEST, groups=2)
        pattern = _COMMAND if name in (*_NEW, *_AGAIN) else _PLAIN if name in ("def", "gdef", "edef", "xdef") else None
        found = pattern.match(text, at) if pattern else None
        end = self._end_of_group(text, found.end(), _LONGEST) if found else 0
        if not found or not end:
            return 0
        body = text[found.end() + 1 : end - 1]
        if name == "DeclareMathOperator":
            body = f"\\operatorname{{{body}}}"
        given = found["given"].strip() if pattern is _PLAIN else ""
        count = given.count("#") if pattern is _PLAIN else int(found[3] or 0)
        is_plain = given == "".join(f"#{place + 1}" for place in range(count)) if given else True
        default = None if pattern is _PLAIN else found[4]
        self._note(found[1] or found[2], _Definition(body, count if is_plain else -1, default), is_new=name in _NEW)
        return end

    def _note(self, name: str, definition: _Definition, *, is_new: bool) -> None:
        if definition.count < 0 or _PROGRAM.search(definition.body):
            self._known.pop(name, None)
        elif is_new or name in self._known or not self._is_read(name):
            self._known[name] = definition

    def _put(self, definition: _Definition, text: str, at: int) -> tuple[str, int] | None:
        """What stands for a name whose arguments begin here, and the place behind them; None where they are not there."""
        given = list[str]()
        if definition.default is not None:
            option = _OPTION.match(text, at)
            given.append(option[1] if option else definition.default)
            at = option.end() if option else at
        while len(given) < definition.count:
            at = _behind_spaces(text, at)
            end = self._end_of_group(text, at, _LONGEST_GIVEN) if text[at : at + 1] == "{" else 0
            one = None if end else _GIVEN.match(text, at)
            if not end and not one:
                return None
            given.append(text[at + 1 : end - 1] if end else one.group() if one else "")
            at = end or (one.end() if one else at)

        def put(place: re.Match[str]) -> str:
            words = given[int(place[2]) - 1] if 0 < int(place[2]) <= len(given) else ""
            return f"{place[1] or ''}{' ' if place[1] and words[:1].isalpha() else ''}{words}"

        words = _PLACE.sub(put, definition.body)
        if not given and words[-1:] > "\x7f":
            at = _behind_spaces(text, at)
        self._room -= len(words)
        is_glued = text[at : at + 1].isalpha() and _ENDS_IN_COMMAND.search(words)
        return (f"{words} " if is_glued else words) if self._room > 0 else "", at

    def _end_of_group(self, text: str, at: int, most: int, groups: int = 1) -> int:
        """The place behind the group that begins here (or so many), or 0 where it has no end nearby."""
        depth, start = 0, at
        for found in _BRACE.finditer(text, at, at + most) if self._room > 0 else ():
            depth += (found.group() == "{") - (found.group() == "}")
            if not depth and found.group() == "}":
                groups -= 1
                if not groups:
                    self._room -= found.end() - start
                    return found.end()
        self._room -= most
        return 0


def _behind_spaces(text: str, at: int) -> int:
    found = _SPACES.match(text, at)
    return found.end() if found else at
