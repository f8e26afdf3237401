"""Fit and judge the confidence that the documents hold the answer (rag_app/confidence.py).

    python benchmarks/confidence.py SETS_FOLDER WORK_FOLDER

Questions over sets with documents taken out (NAME_removed), and the same questions asked across languages. Prints the
coefficients, and for some thresholds how many questions are answered and how many unanswerable ones refused.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rag_app.assembly import MODELS, open_library
from rag_app.confidence import Features, features
from rag_app.evaluation.question_set import QuestionSet, read_question_set
from rag_app.evaluation.runner import build

SAME = ("xquad_en_removed", "xquad_zh_removed", "cmrc2018_trial_removed", "drcd_dev_removed")
OTHER = (("xquad_zh_removed", "xquad_en_removed"), ("xquad_en_removed", "xquad_zh_removed"))
QUESTIONS = 600
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)
Sample = tuple[Features, bool]


def samples(documents: QuestionSet, questions: QuestionSet, storage: Path) -> Iterator[Sample]:
    """The features of each question over `documents`, and whether they hold its answer."""
    library = open_library(storage, MODELS)
    build(library, documents)
    for question in questions.questions[:QUESTIONS]:
        found = library.search(question.question)
        yield features(found.hits, library.weights(found.query), found.query.language), question.answerable
    library.close()


def matrix(found: list[Sample], names: tuple[str, ...]) -> NDArray[np.float64]:
    """A row (1, feature…) a sample."""
    return np.array([[1.0, *(getattr(sample, name) for name in names)] for sample, _ in found])


def fit(found: list[Sample], names: tuple[str, ...]) -> NDArray[np.float64]:
    """Logistic regression, answerable and unanswerable weighing alike."""
    rows, labels = matrix(found, names), np.array([answerable for _, answerable in found], float)
    balance = np.where(labels == 1, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))

    def loss(weights: NDArray[np.float64]) -> float:
        logits = rows @ weights
        return float((balance * (np.logaddexp(0, logits) - labels * logits)).mean() + 1e-7 * (weights @ weights))

    start = np.zeros(rows.shape[1])
    return np.asarray(minimize(loss, start, method="BFGS").x)


def report(name: str, found: list[Sample], names: tuple[str, ...], weights: NDArray[np.float64]) -> None:
    """What each threshold answers and refuses."""
    sure = 1 / (1 + np.exp(-(matrix(found, names) @ weights)))
    labels = np.array([answerable for _, answerable in found])
    for threshold in THRESHOLDS:
        answered, refused = (sure[labels] >= threshold).mean(), (sure[~labels] < threshold).mean()
        print(f"{name:40} threshold {threshold:.1f}  answered {answered:.3f}  refusal_recall {refused:.3f}")


def main(sets: Path, work: Path) -> None:
    """Fit both functions and report on each set."""
    same, other = {}, {}
    for name in SAME:
        question_set = read_question_set(sets / name)
        same[name] = list(samples(question_set, question_set, work / name))
    for asked, kept in OTHER:
        other[f"{asked} over {kept}"] = list(
            samples(read_question_set(sets / kept), read_question_set(sets / asked), work / kept)
        )
    for groups, names in ((same, ("cosine", "coverage")), (other, ("cosine",))):
        weights = fit([sample for group in groups.values() for sample in group], names)
        print("bias", *names, *np.round(weights, 2))
        for name, group in groups.items():
            report(name, group, names, weights)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
