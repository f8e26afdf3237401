"""LaTeX as it is typed, read from its beginning to its end, and what it defines itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<comment>%[^\n]*(?:\n[ \t]*(?=\S))?)|\\(?P<edge>begin|end)[ \t]*\{(?P<name>[^{}\n]{1,40})\}"
    r"|\\(?P<command>[A-Za-z@]+\*?|[\s\S])|(?P<paragraph>\n[ \t]*\n\s*)|(?P<mark>\$\$?|---?|``?|''|[{}&~\]])"
    r"|(?P<words>(?:[^\\%{}$&~`'\]\n-]|\n(?![ \t]*\n))+|['\n\\-])"
)
_NAMED = re.compile(r"\\([A-Za-z]+)")
_LONGEST_DEFINITION, _LONGEST_FORMULA, _MOST_DEFINED = 500, 10_000, 1_000_000  # characters


class LatexSource:
    """The text, and the place up to which it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._searched = dict[str, int]()  # up to where there is no such end

    def tokens(self) -> Iterator[re.Match[str]]:
        """What comes next, again and again: a comment, the edge of an environment, a command, a mark or words."""
        while found := self.take(_TOKEN):
            yield found

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go on behind what matches here."""
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found

    def environment(self, name: str) -> str | None:
        """Go on behind the end of an environment, whose content this is; None where it has no end."""
        return self._up_to(f"\\end{{{name}}}", len(self.text))

    def formula(self, end: str) -> str | None:
        """Go on behind the end of a formula, whose content this is; None where it has no end nearby."""
        return self._up_to(end, self.at + _LONGEST_FORMULA)

    def _up_to(self, end: str, most: int) -> str | None:
        start, searched = self.at, self._searched.get(end, 0)
        place = self.text.find(end, max(start, searched - len(end)), most)
        if place < 0:
            self._searched[end] = max(searched, most)
            return None
        self.at = place + len(end)
        return self.text[start:place]


class Definitions:
    """Names without arguments that stand for a few words: as these are written, and as they are typed."""

    def __init__(self) -> None:
        self._written, self._typed = dict[str, str](), dict[str, str]()
        self._room = _MOST_DEFINED

    def __contains__(self, name: str) -> bool:
        return name in self._written

    def add(self, name: str, written: str, typed: str) -> None:
        """Note what a name stands for, unless it is long."""
        if max(len(written), len(typed)) <= _LONGEST_DEFINITION:
            self._written[name], self._typed[name] = written, typed

    def written(self, name: str) -> str:
        """What a name stands for."""
        self._room -= len(self._written[name])
        return self._written[name] if self._room > 0 else ""

    def expanded(self, latex: str) -> str:
        """A formula with what its names stand for, unless that makes it long."""
        full = _NAMED.sub(lambda name: self._typed.get(name[1], name.group()), latex)
        return full if len(full) <= _LONGEST_FORMULA else latex
