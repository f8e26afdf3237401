"""The figures of a whole run: what shared question sets report, computed by our own metrics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rag_app.evaluation import metrics
from rag_app.evaluation.question_set import QuestionSet, SetQuestion
from rag_app.evaluation.statistics import Rows, Statistic, auroc, median, ratio

Line = Mapping[str, Any]
Contributions = dict[str, dict[str, tuple[float, float]]]

STATISTICS: Mapping[str, Statistic] = {"chars": median, "auroc": auroc}
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a run, and what each question contributes to it, as two numbers whose meaning `statistic` knows."""

    name: str
    value: float
    contributions: Mapping[str, tuple[float, float]]

    @property
    def statistic(self) -> Statistic:
        """What makes the figure of the contributions: for most, the sum of the first numbers over that of the second."""
        return STATISTICS.get(self.name, ratio)

    def rows(self, questions: Iterable[str]) -> Rows:
        """The contributions of `questions`, in their order; zeros for one that does not bear on the figure."""
        return np.array([self.contributions.get(question, (0.0, 0.0)) for question in questions]).reshape(-1, 2)


def figures(question_set: QuestionSet, lines: Iterable[Line]) -> dict[str, Figure]:
    """The figures of the questions that `lines` hold, by name; a figure that no question bears on is left out."""
    questions = {question.id: question for question in question_set.questions}
    texts = {document.id: metrics.comparable(document.text) for document in question_set.documents}
    found: Contributions = {}
    for line in lines:
        question = questions[line["id"]]
        if question.answerable and question.gold:
            _retrieval(found, question, [hit["doc_id"] for hit in line["hits"]])
        if "answer" in line:
            _answer(found, question, line)
            _citations(found, question, line, texts)
            found.setdefault("auroc", {})[question.id] = (line["confidence"], float(question.answerable))
    made = (_figure(name, contributions) for name, contributions in found.items())
    return {figure.name: figure for figure in made if not np.isnan(figure.value)}


def _figure(name: str, contributions: Mapping[str, tuple[float, float]]) -> Figure:
    value = STATISTICS.get(name, ratio)(np.array(list(contributions.values())))
    return Figure(name, round(value, DIGITS), contributions)


def _retrieval(found: Contributions, question: SetQuestion, ranked: Sequence[str]) -> None:
    distinct = list(dict.fromkeys(ranked))
    _note(found, "mrr@10", question, metrics.reciprocal_rank(distinct, question.gold, k=10))
    for k in (1, 5, 10):
        _note(found, f"hit@{k}", question, metrics.hit_rate(distinct, question.gold, k=k))
    _note(found, "ndcg@10", question, metrics.ndcg(distinct, question.gold, k=10))
    _note(found, "all@10", question, metrics.all_found(distinct, question.gold, k=10))


def _answer(found: Contributions, question: SetQuestion, line: Line) -> None:
    answer, abstained = line["answer"], line["abstained"]
    if abstained:
        _note(found, "refusal_precision", question, float(not question.answerable))
    else:
        _note(found, "chars", question, float(len(answer)))
    if not question.answerable:
        _note(found, "refusal_recall", question, float(abstained))
        return
    _note(found, "answered", question, float(not abstained))
    if question.answers:
        _note(found, "contains", question, contains(question, answer))
        _note(found, "f1", question, max(metrics.f1(answer, gold) for gold in question.answers))
        _note(found, "rouge_l", question, max(metrics.rouge_l(answer, gold) for gold in question.answers))


def contains(question: SetQuestion, answer: str) -> float:
    """1 if `answer` holds a gold answer of `question`, of each of its slots where it has them."""
    return min(metrics.contains(answer, slot) for slot in question.slots or (question.answers,))


def _citations(found: Contributions, question: SetQuestion, line: Line, texts: Mapping[str, str]) -> None:
    if line["abstained"]:
        return
    citations = [citation for sentence in line["sentences"] for citation in sentence["citations"]]
    _note(found, "cited", question, *(float(bool(sentence["citations"])) for sentence in line["sentences"]))
    are_verbatim = (metrics.comparable(cited["quote"]) in texts.get(cited["doc_id"], "") for cited in citations)
    _note(found, "verbatim", question, *map(float, are_verbatim))
    if question.answerable and question.gold:
        are_gold = [cited["doc_id"] in question.gold for cited in citations]
        _note(found, "citation_precision", question, *map(float, are_gold))
        _note(found, "citation_recall", question, float(any(are_gold)))


def _note(found: Contributions, name: str, question: SetQuestion, *values: float) -> None:
    """A question's contribution: the sum of its values, and how many they are."""
    if values:
        found.setdefault(name, {})[question.id] = (sum(values), float(len(values)))
