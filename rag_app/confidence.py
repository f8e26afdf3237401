"""How sure Footnote is that the documents hold the answer, from what retrieval found.

Two logistic functions, fitted by benchmarks/confidence.py on question sets with documents taken out: one for passages
in the question's language, and one for passages in the other, whose words cannot be compared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag_app.records import Hit
from rag_app.text.context import context_text
from rag_app.text.coverage import coverage
from rag_app.text.language import language
from rag_app.text.words import terms


@dataclass(frozen=True, slots=True)
class Features:
    """Whether the best passage is in the question's language, the largest cosine, and the largest coverage of a passage."""

    same_language: bool
    cosine: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Weights of a logistic function over `Features`."""

    bias: float
    cosine: float
    coverage: float


SAME_LANGUAGE = Coefficients(-63.55, 67.86, 17.20)
OTHER_LANGUAGE = Coefficients(-65.02, 84.13, 0.0)


def features(hits: Sequence[Hit], weights: Mapping[str, float], question_language: str) -> Features:
    """The features of `hits` (not empty), whose stages hold the cosine as `dense`."""
    same = language(hits[0].stored.passage.text) == question_language
    cosine = max(stage.score for hit in hits for stage in hit.stages if stage.stage == "dense")
    return Features(same, cosine, max(coverage(weights, _terms(hit)) for hit in hits))


def confidence(hits: Sequence[Hit], weights: Mapping[str, float], question_language: str) -> float:
    """The chance (0 to 1) that the documents hold the answer; 0 without hits."""
    if not hits:
        return 0.0
    found = features(hits, weights, question_language)
    fitted = SAME_LANGUAGE if found.same_language else OTHER_LANGUAGE
    return 1 / (1 + math.exp(-(fitted.bias + fitted.cosine * found.cosine + fitted.coverage * found.coverage)))


def _terms(hit: Hit) -> set[str]:
    stored = hit.stored
    return set(terms(context_text(stored.document_title, stored.passage.heading_path, stored.passage.text)))
