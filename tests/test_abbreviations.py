"""Abbreviations and what documents define them by."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.querying import abbreviations, long_form
from tests.small_library import retrieval_over


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the DPO of 3M in FY2022?", ("DPO", "FY2022")),
        ("AT&T and IBM, IBM again", ("AT&T", "IBM")),
        ("什么是GDP？", ()),
        ("什么是 GDP ？", ("GDP",)),
        ("WHO WROTE THE BOOK ABOUT CALIFORNIA?", ()),
        ("I saw A-135", ()),
        ("and AA BB CC DD EE FF GG", ("AA", "BB", "CC", "DD", "EE")),
    ],
)
def test_abbreviations_are_runs_of_capitals(question: str, expected: tuple[str, ...]) -> None:
    assert abbreviations(question) == expected


@pytest.mark.parametrize(
    ("short", "text", "expected"),
    [
        ("DPO", "We report days payable outstanding (DPO) each year.", "days payable outstanding"),
        ("DPO", "DPO (days payable outstanding) fell.", "days payable outstanding"),
        ("HTTP", "the Hypertext Transfer Protocol (“HTTP”)", "Hypertext Transfer Protocol"),
        ("DPO", "The DPO fell. (DPO)", None),
        ("EBT", "The company (EBT) was founded.", None),
        ("DPO", "", None),
        ("DPO", "DPO (see page four)", None),
    ],
)
def test_long_forms_hold_the_letters_in_order(short: str, text: str, expected: str | None) -> None:
    assert long_form(short, text) == expected


def test_a_passage_that_writes_the_long_form_out_is_found_by_its_abbreviation(tmp_path: Path) -> None:
    texts = {
        "definition.txt": "Days payable outstanding (DPO) is a ratio.",
        "figures.txt": "Days payable outstanding rose to 61.",
        "bread.txt": "Bread is baked.",
    }
    retrieval, _ = retrieval_over(tmp_path, texts)
    found = retrieval.search("How high is the DPO?", top_k=3)
    assert found.query.expansions == ("Days payable outstanding",)
    lexical = {hit.stored.document_name: hit.stages[0].score for hit in found.hits}
    assert lexical["figures.txt"] > 0.0 == lexical["bread.txt"]
