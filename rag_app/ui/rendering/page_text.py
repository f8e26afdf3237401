"""The text of a page with the quote marked: rows of tables as tables, and of a very long page the part around the quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Html, element, escape, join, own_language, scrolling

MOST_SHOWN = 60_000
_BORDER = re.compile(r"(?<!\S)\|(?!\S)")
_LINE = re.compile(r"[^\n]*\n?")


def page_text_html(wording: Wording, text: str, start: int, end: int) -> Html:
    """The text, with a mark from `start` to `end`."""
    if not text.strip():
        return element("p", {"class": "fn-hint"}, wording("page.empty"))
    first, last = _shown(text, start)
    shown = _Marked(text[first:last], start - first, end - first)
    sheet = element("div", {"class": "fn-text-page", **own_language(shown.text)}, *shown.parts())
    is_whole = last - first == len(text)
    return scrolling(join((Html() if is_whole else element("p", {"class": "fn-hint"}, wording("page.part")), sheet)))


def _shown(text: str, start: int) -> tuple[int, int]:
    """The offsets between which a text is shown: all of it, or whole lines around `start` where there are any."""
    first = max(0, min(start - MOST_SHOWN // 2, len(text) - MOST_SHOWN))
    last = min(len(text), first + MOST_SHOWN)
    if first > 0:
        first = text.find("\n", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind("\n", start, last), start) if "\n" in text[start:last] else last
    return first, last


class _Marked:
    """A text and the stretch of it that is marked."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self._start = start
        self._end = end

    def parts(self) -> Iterator[Html]:
        """The text in order, rows that follow each other as a table, and the lines between tables apart."""
        for is_row, lines in groupby(_LINE.finditer(self.text), key=lambda line: bool(_BORDER.search(line.group()))):
            found = list(lines)
            if is_row:
                yield element("table", {"class": "fn-rows"}, *map(self._row, found))
            else:
                yield element("div", {"class": "fn-lines"}, self._piece(found[0].start(), found[-1].end()))

    def _row(self, line: re.Match[str]) -> Html:
        borders = [(border.start(), border.end()) for border in _BORDER.finditer(self.text, line.start(), line.end())]
        starts, ends = [line.start(), *(end for _, end in borders)], [*(start for start, _ in borders), line.end()]
        return element("tr", {}, *(element("td", {}, self._cell(a, b)) for a, b in zip(starts, ends, strict=True)))

    def _cell(self, start: int, end: int) -> Html:
        """A cell without the spaces around it."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return self._piece(start, end)

    def _piece(self, start: int, end: int) -> Html:
        first, last = max(start, min(self._start, end)), max(start, min(self._end, end))
        if last <= first:
            return escape(self.text[start:end])
        marked = element("mark", {"class": "fn-highlight-text"}, self.text[first:last])
        return join((escape(self.text[start:first]), marked, escape(self.text[last:end])))
