"""Characters typed for others that sound or look alike, where the library or the general word list knows what was meant."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from rag_app.querying.chinese_confusion import (
    NEAR_SOUND,
    NEAR_SOUND_AND_SHAPE,
    SAME_SOUND,
    SAME_SOUND_AND_SHAPE,
    SHAPE,
    common_confusions,
)
from rag_app.querying.opposites import are_opposed
from rag_app.querying.vocabulary import Phrases, Vocabulary
from rag_app.querying.word_lists import LONGEST_CHINESE_WORD, chinese_words
from rag_app.text.folding import fold

LONGEST_RUN = 200
MOST_CHANGES = 6
MOST_CANDIDATES = 6

# Logarithms of odds, fitted as docs/decisions.md tells, except for the margin.
CONFUSED = {SAME_SOUND: 4.0, SAME_SOUND_AND_SHAPE: 2.6, NEAR_SOUND: 6.9, NEAR_SOUND_AND_SHAPE: 6.2, SHAPE: 7.8}
UNKNOWN_PAIRS = 2.1
ENDS_TRIGRAM, MIDDLE_OF_TRIGRAM, BEGINS_TRIGRAM = 3.1, 3.6, 2.9
IN_WORD = 0.27
LONGER_WORD = 0.6
RIGHT_WORD, LEAST_OF_WORD = 2.0, math.log(100)
FUNCTION_WORD = 1.7
MARGIN = 1.5
QUESTION_WORDS = frozenset("哪谁什么吗几多少何怎")
FUNCTION_WORDS = frozenset("的了是在和与有为于以而被对时也一其个这那不之从到由给并及就都得地着过中上下后前此某")


class ChineseCorrection:
    """Corrects runs of Chinese characters of one question.

    A character is doubted where the library does not hold it beside both its neighbours, unless it asks or stands before one that
    asks: documents hold answers. Another takes its place when the
    trigrams of the library, and the general words, that it is part of then outweigh the unlikeliness of the mistake.
    """

    def __init__(self, vocabulary: Vocabulary, phrases: Phrases) -> None:
        self._counts = vocabulary.counts
        self._phrases = phrases
        self._gains: dict[tuple[str, int], tuple[float, str]] = {}

    def changes(self, run: str) -> list[tuple[int, int, str]]:
        """Where the words of `run` change, and to what, as (start, end, characters)."""
        text = fold(run)
        if not 2 <= len(run) == len(text) <= LONGEST_RUN:
            return []
        changed: set[int] = set()
        while len(changed) < MOST_CHANGES:
            gain, place, character = max(self._best(text, place) for place in range(len(text)) if place not in changed)
            if gain <= MARGIN:
                break
            text = _put(text, place, character)
            changed.add(place)
        meant = "".join(text[place] if place in changed else typed for place, typed in enumerate(run))
        return [(start, end, meant[start:end]) for start, end in _merged(self._word(text, place) for place in sorted(changed))]

    def _best(self, text: str, place: int) -> tuple[float, int, str]:
        """What the best other character at `place` gains, the place, and the character; 0 and "" where none is looked for."""
        first = max(0, place - LONGEST_CHINESE_WORD + 1)
        window, inner = text[first : place + LONGEST_CHINESE_WORD], place - first
        if (window, inner) not in self._gains:
            self._gains[window, inner] = self._best_within(window, inner)
        gain, character = self._gains[window, inner]
        return gain, place, character

    def _best_within(self, window: str, place: int) -> tuple[float, str]:
        asks = any(character in QUESTION_WORDS for character in window[place : place + 2])
        if asks or all(pair in self._counts for pair in _pairs(window, place)):
            return 0.0, ""
        likely = self._candidates(window, place)
        if not likely:
            return 0.0, ""
        as_typed = self._fit(window, place)
        best, character = max((self._fit(_put(window, place, other), place) - CONFUSED[kind], other) for other, kind in likely)
        return best - as_typed - _benefit_of_doubt(window, place), character

    def _candidates(self, window: str, place: int) -> list[tuple[str, int]]:
        """What the one at `place` may stand for and the library holds beside a neighbour, the likeliest first."""
        counts, words = self._counts, chinese_words()
        before, after = window[place - 1 : place] or " ", window[place + 1 : place + 2] or " "
        found = []
        for other, kind in common_confusions().of(window[place]).items():
            if (before + other in counts or other + after in counts) and not are_opposed(window[place], other):
                first, second = before + other, other + after
                known = sum(
                    math.log1p(counts.get(pair, 0)) + IN_WORD * math.log1p(words.get(pair, 0)) for pair in (first, second)
                )
                found.append((known - CONFUSED[kind] / 3, other, kind))
        return [(other, kind) for _, other, kind in sorted(found, reverse=True)[:MOST_CANDIDATES]]

    def _fit(self, text: str, place: int) -> float:
        """How well the character at `place` goes with those around it."""
        score = 0.0 if any(pair in self._counts for pair in _pairs(text, place)) else -UNKNOWN_PAIRS
        for weight, start in ((ENDS_TRIGRAM, place - 2), (MIDDLE_OF_TRIGRAM, place - 1), (BEGINS_TRIGRAM, place)):
            if 0 <= start <= len(text) - 3:
                score += weight * (self._phrases.count(text[start : start + 2], text[start + 1 : start + 3]) > 0)
        words = list(_words_around(text, place))
        pair = max((IN_WORD * count for start, end, count in words if end - start == 2), default=0.0)
        longer = max((IN_WORD * count + LONGER_WORD for start, end, count in words if end - start > 2), default=0.0)
        return score + pair + longer

    def _word(self, text: str, place: int) -> tuple[int, int]:
        """Where the word that holds `place` begins and ends: the likeliest of the general list, else a pair of the library."""
        found = sorted((count, start, end) for start, end, count in _words_around(text, place))
        if found:
            return found[-1][1:]
        start = place - 1 if place and text[place - 1 : place + 1] in self._counts else place
        return start, min(len(text), start + 2)


def _benefit_of_doubt(text: str, place: int) -> float:
    """What speaks for the character as typed at `place`: it is a word by itself, or part of one."""
    is_part = any(count > LEAST_OF_WORD for _, _, count in _words_around(text, place))
    return RIGHT_WORD * is_part + FUNCTION_WORD * (text[place] in FUNCTION_WORDS)


def _put(text: str, place: int, character: str) -> str:
    return text[:place] + character + text[place + 1 :]


def _pairs(text: str, place: int) -> list[str]:
    """The character at `place` with the one before it, and with the one after it."""
    return [text[start : start + 2] for start in (place - 1, place) if 0 <= start <= len(text) - 2]


def _words_around(text: str, place: int) -> Iterator[tuple[int, int, float]]:
    """The general words that hold `place`: start, end, logarithm of the count."""
    words = chinese_words()
    for length in range(2, LONGEST_CHINESE_WORD + 1):
        for start in range(max(0, place - length + 1), min(place, len(text) - length) + 1):
            count = words.get(text[start : start + length])
            if count:
                yield start, start + length, math.log1p(count)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order of their starts, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
