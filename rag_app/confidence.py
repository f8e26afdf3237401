"""How sure Footnote is that the documents hold the answer, from what retrieval found and reading told.

Logistic functions, fitted by benchmarks/confidence.py on question sets with documents taken out: for passages in the
question's language and for those in the other, whose words cannot be compared; each with a reader and without one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag_app.records import Hit, Reading
from rag_app.text.context import context_of
from rag_app.text.coverage import coverage
from rag_app.text.language import language
from rag_app.text.words import terms


@dataclass(frozen=True, slots=True)
class Features:
    """Whether the best passage is in the question's language, the largest cosine, the largest coverage of a passage, and of
    the passages that were read the largest logits that an answer stands there and that the passage holds it (0 unread)."""

    same_language: bool
    cosine: float
    coverage: float
    answer: float = 0.0
    holds: float = 0.0


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Weights of a logistic function over `Features`."""

    bias: float
    cosine: float
    coverage: float
    answer: float = 0.0
    holds: float = 0.0

    def chance(self, features: Features) -> float:
        """The chance (0 to 1) that the documents hold the answer."""
        logit = self.bias + self.cosine * features.cosine + self.coverage * features.coverage
        return 1 / (1 + math.exp(-(logit + self.answer * features.answer + self.holds * features.holds)))


# By whether passages were read, and whether they are in the question's language.
FITTED = {
    (False, True): Coefficients(-63.55, 67.86, 17.20),
    (False, False): Coefficients(-65.02, 84.13, 0.0),
    (True, True): Coefficients(-2.17, 0.0, 8.551, 0.331, 0.133),
    (True, False): Coefficients(-60.17, 77.381, 0.0, -0.095, 0.738),
}


def features(hits: Sequence[Hit], readings: Sequence[Reading], weights: Mapping[str, float], question_language: str) -> Features:
    """The features of `hits` (not empty), whose stages hold the cosine as `dense`; `readings` are those of the first hits."""
    same = language(hits[0].stored.passage.text) == question_language
    cosine = max(stage.score for hit in hits for stage in hit.stages if stage.stage == "dense")
    covered = max(coverage(weights, _terms(hit)) for hit in hits)
    if not readings:
        return Features(same, cosine, covered)
    return Features(same, cosine, covered, max(map(_answer, readings)), max(reading.holds for reading in readings))


def confidence(hits: Sequence[Hit], readings: Sequence[Reading], weights: Mapping[str, float], question_language: str) -> float:
    """The chance (0 to 1) that the documents hold the answer; 0 without hits."""
    if not hits:
        return 0.0
    found = features(hits, readings, weights, question_language)
    return FITTED[bool(readings), found.same_language].chance(found)


def _answer(reading: Reading) -> float:
    """The logit of the best answer in a passage, less that of there being none."""
    found = reading.best(0, reading.offsets[-1][1]) if reading.offsets else None
    return found.score if found else -reading.nothing


def _terms(hit: Hit) -> set[str]:
    return set(terms(context_of(hit.stored)))
