"""What a person thinks of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Rating(str, Enum):
    """A thumb up or down."""

    UP = "up"
    DOWN = "down"


class Fault(str, Enum):
    """What is wrong with an answer."""

    WRONG = "wrong"
    CITATION = "citation"
    INCOMPLETE = "incomplete"
    SHOULD_HAVE_REFUSED = "should_have_refused"
    SHOULD_HAVE_ANSWERED = "should_have_answered"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A rating with its reason: the fault, if one was named, a comment, and what would have been right, both may be empty."""

    rating: Rating
    fault: Fault | None = None
    comment: str = ""
    right_answer: str = ""
