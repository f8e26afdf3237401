"""The view Evaluate, without gradio and over scripted runs: what its handlers change, and what it says of what came of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rag_app.errors import LibraryError, Stopped
from rag_app.evaluation.bench import Bench, Made
from rag_app.evaluation.comparison import Asked, Comparison, Run, comparison
from rag_app.evaluation.runner import Read
from rag_app.interfaces import Stop
from rag_app.ui.evaluate_handlers import EvaluateHandlers
from rag_app.ui.language import Language, Wording
from rag_app.ui.rendering.evaluation import GROUPS, result_html
from rag_app.ui.rendering.evaluation_forms import set_name
from rag_app.ui.screen import Visit
from tests.scripted_library import ScriptedLibrary
from tests.test_bench import SET, line, run

VISIT, CHINESE_VISIT = Visit("session", Language.ENGLISH), Visit("session", Language.CHINESE)
WORDS = Wording(Language.ENGLISH)
FIRST = run("present", line("1", "Rollo"), line("2", ""))
SECOND = run("never-refuse", line("1", "<b>Harald</b>", found="b"), line("2", "Here"))


class ScriptedBench(Bench):
    """Says that it asks, and gives the comparison it was made with."""

    def __init__(self, found: Comparison) -> None:
        super().__init__(ScriptedLibrary(), Path("models"))
        self.found = found
        self.before: Comparison | None = None
        self.ran: list[tuple[Path, tuple[str, ...], int | None, bool]] = []
        self.reads = self.waits = False

    def sets(self) -> tuple[Path, ...]:
        return (Path("storage/question-sets/2026-11-28-080000"),)

    def last(self) -> Comparison | None:
        return self.before

    def make(self, count: int, stop: Stop) -> Iterator[Made]:
        if count == 13:
            raise LibraryError("The library holds no document yet. Add some first.")
        yield Made(Path("sets/new"), Path("sets/new/review.csv"), count)

    def run(
        self, folder: Path, names: Sequence[str], stop: Stop, *, limit: int | None, retrieval_only: bool
    ) -> Iterator[Read | Asked | Run | Comparison]:
        self.ran.append((folder, tuple(names), limit, retrieval_only))
        yield Read(30, 120)
        while self.reads:
            time.sleep(0.005)
        yield Asked("present", 1, 2, {})
        while self.waits:
            if stop():
                raise Stopped("Stopped.")
            time.sleep(0.005)
        yield self.found


@pytest.fixture
def bench() -> ScriptedBench:
    return ScriptedBench(comparison(SET, [FIRST, SECOND]))


@pytest.fixture
def view(bench: ScriptedBench) -> EvaluateHandlers:
    return EvaluateHandlers(bench)


def wait_for(view: EvaluateHandlers) -> None:
    thread = view.work._thread
    if thread is not None:
        thread.join(timeout=60)
    assert not view.work.running


def test_forms_offer_the_sets_that_were_made_and_every_configuration(view: EvaluateHandlers) -> None:
    html = str(view.screen(VISIT).evaluation_forms)
    assert 'value="storage/question-sets/2026-11-28-080000"' in html
    for words in (
        "Your settings as they are now",
        "Never refusing",
        "Without the closer look",
        "Questions to begin with",
        "about three times as many in all",
    ):
        assert words in html
    assert html.count("checked") == 1


def test_set_is_asked_of_what_was_ticked_and_the_result_stays(view: EvaluateHandlers, bench: ScriptedBench) -> None:
    said = {
        "set": "one",
        "folder": ' "/a/set" ',
        "config-default": "yes",
        "config-quoted": "yes",
        "limit": "20",
        "retrieval_only": "yes",
    }
    assert view.evaluate(VISIT, said).evaluating
    wait_for(view)
    assert bench.ran == [(Path("/a/set"), ("default", "quoted"), 20, True)]
    ended = view.watch(VISIT)
    assert ended.evaluating is False and ended.evaluation_work == ""
    assert "set: 2 questions asked" in str(ended.evaluation)
    assert "共问 2 题" in str(view.screen(CHINESE_VISIT).evaluation)


def test_the_last_result_is_there_when_the_program_was_started_anew(bench: ScriptedBench) -> None:
    assert EvaluateHandlers(bench).screen(VISIT).evaluation == ""
    bench.before = bench.found
    assert "set: 2 questions asked" in str(EvaluateHandlers(bench).screen(VISIT).evaluation)


def test_run_that_is_stopped_leaves_the_result_of_before(view: EvaluateHandlers, bench: ScriptedBench) -> None:
    view.evaluate(VISIT, {"set": "one", "config-present": "yes"})
    wait_for(view)
    bench.waits = True
    view.evaluate(VISIT, {"set": "two", "config-present": "yes", "config-default": "yes"})
    while view.work.last is None:
        time.sleep(0.005)
    shown = str(view.watch(VISIT).evaluation_work)
    assert "Your settings as they are now: 1 of 2 questions asked" in shown and "width:25.0%" in shown
    assert "running already" in str(view.make(VISIT, 5).notice)
    view.stop(VISIT)
    wait_for(view)
    assert "set: 2 questions asked" in str(view.watch(VISIT).evaluation)


def test_reading_the_documents_of_a_set_tells_how_far_it_is(view: EvaluateHandlers, bench: ScriptedBench) -> None:
    bench.reads = True
    view.evaluate(VISIT, {"set": "one", "config-present": "yes"})
    while view.work.last is None:
        time.sleep(0.005)
    shown = str(view.watch(VISIT).evaluation_work)
    assert "Reading the documents of the set: 30 of 120" in shown and "width:25.0%" in shown
    bench.reads = False
    wait_for(view)


def test_made_set_is_told_with_the_file_to_review(view: EvaluateHandlers) -> None:
    view.make(VISIT, 7)
    wait_for(view)
    assert "7 questions are in sets/new. Write “no” under “keep” in sets/new/review.csv" in str(view.watch(VISIT).evaluation_work)


def test_what_fails_says_why(view: EvaluateHandlers) -> None:
    view.make(VISIT, 13)
    wait_for(view)
    assert "This did not work: The library holds no document yet." in str(view.watch(VISIT).evaluation_work)
    assert "Choose a question set" in str(view.evaluate(VISIT, {"set": "", "folder": " "}).notice)


def test_result_shows_figures_with_intervals_and_clear_differences_in_bold(bench: ScriptedBench) -> None:
    html = result_html(WORDS, bench.found, Path("reports/set"))
    assert "Holds the right answer" in html and "Refused, of those without an answer" in html
    assert '<strong>1.000</strong> <span class="fn-interval">[1.000, 1.000]</span>' in html
    assert "<td><strong>-1.000</strong>" in html
    assert "reports/set" in html


def test_every_figure_has_a_place_in_the_table() -> None:
    placed = {name for names in GROUPS.values() for name in names}
    assert set(FIRST.figures) | set(SECOND.figures) <= placed


def test_questions_that_got_worse_are_shown_with_both_answers_and_nothing_is_run(bench: ScriptedBench) -> None:
    html = result_html(WORDS, bench.found, Path("reports/set"))
    assert "What got worse (3)" in html
    assert "Your settings as they are now: Rollo" in html and "Never refusing: &lt;b&gt;Harald&lt;/b&gt;" in html
    assert "should have refused" in html and "<b>" not in html


def test_run_by_itself_shows_what_went_wrong() -> None:
    assert "What went wrong (2)" in result_html(WORDS, comparison(SET, [SECOND]), Path("r"))
    assert "No question went wrong." in result_html(WORDS, comparison(SET, [FIRST]), Path("r"))


def test_curves_and_times_are_drawn_in_the_words_of_the_page(bench: ScriptedBench) -> None:
    html = result_html(Wording(Language.CHINESE), bench.found, Path("r"))
    assert html.count("<svg") == 3 and "按排名的命中率" in html and "风险与覆盖率" in html
    assert "Hit rate" not in html
    assert 'class="fn-stage-search"' in html and "从不拒答" in html


def test_search_alone_has_neither_answers_nor_risk() -> None:
    lines = [
        {key: value for key, value in one.items() if key in ("id", "hits", "timings_ms")}
        for one in (line("1", ""), line("2", ""))
    ]
    html = result_html(WORDS, comparison(SET, [run("default", *lines)]), Path("r"))
    assert "Risk" not in html and "Answering" not in html and "Found first" in html


def test_set_that_the_page_made_is_called_by_the_time_it_was_made() -> None:
    made, own = Path("2026-11-28-113418"), Path("contracts")
    assert [set_name(Wording(language), made) for language in Language] == ["Made 2026-11-28 11:34", "2026-11-28 11:34 出的题"]
    assert set_name(Wording(Language.ENGLISH), own) == "contracts"
