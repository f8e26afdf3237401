"""The second of two things that a sentence tells with "and" or "but", as a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_app.citing.clauses import begins_verb, goes_on, is_amount, is_participle, is_thing, is_verb_at, verb_place
from rag_app.citing.limits import is_framed
from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists import DENYING, MODALS, PRONOUNS

Sentence = tuple[Token, ...]


def seconds(held: Sequence[Token]) -> Iterator[Sentence]:
    """Each second thing, with its own subject or that of the first."""
    for joint, token in enumerate(held):
        if token.form not in ("and", "but", "while", "so") or not 0 < joint < len(held) - 2:
            continue
        first, second = held[:joint], held[joint + 1 :]
        verb = verb_place(first)
        if not verb:
            continue
        if _stands_alone(first, verb, second):
            yield tuple(second)
        elif token.form == "and" and _may_share(first, second) and _is_one_clause(first, verb):
            yield from _with_subject(first, verb, second)


def _stands_alone(first: Sequence[Token], verb: int, second: Sequence[Token]) -> bool:
    """Whether the second is a clause with a subject of its own, after a comma or beside one of the same verb."""
    own = verb_place(second)
    if not own or not _is_subject(second[:own]) or second[0].form in PRONOUNS or begins_verb(second):
        return False
    if is_framed(_without_mood(first)):
        return False
    if first[-1].key == ",":
        return all(token.key != "," for token in first[:-1])
    is_alike = first[verb].key == second[own].key and not goes_on(first, verb + 1)
    return is_alike and all(token.key != "," for token in first) and not is_framed(first)


def _is_subject(found: Sequence[Token]) -> bool:
    """Whether a clause may begin so: one thing, or a part of it (the dose of the drug)."""
    after_of = next((place + 1 for place, token in enumerate(found) if token.form == "of"), 0)
    return is_thing(found[: after_of - 1]) and is_thing(found[after_of:]) if after_of else is_thing(found)


def _may_share(first: Sequence[Token], second: Sequence[Token]) -> bool:
    """Whether what "may" or "not" says of the first leaves the second alone: must be paid and is due, not: and signed."""
    is_finite = begins_verb(second) and not is_participle(second[0])
    return not is_framed(_without_mood(first) if is_finite else first)


def _without_mood(found: Sequence[Token]) -> Sequence[Token]:
    return [token for token in found if token.form not in DENYING and token.form not in MODALS]


def _is_one_clause(first: Sequence[Token], verb: int) -> bool:
    """Whether the first has one thing as subject and one verb: not knew Bob Ray moved (and died)."""
    verbs = [place for place in range(verb, len(first)) if is_verb_at(first, place) and not goes_on(first, place)]
    rest = first[verb:-1]
    joined = any(token.form in ("that", "than") or token.kind is Kind.CONJUNCTION or token.key == "," for token in rest)
    aside = next((place for place, token in enumerate(first[:verb]) if token.key == ","), verb)
    return is_thing(first[:aside]) and len(verbs) <= 1 and not joined


def _with_subject(first: Sequence[Token], verb: int, second: Sequence[Token]) -> Iterator[Sentence]:
    if is_participle(second[0]) and first[verb].kind is Kind.BE and goes_on(first, verb + 1):
        yield (*first[: verb + 1], *second)
    elif begins_verb(second):
        yield (*first[:verb], *second)
    elif is_amount(second, 0) and _is_like(first[verb + 1 :], second):
        yield (*first[: verb + 1], *second)
    elif second[0].kind is Kind.PREPOSITION:
        place = next((at for at in range(verb, len(first)) if first[at].kind is Kind.PREPOSITION), 0)
        if place and first[place].form == second[0].form:
            yield (*first[:place], *second)


def _is_like(one: Sequence[Token], other: Sequence[Token]) -> bool:
    """Whether two amounts are told of things after the same preposition: 28 in the right eye (and) 19 in the left eye."""
    places = [next((token.form for token in found if token.kind is Kind.PREPOSITION), "") for found in (one, other)]
    return bool(one) and is_amount(one, 0) and bool(places[0]) and places[0] == places[1]
