"""What a sentence may leave out of its Chinese evidence without saying something else: each rule lists safe shapes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.citing.limits import is_range
from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists_chinese import (
    CHINESE_ADJUNCTS,
    CHINESE_AFTERTHOUGHT,
    CHINESE_ALLOWING,
    CHINESE_BEFORE_VERB,
    CHINESE_BOUNDING,
    CHINESE_BOUNDS,
    CHINESE_DOUBTING,
    CHINESE_FRAMES,
    CHINESE_GOES_ON,
    CHINESE_GROUP,
    CHINESE_IN_BRACKETS,
    CHINESE_INCLUDING,
    CHINESE_LEANING,
    CHINESE_LISTING,
    CHINESE_PLAIN_LABEL,
    CHINESE_PREDICATE,
    CHINESE_REPORTING,
    CHINESE_SUBORDINATE,
    CHINESE_SUPERLATIVE,
    CHINESE_SURNAMES,
    CHINESE_TITLES,
    CHINESE_TURNING,
    CHINESE_WEIGHTY,
    CHINESE_WIDENING,
)

_LONGEST_GAP, _LONGEST_SUBJECT, _LONGEST_ADJECTIVE, _SHORTEST_NAME, _LONGEST_BEFORE_DATE, _LONGEST_GROUP = 14, 10, 4, 5, 2, 8
_OPENS = ("在", "于", "从", "自", "当", "因", "随", "为", "由", "根据", "经")
_CLOSES = tuple("时后前间中下年月日")
_AFTERWORDS = frozenset("时后前间中下里")
_AWAITING = frozenset("由把将被从与和跟向对比让给在以于使为")
_GOES_ON_OF_DATE = frozenset("的之至到以前后底末初起间")
_COUNTING = frozenset("有设共建")
_DENIAL, _MOOD = re.compile("[不没未无]"), re.compile("[不没未无将]|可能|计划|预计|准备")
_LABEL = re.compile(r"(?<!\d):|:(?!\d)")
_AMOUNT_PAID = re.compile(r"以\d[\d.]*[美欧日港]?[元镑](?:的?价格)?")
_DATES = re.compile(r"\d{4}-\d*-\d*(?:[和、](?:\d{4}-\d*-\d*|\d+[日月年]))+")
_FROM_AMOUNT = re.compile(r"[由从]\d[\d.]*[^\d,]{0,3}")
_CHANGING = frozenset("增减升降涨跌提下上扩缩")
_STOPS = frozenset("。;；!?！？:：")


def may_leave_out_between(kept: Sequence[Token], gap: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether the tokens of `gap` may be missing between `kept`, all that stands before, and `rest`, whose first is kept."""
    before, after = kept[-1], rest[0]
    said = _text(gap)
    if all(token.kind is Kind.MARK for token in gap):
        return True
    if said == "的":
        return after.kind is Kind.HAN
    is_bracketed = gap[0].key == "(" and said.find(")") == len(said) - 1
    if is_bracketed and not CHINESE_TURNING.search(said) and not CHINESE_IN_BRACKETS.search(said):
        return True
    if _widens(kept) or _widens(_first_clause(rest)):
        return False  # 不(在周日)营业
    if after.kind is Kind.NUMBER:
        return said in ("在", "于") or ("-" in after.key and _is_agent(gap))
    if _is_title(gap, rest) or (_AMOUNT_PAID.fullmatch(said) and after.kind is Kind.HAN):
        return True
    if _DATES.fullmatch(said):
        return after.kind is Kind.HAN and after.key not in _GOES_ON_OF_DATE
    if _FROM_AMOUNT.fullmatch(said) and after.key in _CHANGING:
        return True  # 由8200人减少到7900人
    if all(token.kind is Kind.NUMBER and "-" in token.key for token in gap):
        return after.kind is Kind.HAN and after.key not in _GOES_ON_OF_DATE
    if (
        (before.kind is Kind.NUMBER and "-" not in before.key)
        or len(gap) > _LONGEST_GAP
        or CHINESE_TURNING.search(said)
        or CHINESE_WEIGHTY.search(said)
    ):
        return False
    inner = said.removeprefix(",")
    if any(token.kind is Kind.MARK for token in gap[1:]) or sum(token.kind is Kind.NUMBER for token in gap) > 1:
        return False
    if inner.endswith("的"):
        return "的" not in inner[:-1] and gap[0].kind is Kind.HAN and _is_one_of_its_kind(rest)
    if "的" in inner:
        return False
    if any(token.key in _AFTERWORDS for token in rest[1:_LONGEST_ADJECTIVE]):
        return False  # the phrase goes on: 在(吴亮)死后
    return inner.startswith(CHINESE_ADJUNCTS) or (before.key == "的" and len(gap) <= _LONGEST_ADJECTIVE and said == inner)


