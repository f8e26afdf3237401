"""What an English question for all below or above a bound asks of each: which cost less than 100 euros, how much each costs."""

from __future__ import annotations

import re

from rag_app.querying.ends import bounds_of
from rag_app.querying.english_extremes import SUPERLATIVE, extreme_of, plain
from rag_app.querying.english_words import DAYS_AND_MONTHS
from rag_app.records import Extreme

LONGEST_UNASKED = 10
_NAMED = rf"(?:{'|'.join(sorted(DAYS_AND_MONTHS))})"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}"
    rf"|(?:{_DAY}\s+(?:of\s+)?{_NAMED}|{_NAMED}\s+{_DAY})(?!\d)(?:,?\s+\d{{4}})?"
)
_NUMBER = (
    rf"(?:{_DATE}|(?:{_NAMED}\s+)?(?:minus\s|[-−])?(?:(?:US|HK)?[$€£¥]\s?)?\d(?:[\d,.]*\d)?"
    r"(?:\s?%|\s?°\s?[CF]\b|\s?[^\W\d_]{1,3}[²³]?(?![^\W\d_])|\s[^\W\d_]{3,})?)"
)
_UNTIL_UNIT = re.compile(r"(?:minus\s)?[^A-Za-z]*")
_DATED = re.compile(rf"{_NAMED}\b|(?:1[5-9]|20)\d\d$|{_DATE}", re.IGNORECASE)
_DAYS = re.compile(_DATE, re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]|\b(?:euros?|dollars?|pounds?|yuan|rmb|cents?|usd|eur|gbp|cny)\b", re.IGNORECASE)
_BELOW = "less|fewer|cheaper|lower|smaller|shorter|lighter|younger|earlier"
_ABOVE = "more|higher|larger|bigger|greater|longer|heavier|older|later"
_BOUND = re.compile(
    rf"\b(?:(?P<least>(?:no|not)\s+(?:{_BELOW})\s+than|at\s+least)|(?P<above>(?:{_ABOVE})\s+than|over|above|exceed(?:s|ing)?|after)"
    rf"|(?P<most>(?:no|not)\s+(?:{_ABOVE})\s+than|at\s+most|up\s+to|not\s+exceeding)|(?P<below>(?:{_BELOW})\s+than|under|below|before))"
    rf"\s+(?P<number>{_NUMBER})(?![\d%])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\bbetween\s+(?P<from>{_NUMBER})\s+and\s+(?P<number>{_NUMBER})(?![\d%])", re.IGNORECASE)
_DATE_WORD = re.compile(r"before|after|earlier|later", re.IGNORECASE)
_ASKS = re.compile(
    r"\W*(?:(?:and|but|so|then)\b\W*)?(?:(?P<who>who)\b|whose\b|(?:(?:in|on|at|for|from|of)\s+)?which\b(?:\s+of\s+(?:the|these|my|our)\b)?|(?:list|show|find|give)\b(?:\s+me\b)?"
    r"(?:\s+all\b)?|(?:are|is)\s+there\b(?:\s+an?y?\b)?|(?:do|can)\s+(?:we|you|i)\s+(?:have|get|find|book)\b(?:\s+an?y?\b)?|any\b|all\b"
    r"|what\s+(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|happen|if\b|about\b)(?=\w+s\b))",
    re.IGNORECASE,
)
# Words with which something else is asked, or the bound is a condition of it.
_OTHER = re.compile(
    r"\b(?:how|why|when|where|what|who|whose|if|or|and|but|not|no|does|did|must|should|need|than|because|before|after|most|least|first|last)\b|[,;]",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"(?P<things>.+?)\s+(?:have|has|had|with|is|was|are|were)(?:\s+(?:an?|the))?(?:\s+(?P<measure>.+))?", re.IGNORECASE
)
_COST = re.compile(
    r"\s*\b(?:costs?|costing|priced(?:\s+at)?|can\s+(?:i|we)\s+(?:get|have|buy|book)(?:\s+for)?|for)$", re.IGNORECASE
)
_NEW = re.sub(r"\?P<\w+>", "", f"{_BETWEEN.pattern}|{_BOUND.pattern}")
_ALONE = re.compile(
    r"\W*(?:(?:and|but|or|so|then|ok|okay|what\s+about|how\s+about|which|ones?|is|are|those|anything|any)\b[\s,]*)*"
    rf"(?P<bound>{_NEW})\W*",
    re.IGNORECASE,
)
_PER = re.compile(r"\s+(?:per|an?|each)\s+[^\W\d_]+", re.IGNORECASE)  # 100 euros a month
_TIME = re.compile(r"(?:hour|day|night|week|month|year)$", re.IGNORECASE)  # a column is hardly called so
_WAS = re.compile(r"(?P<things>.+?)\s+(?P<was>is|are|was|were)\s+(?P<done>(?!the\b|an?\b).+)", re.IGNORECASE)
_PAY = re.compile(r".*\b(?:pay|charge|earn)s?", re.IGNORECASE)


