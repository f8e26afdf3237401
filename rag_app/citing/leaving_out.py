"""What a sentence may leave out of its English evidence without saying something else: each rule lists the shapes that are safe.

Whatever has no safe shape is not left out. `before` and `after` are the kept tokens around it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists import FRAMES, OPENING_ADJUNCTS, OWNERS, PARTITIVES, REGIONS

_LONGEST_PHRASE, _LONGEST_ASIDE, _LONGEST_SUBJECT, _MOST_ADJECTIVES = 8, 20, 7, 3
_ASIDES = {",": ",", "(": ")", "-": "-", "–": "–", "—": "—"}
_RANGES = ("to", "and", "or", "-", "–")
_JOINING = (Kind.BE, Kind.CONJUNCTION, Kind.POSSESSIVE)


def may_leave_out_between(before: Token, gap: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether the tokens of `gap` may be missing between `before` and the first of `rest`, which are kept."""
    after = rest[0]
    if all(token.kind in (Kind.ARTICLE, Kind.MARK) for token in gap):
        return True
    if any(token.is_weighty for token in gap) or _cuts(before, gap, after):
        return False
    if _is_aside(gap) or after.kind is Kind.NUMBER:
        return True
    if any(token.kind in _JOINING for token in gap) or _count(gap, Kind.NUMBER) > 1:
        return False
    return _is_light(gap) or _is_adjective(before, gap, after) or _is_place(before, gap) or _is_phrase(gap, after)


def may_leave_out_at_start(head: Sequence[Token], after: Token, *, names_subject: bool) -> bool:
    """Whether a kept part may begin after `head`; `names_subject` if the sentence has a pronoun for what is left out."""
    clause = _last_clause(head)
    if any(token.is_turning or token.form in FRAMES or (names_subject and token.form in OWNERS) for token in head):
        return False
    if all(token.kind is Kind.ARTICLE for token in clause):
        return True
    if clause[-1].is_weighty or clause[-1].kind is Kind.POSSESSIVE:
        return False
    opening = [token for token in clause if token.kind is not Kind.ARTICLE]
    if opening[0].form in OPENING_ADJUNCTS or opening[0].kind is Kind.NUMBER or opening[0].form.endswith("ly"):
        return opening[-1].key == "," or all(not token.is_content or "-" in token.key for token in opening)
    if not names_subject or len(clause) > _LONGEST_SUBJECT or after.kind is Kind.NUMBER:
        return False
    return all(token.kind not in (Kind.CONJUNCTION, Kind.MARK, Kind.BE) for token in clause)


def may_leave_out_at_end(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether the tokens after the kept part may be missing: it must not be cut inside a phrase or before its verb."""
    if any(token.is_turning for token in tail):
        return False
    if not tail or all(token.kind is Kind.MARK for token in tail):
        return True
    if not any(token.kind is Kind.BE for token in kept) and any(token.kind is Kind.BE for token in _first_clause(tail)):
        return False
    if (
        kept[0].form in OPENING_ADJUNCTS
        and tail[0].key == ","
        and all(token.key != "," and token.kind is not Kind.BE for token in kept)
    ):
        return False
    first = tail[0]
    if kept[-1].kind is Kind.NUMBER and first.form in _RANGES and any(token.kind is Kind.NUMBER for token in tail[1:2]):
        return False  # a range: 5 (to 20) percent
    if first.form == "of":
        return kept[-1].kind is Kind.WORD and not kept[-1].is_weighty and kept[-1].form not in PARTITIVES
    if first.kind in (Kind.PREPOSITION, Kind.CONJUNCTION):
        return first.form not in ("than", "nor", "or")
    if kept[-1].kind is Kind.NAME and first.form in REGIONS:
        return True
    return first.kind is Kind.MARK or (first.form.endswith("ly") and not first.is_weighty)


def _cuts(before: Token, gap: Sequence[Token], after: Token) -> bool:
    """Whether a gap takes a number from what it counts, a part from a name, or an owner from what is owned."""
    if after.kind is Kind.NUMBER:
        return any(token.kind is not Kind.ARTICLE and token.form != "by" for token in gap)
    if before.kind is Kind.NUMBER and gap[0].is_content:
        return True
    touches = (before.kind, gap[0].kind) == (Kind.NAME, Kind.NAME) or (gap[-1].kind, after.kind) == (Kind.NAME, Kind.NAME)
    return touches or Kind.POSSESSIVE in (gap[0].kind, after.kind)


def _is_aside(gap: Sequence[Token]) -> bool:
    """Between two commas, dashes or in brackets."""
    closes = _ASIDES.get(gap[0].key)
    return 2 < len(gap) <= _LONGEST_ASIDE and gap[-1].key == closes and (closes == ")" or _count(gap, Kind.NUMBER) <= 1)


def _is_light(gap: Sequence[Token]) -> bool:
    """Nothing but articles, commas and one adverb of manner."""
    content = [token for token in gap if token.is_content]
    others = [token for token in gap if not token.is_content]
    adverbs = all(token.form.endswith("ly") and token.kind is Kind.WORD for token in content)
    return len(content) <= 1 and adverbs and all(token.kind is Kind.ARTICLE or token.key == "," for token in others)


def _is_adjective(before: Token, gap: Sequence[Token], after: Token) -> bool:
    """What stands between an article or a preposition and its noun."""
    if any(not token.is_content and token.kind is not Kind.ARTICLE for token in gap) or not after.is_content:
        return False
    first = next(place for place, token in enumerate(gap) if token.is_content)
    opener = gap[first - 1] if first else before
    return sum(token.is_content for token in gap) <= _MOST_ADJECTIVES and opener.kind in (Kind.ARTICLE, Kind.PREPOSITION)


def _is_place(before: Token, gap: Sequence[Token]) -> bool:
    """The smaller place in a larger one: in (the Clerkenwell area of) London."""
    inner = all(token.is_content or token.kind is Kind.ARTICLE for token in gap[:-1])
    return before.key == "in" and gap[-1].form == "of" and inner and len(gap) <= _LONGEST_PHRASE and not _count(gap, Kind.NUMBER)


def _is_phrase(gap: Sequence[Token], after: Token) -> bool:
    """One phrase that begins with a preposition, before another one or the verb to be."""
    phrase = gap[1:] if gap[0].key == "," else gap
    if not phrase or phrase[0].kind is not Kind.PREPOSITION or after.kind not in (Kind.PREPOSITION, Kind.BE):
        return False
    others = [token for token in phrase if token.kind is Kind.PREPOSITION and token.form != "of"]
    return len(others) <= 1 and len(phrase) <= _LONGEST_PHRASE and all(token.kind is not Kind.MARK for token in phrase)


def _count(found: Sequence[Token], kind: Kind) -> int:
    return sum(token.kind is kind for token in found)


def _last_clause(head: Sequence[Token]) -> Sequence[Token]:
    ends = [place for place, token in enumerate(head, start=1) if token.key in (";", ":", ".", "!", "?")]
    return head[ends[-1] :] if ends else head


def _first_clause(tail: Sequence[Token]) -> Sequence[Token]:
    ends = [place for place, token in enumerate(tail) if token.key in (";", ":", ".")]
    return tail[: ends[0]] if ends else tail
