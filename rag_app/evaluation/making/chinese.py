"""Questions from a Chinese sentence: the words that answer give way to a question word where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag_app.evaluation.making.chinese_words import (
    ADVERBIAL,
    COUNTED,
    HANGING,
    IS,
    NOT_A_PREDICATE,
    NOT_A_SUBJECT,
    OPENERS,
    PERCENT,
    PERSON,
    TITLE,
    YEAR,
)
from rag_app.evaluation.making.drafts import Draft
from rag_app.text.folding import is_simplified

LONGEST_QUESTION, SHORTEST_QUESTION, SHORTEST_CLAUSE = 48, 10, 6
_WORDS = {YEAR: "什么时候", PERCENT: "百分之多少", COUNTED: "多少", TITLE: "哪部作品"}
_GAPS = re.compile(r"[（(][^（）()]*[）)]|\[\d+\]|(?<![\w.,])\s|\s(?![\w.,])|(?<=[一-鿿])\s|\s(?=[一-鿿])")
_TRADITIONAL = {"什么时候": "什麼時候", "什么": "什麼", "谁": "誰"}


def chinese_drafts(sentence: str) -> Iterator[Draft]:
    """Questions whose answer is a stretch of `sentence`. A clause keeps those before it, which hold its subject."""
    text = _GAPS.sub("", " ".join(sentence.split())).rstrip("。！!.；;")
    if OPENERS.match(text) or re.search(r"[？?：:…\[\]]|^\W|^\d+[.、]", text):
        return
    yield from _who_or_what(text.split("，")[0])
    for pattern in _WORDS:
        for found in pattern.finditer(text):
            yield from _asked(text, found)


def _asked(text: str, found: re.Match[str]) -> Iterator[Draft]:
    """The clauses up to the one that holds `found`, with a question word in its place."""
    word = _word(found)
    end = _end(text, found)
    question = text[: found.start()] + word + text[found.end() : end] + "？"
    is_complete = len(question) - len(word) >= SHORTEST_QUESTION and not text[:end].endswith(ADVERBIAL)
    if is_complete and len(question) <= LONGEST_QUESTION and not HANGING.search(question):
        yield Draft(_in_script_of(question, text, word), found[1] if found.re is TITLE else found[0])


def _word(found: re.Match[str]) -> str:
    if found.re is YEAR and found[0].endswith("年"):
        return "哪一年"
    return _WORDS[found.re] + (found[1] if found.re is COUNTED else "")


def _end(text: str, found: re.Match[str]) -> int:
    """The end of the clause of `found`, or of a later one where that says too little by itself."""
    start, end = text.rfind("，", 0, found.start()) + 1, _end_of_clause(text, found.end())
    while end < len(text) and (end - start - len(found[0]) < SHORTEST_CLAUSE or text[:end].endswith(ADVERBIAL)):
        end = _end_of_clause(text, end + 1)
    return end


def _end_of_clause(text: str, start: int) -> int:
    end = text.find("，", start)
    return len(text) if end < 0 else end


def _who_or_what(clause: str) -> Iterator[Draft]:
    found = IS.fullmatch(clause)
    if not found or NOT_A_SUBJECT.search(found[1]) or NOT_A_PREDICATE.search(found[2]):
        return
    is_person = bool(PERSON.search(found[2]))
    if is_person and "的" in found[2] and len(found[2]) >= SHORTEST_CLAUSE and not found[2].startswith(("一", "个", "個")):
        yield Draft(_in_script_of(f"谁是{found[2]}？", clause, "谁"), found[1])
    else:
        word = "谁" if is_person else "什么"
        yield Draft(_in_script_of(f"{found[1]}是{word}？", clause, word), found[2])


def _in_script_of(question: str, text: str, word: str) -> str:
    """`question` with its question word in traditional characters where `text` is written in them."""
    return question if is_simplified(text) else question.replace(word, _TRADITIONAL.get(word, word))
