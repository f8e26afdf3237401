"""A made set on disk: docs.jsonl and questions.jsonl as of any other set, and review.csv."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from rag_app.errors import QuestionSetError
from rag_app.evaluation.making.made_set import MadeQuestion, MadeSet
from rag_app.evaluation.review import ReviewRow, write_review


def write_made_set(folder: Path, made: MadeSet) -> Path:
    """Write the set into `folder` and give the path of the file to review.

    Raises `QuestionSetError` where the folder holds a set already, which may have been reviewed, or cannot be written.
    """
    if (folder / "questions.jsonl").exists():
        raise QuestionSetError(f"{folder} holds a question set already. Choose another folder, or remove that one.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        documents = ({"id": row.id, "title": row.title, "text": row.text} for row in made.documents)
        _write_lines(folder / "docs.jsonl", documents)
        path = write_review(folder, map(_review_row, made.questions))
        _write_lines(folder / "questions.jsonl", map(_question, made.questions))
    except OSError as error:
        raise QuestionSetError(f"The question set could not be written to {folder}: {error.strerror}.") from error
    return path


def _write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _question(made: MadeQuestion) -> dict[str, object]:
    row: dict[str, object] = {
        "id": made.id,
        "kind": made.kind,
        "question": made.question,
        "answers": list(made.answers),
        "doc_ids": list(made.gold),
        "answerable": made.answerable,
    }
    return row | ({"clean_question": made.clean, "edits": [list(edit) for edit in made.edits]} if made.edits else {})


def _review_row(made: MadeQuestion) -> ReviewRow:
    return ReviewRow(
        keep="yes",
        id=made.id,
        kind=made.kind,
        question=made.question,
        answer=made.answers[0] if made.answers else "",
        sentence=" ".join(made.sentence.split()),
        documents=" ".join(made.gold),
    )
