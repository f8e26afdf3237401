"""English words and phrases that say the same, in one form: acquired for bought, at most for no more than, 16:00 for 4 pm."""

from __future__ import annotations

import re

_GROUPS = (
    "increase rise grow climb",
    "increases rises grows climbs",
    "increased rose grew climbed risen grown",
    "increasing rising growing climbing",
    "decrease fall drop decline",
    "decreases falls drops declines",
    "decreased fell dropped declined fallen",
    "decreasing falling dropping declining",
    "begin start commence",
    "begins starts commences",
    "began started commenced begun",
    "beginning starting commencing",
    "acquire buy purchase",
    "acquires buys purchases",
    "acquired bought purchased",
    "saw seen",
    "wrote written",
    "took taken",
    "gave given",
    "drew drawn",
    "chose chosen",
    "stole stolen",
    "broke broken",
    "normally usually typically",
    "prohibited forbidden",
    "permitted allowed",
    "physician doctor",
    "film movie",
)
SAME_WORD = {word: group.split()[0] for group in _GROUPS for word in group.split()[1:]}
_AMOUNT = r"(?P<amount>[$€£¥]?\s?\d[\d,.]*(?:\s(?!per\b|a\b|an\b)[a-z€£$]+)?\s)"
_PHRASES = (
    (re.compile(r"\b(?:no|not) more than\b|\ba maximum of\b", re.IGNORECASE), "at most"),
    (re.compile(r"\b(?:no|not) less than\b|\b(?:no|not) fewer than\b|\ba minimum of\b", re.IGNORECASE), "at least"),
    (
        re.compile(rf"{_AMOUNT}(?:an?|each|every) (?=month|year|week|day|hour|night|person|head)", re.IGNORECASE),
        r"\g<amount>per ",
    ),
)
_CLOCK = re.compile(r"\b(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?\s?([ap])\.?m\b\.?", re.IGNORECASE)
_NOON = 12


def same_sense(text: str) -> str:
    """`text` with its phrases and times of day in the form that is compared."""
    for phrase, form in _PHRASES:
        text = phrase.sub(form, text)
    return _CLOCK.sub(_of_day, text)


def _of_day(match: re.Match[str]) -> str:
    hour = int(match[1]) % _NOON + (_NOON if match[3].lower() == "p" else 0)
    return f"{hour}:{match[2] or '00'}"
