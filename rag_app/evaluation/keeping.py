"""The last comparison on the disk, to be shown again when the program was started anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rag_app.errors import QuestionSetError, RagError
from rag_app.evaluation.comparison import Comparison, Difference, Measured, Run
from rag_app.evaluation.configurations import Configuration
from rag_app.evaluation.figures import Figure
from rag_app.evaluation.question_set import read_question_set
from rag_app.evaluation.statistics import Interval
from rag_app.settings import Settings


def keep(path: Path, found: Comparison) -> None:
    """Write what was measured to `path`, in one step. Raises `QuestionSetError` if it cannot be written."""
    runs = [
        {
            "name": run.name,
            "changes": dict(run.configuration.changes),
            "settings": asdict(run.settings),
            "lines": run.lines,
            "measured": {name: asdict(figure) for name, figure in measured.items()},
        }
        for run, measured in zip(found.runs, found.measured, strict=True)
    ]
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(json.dumps({"set": str(found.question_set.folder.resolve()), "runs": runs}), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise QuestionSetError(
            f"{path} cannot be written ({error.strerror}). Make room on its disk, and run it again."
        ) from error


def kept(path: Path) -> Comparison | None:
    """The comparison that was kept; None where there is none, or its questions or settings are no longer as they were.

    Of its figures the values are known, not what each question contributes.
    """
    if not path.exists():
        return None
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        question_set = read_question_set(Path(value["set"]))
        measured = tuple({name: _measured(one) for name, one in run["measured"].items()} for run in value["runs"])
        runs = tuple(_run(run, figures) for run, figures in zip(value["runs"], measured, strict=True))
    except (OSError, ValueError, KeyError, TypeError, RagError):
        return None  # of another version, or its set is gone: there is nothing to show, and the report is there
    known = {question.id for question in question_set.questions}
    holds_all = all(line["id"] in known for run in runs for line in run.lines)
    return Comparison(question_set, runs, measured) if runs and holds_all else None


def _run(value: Mapping[str, Any], measured: Mapping[str, Measured]) -> Run:
    found = {name: Figure(name, one.value, {}) for name, one in measured.items()}
    configuration = Configuration(value["name"], value["changes"])
    return Run(configuration, Settings().changed(**value["settings"]), tuple(value["lines"]), found)


def _measured(value: Mapping[str, Any]) -> Measured:
    difference = value["difference"]
    told = Difference(difference["value"], Interval(**difference["interval"]), difference["p"]) if difference else None
    return Measured(value["value"], Interval(**value["interval"]), told)
