"""LaTeX as it is typed, read from its beginning to its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<comment>%[^\n]*(?:\n[ \t]*(?=\S))?)|\\(?P<edge>begin|end)[ \t]*\{(?P<name>[^{}\n]{1,40})\}"
    r"|\\(?P<command>[A-Za-z@]+\*?|[\s\S])|(?P<paragraph>\n[ \t]*\n\s*)|(?P<mark>\$\$?|---?|``?|''|[{}&~\]])"
    r"|(?P<words>(?:[^\\%{}$&~`'\]\n-]|\n(?![ \t]*\n))+|['\n\\-])"
)
BETWEEN_MARKS = {mark: re.compile(rf"((?:[^$\\]|\\.){{1,5000}}){re.escape(mark)}", re.DOTALL) for mark in ("$", "$$")}
_LONGEST_FORMULA = 10_000  # characters


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
