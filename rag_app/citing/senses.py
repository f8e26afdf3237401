"""English words and phrases that say the same, in one form: acquired for bought, at most for no more than, 16:00 for 4 pm."""

from __future__ import annotations

import re

from rag_app.text.folding import is_cjk

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
_UNIT = "month|year|week|day|hour|night|person|head"
_AMOUNT = r"(?P<amount>[$€£¥]?\s?\d[\d,.]*(?:\s(?!per\b|a\b|an\b)[a-z€£$]+)?\s)"
_PHRASES = (
    (re.compile(r"\b(?:no|not) more than\b|\ba maximum of\b", re.IGNORECASE), "at most"),
    (re.compile(r"\b(?:no|not) less than\b|\b(?:no|not) fewer than\b|\ba minimum of\b", re.IGNORECASE), "at least"),
    (
        re.compile(
            r"\b(?:approximately|around|roughly) (?=[$€£¥]?\d|(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b)",
            re.IGNORECASE,
        ),
        "about ",
    ),
    (re.compile(rf"{_AMOUNT}(?:an?|each|every) (?=(?:{_UNIT})\b)", re.IGNORECASE), r"\g<amount>per "),
    (re.compile(rf"\beach (?=(?:{_UNIT})\b)", re.IGNORECASE), "every "),
)
_CHINESE = (
    (re.compile("(?:(?<=^)|(?<=[,，。;；]))如(?![果何同下此今上前])"), "如果"),
    (re.compile("应当"), "应"),
    (re.compile("没有"), "无"),
    (re.compile("大约"), "约"),
    (re.compile("需要"), "需"),
    (re.compile("摄氏度"), "°C"),
    (re.compile("每天"), "每日"),
    (re.compile("每个(?=[月年周])"), "每"),
    (re.compile("(?<![\\d一二三四五六七八九十个本上下当每])月(?=租|薪|收入|工资)"), "每月"),
    (re.compile("居住于"), "居住在"),
    (re.compile("(?:增加|增长)到"), "增至"),
    (re.compile("减少到"), "减至"),
    (re.compile("下降到"), "降至"),
    (re.compile("上升到"), "升至"),
    (re.compile("由(?=[\\d.]+[^\\d,，。]{0,3}[增减升降涨跌])|自(?=[\\d.]+[年月])"), "从"),
    (re.compile("(从[\\d年月日]+)起?至([\\d年月日]+)止?"), r"\1到\2"),
)
_CLOCK = re.compile(r"\b(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?\s?([ap])\.?m\b\.?", re.IGNORECASE)
_NOON = 12


def same_sense(text: str) -> str:
    """`text` with its phrases and times of day in the form that is compared."""
    for phrase, form in _CHINESE if any(is_cjk(sign) for sign in text) else _PHRASES:
        text = phrase.sub(form, text)
    return _CLOCK.sub(_of_day, text)


def _of_day(match: re.Match[str]) -> str:
    hour = int(match[1]) % _NOON + (_NOON if match[3].lower() == "p" else 0)
    return f"{hour}:{match[2] or '00'}"
