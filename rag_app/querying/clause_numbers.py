"""The number of a clause as the library writes it: 第14条 where that says 第十四条."""

from __future__ import annotations

import re

from rag_app.querying.vocabulary import Vocabulary
from rag_app.text.clauses import CHINESE_CLAUSE
from rag_app.text.numerals import in_chinese, value_of
from rag_app.text.words import terms


def with_clause_numbers(question: str, vocabulary: Vocabulary) -> str:
    """`question` with the numbers of clauses in the digits in which the library has them, where it has them only in these."""
    return CHINESE_CLAUSE.sub(lambda found: _as_held(found, vocabulary), question)


def _as_held(found: re.Match[str], vocabulary: Vocabulary) -> str:
    value = value_of(found[1])
    other = f"第{in_chinese(value) if found[1].isdigit() else value}条"
    is_other = value and not vocabulary.count_phrase(terms(found.group())) and vocabulary.count_phrase(terms(other))
    return other if is_other else found.group()
