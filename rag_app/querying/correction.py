"""A question with its spelling corrected, and what was changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag_app.querying.chinese_correction import ChineseCorrection
from rag_app.querying.english_correction import EnglishCorrection, Place
from rag_app.querying.vocabulary import Phrases, Vocabulary
from rag_app.records import Correction
from rag_app.text.stopwords import STOPWORDS

MOST_WORDS = 100
_LATIN = "A-Za-zÀ-ɏ"
_TOKEN = re.compile("[!-~À-ɏ‐-‟]+")
_WORD = re.compile(rf"[{_LATIN}]+|\d+")
_SIGNS = r"[^\w@#/\\<>{}|=+*~^$%&]*"
_PLAIN = re.compile(f"{_SIGNS}[{_LATIN}]+(?:-[{_LATIN}]+)*(?:['’]s)?{_SIGNS}")
_CHINESE = re.compile("[㐀-鿿]+")


def corrected(question: str, vocabulary: Vocabulary) -> tuple[str, tuple[Correction, ...]]:
    """`question` as it was probably meant, and what was changed, in order.

    What the library knows is never changed; codes, numbers, names and words in capitals are left alone.
    """
    phrases = Phrases(vocabulary)
    changes = _english(question, vocabulary, phrases) + _chinese(question, vocabulary, phrases)
    text, end, found = "", 0, []
    for start, stop, meant in sorted(changes):
        text += question[end:start] + meant
        found.append(Correction(question[start:stop], meant))
        end = stop
    return text + question[end:], tuple(found)


def _english(question: str, vocabulary: Vocabulary, phrases: Phrases) -> list[tuple[int, int, str]]:
    """Where the question's words change, and to what."""
    correction = EnglishCorrection(vocabulary, phrases)
    plain = [token.span() for token in _TOKEN.finditer(question) if _PLAIN.fullmatch(token.group())]
    words = list(_WORD.finditer(question))[:MOST_WORDS]
    around = ["", *(word.group().lower() for word in words), ""]
    changes: list[tuple[int, int, str]] = []
    others = sum(word.group().lower() not in STOPWORDS for word in words) - 1
    for number, match in enumerate(words):
        typed = match.group()
        if changes and match.start() < changes[-1][1]:
            continue
        if not typed[1:].islower() or not any(start <= match.start() < end for start, end in plain):
            continue
        if _is_one_word_in_two(question, words[number : number + 2], vocabulary.counts):
            changes.append((match.start(), words[number + 1].end(), "".join(around[number + 1 : number + 3])))
            continue
        place = Place(around[number + 1], around[number], around[number + 2], typed[0].isupper(), number > 0, others)
        meant = correction.meant(place)
        if meant is not None:
            around[number + 1] = meant
            changes.append((*match.span(), meant.capitalize() if typed[0].isupper() else meant))
    return changes


def _is_one_word_in_two(question: str, words: Sequence[re.Match[str]], counts: Mapping[str, int]) -> bool:
    """Whether the library knows two words, with a space between, only as one. Words like "in" and "a" belong to no other."""
    if len(words) < 2 or question[words[0].end() : words[1].start()] != " ":
        return False
    first, second = (word.group().lower() for word in words)
    if not second.isalpha() or first in STOPWORDS or second in STOPWORDS:
        return False
    return first + second in counts and not (first in counts and second in counts)


def _chinese(question: str, vocabulary: Vocabulary, phrases: Phrases) -> list[tuple[int, int, str]]:
    """Where runs of Chinese characters change, and to what."""
    correction = ChineseCorrection(vocabulary, phrases)
    return [
        (run.start() + start, run.start() + end, meant)
        for run in _CHINESE.finditer(question)
        for start, end, meant in correction.changes(run.group())
    ]
