"""A sentence as the tokens that are compared: numbers and dates in one form, English words by their stem, Chinese characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rag_app.citing import numbers
from rag_app.citing.senses import SAME_WORD, same_sense
from rag_app.citing.word_lists import (
    ARTICLES,
    BE,
    BE_PAST,
    BE_PRESENT,
    CONJUNCTIONS,
    PLACES,
    PLAIN_IN_LY,
    PREPOSITIONS,
    TURNING,
    WEIGHTY,
)
from rag_app.citing.word_lists_chinese import CHINESE_LIGHT
from rag_app.text.dates import month_number
from rag_app.text.folding import fold
from rag_app.text.stems import stem

_MOST_KEPT = 500  # the sentences of a few answers
_LONGEST_LOOK = 8


class Kind(Enum):
    """What a token does in its sentence."""

    NUMBER = "number"
    NAME = "name"
    WORD = "word"
    HAN = "han"
    ARTICLE = "article"
    BE = "be"
    PREPOSITION = "preposition"
    CONJUNCTION = "conjunction"
    POSSESSIVE = "possessive"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its key is compared, its form is the folded word as it stands there."""

    key: str
    form: str
    kind: Kind

    @property
    def is_content(self) -> bool:
        return self.kind in (Kind.NUMBER, Kind.NAME, Kind.WORD, Kind.HAN)

    @property
    def is_turning(self) -> bool:
        return self.form in TURNING

    @property
    def is_weighty(self) -> bool:
        is_adverb = self.kind is Kind.WORD and self.form.endswith("ly")
        return self.form in WEIGHTY or self.form in TURNING or (is_adverb and self.form not in PLAIN_IN_LY)


_DATE = (
    r"(?P<y1>\d{4})年(?:(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})[日号])?)?|(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]|"
    r"(?<![\d.])(?P<y3>\d{4})(?P<apart>[-./])(?P<m3>0?[1-9]|1[0-2])(?P=apart)(?P<d3>0?[1-9]|[12]\d|3[01])(?![-./]?\d)|"
    r"(?<![\d.])(?P<d7>0?[1-9]|[12]\d|3[01])\.(?P<m7>0?[1-9]|1[0-2])\.(?P<y7>\d{4})(?![-./]?\d)|"
    rf"(?<![\w.])(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<n4>{numbers.MONTH})\b(?:,?\s+(?P<y4>\d{{4}})\b)?|"
    rf"\b(?P<n5>{numbers.MONTH})\s+(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)(?:,?\s+(?P<y5>\d{{4}})\b)?|"
    rf"\b(?P<n6>{numbers.MONTH}),?\s+(?P<y6>\d{{4}})\b"
)
_OF_MONEY = r"(?:[$€£¥]|euro|dollar|pound|eur\b|usd\b|gbp\b)"
_NUMBER = (
    r"(?:(?P<money>(?:US|HK|NZ|[ACS])\$|[$€£¥])\s*)?"
    r"(?:(?P<comma>\d{1,3}(?:\.?\d{3})*,\d\d(?=\s?€)|\d{1,3}(?:\.\d{3})+,\d\d?(?!\d))"
    r"|(?P<digits>(?:\d{1,2}(?:,\d\d)+,\d{3}(?!\d)|\d+(?:,\d{3})*)(?:\.\d+)?)(?P<nth>st|nd|rd|th)?)"
    r"(?:\s*(?P<times>(?:hundred|thousand|million|billion|trillion|bn)\b|(?<=\d)k\b|千万|百万|万亿|万|亿|千(?!米|克)|百(?!分)"
    rf"|(?:mln|mn|m)\b(?:(?(money)|(?!))|(?=\s?{_OF_MONEY}))))?"
    r"(?:\s?(?P<paid>[$€£¥])(?!\s?\d))?"
)
_WORD = r"(?P<word>[^\W\d_\u3400-\u9fff\uf900-\ufaff]+(?:'t\b|(?:[-&.][^\W_\u3400-\u9fff\uf900-\ufaff]+)*))"
_TOKEN = re.compile(
    rf"{_DATE}|{_NUMBER}|(?P<han>[\u3400-\u9fff\uf900-\ufaff])|(?P<percent>%|\bper\s?cent\b)|"
    rf"(?P<possessive>'s\b|(?<=s)'(?=\s))|{_WORD}|"
    r"(?P<mark>[^\w\s\"“”‘’'「」《》*])",
    re.IGNORECASE,
)
_MONEY = {"$": "dollar", "us$": "dollar", "€": "euro", "£": "pound", "¥": "yuan"}
_UNITS = {
    "kilometers": "km",
    "kilometres": "km",
    "kilometer": "km",
    "kilometre": "km",
    "kilograms": "kg",
    "meters": "m",
    "metres": "m",
}
# Marks that say something: at most, about, and more, a unit by another, a currency.
_TELLING = frozenset("<>≤≥±≈~+/‰₩₹₽°")
# A sign of its own, and not the dash of a range, a date, a code or a list.
_MINUS = "−"
_NEGATIVE = re.compile(r"(?:^|(?<![\d%℃])\s|[(:,]|(?<![\d].)(?<![\d]..)(?<![\d]...)(?<=[\u3400-\u9fff]))[-−–]$|\bminus\s$|零下$")
_POINT = re.compile(r"(?<![\w.)\]])\.$")
_AT_TIME = re.compile(r"(?:(?<![早晚先迟高低多少大小优等位介处属])于|(?<![存现正所旨实内])在)(?=\d{1,4}[年月])")
_IS = re.compile("(?<![成称因认作以行改名分视誉定命列设任人略尤颇极较更最])为(?![了何止期主首])")
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")
_ONE = re.compile("(?<=[是为有了成])一[个种位名座家只条本部](?!月)")


