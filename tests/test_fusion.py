"""Blending two scores."""

from __future__ import annotations

import pytest

from rag_app.fusion import blend


def test_each_score_is_scaled_before_they_are_weighed() -> None:
    lexical, dense = {1: 10.0, 2: 5.0}, {1: 0.80, 2: 0.90, 3: 0.70}
    assert blend(lexical, dense, lexical_weight=0.5) == pytest.approx({1: 0.75, 2: 0.75, 3: 0.0})


def test_without_lexical_weight_the_dense_order_stands() -> None:
    assert blend({1: 10.0}, {1: 0.1, 2: 0.9}, lexical_weight=0.0) == pytest.approx({1: 0.0, 2: 1.0})


def test_candidates_that_are_all_alike_score_nothing() -> None:
    assert blend({}, {1: 0.5, 2: 0.5}, lexical_weight=0.5) == {1: 0.0, 2: 0.0}
    assert blend({}, {}, lexical_weight=0.5) == {}
