"""What bounds an English claim, or makes it one of somebody else: without it the claim would be another."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.citing.clauses import is_amount, is_done, is_participle, is_past, is_time
from rag_app.citing.quantities import is_part_of
from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists import (
    CIRCUMSTANTIAL,
    CONDITIONS,
    DAYS,
    EVENT_OPENINGS,
    FRAMES,
    INCLUDING,
    INVERTING,
    LEVELS,
    LIMITING,
    MEASURING,
    MODALS,
    PLAIN_LABELS,
    REASONS,
    RELATIVE,
    REPORTING,
    SEVERAL,
    SHARES,
    SHARING,
    TERMS,
    TIMES,
    VIEWPOINTS,
    WHICH_TELLS,
)

_DASHES = ("-", "–", "—", "−")
_LONGEST_OPENING, _LONGEST_REPORT = 3, 7
_TAKING_BACK = ("or", "so", "as")
_RANGES = ("to", "and", "or")
_CHOICES = ("and", "or", "but")


def is_range(tail: Sequence[Token]) -> bool:
    """Whether a range, a ratio or a time goes on: 20 °C (– 25 °C), 5 (:3)."""
    return tail[0].key in (*_DASHES, ":") and any(token.kind is Kind.NUMBER for token in tail[1:2])


def is_when_or_where(opening: Sequence[Token]) -> bool:
    """Whether an opening tells of an event, a time or a place (in March), not in whom or by what measure: in mice, by volume."""
    if opening[0].form in EVENT_OPENINGS and all(token.kind is not Kind.NUMBER for token in opening[1:2]):
        return True
    named = any(token.kind is Kind.NAME or is_time(token) or token.form in TIMES for token in opening)
    return named and opening[0].form in CIRCUMSTANTIAL


def is_limit(found: Sequence[Token]) -> bool:
    """Whether a part after a comma or a bracket limits the claim, or says whose it is: (, plus tax), (, the judge added)."""
    is_set_off = found[0].kind is Kind.MARK
    end = next((place for place, token in enumerate(found) if place and token.kind is Kind.MARK), len(found))
    part = found[1:end] if is_set_off else found[:end]
    if part and part[0].kind is Kind.PREPOSITION and any(token.form in LEVELS for token in part[1:3]):
        return True  # 5 kg (at least)
    if not is_set_off or not part:
        return False
    if any(token.form in REASONS for token in part[:2]):
        return False  # (, mainly because of the war)
    limits = any(token.form in LIMITING or (token.form.endswith("ly") and token.is_weighty) for token in part[:2])
    return limits or part[0].form in _TAKING_BACK or any(token.form in FRAMES for token in part[:4]) or _is_report(part)


def is_bound(found: Sequence[Token], claim: Sequence[Token]) -> bool:
    """Whether a part after a comma or in brackets says of whom, where, when or of what a claim that is not of once is so.

    Of an amount, or of what something is: (, including the antenna), (, children half price), (members), but not (, a nurse).
    """
    part = found[1 : next((at for at, token in enumerate(found) if at and token.kind is Kind.MARK), len(found))]
    if found[0].kind is not Kind.MARK or not part or any(is_time(token) for token in part[:2]):
        return False
    opens, bounds_amount = part[0], states_amount(claim)
    if opens.kind is Kind.PREPOSITION:
        return opens.form in VIEWPOINTS or bounds_amount or not is_past(claim)
    if found[0].key == "(":
        is_plain = opens.kind is Kind.WORD and not is_participle(opens) and opens.form not in RELATIVE
        return is_plain or (bounds_amount and opens.kind is Kind.NUMBER and any(token.kind is Kind.PREPOSITION for token in part))
    is_several = opens.kind is Kind.WORD and (opens.form.endswith("s") or opens.form in SEVERAL)
    return bounds_amount and (opens.kind is Kind.NUMBER or is_several or opens.form in INCLUDING)


def states_amount(found: Sequence[Token]) -> bool:
    """Whether it says how much something is or costs, and not how many there are."""
    return found[0].form != "there" and any(
        is_amount(found, place)
        and any(other.kind is Kind.BE or other.key in MEASURING for other in found[max(0, place - 3) : place])
        for place in range(1, len(found))
    )


def _is_report(part: Sequence[Token]) -> bool:
    """Whether it is a few words that tell who says so: Otto Moll explained."""
    opens = part[0].kind in (Kind.NAME, Kind.ARTICLE) and 1 < len(part) <= _LONGEST_REPORT
    return opens and is_done(part[-1]) and all(token.kind not in (Kind.BE, Kind.CONJUNCTION) for token in part)


def is_condition(tail: Sequence[Token]) -> bool:
    """Whether it tells when only something is so: (in the event of fire)."""
    return any(token.form in CONDITIONS for token in tail[1:_LONGEST_OPENING])


def is_ratio(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether a number goes on with a second one: 5 (to 20) percent, 1 (in 500), but not 5 (in 2010)."""
    if kept[-1].kind is not Kind.NUMBER or not any(token.kind is Kind.NUMBER for token in tail[1:2]):
        return False
    return tail[0].form in _RANGES or (tail[0].form in ("in", "of") and not is_time(tail[1]))


