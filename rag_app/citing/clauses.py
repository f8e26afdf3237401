"""What a part of an English sentence is: a verb in the past, the first or most of its kind, one of many, a clause of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists import (
    AFTER_VERB,
    FRAMES,
    INVERTING,
    IRREGULAR_PAST,
    MODALS,
    NOT_SUPERLATIVE,
    PARTICIPLES,
    SUPERLATIVES,
    WIDENING,
)

_LONGEST_NOUN, _LONGEST_SUBJECT, _LONGEST_ASIDE = 4, 6, 14
_YEAR = re.compile("1[0-9]{3}|20[0-9]{2}")


def is_done(token: Token) -> bool:
    """Whether it is a verb in the past."""
    return token.kind is Kind.WORD and (token.form.endswith("ed") or token.form in IRREGULAR_PAST)


def is_participle(token: Token) -> bool:
    """Whether it can tell what was done to something: (, built in 1850), (born in May)."""
    return is_done(token) or token.form in PARTICIPLES


def holds_verb(found: Sequence[Token]) -> bool:
    """Whether there is, or may be, a verb: in the past tense, between two names, after a plural, or before an article."""
    for place, token in enumerate(found):
        before, following = (found[place - 1].kind if place else None), found[place + 1 : place + 2]
        if is_done(token):
            return True
        if token.kind is Kind.ARTICLE and before in (Kind.WORD, Kind.NAME):
            return True
        if token.kind is Kind.WORD and before is Kind.NAME and following and following[0].is_content:
            return True
        if token.kind is Kind.WORD and token.form.endswith("s") and following and following[0].is_content:
            return True
    return False


def is_past(found: Sequence[Token]) -> bool:
    """Whether it tells what happened once, which does not depend on where or when one looks."""
    clause = first_clause(found)
    return any(token.key == "was" or token.form.endswith("ed") or token.form in IRREGULAR_PAST for token in clause)


def is_superlative(found: Sequence[Token]) -> bool:
    """Whether it says that something is the first or most of those that are named beside it."""
    return any(
        token.form in SUPERLATIVES
        or (token.kind is Kind.NUMBER and token.key.startswith("#"))
        or (token.kind is Kind.WORD and token.form.endswith("est") and len(token.form) > 4 and token.form not in NOT_SUPERLATIVE)
        for token in first_clause(found)
    )


def is_one_of_many(kept: Sequence[Token]) -> bool:
    """Whether the kept part ends in a thing not spoken of before, which is there with or without what is said of it next."""
    article = next((token for token in reversed(kept[-_LONGEST_NOUN:]) if not token.is_content), None)
    return article is not None and article.form in ("a", "an") and not is_superlative(kept)


def is_predicate(kept: Sequence[Token]) -> bool:
    """Whether the kept part ends in what something is, in one word (the drug is safe (for adults)), and not in what happened."""
    if len(kept) < 2 or kept[-2].kind is not Kind.BE or kept[-1].kind is not Kind.WORD:
        return False
    form = kept[-1].form
    return kept[-2].key != "was" or not (form.endswith("ed") or form.removeprefix("re") in IRREGULAR_PAST)


def widens(found: Sequence[Token]) -> bool:
    """Whether it denies, or says something of all: then what limits it may not be left out."""
    return any(token.form in WIDENING for token in found)


def is_time(token: Token) -> bool:
    """Whether it is a date or a year."""
    return token.kind is Kind.NUMBER and ("-" in token.key or bool(_YEAR.fullmatch(token.key)))


def is_amount(found: Sequence[Token], place: int) -> bool:
    """Whether the token at `place` is a number that is no date: is 1200, 1200 dollars, but not in 1200."""
    if found[place].kind is not Kind.NUMBER:
        return False
    is_money = any(not token.form for token in found[place + 1 : place + 2])
    return is_money or not is_time(found[place]) or (place > 0 and found[place - 1].kind is Kind.BE)


def count(found: Sequence[Token], kind: Kind) -> int:
    return sum(token.kind is kind for token in found)


def last_clause(head: Sequence[Token]) -> Sequence[Token]:
    ends = [place for place, token in enumerate(head, start=1) if token.key in (";", ":", "!", "?")]
    return head[ends[-1] :] if ends else head


def first_clause(tail: Sequence[Token]) -> Sequence[Token]:
    ends = [place for place, token in enumerate(tail) if token.key in (";", ":")]
    return tail[: ends[0]] if ends else tail


def is_thing(found: Sequence[Token]) -> bool:
    """Whether it is one thing or person in a few words: no clause, no "of", no other thing."""
    kinds = (Kind.ARTICLE, Kind.NAME, Kind.WORD, Kind.NUMBER)
    is_plain = all(token.kind in kinds and not token.is_weighty and token.form not in FRAMES for token in found)
    return is_plain and any(token.is_content for token in found) and len(found) <= _LONGEST_SUBJECT


def begins_verb(found: Sequence[Token]) -> bool:
    """Whether it begins with a finite verb: is, has, will, moved, or "ends" before a preposition, an article or a number."""
    if not found:
        return False
    first, following = found[0], found[1:2]
    if first.kind is Kind.BE or first.form in INVERTING or first.form in MODALS or is_done(first):
        return True
    opens = (Kind.PREPOSITION, Kind.ARTICLE, Kind.NUMBER)
    is_present = first.kind is Kind.WORD and first.form.endswith("s")
    is_followed = any((token.kind in opens and token.form not in INVERTING) or token.form in AFTER_VERB for token in following)
    return is_present and is_followed


def is_verb_at(found: Sequence[Token], place: int) -> bool:
    """Whether a finite verb stands at `place`, and no plural: not in (three) days in May."""
    is_plural = place > 0 and found[place - 1].kind in (Kind.NUMBER, Kind.PREPOSITION, Kind.ARTICLE)
    is_sure = found[place].kind is not Kind.WORD or not found[place].form.endswith("s")
    return begins_verb(found[place : place + 2]) and (is_sure or not is_plural)


def goes_on(found: Sequence[Token], place: int) -> bool:
    """Whether the participle or verb at `place` belongs to the verb before it: was (built), has (been)."""
    before = found[place - 1] if place else None
    has_verb = before is not None and (before.kind is Kind.BE or before.form in INVERTING or before.form in MODALS)
    return has_verb and place < len(found) and (is_participle(found[place]) or found[place].kind is Kind.BE)


def verb_place(found: Sequence[Token]) -> int:
    """Where the verb of a clause stands, behind an aside after its subject if it has one; 0 if none is found."""
    commas = [place for place, token in enumerate(found[:_LONGEST_ASIDE]) if token.key == ","]
    if len(commas) > 1 and is_thing(found[: commas[0]]) and found[commas[1] + 1 : commas[1] + 2]:
        return commas[1] + 1
    return next((place for place in range(1, len(found)) if is_verb_at(found, place)), 0)
