"""Years and months that a question tells by today."""

from __future__ import annotations

from datetime import date

import pytest

from rag_app.querying import make_query
from rag_app.querying.calendar_words import with_dates, without_newest
from rag_app.querying.vocabulary import Vocabulary
from rag_app.records import Answer, Turn

KNOWN = {"2024": 2, "2025": 5, "2026": 3, "2027": 1}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much did we pay last year?", "How much did we pay in 2025?"),
        ("What is this year's budget?", "What is the 2026 budget?"),
        ("Which contracts end before next year?", "Which contracts end before 2027?"),
        ("Who was chosen last month?", "Who was chosen in December 2025?"),
        ("What is due this month?", "What is due in January 2026?"),
        ("去年的销售额是多少？", "2025年的销售额是多少？"),
        ("前年和今年的年假", "2024年和2026年的年假"),
        ("上个月谁当选？", "2025年12月谁当选？"),
        ("下月要交什么？", "2026年2月要交什么？"),
    ],
)
def test_the_year_or_month_itself_is_asked_for(question: str, said: str) -> None:
    assert with_dates(question, date(2026, 1, 31), KNOWN) == said


@pytest.mark.parametrize(
    "question",
    [
        "What did he do in the last year of his life?",
        "The last month?",
        "在1969年登上月球的人",
        "三年前年假多少天？",
        "之后年份",
        "last years",
    ],
)
def test_words_that_only_look_so_are_left(question: str) -> None:
    assert with_dates(question, date(2026, 1, 31), KNOWN) == question


@pytest.mark.parametrize("question", ["What happened last year?", "明年的预算是多少？", "Who was chosen last month?"])
def test_a_year_that_the_library_does_not_hold_is_not_asked_for(question: str) -> None:
    assert with_dates(question, date(2030, 1, 31), KNOWN) == question


def test_nor_one_that_it_hardly_holds_beside_others() -> None:
    assert with_dates("What happened last year?", date(2026, 1, 31), {"2023": 40, "2025": 2}) == "What happened last year?"
    assert with_dates("What happened last year?", date(2026, 1, 31), {"2023": 40, "2025": 4}) == "What happened in 2025?"


def test_the_query_says_what_was_understood_unless_it_is_searched_as_typed() -> None:
    vocabulary = Vocabulary({"2025": 1, "rent": 2}, lambda terms: 0)
    query = make_query("What was the rent last year?", vocabulary, today=date(2026, 11, 30))
    assert (query.searched, query.understood) == ("What was the rent in 2025?", "What was the rent in 2025?")
    assert make_query("What was the rent last year?", today=date(2026, 11, 30)).searched == "What was the rent last year?"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the latest rent?", "What is the rent?"),
        ("What is the most recent rent in Kiel?", "What is the rent in Kiel?"),
        ("What is the rent right now?", "What is the rent?"),
        ("How high are the current assets?", "How high are the current assets?"),  # the library says so
        ("What is the latest epoch?", "What is the latest epoch?"),  # a thing that it does not name
        ("Which is the latest rent?", "Which is the latest rent?"),
        ("What is the current in the wire?", "What is the current in the wire?"),
        ("What current rent is paid?", "What current rent is paid?"),
        ("What now is the rent?", "What now is the rent?"),
    ],
)
def test_what_is_newest_is_asked_without_that_word(question: str, said: str) -> None:
    counts = {"rent": 2, "current": 3, "assets": 2, "in": 5}
    vocabulary = Vocabulary(counts, lambda phrase: int(list(phrase) == ["current", "assets"]))
    assert without_newest(question, vocabulary) == said


@pytest.mark.parametrize(
    ("earlier", "question", "understood"),
    [
        ("What was the rent in 2024?", "And this year?", "What was the rent in 2026?"),
        ("What was the rent in 2024?", "And next year?", "What was the rent in 2025?"),  # that after the one asked about
        ("What was the rent in 2026?", "And the year before that?", "What was the rent in 2025?"),
        ("2024年的租金是多少？", "那今年呢？", "2026年的租金是多少？"),
    ],
)
def test_follow_ups_that_tell_a_year(earlier: str, question: str, understood: str) -> None:
    vocabulary = Vocabulary({"2024": 1, "2025": 1, "2026": 1, "2027": 1, "rent": 3}, lambda phrase: 0)
    before = [Turn(1, 1, Answer(earlier, make_query(earlier)))]
    assert make_query(question, vocabulary, before, date(2026, 11, 30)).searched == make_query(understood).searched
