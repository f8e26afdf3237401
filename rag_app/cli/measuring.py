"""The command that measures: evaluate."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rag_app.assembly import open_library
from rag_app.cli.output import print_error, print_json
from rag_app.errors import QuestionSetError
from rag_app.evaluation.configurations import configuration
from rag_app.evaluation.figures import figures
from rag_app.evaluation.question_set import QuestionSet, read_question_set
from rag_app.evaluation.runner import build, run

FOLDER = "evaluation"
EVERY = 50


def evaluate(arguments: Namespace) -> int:
    """Build a library of the set, ask every question, write the run, print the figures.

    The set has a library of its own below the storage folder, used again the next time; the user's is not touched.
    """
    question_set = read_question_set(arguments.set_dir)
    changes = configuration(arguments.config)
    lines = _asked(question_set, arguments, changes)
    if arguments.run:
        _write(arguments.run, lines)
    found = figures(question_set, lines)
    if arguments.json:
        print_json({"set": arguments.set_dir.name, "configuration": arguments.config, "questions": len(lines), **found})
    for name, value in () if arguments.json else found.items():
        print(f"{name:20} {value}")
    return 0


def _asked(question_set: QuestionSet, arguments: Namespace, changes: Any) -> list[dict[str, Any]]:
    storage = arguments.storage / FOLDER / arguments.set_dir.resolve().name
    library = open_library(storage, arguments.models, **changes)
    lines: list[dict[str, Any]] = []
    try:
        catalogue = build(library, question_set)
        questions = question_set.questions[: arguments.limit]
        for line in run(
            library, questions, catalogue, in_document=arguments.in_document, retrieval_only=arguments.retrieval_only
        ):
            lines.append(line)
            if len(lines) % EVERY == 0 and sys.stderr.isatty():
                print_error(f"{len(lines)} of {len(questions)} questions asked")
    finally:
        library.close()
    return lines


def _write(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise QuestionSetError(f"The run could not be written to {path}: {error.strerror}. Choose another file.") from error
