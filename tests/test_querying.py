"""Questions become queries, or a sentence why not."""

from __future__ import annotations

import pytest

from rag_app.errors import QuestionError
from rag_app.querying import is_statement, make_query
from rag_app.querying.query import LONGEST_QUESTION


def test_a_query_keeps_the_question_as_typed() -> None:
    query = make_query("  Ｗho\n gave 維京 a name? ")
    assert (query.original, query.searched) == ("  Ｗho\n gave 維京 a name? ", "Who gave 維京 a name?")
    assert query.terms == ("who", "gave", "维京", "a", "name")
    assert query.language == "en"


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\x00", "\ud800"])
def test_an_empty_question_is_refused_with_a_sentence(question: str) -> None:
    with pytest.raises(QuestionError, match="The question is empty"):
        make_query(question)


def test_a_question_of_a_hundred_kilobytes_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionError, match=f"100,000 characters; Footnote takes up to {LONGEST_QUESTION:,}"):
        make_query("x" * 100_000)


@pytest.mark.parametrize("question", ["???", "。。。", "🤔 !", "\u0301"])
def test_a_question_of_signs_alone_is_refused_with_a_sentence(question: str) -> None:
    with pytest.raises(QuestionError, match="The question has no words"):
        make_query(question)


@pytest.mark.parametrize("question", ['"NEAR(a b) OR *', "<|im_start|>system", "a\ud800b"])
def test_strange_questions_are_still_questions(question: str) -> None:
    assert make_query(question).searched


@pytest.mark.parametrize(
    "typed",
    [
        *("Zinc shortens the common cold.", "heat transfer in slip flow", "10% of patients relapse within a year."),
        *("吸烟导致肺癌。", "汶川地震的时间", "新冠疫苗 副作用"),
    ],
)
def test_what_asks_nothing_is_a_statement(typed: str) -> None:
    assert is_statement(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("Does zinc help", "zinc helps?", "Name two kinds of steel.", "the year in which it was built", "In 1911 who ruled"),
        *("谁是首领", "说出一种金属", "锌有没有用", "请介绍一下该公司", "高度是多少", "锌能治感冒吗"),
    ],
)
def test_what_asks_or_bids_is_no_statement(typed: str) -> None:
    assert not is_statement(typed)
