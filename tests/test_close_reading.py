"""Reading the best passages closely."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag_app.close_reading import READ_ALONE, CloseReader
from rag_app.embedding import BagOfWordsEmbedder
from rag_app.evidence import candidate_sentences, read_sentences
from rag_app.reading import WordReader
from rag_app.records import Reading
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


def test_sentences_for_a_part_are_those_of_reading_its_passages() -> None:
    reader = WordReader()
    passages = reader.read(QUESTION, [context_of(one.stored) for one in HITS])
    expected = read_sentences(HITS, passages, WEIGHTS, likeness())
    assert CloseReader(reader, BagOfWordsEmbedder()).sentences(QUESTION, HITS, WEIGHTS) == expected


def test_nothing_is_read_of_nothing() -> None:
    reading = CloseReader(WordReader(), BagOfWordsEmbedder()).read(QUESTION, (), WEIGHTS)
    assert not (reading.passages or reading.sentences or reading.alone or reading.likeness)