def is_larger_part(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether an amount goes on in a smaller unit or as a part of one: 2 hours (and 30 minutes), two years (and a half)."""
    rest = tail[1:] if tail[0].form in ("and", ",") else tail
    if len(kept) < 2 or kept[-2].kind is not Kind.NUMBER or len(rest) < 2:
        return False
    is_share = rest[0].kind is Kind.ARTICLE and rest[1].form in SHARES
    return is_share or (rest[0].kind is Kind.NUMBER and is_part_of(rest[1].key, kept[-1].key))


def is_term_of(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether what is so again and again, or may be, is so on such days or such terms: closes at noon (on Saturdays)."""
    is_again = not is_past(kept) and any(token.form in DAYS for token in tail[1:3])
    is_allowed = tail[0].form in TERMS and any(token.form in MODALS for token in kept)
    return tail[0].kind is Kind.PREPOSITION and (is_again or is_allowed)


def is_amount_of(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether the kept part ends in how much something is, and what follows says for what: It costs 5 euros (for members)."""
    if len(kept) > 2 and kept[-2].form == "for" and _ends_in_amount(kept[:-2]):
        return tail[0].kind is Kind.PREPOSITION and not any(is_time(token) for token in tail[1:2])  # for children (under 12)
    return _ends_in_amount(kept) and _holds_for(tail)


def _ends_in_amount(kept: Sequence[Token]) -> bool:
    """Whether it ends in a verb, a number that is no date, and at most two more words: The dose (is 10 mg)."""
    place = next((at for at in range(len(kept) - 1, max(0, len(kept) - 4), -1) if kept[at].kind is Kind.NUMBER), 0)
    if not place or kept[0].form == "there" or not is_amount(kept, place):
        return False
    measures = kept[place - 1].kind is Kind.BE or kept[place - 1].key in MEASURING
    return measures and all(token.is_content for token in kept[place + 1 :])


def _holds_for(tail: Sequence[Token]) -> bool:
    """Whether it tells for whom or when an amount is so, or another amount for another case: (and 20 mg for adults)."""
    rest = tail[1:] if tail[0].key == "," else tail
    if len(rest) > 1 and rest[0].form in _CHOICES:
        goes_on = rest[1].kind is Kind.NUMBER and any(token.kind is Kind.PREPOSITION for token in rest)
        return goes_on or rest[1].form == "up"
    is_named = any(token.kind is Kind.NAME or is_time(token) for token in rest[1:3])
    return rest is tail and rest[0].kind is Kind.PREPOSITION and not is_named


def is_first_of_several(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether it ends in the first of several of which it holds together: by Ada Brown (and Carl Green)."""
    goes_on = tail[0].form == "and" or (tail[0].key == "," and any(token.form == "and" for token in tail))
    return goes_on and _shares(kept)


def _shares(kept: Sequence[Token]) -> bool:
    """Whether a verb or the last preposition is one that takes several: between Norway."""
    last = next((token for token in reversed(kept) if not token.is_content and token.kind is not Kind.ARTICLE), kept[0])
    by = next((place for place in range(len(kept) - 1, 0, -1) if kept[place].form == "by"), 0)
    is_agent = last.form == "by" and (not by or is_participle(kept[by - 1]) or kept[by - 1].kind is Kind.NAME)
    return is_agent or last.form in ("between", "both") or any(token.form in SHARING for token in kept)


def is_framed(head: Sequence[Token]) -> bool:
    """Whether what stands before makes it a claim of somebody else, of a story, or none at all: (Myth:) the moon is hollow."""
    asks = bool(head) and head[0].form in INVERTING
    return asks or any(token.is_turning or token.form in FRAMES or token.form in REPORTING or token.key == ":" for token in head)


def without_label(head: Sequence[Token]) -> Sequence[Token]:
    """What stands before the kept part without a label that claims nothing: (Opening hours:)."""
    end = next((place for place, token in enumerate(head) if token.key == ":"), 0)
    is_plain = 0 < end < _LONGEST_OPENING and head[end - 1].form in PLAIN_LABELS
    return head[end + 1 :] if is_plain else head


def tells_more(tail: Sequence[Token]) -> bool:
    """Whether a clause follows that tells more of a thing without a limit: (, of which 3 are below ground)."""
    opens = [token.form for token in tail[:3]]
    return len(opens) > 2 and opens[0] == "," and opens[1] in WHICH_TELLS and opens[2] in ("which", "whom")


def without_mood(tail: Sequence[Token]) -> Sequence[Token]:
    """What follows without the "must" of a second verb or relative clause: (and must be booked), (, who will come)."""
    opens = [token.form for token in tail[:3]]
    if opens[:1] == ["and"] and opens[1:2] and opens[1] in MODALS:
        return tail[2:]
    is_relative = opens[:1] == [","] and opens[1:2] and opens[1] in ("who", "which") and opens[2:3] and opens[2] in MODALS
    return tail[3:] if is_relative else tail
