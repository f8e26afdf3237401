"""What an English question for the one with most or least asks of each: which is the cheapest, how much each costs."""

from __future__ import annotations

import re
from typing import Literal

from rag_app.querying.ends import by_word
from rag_app.querying.english_words import AUXILIARY
from rag_app.records import Extreme

_COSTS, _SPEED, _AGE, _DATE = "How much does {} cost?", "How fast is {}?", "How old is {}?", "When was {}?"
_BY: dict[str, Literal["speed", "age", "date"]] = {_SPEED: "speed", _AGE: "age", _DATE: "date"}
_ASKED = {
    _COSTS: ("dearest priciest", "cheapest"),
    "How big is {}?": ("biggest largest greatest", "smallest"),
    "How long is {}?": ("longest", "shortest"),
    "How high is {}?": ("highest tallest", "lowest"),
    _SPEED: ("fastest quickest", "slowest"),
    "How heavy is {}?": ("heaviest", "lightest"),
    "How far is {}?": ("furthest farthest", "nearest closest"),
    _AGE: ("oldest", "youngest newest"),
    _DATE: ("latest last", "earliest first"),  # the last two stand behind what they are said of
}
_OF = by_word(_ASKED)
_ADJECTIVE = "|".join(sorted(_OF, key=len, reverse=True))
SUPERLATIVE = re.compile(
    r"\b(?:the\s+)?(?:(?P<cost>most|least)\s+(?:expensive|costly)|(?P<amount>most|least|fewest)"
    rf"|(?P<word>(?:{_ADJECTIVE})(?<!first)(?<!last)|(?:first|last)(?=\W*$)))(?!\w)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:(?:of|in|on|at|for|from|with|to)\s+)?(?:(?P<who>who|whom)|which|what|when|where|whose)\b(?:['’]s\b)?(?:\s+one\b)?"
    r"(?:\s+of\b(?:\s+(?:the|these|my|our)\b)?)?",
    re.IGNORECASE,
)
# With them another one, or several, or something else is meant.
_OTHER = re.compile(
    r"\b(?:second|third|fourth|fifth|next|two|three|four|five|top|at|not|no|than|ever|and|or|but|why|how|most of|if|since"
    r"|before|after|except|without)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"\W*(?:(?:and|but|or|so|then|ok|okay|what\s+about|how\s+about|which|what|one|is|are|was|were)\b[\s,]*)*{SUPERLATIVE.pattern}"
    r"(?:\s+ones?)?(?P<rest>\s+(?:to|from|in|for|at|of|with)\s[^?]+)?\W*",
    re.IGNORECASE,
)
# "How much does the cheapest one cost?" asks for what it has; which one that is, is asked with it.
_VALUE = re.compile(
    r"\W*(?:how\s+(?:much|big|long|high|tall|fast|heavy|far|old|expensive)|what)\s+(?:is|are|was|were|does|do|did|will|would)\s+"
    rf"(?=(?:the\s+)?{SUPERLATIVE.pattern})",
    re.IGNORECASE,
)
_VALUED = re.compile(r"\s+(?:costs?|weighs?|lasts?|takes?)(?=\W*$|\s+(?:per|in|for|an?)\s)", re.IGNORECASE)
_LEAD = re.compile(r"^\W*(?:and|but|so|then)\b[\s,]*", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|are|was|were)\s+$", re.IGNORECASE)
_LIGHT = AUXILIARY | {"the", "a", "an", "my", "our", "of", "all", "there", "been", "be"}
_ROW_WAS = re.compile(
    r"^[^\W\d_]+\s+(?:is|are|was|were)\s+(?:the\s+|our\s+|my\s+)?(?=\w)", re.IGNORECASE
)  # "(in which) month was the"
_TO = re.compile(r"\s*(?:to|from)\s+(.+)", re.IGNORECASE)
# What stands behind the thing ("the most guests in May", "earns the most per hour"), and "we" of "which month did we".
_BESIDES = re.compile(r"(?:^|\s+)(?:in|at|on|per|by|with|during|among|from|to|for)\s.+", re.IGNORECASE)
_PER_TIME = re.compile(r"(?:^|\s+)(?:per|an?|each)\s+(?:hour|day|night|week|month|year)$", re.IGNORECASE)
_DOER = re.compile(rf"(?:(?:^|\s+)(?:{'|'.join(sorted(AUXILIARY))}))?(?:^|\s+)(?:i|we|you|they)$", re.IGNORECASE)


