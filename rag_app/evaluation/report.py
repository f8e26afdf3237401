"""A comparison as a folder to read and keep: report.md, and curves.svg beside it."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from rag_app import __version__
from rag_app.errors import QuestionSetError
from rag_app.evaluation import metrics
from rag_app.evaluation.chart import Panel, Series, draw
from rag_app.evaluation.comparison import Comparison, Run
from rag_app.evaluation.curves import by_rank, risk_by_coverage
from rag_app.evaluation.differing import differing
from rag_app.evaluation.figures import figures
from rag_app.evaluation.tables import NONE, Row, escaped, figure_rows, heading, markdown, number
from rag_app.examination import PACKAGES
from rag_app.settings import Settings

REPORT, CURVES = "report.md", "curves.svg"
KIND_FIGURES = ("hit@1", "hit@10", "ndcg@10", "answered", "contains", "refusal_recall")
WORDS: Mapping[str, str] = {
    "hits": "Hit rate by rank",
    "hits_up": "questions with a gold document",
    "recall": "Recall by rank",
    "recall_up": "gold documents found",
    "rank": "first k documents",
    "risk": "Risk against coverage",
    "risk_across": "questions answered",
    "risk_up": "wrong answers",
}
READING = (
    "Brackets are 95 % intervals: percentile bootstrap over questions. p is that of a paired randomisation test, each figure by "
    "itself: of twenty figures that do not differ, one falls below .05 by chance."
)


def write_report(folder: Path, comparison: Comparison) -> Path:
    """Write the report into `folder` and give the path of its Markdown file. Raises `QuestionSetError` if it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CURVES).write_text(draw(panels(comparison)), encoding="utf-8")
        (folder / REPORT).write_text("\n\n".join(_sections(comparison)) + "\n", encoding="utf-8")
    except OSError as error:
        raise QuestionSetError(
            f"The report could not be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
    return folder / REPORT


def panels(comparison: Comparison, words: Mapping[str, str] = WORDS) -> tuple[Panel, ...]:
    """The charts: hit rate and recall by rank; risk against coverage where answers were made and can be judged.

    `words` are what stands on them, in place of those of `WORDS`.
    """
    found = comparison.question_set
    hits = _series((run.name, by_rank(found, run.lines, metrics.hit_rate)) for run in comparison.runs)
    recall = _series((run.name, by_rank(found, run.lines, metrics.recall)) for run in comparison.runs)
    risk = _series((run.name, risk_by_coverage(found, run.lines)) for run in comparison.runs)
    charts = (
        Panel(words["hits"], words["rank"], words["hits_up"], hits),
        Panel(words["recall"], words["rank"], words["recall_up"], recall),
        Panel(words["risk"], words["risk_across"], words["risk_up"], risk),
    )
    return tuple(panel for panel in charts if panel.series)


def _series(curves: Iterator[tuple[str, tuple[tuple[float, float], ...]]]) -> tuple[Series, ...]:
    return tuple(Series(name, points) for name, points in curves if points)


def _sections(comparison: Comparison) -> Iterator[str]:
    found, asked = comparison.question_set, len(comparison.runs[0].lines)
    yield f"# {escaped(found.folder.resolve().name)}: {' and '.join(escaped(run.name) for run in comparison.runs)}"
    struck = f" {found.struck} questions were struck out in the review." if found.struck else ""
    yield f"{asked} of {len(found.questions)} questions asked of {len(found.documents)} documents.{struck}"
    yield f"## Figures\n\n{READING}"
    yield markdown([tuple(map(escaped, row)) for row in (heading(comparison), *figure_rows(comparison))])
    yield f"![Curves]({CURVES})"
    if any(question.kind for question in found.questions):
        yield "## By kind of question"
        yield markdown(list(_kinds(comparison)))
    yield "## Milliseconds by stage"
    yield markdown(list(_times(comparison.runs)))
    yield from differing(comparison)
    yield "## Settings"
    yield markdown(list(_settings(comparison.runs)))
    yield f"## Versions\n\n{_versions()}"


def _kinds(comparison: Comparison) -> Iterator[Row]:
    yield ("kind", "configuration", "questions", *KIND_FIGURES)
    kinds = {question.id: question.kind for question in comparison.question_set.questions}
    for kind in dict.fromkeys(kinds.values()):
        for run in comparison.runs:
            lines = [line for line in run.lines if kinds[line["id"]] == kind]
            found = figures(comparison.question_set, lines)
            cells = (number(found[name].value) if name in found else NONE for name in KIND_FIGURES)
            yield (escaped(kind), escaped(run.name), str(len(lines)), *cells)


def _times(runs: Sequence[Run]) -> Iterator[Row]:
    yield ("stage", *(f"{escaped(run.name)} {share}" for run in runs for share in ("p50", "p95")))
    for stage in dict.fromkeys(stage for run in runs for line in run.lines for stage in line["timings_ms"]):
        yield (stage, *(cell for run in runs for cell in _percentiles(run, stage)))


def _percentiles(run: Run, stage: str) -> Row:
    """The median and the 95th percentile of a stage, over the questions that went through it."""
    spent = [line["timings_ms"][stage] for line in run.lines if line["timings_ms"].get(stage)]
    return tuple(f"{value:.1f}" for value in np.percentile(spent, [50, 95])) if spent else (NONE, NONE)


def _settings(runs: Sequence[Run]) -> Iterator[Row]:
    yield ("setting", "default of Footnote", *(escaped(run.name) for run in runs))
    for name, value in asdict(Settings()).items():
        yield (escaped(name), escaped(str(value)), *(escaped(str(getattr(run.settings, name))) for run in runs))


def _versions() -> str:
    lines = [f"Footnote {__version__}", f"Python {platform.python_version()}"]
    for name in PACKAGES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} is not installed")
    return ", ".join(lines)
