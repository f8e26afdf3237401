"""A question set on disk: `questions.jsonl`, `docs.jsonl`, and PDF files where its documents are pages of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag_app.errors import QuestionSetError
from rag_app.evaluation.review import read_review
from rag_app.text.folding import without_surrogates


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
    """Questions over documents. `folder` holds `pdf/` where documents are pages. `struck` questions were left out by a review.

    `numbers` are the ids of documents and of questions that stand as numbers in its files, each by its text.
    """

    folder: Path
    documents: tuple[SetDocument, ...]
    questions: tuple[SetQuestion, ...]
    struck: int = 0
    numbers: tuple[Mapping[str, float], Mapping[str, float]] = ({}, {})

    @property
    def pdf_files(self) -> tuple[Path, ...]:
        """The PDF files behind the documents, without repeats."""
        return tuple(self.folder / "pdf" / name for name in dict.fromkeys(d.pdf for d in self.documents) if name)


def read_question_set(folder: Path) -> QuestionSet:
    """The set in `folder`, without the questions that its review strikes out.

    Raises `QuestionSetError` naming the file and the line that is wrong.
    """
    rows = [list(_rows(folder / name)) for name in ("docs.jsonl", "questions.jsonl")]
    documents = tuple(_document(row, where) for row, where in rows[0])
    questions = tuple(_question(row, where) for row, where in rows[1])
    if not questions:
        raise QuestionSetError(f"{folder / 'questions.jsonl'} holds no question. Write one a line, or choose another set.")
    kept = read_review(folder)
    chosen = questions if kept is None else tuple(question for question in questions if question.id in kept)
    of_documents, of_questions = map(_numbers, rows)
    return QuestionSet(folder, documents, chosen, len(questions) - len(chosen), (of_documents, of_questions))


def as_in_files(question_set: QuestionSet, line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a run with the ids of its question and documents as the files of the set write them."""
    of_documents, of_questions = question_set.numbers

    def found(part: Mapping[str, Any]) -> dict[str, Any]:
        return {**part, "doc_id": of_documents.get(part["doc_id"], part["doc_id"])}

    written = {**line, "id": of_questions.get(line["id"], line["id"]), "hits": [found(hit) for hit in line["hits"]]}
    if "sentences" in line:
        sentences = line["sentences"]
        written["sentences"] = [{**one, "citations": [found(cited) for cited in one["citations"]]} for one in sentences]
    return written


def _rows(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # not splitlines: a text may hold other line breaks as they are
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"{path} cannot be read: {error}. A question set needs docs.jsonl and questions.jsonl.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise QuestionSetError(f"{where} is not JSON: {error}. Mend or remove that line.") from error
        if not isinstance(row, dict):
            raise QuestionSetError(f"{where} is not a JSON object. Mend or remove that line.")
        yield row, where


def _numbers(rows: Sequence[tuple[dict[str, Any], str]]) -> dict[str, float]:
    return {str(row["id"]): row["id"] for row, _ in rows if not isinstance(row["id"], str)}


def _document(row: dict[str, Any], where: str) -> SetDocument:
    try:
        pdf, page = row.get("pdf") or "", int(row.get("page") or 0)
        title = _text(row, "title") if row.get("title") else ""
        return SetDocument(_text(row, "id"), title, _text(row, "text"), Path(pdf).name, page if pdf else 0)
    except (KeyError, ValueError, TypeError) as error:
        raise QuestionSetError(f"{where}: a document needs id and text, and a number as its page ({error!r}).") from error


def _question(row: dict[str, Any], where: str) -> SetQuestion:
    try:
        return SetQuestion(
            id=_text(row, "id"),
            question=_text(row, "question"),
            answers=_texts(row, "answers"),
            gold=_texts(row, "doc_ids"),
            answerable=row.get("answerable") is None or bool(row["answerable"]),
            slots=tuple(tuple(slot) for slot in row.get("answer_slots") or ()),
            document_name=str(row.get("doc_name") or ""),
            given=_given(row) if row.get("mode") == "closed" else (),
            kind=str(row.get("kind") or ""),
        )
    except (KeyError, TypeError) as error:
        raise QuestionSetError(f"{where}: a question needs id and question, and lists where lists belong ({error!r}).") from error


def _given(row: dict[str, Any]) -> tuple[str, ...]:
    """The documents of a question in closed mode: those named for it, or else those with the answer among those without."""
    return _texts(row, "given_doc_ids") or (*_texts(row, "doc_ids"), *_texts(row, "negative_doc_ids"))


def _text(row: dict[str, Any], name: str) -> str:
    """A string, or a number as one. Raises `KeyError` where there is none, and `TypeError` for anything else."""
    value = row[name]
    if not isinstance(value, (str, int, float)):
        raise TypeError(f"{name} is {value!r:.40}")
    return without_surrogates(str(value))


def _texts(row: dict[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name) or []
    if not isinstance(value, list):
        raise TypeError(f"{name} is no list but {value!r:.40}")
    return tuple(map(str, value))
