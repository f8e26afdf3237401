"""What texts say of given words, and feedback in words."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from rag_app.text.relevance import bm25, said_alike


def test_a_text_that_says_the_words_of_the_best_scores_higher() -> None:
    says, repeats, differs = ["wing", "lift", "wing", "drag"], ["wing", "lift", "of", "body"], ["heat", "of", "body"]
    texts = [Counter(says), Counter(repeats), Counter(differs)]
    found = said_alike(texts, [0], np.ones(1, np.float32))
    assert found[0] > found[1] > found[2] == 0.0


def test_words_weigh_as_often_as_the_best_say_them_and_as_rare_as_they_are() -> None:
    texts = [Counter(wing=3, lift=1), Counter(wing=4), Counter(lift=4), Counter(heat=4)]
    found = said_alike(texts, [0], np.ones(1, np.float32))
    rarity = math.sqrt(math.log(5 / 2.5))  # two of four hold either
    assert found == pytest.approx([rarity * (0.75 * 3 / 4.2 + 0.25 / 2.2), rarity * 0.75 * 4 / 5.2, rarity * 0.25 * 4 / 5.2, 0.0])


def test_the_best_count_by_their_shares() -> None:
    texts = [Counter(wing=1), Counter(heat=1), Counter(wing=1), Counter(heat=1)]
    found = said_alike(texts, [0, 1], np.array([0.75, 0.25], np.float32))
    assert found[2] == pytest.approx(3 * found[3])


def test_words_that_all_say_count_next_to_nothing_and_empty_texts_nothing() -> None:
    texts = [Counter(the=1, wing=1), Counter(the=1, wing=1), Counter(the=1), Counter[str]()]
    common, rare = said_alike([*texts[:3], Counter(the=1)], [0], np.ones(1, np.float32))[[2, 0]]
    assert 10 * common < 4 * rare
    assert said_alike(texts, [0], np.ones(1, np.float32))[3] == 0.0
    assert said_alike([Counter[str]()], [0], np.ones(1, np.float32)).tolist() == [0.0]


def test_bm25_by_hand() -> None:
    texts = [Counter(wing=2, the=2), Counter(wing=1, lift=1, of=6), Counter(heat=6)]
    found = bm25(texts, [4, 8, 6], {"wing": 2.0, "lift": 3.0})
    short, long = 1.2 * (0.25 + 0.75 * 4 / 6), 1.2 * (0.25 + 0.75 * 8 / 6)
    assert found == pytest.approx([2 * 2 * 2.2 / (2 + short), (2 + 3) * 2.2 / (1 + long), 0.0])
    assert bm25(texts, [4, 8, 6], {}).tolist() == [0.0, 0.0, 0.0]
