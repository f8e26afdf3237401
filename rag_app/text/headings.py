"""Headings within a text whose structure is gone."""

from __future__ import annotations

import re

from rag_app.text.folding import is_cjk
from rag_app.text.lists import is_item, is_title
from rag_app.text.sentences import sentences

END_MARKS = (".", "!", "?", "。", "！", "？", "”", "』", "」", '"', ")", "）")
_NUMBER = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2})*[.)、．]?|[IVX]{1,4}\.)\s*")
_NUMBER_WITHIN = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[)、．])\s*")
_MOST_WORDS, _MOST_CHARACTERS = 3, 6


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` of `text` reads as a heading.

    That is a short line without figures, colon or end mark, above a line of prose; a number may stand before it. Or a few words
    with an end mark that stand behind the number of a line, before its text ("2. Budget. The team has …").
    """
    before, line = text[text.rfind("\n", 0, start) + 1 : start], text[start:end]
    number = _NUMBER.fullmatch(before) if before.strip() else _NUMBER_WITHIN.match(line)
    if before.strip() and not number:
        return False
    if number and text[end:].partition("\n")[0].strip():
        return _is_label(line if before.strip() else line[number.end() :])
    if number and _is_beside_item(text, start, end):
        return False
    return text[end : end + 1] == "\n" and is_title(line) and next(iter(sentences(text[end:])), "").endswith(END_MARKS)


def _is_beside_item(text: str, start: int, end: int) -> bool:
    """Whether the line before or behind the one of a sentence is an item of a list, as it is itself then."""
    before = text[: text.rfind("\n", 0, start) + 1].rstrip("\n").rpartition("\n")[2]
    return is_item(before.lstrip()) or is_item(text[end:].lstrip())


def _is_label(line: str) -> bool:
    """Whether a sentence is a few words: in Chinese, characters."""
    words = line.rstrip("".join(END_MARKS))
    return len(words) <= _MOST_CHARACTERS if any(map(is_cjk, words)) else len(words.split()) <= _MOST_WORDS
