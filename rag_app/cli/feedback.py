"""Commands about what people think of answers: list, export."""

from __future__ import annotations

import json
import os
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rag_app.cli.output import print_json
from rag_app.errors import ExportError
from rag_app.library import Library
from rag_app.records import PreferenceExample, SupervisedExample, Turn

Examples = Sequence[SupervisedExample | PreferenceExample]
NO_PAIR = (
    "No pair is there yet: an answer (no refusal) with a thumb down beside what would have been right, or beside one with a "
    "thumb up."
)
FORMATS: dict[str, tuple[Callable[[Library], Examples], str]] = {
    "sft": (Library.supervised_examples, "No answer has a thumb up yet."),
    "preference": (
        Library.preference_examples,
        NO_PAIR,
    ),
}


def list_feedback(library: Library, arguments: Namespace) -> int:
    """The rated answers of all conversations."""
    turns = library.rated_turns()
    if arguments.json:
        print_json([_value(turn) for turn in turns])
    elif not turns:
        print("No answer is rated yet; the page has a thumb up and a thumb down below each.")
    for turn in () if arguments.json else turns:
        print("\n   ".join(filter(None, _lines(turn))))
    return 0


def export(library: Library, arguments: Namespace) -> int:
    """Write the examples of one format, a JSON object a line, or raise `ExportError` and leave the file as it was."""
    examples_of, nothing = FORMATS[arguments.format]
    examples = examples_of(library)
    if not examples:
        raise ExportError(f"{nothing} Rate answers in the app; {arguments.out} was not written.")
    _write_lines(arguments.out, [json.dumps(asdict(example), ensure_ascii=False) for example in examples])
    if arguments.json:
        print_json({"format": arguments.format, "out": str(arguments.out), "examples": len(examples)})
    else:
        print(f"Examples written to {arguments.out}: {len(examples)}")
    return 0


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write the file in one step: as a whole, or not at all."""
    try:
        if path.exists() and not path.is_file():
            raise ExportError(f"{path} is no file but a folder or a device. Name a file, such as feedback.jsonl.")
        path = path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with open(handle, "w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
            os.replace(beside, path)
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{path} could not be written ({error.strerror}). Choose another file with --out.") from error


def _value(turn: Turn) -> dict[str, Any]:
    feedback = asdict(turn.feedback) if turn.feedback else {}
    answer = "" if turn.answer.abstained else turn.answer.text
    return {"turn": turn.id, "question": turn.answer.question, "answer": answer, "model": turn.answer.model, **feedback}


def _lines(turn: Turn) -> tuple[str, ...]:
    """A rated answer for reading; what was not said is empty."""
    value = _value(turn)
    rated = f"{value['rating'].value}{f' ({fault.value})' if (fault := value['fault']) else ''}"
    right = value["right_answer"] and f"right: {value['right_answer']}"
    return (f"{turn.id:5} {rated}: {value['question']}", value["answer"], value["comment"], right)
