"""What a Chinese question for all below or above a bound asks of each: 哪些套餐低于100元 asks how much each costs."""

from __future__ import annotations

import re

from rag_app.querying.chinese_extremes import SUPERLATIVE, extreme_of, without_asking
from rag_app.querying.ends import bounds_of
from rag_app.records import Extreme

LONGEST_UNASKED = 16
_UNIT = (
    r"(?:\s?(?:[%℃㎡]|平方公里|平方米|平米|个月|小时|分钟|公斤|千克|公里|千米|厘米|毫米|毫升|千瓦"
    r"|[欧美]元|英镑|[元块年月天日周分秒米克斤吨升瓦度人岁次页个件名倍]|[A-Za-z]{1,3}[²³]?))?"
)
_DIGITS = r"\d(?:[\d,.]*\d)?"
# 3亿5千万, 1万2000, 零下5
_SAID = rf"(?:零下|(?<![\dA-Za-z])[-−])?{_DIGITS}(?:[百千万亿]{{1,2}}(?:零?{_DIGITS}[百千万]{{1,2}})*(?:零?\d{{4}})?)?"
_PLAIN = rf"(?:(?:US|HK)?[$€£¥￥]\s?)?{_SAID}{_UNIT}"
_DATE = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_NUMBER = rf"(?:{_DATE}|\d{{4}}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?(?:底|末|初)?|\d{{1,2}}月\d{{1,2}}[日号]|{_PLAIN})"
_DATED = re.compile(rf"\d{{4}}[年-]|{_DATE}|\d{{1,2}}月\d|\D*\d{{4}}(?:以前|之前|以后|之后)|[早晚]于\s?\d{{4}}$")
_MONEY = re.compile(r"[$€£¥￥]|[元块]|美金|欧|英镑|人民币")
_BOUND = re.compile(
    "(?:(?P<least>不低于|不少于|不小于|不早于|至少)|(?P<most>不超过|不高于|不多于|不大于|不晚于|至多|最多)"
    "|(?P<above>高于|多于|大于|长于|重于|晚于|超过|超出|超)|(?P<below>低于|少于|小于|短于|轻于|早于|便宜于|不到|不足|未满))"
    rf"\s?(?P<number>{_NUMBER})"
)
_BOUND_BEHIND = re.compile(
    rf"[在是为]?\s?(?P<number>{_NUMBER})\s?[及或]?(?:(?P<least>以上)|(?P<most>以内|之内|以下)|(?P<above>以后|之后)|(?P<below>以前|之前))"
)
_BETWEEN = re.compile(rf"(?:在|介于)?\s?(?P<from>{_NUMBER})\s?(?:到|至|-|—|~|～|和|与)\s?(?P<number>{_NUMBER})\s?之?间")
_ASKS = re.compile("哪些|哪|谁|有没有|有什么|列出|列举|找出|所有|全部|有吗")
_OTHER = re.compile(
    "为什么|怎么|如何|多少|多久|什么时候|几|如果|是否|能否|可以|会|吗(?<!有吗)|最|不|没(?!有)|除|[，,；;]|需要|应当|必须|时"
)
_DONE = re.compile("([^的]{1,4})的(.+)")  # 到期的合同
_NEW = "|".join(re.sub(r"\?P<\w+>", "", kind.pattern) for kind in (_BETWEEN, _BOUND, _BOUND_BEHIND))
_ALONE = re.compile(rf"(?:那么?|还有|请问)?(?:有没有|哪些?)?是?(?P<bound>{_NEW})的?(?:有哪些|有吗)?(?:呢|啊)?[？?\s]*")


def bounded(question: str) -> Extreme | None:
    """What is asked of each, and the bounds it is to keep, or None where a question asks in another way."""
    found = [*_BETWEEN.finditer(question)] or [*_BOUND.finditer(question), *_BOUND_BEHIND.finditer(question)]
    if len(found) != 1:
        return None
    match, bounds = found[0], bounds_of(found[0])
    before, after = question[: match.start()], question[match.end() :]
    is_asked = _ASKS.search(before + after) or (len(question) <= LONGEST_UNASKED and after.startswith("的"))
    if not is_asked or _OTHER.search(before + after):
        return None
    measure, thing = (_ASKS.sub("", without_asking(part)).strip("的有是 ") for part in (before, after))
    rest = f"{thing}的{measure}" if measure and thing and after.startswith("的") else measure + thing
    if not rest:
        return None
    number = match["number"]
    is_date, is_money = bool(_DATED.match(number) or _DATED.match(match.group())), bool(_MONEY.search(number))
    unit = re.sub(rf"^[$€£¥￥\s]*{_SAID}\s*", "", number)
    done = _DONE.fullmatch(rest) if is_date else None
    asked = (
        f"{done[2]}是什么时候{done[1]}的？"
        if done
        else f"{rest}是什么时候？"
        if is_date
        else f"{rest}多少钱？"
        if is_money
        else f"{rest}是多少{unit}？"
    )
    return Extreme(asked, rest, bounds[-1].above, "date" if is_date else "amount", bounds)


def exchanged(question: str, earlier: str) -> str:
    """`earlier` with the bound of `question` for what it asks for, if that says no more (那50元以下的呢？), else nothing."""
    new = _ALONE.fullmatch(question)
    kinds = (_BETWEEN, _BOUND, _BOUND_BEHIND) if bounded(earlier) else (SUPERLATIVE,)
    old = next((match for kind in kinds if (match := kind.search(earlier))), None)
    if not new or not old or not (bounded(earlier) or extreme_of(earlier)):
        return ""
    return f"{earlier[: old.start()]}{new['bound']}{earlier[old.end() :]}"
