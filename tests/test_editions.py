"""The newest of papers that come again and are alike comes first, where no time is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag_app.editions import NEAR_HIT, NEAR_SENTENCE, newest_first, newest_read, of_one_edition, of_years, without_years
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


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was the rent before 2024?", ["2023", "2022", "2021"]),
        ("2024年以前的租金是多少？", ["2023", "2022", "2021"]),
        ("What was the rent after 2022?", ["2023", "2024", "2025"]),
        ("2022年之后租金是多少？", ["2023", "2024", "2025"]),
        ("What was the rent between 2022 and 2024?", ["2022", "2023", "2024"]),
        ("2022到2024年的租金", ["2022", "2023", "2024"]),
    ],
)
def test_editions_of_the_years_before_after_and_between_are_told_and_no_others(question: str, told: list[str]) -> None:
    hits = [*(hit(f"budget_{year}") for year in (2024, 2022, 2025, 2021, 2023)), hit("a")]
    names = [f"budget_{year}" for year in told]
    assert [one.stored.document_name for one in of_years(hits, question)] == [*names, "a"]
    assert [name for name, score in first(*hits, question=question) if score] == [*names, "a"]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What was the rent before 2022?", "What was the rent?"),
        ("between 2019 and 2021 what was the fee", "what was the fee"),
        ("2024年以前的租金是多少？", "租金是多少？"),
        ("What was the rent in 2022?", ""),
        ("Who left before June?", ""),
        ("Before 2022?", ""),
        ("2024年以前？", ""),
    ],
)
def test_papers_of_those_years_are_asked_without_them(question: str, asked: str) -> None:
    assert without_years(question) == asked


def test_nothing_is_told_of_years_of_which_there_is_no_edition() -> None:
    assert of_years([hit("budget_2024"), hit("a")], "What was the rent before 2020?") == []
    assert of_years([hit("a"), hit("b")], "What was the rent before 2020?") == []


def test_editions_are_known_by_the_title_or_by_the_name_whatever_kinds_of_files_they_are() -> None:
    assert read(hit("menu_2024.md", title="Menu 2024"), hit("menu_2025.pdf"))[1] == "menu_2025.pdf"
    assert read(hit("a.md", title="Menu 2024"), hit("b"), hit("menu 2025.pdf"))[1] == "menu 2025.pdf"


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("Which dish is the cheapest?", ["a", "menu_2025"]),
        ("Which dish was the cheapest in 2024?", ["menu_2024", "a"]),
        ("哪年的租金最高？", ["menu_2024", "a", "menu_2025", "menu_2023"]),
        ("In which year was it the cheapest?", ["menu_2024", "a", "menu_2025", "menu_2023"]),
        ("Which dish was the cheapest before 2025?", ["menu_2024", "a", "menu_2025", "menu_2023"]),
        ("Which dish was the cheapest in 2021?", ["menu_2024", "a", "menu_2025", "menu_2023"]),
    ],
)
def test_what_has_most_is_told_of_one_edition(question: str, kept: list[str]) -> None:
    hits = [hit("menu_2024"), hit("a"), hit("menu_2025"), hit("menu_2023")]
    assert [one.stored.document_name for one in of_one_edition(hits, question, TODAY)] == kept


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


@pytest.mark.parametrize("question", ["Before 2020?", "2020年以前？"])
def test_years_and_nothing_else_are_asked_as_they_are(question: str, tmp_path: Path) -> None:
    asked = answering(tmp_path, mode="quoted", texts={"rent_2019.txt": "The rent is 9 euros."}, reader=WordReader())
    assert last(asked, question).finished


def test_a_year_told_by_today_needs_no_conversation(tmp_path: Path) -> None:
    year = date.today().year - 1
    asked = answering(tmp_path, mode="quoted", texts={"rent.txt": f"In {year} the rent was 900 euros."}, reader=WordReader())
    answer = last(asked, "And the rent last year?")
    assert answer.query.understood == f"And the rent in {year}?"
    assert answer.sentences[0].text == f"In {year} the rent was 900 euros."


def test_the_day_a_document_was_added_by_which_it_is_told_apart_makes_no_edition_of_it() -> None:
    hits = [hit(f"Lease (2026-03-0{day})") for day in (4, 9)]
    own = [replace(one, stored=replace(one.stored, file_name="Lease")) for one in hits]
    assert newest_read(own, "What is the rent?", TODAY) == own
