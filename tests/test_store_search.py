"""Searching words in the store."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from rag_app.interfaces import EmbeddedPassages
from rag_app.records import Document, Page, Passage, Scope
from rag_app.store import Store
from rag_app.text.words import terms

TEXTS = {
    "cats.txt": ("", "Cats sleep on the café roof."),
    "dogs.txt": ("", "Dogs chase cats; dogs bark at cats and dogs."),
    "roof.txt": ("Roofs and walls", "Nothing else here."),
    "bank.txt": ("", "中國銀行在北京。"),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    for number, (name, (title, text)) in enumerate(TEXTS.items()):
        document = Document(f"{number:064x}", name, title, "text/plain", len(text), (Page(1, text),))
        passage = Passage(document.id, 1, 0, len(text), (), text)
        opened.add(document, [passage], EmbeddedPassages(np.ones((1, 2), np.float32)))
        if number < 2:
            opened.put_in_collection([document.id], "animals")
    yield opened
    opened.close()


def found(store: Store, question: str) -> list[int]:
    return [label for label, _ in store.lexical_search(terms(question), 10)]


def test_passage_with_more_of_the_words_comes_first(store: Store) -> None:
    assert found(store, "dogs and cats") == [2, 1, 3]


def test_scores_are_positive_and_descend(store: Store) -> None:
    scores = [score for _, score in store.lexical_search(["dogs", "cats"], 10)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_no_more_than_k_are_found(store: Store) -> None:
    assert len(store.lexical_search(["cats", "dogs"], 1)) == 1


def test_chinese_word_is_found_in_either_script(store: Store) -> None:
    assert found(store, "中国银行") == found(store, "中國銀行") == [4]


def test_accents_do_not_matter(store: Store) -> None:
    assert found(store, "cafe") == found(store, "café") == [1]
    assert store.term_counts(["café", "cafe"]) == {"café": 1, "cafe": 1}


def test_title_is_searched_and_weighs_as_asked(store: Store) -> None:
    assert found(store, "roofs") == [3]
    [(_, plain)] = store.lexical_search(["roofs"], 5)
    [(_, heavier)] = store.lexical_search(["roofs"], 5, heading_weight=3.0)
    assert heavier > plain


@pytest.mark.parametrize("scope", [Scope("animals"), Scope(None, (f"{0:064x}", f"{1:064x}")), Scope("animals", (f"{1:064x}",))])
def test_search_keeps_to_its_scope(store: Store, scope: Scope) -> None:
    hits = store.lexical_search(["cats", "roofs", "银行"], 10, scope)
    assert {label for label, _ in hits} == set(store.passage_ids(scope))


def test_unknown_collection_holds_nothing(store: Store) -> None:
    assert store.lexical_search(["cats"], 10, Scope("nowhere")) == []


@pytest.mark.parametrize(
    "term", ['"', "cats AND dogs", "NEAR(cats dogs)", "heading:cats", "ca*", "-cats", "(", "^cats", "cats\x00dogs", "'"]
)
def test_syntax_of_the_index_has_no_meaning_in_a_term(store: Store, term: str) -> None:
    with_term = {label for label, _ in store.lexical_search(["cats", term], 10)}
    assert {1, 2} <= with_term
    assert set(store.term_counts([term])) <= {term}


def test_operator_words_are_words(store: Store) -> None:
    assert {label for label, _ in store.lexical_search(["and"], 10)} == {2, 3}
    assert store.lexical_search(["or", "not", "near"], 10) == []


def test_no_terms_find_nothing(store: Store) -> None:
    assert store.lexical_search([], 10) == []
    assert store.lexical_search(["!!!"], 10) == []


def test_thousand_terms_are_searched(store: Store) -> None:
    assert [label for label, _ in store.lexical_search([*(f"word{number}" for number in range(3000)), "dogs"], 10)] == [2]


def test_terms_are_counted_by_passage(store: Store) -> None:
    assert store.term_counts(["cats", "dogs", "roofs", "unheard"]) == {"cats": 2, "dogs": 1, "roofs": 1}


def test_vocabulary_names_every_term_with_its_passages(store: Store) -> None:
    vocabulary = store.vocabulary()
    assert vocabulary["cats"] == 2
    assert vocabulary["cafe"] == 1
    assert vocabulary["银行"] == 1
    assert {term for term, count in vocabulary.items() if count == 2} == {"cats", "and"}


def test_counts_follow_what_is_added_and_removed(store: Store) -> None:
    assert store.term_counts(["cats"]) == {"cats": 2}
    text = "More cats."
    document = Document("f" * 64, "more.txt", "", "text/plain", len(text), (Page(1, text),))
    store.add(document, [Passage(document.id, 1, 0, len(text), (), text)], EmbeddedPassages(np.ones((1, 2), np.float32)))
    assert store.term_counts(["cats"]) == {"cats": 3}
    store.remove([document.id, f"{0:064x}"])
    assert store.term_counts(["cats"]) == {"cats": 1}


LARGE = 12_000


@pytest.fixture(scope="module")
def large_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Passages of ten rare words, of four words held by 40 %, and of one held by 70 %; the last document is a collection."""
    opened = Store(tmp_path_factory.mktemp("large"))
    random = np.random.default_rng(3)
    rare = [[f"rare{word}" for word in row] for row in (3000 * random.random((LARGE, 10)) ** 2).astype(int)]
    common = [[f"common{word}" for word in np.flatnonzero(row)] for row in random.random((LARGE, 4)) < 0.4]
    everywhere = [["everywhere"] * int(row) for row in random.random(LARGE) < 0.7]
    texts = [" ".join(chain(*words)) for words in zip(rare, common, everywhere)]
    for number in range(0, LARGE, 1000):
        label, part = f"{number:064x}", texts[number : number + 1000]
        pages = tuple(Page(page, text) for page, text in enumerate(part, 1))
        passages = [Passage(label, page.number, 0, len(page.text), (), page.text) for page in pages]
        vectors = np.ones((len(part), 2), np.float32)
        last = number == LARGE - 1000
        opened.add(Document(label, label, "", "text/plain", 1, pages), passages, EmbeddedPassages(vectors))
        if last:
            opened.put_in_collection([label], "last")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "question", ["common0 common1 common2 rare1 rare2000", "common0 common1 common2", "common3 rare9 rare11", "rare7"]
)
def test_large_library_finds_the_same_as_by_scoring_every_passage(large_store: Store, question: str) -> None:
    sql = "select rowid from words where words match ? order by bm25(words), rowid limit 20"
    expected = [row[0] for row in large_store._connections.rows(sql, [" OR ".join(question.split())])]
    assert [label for label, _ in large_store.lexical_search(question.split(), 20)] == expected


