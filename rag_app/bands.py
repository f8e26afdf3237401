"""Amounts that fall into a band (3 kg into "2 to 5 kg", 五天 into 三天以上十天以内): numbers are compared, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import inf

from rag_app.citing import MULTIPLIERS, WORDS
from rag_app.records import Evidence
from rag_app.text.cells import row_of
from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.dates import MONTHS
from rag_app.text.folding import fold
from rag_app.text.numerals import value_of
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import any_of

_DAY = 86_400.0
# What is measured, in which units, and how much of the smallest one is. Other nouns measure themselves (25 desks).
_MEASURES: Mapping[str, Mapping[str, float]] = {
    "time": {
        "second sec 秒": 1,
        "minute min 分钟": 60,
        "hour hr h 小时 个小时 钟头 个钟头": 3600,
        "day night 天 日 个工作日 工作日": _DAY,
        "week 周 星期 个星期": 7 * _DAY,
        "month 个月": 365 / 12 * _DAY,
        "year yr 年 岁 周岁": 365 * _DAY,
    },
    "weight": {"gram g 克": 1, "斤": 500, "kilo kilogram kg 公斤 千克": 1e3, "tonne ton 吨": 1e6},
    "length": {"mm 毫米": 1, "cm 厘米 公分": 10, "m metre meter 米": 1e3, "km kilometre kilometer 公里 千米": 1e6},
    "area": {"m2 sqm 平方米 平米": 1},
    "volume": {"ml 毫升": 1, "litre liter l 升": 1e3, "m3 立方米": 1e6},
    "euros": {"euro eur € 欧元 欧": 1},
    "dollars": {"dollar usd $ 美元": 1},
    "pounds": {"pound gbp £ 英镑": 1},
    "yuan": {"yuan rmb cny ¥ 元 块 块钱": 1},
    "people": {"person people guest participant member visitor 人 位": 1},
    "power": {"kwh 度 千瓦时": 1},
    "share": {"% percent": 1},
    "points": {"point 分": 1},
}
_UNITS = {
    unit: (measure, size) for measure, sizes in _MEASURES.items() for units, size in sizes.items() for unit in units.split()
}
_CHINESE = "|".join(sorted((unit for unit in _UNITS if unit[0] >= "\u4e00"), key=len, reverse=True))
# 三年级 tells no years, 二十分店 no points.
_CHINESE_UNIT = rf"(?:{_CHINESE})(?!(?<=年)[级度底初末\d]|(?<=分)[店之公]|(?<=人)民|(?<=位)[置于]|(?<=日)报)"
_SCALES = {name: 10.0**places for name, places in sorted(MULTIPLIERS.items(), key=lambda both: -len(both[0]))}
_NUMBER = re.compile(
    r"(?:(?P<sign>[€$£¥])\s?)?(?<![a-z\d])(?<!\d[.,])(?P<number>\d+(?:[.,]\d+)*)(?!\d)"
    rf"(?:\s?(?P<scale>{'|'.join(_SCALES)}))?(?:\s?(?P<unit>{_CHINESE_UNIT}|m[23]|[%€])|[\s-]?(?P<word>[a-z]+)(?![a-z]))?"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_YEAR_OF_TIME = 1000
# Dates, times of the day and fractions are no amounts.
_TIME = re.compile(r"(?<!\d)(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d|\d{1,4}/\d{1,4}|\d{1,2}月(?:\d{1,2}[日号])?)")
_WORD = re.compile(rf"\b(?:{any_of(' '.join(WORDS))})\b")
_SIGN = "[零一二两三四五六七八九十百千]"
_NUMERAL = re.compile(rf"(?<![\d第几万零一二两三四五六七八九十百千]){_SIGN}{{1,9}}(?:万{_SIGN}{{0,9}})?(?={_CHINESE_UNIT})")
_NO_UNITS = STOPWORDS | {month[:length] for month in MONTHS for length in (3, len(month))} | {"old", "time"}
_ONE = re.compile(r"\ban?(?= (?:minute|hour|day|night|week|month|year|kilo|litre|metre|person)\b)")
_HALF = re.compile(r"\bhalf (?:an? )?(?=hour|day|year|month)|(?<![个零一二两三四五六七八九十\d])半(?=个?小时|个?钟头|天|年|个月)")
_ABOUT = re.compile("[一二两三四五六七八九]{2}")
_TO, _AND, _BETWEEN = re.compile(r"\s?(?:[-–—~至到]|\bto\b)\s?"), re.compile(r"\s?\band\s?"), re.compile(r"\bbetween\s$")
_LOWER_AND = re.compile(r"\s?[,、，]?\s?(?:and|but|且|而|但)?\s?")
# What tells the unit before a number without one: "aged 6", "a group of 12".
_BEFORE_NUMBER = {
    "year": re.compile(r"\bage[ds]?\s(?:of\s|from\s)?$"),
    "person": re.compile(r"\b(?:group|party|class|team)\sof\s$"),
}
# What stands before a bound or behind it, whether that is the lower one, and whether it is within.
_BEFORE = (
    (r"(?:no|not) (?:more|longer|heavier|older|higher|later) than|not exceeding|up to(?: and including)?|at most", False, True),
    (r"max(?:imum|\.)?(?: of)?|within|≤|<=|不超过|不高于|不多于|不大于|至多|最多", False, True),
    (r"(?:less|fewer|lighter|shorter|younger|lower|smaller|cheaper) than|under|below|<", False, False),
    (r"低于|少于|小于|不足|不满|未满|不到", False, False),
    (r"(?:no|not) (?:less|fewer|younger|shorter) than|at least|min(?:imum|\.)?(?: of)?|from|≥|>=", True, True),
    (r"不低于|不少于|不小于|至少|(?<!未)(?<!不)满", True, True),
    (r"(?<!not )(?:more|longer|heavier|older|higher|larger|bigger|greater) than|over|above|(?<!not )exceeding|>", True, False),
    (r"高于|多于|大于|(?<!不)超过|超出", True, False),
)
_BEHIND = (
    (r"[及或]?以[内下里]|之?内|or (?:less|fewer|below|under|younger|shorter)\b", False, True),
    (r"\+|[及或]?以[上外后]|(?:or|and) (?:more|above|over|older|longer|up|upwards|higher)\b", True, True),
)
_BEFORE_IT = [(re.compile(rf"(?:{said})\s?-?$"), lower, within) for said, lower, within in _BEFORE]
_BEHIND_IT = [(re.compile(rf"\s?(?:{said})\s?(?P<unit>[a-z]*)"), lower, within) for said, lower, within in _BEHIND]
_LOOKED_AT = 32  # characters before a number
_UNIT_OF_COLUMN = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]")
_LONGEST_BAND = 24
# How many times as large a unit may be as that of a band: a week is so many hours, a year too many days.
MOST_APART = 200


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the smallest unit of what it measures; where no unit is told the measure is empty."""

    value: float
    measure: str
    size: float = field(default=1.0, compare=False)  # of the unit that it is told in


