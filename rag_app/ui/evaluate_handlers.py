"""What the view Evaluate does: making question sets and asking them, in the background. For a person at the machine only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rag_app.evaluation.bench import Bench, Made
from rag_app.evaluation.comparison import Asked, Comparison, Run
from rag_app.evaluation.runner import Read
from rag_app.interfaces import Stop
from rag_app.machine import from_home
from rag_app.ui.job import Job
from rag_app.ui.rendering.evaluation import result_html
from rag_app.ui.rendering.evaluation_forms import MOST_COUNT, failure_html, forms_html, made_html, progress_html
from rag_app.ui.rendering.frame import notice_html
from rag_app.ui.rendering.markup import Html
from rag_app.ui.screen import Click, ClickHandler, Screen, Visit, bare_path, read_number, text_of

Step = Made | Read | Asked | Run | Comparison
MAKING, ASKING = "making", "asking"


class EvaluateHandlers:
    """One thing runs at a time; the last comparison stays until the next, also over a restart."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.work: Job[Step] = Job()
        self._found: Comparison | None = None
        self._looked = False
        self._names: tuple[str, ...] = ()

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the clicks and forms of the view."""
        return {
            "make_questions": lambda visit, click: self.make(visit, read_number(click, "count")),
            "evaluate": self.evaluate,
            "stop_evaluation": lambda visit, click: self.stop(visit),
        }

    def screen(self, visit: Visit) -> Screen:
        """The whole view."""
        return Screen(
            evaluation_forms=forms_html(visit.wording, self._bench.sets(), self._bench.configurations),
            evaluation_work=self._work(visit),
            evaluation=self._result(visit),
            evaluating=self.work.running,
        )

    def make(self, visit: Visit, count: int) -> Screen:
        """Begin to make a question set of the library."""
        wanted = min(max(count, 1), MOST_COUNT)
        return self._begun(visit, self.work.start(MAKING, lambda stop: self._bench.make(wanted, stop)))

    def evaluate(self, visit: Visit, said: Click) -> Screen:
        """Begin to ask the chosen set of each chosen configuration."""
        folder = bare_path(text_of(said, "folder")) or text_of(said, "set")
        if not folder:
            return Screen(notice=notice_html(visit.wording, visit.wording("evaluate.no_set")))
        names = tuple(name for name in self._bench.configurations if text_of(said, f"config-{name}"))
        limit, only = read_number(said, "limit") or None, bool(text_of(said, "retrieval_only"))

        def run(stop: Stop) -> Iterator[Step]:
            for step in self._bench.run(from_home(Path(folder)), names, stop, limit=limit, retrieval_only=only):
                if isinstance(step, Comparison):
                    self._found = step
                yield step

        begun = self.work.start(ASKING, run)
        if begun:
            self._names = names
        return self._begun(visit, begun)

    def stop(self, visit: Visit) -> Screen:
        """Stop after the question that is being asked."""
        self.work.stop()
        return Screen(evaluation_work=self._work(visit), evaluating=True)

    def watch(self, visit: Visit) -> Screen:
        """How far it is; the result when it has ended. What was filled in stays, but for a new set to choose."""
        if self.work.running:
            return Screen(evaluation_work=self._work(visit), evaluating=True)
        screen = self.screen(visit)
        return screen if self.work.subject == MAKING else replace(screen, evaluation_forms=None)

    def _begun(self, visit: Visit, has_begun: bool) -> Screen:
        if not has_begun:
            return Screen(notice=notice_html(visit.wording, visit.wording("evaluate.busy")))
        return Screen(evaluation_work=self._work(visit), evaluating=True)

    def _work(self, visit: Visit) -> Html:
        work, last = self.work, self.work.last
        if work.failure:
            return failure_html(visit.wording, work.failure)
        if isinstance(last, Made):
            return made_html(visit.wording, last)
        if not work.running:
            return Html()
        told = last if isinstance(last, (Read, Asked)) else None
        return progress_html(visit.wording, told, self._share(last), making=work.subject == MAKING)

    def _share(self, step: Step | None) -> float:
        """How much of all configurations is asked, or of the documents read, 0 to 1."""
        names = self._names or ("",)
        if isinstance(step, Read):
            return (step.done + step.within) / max(step.total, 1)
        if isinstance(step, Run):
            return (_place(names, step.name) + 1) / len(names)
        if not isinstance(step, Asked):
            return 0.0
        return (_place(names, step.configuration) + step.done / max(step.total, 1)) / len(names)

    def _result(self, visit: Visit) -> Html:
        if not self._looked:
            self._looked, self._found = True, self._found or self._bench.last()
        return result_html(visit.wording, self._found, self._bench.report_of(self._found)) if self._found else Html()


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else 0
