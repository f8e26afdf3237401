"""Clauses of contracts and rules, known by their numbers: 第十四条, "Article 5", "3.4"."""

from __future__ import annotations

import re

from rag_app.text.folding import fold
from rag_app.text.numerals import value_of

CHINESE_CLAUSE = re.compile(r"第 ?([零〇一二两三四五六七八九十百]{1,7}|\d{1,3}) ?条")
_WORD = r"(?:articles?|clauses?|sections?|paragraphs?|§) ?"
_ASKED = re.compile(rf"\b{_WORD}(\d{{1,3}}(?:\.\d{{1,3}})*)(?![\d.]*\d)|§ ?(\d{{1,3}})")
_BEGINS = re.compile(rf"(?:{_WORD}(\d{{1,3}}(?:\.\d{{1,3}})*)|(\d{{1,3}}(?:\.\d{{1,3}})+))(?![\w%]|[.,:]\d)")
_TELLS = r"(?:says?|states?|means?|contains?|provides?|regulates?|(?:is )?about)"
_NUMBER = rf"(?:{_WORD}|§ ?)\d{{1,3}}(?:\.\d{{1,3}})*"
_ASKS_ENGLISH = re.compile(
    r"(?:please )?(?:tell me |show me |quote |read )?(?:what (?:does |do |is |are )?)?(?:written |said )?(?:in |under )?(?:the )?"
    rf"{_NUMBER}(?: (?:of|in) (?:the |my |our )?[^?.]{{2,40}}?)?(?: {_TELLS})?[?.! ]*"
)
_ASKS_CHINESE = re.compile(
    rf"(?:请问)?[^,，。？?第]{{0,16}}{CHINESE_CLAUSE.pattern}(?:的?(?:里面?|中|内容|规定|约定|原文))*(?:都|是|具体)*"
    r"(?:(?:说|讲|写|规定|约定)(?:了|的)?(?:是)?)?(?:什么|啥|哪些|怎么(?:说|写|讲|规定|约定)的?)?(?:内容|规定)?[？?。 ]*"
)


def asks_for_clause(question: str) -> bool:
    """Whether a question only asks for what a clause says."""
    asked = " ".join(fold(question).split())
    return (_ASKS_ENGLISH.fullmatch(asked) or _ASKS_CHINESE.fullmatch(asked)) is not None


def clauses_named(question: str) -> set[str]:
    """The numbers of the clauses that a question names ("What does clause 3.4 say?", 第14条讲什么？)."""
    asked = fold(question)
    chinese = {str(value_of(found[1])) for found in CHINESE_CLAUSE.finditer(asked)}
    return chinese | {found[1] or found[2] for found in _ASKED.finditer(asked)}


def clause_begun(text: str) -> str:
    """The number of the clause that a text begins with, or nothing."""
    said = fold(text).lstrip()
    if found := CHINESE_CLAUSE.match(said):
        return str(value_of(found[1]))
    begun = _BEGINS.match(said)
    return (begun[1] or begun[2]) if begun else ""
