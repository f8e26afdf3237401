"""The curves of a run: how much is found by rank, and how often it errs by how much it answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from rag_app.evaluation.figures import Line, contains
from rag_app.evaluation.question_set import QuestionSet

DEPTH = 10

Points = tuple[tuple[float, float], ...]


class RankMetric(Protocol):
    """A metric of the first `k` of ranked documents."""

    def __call__(self, ranked: Sequence[str], gold: Collection[str], *, k: int) -> float: ...


def by_rank(question_set: QuestionSet, lines: Sequence[Line], metric: RankMetric) -> Points:
    """The mean of `metric` at k from 1 to `DEPTH`; empty where no question has a gold document."""
    gold = {question.id: question.gold for question in question_set.questions if question.answerable and question.gold}
    ranked = [([hit["doc_id"] for hit in line["hits"]], gold[line["id"]]) for line in lines if line["id"] in gold]
    if not ranked:
        return ()
    means = (sum(metric(hits, wanted, k=k) for hits, wanted in ranked) / len(ranked) for k in range(1, DEPTH + 1))
    return tuple((float(k), mean) for k, mean in enumerate(means, 1))


def risk_by_coverage(question_set: QuestionSet, lines: Sequence[Line]) -> Points:
    """The share of wrong answers among the surest, by the share of questions these are (El-Yaniv and Wiener, 2010).

    An answer is wrong if it holds no gold answer, or if there is none. Questions whose gold answers are not known are left
    out, and answers as sure as one another counted together; where the run refused, its curve ends.
    """
    judged = {question.id: question for question in question_set.questions if question.answers or not question.answerable}
    counted = [line for line in lines if line["id"] in judged and "answer" in line]
    answered = sorted((line for line in counted if not line["abstained"]), key=lambda line: -line["confidence"])
    points, wrong = [], 0.0
    for place, line in enumerate(answered, 1):
        question = judged[line["id"]]
        wrong += 1 - contains(question, line["answer"]) if question.answerable else 1
        if place == len(answered) or answered[place]["confidence"] < line["confidence"]:
            points.append((place / len(counted), wrong / place))
    return tuple(points)
