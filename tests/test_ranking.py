"""The order of the best candidates: signals, feedback, links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pytest

from rag_app.interfaces import Vectors
from rag_app.ranking import RankingCoefficients, Signals, rank, scaled
from rag_app.records import Passage, StoredPassage
from rag_app.text.words import index_text

ALONE = {name: {**dict.fromkeys(RankingCoefficients.__slots__, 0.0), name: 1.0} for name in RankingCoefficients.__slots__}


def stored(label: int, title: str = "", text: str = "") -> StoredPassage:
    return StoredPassage(label, "a.txt", title, Passage(f"d{label}", 1, 0, len(text), (), text))


def of(**given: Sequence[float]) -> Signals:
    count = len(next(iter(given.values())))
    names = [field.name for field in fields(Signals)]
    return Signals(**{name: np.array(given.get(name, [0.0] * count), np.float32) for name in names})


def words_of(passages: Sequence[StoredPassage]) -> list[Counter[str]]:
    return [Counter(index_text(one.passage.text).split()) for one in passages]


def axes(*rows: int) -> Vectors:
    found: Vectors = np.eye(4, dtype=np.float32)[list(rows)]
    return found


def scores(
    signals: Signals, coefficients: RankingCoefficients, *, trust: float = 1.0, passages: Sequence[StoredPassage] = ()
) -> list[float]:
    passages = passages or [stored(number) for number in range(len(signals.closer))]
    vectors = axes(*(number % 4 for number in range(len(passages))))
    ranked = rank(passages, signals, vectors, words_of(passages), trust=trust, coefficients=coefficients)
    return [round(float(score), 4) for score in ranked]


def test_each_signal_is_scaled_and_weighed() -> None:
    signals = of(closer=[0.2, 0.6], lexical=[8.0, 4.0], covered=[0.5, 1.0])
    coefficients = RankingCoefficients(**{**ALONE["closer"], "lexical": 0.5, "covered": 0.5})
    assert scores(signals, coefficients) == [0.375, 0.75]  # (0 + .5 * 1 + .5 * .5) / 2 and (1 + 0 + .5 * 1) / 2


def test_where_words_cannot_be_compared_only_meaning_counts() -> None:
    signals = of(closer=[0.2, 0.6], lexical=[8.0, 4.0], covered=[1.0, 0.0], headings=[1.0, 0.0])
    coefficients = RankingCoefficients(**{**ALONE["closer"], "lexical": 1.0, "covered": 1.0, "headings": 1.0})
    assert scores(signals, coefficients, trust=0.0) == [0.0, 1.0]


def test_words_of_the_other_language_count_where_words_cannot_be_compared() -> None:
    signals = of(closer=[0.2, 0.6], bridged=[1.0, 0.5])
    coefficients = RankingCoefficients(**{**ALONE["closer"], "bridged": 0.25})
    assert scores(signals, coefficients, trust=0.0) == [0.2, 0.9]
    assert scores(signals, RankingCoefficients(**ALONE["bridged"]), trust=0.5) == [1.0, 0.5]


def test_names_in_the_other_script_count_where_words_cannot_be_compared_and_where_there_are_any() -> None:
    coefficients = RankingCoefficients(**{**ALONE["closer"], "transcribed": 0.25})
    named = of(closer=[1.0, 0.0], transcribed=[0.0, 1.0])
    assert scores(named, coefficients, trust=0.0) == [0.8, 0.2]
    assert scores(named, coefficients, trust=1.0) == [1.0, 0.0]
    assert scores(of(closer=[1.0, 0.0]), coefficients, trust=0.0) == [1.0, 0.0]


def test_numbers_of_the_question_tell_passages_apart_that_are_alike_otherwise() -> None:
    without, with_it, _ = scores(of(closer=[0.5, 0.45, 0.0], numbers=[0.0, 1.0, 0.0]), RankingCoefficients())
    assert with_it > without


def test_scores_lie_between_0_and_1() -> None:
    best = of(closer=[1.0, 0.0], dense=[1.0, 0.0], lexical=[1.0, 0.0], covered=[1.0, 0.0], headings=[1.0, 0.0])
    passages = [stored(1, "The Normans", "Rollo led them."), stored(2, "Rollo", "See The Normans.")]
    found = scores(best, RankingCoefficients(), passages=passages)
    assert 1.0 >= found[0] > found[1] >= 0.0


def test_feedback_lifts_what_is_like_the_best() -> None:
    passages = [stored(number) for number in range(5)]
    signals = of(closer=[1.0, 0.1, 0.0, 0.1, 0.1])
    coefficients = RankingCoefficients(**{**ALONE["closer"], "feedback": 0.2})
    ranked = rank(passages, signals, axes(0, 0, 1, 1, 2), words_of(passages), trust=1.0, coefficients=coefficients)
    assert ranked[0] > ranked[1] > ranked[3] == pytest.approx(ranked[4], abs=0.01)


def test_feedback_lifts_what_says_the_words_of_the_best() -> None:
    texts = ("Rollo led the Normans.", "The Normans followed Rollo.", "Tides follow the moon.")
    passages = [stored(number, text=text) for number, text in enumerate(texts)]
    coefficients = RankingCoefficients(**{**ALONE["closer"], "said": 0.2})
    first, alike, other = scores(of(closer=[1.0, 0.1, 0.1]), coefficients, passages=passages)
    assert first > alike > other + 0.05


def test_many_that_are_alike_count_together() -> None:
    passages = [stored(number) for number in range(6)]
    signals = of(closer=[1.0, 0.95, 0.95, 0.5, 0.5, 0.0])
    coefficients = RankingCoefficients(**{**ALONE["closer"], "feedback": 0.2})
    ranked = rank(passages, signals, axes(0, 1, 1, 0, 1, 2), words_of(passages), trust=1.0, coefficients=coefficients)
    assert ranked[4] > ranked[3]


def test_a_document_that_is_about_the_question_lifts_its_passages() -> None:
    first, second, _ = scores(of(closer=[0.5, 0.5, 0.0], document=[0.2, 0.8, 0.2]), RankingCoefficients())
    assert second > first


@pytest.mark.parametrize(
    ("title", "text", "is_linked"),
    [
        ("Haymo of Faversham", "He met Haymo of Faversham in Paris.", True),
        ("Lilu (mythology)", "Also called lilu in Akkadian.", True),
        ("Rollo", "Nobody of that name.", False),
        ("Bob", "Bob is too short a title to be a name.", False),
        ("", "Everything names nothing.", False),
    ],
)
def test_a_document_that_one_of_the_best_names_is_lifted(title: str, text: str, is_linked: bool) -> None:
    passages = [stored(1, "First", text), stored(2, title, "Another text.")]
    found = scores(of(closer=[1.0, 0.0]), RankingCoefficients(**{**ALONE["closer"], "linked": 1.0}), passages=passages)
    assert found == [0.5, 0.5 if is_linked else 0.0]


def test_a_document_is_not_lifted_by_one_of_its_own_title() -> None:
    passages = [stored(1, "Rollo", "Rollo led them."), stored(2, "Rollo", "He died.")]
    assert scores(of(closer=[1.0, 0.0]), RankingCoefficients(**ALONE["linked"]), passages=passages) == [0.0, 0.0]


def test_nothing_to_rank_is_no_error() -> None:
    empty = of(closer=[])
    assert len(rank([], empty, axes(), [], trust=1.0, coefficients=RankingCoefficients())) == 0


def test_scores_that_are_all_alike_scale_to_nothing() -> None:
    assert scaled(np.array([0.5, 0.5], np.float32)).tolist() == [0.0, 0.0]
