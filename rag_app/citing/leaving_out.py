"""What a sentence may leave out of its English evidence without saying something else: each rule lists the shapes that are safe.

Whatever has no safe shape is not left out. `before` and `after` are the kept tokens around it, `kept` the evidence up to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.citing.adjuncts import is_part_of_place, is_place, is_vague_adjunct, is_when
from rag_app.citing.clauses import (
    count,
    first_clause,
    holds_verb,
    is_done,
    is_one_of_many,
    is_past,
    is_predicate,
    is_superlative,
    is_time,
    last_clause,
    verb_place,
    widens,
)
from rag_app.citing.limits import (
    is_amount_of,
    is_bound,
    is_condition,
    is_first_of_several,
    is_framed,
    is_larger_part,
    is_limit,
    is_range,
    is_ratio,
    is_term_of,
    is_when_or_where,
    tells_more,
    without_label,
    without_mood,
)
from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists import (
    CIRCUMSTANTIAL,
    DIRECTIONS,
    FRAMES,
    INVERTING,
    OPENING_ADJUNCTS,
    OWNERS,
    PARTITIVES,
    REGIONS,
    RELATIVE,
    REPORTING,
    RESTRICTING,
    SUBORDINATE,
    TITLES,
    VIEWPOINTS,
)

_LONGEST_PHRASE, _LONGEST_ASIDE, _LONGEST_SUBJECT, _MOST_ADJECTIVES, _MOST_PHRASES = 8, 20, 7, 3, 2
_ASIDES = {",": ",", "(": ")", "-": "-", "–": "–", "—": "—"}
_CLAUSES = (Kind.BE, Kind.CONJUNCTION, Kind.MARK)
_JOINING = (Kind.BE, Kind.CONJUNCTION, Kind.POSSESSIVE)


def may_leave_out_between(kept: Sequence[Token], gap: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether the tokens of `gap` may be missing between `kept`, all that stands before, and `rest`, whose first is kept."""
    before, after = kept[-1], rest[0]
    if all(token.kind in (Kind.ARTICLE, Kind.MARK) for token in gap):
        return True
    if widens(kept) or widens(first_clause(rest)):
        return False  # does not apply (in Norway) to banks
    if verb_place(kept) and is_part_of_place(before, gap, after):
        return True
    if any(token.is_weighty for token in gap) or is_bound(gap, [*kept, *rest]):
        return False
    if before.kind is Kind.NAME and gap[0].form == "with" and is_done(after) and all(token.kind not in _CLAUSES for token in gap):
        return True  # the ship Astrid (with 30 passengers) sank
    if gap[-1].form in INVERTING and len(gap) > 1 and _is_aside(gap[:-1]):
        return True  # Oslo (, the capital of Norway, has) 700,000 inhabitants
    if after.kind is Kind.PREPOSITION and is_when(gap) and not is_superlative(kept):
        return True  # (on 9 and 16 October) by Ada Brown
    if before.kind is Kind.PREPOSITION and _is_descriptor(gap, after):
        return True
    if _cuts(before, gap, after):
        return False
    if _is_aside(gap) or after.kind is Kind.NUMBER or _is_first_of_two(kept, gap, after):
        return True
    if any(token.kind in _JOINING for token in gap) or count(gap, Kind.NUMBER) > 1:
        return False
    return _is_light(gap) or _is_adjective(before, gap, rest) or is_place(before, gap) or _is_phrase(kept, gap, after)


