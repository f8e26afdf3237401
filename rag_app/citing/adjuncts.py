"""Phrases of when and where, and of which part of a place."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.citing.clauses import count, is_time
from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists import COMPASS, DAYS, PLACE_PARTS

_LONGEST_PHRASE = 8


def is_vague_adjunct(gap: Sequence[Token]) -> bool:
    """Whether it tells between commas when or where something is so, but no date or name: dogs (, on a lead,) are welcome."""
    opens = gap[0].key == "," and any(token.kind is Kind.PREPOSITION or token.form in ("when", "where") for token in gap[1:2])
    named = any((token.kind is Kind.NAME and token.form not in DAYS) or is_time(token) for token in gap[2:4])
    return opens and not named


def is_when(gap: Sequence[Token]) -> bool:
    """Whether it is a date or several: on 9 and 16 October."""
    inner = all(token.kind is Kind.NUMBER or token.form in ("and", "to", ",") for token in gap[1:])
    return gap[0].form in ("on", "in", "from", "between") and inner and is_time(gap[-1])


def is_place(before: Token, gap: Sequence[Token]) -> bool:
    """The smaller place in a larger one: in (the Clerkenwell area of) London."""
    if len(gap) < 2 or gap[-1].form != "of" or gap[-2].form not in PLACE_PARTS:
        return False
    inner = all(token.is_content or token.kind is Kind.ARTICLE for token in gap[:-1])
    return before.key == "in" and inner and len(gap) <= _LONGEST_PHRASE and not count(gap, Kind.NUMBER)


def is_part_of_place(before: Token, gap: Sequence[Token], after: Token) -> bool:
    """In (the north of) England."""
    forms = [token.form for token in gap]
    return (
        before.key == "in"
        and after.kind is Kind.NAME
        and len(gap) == 3
        and forms[0] == "the"
        and forms[2] == "of"
        and forms[1] in COMPASS
    )
