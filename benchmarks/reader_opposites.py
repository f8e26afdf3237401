"""Questions turned into their opposite, to learn when a passage does not answer (benchmarks/reader_training.py)."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.reader_data import Pair, Span, simplified
from rag_app.text.language import language

_ENGLISH = """first/last before/after largest/smallest highest/lowest most/least more/less north/south northern/southern east/west
eastern/western increase/decrease increased/decreased win/lose won/lost begin/end began/ended start/stop born/died early/late
earliest/latest oldest/youngest older/younger male/female men/women king/queen best/worst better/worse major/minor inside/outside
above/below over/under left/right joined/left long/short new/old always/never upper/lower positive/negative rise/fall rose/fell
founded/dissolved established/abolished accept/reject accepted/rejected allow/prevent allowed/prohibited support/oppose
supported/opposed with/without maximum/minimum former/current public/private hot/cold strong/weak dry/wet same/different
larger/smaller higher/lower greater/lesser buy/sell bought/sold gained/lost son/daughter father/mother brother/sister husband/wife
allies/enemies ancient/modern common/rare success/failure successful/unsuccessful urban/rural domestic/foreign import/export
imported/exported rich/poor advantage/disadvantage can/cannot should/shouldn't does/doesn't did/didn't was/wasn't is/isn't
were/weren't are/aren't has/hasn't"""
_CHINESE = """最大/最小 最高/最低 最早/最晚 最早/最近 最多/最少 最长/最短 最好/最差 第一/最后 第一/第二 第二/第三 首次/最后一次
之前/之后 以前/以后 以上/以下 出生/去世 东部/西部 南部/北部 北方/南方 增加/减少 上升/下降 提高/降低 开始/结束
成立/解散 建立/废除 击败/败给 优点/缺点 支持/反对 允许/禁止 进口/出口 父亲/母亲 儿子/女儿 哥哥/弟弟 丈夫/妻子
国内/国外 可以/不可以 加入/退出 成功/失败 古代/现代 公立/私立 主要/次要"""
_NEGATED = {"是": "不是", "有": "没有", "会": "不会", "能": "不能"}
_DENIES = re.compile(r"n't$|^cannot$|^[不没]")


def _opposites(rows: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows.split():
        one, other = row.split("/")
        found[one].append(other)
        found[other].append(one)
    return dict(found)


_OF_ENGLISH, _OF_CHINESE = _opposites(_ENGLISH), _opposites(_CHINESE)


def with_opposite(pair: Pair, chance: random.Random) -> Pair | None:
    """The question with a word replaced by its opposite, which the context does not say; negated where no other has one."""
    if language(pair.question) == "zh":
        found = list(_chinese(simplified(pair.question), simplified(pair.context)))
    else:
        found = list(_english(pair.question, pair.context.lower()))
    if not found:
        return None
    (start, end), other = chance.choice([one for one in found if not _DENIES.search(one[1])] or found)
    return Pair(pair.question[:start] + other + pair.question[end:], pair.context)


def _english(question: str, context: str) -> Iterator[tuple[Span, str]]:
    for word in re.finditer(r"(?<!^)\b[A-Za-z']+", question):
        for other in _OF_ENGLISH.get(word.group().lower(), ()):
            if not re.search(rf"\b{re.escape(other)}\b", context):
                yield word.span(), other


def _chinese(question: str, context: str) -> Iterator[tuple[Span, str]]:
    for word, others in (*_OF_CHINESE.items(), *((word, [other]) for word, other in _NEGATED.items())):
        for at in re.finditer(re.escape(word), question):
            yield from ((at.span(), other) for other in others if other not in context)
