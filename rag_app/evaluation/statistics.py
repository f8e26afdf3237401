"""How sure a figure is, and whether two differ: a bootstrap over questions and a paired randomisation test.

Rows are what the questions contribute to a figure, shape (questions, 2); a statistic makes the figure of them, NaN where
none bears on it. Everything is drawn from a fixed seed, so the same run always gives the same interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag_app.evaluation import metrics

Rows = NDArray[np.float64]
Statistic = Callable[[Rows], float]

RESAMPLES = 2000
SEED = 0
LEVEL = 0.95
EXACT_UP_TO = 11
_AS_FAR = 1e-12


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a 95 % confidence interval."""

    low: float
    high: float


def ratio(rows: Rows) -> float:
    """The sum of the first column over the sum of the second: a mean, where the second holds ones."""
    total = rows[:, 1].sum()
    return float(rows[:, 0].sum() / total) if total else float("nan")


def median(rows: Rows) -> float:
    """The median of the first column where the second is not 0."""
    values = rows[rows[:, 1] != 0, 0]
    return float(np.median(values)) if values.size else float("nan")


def auroc(rows: Rows) -> float:
    """Chance that a row whose second column is 1 has a higher first one than a row where it is 0; ties half."""
    positives, negatives = rows[rows[:, 1] == 1, 0], rows[rows[:, 1] == 0, 0]
    return metrics.auroc(positives, negatives) if positives.size and negatives.size else float("nan")


def interval(rows: Rows, statistic: Statistic) -> Interval:
    """The percentile bootstrap interval (Efron, 1979) of a figure: questions drawn again with replacement."""
    return _percentiles([statistic(rows[drawn]) for drawn in _draws(len(rows))])


def difference_interval(first: Rows, second: Rows, statistic: Statistic) -> Interval:
    """The same for the second figure less the first; both are drawn the same questions."""
    return _percentiles([statistic(second[drawn]) - statistic(first[drawn]) for drawn in _draws(len(first))])


def paired_p(first: Rows, second: Rows, statistic: Statistic) -> float:
    """The chance of a difference at least as large, either way, if it were random which run a question's row came from.

    The paired randomisation test (Fisher, 1935): exact over all exchanges where at most `EXACT_UP_TO` questions differ,
    else over random ones, the observed one counted among them. NaN where a figure is not there to compare.
    """
    observed = abs(statistic(second) - statistic(first))
    if np.isnan(observed):
        return float("nan")
    differs = np.flatnonzero((first != second).any(axis=1))
    far, drawn = 0, 0
    for exchanged in _exchanges(len(differs)):
        left, right = first.copy(), second.copy()
        chosen = differs[exchanged]
        left[chosen], right[chosen] = second[chosen], first[chosen]
        far += not abs(statistic(right) - statistic(left)) < observed - _AS_FAR
        drawn += 1
    return far / drawn


def _draws(size: int) -> Iterator[NDArray[np.int64]]:
    generator = np.random.default_rng(SEED)
    return (generator.integers(size, size=size) for _ in range(RESAMPLES))


def _exchanges(size: int) -> Iterator[NDArray[np.bool_]]:
    """Which of `size` pairs are exchanged: every way where there are few, else none and then random ones."""
    if size <= EXACT_UP_TO:
        yield from ((number >> np.arange(size)) & 1 == 1 for number in range(2**size))
        return
    generator = np.random.default_rng(SEED)
    yield np.zeros(size, dtype=np.bool_)
    for _ in range(RESAMPLES):
        yield generator.integers(2, size=size).astype(np.bool_)


def _percentiles(values: list[float]) -> Interval:
    known = np.array(values)[~np.isnan(values)]
    if not known.size:
        return Interval(float("nan"), float("nan"))
    low, high = np.percentile(known, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return Interval(float(low), float(high))
