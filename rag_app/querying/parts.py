"""The questions within a question that asks for two things or a few."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag_app.querying import chinese_follow_up as chinese
from rag_app.querying import english_follow_up as english
from rag_app.querying.chinese_parts import chinese_parts
from rag_app.querying.english_parts import english_parts
from rag_app.querying.follow_up import in_full
from rag_app.querying.topic import with_aside
from rag_app.text.language import CHINESE, language

LONGEST_QUESTION = 200
MOST_PARTS = 4
_ASKS_FOR_PERSON = re.compile(r"\bwho\b|谁|哪一?位|什么人", re.IGNORECASE)


def parts(question: str, are_one: Callable[[str], bool]) -> tuple[str, ...]:
    """What `question` asks for, each as a question with all that they share; none where it asks for one thing.

    No model is asked: signs tell ("and when was", 分别, two years, names side by side). `are_one` says whether the library holds
    such names side by side ("Johnson and Johnson"): then they are taken for one.
    """
    if len(question) > LONGEST_QUESTION:
        return ()
    clauses, alike = (chinese_parts if language(question) == CHINESE else english_parts)(question, are_one)
    found = dict.fromkeys([*clauses[:1], *(_in_full(clause, clauses[0]) for clause in clauses[1:]), *alike])
    return tuple(found) if 2 <= len(found) <= MOST_PARTS else ()


def _in_full(clause: str, first: str) -> str:
    """`clause` by itself: "he" may be whom the first one asks for, which then stands behind it."""
    asks_of_person = chinese.asks_of_person if language(clause) == CHINESE else english.asks_of_person
    if asks_of_person(clause) and _ASKS_FOR_PERSON.search(first):
        return with_aside(clause, first.strip(" ?？"))
    return in_full(clause, first)
