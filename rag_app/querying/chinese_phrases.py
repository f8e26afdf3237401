"""The phrases of a Chinese question: names, nouns with what belongs to them, by jieba's word list."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from rag_app.querying.chinese_surnames import COMMON_WORDS, DOUBLE_SURNAMES, GIVEN_NAMES, SURNAMES, TRANSCRIBES
from rag_app.querying.topic import NUMBERED, Topic
from rag_app.querying.word_lists import LONGEST_CHINESE_WORD, chinese_kinds, chinese_words
from rag_app.text.folding import fold
from rag_app.text.sentences import sentences

INTERROGATIVE = (
    r"为什么|为何|什么时候|什么地方|什么|何时|何地|哪一?[年天月里儿个些位种家座国]?|多少|几(?:小时|分钟|[个年月周期层楼次遍位天点岁款种家件条页])?|"
    r"多[高大长久远宽深重快]|怎么样?|怎样|如何|谁|是否|吗"
)
_ASKS_FOR_PERSON = re.compile(r"谁|哪一?位|什么人")
_ASKS_FOR_PLACE = re.compile(r"哪里|哪儿|在哪|什么地方|何地|哪一?[个座]?城市|哪一?个?国家?")
_YEAR = re.compile(r"(?:1\d{3}|20\d\d)年?")
_EMPTY = frozenset(
    "的了是在和与有为于以而被对把将从到由向给让使地得着过呢吗啊吧呀也都还又再就才却很最更共一第个年月日那这它他她其我你们请或叫之所并则等中里上下内外前后时该此每各好您"
) | frozenset(
    (
        *(
            "一共",
            "总共",
            "一个",
            "我们",
            "你们",
            "它们",
            "他们",
            "她们",
            "那么",
            "请问",
            "关于",
            "至于",
            "当时",
            "后来",
            "主要",
            "以及",
            "或者",
            "位于",
        ),
        *("设在", "属于", "包括", "叫做", "时候", "人家", "谢谢", "你好", "您好", "再见", "好的"),
    )
)
_IN_GIVEN_NAMES = tuple("日月年中上里前时一")
# Of what somebody does, hardly ever a part of a name.
_DOES = "住会做写说去能要教用付签买卖看吃喝找提"
_NOT_IN_GIVEN_NAMES = _EMPTY.difference(_IN_GIVEN_NAMES) | set("家父母妻兄") | set(_DOES)
_BEHIND_NAME = re.compile(
    rf"$|[\s的是在呢有和跟与，、。？！,?.!{_DOES}现以今几什哪谁多怎何应可]|毕业|出生|担任|负责|工作|需要|为什么|收到|结婚|入职|离职"
    r"|[一二三四五六七八九十\d]+[年月日号岁点]|[上下这每]个?[月周年天]|[昨明]天|周[一二三四五六日末]|星期|礼拜|工资"
)
_COUNTED_BEFORE = re.compile(r"(?:[\d一二三四五六七八九十百千两几每这]|多少)$")  # 三张票, 多少钱一晚
# What makes one noun with the verb before it (等待期, 起付线), and what does with the noun behind it (免赔额).
_ENDS_COMPOUND, _BEGINS_COMPOUND = frozenset("期线费额率金款点表单证卡号日键量价"), frozenset("免未应实净毛")
_ENDS_NOUN = ("是", "的", "呢")  # 营业收入是多少
_FEW_CHARACTERS = re.compile("[\u3400-\u9fff·]{2,5}")
_LOG_LEAST = -18.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a Chinese text with its kind (jieba's tag) and its place; x is a character that is no word of the list."""

    text: str
    kind: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_noun(self) -> bool:
        """Whether it names something."""
        is_holiday = self.kind == "t" and self.text[-1] in "假节"
        return self.kind in ("vn", "an", "eng", "x") or self.kind[:1] in "nijlsz" or is_holiday

    @property
    def is_name(self) -> bool:
        """Whether it is the name of a person, a place or a body, or written in Latin letters."""
        return self.kind[:2] in ("nr", "ns", "nt", "nz") or self.kind == "eng"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side that name something."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def words(text: str) -> list[Word]:
    """The words of `text`, question words, years and signs left out."""
    hidden = re.sub(rf"{INTERROGATIVE}|{_YEAR.pattern}|第[一二三四五六七八九十\d]+", lambda match: " " * len(match.group()), text)
    counted = [Word(run.group(), "n", run.start()) for run in NUMBERED.finditer(hidden)]
    hidden = NUMBERED.sub(lambda match: " " * len(match.group()), hidden)
    latin = re.finditer(r"[A-Za-z0-9][\w.&-]*(?: [A-Za-z0-9][\w.&-]*)*", hidden, re.ASCII)
    found = [*counted, *(Word(run.group(), "eng", run.start()) for run in latin)]
    for run in re.finditer(r"[㐀-鿿]+", hidden):
        found += _compounded(_with_whole_names(text, _transcribed(segmented(run.group(), run.start()))))
    return _with_given_names(text, sorted((word for word in found if fold(word.text) not in _EMPTY), key=lambda word: word.start))


