"""Whether a sentence is its evidence shortened: all it says stands there in the same order, and only what may be is left out.

A small model copies; what it words anew is not judged but refused, and the document's own words are shown instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from rag_app.citing import leaving_out, leaving_out_chinese
from rag_app.citing.tokens import Kind, Token, has_chinese, same
from rag_app.citing.word_lists import OWNERS

_LONGEST_GAP = 40
_FEWEST = 2


Begins = Callable[[Sequence[Token]], bool]


def is_shortened(
    written: Sequence[Token], held: Sequence[Token], *, names_subject: Begins | None = None, begins: int | None = None
) -> bool:
    """Whether `written` is a shortened `held`.

    It may lack the subject if `names_subject` says that it is understood. It must begin at `begins` where that is given.
    """
    needed = [token for token in written if _is_needed(token)]
    fewest = 1 if names_subject or begins is not None else _FEWEST
    if sum(token.is_content for token in needed) < fewest or _is_broken_off(written):
        return False
    if not all(any(same(token, other) for other in held) for token in needed):
        return False
    rules = leaving_out_chinese if has_chinese(tuple(held)) else leaving_out

    def fits(first: int) -> bool:
        """Whether the needed tokens can be found one after another, the first of them being that at `first` of the evidence."""
        reached = {first}
        for token in needed[1:]:
            reached = {following for at in reached for following in following_places(token, at) if may_follow(at, following)}
        ends = (at for at in reached if not _asks(held[at + 1 :]))
        return any(rules.may_leave_out_at_end(held[first : at + 1], held[at + 1 :]) for at in ends)

    def following_places(token: Token, at: int) -> Iterator[int]:
        return (place for place in range(at + 1, min(len(held), at + 2 + _LONGEST_GAP)) if same(token, held[place]))

    @cache
    def may_follow(at: int, following: int) -> bool:
        gap = held[at + 1 : following]
        return bool(rules.may_leave_out_between(held[: at + 1], gap, held[following:]))

    def may_begin(first: int) -> bool:
        head, rest = held[:first], held[first:]
        if begins is not None:
            return begins <= first and all(token.kind is Kind.ARTICLE for token in head[begins:])
        if head == written[:first] or rules.may_leave_out_at_start(head, rest):
            return True
        return names_subject is not None and rules.may_be_subject(head, rest) and names_subject(head)

    return any(same(needed[0], held[first]) and may_begin(first) and fits(first) for first in range(len(held)))


_ENDS = ("。", "!", "?")
_UNFINISHED = (Kind.ARTICLE, Kind.BE, Kind.PREPOSITION, Kind.CONJUNCTION)


def _asks(tail: Sequence[Token]) -> bool:
    """Whether a sentence ends as a question, which says nothing of what it asks: 市长辞职(了？)."""
    return next((token.key for token in tail if token.key in _ENDS), "") == "?"


def is_copied(written: Sequence[Token], held: Sequence[Token]) -> bool:
    """Whether it is the whole evidence, which asks nothing, word for word."""
    words, wanted = ([token for token in found if token.kind is not Kind.MARK] for found in (written, held))
    is_alike = len(words) == len(wanted) and all(same(one, other) for one, other in zip(words, wanted, strict=True))
    return is_alike and sum(token.is_content for token in held) >= _FEWEST and not _asks(held)


def _is_broken_off(written: Sequence[Token]) -> bool:
    last = next(token for token in reversed(written) if token.kind is not Kind.MARK)
    return last.kind is Kind.POSSESSIVE or (last.kind in _UNFINISHED and last.form != "her")


def _is_needed(token: Token) -> bool:
    """Whether a token of a sentence must stand in the evidence: all but marks and articles."""
    return token.kind is not Kind.MARK and (token.kind is not Kind.ARTICLE or token.form in OWNERS)
