"""Reading the best passages closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rag_app.close_reading import READ_ALONE, CloseReader
from rag_app.embedding import BagOfWordsEmbedder
from rag_app.evidence import candidate_sentences, read_sentences
from rag_app.reading import WordReader
from rag_app.records import Evidence, Reading
from rag_app.text.context import context_of
from tests.examples import hit

QUESTION, WEIGHTS = "Who led the Normans?", {"led": 1.0, "normans": 1.0}
HITS = (
    hit("Rollo led the Normans. Bread is baked in Rouen. It rained in May.", document="Normandy", score=0.8),
    hit("Rain falls. The Normans built ships.", id=2, document="Rain", score=0.3),
)


class NotingReader(WordReader):
    """A reader that notes what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def read(self, question: str, contexts: Sequence[str]) -> tuple[Reading, ...]:
        self.given += contexts
        return super().read(question, contexts)


def likeness() -> dict[str, float]:
    """The cosine of each sentence to the question."""
    texts = [one.text for one in candidate_sentences(HITS)]
    vectors = BagOfWordsEmbedder().embed_passages(texts)
    return dict(zip(texts, (vectors @ BagOfWordsEmbedder().embed_question(QUESTION).vector).tolist(), strict=True))


def test_likeliest_sentences_are_read_once_more_under_their_titles_alone() -> None:
    reader = NotingReader()
    reading = CloseReader(reader, BagOfWordsEmbedder()).read(QUESTION, HITS, WEIGHTS)
    likeliest = read_sentences(HITS, reading.passages, WEIGHTS, likeness())[:READ_ALONE]
    alone = [f"{one.stored.document_title}\n{one.text}" for one in likeliest]
    assert reader.given == [context_of(one.stored) for one in HITS] + alone
    assert alone[0] == "Normandy\nRollo led the Normans."
    assert len(reading.alone) == READ_ALONE and len(reading.passages) == len(HITS)


def test_every_sentence_is_compared_with_the_question() -> None:
    reading = CloseReader(WordReader(), BagOfWordsEmbedder()).read(QUESTION, HITS, WEIGHTS)
    assert len(reading.sentences) == 5
    assert reading.likeness == pytest.approx(likeness())


def test_a_sentence_that_one_of_two_overlapping_passages_cuts_is_compared_as_it_stands_in_each() -> None:
    cut = hit("Rollo led the Normans over the", document="Normandy")
    whole = hit("Rollo led the Normans over the sea. Bread is baked.", id=2, document="Normandy")
    reading = CloseReader(WordReader(), BagOfWordsEmbedder()).read(QUESTION, (cut, whole), WEIGHTS)
    assert set(reading.likeness) == {
        "Rollo led the Normans over the",
        "Rollo led the Normans over the sea.",
        "Bread is baked.",
    }
    assert len(reading.sentences) == 2


def test_sentences_for_a_part_are_those_of_reading_its_passages() -> None:
    reader = WordReader()
    passages = reader.read(QUESTION, [context_of(one.stored) for one in HITS])
    expected = read_sentences(HITS, passages, WEIGHTS, likeness())
    assert CloseReader(reader, BagOfWordsEmbedder()).sentences(QUESTION, HITS, WEIGHTS) == expected


def test_nothing_is_read_of_nothing() -> None:
    reading = CloseReader(WordReader(), BagOfWordsEmbedder()).read(QUESTION, (), WEIGHTS)
    assert not (reading.passages or reading.sentences or reading.alone or reading.likeness)


PLAYER = hit("Dick Humbert was a player. He played for the Oslo Eagles.", document="Humbert")
TEAM = hit("They won once. The Oslo Eagles are based in Pennsylvania.", id=2, document="Oslo Eagles", score=0.2)
WHERE = "In which state is the team of Dick Humbert based?"


class DoubtingReader(WordReader):
    """A reader that takes nothing for an answer."""

    def read(self, question: str, contexts: Sequence[str]) -> tuple[Reading, ...]:
        return tuple(replace(one, nothing=30.0) for one in super().read(question, contexts))


def told() -> tuple[Evidence, ...]:
    """The sentences of the first passage."""
    played, was = reversed(candidate_sentences([PLAYER]))
    return replace(played, score=0.7), replace(was, score=0.1)


def test_what_answers_in_a_document_that_a_sentence_names_is_told_behind_it() -> None:
    reader = NotingReader()
    found = CloseReader(reader, BagOfWordsEmbedder()).followed(WHERE, told(), (PLAYER, TEAM))
    assert [one.text for one in found] == [
        "He played for the Oslo Eagles.",
        "The Oslo Eagles are based in Pennsylvania.",
        "Dick Humbert was a player.",
    ]
    assert found[1].stored == TEAM.stored and found[1].score == 0.7
    assert TEAM.stored.passage.text[found[1].start : found[1].end] == found[1].text
    assert reader.given == [f"Oslo Eagles\nHe played for the Oslo Eagles. {TEAM.stored.passage.text}"]


def test_a_document_that_is_named_but_does_not_answer_is_not_told() -> None:
    assert CloseReader(DoubtingReader(), BagOfWordsEmbedder()).followed(WHERE, told(), (PLAYER, TEAM)) == told()


def test_where_the_sentence_that_leads_there_answers_itself_nothing_is_followed() -> None:
    question = "What did Dick Humbert play for, in which he played for the Oslo?"
    assert CloseReader(WordReader(), BagOfWordsEmbedder()).followed(question, told(), (PLAYER, TEAM)) == told()


def test_a_heading_of_the_document_that_is_named_is_not_followed() -> None:
    heading = "State in which the team of Dick Humbert is based"
    there = hit(f"{heading}\n\nThey won once.", id=2, document="Oslo Eagles")
    passage = replace(there.stored.passage, heading_path=(heading,))
    team = replace(there, stored=replace(there.stored, passage=passage))
    found = CloseReader(WordReader(), BagOfWordsEmbedder()).followed(WHERE, told(), (PLAYER, team))
    assert heading not in [one.text for one in found]


def test_what_is_told_already_goes_behind_the_sentence_that_leads_there() -> None:
    based = replace(candidate_sentences([TEAM])[1], score=0.05)
    found = CloseReader(WordReader(), BagOfWordsEmbedder()).followed(WHERE, (*told(), based), (PLAYER, TEAM))
    assert [one.text for one in found] == [told()[0].text, based.text, told()[1].text]


def test_where_no_document_is_named_nothing_more_is_read() -> None:
    reader = NotingReader()
    assert CloseReader(reader, BagOfWordsEmbedder()).followed(WHERE, told(), (PLAYER, HITS[1])) == told()
    assert not reader.given
