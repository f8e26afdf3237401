"""A question in the making."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """A question, and the words of the sentence that answer it."""

    question: str
    answer: str
