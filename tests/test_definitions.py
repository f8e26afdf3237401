"""What a thing is, is told by the sentence that says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag_app.definitions import TIMES, defining_first
from rag_app.querying import defined_in
from rag_app.records import Evidence
from tests.examples import evidence

OTHER = "We ran the mohawk, the bozon and 浮标 in four configurations."


def told(text: str, chance: float) -> Evidence:
    return replace(evidence(text), score=chance)


def comes_first(text: str, thing: str) -> bool:
    return defining_first((told(OTHER, 0.6), told(text, 0.4)), thing)[0].text == text


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What is a mohawk in skating?", "mohawk"),
        ("what's MCAS", "mcas"),
        ("What are penny stocks?", "penny stocks"),
        ("What does WFC stand for?", "wfc"),
        ("Define redlining.", "redlining"),
        ("What is the definition of domestic terrorism?", "domestic terrorism"),
        ("What is meant by work-family conflict?", "work-family conflict"),
        ("什么是约化群？", "约化群"),
        ("SQ量化是什么意思？", "sq量化"),
        ("请问“浮标”指的是什么", "浮标"),
        ("What is the capital of Norway?", ""),
        ("What is this?", ""),
        ("What was it called in 1990?", ""),
        ("What is dense retrieval compared with?", ""),
        ("Who is the landlord?", ""),
        ("猴面包树的别名是什么？", ""),
        ("有哪些推理框架？", ""),
    ],
)
def test_a_question_for_what_a_thing_is_names_it(question: str, thing: str) -> None:
    assert defined_in(question) == thing


@pytest.mark.parametrize(
    "text",
    [
        "A bozon is a thing with six arms.",
        "8The Bozon is one of the parts of the trim system.",
        "Abstract—Bozon (BZ) is the part that turns.",
        "The term `bozons' means parts that turn.",
        'The "Bozon" for a work in parts means all that turns.',
        "We call the resulting engine part bozon.",
        "This pathway is termed bozon, BZ (Frone et al., 1992).",
        "This paper introduces Bozon, an open library.",
        "Bozon: what turns beside the wheel",
        "The turning part (Bozon) is to hold the wheel.",
    ],
)
def test_the_sentence_that_says_what_a_thing_is_comes_first(text: str) -> None:
    assert comes_first(text, "bozon")


@pytest.mark.parametrize(
    "text", ["浮标是一种漂在水上的标志。", "漂在水上的标志称为“浮标”。", "浮标（航标），又名水鼓，是水上的标志。"]
)
def test_a_chinese_sentence_that_says_what_a_thing_is_comes_first(text: str) -> None:
    assert comes_first(text, "浮标")


@pytest.mark.parametrize(
    "text",
    [
        "Bozon is the fastest on nine of the tests.",
        "The individual bozon is a thing of its own.",
        "A bozonette is a small part.",
        "They wrote to the bozon and called a friend.",
        "浮标是否要换？",
        "小浮标厂是一家工厂。",
        "",
    ],
)
def test_what_only_names_the_thing_is_no_likelier(text: str) -> None:
    assert not comes_first(text, "bozon") and not comes_first(text, "浮标")


def test_chances_are_shared_anew_and_stay_where_no_thing_is_asked_for() -> None:
    others = (told(OTHER, 0.6), told("A mohawk is a turn.", 0.2))
    total = 0.6 + 0.2 * TIMES
    assert [one.score for one in defining_first(others, "mohawk")] == pytest.approx(
        [0.8 * 0.2 * TIMES / total, 0.8 * 0.6 / total]
    )
    assert defining_first(others, "") == others
    assert defining_first((), "mohawk") == ()
