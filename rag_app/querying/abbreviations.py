"""Abbreviations of a question, and the words that a document defines them by (Schwartz and Hearst, 2003)."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z][A-Z0-9&]{1,7}(?![\w-])")
_LATIN_WORDS = re.compile(r"[A-Za-z]{2,}")
_WORDS = re.compile(r"[\w'’-]+")
_MOST = 5
_LONGEST_WORDS = 10
_REACH = 120


def abbreviations(question: str) -> tuple[str, ...]:
    """The first few things in a question that are written as abbreviations: two to eight capitals, each once.

    A question in capitals has none.
    """
    found = tuple(dict.fromkeys(_ABBREVIATION.findall(question)))
    return () if question.isupper() and len(_LATIN_WORDS.findall(question)) > len(found) else found[:_MOST]


def long_form(abbreviation: str, text: str) -> str | None:
    """The words that `text` defines `abbreviation` by: "earnings before tax (EBT)" or "EBT (earnings before tax)"."""
    quoted = re.escape(abbreviation)
    for match in re.finditer(rf"[(（][\"“]?{quoted}[\"”]?[)）]", text):
        if found := _ending(abbreviation, text[max(0, match.start() - _REACH) : match.start()]):
            return found
    for match in re.finditer(rf"(?<!\w){quoted}\s*[(（]([^)）]{{4,{_REACH}}})[)）]", text):
        if (found := _ending(abbreviation, match.group(1))) and match.group(1).strip().startswith(found):
            return found
    return None


def _ending(abbreviation: str, before: str) -> str | None:
    """The shortest words at the end of `before` that hold the letters in order, the first at the beginning of a word."""
    letters = [character for character in abbreviation.lower() if character.isalnum()]
    text = before.rstrip().lower()
    place = len(text)
    for number, letter in enumerate(reversed(letters)):
        is_first = number == len(letters) - 1
        place -= 1
        while place >= 0 and not (text[place] == letter and (not is_first or _begins_word(text, place))):
            place -= 1
        if place < 0:
            return None
    found = before.rstrip()[place:]
    words = _WORDS.findall(found)
    is_fit = 1 < len(words) <= min(_LONGEST_WORDS, len(letters) + 5) and abbreviation not in words
    return found if is_fit else None


def _begins_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
