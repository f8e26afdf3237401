"""The word that was meant by one that the library does not know, of the library's words or of the general list's."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rag_app.querying.edit_cost import edit_cost
from rag_app.querying.english_variants import is_right_word
from rag_app.querying.opposites import are_opposite_words
from rag_app.querying.short_names import ABBREVIATIONS, CONTRACTIONS
from rag_app.querying.vocabulary import Phrases, Vocabulary
from rag_app.querying.word_lists import english_words, near_english_words
from rag_app.text.stems import stem
from rag_app.text.stopwords import STOPWORDS

SHORTEST = 3
LONGEST = 30
SHORTEST_HALF = 2
MOST_CANDIDATES = 40
MOST_IN_CONTEXT = 10
COMMON = 5_000

# Logarithms of odds, fitted as docs/decisions.md tells, and thresholds for keeping a word as it was typed.
FREQUENCY = 0.5
NOT_IN_LIBRARY = 4.0
# A word that the library does not hold is only meant where it is quite near, or a common one and not far: else the typed one is
# a name.
COMMON_SHARE = 1e-5
NEAR_OUTSIDE, FARTHEST_OUTSIDE = 3.0, 6.0
# What a short word that has no context is not meant by, and one of three letters: see `_is_far`.
SHORT, FARTHEST_OF_SHORT, FARTHEST_OF_SHORTEST = 5, 5.0, 2.9
# Up to this length, in a question that has at most `FEW` other words that say something.
SHORT_AMONG_FEW, FARTHEST_AMONG_FEW, FEW = 6, 4.5, 1
# What a word costs at most for each letter above five, to be meant by one that the library does not hold; a shorter one than
# `LONG` is meant by none that is rare.
OUTSIDE_PER_LETTER, LONG = 2.8, 8
SPACE_MISSING = 4.0
BESIDE_WORD = 1.75
BESIDE_STOPWORD = 0.9
LIBRARY_SHARE = 0.3
RIGHT_WORD = 1.4
RIGHT_WORD_ALONE = -1.5
RIGHT_WORD_FREQUENCY = 0.45
WRONG_WORD = -7.5
SHORT_WORD = -3.0
NAME = 0.0
RAREST = 4e-9
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a question, its neighbours or "", all in lower case.

    `is_capitalised` says that it was typed with a capital: it may be a name, all the more so `inside` a sentence. `others` are as
    many as say something besides.
    """

    word: str
    before: str
    after: str
    is_capitalised: bool
    inside: bool
    others: int


