"""Whether what stands above a piece of evidence gives its numbers another scale: 单位：万元, in millions of dollars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.citing.clauses import is_time
from rag_app.citing.tokens import Kind, Token
from rag_app.records import Evidence

_SCALE = re.compile(
    r"单位[:：]?[^\n|，。]{0,4}?[百千万亿]|[(（][^)）\n]{0,4}?[百千万亿]+[元美人吨册股][^)）\n]{0,3}[)）]|"
    r"\b(?:in|[$€£¥])\s?(?:thousands?|millions?|billions?|['’]?000s?)\b|\((?:thousand|million|billion)s?\b",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "。", "！", "？")
_OWN_SCALE = re.compile(r"\d\s*[百千万亿]|\d\s*(?:thousand|million|billion)", re.IGNORECASE)


def is_scaled_from_above(claim: Sequence[Token], evidence: Evidence) -> bool:
    """Whether the claim tells a bare number of evidence that is to be read in the unit of a table or heading above it."""
    if not any(_is_bare(claim, place) for place in range(len(claim))) or _OWN_SCALE.search(evidence.text):
        return False
    return any(_SCALE.search(line) for line in _lines_above(evidence)) and not any(token.key in "万亿" for token in claim)


def _is_bare(claim: Sequence[Token], place: int) -> bool:
    """Whether a number stands at `place`, and no date, year or ordinal."""
    token, before = claim[place], claim[max(0, place - 1)]
    is_year = "-" in token.key or (is_time(token) and before.kind is Kind.PREPOSITION)
    return token.kind is Kind.NUMBER and not is_year and not token.key.startswith("#")


def _lines_above(evidence: Evidence) -> list[str]:
    """The title, the headings and the names of columns above, and the lines before that are no sentences."""
    passage = evidence.stored.passage
    lines = passage.text[: max(0, evidence.start - passage.start)].split("\n")
    plain = [line for line in lines if not line.rstrip().endswith(_ENDS)]
    return [evidence.stored.document_title, *passage.heading_path, *(table.header for table in passage.tables), *plain]
