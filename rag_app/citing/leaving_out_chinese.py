"""What a sentence may leave out of its Chinese evidence without saying something else: each rule lists safe shapes."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.citing.tokens import Kind, Token
from rag_app.citing.word_lists import CHINESE_ADJUNCTS, CHINESE_FRAMES, CHINESE_GOES_ON, CHINESE_TURNING, CHINESE_WEIGHTY

_LONGEST_GAP, _LONGEST_SUBJECT, _LONGEST_ADJECTIVE = 14, 10, 4
_OPENS = ("在", "于", "从", "自", "当", "因", "随", "为", "由", "根据", "经")
_CLOSES = tuple("时后前间中下年月日")
_AFTERWORDS = frozenset("时后前间中下里")
_STOPS = frozenset(".。;；!?！？:：")


def may_leave_out_between(before: Token, gap: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether the tokens of `gap` may be missing between `before` and the first of `rest`, which are kept."""
    after = rest[0]
    said = _text(gap)
    if all(token.kind is Kind.MARK for token in gap):
        return True
    if said == "的":
        return after.kind is Kind.HAN
    if after.kind is Kind.NUMBER:
        return said in ("在", "于")
    if (
        (before.kind is Kind.NUMBER and "-" not in before.key)
        or len(gap) > _LONGEST_GAP
        or CHINESE_TURNING.search(said)
        or CHINESE_WEIGHTY.search(said)
    ):
        return False
    if (gap[0].key, gap[-1].key) == ("(", ")"):
        return True
    inner = said.removeprefix(",")
    if any(token.kind is Kind.MARK for token in gap[1:]) or sum(token.kind is Kind.NUMBER for token in gap) > 1:
        return False
    if inner.endswith("的"):
        return "的" not in inner[:-1] and gap[0].kind is Kind.HAN
    if "的" in inner:
        return False
    if any(token.key in _AFTERWORDS for token in rest[1:_LONGEST_ADJECTIVE]):
        return False  # the phrase goes on: 在(吴亮)死后
    return inner.startswith(CHINESE_ADJUNCTS) or (before.key == "的" and len(gap) <= _LONGEST_ADJECTIVE and said == inner)


def may_leave_out_at_start(head: Sequence[Token], after: Token, *, names_subject: bool) -> bool:
    """Whether a kept part may begin after `head`; `names_subject` if the sentence has a pronoun for what is left out."""
    if CHINESE_TURNING.search(_text(head)) or CHINESE_FRAMES.search(_text(head)):
        return False
    clause = _last_clause(head)
    if not clause or _is_adjunct(clause):
        return True
    said = _text(clause)
    plain = all(token.kind is not Kind.MARK for token in clause) and not CHINESE_WEIGHTY.search(said)
    return names_subject and plain and len(clause) <= _LONGEST_SUBJECT and after.kind is not Kind.NUMBER


def may_leave_out_at_end(kept: Sequence[Token], tail: Sequence[Token]) -> bool:
    """Whether the tokens after the kept part may be missing: it must not be cut inside a word, nor be a mere adjunct."""
    if CHINESE_TURNING.search(_text(tail)):
        return False
    if all(token.kind is Kind.MARK for token in tail):
        return True
    if "因" in _text(kept):
        return False  # where the reason ends is not known: 周文因(吴亮)辞职，感到失望
    if tail[0].key == "," and _is_adjunct([*kept, tail[0]]):
        return False
    return (tail[0].kind is Kind.MARK and tail[0].key != "、") or tail[0].key in CHINESE_GOES_ON


def _is_adjunct(clause: Sequence[Token]) -> bool:
    """Whether a part says only when, where or why: up to its comma, or a mere date."""
    if all(token.kind is Kind.NUMBER or token.key in ("在", "于", "年", "月", "日") for token in clause):
        return True
    said = _text(clause)
    inner = said.rstrip(",")
    opens = inner.startswith(_OPENS) or inner.endswith(_CLOSES) or "-" in clause[-2 if len(clause) > 1 else -1].key
    return said != inner and "," not in inner and opens


def _last_clause(head: Sequence[Token]) -> Sequence[Token]:
    ends = [place for place, token in enumerate(head, start=1) if token.key in _STOPS]
    return head[ends[-1] :] if ends else head


def _text(found: Sequence[Token]) -> str:
    return "".join(token.key for token in found)
