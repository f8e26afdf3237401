"""Questions made for training the reader: of sentences by rule, and turned into their opposite."""

from __future__ import annotations

import random

import pytest
import spacy
from spacy.tokens import Doc, Span

from benchmarks.reader_data import Known, Pair, article_of
from benchmarks.reader_opposites import with_opposite
from benchmarks.reader_sentences import Blank, chinese_blanks, english_blanks, question_of, said_otherwise

SEEDS = range(40)
FOUNDED = "He founded the Alder Mill in 1867, near Lund."


def passage(text: str, title: str = "Carl Berg") -> Known:
    return Known("berg", title, text, f"{title}\n{text}")


def turned(question: str, context: str) -> set[str]:
    pairs = (with_opposite(Pair(question, context, ((0, 1),)), random.Random(seed)) for seed in SEEDS)
    return {pair.question for pair in pairs if pair is not None and not pair.spans}


@pytest.mark.parametrize(
    ("question", "context", "opposites"),
    [
        ("Who was the first king?", "Olaf was the first.", {"Who was the last king?", "Who was the first queen?"}),
        ("Who was the first king?", "Olaf, husband of the queen, was the first.", {"Who was the last king?"}),
        ("Who can enter?", "Members, but others cannot.", set()),
        ("When did it rain?", "It rained in May.", {"When didn't it rain?"}),
        ("誰是第一任校長？", "第一任校長是王明。", {"誰是第二任校長？", "誰是最后任校長？"}),
        ("學校何時成立？", "學校於1911年成立，1950年解散。", set()),
    ],
)
def test_a_question_is_turned_into_an_opposite_that_its_passage_does_not_say(
    question: str, context: str, opposites: set[str]
) -> None:
    assert turned(question, context) == opposites


def test_paragraphs_are_of_an_article_and_documents_of_two_sets_are_articles() -> None:
    articles = {"Normans#0": "Normans", "cmrc#TRIAL_800": "cmrc#TRIAL_800", "hp#Lilu (mythology)": "hp#Lilu (mythology)"}
    assert {document: article_of(document) for document in articles} == articles


def parsed() -> Doc:
    """FOUNDED as spaCy's English model takes it apart."""
    words = ["He", "founded", "the", "Alder", "Mill", "in", "1867", ",", "near", "Lund", "."]
    parts = ["PRON", "VERB", "DET", "PROPN", "PROPN", "ADP", "NUM", "PUNCT", "ADP", "PROPN", "PUNCT"]
    kinds = ["nsubj", "ROOT", "det", "compound", "dobj", "prep", "pobj", "punct", "prep", "pobj", "punct"]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[word not in ("1867", "Lund", ".") for word in words],
        pos=parts,
        heads=[1, 1, 4, 4, 1, 1, 5, 1, 1, 8, 1],
        deps=kinds,
    )
    doc.ents = (Span(doc, 6, 7, "DATE"), Span(doc, 9, 10, "GPE"))
    return doc


def test_names_dates_and_a_noun_of_an_english_sentence_can_be_asked_for() -> None:
    doc = parsed()
    assert doc.text == FOUNDED
    found = {FOUNDED[one.start : one.end]: one.words[0] for one in english_blanks(doc, (0, len(FOUNDED)), random.Random(0))}
    assert found == {"1867": "When", "Lund": "Where", "the Alder Mill": "What"}
    assert english_blanks(doc, (0, 30), random.Random(0)) == [Blank(11, 25, ("What",))]


def test_years_days_amounts_and_works_of_a_chinese_sentence_can_be_asked_for() -> None:
    text = "旧文。王明于1949年出版《海港》，6月3日售出300本。"
    start = text.index("王")
    found = {text[one.start : one.end]: one.words[0] for one in chinese_blanks(text, (start, len(text)), random.Random(0))}
    wanted = {"1949年": "哪一年", "《海港》": "什么", "6月3日": "何时", "300": "多少", "王明": "谁"}
    assert {words: found.get(words) for words in wanted} == wanted


def test_a_question_word_stands_for_the_answer_and_the_title_for_the_pronoun() -> None:
    blank = Blank(FOUNDED.index("1867"), FOUNDED.index("1867") + 4, ("When",))
    asked = {question_of(FOUNDED, (0, len(FOUNDED)), blank, "Carl Berg", random.Random(seed)) for seed in SEEDS}
    assert not [one for one in asked if "1867" in one or "when" not in one.lower() or not one.endswith("?")]
    assert "When Carl Berg founded the Alder Mill , near Lund?" in asked
    assert "Carl Berg founded the Alder Mill when , near Lund?" in asked


def test_a_question_asked_of_a_chinese_sentence_keeps_the_place_of_the_answer() -> None:
    text = "他於1911年建立磨坊。"
    asked = {question_of(text, (0, len(text)), Blank(2, 7, ("何时",)), "王明", random.Random(seed)) for seed in SEEDS}
    assert {"王明於何时建立磨坊？", "王明于何时建立磨坊？"} <= asked


def test_a_passage_that_says_the_answer_elsewhere_is_marked_there_without_the_sentence_asked_of() -> None:
    known = [passage(f"Lund is old. {FOUNDED} It burnt."), passage("It burnt."), passage(FOUNDED)]
    [pair] = said_otherwise("Where?", known, FOUNDED, "Lund")
    assert pair.context == "Carl Berg\nLund is old.  It burnt."
    assert [pair.context[start:end] for start, end in pair.spans] == ["Lund"]


def test_nothing_is_marked_where_a_bare_number_or_too_many_places_say_the_answer() -> None:
    assert not list(said_otherwise("When?", [passage("In 1867 it burnt.")], FOUNDED, "1867"))
    assert not list(said_otherwise("Where?", [passage("Lund, Lund, Lund and Lund.")], FOUNDED, "Lund"))
