"""Fit and judge the choice of sentences that answer (rag_app/evidence.py).

    python -m benchmarks.evidence SETS_FOLDER WORK_FOLDER

Maximises the chance of the sentences that hold a gold answer. Prints the coefficients with and without each signal, and what
the chosen sentences hold by which are taken. The sets of RGB are reported, but not fitted on.
"""

from __future__ import annotations

import sys
from dataclasses import astuple, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.asked import Asked, asked
from rag_app.evidence import OF_CHOSEN, Selection, SentenceCoefficients, read_sentences, select
from rag_app.records import Evidence
from rag_app.text.folding import fold

SETS = (
    "xquad_en",
    "xquad_zh",
    "squad2_en",
    "cmrc2018_trial",
    "drcd_dev",
    "xquad_zh_to_en",
    "xquad_en_to_zh",
    "hotpot100",
)
REPORTED = ("rgb_en_fact", "rgb_zh_fact", "rgb_zh_refine")
FITTED_OF_A_SET = 150
CHOICES = (
    Selection(most=1),
    Selection(most=3),
    Selection(here=0.0),
    Selection(here=0.01),
    Selection(),
    Selection(here=0.05),
    Selection(likely=1.0, adding=1.0),
    Selection(adding=1.0),
    Selection(elsewhere=0.0),
    Selection(elsewhere=0.4),
    OF_CHOSEN,
)
SIGNALS = tuple(field.name for field in fields(SentenceCoefficients))


def signals(one: Asked) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The signals of each sentence of a question, shape (sentences, signals), and whether it answers."""
    columns, answers = [], np.zeros(0, bool)
    for name in SIGNALS:
        alone = SentenceCoefficients(**{other: float(other == name) for other in SIGNALS})
        ranked = read_sentences(one.read, one.reading.passages, one.weights, one.reading.likeness, coefficients=alone)
        placed = sorted(ranked, key=lambda sentence: (sentence.stored.passage.document_id, sentence.start))
        columns.append(np.log([sentence.score for sentence in placed]))
        answers = np.array([holds(one, sentence) for sentence in placed])
    return np.array(columns).T, answers


def is_right(one: Asked, sentence: Evidence) -> bool:
    """Whether a sentence is of a right document."""
    rows = {hit.stored.id: rows for hit, rows in zip(one.read, one.rows, strict=True)}[sentence.stored.id]
    return not one.question.gold or bool(set(rows) & set(one.question.gold))


def holds(one: Asked, sentence: Evidence) -> bool:
    """Whether a sentence of a right document holds a right answer."""
    return is_right(one, sentence) and any(fold(answer) in fold(sentence.text) for answer in one.question.answers)


def fit(found: list[tuple[NDArray[np.float64], NDArray[np.bool_]]], kept: tuple[str, ...]) -> tuple[NDArray[np.float64], float]:
    """The weights that make right sentences likeliest, those of signals not `kept` 0, and minus the mean log chance."""
    mask = np.array([name in kept for name in SIGNALS], float)

    def loss(weights: NDArray[np.float64]) -> float:
        total = 0.0
        for rows, right in found:
            logits = rows @ (weights * mask)
            total += float(np.logaddexp.reduce(logits) - np.logaddexp.reduce(logits[right]))
        return total / len(found) + 1e-4 * float(weights @ weights)

    best = minimize(loss, np.array(astuple(SentenceCoefficients())), method="BFGS", options={"maxiter": 60})
    return best.x * mask, float(best.fun)


def report(name: str, questions: list[Asked]) -> None:
    """What the chosen sentences hold, and how many are of right documents, by how they are chosen."""
    ranked = [one.ranked for one in questions]
    for limits in CHOICES:
        chosen = [select(sentences, one.weights, limits) for one, sentences in zip(questions, ranked, strict=True)]
        right = np.mean([any(holds(one, found) for found in kept) for one, kept in zip(questions, chosen, strict=True)])
        size = np.median([len(" ".join(found.text for found in kept)) for kept in chosen])
        home = np.mean([is_right(one, found) for one, kept in zip(questions, chosen, strict=True) for found in kept])
        print(f"{name:16} {limits}:")
        print(f"    holds {right:.3f}, {size:4.0f} characters, of right documents {home:.3f}")


def main(sets: Path, work: Path) -> None:
    """Fit, and report on each set."""
    questions = {name: [one for one in asked(sets, work, name) if one.question.answerable] for name in (*SETS, *REPORTED)}
    found = [signals(one) for name in SETS for one in questions[name][:FITTED_OF_A_SET]]
    found = [(rows, right) for rows, right in found if right.any()]
    for left_out in ("", *SIGNALS):
        kept = tuple(name for name in SIGNALS if name != left_out)
        weights, loss = fit(found, kept)
        told = " ".join(f"{name} {weight:.2f}" for name, weight in zip(SIGNALS, weights, strict=True))
        print(f"{len(found)} questions, minus log chance {loss:.4f}: {told}")
    for name, of_set in questions.items():
        report(name, of_set)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
