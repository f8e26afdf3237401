"""How like sentences are to a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rag_app.embedding import BagOfWordsEmbedder
from rag_app.interfaces import EmbeddedQuestion, Vectors
from rag_app.likeness import KEPT, Likeness
from tests.small_library import EMBEDDER


class Counting(BagOfWordsEmbedder):
    """The embedder of the tests, which tells the passages that it embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return super().embed_passages(texts)


def test_sentence_that_says_what_is_asked_is_the_likest() -> None:
    same, other = Likeness(EMBEDDER).of("Who led the Normans?", ["Rollo led the Normans.", "Bread is baked."])
    assert same > other
    vectors = EMBEDDER.embed_passages(["Rollo led the Normans."])
    assert same == pytest.approx(float(vectors[0] @ EMBEDDER.embed_question("Who led the Normans?").vector))


class ByScript(BagOfWordsEmbedder):
    """An embedder to which characters of the two scripts are as different as any."""

    def embed_question(self, text: str) -> EmbeddedQuestion:
        found = super().embed_question("x")
        return replace(found, vector=self.embed_passages([text])[0])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.eye(2, dtype=np.float32)[[int("违" in text) for text in texts]]


def test_a_question_is_compared_in_the_script_of_the_sentence() -> None:
    told = Likeness(ByScript()).of("违约金是多少？", ["違約金為兩個月。", "违约金为两个月。"])
    assert told == (1.0, 1.0)


def test_sentence_is_embedded_once_for_many_questions() -> None:
    counting = Counting()
    likeness = Likeness(counting)
    for question in ("Who led the Normans?", "What is baked?"):
        likeness.of(question, ["Rollo led the Normans.", "Bread is baked.", "Bread is baked."])
    assert counting.embedded == ["Rollo led the Normans.", "Bread is baked."]


def test_no_more_sentences_are_kept_than_it_says() -> None:
    counting = Counting()
    likeness = Likeness(counting)
    likeness.of("What?", [f"Number {number}." for number in range(KEPT)])
    likeness.of("What?", ["One more."])
    likeness.of("What?", ["Number 1."])
    assert counting.embedded[KEPT:] == ["One more.", "Number 1."]


def test_nothing_is_like_nothing() -> None:
    assert Likeness(EMBEDDER).of("What?", []) == ()
