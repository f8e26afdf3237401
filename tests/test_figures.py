"""The figures of a run of three questions, worked by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rag_app.evaluation.figures import figures
from rag_app.evaluation.question_set import QuestionSet, SetDocument, SetQuestion

SET = QuestionSet(
    Path("set"),
    (SetDocument("a", "A", "Rollo came in 911."), SetDocument("b", "B", "Rain falls.")),
    (
        SetQuestion("1", "Who came?", ("Rollo",), ("a",), True),
        SetQuestion("2", "When?", ("911",), ("a",), True),
        SetQuestion("3", "Where?", (), (), False),
    ),
)


def line(id: str, hits: list[str], answer: str, cited: str = "", quote: str = "", confidence: float = 0.5) -> dict[str, Any]:
    citations = [{"doc_id": cited, "page": 1, "quote": quote}] if cited else []
    return {
        "id": id,
        "hits": [{"doc_id": hit, "score": 1.0} for hit in hits],
        "answer": answer,
        "abstained": not answer,
        "confidence": confidence,
        "sentences": [{"text": answer, "supported": True, "citations": citations}] if answer else [],
    }


def test_the_figures_of_a_run() -> None:
    run = [
        line("1", ["a", "b"], "Rollo came", "a", "Rollo came in 911.", confidence=0.9),
        line("2", ["b", "b", "a"], "In the rain", "b", "Snow falls.", confidence=0.6),
        line("3", ["b"], "", confidence=0.1),
    ]
    found = {name: figure.value for name, figure in figures(SET, run).items()}
    assert found == {
        "mrr@10": 0.75,
        "hit@1": 0.5,
        "hit@5": 1.0,
        "hit@10": 1.0,
        "ndcg@10": round((1 + 1 / 1.5849625007211562) / 2, 4),
        "all@10": 1.0,
        "answered": 1.0,
        "contains": 0.5,
        "f1": round((2 / 3 + 0) / 2, 4),
        "rouge_l": round((2 / 3 + 0) / 2, 4),
        "refusal_recall": 1.0,
        "refusal_precision": 1.0,
        "cited": 1.0,
        "verbatim": 0.5,
        "citation_precision": 0.5,
        "citation_recall": 0.5,
        "chars": 10.5,
        "auroc": 1.0,
    }


def test_a_run_without_answers_has_retrieval_figures_only() -> None:
    found = figures(SET, [{"id": "1", "hits": [{"doc_id": "a", "score": 1.0}]}])
    assert set(found) == {"mrr@10", "hit@1", "hit@5", "hit@10", "ndcg@10", "all@10"}


def test_each_question_contributes_what_bears_on_a_figure_and_zeros_where_nothing_does() -> None:
    run = [line("1", ["a"], "Rollo came", "a", "Rollo came"), line("3", ["b"], "", confidence=0.1)]
    found = figures(SET, run)
    assert found["verbatim"].contributions == {"1": (1.0, 1.0)}
    assert found["chars"].rows(["3", "1"]).tolist() == [[0.0, 0.0], [10.0, 1.0]]
    assert found["auroc"].rows(["1", "3"]).tolist() == [[0.5, 1.0], [0.1, 0.0]]