def may_leave_out_at_start(head: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a kept part may begin with `rest`, after `head`: what is left out says only when, where or why."""
    if _is_framed(head) or (head and _tells_apart(rest)):
        return False
    clause = _last_clause(head)
    if not clause or (_is_title(clause, rest) and "," not in _text(clause)):
        return True
    if _widens(_first_clause(rest)):
        return False
    if _is_date(clause):
        return True
    if CHINESE_BOUNDING.search(_text(clause)):
        return False
    return _is_adjunct(clause) and not _is_condition(clause) and not CHINESE_SUPERLATIVE.search(_text(_first_clause(rest)))


def may_be_subject(head: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether `head` is one thing that a pronoun before `rest` may stand for."""
    clause = _last_clause(head)
    plain = all(token.kind is not Kind.MARK for token in clause) and not CHINESE_WEIGHTY.search(_text(clause))
    if CHINESE_BEFORE_VERB.search(_text(clause)):
        return False
    is_amount = rest[0].kind is Kind.NUMBER and "-" not in rest[0].key
    return not _is_framed(head) and plain and 0 < len(clause) <= _LONGEST_SUBJECT and not is_amount


def may_leave_out_at_end(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether the tokens after the kept part may be missing: it must not be cut inside a word, nor be a mere adjunct."""
    if tail and _text(tail[:3]) == ",否则":
        return True
    if _turns(kept, tail) or CHINESE_REPORTING.search(_text(_first_clause(tail))):
        return False
    if all(token.kind is Kind.MARK for token in tail):
        return True
    if CHINESE_AFTERTHOUGHT.search(_text(tail)) or _is_bound(kept, tail):
        return False
    if _tells_apart(kept) and tail[0].key not in _STOPS:
        return False  # 北京、上海分别有2000万人(和2400万人)
    if is_range(tail) or (tail[0].kind is not Kind.MARK and _widens(kept)):
        return False
    if "因" in _text(kept):
        return False  # where the reason ends is not known: 周文因(吴亮)辞职，感到失望
    if tail[0].key == "," and (_is_adjunct([*kept, tail[0]]) or CHINESE_SUBORDINATE.search(_text(kept))):
        return False
    is_counted = kept[-1].kind is Kind.HAN and any(token.kind is Kind.NUMBER for token in tail[1:2])
    if tail[0].key in CHINESE_LISTING and is_counted and not any(token.key in _AWAITING for token in kept):
        return True  # 可载240辆汽车(和1100名乘客), but not 由3名医生(和5名护士组成)
    return (tail[0].kind is Kind.MARK and tail[0].key != "、") or tail[0].key in CHINESE_GOES_ON


def _turns(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether what follows turns or weakens the claim; an amount of something else does not: ，预算不超过45万元."""
    if CHINESE_ALLOWING.search(_text(kept)):
        return bool(CHINESE_TURNING.search(_text(tail)))
    return any(
        CHINESE_TURNING.search(CHINESE_BOUNDS.sub("", part) if place and not CHINESE_DOUBTING.search(part) else part)
        for place, part in enumerate(_text(tail).split(","))
    )


def is_statement_before(clause: Sequence[Token], *, may: bool) -> bool:
    """Whether a clause states something by itself, so that the next does not hang on it: no condition or report."""
    said = _text(clause)
    plain = (_MOOD if may else _DENIAL).sub("", said)
    leans = CHINESE_LEANING.search(said) or any(
        frame.search(plain) for frame in (CHINESE_TURNING, CHINESE_FRAMES, CHINESE_REPORTING)
    )
    states = any(token.kind is Kind.NUMBER for token in clause) or CHINESE_PREDICATE.search(said)
    return bool(states) and not leans and not _LABEL.search(said)


def _is_bound(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether what follows says of whom or when another amount holds, or in which unit: 票价50元（，儿童半价）, 500（万元）."""
    said = _text(tail)
    if said.startswith("(") and CHINESE_IN_BRACKETS.search(said[: said.find(")")]):
        return True
    is_amount = any(
        token.kind is Kind.NUMBER and "-" not in token.key and place and kept[place - 1].key not in _COUNTING
        for place, token in enumerate(kept)
    )
    if is_amount and CHINESE_INCLUDING.search(said):
        return True
    groups = (CHINESE_GROUP.search(part[:_LONGEST_GROUP]) for part in said.split(",")[1:])
    return (is_amount or bool(CHINESE_ALLOWING.search(_text(kept)))) and not CHINESE_GROUP.search(_text(kept)) and any(groups)


def _is_agent(gap: Sequence[Token]) -> bool:
    """Whether it tells by whom something was done: 该书(由商务印书馆)于1950年出版."""
    said = _text(gap)
    is_plain = not (CHINESE_TURNING.search(said) or CHINESE_WEIGHTY.search(said.removeprefix("由")))
    return (
        said.startswith(("由", "因"))
        and is_plain
        and len(gap) <= _LONGEST_GAP
        and all(token.kind is not Kind.MARK for token in gap)
    )


def _tells_apart(found: Sequence[Token]) -> bool:
    """Whether what it says belongs to several in their order, so that none of them may be left out: 分别."""
    return "分别" in _text(found)


def _widens(found: Sequence[Token]) -> bool:
    """Whether it denies, or says something of all: then what limits it may not be left out."""
    return bool(CHINESE_WIDENING.search(_text(found)))


def _is_one_of_its_kind(rest: Sequence[Token]) -> bool:
    """Whether a noun is told closely enough to be the same without what stands before it: no mere 士兵."""
    end = next((place for place, token in enumerate(rest) if token.kind is not Kind.HAN), len(rest))
    return end >= _SHORTEST_NAME and all(token.key not in CHINESE_LISTING for token in rest[:end])


def _is_framed(head: Sequence[Token]) -> bool:
    """Whether what stands before makes it a claim of somebody else, of a story, or none at all: (谣言：)市长受贿."""
    said = CHINESE_PLAIN_LABEL.sub("", _text(head))
    return ":" in said or any(frame.search(said) for frame in (CHINESE_TURNING, CHINESE_FRAMES, CHINESE_REPORTING))


def _is_title(head: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether it is what somebody is, before the name: (主任)孙丽, (地铁公司发言人)刘洋."""
    said = _text(head)
    return rest[0].key in CHINESE_SURNAMES and said.endswith(CHINESE_TITLES) and "的" not in said


def _is_date(clause: Sequence[Token]) -> bool:
    """Whether it is a date, and not the 年 of a rate: 年(收入500万元)."""
    named = all(token.kind is Kind.NUMBER or token.key in ("在", "于", "年", "月", "日") for token in clause)
    return named and any(token.kind is Kind.NUMBER for token in clause)


def _is_condition(clause: Sequence[Token]) -> bool:
    """Whether a part says at which times something happens, and not once: 冒烟时."""
    return _text(clause).rstrip(",").endswith("时") and all(token.kind is not Kind.NUMBER for token in clause)


def _is_adjunct(clause: Sequence[Token]) -> bool:
    """Whether a part says only when, where or why: up to its comma, or a mere date."""
    if _is_date(clause):
        return True
    said = _text(clause)
    inner = said.rstrip(",")
    ends_with_date = "-" in clause[-2 if len(clause) > 1 else -1].key
    is_dated = ends_with_date and sum(token.kind is Kind.HAN for token in clause) <= _LONGEST_BEFORE_DATE
    opens = inner.startswith(_OPENS) or inner.endswith(_CLOSES) or is_dated
    return said != inner and "," not in inner and opens and "是" not in inner


def _last_clause(head: Sequence[Token]) -> Sequence[Token]:
    ends = [place for place, token in enumerate(head, start=1) if token.key in _STOPS]
    return head[ends[-1] :] if ends else head


def _first_clause(found: Sequence[Token]) -> Sequence[Token]:
    ends = [place for place, token in enumerate(found) if token.key in _STOPS]
    return found[: ends[0]] if ends else found


def _text(found: Sequence[Token]) -> str:
    return "".join(token.key for token in found)
