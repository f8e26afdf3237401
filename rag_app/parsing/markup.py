"""The bare text of HTML, however deep or broken it is, for what a parser that builds a tree gives up on."""

from __future__ import annotations

from html.parser import HTMLParser

from rag_app.parsing.cleaning import clean

_UNSEEN = frozenset(("script", "style", "head", "template", "noscript"))
_INLINE = frozenset(
    ("a", "abbr", "b", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr")
)


def bare_text(markup: str) -> str:
    """The visible words of `markup`, a line for each block, without headings or tables."""
    words = _Words()
    words.feed(markup)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.found).split("\n"))
    return clean("\n".join(filter(None, lines)))


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._break_after(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        self._break_after(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data.replace("\n", " "))

    def _break_after(self, tag: str) -> None:
        if tag not in _INLINE:
            self.found.append("\n")
