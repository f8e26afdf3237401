"""The terms of the lexical index: words as they are and their stems, Chinese as pairs of neighbouring characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rag_app.text.dates import DAYS, MONTHS
from rag_app.text.folding import fold
from rag_app.text.stems import stem
from rag_app.text.stopwords import STOPWORDS

_CJK = "㐀-鿿豈-﫿\U00020000-\U0002fa1f"
_WORD = rf"[^\W_{_CJK}]"
_RUN = re.compile(rf"[{_CJK}]+|{_WORD}+(?:(?:[-.&/’']|(?<=\d),(?=\d)){_WORD}+)*")
_PART = re.compile(rf"{_WORD}+")
_LETTERS_OR_DIGITS = re.compile(r"\d+|[^\W\d_]+")
_IS_CJK = re.compile(rf"[{_CJK}]")
# A letter to SQLite's tokenizer that no document uses: it keeps stems apart from words in one index.
STEM_MARK = "ˢ"
_SHORTEST_TO_STEM = 3
COUNTED_KEPT = 1024
_SHORTENED = {"tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday", "sept": "september"}
_IN_FULL = {name[:3]: name for name in (*DAYS, *MONTHS)} | _SHORTENED


def terms(text: str) -> list[str]:
    """The terms of `text`, in order and with repeats.

    A run of Chinese characters gives its bigrams (a lone character itself), which need no dictionary and find more
    than a word segmenter does (bench/README.md: MRR .985 against .978 on cmrc2018_trial). What is joined by a hyphen or
    its like, or of letters and digits, gives its parts and the whole: A-135 is a, 135 and a135, and 3M is 3, m and 3m.
    """
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run.isascii() and run.isalpha():
            found.append(run)  # most words, and the fastest
        elif _IS_CJK.match(run):
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
        else:
            found += _with_parts(run)
    return found


def index_text(text: str) -> str:
    """The terms of `text` and the stems of its words, separated by spaces, as the full-text index stores them."""
    found = terms(text)
    return " ".join((*found, *_stems(found)))


@lru_cache(COUNTED_KEPT)
def counted(text: str) -> Counter[str]:
    """The terms and stems of a text, and how often each stands there. Those of the last texts are kept (about
    25 MB), and must not be changed."""
    return Counter(index_text(text).split())


def search_terms(question_terms: Sequence[str]) -> list[str]:
    """What to look up in the full-text index for the terms of a question: those that say something, and their stems.

    A question of nothing but words that say nothing is looked up as it is.
    """
    telling = [term for term in question_terms if term not in STOPWORDS] or list(question_terms)
    return list(dict.fromkeys((*telling, *_stems(telling))))


def _with_parts(run: str) -> list[str]:
    """A run of letters and digits: as it is, or its parts and then the whole without what joins them."""
    words = _PART.findall(run)
    parts = [part for word in words for part in _LETTERS_OR_DIGITS.findall(word)]
    wholes = dict.fromkeys((*words, "".join(words)))
    return parts + [whole for whole in wholes if whole not in parts]


def looked_up(word: str) -> str:
    """A lower-case word as it is looked up whatever its inflection: by its stem, where it has one; a day or month by its name in
    full."""
    has_stem = len(word) >= _SHORTEST_TO_STEM and word.isascii() and word.isalpha()
    return STEM_MARK + stem(_IN_FULL.get(word, word)) if has_stem else word


def _stems(words: Iterable[str]) -> list[str]:
    return [found for word in words if (found := looked_up(word)) is not word]


def any_of(words: str) -> str:
    """A pattern for any of `words`, which stand between spaces, the longer ones first."""
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"
