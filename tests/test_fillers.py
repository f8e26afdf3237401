"""Words that add nothing beside an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag_app.evidence import select
from rag_app.records import Evidence
from rag_app.text.fillers import adds_nothing
from rag_app.text.words import terms
from tests.examples import evidence

PASSAGE = "LEASE OF A HOUSE\nThe house is let to the tenant from May on."


@pytest.mark.parametrize(
    ("text", "path", "question"),
    [
        ("QLoRA", (), "什么是QLoRA？"),
        ("2.3. dh-python", (), "What is dh-python?"),
        ("静态量化和动态量化", (), "静态量化和动态量化有什么区别？"),
        ("LEASE OF A HOUSE", (), "Who is the tenant?"),
        ("GALAXY GAMING, INC.", (), "What is sold?"),
        ("[17] M. Salib.", (), "Who invented Python?"),
        ("Frone, M. (1992), “Antecedents of conflict”, pp. 65-78.", ("Study", "References"), "What is conflict?"),
        ("Livingston, A. D. (1998).", ("Duck", "8.2 Sources"), "How old are ducks?"),
        ("王伟：《浮标》，1998年。", ("浮标", "参考文献"), "浮标有多高？"),
        ("Hi Wei,", (), "Who pays for the window?"),
        ("Dear Ms Okafor:", (), "Who pays for the window?"),
        ("Best wishes,", (), "What is wished?"),
        ("Yours sincerely", (), "Who wrote it?"),
        ("尊敬的各位业主：", (), "谁交物业费？"),
        ("親愛的哥哥：", (), "谁住院了？"),
        ("小林你好：", (), "谁续租？"),
    ],
)
def test_what_is_asked_said_again_headings_and_sources_add_nothing(text: str, path: tuple[str, ...], question: str) -> None:
    assert adds_nothing(text, PASSAGE, path, terms(question))


@pytest.mark.parametrize(
    ("text", "path", "question"),
    [
        ("The pool is open on Friday.", (), "Is the pool open on Friday?"),
        ("Ann | Blue", (), "Is Ann in team Blue?"),
        ("Milk", (), "What do we need?"),
        ("USA", (), "Where is it made?"),
        ("OPEN FROM 9 TO 5", (), "When is it open?"),
        ("电话", (), "How do I reach them?"),
        ("They are told on request.", ("References to other laws",), "What is told?"),
        ("[see the annex]", (), "What is told?"),
        ("Dear old things are kept", (), "What is kept?"),
        ("Hi Wei, the boiler is mended.", (), "What was mended?"),
        ("尊敬的业主：请于10月31日前缴清。", (), "什么时候缴清？"),
        ("大家都说你好", (), "大家说什么？"),
    ],
)
def test_what_answers_or_may_is_told(text: str, path: tuple[str, ...], question: str) -> None:
    assert not adds_nothing(text, PASSAGE, path, terms(question))


def test_words_in_capitals_are_told_where_all_is_in_capitals() -> None:
    assert not adds_nothing("LEASE OF A HOUSE", "LEASE OF A HOUSE\nTHE HOUSE IS LET FROM MAY ON.", (), ())
    title = "AN ACT TO PROTECT\nTHE HOUSES\nThis act may be told by its short name alone."
    assert not adds_nothing("THE HOUSES", title, (), ())


def test_what_adds_nothing_is_quoted_only_where_it_is_the_best() -> None:
    def told(text: str, label: int, chance: float) -> Evidence:
        return replace(evidence(text, id=label), score=chance)

    answer, name = told("dh-python makes it easy to package modules.", 1, 0.6), told("2.3. dh-python", 2, 0.4)
    weights = dict.fromkeys(terms("What is dh-python?"), 1.0)
    assert select((answer, name), weights) == (answer,)
    assert select((name,), weights) == (name,)


def test_a_question_is_quoted_beside_an_answer_only_where_that_asks_too() -> None:
    def told(text: str, label: int, chance: float) -> Evidence:
        return replace(evidence(text, id=label), score=chance)

    asked, answer = told("Q: What if I change my car?", 1, 0.5), told("A: Tell us within 14 days.", 2, 0.5)
    other = told("问：可以退票吗？", 3, 0.3)
    assert select((answer, asked, other), {}) == (answer,)
    assert select((asked, answer, other), {}) == (asked, answer, other)


def test_questions_of_a_list_are_quoted_beside_its_heading() -> None:
    text = "Open questions are:\n- Who pays for the gate?\n- May dogs be kept?"
    lead, *items = (
        replace(evidence(text), start=start, end=start + len(said), text=said, score=chance)
        for said, chance in (("Open questions are:", 0.5), ("Who pays for the gate?", 0.3), ("May dogs be kept?", 0.2))
        for start in (text.index(said),)
    )
    assert select((lead, *items), {}) == (lead, *items)