def _with_given_names(text: str, found: list[Word]) -> list[Word]:
    """The words, a surname put together with a given name whose first character says nothing by itself (李日华)."""
    joined: list[Word] = []
    for word in found:
        last = joined[-1] if joined else None
        is_given = len(word.text) == 1 and word.kind[:1] == "n"
        if last and last.kind == "nr" and len(last.text) == 1 and is_given and text[last.end : word.start] in _IN_GIVEN_NAMES:
            joined[-1] = Word(text[last.start : word.end], "nr", last.start)
        else:
            joined.append(word)
    return joined


def _compounded(found: list[Word]) -> list[Word]:
    """The words, those put together that are one noun the list does not hold (免赔额, 等待期)."""
    joined: list[Word] = []
    for word in found:
        before = 0
        if len(word.text) == 1 and word.text in _ENDS_COMPOUND:
            while before < min(2, len(joined)) and joined[-before - 1].kind[:1] in "va" and len(joined[-before - 1].text) <= 2:
                before += 1
            before = before if sum(len(one.text) for one in joined[len(joined) - before :]) > 1 else 0
        elif word.is_noun and joined and joined[-1].text in _BEGINS_COMPOUND:
            before = 1
        parts = (*joined[len(joined) - before :], word)
        joined[len(joined) - before :] = [Word("".join(one.text for one in parts), "n", parts[0].start) if before else word]
    return joined


def _transcribed(found: list[Word]) -> list[Word]:
    """The words, three or more that write a foreign name by its sound put together (美托洛尔)."""
    joined: list[Word] = []
    place = 0
    while place < len(found):
        end = place
        while end < len(found) and set(found[end].text) <= TRANSCRIBES:
            end += 1
        whole = "".join(word.text for word in found[place:end])
        if end - place > 1 and len(whole) > 2:
            joined.append(Word(whole, "nz", found[place].start))
            place = end
        else:
            joined.append(found[place])
            place += 1
    return joined


def _with_whole_names(text: str, found: list[Word]) -> list[Word]:
    """The words, those of a name that the list does not hold as a whole put together (陈思远, 欧阳慕雪)."""
    joined: list[Word] = []
    place = 0
    while place < len(found):
        ends = [end for end in (place + 3, place + 2) if _is_whole_name(text, found[place:end]) and end <= len(found)]
        end = ends[0] if ends else place + 1
        whole = "".join(word.text for word in found[place:end])
        joined.append(Word(whole, "nr" if ends else found[place].kind, found[place].start))
        place = end
    return joined


def _is_whole_name(text: str, parts: list[Word]) -> bool:
    """Whether words are a surname and a given name of one or two characters, with nothing behind that belongs to them."""
    first, *others = parts
    surname, given = fold(first.text), "".join(word.text for word in others)
    if not _BEHIND_NAME.match(text, parts[-1].end) or _COUNTED_BEFORE.search(text[: first.start]):
        return False
    if any(word.text in _NOT_IN_GIVEN_NAMES or (len(word.text) > 1 and word.kind not in ("nr", "ns", "nz")) for word in others):
        return False
    if first.kind == "nr" and len(surname) == 2 and surname[0] in SURNAMES | COMMON_WORDS:  # 王明 of 王明远
        return len(given) == 1
    if surname in COMMON_WORDS and len(given) == 1:
        return given in GIVEN_NAMES
    return (surname in SURNAMES | DOUBLE_SURNAMES and len(given) in (1, 2)) or (surname in COMMON_WORDS and len(given) == 2)


