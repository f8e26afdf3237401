"""Lists within a text: the sentence or the heading that leads to them, and their items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag_app.text.sentences import sentence_spans

_LINE = re.compile(r"[^\n]+")
_MARK = (
    r"(?:[•·‣▪◦●○■□◆▶►–—*-](?=\s)|\(?[0-9]{1,2}[.)、．](?![0-9])|[a-z][.)](?=\s)|[一二三四五六七八九十]{1,3}[、.．]|[①-⑳]"
    r"|[(（](?:[0-9]{1,2}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十]{1,3})[)）])"
)
_ITEM = re.compile(_MARK)
_ITEM_BEHIND_COLON = re.compile(rf"[:：]\s*(?={_MARK})")
_BULLET = re.compile(r"[•·‣▪◦●○■□◆▶►]\s+|[–—*-]\s+(?=[^\W\d_])")  # "- 5" may be a number
_CLAUSE = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,6}条|(?:Article|Section|Clause|§) ?\d")
_PART_OF_CONTRACT = re.compile(r"[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百零\d]{1,4}[章节编]")
COLONS, _COMMAS = (":", "："), (",", "，", "、")
_FEWEST = 2
LONGEST_HEADING = 60


def is_item(text: str) -> bool:
    """Whether a text begins as an item of a list does: with a bullet, a number or a letter."""
    return bool(_ITEM.match(text))


def bullet_of(text: str) -> str:
    """The bullet that stands before the words of an item, with the white space behind it, or nothing."""
    found = _BULLET.match(text)
    return found.group() if found else ""


def item_lines(text: str) -> list[str]:
    """The text of a list, its beginning and each item as a line without line breaks; of other text one line."""
    lines = list[str]()
    for line in filter(None, (" ".join(line.split()) for line in text.split("\n"))):
        if lines and not is_item(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


def item_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each item, without its bullet, that stands on lines of its own."""
    start, end = 0, 0
    for line in _LINE.finditer(text):
        words = line.group().strip()
        if not is_item(words) and end and _goes_on(text[start:end], words):
            end = line.end()
            continue
        if end:
            yield start, end
        start, end = (text.index(words, line.start()) + len(bullet_of(words)), line.end()) if is_item(words) else (0, 0)
    if end:
        yield start, end


def is_title(line: str) -> bool:
    """Whether a line can be the heading of a list: short, without figures or end mark."""
    return len(line) <= LONGEST_HEADING and line[-1:].isalnum() and not any(sign.isdigit() or sign in ":：|" for sign in line)


def list_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each list of two or more items, with the sentence before it, ending with a colon, or the heading above.

    Its items stand on lines of their own below, or on the same line behind the colon.
    """
    lines = [(line.start(), line.end()) for line in _LINE.finditer(text)]
    place = 0
    while place < len(lines):
        start, end = lines[place]
        place += 1
        begin, count = start, 0
        line = text[start:end].strip()
        if line.endswith(COLONS) or (is_title(line) and not is_item(line)):
            begin = start + sentence_spans(text[start:end])[-1][0]
            while place < len(lines) and (items := _items_of_line(text, lines[place - 1], lines[place], count)) is not None:
                count += items
                end = lines[place][1]
                place += 1
        elif colon := _ITEM_BEHIND_COLON.search(text, start, end):
            begin, end, count = _behind(text, start, end, colon.start())
        if count >= _FEWEST:
            yield begin, end


def clause_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each clause (第十四条, "Article 5"), to the next one, a heading or a blank line before what is no item."""
    start, end = -1, 0
    for line in _LINE.finditer(text):
        words = line.group().strip()
        if not words:
            continue
        begins = _CLAUSE.match(words) is not None
        is_apart = text.count("\n", end, line.start()) > 1 and not is_item(words)
        if start >= 0 and (begins or is_apart or is_title(words) or _PART_OF_CONTRACT.match(words)):
            yield start, end
            start = -1
        start = line.start() if begins else start
        end = line.end()
    if start >= 0:
        yield start, end


def _items_of_line(text: str, before: tuple[int, int], line: tuple[int, int], count: int) -> int | None:
    """How many items a line below a list's beginning adds to the `count` before it; None where the list has ended."""
    words = text[slice(*line)].strip()
    if is_item(words):
        return sum(is_item(words[start:end]) for start, end in sentence_spans(words))
    return 0 if count and _goes_on(text[slice(*before)], words) else None


def _goes_on(before: str, words: str) -> bool:
    """Whether a line goes on with the item before it."""
    return words[:1].islower() or before.rstrip().endswith(_COMMAS)


def _behind(text: str, start: int, end: int, colon: int) -> tuple[int, int, int]:
    """Where a list on one line begins with the sentence that leads to it, where it ends, and how many items it has."""
    begin, count = start, 0
    for first, last in ((start + first, start + last) for first, last in sentence_spans(text[start:end])):
        if first <= colon < last:
            begin, count, end = first, 1, last
        elif count:
            if not is_item(text[first:last]):
                break
            count, end = count + 1, last
    return begin, end, count