def bounded(question: str) -> Extreme | None:
    """What is asked of each, and the bounds it is to keep, or None where a question asks in another way."""
    found = list(_BETWEEN.finditer(question)) or list(_BOUND.finditer(question))
    if len(found) != 1:
        return None
    match, bounds = found[0], bounds_of(found[0])
    begins = _ASKS.match(question)
    per = _PER.match(question, match.end())
    before = plain(question[begins.end() if begins else 0 : match.start()])
    after = plain(question[per.end() if per else match.end() :])
    number = match["number"]
    is_between_days = len(bounds) > 1 and _DAYS.fullmatch(number)
    is_date = bool(_DATED.match(number) and (_DATE_WORD.search(match.group()) or number[0].isalpha() or is_between_days))
    if not before or _OTHER.search(f"{before} {after}") or (_DATE_WORD.search(match.group()) and not is_date):
        return None
    if not begins and (question.rstrip()[-1] in "?." or len(question.split()) > LONGEST_UNASKED):
        return None
    asked = _asked(before, after, number, is_date, "each person" if begins and begins["who"] else "")
    if per:
        asked = f"{asked[:-1]}{per.group()}?"
        after = after if _TIME.search(per.group()) else f"{per.group().strip()} {after}"
    return Extreme(asked, f"{before} {after}", bounds[-1].above, "date" if is_date else "amount", bounds)


def exchanged(question: str, earlier: str) -> str:
    """`earlier` with the bound of `question` for what it asks for, if that says no more ("And over 150?"), else nothing."""
    new, old = _ALONE.fullmatch(question), _BETWEEN.search(earlier) or _BOUND.search(earlier) or SUPERLATIVE.search(earlier)
    if not new or not old or not (bounded(earlier) or (extreme_of(earlier) and not plain(earlier[old.end() :]))):
        return ""
    return f"{earlier[: old.start()]}{new['bound']}{earlier[old.end() :]}"


def _asked(before: str, after: str, number: str, is_date: bool, person: str) -> str:
    """The question about each, where `before` and `after` stand around the bound."""
    have, each = _HAVE.fullmatch(before), f"{person or 'the'} {before}"
    if is_date and (was := _WAS.fullmatch(before)):
        return f"When {was['was']} the {was['things']} {was['done']}?"
    if is_date:
        does = ("has" if person else "have") if before.endswith("ed") else "does" if person else "do"
        return f"When {does} {' '.join(f'{each} {after}'.split())}?"
    if have and have["measure"]:
        return f"What is the {have['measure']} of the {have['things']}?"
    if person or _PAY.fullmatch(before):
        return f"How much {'does' if person else 'do'} {each.removesuffix('s')}?"
    if _MONEY.search(number) or _COST.search(before.removesuffix(" for")):
        thing = _COST.sub("", each)
        return f"How much {'do' if thing.endswith('s') else 'does'} {thing} cost?"
    counted = " ".join(f"{_UNTIL_UNIT.sub('', number, 1)} {after}".split())
    return f"How many {counted} do {each}?" if have else f"How many {counted} are {each}?" if counted else f"How much are {each}?"
