"""Chinese questions that lean on the one before: by what signs they are known, and what they then ask."""

from __future__ import annotations

import re

from rag_app.querying.chinese_exchange import FROM_TO, NO_THING, with_phrase_replaced
from rag_app.querying.chinese_phrases import INTERROGATIVE, phrases, words
from rag_app.querying.topic import Topic, with_arabic_years, years
from rag_app.text.language import CHINESE, language

_CORRECTS = (
    r"(?:(?:不对?|不是|错了|抱歉|对不起|不好意思)[，,。\s]*)*"
    r"(?:我(?:是说|的意思是|想问的?是|要问的?是|指的是)|应该是|(?<=[，,。\s]))[，,：:\s]*"
)
_LEAD = re.compile(rf"^\s*(?:{_CORRECTS}(?=\S)|那么|那(?![个些里儿时家座位年])|而且?|还有|另外|至于|关于|如果是|换成)[，,\s]*")
_TAIL = re.compile(r"[\s？?。.!！]*$")
_NOW = re.compile("今天|明天|昨天|后天|前天|今晚|今早|昨晚|今年|最近|近来|近期|现在|目前|眼下")
_ASKS_AFTER = re.compile(r"(?:呢|(?<![会将])(?:又?怎么样|又?如何))$")
_RELATIVE = {
    -1: re.compile(r"(?:再)?(?:上一年|前一年|上年度?|上一年度|之前(?:的)?一年|此前一年)"),
    1: re.compile(r"(?:下一年|后一年|次年|翌年|第二年|之后(?:的)?一年|下一年度)"),
}
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+(?!年)")
_PREPOSITION = re.compile("在|对于?|从")
# A time within a year, which takes the place of another one.
_MOMENT = re.compile(
    r"年初|年[中末底终]|期[初末]|[上下]半年|(?:第?[一二三四1-4]|[上下前后]一?)个?季度[初末]?|(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?[初中末底]?"
    r"|(?:星期|周|礼拜)[一二三四五六日天末]|工作日|[去前今明后]年|[昨今明前后]天|[上下本]个?月|早上|上午|中午|下午|晚上|春季|夏季|秋季|冬季"
)
_NOUNS = "公司|城市|国家|地方|人|大学|学校|产品|项目|建筑|系统|方法|机构|组织|塔|桥|港"
_POINTED_AT = re.compile(_NOUNS)
_PRONOUN = re.compile(
    r"它们|他们|她们|(?<!其)它|(?<![其吉])他(?!国|乡|日|汀|克莫|莫昔|达拉|唑巴)|她|(?<![尤极与])其(?![中他它实余次])|"
    r"(?:这|那)(?:里|儿|个|些|家|座|位)?(?=是|有|的|在|会|能|又|[？?]|$)|"
    rf"(?:这|那|该)(?:个|家|座|位|种|本|款|项)?(?={_NOUNS})|那里|那儿|当地"
)
_OWN_PAPERS = re.compile(r"这(?:个|些|份|篇|本)?(?:文档|文件|报告|文章|论文|资料|合同|材料)")
_BARE = re.compile(
    rf"^(?:这|那)?(?:是|在|又|有|都|究竟|到底|具体)*(?:{INTERROGATIVE}|原因|会|这样|不|这么|说|的话|[是在有做的了呢啊呀])+$"
)
_NEEDS_SUBJECT = re.compile(
    r"(?:成立|建成|建立|创立|创办|创建|发布|出版|出生|去世|逝世|上市|结束|开始|发生|完工|竣工|开业|开放|发明|发现|诞生|灭亡|退休|毕业"
    r"|到期|生效|失效|退还|归还|退回|终止|截止|交付|到货|送达|续签|签订|签署|出发|到达|抵达|起飞|降落|(?<=时候)[付还退交]"
    r"|上升|下降|增长|减少|上涨|下跌)(?:的|了)?$"
)
_THERE = ("那里", "那儿", "这里", "这儿", "当地")
_AMOUNT = re.compile(r".{1,3}了?(?:多少|几.?|多[高大长久远宽深重快])(?:钱|时间)?")
_PRICE = re.compile(r"(?:要|花|收|得)?(?:多少|几块)钱[一每半]?[\u4e00-\u9fff]{1,2}")  # 多少钱一晚
# What must belong to something.
_OWN = re.compile(
    "温度|价格|面积|重量|高度|长度|宽度|颜色|尺寸|电话|手机号|地址|邮箱|年龄|生日|职位|工资|单价|售价|库存|起订量|(?:交货?|保修|保质|质保|有效)期"
    "|牌子|品牌|型号|规格|材质|产地|用法|用量|剂量|疗程|副作用|(?:正常|参考)(?:范围|值)"
)
_OWNED = re.compile(
    rf"(?:{_OWN.pattern})(?:是|有|在)?(?:{INTERROGATIVE})[度钱]?|(?:是|用的?是?)?什么(?:牌子|品牌|型号|颜色|规格|材质|职位)的?"
)
# What is done with something, which a verb that says nothing more leaves open: 怎么处理？ 什么时候去？ 可以退吗？
_DONE = (
    r"处理|解决|办理?|弄|安装|清[洗理]|保养|维[修护]|修|操作|使?用|存放?|去|到|上|买|购买|交|付|领取?|取消?|拿|选|换|更换|退|转让|改|修改|申请|报名"
    r"|参加|预[约订]|停|打开?|[开关]门?|做|刷|服用|吃|喝|带|集合|出发|开始|结束|续|算"
)
_MAY = r"(?:我们?|应?该|必?[须需]要?|可以?|能|得|要|会|才|就|一般|到底|最[晚早迟多少]|[在去到向找跟由])*"
_DONE_WITH = re.compile(
    rf"{_MAY}(?:{INTERROGATIVE}|几[岁点号]){_MAY}(?:{_DONE})(?:[它了的好]|一[次回])?"
    rf"|{_MAY}(?:{_DONE})(?:什么|多少|几[次天个片粒]|哪[个些里])"
    rf"|(?:能不能|可不可以|可以|能|需要|要不要|要)(?:{_DONE})(?:[它了])?吗?"
)
_OF_PEOPLE = re.compile("出生|去世|逝世|毕业|退休|结婚")
_BEGINS_WITHOUT_SUBJECT = re.compile(
    r"^(?:当时|后来|最后|一共|总共|现在|目前|也|还|又|都)*(?:是|有|在|位于|属于|叫|由|建于|共有|包括|包含)"
)


