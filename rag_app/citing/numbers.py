"""Numbers and dates in one spelling: 5 for five and 五, 5000000 for 5 million, and one form for every way to write a date."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from rag_app.text.dates import MONTHS
from rag_app.text.numerals import has_places, value_of

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
WORDS = {word: value for value, word in enumerate(_ONES.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), start=2)
}
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)}
MULTIPLIERS = {
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "万": 4,
    "亿": 8,
    "万亿": 12,
    "千万": 7,
    "百万": 6,
    "千": 3,
    "百": 2,
}
# Letters for them, right behind a number: 3bn, 5k, and of money 2m.
_LETTERS = {"bn": 9, "k": 3, "m": 6, "mn": 6, "mln": 6}
MONTH = "|".join((*MONTHS, *(f"{name[:3]}\\b\\.?" for name in MONTHS if name != "may"), "sept\\b\\.?"))
_OF_YEAR = 4
# At most 24 signs, as no number that is said has more: without an end a long row of them takes the square of its length.
_NUMERAL = re.compile(
    "[一二三四五六七八九十百千两]{1,24}万[零一二三四五六七八九十百千两]{1,24}(?=[个人名元次座家只米公吨])|"
    "(?<=第)[一二三四五六七八九十百千两]{1,24}|(?<=百分之)[〇零一二三四五六七八九十百]{1,24}|"
    "(?<!\\d)(?!百分之)[〇零一二三四五六七八九十百千两]{1,24}"
    "(?=[万亿年月日号个人元名次岁度届倍米公吨座家只本位种条处场天周项艘辆架枚时分秒世层票篇部勺台顿升]|小时)|"
    "[一二三四五六七八九十两]{1,24}(?=分钟|点(?:[半钟整]|[一二三四五六七八九十]{1,24}分))|"
    "(?<=[上下中]午)[一二三四五六七八九十两]{1,24}(?=点)"
)
_ABOUT = re.compile("[一二三四五六七八九两]{2}")
_PERCENT = re.compile(r"百分之(\d+(?:\.\d+)?)")
_PLACE = r"(\d+(?:\.\d+)?)(万亿|千万|百万|亿|万|千|百)?"
_PLACES = re.compile(_PLACE)
_IN_PLACES = re.compile(rf"(?<![\d.])\d+(?:\.\d+)?(?:万亿|亿|万)(?:零?{_PLACE})+(?![\d.百千万亿])")


def with_digits(text: str) -> str:
    """`text` with its Chinese numerals as digits, where a unit follows or 第 stands before; 七八个 and 三四百人 are no number."""
    digits = _NUMERAL.sub(lambda match: _exact(match.group()), text)
    return _PERCENT.sub(r"\1%", _IN_PLACES.sub(lambda match: _of_places(match.group()), digits))


def scaled(digits: str, multiplier: str) -> str:
    """The value of digits and the word that multiplies them, without needless zeros."""
    value = Decimal(digits.replace(",", "")).scaleb(MULTIPLIERS.get(multiplier) or _LETTERS.get(multiplier, 0))
    return format(value.normalize(), "f")


def same_number(written: str, held: str) -> bool:
    """Whether a number or a date (year-month-day, each may be empty) says no more than the one held."""
    if "-" not in written and "-" not in held:
        return written == held
    said, known = ((*key.split("-"), "", "")[:3] for key in (written, held))
    return all(not mine or mine == its for mine, its in zip(said, known, strict=True))


def _exact(numeral: str) -> str:
    is_year = len(numeral) == _OF_YEAR and not has_places(numeral)
    return numeral if _ABOUT.search(numeral) and not is_year else str(value_of(numeral))


def _of_places(number: str) -> str:
    """3亿5千万 and 1万2000 as one number; as it stands where its parts do not get smaller (3万5), so that it may be none."""
    parts = [(digits, MULTIPLIERS.get(place, 0)) for digits, place in _PLACES.findall(number)]
    for (_, above), (digits, place) in pairwise(parts):
        if len(digits.split(".")[0]) + place > above or not (place or len(digits) == _OF_YEAR):
            return number
    return format(sum((Decimal(digits).scaleb(place) for digits, place in parts), Decimal()).normalize(), "f")
