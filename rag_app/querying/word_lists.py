"""General word lists with frequencies, out of packages that pip installed; none of the packages' code is run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path

from rag_app.errors import ModelError
from rag_app.querying.near_words import NearWords
from rag_app.text.folding import CJK

ENGLISH_LIST = ("symspellpy", "frequency_dictionary_en_82_765.txt")
CHINESE_LIST = ("jieba", "dict.txt")
PINYIN = ("pypinyin", "pinyin_dict.json")
LONGEST_CHINESE_WORD = 4
# Nouns of letters, bills and rules that the list takes for adjectives, adverbs, verbs or times.
_NOUNS = ("合同", "折扣", "积分", "签证", "快递", "保费", "绩效", "禁忌", "急诊", "清单", "明细", "传真", "体检", "日期", "工资")
_CHINESE_LINE = re.compile(rf"^([{CJK}][^ ]{{0,{LONGEST_CHINESE_WORD - 1}}}) (\d+) (\S*)", re.MULTILINE)


@cache
def english_words() -> Mapping[str, int]:
    """82,765 English words with their counts in Google's n-grams."""
    return dict(_counted(*ENGLISH_LIST))


@cache
def near_english_words() -> NearWords:
    """The words of the English list, to be found by words that are nearly the same."""
    return NearWords(word for word in english_words() if word.isascii() and word.isalpha())


@cache
def chinese_words() -> Mapping[str, int]:
    """Chinese words of up to four characters, single ones too, with jieba's counts."""
    return {word: int(count) for word, count, _ in _chinese_lines()}


@cache
def chinese_kinds() -> Mapping[str, str]:
    """What kind each of those Chinese words is: jieba's tag, such as n for a noun, nr a person, ns a place, v a verb."""
    return {**{word: sys.intern(kind) for word, _, kind in _chinese_lines()}, **dict.fromkeys(_NOUNS, "n")}


def package_file(package: str, name: str) -> Path:
    """The file `name` of an installed package. Raises `ModelError` when it is not there."""
    found = PathFinder.find_spec(package)
    for folder in (found.submodule_search_locations if found else None) or ():
        if Path(folder, name).is_file():
            return Path(folder, name)
    raise ModelError(f"The package {package} with its file {name} is not installed. Run: pip install -r requirements.txt")


def _chinese_lines() -> list[tuple[str, str, str]]:
    """Word, count and kind of the Chinese list's words; taken from the whole text at once, which is four times quicker."""
    return _CHINESE_LINE.findall(package_file(*CHINESE_LIST).read_text(encoding="utf-8"))


def _counted(package: str, name: str) -> Iterator[tuple[str, int]]:
    """The lines of a list: a word, its count, and what may follow."""
    for line in _lines(package, name):
        word, count, *_ = line.split(" ")
        yield word, int(count)


def _lines(package: str, name: str) -> list[str]:
    return package_file(package, name).read_text(encoding="utf-8-sig").splitlines()
