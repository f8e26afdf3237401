"""Things told apart by a number (room 12, error E5, 三年级, 第五条): what is said of one of them answers nothing of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from rag_app.citing import ORDINALS, WORDS, with_digits
from rag_app.records import Evidence, StoredPassage
from rag_app.text.folding import fold
from rag_app.text.words import any_of

Names = frozenset[tuple[str, int]]  # the kind of a thing, and its number

_KINDS = any_of(
    "account annex apartment appendix area article aisle band batch bay block building bus case category century channel "
    "chapter class clause code contract district door edition entrance episode error exercise exhibit exit fault figure "
    "flat flight floor form game gate grade group hall house invoice issue item lane lesson level line locker lot match "
    "mode model module order page paragraph part period phase pier pin platform plot policy port program programme quarter "
    "question race region release room round route row rule sample schedule seat season section semester series session "
    "sheet size slide socket stage step table task team term terminal ticket tier track train tram type unit version volume "
    "ward week year zone"
)
_NUMBER = any_of(" ".join(word for word, value in WORDS.items() if value))
_ORDINAL = any_of(" ".join(ORDINALS))
# Letters before a number that name no thing: money, "no. 5", "x2".
_NO_CODE = frozenset(["cny", "eur", "gbp", "hkd", "no", "nr", "rmb", "usd", "x"])
_CODE = re.compile(r"(?<![a-z0-9])([a-z]{1,4})-?(\d{1,4})(?![a-z0-9])")
_COUNTED = re.compile(rf"\b({_KINDS})\s(?:no\.?\s?|number\s|#)?(\d{{1,6}}|{_NUMBER})\b(?![-/]\d|[.,:]\d|%)")
_RANKED = re.compile(rf"\b({_ORDINAL}|\d{{1,2}}(?:st|nd|rd|th))[\s-]({_KINDS})\b")
_NUMERAL = r"[一二三四五六七八九十]{1,3}|\d{1,4}"
_CHINESE = re.compile(
    rf"第({_NUMERAL})(?![大高长多好快早小重强远近深富贵])([\u4e00-\u9fff])|({_NUMERAL})(年级|号楼|号线|单元|[栋楼层室班组章])(?![\u4e00-\u9fff]?[一二三四五六七八九十\d])"
)
_SAME = {"programme": "program", "grade": "year"} | dict(
    zip(
        ("年级", "层", "楼", "号楼", "栋", "室", "班", "组", "单元", "号线", "章", "节"),
        ("year", "floor", "floor", "building", "building", "room", "class", "group", "unit", "line", "chapter", "section"),
        strict=True,
    )
)
_CHINESE_NUMERAL = re.compile("[一二三四五六七八九十]+")
_RANGE = re.compile(r"(\d{1,6})\D{0,3}?(?:-|–|—|~|\bto\b|\bthrough\b|至|到)\D{0,3}?(\d{1,6})")


def rightly_numbered(evidence: Sequence[Evidence], asked: Names) -> tuple[Evidence, ...]:
    """`evidence`, best first, in which sentences that speak of another of the things `asked` for have no chance beside others."""
    others = [one for one in evidence if speaks_of_another(one, asked)]
    kept = [one for one in evidence if one not in others]
    if not others or not kept:
        return tuple(evidence)
    share = sum(one.score for one in kept) / sum(one.score for one in evidence)
    return (*(replace(one, score=one.score / share) for one in kept), *(replace(one, score=0.0) for one in others))


def speaks_of_another(sentence: Evidence, asked: Names) -> bool:
    """Whether a sentence, or what stands nearest above it, names a thing of a kind `asked` for, and none of those asked for."""
    passage = sentence.stored.passage
    for text in (sentence.text, *reversed(passage.heading_path), sentence.stored.document_title):
        named = numbered(text)
        if named & asked or any(_stands_in(number, text) for _, number in asked):
            return False
        if {kind for kind, _ in named} & {kind for kind, _ in asked}:
            return True
    return False


def is_named_in(passages: Sequence[StoredPassage], asked: Names) -> bool:
    """Whether one of `passages`, with its title and headings, names a thing `asked` for."""
    texts = ((one.document_title, *one.passage.heading_path, one.passage.text) for one in passages)
    return any(numbered(text) & asked for text in chain.from_iterable(texts))


@lru_cache(256)
def numbered(text: str) -> Names:
    """The things that a text tells apart by a number, in English or Chinese."""
    return frozenset(_numbered(fold(text)))


def _numbered(text: str) -> Iterator[tuple[str, int]]:
    for kind, number in _CODE.findall(text):
        if kind not in _NO_CODE:
            yield kind, int(number)
    for kind, number in _COUNTED.findall(text):
        if kind != "year" or not re.fullmatch(r"\d{4}", number):
            yield _SAME.get(kind, kind), _value(number)
    for number, kind in _RANKED.findall(text):
        yield _SAME.get(kind, kind), _value(number)
    for first, of_first, second, of_second in _CHINESE.findall(text):
        kind = of_first or of_second
        yield _SAME.get(kind, kind), int(_chinese_value(first or second))


def _value(number: str) -> int:
    return ORDINALS.get(number) or WORDS.get(number) or int(re.sub(r"\D", "", number))


def _chinese_value(numeral: str) -> str:
    return with_digits(f"第{numeral}")[1:]


def _stands_in(number: int, text: str) -> bool:
    """Whether a text holds a number by itself, or within a range."""
    found = _CHINESE_NUMERAL.sub(lambda numeral: _chinese_value(numeral.group()), fold(text))
    within = any(int(first) <= number <= int(last) for first, last in _RANGE.findall(found))
    return within or re.search(rf"(?<!\d){number}(?!\d)", found) is not None
