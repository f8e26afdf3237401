"""Whether a text names a document, by its title as others would write it."""

from __future__ import annotations

import re

from rag_app.text.folding import fold

SHORTEST_TITLE = 4
_IN_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]")


def plain_title(title: str) -> str:
    """A title without what stands in brackets, folded."""
    return _IN_BRACKETS.sub("", fold(title)).strip()


def is_named(title: str, text: str, *, of: str) -> bool:
    """Whether the folded `text` of a document called `of` names another called `title`, both plain."""
    return len(title) >= SHORTEST_TITLE and title != of and title in text
