"""A question set on disk: `questions.jsonl`, `docs.jsonl`, and PDF files where its documents are pages of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag_app.errors import QuestionSetError
from rag_app.evaluation.review import read_review


@dataclass(frozen=True, slots=True)
class SetDocument:
    """A row of docs.jsonl; `pdf` and `page` where the row is a page of a PDF file."""

    id: str
    title: str
    text: str
    pdf: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A row of questions.jsonl. `document_name` restricts the search where it is asked for, `given` always (closed mode).

    `kind` tells made questions apart (plain, misspelt …); reports show each by itself.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    gold: tuple[str, ...]
    answerable: bool
    slots: tuple[tuple[str, ...], ...] = ()
    document_name: str = ""
    given: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions over documents. `folder` holds `pdf/` where documents are pages. `struck` questions were left out by a review."""

    folder: Path
    documents: tuple[SetDocument, ...]
    questions: tuple[SetQuestion, ...]
    struck: int = 0

    @property
    def pdf_files(self) -> tuple[Path, ...]:
        """The PDF files behind the documents, without repeats."""
        return tuple(self.folder / "pdf" / name for name in dict.fromkeys(d.pdf for d in self.documents) if name)


def read_question_set(folder: Path) -> QuestionSet:
    """The set in `folder`, without the questions that its review strikes out.

    Raises `QuestionSetError` naming the file and the line that is wrong.
    """
    documents = tuple(_document(row, where) for row, where in _rows(folder / "docs.jsonl"))
    questions = tuple(_question(row, where) for row, where in _rows(folder / "questions.jsonl"))
    kept = read_review(folder)
    chosen = questions if kept is None else tuple(question for question in questions if question.id in kept)
    return QuestionSet(folder, documents, chosen, len(questions) - len(chosen))


def _rows(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{path} cannot be read: {error}. A question set needs docs.jsonl and questions.jsonl.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise QuestionSetError(f"{where} is not JSON: {error}. Mend or remove that line.") from error
        if not isinstance(row, dict):
            raise QuestionSetError(f"{where} is not a JSON object. Mend or remove that line.")
        yield row, where


def _document(row: dict[str, Any], where: str) -> SetDocument:
    try:
        pdf, page = row.get("pdf") or "", int(row.get("page") or 0)
        return SetDocument(str(row["id"]), str(row.get("title") or ""), str(row["text"]), Path(pdf).name, page if pdf else 0)
    except (KeyError, ValueError, TypeError) as error:
        raise QuestionSetError(f"{where}: a document needs id and text, and a number as its page ({error!r}).") from error


def _question(row: dict[str, Any], where: str) -> SetQuestion:
    try:
        return SetQuestion(
            id=str(row["id"]),
            question=str(row["question"]),
            answers=tuple(row.get("answers") or ()),
            gold=tuple(row.get("doc_ids") or ()),
            answerable=bool(row.get("answerable", True)),
            slots=tuple(tuple(slot) for slot in row.get("answer_slots") or ()),
            document_name=str(row.get("doc_name") or ""),
            given=_given(row) if row.get("mode") == "closed" else (),
            kind=str(row.get("kind") or ""),
        )
    except (KeyError, TypeError) as error:
        raise QuestionSetError(f"{where}: a question needs id and question, and lists where lists belong ({error!r}).") from error


def _given(row: dict[str, Any]) -> tuple[str, ...]:
    """The documents of a question in closed mode: those named for it, or else those with the answer among those without."""
    return tuple(row.get("given_doc_ids") or (*(row.get("doc_ids") or ()), *(row.get("negative_doc_ids") or ())))
