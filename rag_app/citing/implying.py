"""What an English sentence says besides itself, as sentences of their own: in an aside, as a second thing, of an amount.

Each is compared as evidence is. A part that stands under a condition, a report or a story says nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag_app.citing.clauses import begins_verb, is_amount, is_done, is_participle, is_past, is_thing, is_time, verb_place, widens
from rag_app.citing.joining import Sentence, seconds
from rag_app.citing.labels import labelled
from rag_app.citing.limits import is_framed, is_limit
from rag_app.citing.tokens import Kind, Token, mark, word
from rag_app.citing.word_lists import (
    DENYING,
    FRAMES,
    INVERTING,
    MONEY,
    OPENING_ADJUNCTS,
    OPENING_CLAUSES,
    PRONOUNS,
    REPORTED,
    TIMES,
)

_LONGEST_ASIDE, _LONGEST_SENTENCE = 12, 100
_CLOSING = {",": ",", "(": ")"}
_THE, _IS, _WAS = word("the"), word("is"), word("was")
_ACCORDING = (word("according"), word("to"))


def implied(held: Sequence[Token]) -> Iterator[Sentence]:
    """Each sentence that `held` says besides itself."""
    if not 0 < len(held) <= _LONGEST_SENTENCE:
        return
    yield from labelled(held, (_THE,), _IS)
    yield from _of_opening(held)
    if held[0].form in OPENING_ADJUNCTS or held[0].form in INVERTING or (widens(held[:1]) and held[0].form not in DENYING):
        return
    yield from _of_identity(held)
    yield from _of_aside(held)
    yield from _of_amount(held)
    yield from _of_report(held)
    yield from _of_place(held)
    yield from _of_who(held)
    for second in seconds(held):
        yield second
        yield from _of_identity(second)


def _of_opening(held: Sequence[Token]) -> Iterator[Sentence]:
    """If C, M -> M if C; M if C -> if C, M; In 1962 she won -> She won."""
    comma = next((place for place, token in enumerate(held) if token.key == ","), 0)
    if held[0].form in OPENING_CLAUSES and comma:
        yield (*_without_stop(held[comma + 1 :]), *held[:comma])
    elif held[0].form not in OPENING_ADJUNCTS:
        at = next((place for place, token in enumerate(held) if token.form in OPENING_CLAUSES), 0)
        if at and all(token.key != "," for token in held[:at]):
            yield (*_without_stop(held[at:]), mark(","), *held[:at])
    elif len(held) > 3 and held[0].key == "in" and is_time(held[1]):
        rest = held[3 if held[2].key == "," else 2 :]
        if rest[0].form in PRONOUNS and is_past(rest):
            yield tuple(rest)
        yield from (second for second in seconds(rest) if is_past(second))


def _without_stop(found: Sequence[Token]) -> Sequence[Token]:
    return found[:-1] if found and found[-1].kind is Kind.MARK else found


def _of_identity(held: Sequence[Token]) -> Iterator[Sentence]:
    """The landlord is Greta Holm -> Greta Holm is the landlord."""
    verb = verb_place(held)
    end = next((place for place in range(verb + 1, len(held)) if held[place].kind is not Kind.NAME), len(held))
    is_joined = end < len(held) - 1 and held[end].form == "and" and held[end + 1].kind is Kind.ARTICLE
    is_whole = end == len(held) or held[end].kind is Kind.MARK or is_joined
    if verb and is_whole and held[0].form == "the" and held[verb].kind is Kind.BE and is_thing(held[:verb]) and end > verb + 1:
        yield (*held[verb + 1 : end], held[verb], *held[:verb])


def _of_aside(held: Sequence[Token]) -> Iterator[Sentence]:
    """Oslo, the capital of Norway, has … -> Oslo is the capital of Norway; The mill (built in 1850) … -> The mill was built …"""
    opens = next((place for place, token in enumerate(held) if token.key in _CLOSING), 0)
    closes = next((at for at in range(opens + 1, len(held)) if held[at].key == _CLOSING.get(held[opens].key)), 0)
    subject, aside, rest = held[:opens], held[opens + 1 : closes], held[closes + 1 :]
    if not opens or not closes or not is_thing(subject) or not 0 < len(aside) <= _LONGEST_ASIDE or not begins_verb(rest):
        return
    if is_limit(held[opens : closes + 1]) or any(token.is_turning or token.key == "," for token in aside):
        return
    be, first = (_WAS if _is_past(rest[0]) else _IS), aside[0]
    if first.form in ("which", "who") and len(aside) > 1:
        yield (*subject, *aside[1:])
    elif first.kind is Kind.ARTICLE:
        yield (*subject, be, *aside)
    elif is_participle(first):
        yield (*subject, _WAS if any(is_time(token) for token in aside) else be, *aside)
    elif first.form in ("on", "in", "at", "near") and len(aside) > 1 and aside[1].form == "the" and not _tells_time(aside):
        yield (*subject, be, *aside)
    elif all(token.kind is Kind.NAME for token in aside) and subject[0].form == "the":
        yield (*aside, be, *subject)
        yield (*subject, be, *aside)
        yield (*aside, *rest)
    elif held[opens].key == "(" and "-" in first.key and first.kind is Kind.NUMBER:
        yield from _of_life(subject, aside)


def _of_life(subject: Sequence[Token], aside: Sequence[Token]) -> Iterator[Sentence]:
    """Ada Brown (5 May 1850 – 3 June 1901) … -> Ada Brown was born on 5 May 1850; Ada Brown died on 3 June 1901."""
    if len(aside) == 3 and aside[1].kind is Kind.MARK and aside[2].kind is Kind.NUMBER:
        yield (*subject, _WAS, word("born"), word("on"), aside[0])
        yield (*subject, word("died"), word("on"), aside[2])


def _of_amount(held: Sequence[Token]) -> Iterator[Sentence]:
    """The deposit of 500 euros is returned … -> The deposit is 500 euros."""
    at = next((place for place, token in enumerate(held) if token.form == "of"), 0)
    end = next((place for place in range(at, len(held)) if begins_verb(held[place : place + 2])), 0)
    if not 1 < at < end - 2 or held[0].form != "the" or not is_amount(held, at + 1) or held[at + 2].key not in MONEY:
        return
    is_plain = all(token.is_content for token in held[at + 1 : end]) and not any(token.is_turning for token in held)
    if is_thing(held[:at]) and is_plain:
        yield (*held[:at], _WAS if _is_past(held[end]) else _IS, *held[at + 1 : end])


def _of_report(held: Sequence[Token]) -> Iterator[Sentence]:
    """Ada Brown said (that) it rained -> According to Ada Brown, it rained."""
    said = next((place for place, token in enumerate(held) if token.form in REPORTED), 0)
    if said and is_thing(held[:said]):
        yield (*_ACCORDING, *held[:said], mark(","), *held[said + 1 :])


def _of_place(held: Sequence[Token]) -> Iterator[Sentence]:
    """Ida Kern studied in Bonn, where she met Otto Moll -> She met Otto Moll; …, of which I pay 3 -> I pay 3."""
    text = [token.form for token in held]
    wheres = (
        at for at in range(1, len(held)) if text[at - 1 : at + 1] == [",", "where"] or text[at - 1 : at + 1] == ["of", "which"]
    )
    at = next(wheres, 0)
    if at and not is_framed(held[:at]):
        yield tuple(held[at + 1 :])


def _of_who(held: Sequence[Token]) -> Iterator[Sentence]:
    """He was followed by his assistant Clara Weiss, who found a comet -> Clara Weiss found a comet."""
    at = next((place for place, token in enumerate(held) if token.form in ("who", "which") and held[place - 1].key == ","), 0)
    start = next((place + 1 for place in range(at - 2, -1, -1) if held[place].kind is not Kind.NAME), 0)
    if at > 2 and held[at - 3].form == "the" and held[at - 2].kind is Kind.WORD and held[max(0, at - 4)].form != "of":
        start = at - 3 if not is_framed(held[:at]) else start
    owned = any(token.form == "of" or token.kind is Kind.POSSESSIVE for token in held[max(0, start - 4) : start])
    is_told = 0 < start < at - 1 and held[start - 1].kind in (Kind.WORD, Kind.ARTICLE)
    if is_told and not owned and not is_framed(held[:at]):
        yield (*held[start : at - 1], *held[at + 1 :])


def _is_past(verb: Token) -> bool:
    return verb.key == "was" or verb.form in ("had", "did") or is_done(verb)


def _tells_time(aside: Sequence[Token]) -> bool:
    return any(token.form in TIMES or token.form in FRAMES or is_time(token) for token in aside)
