"""Conversations as chat programs export or copy them: who wrote a message and when stand in the message's own line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag_app.parsing.blocks import Line

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:星期|周)[一二三四五六日天])"
_DATE = (
    rf"(?:\d{{1,4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,4}}日?|(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?"
    r"|Today|Yesterday|今天|昨天)"
)
_DAY = rf"(?:{_WEEKDAY},? )?{_DATE}|{_WEEKDAY}"
_TIME = r"(?:[上下中]午|凌晨|早上|晚上)?\s?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_WHEN = rf"(?P<when>(?:(?:{_DAY}),?(?: at)?\s)?{_TIME})"
_NAME = rf"(?P<name>(?!\d|{_DAY})[^\s:：\[\](（|][^:：\[\]|\n]{{0,39}}?)"
_TEXT = r"(?P<text>.*)"
_MARK = "\u200e?"
_HEADS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"^{_MARK}\[{_WHEN}\] {_NAME}: {_TEXT}",  # WhatsApp on an iPhone
        rf"^{_MARK}{_WHEN} - {_NAME}: {_TEXT}",  # WhatsApp elsewhere
        rf"^{_WHEN}[ \t]{{1,4}}From {_NAME} [Tt]o [^:\n]+:{_TEXT}",  # Zoom
        rf"^{_WHEN}\t{_NAME}\t{_TEXT}",  # LINE
        rf"^[\[(]?{_WHEN}[\])]? {{1,4}}{_NAME}(?:\(\d+\)|<[^>\n]+>)?:?[ \t]{{0,4}}(?P<text>)$",  # QQ, Teams
        rf"^{_NAME},?[ \t]{{1,4}}(?:[—–|-] ?)?[\[(（]?{_WHEN}[\])）]?:?[ \t]{{0,4}}(?P<text>)$",  # WeChat, Slack, Telegram
        rf"^{_NAME}\n(?: ?[—–-] ?\n?)?{_WHEN}[ \t]{{0,4}}(?P<text>)$",  # Teams, Discord
    )
)
_NOTICE = re.compile(rf"{_MARK}(?:\[{_WHEN}\]|{_WHEN.replace('when', 'then')} -) ")
_NEW_DAY = re.compile(rf"\W*({_DAY})(?: ?\w+day|\W*{_WEEKDAY})?\W*")
_LEVEL = re.compile(r"TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL")  # of a log, which is no conversation
_CLOCK = re.compile(r"\d:\d\d")
_LOOKED_AT, _BEFORE_THE_FIRST, _LONGEST_MESSAGE = 50_000, 1_000, 1_000  # characters; the last is a mean
_FEWEST = 4


def messages_of(text: str) -> list[Line]:
    """The lines of a conversation, each message led by "Anna (2024-03-01 10:22): "; none where `text` is something else."""
    sample = text[:_LOOKED_AT]
    if len(_CLOCK.findall(sample)) < _FEWEST:
        return []
    found = [list(head.finditer(sample)) for head in _HEADS]
    heads = max(found, key=len)
    return list(_lines(text, _HEADS[found.index(heads)])) if _is_conversation(sample, heads) else []


def _is_conversation(text: str, heads: Sequence[re.Match[str]]) -> bool:
    """Whether what looks like the heads of messages is that: the same people write again and again, and not at great length."""
    names = {head["name"] for head in heads}
    if len(heads) < max(_FEWEST, 2 * len(names)) or any(map(_LEVEL.fullmatch, names)):
        return False
    first = heads[0].start()
    return first <= _BEFORE_THE_FIRST and len(text) - first <= _LONGEST_MESSAGE * len(heads)


def _lines(text: str, pattern: re.Pattern[str]) -> Iterator[Line]:
    day, end, lead = "", 0, ""
    for head in (*pattern.finditer(text), None):
        for line in filter(str.strip, text[end : head.start() if head else len(text)].split("\n")):
            if not lead and (new := _NEW_DAY.fullmatch(line)):
                day = f"{new[1]} "
            yield Line(line if _NOTICE.match(line) else lead + line.strip())
            lead = ""
        if head:
            when = " ".join(head["when"].split())
            lead, end = f"{head['name'].strip('~ ')} ({day if re.fullmatch(_TIME, when) else ''}{when}): ", head.end()
            if head["text"].strip():
                yield Line(lead + head["text"].strip())
                lead = ""
