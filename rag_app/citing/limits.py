"""What bounds an English claim, or makes it one of somebody else: without it the claim would be another."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists import CONDITIONS, FRAMES, INVERTING, PLAIN_LABELS, REPORTING

_DASHES = ("-", "–", "—", "−")
_LONGEST_OPENING = 3


def is_range(tail: Sequence[Token]) -> bool:
    """Whether a range goes on: 20 °C (– 25 °C)."""
    return tail[0].key in _DASHES and any(token.kind is Kind.NUMBER for token in tail[1:2])


def is_condition(tail: Sequence[Token]) -> bool:
    """Whether it tells when only something is so: (in the event of fire)."""
    return any(token.form in CONDITIONS for token in tail[1:_LONGEST_OPENING])


def is_framed(head: Sequence[Token]) -> bool:
    """Whether what stands before makes it a claim of somebody else, of a story, or none at all: (Myth:) the moon is hollow."""
    asks = bool(head) and head[0].form in INVERTING
    return asks or any(token.is_turning or token.form in FRAMES or token.form in REPORTING or token.key == ":" for token in head)


def without_label(head: Sequence[Token]) -> Sequence[Token]:
    """What stands before the kept part without a label that claims nothing: (Opening hours:)."""
    end = next((place for place, token in enumerate(head) if token.key == ":"), 0)
    is_plain = 0 < end < _LONGEST_OPENING and head[end - 1].form in PLAIN_LABELS
    return head[end + 1 :] if is_plain else head
