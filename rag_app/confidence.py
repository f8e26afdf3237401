"""How sure Footnote is that the documents hold the answer, from what retrieval found and reading told.

Logistic functions, fitted by benchmarks/confidence.py on question sets with documents taken out: for passages in the
question's language and for those in the other, whose words cannot be compared; each with a reader and without one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag_app.records import Evidence, Hit, Reading
from rag_app.text.context import context_of
from rag_app.text.coverage import coverage
from rag_app.text.language import language
from rag_app.text.words import index_text, terms

SIGNALS = ("cosine", "coverage", "answer", "holds", "covered", "likeness", "stands_out")


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made of.

    `same_language` says whether the best passage is in the question's language; `cosine` is the largest of a passage, `coverage`
    the largest share of the question's weight that a passage holds. Of the passages that were read (0 unread): `answer`, the
    largest logit that an answer stands there, `holds`, the largest that the passage holds it, `covered`, the share of the
    question's weight that stands in the likeliest sentence, `likeness`, the largest cosine of a sentence, and `stands_out`, how
    far that is above the mean of their sentences: where nothing answers, all sentences are about as like the question.

    Scores of the ranking are left out: they are scaled among the passages found, and say nothing where these are few.
    """

    same_language: bool
    cosine: float
    coverage: float
    answer: float = 0.0
    holds: float = 0.0
    covered: float = 0.0
    likeness: float = 0.0
    stands_out: float = 0.0


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Weights of a logistic function over `Features`."""

    bias: float
    cosine: float = 0.0
    coverage: float = 0.0
    answer: float = 0.0
    holds: float = 0.0
    covered: float = 0.0
    likeness: float = 0.0
    stands_out: float = 0.0

    def chance(self, features: Features) -> float:
        """The chance (0 to 1) that the documents hold the answer."""
        logit = self.bias + sum(getattr(self, name) * getattr(features, name) for name in SIGNALS)
        return 1 / (1 + math.exp(-logit))


# By whether passages were read, and whether they are in the question's language.
FITTED = {
    (False, True): Coefficients(-42.35, cosine=44.312, coverage=12.223),
    (False, False): Coefficients(-71.27, cosine=92.071),
    (True, True): Coefficients(-21.98, answer=0.293, covered=4.704, likeness=21.4, stands_out=50.324),
    (True, False): Coefficients(-17.82, cosine=22.92, holds=0.71),
}
# For passages that were read, in the question's language, where fewer than `FEW` were found: a small library, or one document
# that is asked.
AMONG_FEW, FEW = Coefficients(-9.75, answer=0.225, covered=4.867, likeness=9.973, stands_out=5.972), 10


def features(
    hits: Sequence[Hit],
    readings: Sequence[Reading],
    evidence: Sequence[Evidence],
    likeness: Sequence[float],
    weights: Mapping[str, float],
    question_language: str,
) -> Features:
    """The features of `hits` (not empty), whose stages hold the cosine as `dense`; `readings` are those of the first hits,
    `evidence` their sentences, likeliest first, and `likeness` the cosines of these to the question, in any order."""
    same = language(hits[0].stored.passage.text) == question_language
    cosine = max(stage.score for hit in hits for stage in hit.stages if stage.stage == "dense")
    compared = Features(same, cosine, max(coverage(weights, _terms(hit)) for hit in hits))
    if not readings:
        return compared
    covered = coverage(weights, set(index_text(evidence[0].text).split())) if evidence else 0.0
    answer, holds = max(map(_answer, readings)), max(reading.holds for reading in readings)
    most = max(likeness, default=0.0)
    stands_out = most - sum(likeness) / max(len(likeness), 1)
    return replace(compared, answer=answer, holds=holds, covered=covered, likeness=most, stands_out=stands_out)


def confidence(
    hits: Sequence[Hit],
    readings: Sequence[Reading],
    evidence: Sequence[Evidence],
    likeness: Sequence[float],
    weights: Mapping[str, float],
    question_language: str,
) -> float:
    """The chance (0 to 1) that the documents hold the answer; 0 without hits."""
    if not hits:
        return 0.0
    found = features(hits, readings, evidence, likeness, weights, question_language)
    if readings and found.same_language and len(hits) < FEW:
        return AMONG_FEW.chance(found)
    return FITTED[bool(readings), found.same_language].chance(found)


def _answer(reading: Reading) -> float:
    """The logit of the best answer in a passage, less that of there being none."""
    found = reading.best(0, reading.offsets[-1][1]) if reading.offsets else None
    return found.score if found else -reading.nothing


def _terms(hit: Hit) -> set[str]:
    return set(terms(context_of(hit.stored)))
