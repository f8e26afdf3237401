"""The things that an answer lists, as "the second one" of the next question means them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.sentences import sentences

LONGEST_ITEM, LONGEST_ANSWER = 120, 4_000
_FIRST = r"[（(]?(?:1|一|a|i)[)）、.．]|①|第一[，,、：:]"
_MARK = r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-h]|[ivx]{1,4})[)）、.．](?!\d)|[①-⑩]|第[一二三四五六七八九十][，,、：:]"
_BEGIN = r"(?:^|(?<=[\s；;，,。：:、]))"
_NUMBERED = re.compile(rf"{_BEGIN}(?:{_MARK})\s*")
_FIRST_NUMBERED = re.compile(rf"{_BEGIN}(?:{_FIRST})")
_CHINESE_LIST = re.compile(r"[^、，。；！？\n]{1,120}(?:、[^、，。；！？\n]{1,120})+")
_CHINESE_LEAD = re.compile(
    r"^.*?(?:包括|包含|分为|分别是|分别为|主要是|如下|(?<![没所只拥具含])有(?![限关效机色些])|(?<![就但还只若])是|作为|为|：|:)"
)
_CHINESE_LAST = re.compile(r"以及|[和及与或]")
_CHINESE_END = re.compile(r"等(?:.{0,6})$|[这共][两三四五六七八九十\d]+[个种类项点位].*$")
_ENGLISH_LEAD = re.compile(
    r"^.*?:\s+|^.*?\b(?:are|were|is|includes?|included|including|namely|makes?|made|offers?|sells?|has|have|had)\b\s*", re.DOTALL
)
_ENGLISH_CUT = re.compile(r"[,;]\s+(?:and\s+|or\s+)?|\s+and\s+(?=[^,;]*$)")
_BULLET = re.compile(r"\s*[-*+•·▪◦‣–]\s+")
_BEGINS_LINE = re.compile(r"\n|\s(?=[•·▪◦‣]\s)")
_END = " \t\n.。;；,，、"


def listed(parts: Sequence[str]) -> tuple[str, ...]:
    """The items of the longest list in an answer of these sentences, in order; none where it lists nothing."""
    answer = " ".join(parts)[:LONGEST_ANSWER]
    one_by_one = _numbered(answer) or _lines(parts)
    if one_by_one:
        return one_by_one
    found = [items for sentence in sentences(answer) for items in (_chinese(sentence), _english(sentence))]
    return max(found, key=len, default=())


def _numbered(answer: str) -> tuple[str, ...]:
    """Items behind numbers, where these begin with the first."""
    first = _FIRST_NUMBERED.search(answer)
    if not first:
        return ()
    _, *items = _NUMBERED.split(answer[first.start() :])
    if len(items) < 2:
        return ()
    last = next(iter(sentences(items[-1])), "")
    return _fit([re.sub(r"[;,]\s+(?:and|or)\s*$", "", item.strip()) for item in (*items[:-1], last)])


def _lines(parts: Sequence[str]) -> tuple[str, ...]:
    """The items of a list that stand on a line each: behind bullets, or behind a colon or alone without a full stop."""
    lines = [line.strip() for part in parts for line in _BEGINS_LINE.split(part) if line.strip()]
    bullets = [line for line in lines if _BULLET.match(line)]
    items = bullets or [line for line in lines if line[-1] not in ".。!！?？:：" and BETWEEN_CELLS not in line]
    is_list = bool(bullets) or len(items) == len(lines) or any(line[-1] in ":：" for line in lines)
    return _fit([_BULLET.sub("", item, count=1) for item in items]) if is_list and len(items) > 1 else ()


def _chinese(sentence: str) -> tuple[str, ...]:
    found = _CHINESE_LIST.search(sentence)
    if not found:
        return ()
    first, *others = found.group().split("、")
    last = _CHINESE_LAST.split(_CHINESE_END.sub("", others[-1]), maxsplit=1)
    ends = last if all(len(part) > 1 for part in last) else [others[-1]]
    return _fit([_CHINESE_LEAD.sub("", first), *others[:-1], *ends])


def _english(sentence: str) -> tuple[str, ...]:
    lead = _ENGLISH_LEAD.match(sentence)
    items = _ENGLISH_CUT.split(sentence[lead.end() :] if lead else sentence)
    return _fit(items) if len(items) > (1 if lead else 2) else ()


def _fit(items: list[str]) -> tuple[str, ...]:
    cleaned = tuple(item.strip(_END) for item in items)
    return cleaned if all(cleaned) and max(map(len, cleaned)) <= LONGEST_ITEM else ()
