"""What a Chinese question that compares two things or a few asks of each: 红车和蓝车哪个更便宜 asks how much each costs."""

from __future__ import annotations

import re

_ASKED = {
    "多少钱": "便宜 贵 省钱 划算",
    "有多大": "大 小 年轻 年长",
    "有多少": "多 少",
    "有多长": "长 短",
    "有多高": "高 矮 低",
    "有多快": "快 慢",
    "有多重": "重 轻",
    "有多远": "远 近",
}
_OF = {word: asked for asked, words in _ASKED.items() for word in words.split()}
_THING, _AND = "[^，,。？?、和与跟]{1,20}?", "(?:和|与|跟|、|还是)"
_CHOICE = re.compile(
    rf"(?P<things>{_THING}(?:{_AND}{_THING}){{1,3}})(?:相比)?[，,]?(?:哪一?[个家种款位条座只本台辆份间]的?|谁的|谁(?!的))(?P<noun>(?<!谁)[^，,。？?更最的]{{1,8}}?)?"
    rf"(?:比较|更|最)?(?P<how>{'|'.join(sorted(_OF, key=len, reverse=True))})(?:一些|一点|些|点)?[呢啊]?[？?\s]*"
)


def compared(question: str, folded: str) -> list[str]:
    """The question of each of the things, or nothing; `folded` is `question` as it is compared, of the same length."""
    match = _CHOICE.fullmatch(folded)
    if not match:
        return []
    noun = question[slice(*match.span("noun"))] if match["noun"] else ""
    start, end = match.span("things")
    edges = [start, *(edge for found in re.finditer(_AND, folded[:end]) if found.start() > start for edge in found.span()), end]
    things = (question[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True))
    return [f"{thing}{'的' if noun else ''}{noun}{_OF[match['how']]}？" for thing in things]
