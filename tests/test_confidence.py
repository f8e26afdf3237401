"""How sure it is that the documents hold the answer."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.confidence import (
    ALONE,
    AMONG_FEW,
    FEW,
    LIKELY,
    MOST_OUT,
    READ,
    Features,
    Known,
    beside,
    confidence,
    features,
    leads,
    preferred,
)
from rag_app.evidence import read_sentences
from rag_app.querying import make_query
from rag_app.reading import WordReader
from rag_app.records import Answer, CloseReading
from rag_app.text.context import context_of
from rag_app.text.words import terms
from tests.examples import hit
from tests.real_library import real_library
from tests.small_library import document_of

QUESTION = "Who led the Normans?"
WEIGHTS = dict.fromkeys(terms("led the Normans"), 1.0)
HITS = (hit("Rollo led the Normans. Bread is baked.", dense=0.9, score=0.8), hit("Rain falls.", id=2, dense=0.7, score=0.3))
READER = WordReader()
PASSAGES = READER.read(QUESTION, [context_of(found.stored) for found in HITS])
LIKENESS = {"Rollo led the Normans.": 0.89, "Bread is baked.": 0.8, "Rain falls.": 0.8}
SENTENCES = read_sentences(HITS, PASSAGES, WEIGHTS, LIKENESS)
ALONE_READ = READER.read(QUESTION, [sentence.text for sentence in SENTENCES])
READING = CloseReading(PASSAGES, SENTENCES, ALONE_READ, LIKENESS)
SURE = Features(True, 0.85, 0.5, answer=2.0, agreed=1.5, covered=0.5, held=0.5, likeness=0.5, stands_out=0.04)


def test_nothing_found_is_no_confidence() -> None:
    assert confidence((), None, WEIGHTS, "en") == 0.0


def test_an_answer_whose_numbers_were_compared_is_not_beaten_by_one_in_the_other_language() -> None:
    query = make_query("Which vaccine is the cheapest?")
    told = replace(query, parts=("How much does the vaccine cost?",))
    own, across = Answer("", told, confidence=LIKELY), Answer("", query, confidence=0.9)
    assert preferred(own, across, 0.75, is_of_order=True) is own
    assert preferred(own, replace(across, query=told), 0.75, is_of_order=True) is own
    assert preferred(own, across, 0.75, is_of_order=False) is across
    assert preferred(replace(own, query=query), across, 0.75, is_of_order=True) is across
    assert preferred(replace(own, confidence=LIKELY - 0.01), across, 0.75, is_of_order=True) is across
    unsure = replace(own, query=query)
    assert preferred(unsure, replace(across, confidence=0.7), 0.75, is_of_order=False) is unsure


def test_features_are_of_the_best_passage_and_of_the_likeliest_sentence() -> None:
    found = features(HITS, READING, WEIGHTS, "en")
    assert (found.same_language, found.cosine) == (True, 0.9)
    assert found.coverage == found.covered == 1.0
    assert found.agreed == pytest.approx((found.answer + PASSAGES[0].answer) / 2)
    assert found.stands_out == pytest.approx(0.045)


def test_likest_sentence_stands_out_so_far_and_no_farther() -> None:
    far = replace(READING, likeness={**LIKENESS, "Rollo led the Normans.": 0.98})
    assert features(HITS, far, WEIGHTS, "en").stands_out == MOST_OUT


def test_answer_found_in_a_sentence_read_alone_counts_half() -> None:
    without = replace(READING, alone=READER.read("Who?", ["Rain falls."]))
    more = features(HITS, READING, WEIGHTS, "en").answer - features(HITS, without, WEIGHTS, "en").answer
    best = [max(one.answer for one in reading.alone) for reading in (READING, without)]
    assert more == pytest.approx(ALONE * (best[0] - best[1])) and more > 0


def test_likeness_is_measured_from_what_unlike_sentences_of_the_language_have() -> None:
    assert features(HITS, READING, WEIGHTS, "en").likeness == pytest.approx(0.1 / 0.21)
    assert features(HITS, READING, WEIGHTS, "zh").likeness == pytest.approx(0.06 / 0.17)


def test_what_was_not_read_tells_nothing_of_answers() -> None:
    assert features(HITS, None, WEIGHTS, "zh") == Features(False, 0.9, 1.0)


def test_few_passages_have_their_function_and_many_that_of_the_language() -> None:
    found, many = (
        features(HITS, READING, WEIGHTS, "en"),
        tuple(hit("Rain falls.", id=n, dense=0.7, score=0.1) for n in range(3, FEW + 1)),
    )
    assert confidence(HITS, READING, WEIGHTS, "en") == AMONG_FEW.chance(found)
    assert confidence((*HITS, *many), READING, WEIGHTS, "en") == READ["en"].chance(found)


def test_library_of_one_short_document_answers_what_it_knows_and_nothing_else(tmp_path: Path) -> None:
    with closing(real_library(tmp_path)) as library:
        library.add_documents([document_of("lund.txt", "The tower of Lund is 87 metres high. It was built of granite in 1911.")])
        *_, known = library.ask("How high is the tower of Lund?")
        *_, unknown = library.ask("Which river flows through Paris?")
    assert not known.abstained and "87 metres" in known.text
    assert unknown.abstained


ACROSS = Known(HITS, READING, WEIGHTS)


def test_the_other_language_answers_rather_the_farther_it_leads() -> None:
    far, near = (Known((hit("面包是烤的。", id=9, dense=dense),), None, WEIGHTS) for dense in (0.6, 0.8))
    assert beside(ACROSS, far, "zh") > beside(ACROSS, near, "zh") > 0
    assert leads(ACROSS, near, "zh").cosine == pytest.approx(0.1)
    assert leads(ACROSS, ACROSS, "zh").coverage == 1.0
    assert beside(Known((), None, WEIGHTS), near, "zh") == beside(Known(HITS, None, WEIGHTS), near, "zh") == 0.0


def test_passages_in_the_other_language_that_were_found_among_all_do_not_hide_that_it_leads() -> None:
    own = hit("面包是烤的。", id=9, dense=0.6)
    together = Known((*HITS, own), None, WEIGHTS)
    assert leads(ACROSS, together, "zh") == leads(ACROSS, Known((own,), None, WEIGHTS), "zh")


def test_a_question_finds_the_document_in_the_other_language_beside_many_in_its_own(tmp_path: Path) -> None:
    subjects = (
        "体检",
        "停车",
        "聚餐",
        "供暖",
        "电梯",
        "游泳",
        "图书",
        "合唱",
        "装修",
        "快递",
        "班车",
        "食堂",
        "门禁",
        "绿化",
        "消防",
        "宠物",
    )
    notices = [
        f"{subject}通知：第{week}周的{subject}安排在下午{week % 5 + 1}点，地点在{week % 9 + 1}号楼。费用{week * 7 + 20}元。"
        for week, subject in enumerate(subjects * 3)
    ]
    texts = ["The ferry to Tarn Island leaves at 7:40 from pier 3. Dogs travel free of charge on the upper deck.", *notices]
    asked = ("狗上船要付钱吗？", "游泳安排在几号楼？", "谁写了《红楼梦》？")
    with closing(real_library(tmp_path)) as library:
        library.add_documents([document_of(f"{number}.txt", text) for number, text in enumerate(texts)])
        dogs, checkup, dream = (list(library.ask(question))[-1] for question in asked)
    assert "Dogs travel free of charge" in dogs.text and "游泳通知" in checkup.text and dream.abstained


def test_how_far_a_sentence_stands_out_counts_in_english_alone() -> None:
    more = replace(SURE, stands_out=SURE.stands_out * 1.1)
    assert {spoken for spoken, fitted in READ.items() if fitted.chance(more) > fitted.chance(SURE)} == {"en"}


@pytest.mark.parametrize(("name", "spoken"), [("covered", "en"), ("held", "zh")])
def test_what_a_sentence_says_of_the_question_counts_in_english_and_what_its_document_says_in_chinese(
    name: str, spoken: str
) -> None:
    more = replace(SURE, **{name: getattr(SURE, name) * 1.1})
    assert {of for of, fitted in READ.items() if fitted.chance(more) > fitted.chance(SURE)} == {spoken}


def test_what_is_held_of_a_question_stands_in_any_passage_read_of_the_likeliest_sentences_document() -> None:
    hits = hit("Rollo led."), hit("The Normans.", id=2), hit("It rains.", id=3, document="other")
    passages, likeness = READER.read(QUESTION, [context_of(found.stored) for found in hits]), {"Rollo led.": 2.0}
    likeness |= {"The Normans.": 0.1, "It rains.": 0.1}
    sentences = read_sentences(hits, passages, WEIGHTS, likeness)
    reading = CloseReading(passages, sentences, (), likeness)
    assert features(hits, reading, WEIGHTS, "en").held == 1.0
    assert features(hits, reading, {**WEIGHTS, "rains": 3.0}, "en").held == 0.5
    only = replace(reading, passages=passages[:1], sentences=tuple(one for one in sentences if one.text == "Rollo led."))
    assert features(hits, only, WEIGHTS, "en").held == pytest.approx(1 / 3)


@pytest.mark.parametrize("name", ["agreed", "likeness"])
def test_signals_that_both_languages_hear(name: str) -> None:
    more = replace(SURE, **{name: getattr(SURE, name) * 1.1})
    assert all(fitted.chance(more) > fitted.chance(SURE) for fitted in READ.values())
