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
# How much they differ by: 差多少, A比B贵多少.
_MONEY, _END = "[块元]?钱", r"[呢啊]?[？?\s]*"
_DIFFERENCE = re.compile(
    rf"(?P<things>{_THING}{_AND}{_THING})(?P<noun>的[^，,。？?差]{{1,8}}?|(?:价格|价钱|单价|费用|租金|年费|工资))?"
    rf"(?:相差|差了?)(?:多少|几)(?P<money>{_MONEY})?{_END}"
    rf"|(?P<one>{_THING})比(?P<other>{_THING})(?P<how>贵|便宜)[了出]?(?:多少|几)(?:{_MONEY})?{_END}"
)
_CODE = re.compile(r"[A-Za-z0-9]{1,2}")


def compared(question: str, folded: str) -> list[str]:
    """The question of each of the things, or nothing; `folded` is `question` as it is compared, of the same length."""
    match = _CHOICE.fullmatch(folded)
    if not match:
        return _differing(question, folded)
    noun = question[slice(*match.span("noun"))] if match["noun"] else ""
    things = _things(question, folded, *match.span("things"))
    return [f"{thing}{'的' if noun else ''}{noun}{_OF[match['how']]}？" for thing in things]


def _differing(question: str, folded: str) -> list[str]:
    match = _DIFFERENCE.fullmatch(folded)
    if not match:
        return []
    if match["how"]:
        both = [question[slice(*match.span(name))] for name in ("one", "other")]
        return [f"{thing}{_OF[match['how']]}？" for thing in _in_full(both)]
    noun = question[slice(*match.span("noun"))].removeprefix("的") if match["noun"] else ""
    asked = "多少钱" if match["money"] else "是多少"
    return [f"{thing}{'的' if noun else ''}{noun}{asked}？" for thing in _things(question, folded, *match.span("things"))]


def _things(question: str, folded: str, start: int, end: int) -> list[str]:
    edges = [start, *(edge for found in re.finditer(_AND, folded[:end]) if found.start() > start for edge in found.span()), end]
    return _in_full([question[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True)])


def _in_full(things: list[str]) -> list[str]:
    """Things of which only the first is named in full: 套餐A and B."""
    code = re.search(rf"(?<![A-Za-z0-9]){_CODE.pattern}$", things[0])
    return [things[0][: code.start()] + thing if code and code.start() and _CODE.fullmatch(thing) else thing for thing in things]
