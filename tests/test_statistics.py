"""Intervals and tests against examples worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rag_app.evaluation.statistics import (
    Rows,
    auroc,
    difference_interval,
    interval,
    median,
    paired_p,
    ratio,
)


def ones(*values: float) -> Rows:
    return np.array([[value, 1.0] for value in values])


def test_a_ratio_is_the_mean_of_single_values_and_weighs_questions_by_what_they_hold() -> None:
    assert ratio(ones(1, 0, 1, 1)) == 0.75
    assert ratio(np.array([[1.0, 1.0], [1.0, 3.0]])) == 0.5
    assert math.isnan(ratio(np.zeros((2, 2))))


def test_a_median_leaves_out_the_questions_that_hold_nothing() -> None:
    assert median(np.array([[4.0, 1.0], [10.0, 1.0], [0.0, 0.0]])) == 7.0


def test_auroc_of_rows_and_none_without_both_kinds() -> None:
    assert auroc(np.array([[0.9, 1.0], [0.4, 1.0], [0.5, 0.0], [0.1, 0.0]])) == 0.75
    assert math.isnan(auroc(ones(0.5)))


def test_the_paired_test_counts_the_exchanges_that_differ_as_much() -> None:
    """Three of four questions differ by 1 each: of 8 ways to give the signs, two (+++ and ---) reach a sum of 3."""
    assert paired_p(ones(0, 0, 0, 1), ones(1, 1, 1, 1), ratio) == 2 / 8


def test_the_paired_test_of_differences_of_both_signs() -> None:
    """Differences 1, 1, -1: every one of the 8 ways has a sum of at least 1 in size."""
    assert paired_p(ones(0, 0, 1), ones(1, 1, 0), ratio) == 1.0


def test_the_paired_test_weighs_questions_by_what_they_hold() -> None:
    """One question, 3 of 3 citations right against 0 of 1: exchanged or not, the difference is 1 in size."""
    assert paired_p(np.array([[0.0, 1.0]]), np.array([[3.0, 3.0]]), ratio) == 1.0


def test_runs_that_are_alike_do_not_differ() -> None:
    rows = ones(1, 0, 1)
    assert paired_p(rows, rows, ratio) == 1.0


def test_the_random_test_agrees_with_the_binomial_sign_test() -> None:
    """Of 16 questions that differ 13 got better: 2 * (C(16,0) + C(16,1) + C(16,2) + C(16,3)) / 2^16 = .0213."""
    first, second = ones(*[0] * 13, *[1] * 3), ones(*[1] * 13, *[0] * 3)
    assert paired_p(first, second, ratio) == pytest.approx(2 * (1 + 16 + 120 + 560) / 2**16, abs=0.008)


def test_the_random_test_never_gives_nought() -> None:
    assert 0 < paired_p(ones(*[0] * 40), ones(*[1] * 40), ratio) < 0.001


def test_a_figure_that_one_run_lacks_is_not_tested() -> None:
    assert math.isnan(paired_p(np.zeros((2, 2)), ones(1, 0), ratio))


def test_the_interval_of_a_mean_is_about_two_standard_errors_wide_each_way() -> None:
    """80 of 100: the standard error is sqrt(.8 * .2 / 100) = .04, so .80 less and plus .0784."""
    found = interval(ones(*[1] * 80, *[0] * 20), ratio)
    assert [found.low, found.high] == [pytest.approx(0.8 - 0.0784, abs=0.011), pytest.approx(0.8 + 0.0784, abs=0.011)]


def test_the_interval_of_a_difference_is_of_the_questions_that_differ() -> None:
    """Ten of 100 questions better, none worse: sqrt(.1 * .9 / 100) = .03; unpaired it would be twice as wide."""
    first, second = ones(*[1] * 50, *[0] * 50), ones(*[1] * 60, *[0] * 40)
    found = difference_interval(first, second, ratio)
    assert [found.low, found.high] == [pytest.approx(0.1 - 0.0588, abs=0.011), pytest.approx(0.1 + 0.0588, abs=0.011)]


def test_the_same_rows_always_give_the_same_interval() -> None:
    rows = ones(1, 0, 1, 1, 0)
    assert interval(rows, ratio) == interval(rows, ratio)
    certain = interval(ones(1, 1, 1), ratio)
    assert (certain.low, certain.high) == (1.0, 1.0)
