"""The newest of papers that come again and are alike comes first, where no time is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag_app.editions import NEAR_HIT, NEAR_SENTENCE, newest_first, newest_read
from rag_app.evidence import sentences_of
from rag_app.reading import WordReader
from rag_app.records import Hit, Passage, StoredPassage
from tests.test_answering import answering, last

TODAY = date(2026, 11, 30)


def hit(name: str, score: float = 1.0, title: str = "") -> Hit:
    return Hit(StoredPassage(0, name, title, Passage(name, 1, 0, 14, (), "The rent is 9.")), score, ())


def read(*hits: Hit, question: str = "What is the rent?") -> list[str]:
    return [one.stored.document_name for one in newest_read(hits, question, TODAY)]


def first(*hits: Hit, question: str = "What is the rent?") -> list[tuple[str, float]]:
    sentences = [one for found in hits for one in sentences_of(found)]
    return [(one.stored.document_name, one.score) for one in newest_first(sentences, question, TODAY)]


@pytest.mark.parametrize(
    ("names", "newest"),
    [
        (("budget_2023.md", "budget_2025.md", "budget_2024.md"), "budget_2025.md"),
        (("budget_2023.md", "budget_2027.md", "budget_2026.md"), "budget_2026.md"),
        (("budget_2029.md", "budget_2028.md", "budget_2027.md"), "budget_2027.md"),
        (("Statement Feb 2025.pdf", "Statement March 2025.pdf", "Statement Dec 2024.pdf"), "Statement March 2025.pdf"),
        (("minutes-2026-09.txt", "minutes-2026-11.txt", "minutes-2026-12.txt"), "minutes-2026-11.txt"),
        (("Market 2024", "Market 2025", "Mayor 2026"), "Market 2025"),
        (("2024年公告", "2025年公告", "2025年总结"), "2025年公告"),
        (("AMAZON_2017_10K.pdf", "AMAZON_2019_10K.pdf", "3M_2020_10K.pdf"), "AMAZON_2019_10K.pdf"),
    ],
)
def test_the_newest_edition_is_read_and_told_first(names: tuple[str, ...], newest: str) -> None:
    hits = [hit(name) for name in names]
    assert read(*hits) == [names[0], newest, *(name for name in names[1:] if name != newest)]
    assert [name for name, _ in first(*hits)] == [newest, *(name for name in names if name != newest)]


def test_the_title_tells_the_edition_before_the_name() -> None:
    assert read(hit("scan7.pdf", title="Budget 2024"), hit("x.pdf"), hit("scan3.pdf", title="Budget 2025"))[1] == "scan3.pdf"


@pytest.mark.parametrize("question", ["May I keep a dog?", "Who decided on the market?", "年假有几天？"])
def test_words_that_only_look_like_times_ask_for_none(question: str) -> None:
    assert read(hit("budget_2024"), hit("a"), hit("budget_2025"), question=question)[1] == "budget_2025"


@pytest.mark.parametrize(
    "question",
    [
        "What was the rent in 2024?",
        "What is the rent in March?",
        "What was last year's rent?",
        "去年的租金是多少？",
        "第一季度的租金",
    ],
)
def test_nothing_moves_where_a_time_is_asked_for(question: str) -> None:
    assert read(hit("budget_2024"), hit("a"), hit("budget_2025"), question=question) == ["budget_2024", "a", "budget_2025"]
    assert first(hit("budget_2024"), hit("budget_2025"), question=question)[0][0] == "budget_2024"


def test_nothing_moves_where_the_newest_answers_far_less() -> None:
    assert read(hit("budget_2024"), hit("a"), hit("budget_2025", NEAR_HIT - 0.01)) == ["budget_2024", "a", "budget_2025"]
    assert first(hit("budget_2024"), hit("budget_2025", NEAR_SENTENCE - 0.01))[0] == ("budget_2024", 1.0)
    assert first(hit("budget_2024"), hit("budget_2025", NEAR_SENTENCE + 0.01))[0] == ("budget_2025", 1.0)


def test_papers_without_a_time_or_of_another_name_stay() -> None:
    assert read(hit("lease"), hit("budget_2025")) == ["lease", "budget_2025"]
    assert read(hit("lease 2024"), hit("a"), hit("budget 2025")) == ["lease 2024", "a", "budget 2025"]
    assert read() == [] and first() == []


def test_of_yearly_papers_the_newest_is_quoted_first(tmp_path: Path) -> None:
    texts = {f"budget_{year}.txt": f"The rent is {year - 1100} euros." for year in (2019, 2021, 2020)}
    answer = last(answering(tmp_path, mode="quoted", texts=texts, reader=WordReader()), "What is the rent?")
    assert answer.sentences[0].text == "The rent is 921 euros."


def test_a_year_told_by_today_needs_no_conversation(tmp_path: Path) -> None:
    year = date.today().year - 1
    asked = answering(tmp_path, mode="quoted", texts={"rent.txt": f"In {year} the rent was 900 euros."}, reader=WordReader())
    answer = last(asked, "And the rent last year?")
    assert answer.query.understood == f"And the rent in {year}?"
    assert answer.sentences[0].text == f"In {year} the rent was 900 euros."
