"""Measuring from the page: sets of one's own library, runs that can be stopped, and the questions that went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag_app.errors import LibraryError, QuestionSetError, Stopped
from rag_app.evaluation.bench import PRESENT, Bench
from rag_app.evaluation.comparison import Asked, Comparison, Run, comparison
from rag_app.evaluation.configurations import Configuration
from rag_app.evaluation.figures import figures
from rag_app.evaluation.question_set import QuestionSet, SetDocument, SetQuestion
from rag_app.evaluation.times import stage_times
from rag_app.evaluation.wrong import got_worse, went_wrong
from rag_app.library import Library, never
from rag_app.settings import Settings
from rag_app.ui.language import Language, Wording
from rag_app.ui.rendering.evaluation import result_html
from tests.real_library import models_folder, real_library
from tests.small_library import document_of

TEXTS = {
    "ystad.txt": "The harbour of Ystad was dug in 1867. The lighthouse of Ystad was built by the engineer Anna Berg.",
    "lund.txt": "The tower of Lund was built in 1911. The tower of Lund stands on a hill of granite near the old market.",
}
SET = QuestionSet(
    Path("set"),
    (SetDocument("a", "", "Rollo came."), SetDocument("b", "", "He went.")),
    (SetQuestion("1", "Who came?", ("Rollo",), ("a",), True), SetQuestion("2", "Where?", (), (), False)),
)


def line(id: str, answer: str, *, found: str = "a", query: float = 1.0, total: float = 10.0) -> dict[str, object]:
    timings = {"query": query, "search": 2.0, "rerank": 0.0, "read": 3.0, "total": total}
    hits = [{"doc_id": found, "score": 1.0}]
    shared = {"id": id, "hits": hits, "sentences": [], "confidence": 0.5, "timings_ms": timings}
    return {**shared, "answer": answer, "abstained": not answer}


def run(name: str, *lines: dict[str, object]) -> Run:
    return Run(Configuration(name, {}), Settings(), lines, figures(SET, lines))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = real_library(tmp_path / "storage")
    opened.add_documents([document_of(name, text) for name, text in TEXTS.items()])
    yield opened
    opened.close()


def test_set_of_the_own_library_is_made_run_and_reported(library: Library) -> None:
    bench = Bench(library, models_folder())
    (made,) = bench.make(3, never)
    assert bench.sets() == (made.folder,) and made.questions >= 1 and made.review.is_file()
    library.change_settings(refusal_threshold=0.0)
    *events, last = bench.run(made.folder, [PRESENT, "no-reranker"], never, limit=2, retrieval_only=True)
    assert isinstance(last, Comparison)
    assert [run.name for run in last.runs] == [PRESENT, "no-reranker"]
    assert last.runs[0].settings.refusal_threshold == 0.0 and last.runs[1].settings == Settings(reranker="none")
    assert [event.done for event in events if isinstance(event, Asked)] == [1, 2, 1, 2]
    assert (bench.report_of(last) / "report.md").is_file()
    assert len(library.documents()) == len(TEXTS)
    again = Bench(library, models_folder()).last()
    assert again is not None
    shown = [result_html(Wording(Language.ENGLISH), one, Path("reports")) for one in (again, last)]
    assert shown[0] == shown[1]
    (made.folder / "questions.jsonl").unlink()
    assert Bench(library, models_folder()).last() is None


def test_run_that_is_stopped_ends_after_the_question_that_was_asked(library: Library) -> None:
    bench = Bench(library, models_folder())
    (made,) = bench.make(3, never)
    asked: list[object] = []
    events = bench.run(made.folder, ["default"], lambda: bool(asked), limit=None, retrieval_only=True)
    asked.append(next(event for event in events if isinstance(event, Asked)))
    with pytest.raises(Stopped):
        next(events)


def test_empty_library_and_folder_without_a_set_are_named(tmp_path: Path) -> None:
    library = real_library(tmp_path / "storage")
    bench = Bench(library, models_folder())
    with pytest.raises(LibraryError, match="holds no document"):
        list(bench.make(3, never))
    with pytest.raises(QuestionSetError, match="cannot be read"):
        list(bench.run(tmp_path, [], never, limit=None, retrieval_only=False))
    assert bench.sets() == ()
    library.close()


def test_questions_that_got_worse_are_told_with_what_was_before() -> None:
    first, second = run("a", line("1", "Rollo"), line("2", "")), run("b", line("1", "Harald", found="b"), line("2", "Here"))
    found = list(got_worse(comparison(SET, [first, second])))
    assert [(one.figure, one.question.id, one.was, one.value) for one in found] == [
        ("ndcg@10", "1", 1.0, 0.0),
        ("contains", "1", 1.0, 0.0),
        ("refusal_recall", "2", 1.0, 0.0),
    ]
    assert found[1].before is not None and found[1].before["answer"] == "Rollo" and found[1].line["answer"] == "Harald"
    assert list(got_worse(comparison(SET, [first]))) == []


def test_questions_of_a_run_by_itself_that_went_wrong() -> None:
    found = list(went_wrong(comparison(SET, [run("a", line("1", "Harald"), line("2", "Here"))])))
    assert [(one.figure, one.question.id) for one in found] == [("refusal_recall", "2"), ("contains", "1")]
    assert list(went_wrong(comparison(SET, [run("a", line("1", "Rollo"), line("2", ""))]))) == []


def test_time_is_the_median_of_each_stage_and_writing_is_the_rest() -> None:
    lines = [line("1", "x"), line("2", "y", query=3.0, total=20.0)]
    assert stage_times(lines) == {"query": 2.0, "search": 2.0, "read": 3.0, "write": 8.0}
    assert stage_times([{"timings_ms": {}}]) == {}
