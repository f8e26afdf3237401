"""The two ends of a measure: what a word for the most or the least of it asks of each thing, and its bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag_app.records import Bound


def by_word(asked: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, bool]]:
    """For each word its question, and whether the largest is meant, of questions with their words for most and for least."""
    return {
        word: (question, largest)
        for question, (most, least) in asked.items()
        for largest, words in ((True, most), (False, least))
        for word in words.split()
    }


def bounds_of(match: re.Match[str]) -> tuple[Bound, ...]:
    """The bounds that a match says: `from` one to another, or a number with the kind of its bound."""
    said = match.groupdict()
    if said.get("from"):
        return Bound(said["from"], True, True), Bound(said["number"], False, True)
    return (Bound(said["number"], bool(said["least"] or said["above"]), bool(said["least"] or said["most"])),)
