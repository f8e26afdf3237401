"""Passages by what stands around them: their document's beginning, their neighbours."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from rag_app.interfaces import EmbeddedPassages
from rag_app.levels import Levels
from rag_app.ranking import RankingCoefficients
from rag_app.records import Document, Page, Passage
from rag_app.reranking import LateInteraction
from rag_app.retrieval import Retrieval
from rag_app.store import Store
from rag_app.text.relevance import bm25
from rag_app.text.words import index_text
from rag_app.vector_index import LibraryIndex
from tests.small_library import EMBEDDER, retrieval_over

SENTENCES = ("Zinc is a metal.", "It lowers fever.", "Children took it.", "Nothing else was seen.")
PAPER = Document("a" * 64, "zinc.txt", "", "text/plain", 60, (Page(1, " ".join(SENTENCES)),))
NOTE = Document("b" * 64, "note.txt", "", "text/plain", 16, (Page(1, "Zinc is a metal."),))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(tmp_path)
    vectors = np.eye(4, dtype=np.float32)
    opened.add(
        PAPER, [Passage(PAPER.id, 1, 0, len(text), (), text) for text in SENTENCES], EmbeddedPassages(vectors, opening=vectors[3])
    )
    opened.add(NOTE, [Passage(NOTE.id, 1, 0, 16, (), "Zinc is a metal.")], EmbeddedPassages(vectors[:1]))
    return opened


def test_the_beginning_of_a_document_counts_for_each_of_its_passages_and_the_passage_where_it_is_all(store: Store) -> None:
    stored = store.stored([2, 1, 5])
    question = np.array([0.6, 0.0, 0.0, 0.8], np.float32)
    found = Levels(store).openings(question, stored, np.array([0.0, 0.6, 0.6], np.float32))
    assert found == pytest.approx([0.8, 0.8, 0.6])


def test_words_count_that_stand_within_two_passages(store: Store) -> None:
    stored = store.stored([1, 4, 5])
    words = [Counter(index_text(one.passage.text).split()) for one in stored]
    found = Levels(store).around(stored, words, {"children": 1.0, "zinc": 1.0})
    together = [" ".join(SENTENCES[:3]), " ".join(SENTENCES[1:]), "Zinc is a metal."]
    counts = [Counter(index_text(text).split()) for text in together]
    assert found == pytest.approx(bm25(counts, [count.total() for count in counts], {"children": 1.0, "zinc": 1.0}))
    assert found[0] > found[1] > 0.0


def test_what_stands_around_orders_passages_for_a_claim_and_not_for_a_question(tmp_path: Path) -> None:
    filler = "The committee met again in the spring to hear of other matters of its work and of the weather."
    texts = {
        "zinc.txt": f"Zinc lowers fever. {filler} {filler} Sick children took it.",
        "toys.txt": "Sick children took the toys.",
    }
    _, store = retrieval_over(tmp_path, texts)
    alone = RankingCoefficients(**{**dict.fromkeys(RankingCoefficients.__slots__, 0.0), "around": 1.0, "numbers": 1.0})
    index = LibraryIndex(store, embedder_id=EMBEDDER.id, dimension=EMBEDDER.dimension, folder=tmp_path / "index")
    retrieval = Retrieval(store, index, EMBEDDER, LateInteraction(store), coefficients=alone)
    claim = retrieval.search("Zinc lowers the fever of sick children.", top_k=9).hits
    assert claim[0].stored.document_name == "zinc.txt"
    assert claim[0].score == 0.5
    question = retrieval.search("Does zinc lower the fever of sick children?", top_k=9).hits
    assert {hit.score for hit in question} == {0.0}
