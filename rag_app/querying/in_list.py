"""Questions about the first, the second … of what an answer listed, said with the name of that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.querying.listed import listed
from rag_app.querying.topic import with_aside
from rag_app.records import Turn
from rag_app.text.language import CHINESE, language

TURNS_BACK = 4
_NUMBERS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LAST = -1
_CHINESE_PLACE = re.compile(r"(?:第([一二三四五六七八九十]|\d{1,2})|(最后一?))[个种项位点家名类样]")
_CHINESE_LEAD = re.compile(r"^\s*(?:那么|那|而且?|还有|至于|关于)?[，,\s]*")
_CHINESE_GOES_ON = re.compile(
    r"(?:又|也|具体|究竟|到底|一般|通常)*(?:$|[呢是的有在和跟与叫会能可需要由归为，,？?。]|什么|怎么|如何|为什么|为何|谁|多少|几|何时|哪)"
)
_CHINESE_NOUN = re.compile(r"[\u4e00-\u9fff]{1,6}?(?=[呢是的有在和跟与叫会能，,？?。]|什么|怎么|如何|谁|多少|几|何时|哪|$)")
_BARE_CHINESE = re.compile(r"[的]?[呢啊呀]?[\s？?。.!！]*")
_ASKS_WHO = re.compile("谁|[位名]|什么人|人员|人物|成员|国王|皇帝|总统|主席|经理|作者|股东|董事|监事")
_ENGLISH_PLACE = re.compile(
    rf"\b(the\s+)?({'|'.join(_ORDINALS)}|last)\b(\s+ones?\b)?(\s+of\s+(?:them|these|those)\b)?", re.IGNORECASE
)
_DOES_SOMETHING = re.compile(rf"\s+to\s+(?!the\s+(?:{'|'.join(_ORDINALS)}|last)\b)", re.IGNORECASE)  # "the last (one) to leave"
_BARE_ENGLISH = re.compile(
    r"\s*(?:(?:and|but|so|then|ok|okay|now)\b[\s,]*)*(?:(?:what|how)\s+about\s+)?\ufffc\s*[?.!]*\s*", re.IGNORECASE
)
_FUNCTION_WORDS = re.compile(
    r"\s*(?:$|[?.!,;]|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must|and|or|in|on|at|for|to"
    r"|from|by|with|cost|last|mean|work|called|made|released|located)\b)",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"\s+([a-z]+)", re.IGNORECASE)
_HOLE = "\ufffc"


def said_by_name(question: str, before: Sequence[Turn]) -> str | None:
    """`question` with the things that it counts by their place in a list of an earlier answer named; None where it counts none.

    A question that is nothing else ("And the second one?") asks of the second what the last question asked of another one of the
    list, and else what the second is.
    """
    chinese = language(question) == CHINESE
    places = _chinese_places(question, before) if chinese else _english_places(question, before)
    items = _list_for([place for _, _, place in places], before)
    if not items:
        return None
    hollow = question
    for start, end, _ in reversed(places):
        hollow = hollow[:start] + _HOLE + hollow[end:]
    names = [items[place] for _, _, place in places]
    bare = (
        _BARE_CHINESE.fullmatch(_CHINESE_LEAD.sub("", hollow).removeprefix(_HOLE)) if chinese else _BARE_ENGLISH.fullmatch(hollow)
    )
    if bare and len(names) == 1:
        return _asked_of(names[0], items, before[-1].answer.query.searched, chinese=chinese)
    for name in names:
        hollow = hollow.replace(_HOLE, name, 1)
    return _CHINESE_LEAD.sub("", hollow) if chinese else hollow


def _list_for(places: Sequence[int], before: Sequence[Turn]) -> tuple[str, ...]:
    """The newest list that is long enough; none where the question before counts by itself ("the first step")."""
    if not places or not before or _counts(before[-1].answer.query.searched):
        return ()
    for turn in reversed(before[-TURNS_BACK:]):
        items = listed([sentence.full_text for sentence in turn.answer.sentences])
        if items and max(places) < len(items):
            return items
    return ()


def _counts(question: str) -> bool:
    return _CHINESE_PLACE.search(question) is not None or bool(_counting(question))


def _counting(question: str) -> list[re.Match[str]]:
    """Where an English question counts ("the first", "last one", "second of them"); "last" and "first" alone do not."""
    return [found for found in _ENGLISH_PLACE.finditer(question) if found.group(1) or found.group(3) or found.group(4)]


def _asked_of(name: str, items: Sequence[str], earlier: str, *, chinese: bool) -> str:
    other = next((item for item in sorted(items, key=len, reverse=True) if item in earlier), "")
    if other:
        return earlier.replace(other, name)
    if chinese:
        return f"{name}是谁？" if _ASKS_WHO.search(earlier) else f"{name}是什么？"
    is_named = name[:1].isupper() or re.match(r"(?:the|an?)\s", name) is not None
    return f"What is {name}?" if is_named else with_aside(earlier, name)


def _chinese_places(question: str, before: Sequence[Turn]) -> list[tuple[int, int, int]]:
    """Where the question counts, from where to where, and the place in the list (from 0, or the last)."""
    asked = before[-1].answer.query.searched if before else ""
    places = []
    for found in _CHINESE_PLACE.finditer(question):
        end, number = found.end(), found.group(1)
        if not _CHINESE_GOES_ON.match(question, end):
            noun = _CHINESE_NOUN.match(question, end)
            if not noun or noun.group() not in asked:
                return []
            end = noun.end()
        places.append((found.start(), end, _LAST if number is None else (_NUMBERS.get(number) or int(number)) - 1))
    return places


def _english_places(question: str, before: Sequence[Turn]) -> list[tuple[int, int, int]]:
    asked = before[-1].answer.query.searched.lower() if before else ""
    places = []
    for found in _counting(question):
        end, word = found.end(), found.group(2).lower()
        if _DOES_SOMETHING.match(question, end):
            return []
        if not found.group(3) and not _FUNCTION_WORDS.match(question, end):
            noun = _NEXT_WORD.match(question, end)
            if not noun or noun.group(1).lower().rstrip("s") not in re.findall(r"[a-z]+?(?=s?\b)", asked):
                return []
            end = noun.end()
        places.append((found.start(), end, _LAST if word == "last" else _ORDINALS.index(word)))
    return places
