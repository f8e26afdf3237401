"""Hyphens at the ends of a PDF's lines: which only divide a word, judged by how the document writes it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.parsing.pdf_lines import Line

_HYPHEN = "\ufffe"
_HYPHENATED = re.compile(f"([\\w-]*){_HYPHEN}([\\w-]*)")
_HYPHENATES_FROM = 0.03


class Hyphens:
    """The words of a document so far, and whether it divides words at the ends of lines."""

    def __init__(self) -> None:
        self._words = set[str]()
        self._divided = self._kept = self._count = self._lines = 0

    def learn(self, lines: Sequence[Line]) -> None:
        """Take in the lines of a page; to be called before its paragraphs are mended."""
        text = " ".join([line.text for line in lines]).lower()
        found = _HYPHENATED.findall(text) if _HYPHEN in text else ()
        self._words.update(text.split())
        for before, after in found:
            is_one, is_two = before + after in self._words, f"{before}-{after}" in self._words
            self._divided += is_one and not is_two
            self._kept += is_two and not is_one
        self._count += len(found)
        self._lines += len(lines)

    def mend(self, text: str) -> str:
        """The text, words that hyphens only divide put together again."""
        return _HYPHENATED.sub(self._mended, text) if _HYPHEN in text else text

    def divides(self, before: str, after: str) -> bool:
        """Whether a hyphen between two parts only divides a word: as the document writes it elsewhere; else where it divides
        most, but for compounds, such as `year-over-` + `year`, `non-` + `GAAP` and `time-` + `consuming` (both known words)."""
        one, first, second = (before + after).lower(), before.lower(), after.lower()
        is_one, is_two = one in self._words, f"{first}-{second}" in self._words
        if is_one != is_two:
            return is_one
        is_compound = "-" in one or not before.isalpha() or not after[:1].islower()
        return self._divides_words() and not is_compound and not (first in self._words and second in self._words)

    def _divides_words(self) -> bool:
        if self._divided == self._kept:
            return self._count > _HYPHENATES_FROM * self._lines
        return self._divided > self._kept

    def _mended(self, match: re.Match[str]) -> str:
        before, after = match.groups()
        return before + after if self.divides(before, after) else f"{before}-{after}"
