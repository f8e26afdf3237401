"""Commands that measure: evaluate, questions."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rag_app.assembly import open_writer
from rag_app.cli.output import print_error, print_json
from rag_app.errors import LibraryError, QuestionSetError
from rag_app.evaluation.comparison import Asked, Comparison, Measured, Run, compare, libraries_in
from rag_app.evaluation.configurations import Configuration, configuration
from rag_app.evaluation.making import make_questions, write_made_set
from rag_app.evaluation.question_set import QuestionSet, read_question_set
from rag_app.evaluation.report import write_report
from rag_app.evaluation.tables import aligned, figure_rows, heading
from rag_app.library import Library

EVERY = 50
DEFAULT = ("default",)


def evaluate(arguments: Namespace) -> int:
    """Build a library of the set, ask every question of each configuration, write the runs, print their figures.

    The set has a library of its own below the storage folder, used again the next time; the user's is not touched.
    """
    configurations = [configuration(name) for name in dict.fromkeys(arguments.config or DEFAULT)]
    found = _compared(read_question_set(arguments.set_dir), configurations, arguments)
    if arguments.report:
        path = write_report(arguments.report, found)
        print_error(f"The report is {path}.")
    if arguments.json:
        print_json(_value(found))
    else:
        print(aligned([heading(found), *figure_rows(found)]))
    return 0


def make(library: Library, arguments: Namespace) -> int:
    """Make a question set of the user's own library, to be reviewed and then evaluated."""
    if not library.documents():
        raise LibraryError(f"The library in {library.storage} holds no document yet; add some with 'ingest'.")
    writer = open_writer(arguments.models, library.settings)
    made = make_questions(library, count=arguments.count, seed=arguments.seed, writer=writer)
    path = write_made_set(arguments.out, made)
    kinds = Counter(question.kind for question in made.questions)
    if arguments.json:
        print_json({"set": str(arguments.out), "review": str(path), "questions": len(made.questions), "kinds": kinds})
        return 0
    print(f"{len(made.questions)} questions: " + ", ".join(f"{number} {kind}" for kind, number in kinds.items()))
    print(f"Look at {path}: write 'no' under 'keep' for a bad question, then: python -m rag_app evaluate {arguments.out}")
    return 0


def _compared(question_set: QuestionSet, configurations: Sequence[Configuration], arguments: Namespace) -> Comparison:
    events = compare(
        question_set,
        configurations,
        libraries_in(arguments.storage, arguments.models),
        limit=arguments.limit,
        in_document=arguments.in_document,
        retrieval_only=arguments.retrieval_only,
    )
    for event in events:
        if isinstance(event, Run) and arguments.run:
            _write(_path(arguments.run, event.name, several=len(configurations) > 1), event.lines)
        elif isinstance(event, Asked) and event.done % EVERY == 0 and sys.stderr.isatty():
            print_error(f"{event.configuration}: {event.done} of {event.total} questions asked")
    assert isinstance(event, Comparison)
    return event


def _path(path: Path, name: str, *, several: bool) -> Path:
    """Where the run of a configuration is written: OUT.jsonl, or OUT.NAME.jsonl beside others."""
    return path.with_name(f"{path.stem}.{name}{path.suffix}") if several else path


def _write(path: Path, lines: Sequence[Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise QuestionSetError(f"The run could not be written to {path}: {error.strerror}. Choose another file.") from error


def _value(found: Comparison) -> dict[str, Any]:
    """The comparison as JSON: one configuration with its figures at the top, several in a list."""
    values = [_run_value(run, measured) for run, measured in zip(found.runs, found.measured, strict=True)]
    head = {"set": found.question_set.folder.name}
    return head | (values[0] if len(values) == 1 else {"configurations": values})


def _run_value(run: Run, measured: Mapping[str, Measured]) -> dict[str, Any]:
    value: dict[str, Any] = {"configuration": run.name, "questions": len(run.lines)}
    value |= {name: figure.value for name, figure in measured.items()}
    value["intervals"] = {name: asdict(figure.interval) for name, figure in measured.items()}
    differences = {name: asdict(figure.difference) for name, figure in measured.items() if figure.difference}
    return value | ({"differences": differences} if differences else {})