@dataclass(frozen=True, slots=True)
class Band:
    """Amounts of a measure from `low` to `high`, each within it or not; one of an empty measure may be of any."""

    measure: str
    low: float = -inf
    high: float = inf
    with_low: bool = True
    with_high: bool = True
    size: float = field(default=1.0, compare=False)  # of the unit that it is told in

    def holds(self, amount: Amount) -> bool:
        """Whether an amount of its measure is within."""
        is_above = amount.value > self.low or (self.with_low and amount.value == self.low)
        is_below = amount.value < self.high or (self.with_high and amount.value == self.high)
        return is_above and is_below

    def compares(self, amount: Amount) -> bool:
        """Whether an amount is of its measure, and told in a unit of about its size: an age is in no band of hours."""
        return not self.measure or (self.measure == amount.measure and amount.size <= MOST_APART * self.size)

    def is_around(self, other: Band) -> bool:
        """Whether another band lies within this one, and is not the same."""
        return self.low <= other.low and other.high <= self.high and (self.low, self.high) != (other.low, other.high)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a text with its unit, and where both stand."""

    start: int
    end: int
    value: float
    unit: str

    def amount(self, unit: str = "") -> Amount:
        """What it says, in `unit` where it tells none."""
        measure, size = _UNITS.get(self.unit or unit, (self.unit or unit, 1.0))
        return Amount(self.value * size, measure, size)


@dataclass(frozen=True, slots=True)
class _Bound:
    """What bounds a band, from where to where it stands."""

    band: Band
    start: int
    end: int


def in_band(evidence: Sequence[Evidence], question: str) -> tuple[Evidence, ...]:
    """`evidence`, best first, where of the sentences below the same headings that tell bands of an amount that the question says
    the one whose band holds it has the chances of all; of several, the one with the narrowest."""
    found = list(evidence)
    for amount in amounts_asked(question):
        for places in bands_told(found, amount):
            if len(set(places.values())) == 1:
                continue
            held = {at: band for at, bands in places.items() for band in bands if band.holds(amount)}
            best = [at for at, band in held.items() if not any(map(band.is_around, held.values()))]
            total, likely = (sum(found[at].score for at in some) for some in (places, best))
            for at in places if best else ():
                share = found[at].score / likely if likely else 1 / len(best)
                found[at] = replace(found[at], score=total * share if at in best else 0.0)
    return tuple(sorted(found, key=lambda one: -one.score))


@lru_cache(64)
def amounts_asked(question: str) -> tuple[Amount, ...]:
    """The amounts that a question says, but for those that bound what it asks for ("Which cost less than 5 euros?")."""
    text = _plain(question)
    bounds = list(_bounds(text, ""))
    asked = (one for one in _numbers(text) if not any(bound.start <= one.start < bound.end for bound in bounds))
    return tuple(dict.fromkeys(one.amount() for one in asked))


@lru_cache(512)
def bands_in(text: str, unit: str = "") -> tuple[Band, ...]:
    """The bands that a text tells, in `unit` where it tells none."""
    return tuple(bound.band for bound in _bounds(_plain(text), unit))


def bands_told(evidence: Sequence[Evidence], amount: Amount) -> Iterator[dict[int, tuple[Band, ...]]]:
    """Where sentences with bands of what an amount measures stand, with these, by what they stand under."""
    groups: dict[tuple[str, ...], dict[int, tuple[Band, ...]]] = {}
    for at, one in enumerate(evidence):
        passage = one.stored.passage
        bands = tuple(band for band in _bands_of(one) if band.compares(amount))
        if bands:
            headings = (name for name in passage.heading_path if BETWEEN_CELLS not in name)
            groups.setdefault((passage.document_id, *headings), {})[at] = bands
    yield from groups.values()


def _bands_of(sentence: Evidence) -> Iterator[Band]:
    """The bands that a sentence tells; of a row each cell, by the unit in the name of its column, that tells nothing else."""
    cells = row_of(sentence.stored.passage, sentence.start, sentence.end)
    if not cells:
        yield from (band for band in bands_in(sentence.text) if band.measure)
    for name, cell in cells:
        unit = _UNIT_OF_COLUMN.search(fold(name))
        bands = bands_in(cell, unit[1] if unit else "")
        yield from bands if len(cell) <= _LONGEST_BAND else (band for band in bands if band.measure)


def _plain(text: str) -> str:
    """A text as it is compared, its numerals in digits."""
    one = _ONE.sub("1", _HALF.sub("0.5 ", _TIME.sub(" ", fold(text))))
    digits = _WORD.sub(lambda word: str(WORDS[word.group()]), one)
    return _NUMERAL.sub(lambda found: found.group() if _ABOUT.search(found.group()) else str(value_of(found.group())), digits)


def _numbers(text: str) -> Iterator[_Number]:
    for match in _NUMBER.finditer(text):
        digits, word = match["number"], (match["word"] or "").removesuffix("s")
        plain = digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
        if plain.count(".") > 1:
            continue
        value = float(plain) * _SCALES.get(match["scale"] or "", 1.0)
        is_noun = word in _UNITS or (len(word) > 2 and _NO_UNITS.isdisjoint((word, match["word"])))
        unit = match["sign"] or match["unit"] or (word if is_noun else "")
        if match["word"] == "s":
            unit = "year"  # under 4s
        elif unit not in _UNITS:
            unit = next(
                (of for of, before in _BEFORE_NUMBER.items() if before.search(text, _near(match.start()), match.start())), unit
            )
        is_date = unit == "年" and value >= _YEAR_OF_TIME
        end = match.start("word") if word and (match["sign"] or not is_noun) else match.end()
        yield _Number(match.start(), end, value, "" if is_date else unit)


def _bounds(text: str, unit: str) -> Iterator[_Bound]:
    """The bands of a plain text; a lower bound and an upper one behind it are one."""
    last: _Bound | None = None
    for one in _single_bounds(text, unit):
        both = _both(last.band, one.band) if last and _LOWER_AND.fullmatch(text[last.end : one.start]) else None
        if last and not both:
            yield last
        last = _Bound(both, last.start, one.end) if last and both else one
    if last:
        yield last


def _both(lower: Band, upper: Band) -> Band | None:
    """The band between two bounds, if they are a lower and an upper one of a measure."""
    if (lower.high, upper.low) != (inf, -inf) or lower.measure not in ("", upper.measure):
        return None
    low = lower.low * (1.0 if lower.measure else upper.size)
    return replace(upper, low=low, with_low=lower.with_low) if low < upper.high else None


def _single_bounds(text: str, unit: str) -> Iterator[_Bound]:
    numbers = list(_numbers(text))
    while numbers:
        one = numbers.pop(0)
        if numbers and _is_range(text, one, numbers[0]):
            other = numbers.pop(0)
            low, high = one.amount(other.unit or unit), other.amount(one.unit or unit)
            yield _Bound(Band(high.measure, low.value, high.value, size=high.size), one.start, other.end)
            continue
        until = numbers[0].start if numbers else len(text)
        for bound, is_lower, is_within in _BEFORE_IT:
            if before := bound.search(text, _near(one.start), one.start):
                yield _Bound(_half(one.amount(unit), is_lower, is_within), before.start(), one.end)
                break
        else:
            for bound, is_lower, is_within in _BEHIND_IT:
                if behind := bound.match(text, one.end, until):
                    told = behind["unit"].removesuffix("s")
                    amount = one.amount(told if told and told not in STOPWORDS and not one.unit else unit)
                    yield _Bound(_half(amount, is_lower, is_within), one.start, behind.end())
                    break


def _is_range(text: str, one: _Number, other: _Number) -> bool:
    between = text[one.end : other.start]
    is_told = _TO.fullmatch(between) or (_AND.fullmatch(between) and _BETWEEN.search(text, _near(one.start), one.start))
    return bool(is_told) and one.amount(other.unit).value < other.amount(one.unit).value


def _near(start: int) -> int:
    """From where on what stands before a number is looked at: not all of a long text for each."""
    return max(0, start - _LOOKED_AT)


def _half(amount: Amount, is_lower: bool, is_within: bool) -> Band:
    if is_lower:
        return Band(amount.measure, low=amount.value, with_low=is_within, size=amount.size)
    return Band(amount.measure, high=amount.value, with_high=is_within, size=amount.size)
