"""Searching words in the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

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
        opened.add(document, [passage], np.ones((1, 2), np.float32), collection="animals" if number < 2 else None)
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
    assert store.vocabulary(minimum=2) == {"cats": 2, "and": 2}


def test_phrases_are_counted_in_passages_and_only_side_by_side(store: Store) -> None:
    assert store.phrase_count(("dogs", "bark")) == 1
    assert store.phrase_count(("bark", "dogs")) == 0
    assert store.phrase_count(("中国", "国银")) == 1
    assert store.phrase_count(('"', "x")) == 0
