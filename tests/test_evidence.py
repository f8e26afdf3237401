"""Sentences out of passages, and their order."""

from __future__ import annotations

import numpy as np

from rag_app.evidence import candidate_sentences, rank_sentences
from rag_app.records import Hit, Passage, StoredPassage
from tests.examples import hit


def test_sentences_keep_their_place_on_the_page() -> None:
    passage = Passage("doc", 3, 100, 124, (), "Rollo came. He was Dane.")
    candidates = candidate_sentences([Hit(StoredPassage(7, "doc.txt", "doc", passage), 0.5, ())])
    assert [(c.start, c.end, c.text, c.score) for c in candidates] == [
        (100, 111, "Rollo came.", 0.5),
        (112, 124, "He was Dane.", 0.5),
    ]


def test_a_sentence_in_two_overlapping_passages_counts_once() -> None:
    first = Passage("doc", 1, 0, 22, (), "One is here. Two is in.")
    second = Passage("doc", 1, 13, 23, (), "Two is in.")
    hits = [Hit(StoredPassage(1, "n", "t", first), 0.9, ()), Hit(StoredPassage(2, "n", "t", second), 0.4, ())]
    assert [(c.text, c.score) for c in candidate_sentences(hits)] == [("One is here.", 0.9), ("Two is in.", 0.9)]


def test_meaning_words_and_passage_order_the_sentences() -> None:
    candidates = candidate_sentences([hit("Rollo led the Normans. Bread is baked. Rain falls.")])
    cosines = np.array([0.9, 0.8, 0.8], np.float32)
    ranked = rank_sentences(candidates, cosines, {"rollo": 2.0, "bread": 1.0})
    assert [sentence.text for sentence in ranked] == ["Rollo led the Normans.", "Bread is baked.", "Rain falls."]
    assert ranked[0].score > ranked[1].score > ranked[2].score


def test_no_candidates_rank_to_nothing() -> None:
    assert rank_sentences((), np.zeros(0, np.float32), {}) == ()