def _core(question: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", question, count=1))


def relative_year(question: str) -> int:
    """-1 for 前一年 and its like, 1 for 后一年, else 0."""
    return next((step for step, pattern in _RELATIVE.items() if pattern.search(question)), 0)


def fragment(question: str) -> str | None:
    """What a question names in place of something in the one before (那德国呢？), None where it is none."""
    core = _core(question)
    asked = _ASKS_AFTER.sub("", core)
    is_led = _LEAD.match(question) is not None or asked != core
    if not asked or re.search(INTERROGATIVE, asked) or _pronoun(asked):
        return None
    if not core.endswith("呢") and _LEAD.match(question) is None and (now := _NOW.match(asked)) and words(asked[now.end() :]):
        return None
    if is_led and (asked != core or len(asked) <= 12):
        return asked
    rest = _ORDINAL.sub("", asked)
    if _OWN.fullmatch(asked):
        return asked
    is_bare = bool(years(asked) or relative_year(asked) or rest != asked) and not words(without_relative(rest))
    return asked if is_bare and len(asked) <= 8 else None


def is_name(named: str) -> bool:
    """Whether what a question names is the name of a person, a place or a body."""
    return _ORDINAL.search(named) is None and any(word.is_name for word in words(named))


def without_relative(text: str) -> str:
    """`text` without 前一年 and its like."""
    for pattern in _RELATIVE.values():
        text = pattern.sub("", text)
    return text


def put(named: str, question: str, topic: Topic, *, year: str) -> str:
    """`question` with what `named` says in place of what it replaces: an ordinal, a name, or what is asked of its topic."""
    named = re.sub(r"(?:1\d{3}|20\d\d)年?", "", without_relative(with_arabic_years(named)))
    between, said = FROM_TO.search(named), FROM_TO.search(question)
    if between and said:
        return question[: said.start()] + between.group() + question[said.end() :]
    ordinal, there = _ORDINAL.search(named), list(_ORDINAL.finditer(question))
    moments = list(_MOMENT.finditer(question)) if _MOMENT.fullmatch(named.strip("在的")) else []
    if moments:
        question = question[: moments[-1].start()] + named.strip("在的") + question[moments[-1].end() :]
        named = ""
    elif ordinal and there:
        question = question[: there[-1].start()] + ordinal.group() + question[there[-1].end() :]
        named = re.sub(r"^[个名位]?", "", named.replace(ordinal.group(), ""))
        if named and question[there[-1].start() + len(ordinal.group()) :].startswith(named):
            named = ""
    elif ordinal:
        return f"{topic.subject}的{named.removeprefix('在')}？" if topic.subject else question
    preposition = _PREPOSITION.match(named)
    named = re.sub(rf"^(?:{_PREPOSITION.pattern})", "", named)
    if words(named):
        question = with_phrase_replaced(named, question, topic, preposition.group() if preposition else "")
    if year and not years(question):
        return f"{year}年{question}"
    return question


def is_bare_question(question: str) -> bool:
    """Whether a question only asks (为什么？) and says of nothing what it wants to know."""
    core = _core(question)
    return bool(core) and re.search(INTERROGATIVE, core) is not None and _BARE.match(core) is not None


def ask_again(question: str, earlier: str) -> str:
    """A bare question, of what the one before asked about."""
    asked = re.sub(r"^[这那]是?|[呢啊呀]$", "", _core(question))
    if language(earlier) != CHINESE:
        return f"{earlier.rstrip(' ?.!')}，{asked}？"
    rest = re.sub(rf"(?:是|有)?(?:星期|周|礼拜)?(?:{INTERROGATIVE})[个种位次]?", "", _TAIL.sub("", earlier))
    if re.match("[几多哪]", asked):
        return f"{rest}{asked}？"
    return f"{rest}，{asked}？" if re.match(r"[是在有]", asked) else f"{asked}{rest}？"


def _pronoun(question: str) -> re.Match[str] | None:
    """The first pronoun of `question` that means something said before it."""
    if _OWN_PAPERS.search(question):
        return None
    for match in _PRONOUN.finditer(question):
        before = question[: match.start()]
        is_possessive = question[match.end() : match.end() + 1] == "的" or match.group() == "其"
        clauses = re.split(r"[，,；;]", before)
        is_bound = (is_possessive and phrases(before)) or any(phrases(clause) for clause in clauses[:-1])
        if not is_bound:
            return match
    return None


def has_open_pronoun(question: str) -> bool:
    """Whether a question says 它, 他, 那里 … of something that only the conversation names."""
    return _pronoun(_core(question)) is not None


def asks_of_person(question: str) -> bool:
    """Whether a question has an open 他 or 她."""
    found = _pronoun(_core(question))
    return found is not None and found.group()[0] in "他她"


def may_be_person(subject: str) -> bool:
    """Whether what a question was about may be somebody: a name, or more than one word of the list (成公英)."""
    return is_name(subject) or len(words(subject)) > 1


def with_referent(question: str, topic: Topic) -> str:
    """`question` with its first open pronoun replaced by what it means in the conversation."""
    core = _core(question)
    match = _pronoun(core)
    assert match is not None
    word, rest = match.group(), core[match.end() :]
    owner = topic.owner if is_name(topic.owner) else ""
    meant = (topic.person or owner) if word[0] in "他她" or word[-1] == "位" else topic.place if word in _THERE else ""
    meant = meant or (topic.owner if rest.startswith("的") or word == "其" else topic.subject) or topic.person or topic.place
    noun = _POINTED_AT.match(rest)
    if noun:
        meant, rest = (meant, rest[noun.end() :]) if meant.endswith(noun.group()) else (meant + word, rest)
    elif word == "其":
        meant += "的"
    resolved = f"{core[: match.start()]}{meant}{rest}？"
    return resolved if not topic.year or years(resolved) else _dated(resolved, topic.year)


def _dated(question: str, year: str) -> str:
    return f"{year.removesuffix('年')}年{question}" if re.fullmatch(r"\d{4}年?", year) else question


def lacks_subject(question: str) -> bool:
    """Whether a question says of nothing what it asks: 什么时候成立的？ 有多少员工？ 是谁设计的？"""
    core = _core(question)
    if _OWNED.fullmatch(core) or _PRICE.fullmatch(core) or _DONE_WITH.fullmatch(core):
        return True
    found = [phrase for phrase in phrases(core) if any(word.kind != "vn" for word in phrase.words)]
    found = [phrase for phrase in found if phrase.text not in NO_THING and not _NEEDS_SUBJECT.fullmatch(phrase.text)]
    if any(word.is_name for phrase in found for word in phrase.words) or years(core) or len(core) > 14:
        return False
    begins = _BEGINS_WITHOUT_SUBJECT.match(core) is not None
    asks = re.search(INTERROGATIVE, core)
    if not asks or re.match(r"怎么|如何|怎样", core):
        return False
    if not found:
        is_amount = not _has_thing(core) and _AMOUNT.fullmatch(core) is not None
        return begins or is_amount or _NEEDS_SUBJECT.search(core) is not None or core.endswith(("的", "了")) or len(core) <= 3
    starts_here = asks.start() <= (2 if begins else 0)
    return (
        len(found) == 1
        and starts_here
        and re.match(r"(?:一共|总共|共|还)?有|多少|几|(?:在|用|找|属于|是)哪", core) is not None
        and core.endswith(found[0].text)
    )


def _has_thing(text: str) -> bool:
    return any(phrase.text not in NO_THING for phrase in phrases(text))


def with_subject(question: str, topic: Topic) -> str:
    """Such a question, of what the one before was about."""
    meant = (topic.person or topic.subject) if _OF_PEOPLE.search(question) else topic.owner
    resolved = f"{meant or topic.person}{_core(question)}？"
    return resolved if not topic.year or years(resolved) or not re.search("多少|几", resolved) else _dated(resolved, topic.year)
