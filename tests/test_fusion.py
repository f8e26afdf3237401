"""Blending two scores."""

from __future__ import annotations

import pytest

from rag_app.fusion import blend, interleaved
from tests.examples import hit


def test_each_score_is_scaled_before_they_are_weighed() -> None:
    lexical, dense = {1: 10.0, 2: 5.0}, {1: 0.80, 2: 0.90, 3: 0.70}
    assert blend(lexical, dense, lexical_weight=0.5) == pytest.approx({1: 0.75, 2: 0.75, 3: 0.0})


def test_without_lexical_weight_the_dense_order_stands() -> None:
    assert blend({1: 10.0}, {1: 0.1, 2: 0.9}, lexical_weight=0.0) == pytest.approx({1: 0.0, 2: 1.0})


def test_candidates_that_are_all_alike_score_nothing() -> None:
    assert blend({}, {1: 0.5, 2: 0.5}, lexical_weight=0.5) == {1: 0.0, 2: 0.0}
    assert blend({}, {}, lexical_weight=0.5) == {}


def test_hits_in_the_other_language_that_are_near_stand_between_those_in_the_own() -> None:
    own = [
        hit("One.", id=1, dense=0.86, score=0.9),
        hit("三。", id=3, dense=0.79, score=0.8),
        hit("Two.", id=2, dense=0.8, score=0.7),
    ]
    other = [
        hit("四。", id=4, dense=0.8, score=0.95),
        hit("三。", id=3, dense=0.79, score=0.9),
        hit("五。", id=5, dense=0.77, score=0.6),
    ]
    assert [(one.stored.id, one.score) for one in interleaved(own, other, "zh")] == [(1, 0.9), (4, 0.9), (3, 0.8), (2, 0.7)]
    assert [one.stored.id for one in interleaved(own, (), "zh")] == [1, 3, 2]
    assert [one.stored.id for one in interleaved((), other, "zh")] == [4, 3, 5]


def test_hits_in_the_other_language_that_are_as_near_begin() -> None:
    own, other = [hit("One.", id=1, dense=0.86), hit("Two.", id=2, dense=0.8)], [hit("三。", id=3, dense=0.85)]
    assert [one.stored.id for one in interleaved(own, other, "zh")] == [3, 1, 2]
    farther = [hit("三。", id=3, dense=0.83)]
    assert [one.stored.id for one in interleaved(own, farther, "zh")] == [1, 3, 2]


def test_passage_in_the_own_language_of_a_document_in_the_other_stays_where_it_was_found() -> None:
    own, other = [hit("One.", id=1, dense=0.86), hit("Two.", id=2, dense=0.85)], [hit("Two.", id=2, dense=0.85)]
    assert [one.stored.id for one in interleaved(own, other, "zh")] == [1, 2]
