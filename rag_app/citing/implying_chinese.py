"""What a Chinese sentence says besides itself, as sentences of their own: in later clauses, by whom, in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag_app.citing.labels import labelled
from rag_app.citing.leaving_out_chinese import is_statement_before
from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists_chinese import CHINESE_CONNECTIVES, CHINESE_OPENS_PREDICATE, CHINESE_PREDICATE

_LONGEST_SENTENCE, _LONGEST_ERA, _SHORTEST_SUBJECT = 200, 10, 2
_CONTRASTING = frozenset("但而")
_IS = Token("是", "是", Kind.HAN)
_LIFE = (("出生", "生"), ("去世", "逝世"))
_OF, _IS_AMOUNT, _OF_OR_IS = re.compile("的"), re.compile("是(?=N)|(?<=[名称号])是"), re.compile("的|是(?=N)|(?<=[名称号])是")
_BRACKET = re.compile(r"\((?:D|N年)\)")
_LIVED = re.compile(r"^([^(,]{2,8})\(D[^D)]D\)")
_NAMED = re.compile(r"^([^(于在是有N]{2,8})\([^)]*\)$")
_AGENT = re.compile("(?:^|[D,])由")
_BY = re.compile("^(D?)([^,由被不没未非D]{2,12})[由被]([^,由被]{3,})$")

Sentence = tuple[Token, ...]


def implied(held: Sequence[Token]) -> Iterator[Sentence]:
    """Each sentence that `held` says besides itself."""
    if not 0 < len(held) <= _LONGEST_SENTENCE:
        return
    for said in (held, *_later_clauses(held)):
        yield from () if said is held else (tuple(said),)
        yield from _of_agent(said)
    yield from _of_brackets(held)
    yield from labelled(held, (), _IS)
    if "位于" in (text := letters(held)):
        at = text.index("位于")
        yield (*held[:at], Token("在", "在", Kind.HAN), *held[at + 2 :])


def letters(found: Sequence[Token]) -> str:
    """One letter for each token: D for a date, N for another number, w for a word."""
    return "".join(_letter(token) for token in found)


def _letter(token: Token) -> str:
    if token.kind is Kind.NUMBER:
        return "D" if "-" in token.key else "N"
    return token.key if len(token.key) == 1 else "w"


def _later_clauses(held: Sequence[Token]) -> Iterator[Sentence]:
    """铁路于1958年通车，1997年停运 -> 1997年停运, 铁路1997年停运; behind what is a statement of its own."""
    clauses = _clauses(held)
    opening = clauses[0] if len(clauses) > 1 and set(letters(clauses[0])) == {"D"} else ()
    clauses = clauses[1:] if opening else clauses
    subject = _subject(clauses[0])
    is_reason = letters(clauses[0])[len(subject) : len(subject) + 1] == "因"
    for place, clause in enumerate(clauses[1:], start=1):
        contrasts = clause[0].key in _CONTRASTING
        if not all(is_statement_before(earlier, may=contrasts) for earlier in clauses[:place]):
            return
        joined = CHINESE_CONNECTIVES.match(letters(clause))
        plain = clause[joined.end() if joined else 0 :]
        if not letters(clause).startswith("其中"):
            yield (*opening, *plain)
        if subject and (is_reason or CHINESE_OPENS_PREDICATE.match(letters(plain))):
            yield (*opening, *subject, *plain)


def _clauses(held: Sequence[Token]) -> list[Sequence[Token]]:
    ends = [place for place, token in enumerate(held) if token.key == "," or (token.kind is Kind.MARK and place == len(held) - 1)]
    starts = [0, *(end + 1 for end in ends)]
    return [held[start:end] for start, end in zip(starts, [*ends, len(held)], strict=True) if start < end] or [held]


def _subject(clause: Sequence[Token]) -> Sequence[Token]:
    """What a clause tells something of: what stands before its predicate; of 李明（1950年生） the name."""
    text = letters(clause)
    if named := _NAMED.match(text):
        return clause[: named.end(1)]
    match = CHINESE_PREDICATE.search(text, _SHORTEST_SUBJECT)
    return clause[: match.start()] if match else clause if len(clause) < _SHORTEST_SUBJECT + 2 else ()


def _of_agent(held: Sequence[Token]) -> Iterator[Sentence]:
    """1950年由商务印书馆出版 -> 1950年商务印书馆出版; 会议由孙丽主持 -> 孙丽主持会议."""
    if match := _AGENT.search(letters(held)):
        yield (*held[: match.end() - 1], *held[match.end() :])
    for clause in _clauses(held)[:1]:
        if match := _BY.match(letters(clause)):
            yield (*clause[: match.end(1)], *clause[match.start(3) :], *clause[match.end(1) : match.end(2)])


def _of_brackets(held: Sequence[Token]) -> Iterator[Sentence]:
    """建于唐武德四年（621年） -> 建于621年; 李明（1950年—2001年），画家 -> 李明出生于1950年, 李明是画家."""
    text = letters(held)
    if match := _LIVED.match(text):
        name = held[: match.end(1)]
        for date, verbs in zip((held[match.end(1) + 1], held[match.end(1) + 3]), _LIFE, strict=True):
            yield from ((*name, *(Token(sign, sign, Kind.HAN) for sign in verb), date) for verb in verbs)
        if text[match.end() : match.end() + 1] == ",":
            yield (*name, _IS, *held[match.end() + 1 :])
    elif match := _BRACKET.search(text):
        since = max(text.rfind(sign, max(0, match.start() - _LONGEST_ERA), match.start()) for sign in "于在")
        if since >= 0:
            yield (*held[: since + 1], *held[match.start() + 1 : match.end() - 1], *held[match.end() :])
            yield (*held[:since], *held[match.start() + 1 : match.end() - 1], *held[match.end() :])


def reworded(written: Sequence[Token]) -> Iterator[Sentence]:
    """A sentence in other words: without 的 and without 是 before a number; 乙被甲打败 as 甲打败乙."""
    text = letters(written)
    for left_out in (_OF, _IS_AMOUNT, _OF_OR_IS):
        gone = {match.start() for match in left_out.finditer(text)}
        if gone:
            yield tuple(token for place, token in enumerate(written) if place not in gone)
    at = max(text.find("被"), text.find("由"))
    if 0 < at < len(written) - 2 and "," not in text:
        end = len(written) - (written[-1].kind is Kind.MARK)
        yield (*written[at + 1 : end], *written[:at])
