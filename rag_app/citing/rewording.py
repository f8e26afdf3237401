"""Rewordings that leave a claim alone: a pronoun and what it means, active and passive, a leading yes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag_app.citing.tokens import Kind, Token, word
from rag_app.citing.word_lists import (
    KINDS_OF_THING,
    LEAD,
    LINKING,
    MODALS,
    OWNERS,
    PRONOUNS,
)
from rag_app.citing.word_lists_chinese import CHINESE_PRONOUNS

_LONGEST_SUBJECT, _LONGEST_CHINESE_SUBJECT, _YEAR_DIGITS = 8, 12, 4
_CHINESE_REFERRING = ("该", "此", "这")
_CHINESE_NOT_BACK = ("其他", "其它", "其实", "其余", "其次", "此外", "他人", "他国")
_THEIRS = frozenset(("his", "her", "its", "their"))
_CHINESE_VERBS = frozenset("是为在于因由")
_YES = {("yes", ","), ("是", "的", ","), ("是", ","), ("对", ",")}
INTRODUCING = OWNERS | {"a", "an"}
_OBJECT_OF = {"he": "him", "she": "her", "they": "them", "i": "me", "we": "us"}
_SUBJECT_OF = {pronoun: subject for subject, pronoun in _OBJECT_OF.items()}
_BY = Token("by", "by", Kind.PREPOSITION)


def without_yes(written: tuple[Token, ...]) -> tuple[Token, ...]:
    """The sentence after a leading yes."""
    for length in (2, 3):
        if tuple(token.form for token in written[:length]) in _YES:
            return written[length:]
    return written


def without_lead(sentence: str) -> str:
    """A sentence as written, without "The answer is: ", 根据以上文字， and their like before it."""
    rest = LEAD.sub("", sentence, count=1)
    return sentence if rest == sentence or not rest else rest[0].upper() + rest[1:]


def pronoun_length(found: Sequence[Token]) -> int:
    """How many tokens the pronoun is that opens a sentence; 0 without one."""
    if not found:
        return 0
    if found[0].kind is Kind.HAN:
        start = "".join(token.key for token in found[:2])
        length = next((len(pronoun) for pronoun in CHINESE_PRONOUNS if start.startswith(pronoun)), 0)
        return length if length < len(found) and found[length].key != "的" else 0
    return int(
        found[0].form in PRONOUNS and len(found) > 1 and (found[0].form not in ("this", "these") or found[1].kind is Kind.BE)
    )


def referring_lengths(held: Sequence[Token]) -> tuple[int, ...]:
    """How many tokens may be what refers to something said before, at the start of the evidence: "It", "The area", 该公司."""
    if length := pronoun_length(held):
        return (length,)
    if held and held[0].key in _CHINESE_REFERRING:
        return (2, 3, 4, 5)
    return (2,) if len(held) > 2 and held[0].form in ("the", "this") and held[1].form in KINDS_OF_THING else ()


def points_back(held: Sequence[Token]) -> bool:
    """Whether a sentence begins with what only the one before it names: "He was born …", "Its roof …", 该公司……"""
    begun = "".join(token.key for token in held[:3])
    if begun.startswith(_CHINESE_NOT_BACK):
        return False
    owned = begun.startswith(("其", *CHINESE_PRONOUNS)) or (bool(held) and held[0].form in _THEIRS)
    return owned or bool(referring_lengths(held))


def subjects(written: Sequence[Token]) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """Each way to cut a sentence into its subject and the rest."""
    longest = _LONGEST_CHINESE_SUBJECT if written and written[0].kind is Kind.HAN else _LONGEST_SUBJECT
    for length in range(1, min(longest, len(written) - 1) + 1):
        yield written[:length], written[length:]


def opens_with(text: Sequence[Token], subject: Sequence[Token], *, is_title: bool) -> bool:
    """Whether `subject` is what a text begins with, not merely part of a longer phrase; a title must be all of it."""
    plain, wanted = ([token for token in found if token.kind is not Kind.ARTICLE] for found in (text, subject))
    if not wanted or [token.form for token in plain[: len(wanted)]] != [token.form for token in wanted]:
        return False
    rest = plain[len(wanted) :]
    if not rest or is_title:
        return not rest
    if rest[0].kind is Kind.HAN:
        return rest[0].key in _CHINESE_VERBS
    return rest[0].kind in (Kind.BE, Kind.WORD, Kind.MARK)


def names_another(found: Sequence[Token]) -> bool:
    """Whether a sentence has a second name, other than a place, whom "he" or "she" after it may mean as well."""
    first = next((place for place, token in enumerate(found) if place and token.kind is not Kind.NAME), len(found))
    rest = range(first, len(found))
    names = (at for at in rest if found[at].kind is Kind.NAME and found[at - 1].kind is not Kind.NAME)
    return any(found[at - 1].key != "in" and found[at - 1].form not in ("a", "an") for at in names)  # a Chilean astronomer


def introduces_another(found: Sequence[Token]) -> bool:
    """Whether a sentence has a second thing that "it" or "she" after it may mean as well: (married) a widow, (sold) its mill."""
    return any(
        token.form in INTRODUCING and found[place - 1].form not in LINKING for place, token in enumerate(found) if place > 0
    )


def head_noun(subject: Sequence[Token]) -> Sequence[Token]:
    """What a subject is, without whose or of what: the brother (of Anna Reiss), (Anna Reiss's) brother."""
    start = next((place + 1 for place, token in enumerate(subject) if token.kind is Kind.POSSESSIVE), 0)
    ends = (place for place, token in enumerate(subject) if token.kind is Kind.PREPOSITION and place > start)
    return subject[start : next(ends, len(subject))]


def with_date_elsewhere(written: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """A sentence that tells one date, with the date at each other place."""
    places = [place for place in range(len(written)) if _is_date(written, place)]
    if len(places) != 1:
        return
    end = places[0] + 1
    start = end - 2 if end > 1 and written[end - 2].form in ("in", "on", "在") else end - 1
    dated, rest = written[start:end], [*written[:start], *written[end:]]
    rest = rest[1:] if rest and rest[0].key == "," else rest
    for place in range(len(rest) + 1):
        if place != start:
            yield (*rest[:place], *dated, *rest[place:])


def _is_date(written: Sequence[Token], place: int) -> bool:
    token = written[place]
    is_year = place > 0 and written[place - 1].form == "in" and len(token.key) == _YEAR_DIGITS
    return token.kind is Kind.NUMBER and ("-" in token.key or is_year)


def in_other_voice(written: Sequence[Token], held: Sequence[Token]) -> tuple[Token, ...]:
    """An active sentence as the passive one that the evidence has, a passive one as active; empty if neither fits."""
    for place, token in enumerate(written):
        if token.kind is not Kind.WORD or not place:
            continue
        be = written[place - 1] if written[place - 1].kind is Kind.BE else None
        for at, other in enumerate(held):
            passive = at > 0 and held[at - 1].kind is Kind.BE
            if other.key == token.key and other.kind is Kind.WORD and passive != bool(be):
                return _active(written, place, other) if be else _passive(written, place, held[at - 1])
    return ()


def _active(written: Sequence[Token], verb: int, verb_there: Token) -> tuple[Token, ...]:
    """X was seen by Y in May -> Y seen X in May; without its agent seen X in May; X must be told -> must tell X."""
    patient, rest = written[: verb - 1], written[verb + 1 :]
    if patient and patient[-1].form in MODALS and all(token.form != "by" for token in rest):
        return (patient[-1], verb_there, *patient[:-1], *rest)
    if rest and rest[0].form == "by":
        end = _phrase_end(rest, 1)
        return (*_in_case(rest[1:end], _SUBJECT_OF), written[verb], *_in_case(patient, _OBJECT_OF), *rest[end:])
    return (written[verb], *patient, *rest)


def _passive(written: Sequence[Token], verb: int, be: Token) -> tuple[Token, ...]:
    """Y saw X in May -> X was saw by Y in May."""
    end = _phrase_end(written, verb + 1)
    patient, agent = _in_case(written[verb + 1 : end], _SUBJECT_OF), _in_case(written[:verb], _OBJECT_OF)
    return (*patient, be, written[verb], _BY, *agent, *written[end:])


def _in_case(found: Sequence[Token], pronouns: Mapping[str, str]) -> Sequence[Token]:
    """A pronoun in the case of its new place: she, her."""
    if len(found) != 1 or found[0].form not in pronouns:
        return found
    return (word(pronouns[found[0].form]),)


def _phrase_end(found: Sequence[Token], start: int) -> int:
    ends = (Kind.PREPOSITION, Kind.MARK, Kind.CONJUNCTION)
    return next(
        (place for place in range(start, len(found)) if found[place].kind in ends and found[place].form != "of"), len(found)
    )
