"""Whether a text names a document, by its title as others would write it."""

from __future__ import annotations

import re

from rag_app.text.folding import fold, is_cjk

SHORTEST_TITLE, SHORTEST_CHINESE_TITLE = 4, 3
_IN_BRACKETS = re.compile(r"\s?[(（][^)）]{0,200}[)）]")


def plain_title(title: str) -> str:
    """A title without what stands in brackets, folded."""
    return _IN_BRACKETS.sub("", fold(title)).strip()


def is_named(title: str, text: str, *, of: str) -> bool:
    """Whether the folded `text` of a document called `of` names another called `title`, both plain."""
    shortest = SHORTEST_CHINESE_TITLE if all(map(is_cjk, title)) else SHORTEST_TITLE
    return len(title) >= shortest and title != of and title in text
