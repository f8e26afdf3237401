"""The figures of a whole run: what shared questions sets report, computed by our own metrics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import mean, median
from typing import Any

from rag_app.evaluation import metrics
from rag_app.evaluation.question_set import QuestionSet, SetQuestion

Line = Mapping[str, Any]
Values = dict[str, list[float]]


def figures(question_set: QuestionSet, lines: Iterable[Line]) -> dict[str, float]:
    """Means over the questions that `lines` hold, by name; a figure that no question bears on is left out."""
    questions = {question.id: question for question in question_set.questions}
    texts = {document.id: metrics.comparable(document.text) for document in question_set.documents}
    values: Values = {}
    sure: dict[bool, list[float]] = {True: [], False: []}
    for line in lines:
        question = questions[line["id"]]
        if question.answerable and question.gold:
            _retrieval(values, question, [hit["doc_id"] for hit in line["hits"]])
        if "answer" in line:
            _answer(values, question, line)
            _citations(values, question, line, texts)
            sure[question.answerable].append(line["confidence"])
    means = {name: round(mean(found), 4) for name, found in values.items() if found and name != "chars"}
    if values.get("chars"):
        means["chars"] = median(values["chars"])
    if all(sure.values()):
        means["auroc"] = round(metrics.auroc(sure[True], sure[False]), 4)
    return means


def _retrieval(values: Values, question: SetQuestion, ranked: Sequence[str]) -> None:
    distinct = list(dict.fromkeys(ranked))
    _note(values, "mrr@10", metrics.reciprocal_rank(distinct, question.gold, k=10))
    for k in (1, 5, 10):
        _note(values, f"hit@{k}", metrics.hit_rate(distinct, question.gold, k=k))
    _note(values, "ndcg@10", metrics.ndcg(distinct, question.gold, k=10))
    _note(values, "all@10", metrics.all_found(distinct, question.gold, k=10))


def _answer(values: Values, question: SetQuestion, line: Line) -> None:
    answer, abstained = line["answer"], line["abstained"]
    if abstained:
        _note(values, "refusal_precision", float(not question.answerable))
    else:
        _note(values, "chars", float(len(answer)))
    if not question.answerable:
        _note(values, "refusal_recall", float(abstained))
        return
    _note(values, "answered", float(not abstained))
    if question.answers:
        slots = question.slots or (question.answers,)
        _note(values, "contains", min(metrics.contains(answer, slot) for slot in slots))
        _note(values, "f1", max(metrics.f1(answer, gold) for gold in question.answers))
        _note(values, "rouge_l", max(metrics.rouge_l(answer, gold) for gold in question.answers))


def _citations(values: Values, question: SetQuestion, line: Line, texts: Mapping[str, str]) -> None:
    if line["abstained"]:
        return
    citations = [citation for sentence in line["sentences"] for citation in sentence["citations"]]
    for sentence in line["sentences"]:
        _note(values, "cited", float(bool(sentence["citations"])))
    for citation in citations:
        _note(values, "verbatim", float(metrics.comparable(citation["quote"]) in texts.get(citation["doc_id"], "")))
    if question.answerable and question.gold:
        for citation in citations:
            _note(values, "citation_precision", float(citation["doc_id"] in question.gold))
        _note(values, "citation_recall", float(any(citation["doc_id"] in question.gold for citation in citations)))


def _note(values: Values, name: str, value: float) -> None:
    values.setdefault(name, []).append(value)