def may_leave_out_at_start(head: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a kept part may begin with `rest`, after `head`: what is left out says only when, where or how."""
    head = without_label(head)
    clause = last_clause(head)
    if is_framed(head):
        return False
    if all(token.kind is Kind.ARTICLE or token.form in TITLES for token in clause):
        return True
    if clause[-1].is_weighty or clause[-1].kind is Kind.POSSESSIVE or widens(first_clause(rest)):
        return False
    opening = [token for token in clause if token.kind is not Kind.ARTICLE]
    is_bare = all(not token.is_content or "-" in token.key for token in opening)
    comma = next((place for place in range(len(clause), 0, -1) if clause[place - 1].key == ","), 0)
    if _is_descriptor(clause[comma:], rest[0]):
        return not comma or may_leave_out_at_start(clause[:comma], rest)
    if any(token.is_weighty for token in opening if token.form.endswith("ly")):
        return False  # (traditionally,) Homer was born in Chios
    if opening[0].form in VIEWPOINTS and not count(opening, Kind.NUMBER):
        return False
    if opening[0].form in OPENING_ADJUNCTS:
        happened = opening[-1].key == "," and is_past(rest) and not is_superlative(rest)
        return is_bare or (happened and is_when_or_where(opening))
    return (opening[0].kind is Kind.NUMBER or opening[0].form.endswith("ly")) and (opening[-1].key == "," or is_bare)


def may_be_subject(head: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether `head` is one thing, told in full, that a pronoun before `rest` may stand for."""
    clause = [token for token in last_clause(head) if token.form not in TITLES]
    if is_framed(head) or not clause or len(clause) > _LONGEST_SUBJECT or rest[0].kind is Kind.NUMBER:
        return False
    if any(token.is_weighty or token.form in OWNERS for token in head) or clause[-1].kind is Kind.PREPOSITION:
        return False
    return all(token.kind not in (Kind.CONJUNCTION, Kind.MARK, Kind.BE) for token in clause) and not holds_verb(clause)


def may_leave_out_at_end(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether the tokens after the kept part may be missing: it must not be cut inside a phrase or before its verb."""
    if tells_more(tail):
        return True
    if any(token.is_turning for token in without_mood(tail)):
        return False
    if not tail or all(token.kind is Kind.MARK for token in tail):
        return True
    if any(token.form in FRAMES or token.form in REPORTING for token in first_clause(tail)):
        return False
    if (
        is_limit(tail)
        or is_bound(tail, kept)
        or is_condition(tail)
        or (tail[0].kind is not Kind.MARK and widens(kept))
        or is_range(tail)
    ):
        return False
    if not any(token.kind is Kind.BE for token in kept) and any(token.kind is Kind.BE for token in first_clause(tail)):
        return _begins_another(tail) and verb_place(kept) > 0
    if tail[0].key == "," and all(token.key != "," for token in kept) and _lacks_main_clause(kept):
        return False
    return _may_end_before(kept, tail)


def _begins_another(tail: Sequence[Token]) -> bool:
    """Whether another clause or verb follows: (, and the archive was moved), (and was replaced)."""
    if tail[0].key == ",":
        return any(token.form in ("and", "but", "while") for token in tail[1:2])
    return tail[0].form == "and" and any(token.kind is Kind.BE for token in tail[1:2])


def _lacks_main_clause(kept: Sequence[Token]) -> bool:
    """Whether the kept part, which has no comma, only opens a sentence: Although she was ill (, she won)."""
    opens = kept[0].form in OPENING_ADJUNCTS and all(token.kind is not Kind.BE for token in kept)
    return opens or kept[0].form in SUBORDINATE


def _may_end_before(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    first, last = tail[0], kept[-1]
    if any(binds(kept, tail) for binds in (is_ratio, is_larger_part, is_amount_of, is_term_of, is_first_of_several)):
        return False
    if first.form in RELATIVE and is_one_of_many(kept):
        return True  # a steam engine (that turned a wheel)
    if first.kind is Kind.PREPOSITION and (is_superlative(kept) or is_predicate(kept)):
        return False  # the largest (in Norway), safe (for adults)
    if first.form == "of":
        return last.kind is Kind.WORD and not last.is_weighty and last.form not in PARTITIVES
    if first.kind in (Kind.PREPOSITION, Kind.CONJUNCTION):
        return first.form not in ("than", "nor", "or", *RESTRICTING)
    if last.kind is Kind.NAME and first.form in REGIONS:
        return True
    return first.kind is Kind.MARK or (first.form.endswith("ly") and not first.is_weighty)


def _cuts(before: Token, gap: Sequence[Token], after: Token) -> bool:
    """Whether a gap takes a number from what it counts, a part from a name, or an owner from what is owned."""
    if after.kind is Kind.NUMBER:
        allowed = () if is_time(after) else ("by",)
        return any(token.kind is not Kind.ARTICLE and token.form not in allowed for token in gap)
    if before.kind is Kind.NUMBER and gap[0].is_content:
        return True
    touches = (before.kind, gap[0].kind) == (Kind.NAME, Kind.NAME) or (gap[-1].kind, after.kind) == (Kind.NAME, Kind.NAME)
    return touches or Kind.POSSESSIVE in (gap[0].kind, after.kind)


def _is_aside(gap: Sequence[Token]) -> bool:
    """Between two commas, dashes or in brackets; no other choice, and not who says so."""
    closes = _ASIDES.get(gap[0].key)
    if is_limit(gap) or any(token.form in REPORTING for token in gap) or is_vague_adjunct(gap):
        return False
    if len(gap) < 3 or any(token.key in (gap[0].key, closes) for token in gap[1:-1]):
        return False  # two asides have something between them
    return len(gap) <= _LONGEST_ASIDE and gap[-1].key == closes and (closes == ")" or count(gap, Kind.NUMBER) <= 1)


def _is_light(gap: Sequence[Token]) -> bool:
    """Nothing but articles, commas and one adverb of manner."""
    content = [token for token in gap if token.is_content]
    others = [token for token in gap if not token.is_content]
    adverbs = all(token.form.endswith("ly") and token.kind is Kind.WORD for token in content)
    adverbs = adverbs or [token.form for token in content] == ["later"]
    return len(content) <= 1 and adverbs and all(token.kind is Kind.ARTICLE or token.key == "," for token in others)


def _is_adjective(before: Token, gap: Sequence[Token], rest: Sequence[Token]) -> bool:
    """What stands between "a" and its noun, before a name, or with a count: a (wooden) bridge, of (911 Norman) settlers."""
    after = rest[0]
    if [token.form for token in rest[1:2]] == ["of"] and any(token.kind is Kind.NUMBER for token in rest[2:3]):
        return False  # a (net) profit of 5 million
    if any(not token.is_content and token.kind is not Kind.ARTICLE for token in gap) or not after.is_content:
        return False
    first = next(place for place, token in enumerate(gap) if token.is_content)
    if any(token.kind is Kind.ARTICLE for token in gap[first:]):
        return False  # of (the frost that followed) the flood
    opener = gap[first - 1] if first else before
    is_counted = opener.kind is Kind.PREPOSITION and gap[first].kind is Kind.NUMBER and not is_time(gap[first])
    is_safe = (
        is_counted or opener.form in ("a", "an") or (after.kind is Kind.NAME and opener.kind in (Kind.ARTICLE, Kind.PREPOSITION))
    )
    return is_safe and sum(token.is_content for token in gap) <= _MOST_ADJECTIVES


def _is_phrase(kept: Sequence[Token], gap: Sequence[Token], after: Token) -> bool:
    """One phrase of when, where or by whom, or two, before another one and beside the verb: was sold (in 1990) to Acme."""
    phrase = gap[1:] if gap[0].key == "," else gap
    aside = next((place for place, token in enumerate(phrase) if token.key in _ASIDES), len(phrase))
    if aside < len(phrase) and _is_aside(phrase[aside:]):
        phrase = phrase[:aside]
    if len(phrase) < 2 or after.kind is not Kind.PREPOSITION or after.form == "of" or _belongs(phrase[0], kept):
        return False
    if is_superlative(kept) or not (holds_verb(kept) or any(token.kind is Kind.BE for token in kept)):
        return False
    prepositions = [token.form for token in phrase if token.kind is Kind.PREPOSITION]
    are_two = len(prepositions) == _MOST_PHRASES and CIRCUMSTANTIAL.issuperset(prepositions)  # (by Acme in 2001) for 5 million
    is_one = sum(form != "of" for form in prepositions) <= 1
    return (is_one or are_two) and len(phrase) <= _LONGEST_PHRASE and all(token.kind is not Kind.MARK for token in phrase)


def _belongs(preposition: Token, kept: Sequence[Token]) -> bool:
    """Whether a phrase belongs to the verb or noun before it: approved (for children), a friend (of the king)."""
    if is_predicate(kept) and kept[-1].form != "born":
        return True
    is_active = is_done(kept[-1]) and all(token.kind is not Kind.BE for token in kept[-2:-1])
    return preposition.form not in CIRCUMSTANTIAL and not (is_active and preposition.form in DIRECTIONS)


def _is_descriptor(found: Sequence[Token], after: Token) -> bool:
    """What somebody is, before the name: Korean economist (Hoesung Lee), Jean's nephew (Maciot)."""
    words = [token for token in found if token.kind is Kind.WORD]
    if len(words) != 1 or found[-1] is not words[0] or after.kind is not Kind.NAME or found[-1].form in OPENING_ADJUNCTS:
        return False
    kinds = (Kind.ARTICLE, Kind.NAME, Kind.POSSESSIVE, Kind.WORD)
    is_plural = any(token.kind is Kind.NAME and token.form.endswith("s") for token in found[-2:-1])
    return all(token.kind in kinds for token in found) and not is_plural and not holds_verb([*found, after])


def _is_first_of_two(kept: Sequence[Token], gap: Sequence[Token], after: Token) -> bool:
    """The first of two things that one did: Ada Brown (moved to Bonn in 1960 and) worked there."""
    joint = next((place for place in range(len(gap) - 1, 0, -1) if gap[place].form == "and"), 0)
    if not joint or not all(token.form.endswith("ly") for token in gap[joint + 1 :]) or kept[0].form in OPENING_ADJUNCTS:
        return False  # in 1990 she moved (and died), perhaps later
    first = gap[:joint]
    is_one = is_done(first[0]) and not any(is_done(token) or token.kind in _CLAUSES for token in first[1:])
    return is_one and is_done(after) and not holds_verb(kept) and not any(token.kind in _CLAUSES for token in kept)
