"""Clauses are known by their numbers, in questions and where they begin."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag_app.confidence import OF_NAMED, confidence
from rag_app.definitions import clause_first
from rag_app.querying import Vocabulary, make_query
from rag_app.records import CloseReading, Hit, Passage, StoredPassage
from rag_app.text.clauses import asks_for_clause, clause_begun, clauses_named
from rag_app.text.words import terms
from tests.examples import evidence


@pytest.mark.parametrize(
    ("question", "numbers", "is_all"),
    [
        ("What does clause 3.4 say?", {"3.4"}, True),
        ("What is in section 5.1 of the lease?", {"5.1"}, True),
        ("Article 12?", {"12"}, True),
        ("§ 5", {"5"}, True),
        ("第14条讲什么？", {"14"}, True),
        ("劳动合同第二十一条的内容是什么", {"21"}, True),
        ("第一百零五條是怎么规定的？", {"105"}, True),
        ("How much is the fine in clause 3.4?", {"3.4"}, False),
        ("What does section 3.4 say about dogs?", {"3.4"}, False),
        ("第十条规定的罚款是多少？", {"10"}, False),
        ("Which clause is about smoking?", set(), False),
        ("第一次吃多少？", set(), False),
    ],
)
def test_a_question_names_clauses_and_may_ask_for_no_more(question: str, numbers: set[str], is_all: bool) -> None:
    assert (clauses_named(question), asks_for_clause(question)) == (numbers, is_all)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第十四条 发生保险事故时", "14"),
        ("第 7 条 免责", "7"),
        ("3.4 Not to keep any animal", "3.4"),
        ("Section 5 Ending the tenancy", "5"),
        ("2.5% of the sum", ""),
        ("5. Ending", ""),
        ("See clause 3.4.", ""),
        ("", ""),
    ],
)
def test_a_clause_begins_with_its_number(text: str, number: str) -> None:
    assert clause_begun(text) == number


def test_the_number_of_a_clause_is_searched_as_the_library_writes_it() -> None:
    held = {tuple(terms("第十四条")), tuple(terms("第7条"))}
    vocabulary = Vocabulary({}, lambda phrase: int(tuple(phrase) in held))
    asked = ("第14条讲什么", "第七条讲什么", "第7条讲什么", "第三十条讲什么")
    assert [make_query(one, vocabulary).searched for one in asked] == [
        "第十四条讲什么",
        "第7条讲什么",
        "第7条讲什么",
        "第三十条讲什么",
    ]


def test_the_clause_that_is_named_comes_first_and_is_sure() -> None:
    other = replace(evidence("第十一条 乙方应当保守商业秘密。"), score=0.7)
    named = replace(evidence("第十条 公积金的比例为8%。"), score=0.3)
    first = clause_first((other, named), {"10"})
    assert [one.text for one in first] == [named.text, other.text]
    assert sum(one.score for one in first) == pytest.approx(1.0)
    assert clause_first((other, named), set()) == (other, named)
    stored = StoredPassage(1, "a.txt", "", Passage("d", 1, 0, len(named.text), (), named.text))
    assert confidence([Hit(stored, 1.0, ())], CloseReading((), first, (), {}, is_named=True), {}, "zh") == OF_NAMED
