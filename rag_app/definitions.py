"""What a thing is, is told by the sentence that says so, a clause by the one with its number: such a sentence comes first."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from rag_app.records import Evidence
from rag_app.text.clauses import clause_begun
from rag_app.text.folding import fold

# How many times likelier a sentence is that says what the thing is (docs/decisions.md).
TIMES = 16.0
_BRACKETS = r"(?:\s?[(（][^()（）]{1,80}[)）])?"
_QUOTE = r"[\"“”'‘’`「」『』《》]*"
_BEFORE = r"(?:(?:^(?:\(?\d{1,2}[.)]?)?|[.:;,。：；，—–])\s?|\b(?:that|and|or|where|here|hence|since|because|term) )"
_ARTICLE = r"(?:an? |the )?"
_KIND = r"(?:an?|any|one of|when|where|how|to|the(?! (?:most|least|same|only|first|second|last|\w+est)\b)) "
_TELLING = r"(?: for [^.,;]{3,40})?,? (?:means?|refers? to|stands? for|denotes?|(?:is|are) defined|describes?|consists? of) "
_NAMING = r"(?:known as|termed|named|dubbed|introduc(?:es?|ing)|presents?|proposes?)"
_CALLING = r"(?:called|(?:we|they|people|also|\w+ly) calls?) (?:\S+ ){0,6}?"


def defining_first(evidence: Sequence[Evidence], thing: str) -> tuple[Evidence, ...]:
    """`evidence`, best first, where sentences that say what the `thing` is, if one is asked for, have more of its chances."""
    if not thing:
        return tuple(evidence)
    return lifted(evidence, [_says(_in_a_line(one), thing) for one in evidence])


def clause_first(evidence: Sequence[Evidence], numbers: Collection[str]) -> tuple[Evidence, ...]:
    """`evidence`, best first, where sentences that begin clauses of these `numbers` have more of its chances."""
    return lifted(evidence, [clause_begun(one.text) in numbers for one in evidence]) if numbers else tuple(evidence)


def lifted(evidence: Sequence[Evidence], are_meant: Sequence[bool]) -> tuple[Evidence, ...]:
    """`evidence`, best first, where sentences that are meant have more of its chances."""
    chances = [one.score * (TIMES if is_meant else 1.0) for one, is_meant in zip(evidence, are_meant, strict=True)]
    total = sum(chances) / (sum(one.score for one in evidence) or 1.0)
    told = (replace(one, score=chance / total) for one, chance in zip(evidence, chances, strict=True))
    return tuple(sorted(told, key=lambda one: -one.score))


def _says(text: str, thing: str) -> bool:
    """Whether a sentence, folded, says what a thing is."""
    return re.search(_words(thing), text) is not None and _forms(thing).search(text) is not None


def _words(thing: str) -> str:
    """A thing's words, one or several of it, joined as they may be."""
    one = thing[:-1] if thing[-1:] == "s" and thing[-2:] != "ss" else thing
    return r"[\s-]".join(map(re.escape, re.split(r"[\s-]+", one)))


@lru_cache(64)
def _forms(thing: str) -> re.Pattern[str]:
    """How a sentence, folded, says what a thing is, in English or in Chinese."""
    words = _words(thing)
    named = rf"{_QUOTE}(?<![^\W\d_㐀-鿿]){words}(?:e?s)?(?![^\W_㐀-鿿]){_QUOTE}"
    name = rf"{_ARTICLE}(?:{named}{_BRACKETS}|[^.,;()]{{3,60}} \({named}\))"
    return re.compile(
        rf"{_BEFORE}{name}(?: (?:is|are|was|were) (?:(?:called|defined as) )?{_KIND}"
        rf"|{_TELLING}|, (?:an?|the) (?!same\b))"
        rf"|^{name}\s?(?:[:：=]|[—–-]\s)|\b(?:{_CALLING}|{_NAMING} ){_ARTICLE}{named}(?=$|[.,;:(]| (?:is|for|that|which|to)\b)"
        rf"|{named}{_BRACKETS}\s?(?:是指|指的是|意为|意思是|(?:被)?定义为|(?:[^。；]{{0,40}}[，,])?(?:就是|即|是(?![否不什哪])))"
        rf"|(?:称为|称作|称之为|叫做|叫作|简称为?|又称|又名|也叫|俗称|所谓的?)\s?{named}"
    )


def _in_a_line(evidence: Evidence) -> str:
    return " ".join(fold(evidence.text).split())
