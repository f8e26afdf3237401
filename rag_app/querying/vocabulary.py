"""The words of a library, as correction asks about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from rag_app.querying.near_words import NearWords
from rag_app.querying.sounds import syllables_of

MOST_PHRASES = 200


@dataclass(frozen=True)
class Vocabulary:
    """`counts`: the passages that hold each term of the full-text index. `count_phrase`: those that hold terms side by side."""

    counts: Mapping[str, int]
    count_phrase: Callable[[Sequence[str]], int]

    @cached_property
    def near_words(self) -> NearWords:
        """The words of Latin letters, to be found by words that are nearly the same. Built when first asked for."""
        return NearWords(term for term in self.counts if term.isascii() and term.isalpha())

    @cached_property
    def pairs_by_sound(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """The pairs of neighbouring Chinese characters, by their syllables. Built when first asked for."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for pair in self.counts:
            if len(pair) == 2 and not pair.isascii():
                for first, second in product(*map(syllables_of, pair)):
                    found[first, second].append(pair)
        return found

    @cached_property
    def total(self) -> int:
        """The sum of all counts."""
        return sum(self.counts.values())


class Phrases:
    """Phrases of one question, each counted once, and `MOST_PHRASES` of them at most: asking the index takes the time."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._counted: dict[tuple[str, ...], int] = {}

    def count(self, *terms: str) -> int:
        """The passages that hold `terms` side by side; 0 where one of them is nowhere, or too many phrases were counted."""
        if terms not in self._counted:
            if len(self._counted) >= MOST_PHRASES or not all(term in self._vocabulary.counts for term in terms):
                return 0
            self._counted[terms] = self._vocabulary.count_phrase(terms)
        return self._counted[terms]