def extreme_of(question: str) -> Extreme | None:
    """What is asked of each, or None where a question asks in another way."""
    question = _LEAD.sub("", question)
    if value := _VALUE.match(question):
        question = f"What is {_VALUED.sub('', question[value.end() :])}"
    found = list(SUPERLATIVE.finditer(question))
    begins = _ASKS.match(question)
    if len(found) != 1 or _OTHER.search(question) or not (begins or found[0].start() == 0):
        return None
    match, start = found[0], begins.end() if begins else 0
    before = _DOER.sub("", _ROW_WAS.sub("", plain(question[start : match.start()])))
    after = plain(question[match.end() :])
    asked, largest = _meant(match)
    person = "each person" if begins and begins["who"] else ""
    is_of_deed = bool(person and before and not after) and asked not in ("", _DATE)  # "who lived longest"
    said = "" if is_of_deed else _asked(asked, person, before, after)
    return Extreme(said, f"{before} {_PER_TIME.sub('', after)}", largest, _BY.get(asked, "amount")) if said else None


def exchanged(question: str, earlier: str) -> str:
    """`earlier` with the superlative of `question`, if that says no more ("And the most expensive?"), else nothing."""
    new, old = _ALONE.fullmatch(question), SUPERLATIVE.search(earlier)
    if not new or not old or not extreme_of(earlier):
        return ""
    is_alike = _meant(new)[0] == _meant(old)[0] or (_IS.search(earlier[: old.start()]) and not plain(earlier[old.end() :]))
    said = f"{new['cost']} expensive" if new["cost"] else new["amount"] or new["word"]
    article = "the " if old.group().lower().startswith("the") or new["amount"] else ""
    rest = f"{new['rest']}?" if new["rest"] else earlier[old.end() :]
    return f"{earlier[: old.start()]}{article}{said}{rest}" if is_alike else ""


def _meant(match: re.Match[str]) -> tuple[str, bool]:
    """What a superlative asks of each, and whether the largest is meant."""
    if match["word"]:
        return _OF[match["word"].lower()]
    return (_COSTS if match["cost"] else ""), (match["cost"] or match["amount"]).lower() == "most"


def _asked(asked: str, person: str, before: str, after: str) -> str:
    """The question about each, where `before` and `after` stand around the superlative."""
    each = f"the {before}" if before else person
    behind = _BESIDES.search(after) if each else None
    named, besides = (after[: behind.start()], behind.group().strip()) if behind else (after, "")
    if not named and before and asked in ("", _DATE):
        *things, verb = before.split()
        doer = " ".join((person or "the", *things)) if person or things else "it"
        said = f"When has {doer} {verb}?" if asked else f"How much does {doer} {verb.removesuffix('s')}?"
    elif not named and asked.startswith("How far") and (to := _TO.fullmatch(besides)):
        said, besides = asked.format(f"{each} from {to[1]}"), ""
    else:
        thing = f"the {named} of {each}" if named and each else f"the {named}" if named else each
        said = (asked or "What is {}?").format(thing) if thing else ""
    return f"{said[:-1]} {besides}?" if said and besides else said


def plain(words: str) -> str:
    """Words without those at both ends that only hold the question together."""
    kept = words.strip(" ?!.,").split()
    while kept and kept[0].lower() in _LIGHT:
        del kept[0]
    while kept and kept[-1].lower() in _LIGHT:
        del kept[-1]
    return " ".join(kept)
