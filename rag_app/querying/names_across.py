"""Chinese names in the other script: what a question writes in pinyin and a document in characters, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise, product, zip_longest

from rag_app.querying.bilingual import Translation
from rag_app.querying.chinese_correction import FUNCTION_WORDS
from rag_app.querying.chinese_surnames import COMMON_WORDS, SURNAMES
from rag_app.querying.sounds import LONGEST_SYLLABLE, all_syllables, syllables_of
from rag_app.querying.vocabulary import Phrases, Vocabulary
from rag_app.querying.word_lists import chinese_kinds, english_words
from rag_app.text.folding import CJK, fold
from rag_app.text.language import CHINESE, language

_WORD = re.compile(r"[^\W\d_]{2,}")
_WITHIN_NAMES = (" ", "'", "’", "-")
_CHARACTERS = re.compile(rf"[{CJK}]{{2,}}")
_LONGEST_NAME, _LONGEST_WITH_SURNAME, _MOST_PARTS = 4, 3, 20
_LONGEST_WORD = _LONGEST_NAME * LONGEST_SYLLABLE
_SPELLINGS_KEPT = 4096
# The kinds of words that are names (jieba's tags of people, places and others), and of what is no word.
_NAMES = ("nr", "ns", "nt", "nz", "n?")


def names_across(question: str, vocabulary: Vocabulary) -> tuple[tuple[Translation, ...], ...]:
    """For each part of a Chinese name in `question`, the ways in which the library writes it in the other script.

    A name in pinyin is some words of it, of which one is no English word ("Song Lizhi") or all are capitalised ("Chen Fang"); its
    parts are its pairs of neighbouring syllables, and the ways to write one the pairs of characters that sound so. A name in
    characters is looked for in pinyin as one word (恒瑞, hengrui), or a surname and a word. At most twenty parts.
    """
    is_chinese = language(question) == CHINESE
    found = _in_pinyin(fold(question), vocabulary) if is_chinese else _in_characters(question, vocabulary)
    return tuple(islice(dict.fromkeys(found), _MOST_PARTS))


def _in_characters(question: str, vocabulary: Vocabulary) -> Iterator[tuple[Translation, ...]]:
    for name in _pinyin(question):
        for pair in dict.fromkeys(_pairs(list(map(_spellings, name)))):
            if pairs := vocabulary.pairs_by_sound.get(pair):
                yield tuple((written,) for written in pairs)


def _pairs(words: Sequence[tuple[tuple[str, ...], ...]]) -> Iterator[tuple[str, str]]:
    """The pairs of neighbouring syllables of words that are spelt in several ways."""
    for ways, behind in zip_longest(words, words[1:], fillvalue=()):
        yield from chain.from_iterable(map(pairwise, ways))
        yield from product((way[-1] for way in ways), (way[0] for way in behind))


def _pinyin(question: str) -> Iterator[list[str]]:
    """The longest runs of neighbouring words that are pinyin and may be a name, folded."""
    name: list[str] = []
    end = 0
    for word in _WORD.finditer(question):
        if question[end : word.start()] not in _WITHIN_NAMES or not _spellings(fold(word[0])):
            yield from _if_name(name)
            name = []
        name += [word[0]] if _spellings(fold(word[0])) else []
        end = word.end()
    yield from _if_name(name)


def _if_name(words: list[str]) -> Iterator[list[str]]:
    folded = list(map(fold, words))
    if any(word not in english_words() for word in folded) or (len(words) > 1 and all(word[0].isupper() for word in words)):
        yield folded


@lru_cache(_SPELLINGS_KEPT)
def _spellings(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways to part `word` into as few syllables as spell it; none where it is no pinyin, or too long a name."""
    ways: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(word) + 1 if len(word) <= _LONGEST_WORD else 0):
        found = [
            (*before, word[start:end])
            for start in range(max(0, end - LONGEST_SYLLABLE), end)
            if word[start:end] in all_syllables()
            for before in ways[start]
        ]
        fewest = min(map(len, found), default=0)
        ways.append([way for way in found if len(way) == fewest])
    return tuple(way for way in ways[-1] if way)


def _in_pinyin(question: str, vocabulary: Vocabulary) -> Iterator[tuple[Translation, ...]]:
    phrases = Phrases(vocabulary)
    for run in _CHARACTERS.findall(question):
        for start, length in product(range(len(run)), range(2, _LONGEST_NAME + 1)):
            name = run[start : start + length]
            if len(name) == length and (ways := tuple(_written(name, vocabulary.counts, phrases))) and _may_be_name(name):
                yield ways


def _may_be_name(characters: str) -> bool:
    """Whether they are no word but a name, and hold no word that joins others."""
    return chinese_kinds().get(characters, "n?")[:2] in _NAMES and not FUNCTION_WORDS.intersection(characters)


def _written(name: str, held: Collection[str], phrases: Phrases) -> Iterator[Translation]:
    """The ways in which the library writes a name in pinyin, its surname before or behind."""
    has_surname = len(name) <= _LONGEST_WITH_SURNAME and name[0] in SURNAMES | COMMON_WORDS
    for first, *others in product(*map(syllables_of, name)):
        given = "".join(others)
        if first + given in held and first + given not in english_words():
            yield (first + given,)
        if has_surname and (phrases.count(first, given) or phrases.count(given, first)):
            yield first, given
