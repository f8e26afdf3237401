"""Headings of a PDF: what its outline names, and short paragraphs that stand out in size or weight from the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag_app.parsing.cleaning import has_cjk
from rag_app.parsing.pdf_lines import Line, OutlineEntry, names_page

_LONGEST_LATIN, _LONGEST_CJK = 140, 40
_MOST_LINES = 3
_BOLDER = 100
_SIZES = ((1.8, 1), (1.4, 2), (1.15, 3))
_BOLD_LEVEL = 4
_NOT_SMALLER = 0.95
_OPENING = "“‘\"'(（[【《「『〈§第"
_WORD = re.compile(r"[^\W\d_]{2}")
_ABOVE_NOTES_EN = ("note", "tip", "hint", "warning", "caution", "important", "danger", "attention")
_ABOVE_NOTES = frozenset((*_ABOVE_NOTES_EN, "注意", "警告", "提示", "小心", "当心", "重要", "危险"))
_NO_END = (".", ",", ";", "。", "，", "；", "、")


class Headings:
    """Judges paragraphs page by page; the body's look is what most characters so far have."""

    def __init__(self, outline: Sequence[OutlineEntry]) -> None:
        self._levels: dict[int, dict[str, int]] = {}  # of each page, by the words
        for entry in outline:
            if words := _bare(entry.title):
                self._levels.setdefault(entry.page, {}).setdefault(words, entry.level)
        self._outline_depth = max((entry.level for entry in outline), default=0)
        self._sizes: Counter[float] = Counter()
        self._weights: Counter[int] = Counter()
        self._body_size, self._body_weight = 0.0, 0

    def learn(self, lines: Sequence[Line]) -> None:
        """Count the lines of a page; to be called before its paragraphs are judged."""
        looks: dict[tuple[float, int], int] = {}
        for line in lines:
            look = line.size, line.last_weight
            looks[look] = looks.get(look, 0) + len(line.text)
        for (size, weight), characters in looks.items():
            self._sizes[round(size, 1)] += characters
            self._weights[weight] += characters
        if lines:
            self._body_size = max(self._sizes, key=self._sizes.__getitem__)
            self._body_weight = max(self._weights, key=self._weights.__getitem__)

    def level(self, number: int, paragraph: Sequence[Line], text: str) -> int | None:
        """The level of a paragraph of page `number` as a heading, 1 the highest, or None if it is none."""
        levels = self._levels.get(number)
        if levels and (words := _bare(text)) in levels:
            return levels[words]
        if len(text) > _LONGEST_LATIN or len(paragraph) > _MOST_LINES or not self._stands_out(paragraph[0]):
            return None
        level = self._level_by_look(paragraph, text)
        return None if level is None else self._outline_depth + level

    def _level_by_look(self, paragraph: Sequence[Line], text: str) -> int | None:
        size = min(line.size for line in paragraph) / max(self._body_size, 0.1)
        bold = _BOLD_LEVEL if size >= _NOT_SMALLER and self._is_bold(paragraph) else None
        level = next((level for ratio, level in _SIZES if size >= ratio), bold)
        if level is None or names_page(text) or not _is_worded(text) or (len(text) > _LONGEST_CJK and has_cjk(text)):
            return None
        return level

    def _stands_out(self, line: Line) -> bool:
        return line.size / max(self._body_size, 0.1) >= _SIZES[-1][0] or line.first_weight >= self._body_weight + _BOLDER

    def _is_bold(self, paragraph: Sequence[Line]) -> bool:
        return all(min(line.first_weight, line.last_weight) >= self._body_weight + _BOLDER for line in paragraph)


def _is_worded(text: str) -> bool:
    """Whether it begins like a heading, has a word, and does not stop like a sentence; nor is it what stands above a note, behind
    which the section goes on."""
    if _bare(text) in _ABOVE_NOTES:
        return False
    has_word = any(map(str.isalpha, text)) and (has_cjk(text) or bool(_WORD.search(text)))
    return (text[0].isalnum() or text[0] in _OPENING) and not text.endswith(_NO_END) and has_word


def _bare(text: str) -> str:
    """Its letters and digits alone."""
    return "".join(filter(str.isalnum, text)).casefold()
