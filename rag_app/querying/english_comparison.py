"""What an English question that compares two things or a few asks of each: how much it costs, how old it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag_app.querying.english_words import AUXILIARY, BE

_ASKED = {
    "How much does {} cost?": "cheaper cheapest dearer pricier",
    "How big is {}?": "bigger biggest larger largest smaller smallest",
    "How long is {}?": "longer longest shorter shortest",
    "How high is {}?": "higher highest taller tallest lower lowest",
    "How fast is {}?": "faster fastest quicker quickest slower slowest",
    "How heavy is {}?": "heavier heaviest lighter lightest",
    "How far is {}?": "further furthest farther farthest nearer nearest closer closest",
    "How old is {}?": "older oldest younger youngest newer newest",
}
_OF = {word: asked for asked, words in _ASKED.items() for word in words.split()}
_COST = re.compile(
    r"\b(?:more|most|less|least)\s+expensive\b|\bcosts?\s+(?:me\s+|us\s+)?(?:more|less|most|least)\b", re.IGNORECASE
)
_THING = r"(?:[^\s,?]+\s+){0,5}?[^\s,?]*[^\s,?.!]"
_CHOICE = re.compile(rf"\W*(who|which|what)\b([^,]*),\s*((?:{_THING},\s+){{0,2}}{_THING},?\s+or\s+{_THING})\s*\W*", re.IGNORECASE)
_BETWEEN = re.compile(r",\s+(?:or\s+)?|\s+or\s+", re.IGNORECASE)
_NAME = rf"(?:the\s+|The\s+)?(?=[A-Z]){_THING}"
_THAN = re.compile(rf"\W*(?i:{'|'.join(sorted(BE))})\s+({_NAME})\s+(\S+|(?:more|less)\s+expensive)\s+than\s+({_NAME})\s*\W*")
# By how much one costs more.
_BY = re.compile(
    rf"\W*(?i:how\s+much\s+(?:cheaper|dearer|pricier|(?:more|less)\s+expensive)\s+(?:{'|'.join(sorted(BE))})"
    rf"|how\s+much\s+(?:more|less)\s+do(?:es)?)\s+({_THING})(?:\s+cost)?\s+than\s+(?!(?:in|on|at|last|before)\b)({_THING})\s*\W*"
)
_DIFFERENCE = re.compile(
    r"\W*(?i:(?:what(?:['’]?s|\s+is)\s+)?(?:the\s+)?(?:price\s+difference|difference\s+in\s+(?:price|cost)))\s+between\s+"
    rf"({_THING})\s+and\s+({_THING})\s*\W*"
)
_WHEN = re.compile(rf".*?\b({'|'.join(sorted(AUXILIARY))})\s+(\w+)\s+(?:first|earlier|later|last)", re.IGNORECASE)
_HOW_MANY = re.compile(
    r".*?\b(?:has|have|had)\s+(?:more|fewer|less|(?:the\s+)?(?:most|fewest|least))\s+([\w-]+(?:\s+[\w-]+)?)", re.IGNORECASE
)
_COUNTED = re.compile(r"(?:people|children|men|women|staff)\b.*|.*s", re.IGNORECASE)
_HAS = re.compile(
    r".*?\b(?:has|have|had|offers?|charges?)\s+(?:the\s+|an?\s+)?(\w+)\s+([\w-]+(?:\s+[\w-]+){0,2})\s*", re.IGNORECASE
)
_TO = re.compile(r".*?\b(?:further|farther|near|close|far)\w*\s+(?:to|from)\s+(.+)", re.IGNORECASE)


def compared(question: str) -> list[str]:
    """The question of each of the things, or nothing where it compares none, or in another way."""
    return next(_compared(question), [])


def _compared(question: str) -> Iterator[list[str]]:
    if match := _CHOICE.fullmatch(question):
        if asked := _of_each(match[1], match[2]):
            yield [asked.format(thing) for thing in _BETWEEN.split(match[3])]
    elif (match := _THAN.fullmatch(question)) and (asked := _measured(match[2])):
        yield [asked.format(thing) for thing in match.group(1, 3)]
    elif match := _BY.fullmatch(question) or _DIFFERENCE.fullmatch(question):
        yield [f"How much does {thing} cost?" for thing in match.groups()]


def _of_each(asks: str, compares: str) -> str:
    """What is asked of a thing that stands for "{}", or nothing."""
    if when := _WHEN.fullmatch(compares):
        return f"When {when[1]} {{}} {when[2]}?"
    if many := _HOW_MANY.fullmatch(compares):
        return f"How {'many' if _COUNTED.fullmatch(many[1]) else 'much'} {many[1]} does {{}} have?"
    if (has := _HAS.fullmatch(compares)) and (asked := _OF.get(has[1].lower(), "")):
        asked = asked.replace(" is ", " are ").replace(" does ", " do ") if _COUNTED.fullmatch(has[2]) else asked
        return asked.format(f"the {has[2]} of {{}}")
    asked = _measured(compares)
    if asked.startswith("How far") and (to := _TO.fullmatch(compares)):
        return f"How far is {{}} from {to[1].strip()}?"
    return "When was {} born?" if asked == "How old is {}?" and asks.lower() == "who" else asked


def _measured(compares: str) -> str:
    if _COST.search(compares):
        return "How much does {} cost?"
    return next((_OF[word] for word in compares.lower().split() if word in _OF), "")
