"""Every metric against an example worked by hand."""

from __future__ import annotations

import math

import pytest

from rag_app.evaluation import metrics

RANKED = ("a", "b", "c", "d")


def test_reciprocal_rank_is_one_over_the_first_gold_rank() -> None:
    assert metrics.reciprocal_rank(RANKED, {"c", "d"}, k=10) == 1 / 3
    assert metrics.reciprocal_rank(RANKED, {"c"}, k=2) == 0.0


def test_hit_rate_asks_for_any_and_all_found_for_every_gold_document() -> None:
    assert (metrics.hit_rate(RANKED, {"b", "x"}, k=2), metrics.hit_rate(RANKED, {"c"}, k=2)) == (1.0, 0.0)
    assert (metrics.all_found(RANKED, {"a", "b"}, k=2), metrics.all_found(RANKED, {"a", "c"}, k=2)) == (1.0, 0.0)


def test_recall_is_the_share_of_the_gold_documents_found() -> None:
    assert metrics.recall(RANKED, ("b", "c", "x"), k=2) == pytest.approx(1 / 3)
    assert metrics.recall(RANKED, ("b", "c"), k=3) == 1.0


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    gain, ideal = 1 / math.log2(3) + 1 / math.log2(5), 1 + 1 / math.log2(3)
    assert metrics.ndcg(RANKED, {"b", "d"}, k=10) == pytest.approx(gain / ideal)
    assert metrics.ndcg(RANKED, {"a"}, k=10) == 1.0
    assert metrics.ndcg(RANKED, set(), k=10) == 0.0
    assert (metrics.ndcg(RANKED, {"a", "b"}, k=1), metrics.ndcg(RANKED, {"b"}, k=1)) == (1.0, 0.0)


def test_gold_document_that_is_listed_twice_counts_once_for_ndcg() -> None:
    assert metrics.ndcg(RANKED, ("a", "a"), k=10) == 1.0


def test_answer_tokens_are_words_and_single_chinese_characters() -> None:
    assert metrics.answer_tokens("The API在中国, 2 parts") == ["api", "在", "中", "国", "2", "parts"]


def test_f1_weighs_precision_and_recall_of_tokens() -> None:
    assert metrics.f1("in the year 1066", "1066 AD") == pytest.approx(2 * 1 / (3 + 2))
    assert metrics.f1("罗洛", "罗洛") == 1.0
    assert metrics.f1("no", "yes") == 0.0


def test_rouge_l_counts_the_longest_common_subsequence() -> None:
    assert metrics.rouge_l("police killed the gunman", "police kill the gunman") == pytest.approx(2 * 2 / (3 + 3))
    assert metrics.rouge_l("", "x") == 0.0


def test_contains_ignores_case_width_space_and_punctuation() -> None:
    assert metrics.contains("Net sales | $1,061.78 | +3", ["net sales 1061.78 3"]) == 1.0
    assert metrics.contains("It was “William  Iron-Arm”.", ["william ironarm"]) == 1.0
    assert metrics.contains("由１２０米组成", ["120 米"]) == 1.0
    assert metrics.contains("It was Drogo.", ["Rollo", "Robert"]) == 0.0


def test_auroc_is_the_chance_that_a_positive_scores_higher() -> None:
    assert metrics.auroc([0.9, 0.4], [0.5, 0.1]) == 0.75
    assert metrics.auroc([0.5], [0.5]) == 0.5
    assert metrics.auroc([1.0], [0.0]) == 1.0
