"""Asking a question set of several configurations, and how sure the differences between them are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag_app.assembly import open_library
from rag_app.evaluation.configurations import Configuration
from rag_app.evaluation.figures import Figure, Line, figures
from rag_app.evaluation.question_set import QuestionSet
from rag_app.evaluation.runner import Read, building, run
from rag_app.evaluation.statistics import Interval, difference_interval, interval, paired_p
from rag_app.interfaces import Stop
from rag_app.library import Library, never
from rag_app.settings import Settings

FOLDER = "evaluation"

Opening = Callable[[QuestionSet, Configuration], Library]


@dataclass(frozen=True, slots=True)
class Asked:
    """How far a run is: `done` of `total` questions, and the line of the last of them."""

    configuration: str
    done: int
    total: int
    line: Line


@dataclass(frozen=True, slots=True)
class Run:
    """A configuration with all its settings, its line for each question, and the figures of these."""

    configuration: Configuration
    settings: Settings
    lines: tuple[Line, ...]
    figures: Mapping[str, Figure]

    @property
    def name(self) -> str:
        return self.configuration.name


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure less the same one of the first configuration, and the chance of as large a one if both were alike."""

    value: float
    interval: Interval
    p: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its interval; `difference` is None for the first configuration, and where that lacks the figure."""

    value: float
    interval: Interval
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Runs of the same questions; `measured` holds for each the figures by name."""

    question_set: QuestionSet
    runs: tuple[Run, ...]
    measured: tuple[Mapping[str, Measured], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all figures, in the order in which they are reported."""
        return tuple(dict.fromkeys(name for run in self.runs for name in run.figures))


def libraries_in(storage: Path, models: Path) -> Opening:
    """Opens libraries for evaluation below `storage`, kept for the next time; the user's own is not touched."""

    def opened(question_set: QuestionSet, configuration: Configuration) -> Library:
        folder = storage / FOLDER / (question_set.folder.resolve().name + configuration.library_name)
        return open_library(folder, models, **configuration.changes)

    return opened


def compare(
    question_set: QuestionSet,
    configurations: Sequence[Configuration],
    opening: Opening,
    *,
    limit: int | None = None,
    in_document: bool = False,
    retrieval_only: bool = False,
    stop: Stop = never,
) -> Iterator[Read | Asked | Run | Comparison]:
    """Ask the first `limit` questions of each configuration; tells how far it is, each run as it ends, the comparison last.

    `in_document` searches only the document that a question names; `retrieval_only` does not answer. Raises `Stopped`
    when `stop()` says so while the documents are read.
    """
    runs: list[Run] = []
    questions = question_set.questions[:limit]
    for configuration in configurations:
        library = opening(question_set, configuration)
        try:
            catalogue, lines = (yield from building(library, question_set, stop)), []
            for line in run(library, questions, catalogue, in_document=in_document, retrieval_only=retrieval_only):
                lines.append(line)
                yield Asked(configuration.name, len(lines), len(questions), line)
        finally:
            library.close()
        runs.append(Run(configuration, library.settings, tuple(lines), figures(question_set, lines)))
        yield runs[-1]
    yield comparison(question_set, runs)


def comparison(question_set: QuestionSet, runs: Sequence[Run]) -> Comparison:
    """The figures of each run with their intervals, and how they differ from those of the first."""
    first = runs[0].figures
    measured = tuple(
        {name: _measured(figure, first.get(name) if run is not runs[0] else None) for name, figure in run.figures.items()}
        for run in runs
    )
    return Comparison(question_set, tuple(runs), measured)


def _measured(figure: Figure, first: Figure | None) -> Measured:
    found = interval(figure.rows(figure.contributions), figure.statistic)
    return Measured(figure.value, found, _difference(first, figure) if first else None)


def _difference(first: Figure, second: Figure) -> Difference:
    questions = tuple(dict.fromkeys((*first.contributions, *second.contributions)))
    before, after, statistic = first.rows(questions), second.rows(questions), second.statistic
    return Difference(
        statistic(after) - statistic(before),
        difference_interval(before, after, statistic),
        paired_p(before, after, statistic),
    )