@lru_cache(_MOST_KEPT)
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a sentence, in order. Quotation marks and Chinese particles that change nothing are left out."""
    raised = _RAISED.sub(r"^\g<0>", " ".join(text.split()))
    plain = unicodedata.normalize("NFKC", raised).replace("’", "'")
    plain = same_sense(numbers.with_digits(_ONE.sub("", _IS.sub("是", _GAP.sub("", plain)))))
    plain = _AT_TIME.sub("", plain)
    return tuple(_joined([token for match in _TOKEN.finditer(plain) for token in _read(match, plain)]))


def _read(match: re.Match[str], text: str) -> Iterator[Token]:
    found = match.groupdict()
    before = text[max(0, match.start() - _LONGEST_LOOK) : match.start()]
    if found["han"]:
        form = fold(found["han"])
        if form not in CHINESE_LIGHT and form != "第":
            yield Token(form, form, Kind.HAN)
    elif found["word"]:
        yield _word(found["word"], before, text[match.end() : match.end() + _LONGEST_LOOK])
    elif held := found["digits"] or (found["comma"] or "").replace(".", "").replace(",", "."):
        digits = f"0.{held}" if _POINT.search(before) else held
        key = numbers.scaled(digits, (found["times"] or "").lower())
        sign = "#" if found["nth"] or before.endswith("第") else _MINUS if _NEGATIVE.search(before) else ""
        yield Token(sign + key, key, Kind.NUMBER)
        if money := (found["money"] or found["paid"] or "").lower():
            yield Token(_MONEY.get(money, money), "", Kind.WORD)
    elif found["percent"]:
        yield Token("%", "%", Kind.WORD)
    elif found["possessive"]:
        yield Token("'s", "'s", Kind.POSSESSIVE)
    elif found["mark"]:
        yield Token(found["mark"], found["mark"], Kind.WORD if found["mark"] in _TELLING else Kind.MARK)
    elif date := _date(found):
        yield Token(date, date, Kind.NUMBER)


def _date(found: dict[str, str | None]) -> str:
    year, month, day = (
        "".join(found[key] or "" for key in keys)
        for keys in (("y1", "y3", "y4", "y5", "y6", "y7"), ("m1", "m2", "m3", "m7"), ("d1", "d2", "d3", "d4", "d5", "d7"))
    )
    name = "".join(found[key] or "" for key in ("n4", "n5", "n6"))
    month = str(month_number(name)) if name else month.lstrip("0")
    return f"{year}-{month}-{day.lstrip('0')}" if year or month else ""


def _word(word: str, before: str, after: str) -> Token:
    form = SAME_WORD.get(word, fold(word))
    if all(part in numbers.WORDS for part in form.split("-")):
        return Token(str(sum(numbers.WORDS[part] for part in form.split("-"))), form, Kind.NUMBER)
    if form in numbers.ORDINALS:
        return Token(f"#{numbers.ORDINALS[form]}", form, Kind.NUMBER)
    if form.endswith("n't"):
        return Token("not", "not", Kind.WORD)
    if form in _FUNCTIONS and not (word == "A" and after[:1].isdigit()):
        return Token(_function_key(form), form, _FUNCTIONS[form])
    opens = not before.strip() or before.rstrip()[-1] in ".!?。"
    is_name = word[0].isupper() and (not opens or after.lstrip()[:1].isupper())
    return Token(form if is_name else _UNITS.get(form, stem(form)), form, Kind.NAME if is_name else Kind.WORD)


_FUNCTIONS = (
    dict.fromkeys(CONJUNCTIONS, Kind.CONJUNCTION)
    | dict.fromkeys(PREPOSITIONS, Kind.PREPOSITION)
    | dict.fromkeys(ARTICLES, Kind.ARTICLE)
    | dict.fromkeys(BE, Kind.BE)
)


def _function_key(form: str) -> str:
    if form in PLACES:
        return "in"
    return "is" if form in BE_PRESENT else "was" if form in BE_PAST else form


def word(form: str) -> Token:
    """The token of an English word."""
    return _word(form, "a", "")


def mark(sign: str) -> Token:
    """The token of a mark."""
    return Token(sign, sign, Kind.MARK)


def _joined(found: list[Token]) -> Iterator[Token]:
    """Number words that make one number (thirty five, five million) as one token."""
    last: Token | None = None
    for token in found:
        if last and last.kind is Kind.NUMBER and token.form in numbers.MULTIPLIERS:
            last = Token(numbers.scaled(last.key, token.form), last.form, Kind.NUMBER) if last.key.isdigit() else last
            continue
        if last:
            yield last
        last = token
    if last:
        yield last


def same(written: Token, held: Token) -> bool:
    """Whether a written token says what the held one says: names exactly, words in any inflection that keeps past and present."""
    if written.kind is Kind.NUMBER and held.kind is Kind.NUMBER:
        return numbers.same_number(written.key, held.key)
    if Kind.NAME in (written.kind, held.kind):
        return written.form == held.form
    if written.kind is Kind.WORD and held.kind is Kind.WORD:
        return written.key == held.key and written.form.endswith("ed") == held.form.endswith("ed")
    return written.key == held.key


def has_chinese(found: tuple[Token, ...]) -> bool:
    """Whether a sentence is Chinese: it has more characters than words of letters, however many numbers stand among them."""
    words = sum(token.kind in (Kind.WORD, Kind.NAME) and token.form.isalpha() for token in found)
    return sum(token.kind is Kind.HAN for token in found) > words
