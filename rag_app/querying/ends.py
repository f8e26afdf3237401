"""The two ends of a measure: what a word for the most or the least of it asks of each thing."""

from __future__ import annotations

from collections.abc import Mapping


def by_word(asked: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, bool]]:
    """For each word its question, and whether the largest is meant, of questions with their words for most and for least."""
    return {
        word: (question, largest)
        for question, (most, least) in asked.items()
        for largest, words in ((True, most), (False, least))
        for word in words.split()
    }