class EnglishCorrection:
    """Corrects the words of one question by a library's vocabulary and a general word list.

    A noisy channel (Kernighan, Church and Gale, 1990): how likely a word is, by both lists and by its neighbours in the library,
    times how likely it is mistyped so.
    """

    def __init__(self, vocabulary: Vocabulary, phrases: Phrases) -> None:
        self._vocabulary = vocabulary
        self._phrases = phrases
        self._general = english_words()
        self._general_total = sum(self._general.values())

    def meant(self, place: Place) -> str | None:
        """The word that was meant, None for the word as typed. A word that the library knows is always what was meant, and so
        are abbreviations."""
        word = place.word
        if word in self._vocabulary.counts or word in ABBREVIATIONS or word in CONTRACTIONS:
            return None
        if not SHORTEST <= len(word) <= LONGEST or not (word.isascii() and word.isalpha()):
            return None
        is_right, is_alone = is_right_word(word, self._general), not (place.before or place.after)
        if ((is_right and not is_alone) or (place.is_capitalised and place.inside)) and not self._knows_a_neighbour(place):
            return None
        candidates = self._candidates(word)
        if any(self._holds_opposite(word, near) for near in candidates):
            return None
        likely = sorted(((self._likelihood(word, near), near) for near in candidates), reverse=True)
        if place.is_capitalised and place.inside:
            likely = [(score, near) for score, near in likely if self._is_known_there(near, place)]
        scored = []
        for score, near in likely[:MOST_IN_CONTEXT]:
            context, is_far = self._context(near, place), self._is_far(place, near)
            is_known = self._is_known_there(near, place) if is_far else context
            if is_known or is_alone or not (is_right or is_far):
                scored.append((score + context, near))
        if not (is_right or place.is_capitalised):
            scored += [(self._phrase_likelihood(first, second), f"{first} {second}") for first, second in _halves(word)]
        best, near = max(scored, default=(-math.inf, ""))
        if is_right and stem(near) == stem(word):
            return None  # the index holds stems: "expenditure" finds "expenditures" as it is
        return near if best > self._likelihood_as_typed(place, is_right) else None

    def _phrase_likelihood(self, first: str, second: str) -> float:
        """The likelihood that two words were typed without the space between them: none unless the library holds them so."""
        count = self._phrases.count(first, second)
        if not count:
            return -math.inf
        return FREQUENCY * min(self._frequency(first), self._frequency(second)) + BESIDE_WORD * math.log1p(count) - SPACE_MISSING

    def _holds_opposite(self, word: str, near: str) -> bool:
        return near in self._vocabulary.counts and are_opposite_words(word, near, is_word=word in self._general)

    def _candidates(self, word: str) -> list[str]:
        found = dict(self._vocabulary.near_words.find(word)) | dict(near_english_words().find(word))
        longer = [near for near in found if near != word and len(near) > 1]
        return sorted(longer, key=lambda near: (found[near], -self._frequency(near)))[:MOST_CANDIDATES]

    def _likelihood(self, word: str, near: str) -> float:
        cost = edit_cost(word, near)
        if near in self._vocabulary.counts:
            return FREQUENCY * self._frequency(near) - cost
        if cost > (FARTHEST_OUTSIDE if self._is_common(near) else NEAR_OUTSIDE):
            return -math.inf
        return FREQUENCY * self._frequency(near) - NOT_IN_LIBRARY - cost

    def _is_common(self, near: str) -> bool:
        return self._general.get(near, 0) >= COMMON_SHARE * self._general_total

    def _likelihood_as_typed(self, place: Place, is_right: bool) -> float:
        if is_right:
            threshold = RIGHT_WORD if place.before or place.after else RIGHT_WORD_ALONE
            return threshold + RIGHT_WORD_FREQUENCY * self._frequency(place.word)
        if place.is_capitalised:
            return NAME
        return SHORT_WORD if len(place.word) == SHORTEST else WRONG_WORD

    def _frequency(self, word: str) -> float:
        """The logarithm of how often a word is met, near 0 for one rarer than `RAREST`."""
        general = self._general.get(word, 0) / self._general_total
        library = self._vocabulary.counts.get(word, 0) / max(1, self._vocabulary.total)
        return math.log1p((general + LIBRARY_SHARE * library) / RAREST)

    def _context(self, near: str, place: Place) -> float:
        """What it tells that the library holds the word beside its neighbours in the question."""
        before, after = self._together(place.before, near), self._together(near, place.after)
        return math.log1p(before) * _weight(place.before) + math.log1p(after) * _weight(place.after)

    def _together(self, first: str, second: str) -> int:
        counts = self._vocabulary.counts
        if not 0 < counts.get(first, 0) <= COMMON and not 0 < counts.get(second, 0) <= COMMON:
            return 0
        return self._phrases.count(first, second)

    def _is_far(self, place: Place, near: str) -> bool:
        """Whether a word that may as well be an abbreviation or a name is not near enough to the other.

        Three letters, words without a vowel, and what would become a word like "of" are doubted, short words that would begin
        with another letter, and all up to six letters in a question that says little else ("what is uber").
        """
        word, cost = place.word, edit_cost(place.word, near)
        if len(word) == SHORTEST and cost > FARTHEST_OF_SHORTEST:
            return True
        if len(word) <= SHORT:
            is_doubted = near in STOPWORDS or _VOWELS.isdisjoint(word)
            if (is_doubted and cost > FARTHEST_OF_SHORT) or word[0] != near[0]:
                return True
        if near not in self._vocabulary.counts:
            is_rare = len(word) < LONG and not self._is_common(near)
            return is_rare or cost > OUTSIDE_PER_LETTER * (len(word) - SHORT)
        return place.others <= FEW and len(word) <= SHORT_AMONG_FEW and cost > FARTHEST_AMONG_FEW

    def _knows_a_neighbour(self, place: Place) -> bool:
        return place.before in self._vocabulary.counts or place.after in self._vocabulary.counts

    def _is_known_there(self, near: str, place: Place) -> bool:
        """Whether the library holds the word beside a neighbour of the question that says something."""
        pairs = ((place.before, near, place.before), (near, place.after, place.after))
        return any(other not in STOPWORDS and self._phrases.count(first, second) for first, second, other in pairs)


def _halves(word: str) -> list[tuple[str, str]]:
    return [(word[:cut], word[cut:]) for cut in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)]


def _weight(neighbour: str) -> float:
    return BESIDE_STOPWORD if neighbour in STOPWORDS else BESIDE_WORD
