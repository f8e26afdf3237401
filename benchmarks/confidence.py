"""Fit and judge the confidence that the documents hold the answer (rag_app/confidence.py).

    python -m benchmarks.confidence SETS_FOLDER WORK_FOLDER

Questions over sets with documents taken out (NAME_removed), in one language and across languages, and over libraries of a few
documents, among them such as are asked in other words than theirs (benchmarks/everyday.py). Prints the coefficients, with a
reader and without, and for some thresholds how many questions are answered and how many unanswerable ones refused. Questions
made to look answerable (squad2_en) and everyday ones count less (`OF_ENGLISH` and the like); the sets of RGB, papers alone and
papers that are alike are reported, but not fitted on.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.asked import Asked, asked
from benchmarks.everyday import EACH, LIKE_PAPERS, PAPERS_ALONE, TOGETHER, everyday, papers_alone, papers_together
from benchmarks.reader_data import FAMILIES
from benchmarks.small_libraries import small_libraries
from rag_app.confidence import Features, LogisticModel, features
from rag_app.text.language import CHINESE, ENGLISH

IN_ENGLISH = ("xquad_en_removed", "squad2_en")
IN_CHINESE = ("xquad_zh_removed", "cmrc2018_trial_removed", "drcd_dev_removed")
OTHER = (("xquad_zh_removed", "xquad_en_removed"), ("xquad_en_removed", "xquad_zh_removed"))
REPORTED = ("rgb_en_fact", "rgb_zh_fact", "rgb_zh_refine")
OF_ENGLISH, OF_CHINESE, OF_COMPARED = {"squad2_en": 0.05, TOGETHER: 0.1}, {TOGETHER: 0.3}, {"squad2_en": 0.1, TOGETHER: 0.05}
OF_A_PAPER = 0.4
READ_ENGLISH, READ_CHINESE, READ_FEW, COMPARED, ACROSS, READ_ACROSS = (
    ("agreed", "covered", "likeness", "stands_out"),
    ("agreed", "held", "likeness"),
    ("answer", "covered", "likeness"),
    ("cosine", "coverage"),
    ("cosine",),
    ("cosine", "agreed"),
)
THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
Sample = tuple[Features, bool]


def sample(one: Asked, *, read: bool) -> Sample:
    """The features of a question, and whether the documents hold its answer."""
    found = one.found
    return features(found.hits, one.reading if read else None, one.weights, found.query.language), one.question.answerable


def fit(groups: Mapping[str, Sequence[Sample]], names: tuple[str, ...], shares: Mapping[str, float]) -> LogisticModel:
    """Logistic regression on the features `names`; each set (but for `shares`), and its two kinds of questions, weigh alike."""
    rows = np.array([[getattr(found, name) for name in names] for group in groups.values() for found, _ in group])
    labels = np.array([answerable for group in groups.values() for _, answerable in group], float)
    balance = np.concatenate([shares.get(name, 1.0) * _balance(group) for name, group in groups.items()])
    centre, spread = rows.mean(axis=0), rows.std(axis=0)
    scaled = np.column_stack([np.ones(len(rows)), (rows - centre) / spread])

    def loss(weights: NDArray[np.float64]) -> float:
        logits = scaled @ weights
        return float((balance * (np.logaddexp(0, logits) - labels * logits)).sum() + 1e-3 * (weights[1:] @ weights[1:]))

    found = minimize(loss, np.zeros(scaled.shape[1]), method="BFGS").x
    slopes = found[1:] / spread
    fitted = LogisticModel(round(float(found[0] - slopes @ centre), 2))
    return replace(fitted, **{name: round(float(slope), 3) for name, slope in zip(names, slopes, strict=True)})


def _balance(group: Sequence[Sample]) -> NDArray[np.float64]:
    labels = np.array([answerable for _, answerable in group])
    weights: NDArray[np.float64] = np.where(labels, 0.5 / labels.sum(), 0.5 / (~labels).sum())
    return weights


def auroc(sure: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    """The chance that an answerable question has the higher confidence of a pair."""
    return float((sure[labels][:, None] > sure[~labels][None]).mean())


def report(name: str, group: Sequence[Sample], fitted: LogisticModel) -> None:
    """How well the two kinds are told apart, and what each threshold answers and refuses."""
    sure = np.array([fitted.chance(found) for found, _ in group])
    labels = np.array([answerable for _, answerable in group])
    told = "  ".join(
        f"{limit:}: {(sure[labels] >= limit).mean():.3f} / {(sure[~labels] < limit).mean():.3f}" for limit in THRESHOLDS
    )
    print(f"{name:42} {len(group):5}  auroc {auroc(sure, labels):.3f}  answered / refused at {told}")


def _in_language(groups: Mapping[str, Sequence[Asked]], language: str) -> dict[str, list[Asked]]:
    """The questions in a language, of the sets that hold both kinds of such."""
    chosen = {name: [one for one in group if one.found.query.language == language] for name, group in groups.items()}
    return {name: group for name, group in chosen.items() if len({one.question.answerable for one in group}) == 2}


def main(sets: Path, work: Path) -> None:
    """Fit the functions and report on each set."""
    same = {name: list(asked(sets, work, name)) for name in (*IN_ENGLISH, *IN_CHINESE, *REPORTED)}
    other = {f"{name} over {over}": list(asked(sets, work, name, over=over)) for name, over in OTHER}
    small = small_libraries(sets, "en", "en") | small_libraries(sets, "zh", "zh")
    daily = everyday()
    same[TOGETHER] = daily.pop(TOGETHER)
    same[LIKE_PAPERS] = papers_together(FAMILIES, each=EACH)
    daily[PAPERS_ALONE] = papers_alone()
    small_across = small_libraries(sets, "en", "zh") | small_libraries(sets, "zh", "en")
    for groups, names, read, shares in (
        (_in_language(same, ENGLISH), READ_ENGLISH, True, OF_ENGLISH),
        (_in_language(same, CHINESE), READ_CHINESE, True, OF_CHINESE),
        (same, COMPARED, False, OF_COMPARED),
        (other | small_across, READ_ACROSS, True, {}),
        (other, ACROSS, False, {}),
        (small | daily, READ_FEW, True, dict.fromkeys(daily, OF_A_PAPER)),
    ):
        samples = {name: [sample(one, read=read) for one in group] for name, group in groups.items()}
        fitted = fit(
            {name: group for name, group in samples.items() if name not in (*REPORTED, PAPERS_ALONE, LIKE_PAPERS)}, names, shares
        )
        print(f"read {read}: {fitted}")
        for name, group in samples.items():
            report(name, group, fitted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
