"""Commands that measure: evaluate, questions."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from rag_app.assembly import open_writer
from rag_app.cli.output import print_error, print_json
from rag_app.errors import LibraryError, QuestionSetError
from rag_app.evaluation.comparison import Asked, Comparison, Measured, Run, compare, libraries_in
from rag_app.evaluation.configurations import Configuration, configuration
from rag_app.evaluation.figures import Line
from rag_app.evaluation.making import make_questions, write_made_set
from rag_app.evaluation.question_set import QuestionSet, as_in_files, read_question_set
from rag_app.evaluation.report import write_report
from rag_app.evaluation.runner import Read
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
    """The comparison. Each line of a run is written when its question is asked: one that is ended in the middle is not lost."""
    names = [chosen.name for chosen in configurations]
    with ExitStack() as stack:
        files = {name: stack.enter_context(_opened(_path(arguments.run, name, several=len(names) > 1))) for name in names}
        events = compare(
            question_set,
            configurations,
            libraries_in(arguments.storage, arguments.models),
            limit=arguments.limit,
            in_document=arguments.in_document,
            retrieval_only=arguments.retrieval_only,
        )
        for event in events:
            if isinstance(event, Asked):
                _write(files[event.configuration], as_in_files(question_set, event.line))
                _tell(event, f"{event.configuration}: {event.done} of {event.total} questions asked")
            elif isinstance(event, Read) and not event.within:
                _tell(event, f"{event.done} of {event.total} documents of the set read")
    assert isinstance(event, Comparison)
    return event


def _tell(event: Read | Asked, told: str) -> None:
    """How far it is, on a terminal, not at every step."""
    if event.done % EVERY == 0 and sys.stderr.isatty():
        print_error(told)


def _path(path: Path | None, name: str, *, several: bool) -> Path:
    """Where the run of a configuration is written: OUT.jsonl, or OUT.NAME.jsonl beside others; nowhere if not asked for."""
    if path is None:
        return Path(os.devnull)
    return path.with_name(f"{path.stem}.{name}{path.suffix}") if several else path


def _opened(path: Path) -> TextIO:
    """The file of a run, empty. Raises `QuestionSetError` before a question is asked where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise _unwritten(path, error) from error


def _write(file: TextIO, line: Line) -> None:
    try:
        print(json.dumps(line, ensure_ascii=False), file=file, flush=True)
    except OSError as error:
        raise _unwritten(Path(file.name), error) from error


def _unwritten(path: Path, error: OSError) -> QuestionSetError:
    return QuestionSetError(f"The run could not be written to {path}: {error.strerror}. Choose another file.")


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