def phrases(text: str) -> list[Phrase]:
    """The nouns and names of `text`, those side by side as one."""
    runs: list[list[Word]] = []
    for word in words(text):
        follows_of = word.start > 0 and text[word.start - 1] == "的" and len(word.text) > 1 and word.kind in ("d", "a", "ad", "v")
        ends_noun = runs and runs[-1][-1].end == word.start and word.kind == "v" and text[word.end : word.end + 1] in _ENDS_NOUN
        if not (word.is_noun or follows_of or ends_noun):
            continue
        if runs and runs[-1][-1].end == word.start:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [Phrase(tuple(run)) for run in runs]


def chinese_topic(question: str, answer: str) -> Topic:
    """What `question` was about, and who or where its answer is."""
    found = phrases(question)
    year = _YEAR.search(question)
    person = _answering_name(question, answer, "nr") if _ASKS_FOR_PERSON.search(question) else ""
    place = _answering_name(question, answer, "ns") if _ASKS_FOR_PLACE.search(question) else ""
    if not found:
        subject = _before_what_asks(question)
        content = tuple(filter(None, (subject or person,)))
        return Topic(subject, subject, person, place, year.group() if year else "", content)
    first = found[0]
    whole = _with_what_it_has(question, found)
    asks_amount = re.search(r"多|几", question) is not None
    owner = first.text
    content = tuple(phrase.text for phrase in found)
    return Topic(owner if asks_amount else whole, owner, person, place, year.group() if year else "", content)


def _before_what_asks(question: str) -> str:
    """What stands before the words that ask, where no noun is known in it (下次复诊 of 下次复诊是什么时候)."""
    asks = re.search(INTERROGATIVE, question)
    said = re.sub(
        r"^(?:请问|那么?|我|能不?能|可不?可以|[能可会要])+|(?<=..)[是在有要的了会能为]+$",
        "",
        question[: asks.start()] if asks else "",
    )
    told = [word for word in words(said) if fold(word.text) not in _EMPTY and word.kind != "r"]
    is_done = bool(told) and told[-1].kind == "v" and question[told[-1].end :].startswith("了")  # 最后买了哪个
    return said if 2 <= len(said) <= 12 and told and not is_done else ""


def _with_what_it_has(question: str, found: list[Phrase]) -> str:
    """The first phrase with what follows it by 的."""
    end = found[0].end
    for phrase in found[1:]:
        if question[end : phrase.start] == "的":
            end = phrase.end
    return question[found[0].start : end]


def _answering_name(question: str, answer: str, kind: str) -> str:
    """Who or where the answer is: what stands across 是 from the words of the question, or the first new name, if there is one
    of its `kind`."""
    if kind == "nr" and _FEW_CHARACTERS.fullmatch(answer):
        return answer
    asked = {phrase.text for phrase in phrases(question)}
    first = next(iter(sentences(answer)), "").rstrip("。.！!")
    if answered := re.match(re.escape(question.strip(" ?？")).replace("谁", "([^，,。]{2,12}?)", 1) + "$", first):
        return str(answered.group(1)) if answered.groups() else ""
    across = re.fullmatch(r"([^，,。]{2,40}?)(?:是|为|叫)([^，,。]{2,40})", first)
    if across:
        sides: list[str] = [side for side in across.groups() if not any(text in side for text in asked)]
        if len(sides) == 1 and len(sides[0]) <= 12:
            return sides[0]
    found = [phrase for phrase in phrases(first) if any(word.is_name for word in phrase.words) and not phrase.text.isdigit()]
    names = [phrase.text for phrase in sorted(found, key=lambda phrase: all(word.kind[:2] != kind for word in phrase.words))]
    return next((name for name in names if not any(name in text or text in name for text in asked)), "")


def segmented(run: str, offset: int) -> list[Word]:
    """A run of characters as the likeliest words of the list (unigrams), characters that are none of them put together."""
    text = fold(run)
    if len(text) != len(run):
        text = run
    total = _log_of_all()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        starts = range(max(0, end - LONGEST_CHINESE_WORD), end)
        best.append(max((best[start][0] + _likelihood(text[start:end], total), start) for start in starts))
    found: list[Word] = []
    end = len(text)
    while end:
        start = best[end][1]
        kind = chinese_kinds().get(text[start:end], "x")
        found.append(Word(run[start:end], kind, offset + start))
        end = start
    return found[::-1]


@cache
def _log_of_all() -> float:
    return math.log(sum(chinese_words().values()))


def _likelihood(word: str, total: float) -> float:
    count = chinese_words().get(word, 0)
    if count:
        return math.log(count) - total
    return _LOG_LEAST if len(word) == 1 else -math.inf
