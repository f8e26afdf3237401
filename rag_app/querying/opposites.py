"""What is never meant by each other, however alike it looks: a correction would turn the question round."""

from __future__ import annotations

# Characters of which none is offered for another of its group, simplified.
_GROUPS = (
    *("左右", "上中下", "前后", "东南西北", "内外里", "进出入", "高低", "大小", "多少", "长短", "早晚", "先后", "首末"),
    *("始终", "远近", "深浅", "父母", "爸妈", "男女", "夫妻", "子女儿", "兄弟姐妹哥", "爷奶", "公母", "雌雄", "师生"),
    *("主客宾", "老少", "你我", "生死", "甲乙丙丁", "原被", "买卖", "收付支", "存取", "借贷还", "供求", "盈亏", "损益"),
    *("涨跌", "升降", "增减", "加减乘除", "正负", "阴阳", "快慢", "冷热", "轻重", "强弱", "优劣", "胜败负", "新旧", "开关"),
    *("真假", "是否非", "对错", "有无没", "还不", "已未", "昼夜", "春夏秋冬", "年月日时", "奇偶", "凹凸"),
    *("零一二三四五六七八九十百千万亿两",),
)
_OPPOSED = {one: frozenset("".join(group for group in _GROUPS if one in group)) - {one} for one in "".join(_GROUPS)}
# Written backwards, to be compared as prefixes are.
_ENDINGS = (("ro", "ee"), ("re", "ee"))
_PREFIXES = (
    *(("hypo", "hyper"), ("intra", "inter"), ("macro", "micro"), ("endo", "exo"), ("", "non")),
    *(("ab", "ad"), ("af", "ef"), ("in", "ex"), ("im", "ex"), ("in", "de"), ("as", "des"), ("em", "imm")),
    *(("", "un"), ("", "in"), ("", "im"), ("", "il"), ("", "ir")),
)
_LONG = 3
_REST_BEHIND, _REST_BEFORE = 4, 3


def are_opposed(typed: str, other: str) -> bool:
    """Whether two simplified characters are opposites, or others of a few that exclude each other (左 and 右, 三 and 五)."""
    return other in _OPPOSED.get(typed, ())


def are_opposite_words(typed: str, other: str, *, is_word: bool) -> bool:
    """Whether two words differ just by a pair of suffixes or prefixes that makes them opposites ("lessor" and "lessee").

    Short prefixes are told only where the one as typed `is_word`: "abdress" means "address".
    """
    prefixes = [pair for pair in _PREFIXES if is_word or len(pair[1]) >= _LONG]
    backwards = typed[::-1], other[::-1]
    return any(_differ_by(pair, typed, other, _REST_BEHIND) for pair in prefixes) or any(
        _differ_by(pair, *backwards, _REST_BEFORE) for pair in _ENDINGS
    )


def _differ_by(pair: tuple[str, str], typed: str, other: str, least: int) -> bool:
    """Whether two words are of one rest, of `least` letters or more, one behind each of the two prefixes."""
    for first, second in (pair, pair[::-1]):
        rest = typed[len(first) :]
        if len(rest) >= least and (typed, other) == (first + rest, second + rest):
            return True
    return False
