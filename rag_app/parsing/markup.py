"""The bare text of HTML, however deep or broken it is, for what a parser that builds a tree gives up on."""

from __future__ import annotations

from html.parser import HTMLParser

from rag_app.parsing.cleaning import clean, raised

UNSEEN = frozenset(("script", "style", "head", "template", "noscript"))
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
        ),
        *(
            "label",
            "mark",
            "nobr",
            "output",
            "q",
            "rb",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
        ),
        *("time", "tt", "u", "var", "wbr"),
        *("math", "mfrac", "mi", "mn", "mo", "mover", "mroot", "mrow", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtext"),
        *("munder", "munderover", "semantics"),
    )
)


def is_inline(tag: str) -> bool:
    """Whether a line goes on where an element begins or ends; it does in those of other vocabularies, as of financial reports."""
    return tag in _INLINE or ":" in tag


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
        self._is_raised = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        self._is_raised |= tag == "sup"
        self._break_after(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        self._is_raised &= tag != "sup"
        self._break_after(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            text = data.replace("\n", " ")
            self.found.append(raised(self.found, text) if self._is_raised else text)
            self._is_raised = False

    def _break_after(self, tag: str) -> None:
        if not is_inline(tag):
            self.found.append("\n")