def test_rare_word_does_not_hide_passages_that_hold_only_common_ones(large_store: Store) -> None:
    words = ["rare2900", "common0", "common1", "common2"]
    counts = large_store.term_counts(words)
    found = {label for label, _ in large_store.lexical_search(words, LARGE)}
    assert len(found) > max(counts.values()) > 4000 > 100 > counts["rare2900"]
    assert found == {label for word in words for label, _ in large_store.lexical_search([word], LARGE)}


def test_rare_word_elsewhere_does_not_hide_the_passages_of_a_scope(large_store: Store) -> None:
    words, scope = ["rare2900", "common0", "common1", "common2"], Scope("last")
    inside = set(large_store.passage_ids(scope))
    found = {label for label, _ in large_store.lexical_search(words, 1000, scope)}
    assert found == {label for word in words for label, _ in large_store.lexical_search([word], LARGE)} & inside


def test_word_without_weight_is_found_where_it_is_all_there_is(large_store: Store) -> None:
    assert len(large_store.lexical_search(["everywhere"], 10)) == 10


def test_phrases_are_counted_in_passages_and_only_side_by_side(store: Store) -> None:
    assert store.phrase_count(("dogs", "bark")) == 1
    assert store.phrase_count(("bark", "dogs")) == 0
    assert store.phrase_count(("中国", "国银")) == 1
    assert store.phrase_count(('"', "x")) == 0
