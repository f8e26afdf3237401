"""What of a Chinese question gives way to what a follow-up names (那租户呢？)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.querying.chinese_phrases import INTERROGATIVE, Phrase, phrases, words
from rag_app.querying.chinese_surnames import COMMON_WORDS, SURNAMES
from rag_app.querying.topic import NUMBERED, Topic, with_aside, years
from rag_app.querying.word_lists import chinese_kinds
from rag_app.text.folding import fold

_PLACE = "[^，。？?的从到]"
FROM_TO = re.compile(rf"从{_PLACE}{{1,8}}?到(?:{_PLACE}{{2}}|{_PLACE}{{1,8}}?)(?=[要有多几需的呢？?，]|$)")
_PERSON = re.compile(
    r"(?:成人|大人|儿童|小孩|孩子|学生|老人|老年人|租户|租客|房客|业主|雇主|经理|客户|顾客|会员|患者|病人|家长|父母|男[性生]|女[性生]|[甲乙买卖]方"
    r"|[出承]租[方人]|(?:供应|承包|经销)商|房东|[员师])$"
)
_OF_PERSON = re.compile("成人|儿童|学生|老人|会员")  # 儿童票
_LASTING = re.compile("[一两二三四五六七八九十半每\\d]+(年|个?月|周|天|小时|次)")
_CODE = re.compile("(?<![A-Za-z0-9])[A-Za-z0-9]{1,2}(?![A-Za-z0-9])")
# What a thing has, which is asked of the same thing.
_ATTRIBUTE = re.compile(
    r"(?:[率额价费金款量度积期限数号码址龄薪资法性因能果式名]|[优缺特沸熔起终重难景]点|电话|邮箱|邮件|手机|职位|职务|部门|专业|学历|颜色|尺寸|人口|首都|成本|利润|收入|支出|联系人|负责人"
    r"|作者|时间|地点|税|工资|奖金)$"
)
_COUNTED = re.compile(r"(?:多少|几[个种位条件本张]?|(?<![在去到于从是])(?:什么|哪些|哪一?[个种位家]))$")
_LONGEST_ELIDED, _LONGEST_NAME = 4, 3
NO_THING = ("钱", "时间")  # what 多少 asks for


def with_phrase_replaced(named: str, question: str, topic: Topic, preposition: str) -> str:
    """`question` with what `named` says in place of what is of its kind, or asked of what the question is about."""
    old, is_elided = [phrase for phrase in phrases(question) if phrase.text not in NO_THING], named.endswith("的")
    if is_elided and (again := _same_ending(named[:-1], question)):
        return question[: again.start()] + named[:-1] + question[again.end() :]
    people = [word for phrase in old for word in phrase.words if word.kind == "nr" and len(word.text) > 1]
    if people and _may_be_person(named):
        return question[: people[0].start] + named + question[people[0].end :]
    if is_elided and old:
        named += old[-1].words[-1].text
        if len(old) == 1 and len(old[0].words) > 1 and old[0].words[0].is_name:  # Nordlicht合同
            return question[: old[0].start] + named + question[old[0].end :]
    named = re.sub("^的|的$", "", named)
    new = phrases(named)
    alike = None if is_elided else _behind(preposition, question, old) or _alike(new, _no_places(question, old))
    is_time = all(word.kind == "t" for word in words(named)) or _LASTING.fullmatch(named) is not None
    if (again := _same_kind_of_time(named, question) or _same_kind_of_code(named, question)) is not None:
        return question[: again.start()] + named + question[again.end() :]
    if is_time and old:  # "at the weekend": nothing gives way to it
        return question[: old[0].end] + named + question[old[0].end :]
    if alike is not None:
        return question[: _begin(named, question, alike)] + named + question[_end(new, alike) :]
    if preposition:
        return with_aside(question, preposition + named, brackets="（）").replace(" （", "（")
    when = topic.year if topic.year and not years(named) else ""
    if len(new) > 1 and new[0].words[-1].kind == "nr" and named[new[0].end :].startswith("的"):
        return f"{when}{named}？"
    if old and (put := _put(named, question, old)):
        return put
    if not old and topic.subject and topic.subject in question and not _ATTRIBUTE.search(named):
        return question.replace(topic.subject, named + "的" + topic.subject if is_elided else named, 1)
    owner = topic.owner or topic.subject
    return f"{when}{owner}的{named}？" if owner else f"{named}{question}"


def _may_be_person(named: str) -> bool:
    """Whether two or three characters that are no word of the list begin with a surname, beside a person (叶文 after 余涛)."""
    surnames = SURNAMES | COMMON_WORDS
    return 2 <= len(named) <= _LONGEST_NAME and fold(named[0]) in surnames and chinese_kinds().get(fold(named), "nr") == "nr"


def _same_ending(named: str, question: str) -> re.Match[str] | None:
    """What ends as `named` does, in as many characters: 高筋 of 高筋粉 beside 中筋, 小号 beside 大号."""
    if not 2 <= len(named) <= _LONGEST_ELIDED or named in question:
        return None
    return re.search(rf"[\u4e00-\u9fff]{{{len(named) - 1}}}{re.escape(named[-1])}", question)


def _put(named: str, question: str, old: Sequence[Phrase]) -> str:
    """`question` with `named` in the place of a phrase, empty where it asks for something that its owner has."""
    first, is_owned = old[0], len(old) > 1 and question[old[0].end : old[1].start] == "的"
    has_name = any(word.kind[:2] in ("nr", "ns", "nt", "en") for word in first.words)
    if "的" in named:
        start = 0 if re.fullmatch("[去到往]?", question[: first.start]) else first.start
        owner, end = first.text if has_name and first.start == 0 else "", _end_of(question, old)
        return question[:start] + owner + named + question[end:]
    if _PERSON.search(named) and not has_name and words(named)[0].kind != "v":
        return _with_person(named, question, old)
    counted = next((phrase for phrase in old if _COUNTED.search(question[: phrase.start])), None)
    if _ATTRIBUTE.search(named) and not (not is_owned and _ATTRIBUTE.search(first.text)):
        return ""
    is_name = [word.is_name for word in words(named)][-1:] == [True] and not (counted and counted.words[-1].is_name)
    if counted and not is_name and not _ATTRIBUTE.search(named) and len(old) > 1 and not has_name:
        return question[: counted.start] + named + question[counted.end :]
    if has_name:
        return ""
    if len(old) > 1 and not is_owned and question.rstrip(" ?？").endswith("吗"):  # 房客可以养猫吗
        last = old[-1].words[-1]
        start = last.end - 1 if len(named) == 1 and chinese_kinds().get(last.text[0]) == "v" else old[-1].start  # 养猫
        return question[:start] + named + question[last.end :]
    is_done = all(word.kind == "vn" for word in first.words) and question[first.end : first.end + 1] != "的"  # 保修多久
    return question[: _begin(named, question, first)] + named + question[first.start if is_done else first.end :]


def _begin(named: str, question: str, phrase: Phrase) -> int:
    """Where a phrase gives way to what is `named`: with the single character before it that tells which it is (四人间, 大会议室),
    but behind the words before one that both have (体检套餐A, 套餐B)."""
    if alike := [word.start for word in phrase.words[1:] if named.startswith(word.text)]:
        return alike[0]
    before = [word for word in words(question) if word.end == phrase.start and len(word.text) == 1 and word.kind[:1] in "abm"]
    return before[0].start if before else phrase.start


def _end(new: Sequence[Phrase], phrase: Phrase) -> int:
    """Where a phrase that gives way ends: of a name with a noun behind it (Medisono报价) the name, if a name is `new`."""
    names = [word for word in phrase.words if word.is_name]
    is_name = all(word.is_name for one in new for word in one.words)
    return names[0].end if is_name and names[:1] == [phrase.words[0]] and len(names) == 1 else phrase.end


def _same_kind_of_time(named: str, question: str) -> re.Match[str] | None:
    """How long something lasts in `question`, where `named` is as many of the same unit."""
    new = _LASTING.fullmatch(named)
    return next((old for old in _LASTING.finditer(question) if new and old[1] == new[1]), None)


def _same_kind_of_code(named: str, question: str) -> re.Match[str] | None:
    """The last letter or number that tells one from others in `question` (套餐A, 1号楼), where `named` is another one."""
    if new := NUMBERED.fullmatch(named):
        return next((old for old in NUMBERED.finditer(question) if old["unit"] == new["unit"]), None)
    return next(iter(list(_CODE.finditer(question))[::-1]), None) if _CODE.fullmatch(named) else None


def _end_of(question: str, old: Sequence[Phrase]) -> int:
    """Where the last phrase ends that stands before what asks."""
    asks = re.search(INTERROGATIVE, question)
    before = [phrase.end for phrase in old if not asks or phrase.end <= asks.start()]
    return before[-1] if before else old[0].end


def _with_person(named: str, question: str, old: Sequence[Phrase]) -> str:
    """`question` of another person, instead of the one it names (房东的通知期, 成人票), or else besides."""
    for phrase in old:
        for word in (phrase.words[0], phrase.words[-1]):
            if _PERSON.search(word.text):
                return question[: word.start] + named + question[word.end :]
        if ticket := _OF_PERSON.match(phrase.text):
            return question[: phrase.start] + named + question[phrase.start + ticket.end() :]
    return with_aside(question, named, brackets="（）").replace(" （", "（")


def _behind(preposition: str, question: str, old: Sequence[Phrase]) -> Phrase | None:
    """The last phrase behind the same preposition; the 在 of 现在 is none."""
    ends = {word.end for word in words(question)}
    found = [phrase for phrase in old if re.search(rf"{preposition[:1]}于?$", question[: phrase.start])] if preposition else []
    return next((phrase for phrase in reversed(found) if phrase.start not in ends), None)


def _no_places(question: str, old: Sequence[Phrase]) -> Sequence[Phrase]:
    """The phrases of `question` but for those that only say where it is, or when, unless there is no other: 广交会上."""
    return [phrase for phrase in old if question[phrase.end : phrase.end + 1] not in "上里内中时"] or old


def _alike(new: Sequence[Phrase], old: Sequence[Phrase]) -> Phrase | None:
    """The phrase of the earlier question that is of the kind of the new one: by its last character, a place, a person."""
    if not new or not old:
        return None
    last = new[-1].words[-1]
    for phrase in old:
        if phrase.text[-1] == new[-1].text[-1]:
            return phrase
    if not any(word.is_name for word in new[-1].words):
        return None
    same = [phrase for phrase in old if phrase.words[-1].kind[:2] == last.kind[:2]]
    named = [phrase for phrase in old if any(word.is_name for word in phrase.words)]
    return next(iter(same or named), None)
