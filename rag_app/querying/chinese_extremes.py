"""What a Chinese question for the one with most or least asks of each: 哪个套餐最便宜 asks how much each costs."""

from __future__ import annotations

import re
from typing import Literal

from rag_app.querying.ends import by_word
from rag_app.querying.word_lists import chinese_words
from rag_app.records import Extreme

_COSTS, _SPEED, _AGE, _DATE = "多少钱", "有多快", "多大年纪", "是什么时候"
_BY: dict[str, Literal["speed", "age", "date"]] = {_SPEED: "speed", _AGE: "age", _DATE: "date"}
_ASKED = {
    _COSTS: ("贵", "便宜 省钱 划算"),
    "有多大": ("大", "小"),
    "是多少": ("多 高", "少 低"),
    "有多长": ("长 久", "短"),
    "有多高": ("", "矮"),
    _SPEED: ("快", "慢"),
    "有多重": ("重", "轻"),
    "有多远": ("远", "近"),
    _AGE: ("年长 年老", "年轻"),
    _DATE: ("晚 迟", "早"),
}
_OF = by_word(_ASKED)
SUPERLATIVE = re.compile(
    rf"最(?!重要|近的|[多少快晚]可|[多少快晚]能)(?P<how>{'|'.join(sorted(_OF, key=len, reverse=True))})(?:的|是)?"
)
_COUNTED_BY = "个家种款位条座只本台辆份间项名张所部类门层套笔栋幢节堂场次趟班棵道盒瓶箱件块支枚户"
_WHICH = re.compile(
    rf"请问|(?:是|在)?(?:哪一?[{_COUNTED_BY}天年月日]的?|哪些|哪里|哪儿|哪|谁的?|什么(?:时候)?"
    rf"|几月份?|几号|多少(?:钱|元)?)|是(?=$|哪|谁|什么|多少)|一[{_COUNTED_BY}]|(?:里面?|中|当中|之中)(?=最|$|是|的)|[，,。？?！!\s]|[呢啊吗]$"
)
_ASKS = re.compile("哪|谁|什么|几[月号]|多少")
# With them another one, or several, or something else is meant.
_OTHER = re.compile(
    "第[二三四五]|最[^的]*最|前[二两三四五十]|[二两三四五]个|不|没|除|比(?![例率重分])|为什么|怎么|如何|最少[要需]|至少|至多|最晚什么"
)
_ALONE = re.compile(
    r"(?:那么?|还有|请问)?(?:哪一?[个家种款位]|谁)?(?P<words>[^最，,。？?哪谁]{0,6})"
    rf"{SUPERLATIVE.pattern}(?:哪一?[个家种款位]|谁)?(?:呢|啊)?[？?\s]*"
)


def extreme_of(question: str) -> Extreme | None:
    """What is asked of each, or None where a question asks in another way."""
    match = SUPERLATIVE.search(question)
    if not match or _OTHER.search(question) or not _ASKS.search(question):
        return None
    asked, largest = _OF[match["how"]]
    rest = without_asking(question[: match.start()] + question[match.end() :])
    return Extreme(f"{rest}{asked}？", rest, largest, _BY.get(asked, "amount")) if rest else None


def without_asking(words: str) -> str:
    """What a question is about, without the words that ask for which one."""
    return _WHICH.sub("", words).strip("的是在")


def exchanged(question: str, earlier: str) -> str:
    """`earlier` with the superlative of `question`, if that says no more (那最贵的呢？), else nothing."""
    new, old = _ALONE.fullmatch(question), SUPERLATIVE.search(earlier)
    if not new or not old or not extreme_of(earlier):
        return ""
    thing, asked, before = earlier[: old.start()], _OF[new["how"]][0], _OF[old["how"]][0]
    is_other_thing = new["words"] and (before != _COSTS or asked == _COSTS)
    is_other_measure = before not in (asked, _COSTS)
    if is_other_measure:
        thing = _without_measure(thing)
    if is_other_thing or (is_other_measure and (_ASKS.search(question) or not thing)):
        return ""
    return f"{thing}{new['words']}最{new['how']}{earlier[old.end('how') :]}"


def _without_measure(before: str) -> str:
    """哪个套餐流量 without what is measured, the second of two words; empty where that cannot be told."""
    which = _WHICH.match(before)
    things = before[which.end() :] if which else ""
    if "的" in things:
        return before[: before.rindex("的")]
    words = chinese_words()
    cuts = [cut for cut in range(2, len(things) - 1) if things[:cut] in words and things[cut:] in words]
    return before[: which.end() + cuts[0]] if which and cuts else ""
