"""The questions that got worse against the first configuration; of a run by itself, those that went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag_app.evaluation.comparison import Comparison, Run
from rag_app.evaluation.differing import JUDGED_BY, changes
from rag_app.evaluation.figures import Line
from rag_app.evaluation.question_set import SetQuestion


@dataclass(frozen=True, slots=True)
class Wrong:
    """A question that went wrong by `figure` in the run called `run`. `before` and `was` are of the first run, if others were."""

    run: str
    figure: str
    question: SetQuestion
    line: Line
    value: float
    before: Line | None = None
    was: float = 0.0


def got_worse(comparison: Comparison) -> Iterator[Wrong]:
    """Of each further run and figure that judges single questions, those that fell, the largest falls first."""
    first, *others = comparison.runs
    questions = {question.id: question for question in comparison.question_set.questions}
    before = {line["id"]: line for line in first.lines}
    for run in others:
        lines = {line["id"]: line for line in run.lines}
        for name in JUDGED_BY:
            for change, id in changes(first, run, name):
                if change < 0:
                    values = (_value(run, name, id), before[id], _value(first, name, id))
                    yield Wrong(run.name, name, questions[id], lines[id], *values)


def went_wrong(comparison: Comparison) -> Iterator[Wrong]:
    """The questions of the first run that had to be refused, or whose answer or document was missed; each once."""
    run = comparison.runs[0]
    questions = {question.id: question for question in comparison.question_set.questions}
    seen: set[str] = set()
    for name in reversed(JUDGED_BY):
        judged = run.figures[name].contributions if name in run.figures else {}
        for line in run.lines:
            if line["id"] in judged.keys() - seen and not judged[line["id"]][0]:
                seen.add(line["id"])
                yield Wrong(run.name, name, questions[line["id"]], line, 0.0)


def _value(run: Run, name: str, id: str) -> float:
    return run.figures[name].contributions[id][0]
