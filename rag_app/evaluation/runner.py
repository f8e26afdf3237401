"""Asking a library every question of a set, and the run that comes of it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rag_app.errors import QuestionError, QuestionSetError, RagError, Stopped
from rag_app.evaluation.question_set import QuestionSet, SetDocument, SetQuestion
from rag_app.interfaces import Stop
from rag_app.library import Library, never
from rag_app.records import Answer, AnswerSentence, Document, FileOutcome, Hit, Page, Query, Scope, TaskState

Key = tuple[str, int]
ROWS_NAMED = 20
PASSAGES_SEARCHED = 60
_STAGES: Mapping[str, float] = {"parsing": 0.0, "embedding": 0.5}  # what of a file is done when it begins
_log = logging.getLogger(__name__)
_REFUSED: Mapping[str, Any] = {"answer": "", "abstained": True, "confidence": 0.0, "sentences": [], "timings_ms": {}}


@dataclass(frozen=True, slots=True)
class Read:
    """How far the documents of a set are read: `done` of `total`, which are its files, or its rows where it has none.

    `within` says how much of the file under way is done, 0 to 1.
    """

    done: int
    total: int
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which row of the set a page of the library stands for, and which documents a row or a document's name means."""

    rows: Mapping[Key, tuple[str, ...]]
    documents: Mapping[str, str]
    named: Mapping[str, tuple[str, ...]]

    def rows_of(self, document_id: str, page: int) -> tuple[str, ...]:
        """The rows that a page is (more than one where rows are alike); a page without a row has a name of its own."""
        return self.rows.get((document_id, page), (f"{document_id}#p{page}",))

    def scope(self, question: SetQuestion, *, in_document: bool) -> Scope:
        """Where to search for `question`. Raises `QuestionSetError` where the set holds none of the documents that it names."""
        if question.given:
            found = tuple(dict.fromkeys(self.documents[row] for row in question.given if row in self.documents))
        elif in_document and question.document_name:
            found = self.named.get(question.document_name, ())
        else:
            return Scope()
        if not found:
            missing = question.given[0] if question.given else question.document_name
            raise QuestionSetError(f"Question {question.id} names the document '{missing}', which docs.jsonl does not hold.")
        return Scope(document_ids=found)


def build(library: Library, question_set: QuestionSet) -> Catalogue:
    """What `building` comes to, without being told how far it is."""
    steps = building(library, question_set)
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            found: Catalogue = ended.value
            return found


def building(library: Library, question_set: QuestionSet, stop: Stop = never) -> Generator[Read, None, Catalogue]:
    """Make `library` hold just the documents of the set: PDF files as a user would add them, rows as text with their title.

    Tells how far that is. Raises `Stopped` when `stop()` says so; what was read by then stays.
    """
    rows: dict[Key, tuple[str, ...]] = {}
    documents: dict[str, str] = {}
    if question_set.pdf_files:
        identifiers = yield from _add_files(library, question_set.pdf_files, stop)
        for row in question_set.documents:
            if identifier := identifiers.get(row.pdf):
                documents[row.id] = identifier
                rows[identifier, row.page] = (*rows.get((identifier, row.page), ()), row.id)
    else:
        made = [_as_document(row) for row in question_set.documents]
        yield Read(0, len(made))
        for done, document in enumerate(made, 1):
            if document.pages[0].text.strip():
                library.add_documents([document], stop)
            yield Read(done, len(made))
        for row, document in zip(question_set.documents, made, strict=True):
            documents[row.id] = document.id
            rows[document.id, 1] = (*rows.get((document.id, 1), ()), row.id)
    wanted = set(documents.values())
    if left := [document.id for document in library.documents() if document.id not in wanted]:
        library.remove(left)  # which makes the words and the index anew
    return Catalogue(rows, documents, _by_name(question_set.documents, documents))


def _add_files(library: Library, files: Sequence[Path], stop: Stop) -> Generator[Read, None, dict[str, str]]:
    """Ingest files; the names of those that can be read mapped to document ids. Raises `QuestionSetError` if none can."""
    tasks = library.add(files)
    done, waiting = 0, sum(task.state is TaskState.WAITING for task in tasks)
    yield Read(0, waiting)
    for report in library.work(stop):
        if isinstance(report, FileOutcome):
            done += 1
            yield Read(done, max(done, waiting))
        elif report.stage in _STAGES and report.done:
            within = _STAGES[report.stage] + report.done / max(report.total, report.done) / len(_STAGES)
            yield Read(done, waiting, within)
    if stop():
        raise Stopped("The documents of the set were not all read.")
    states = {task.id: task for task in library.tasks()}
    identifiers = {}
    for task in tasks:
        ended = states.get(task.id, task)
        if ended.state in (TaskState.DONE, TaskState.DUPLICATE):
            identifiers[task.name] = task.document_id
        else:
            fault = f"{task.path} of the set could not be read: {ended.message}"
            _log.warning(fault)
    if not identifiers:
        raise QuestionSetError(fault)
    return identifiers


def _as_document(row: SetDocument) -> Document:
    identifier = hashlib.sha256(f"{row.title}\0{row.text}".encode("utf-8", "replace")).hexdigest()
    return Document(identifier, row.title or row.id, row.title, "text/plain", len(row.text.encode()), (Page(1, row.text),))


def _by_name(rows: Sequence[SetDocument], documents: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    named: dict[str, dict[str, None]] = {}
    for row in rows:
        for name in {row.id.rsplit("#", 1)[0], row.title, Path(row.pdf).stem} if row.id in documents else ():
            named.setdefault(name, {})[documents[row.id]] = None
    return {name: tuple(identifiers) for name, identifiers in named.items()}


def run(
    library: Library,
    questions: Sequence[SetQuestion],
    catalogue: Catalogue,
    *,
    in_document: bool = False,
    retrieval_only: bool = False,
) -> Iterator[dict[str, Any]]:
    """A line of the run for each question, in their order: its hits, and unless `retrieval_only` its answer.

    A question that cannot be asked, such as an empty one, has no hits and counts as refused; that is told, and so is a fault
    that nobody foresaw: one question does not take the others with it.
    """
    for question in questions:
        try:
            scope = catalogue.scope(question, in_document=in_document)
            line = _line(library, question, catalogue, scope, retrieval_only=retrieval_only)
        except Exception as error:
            if isinstance(error, RagError) and not isinstance(error, (QuestionError, QuestionSetError)):
                raise  # no other question could be asked either
            _log.warning("Question %s counts as refused: %s", question.id, error)
            line = {"id": question.id, "hits": [], "query": _query(Query(question.question, "", "", ()))} | (
                {"timings_ms": {}} if retrieval_only else dict(_REFUSED)
            )
        yield line


def _line(library: Library, question: SetQuestion, catalogue: Catalogue, scope: Scope, *, retrieval_only: bool) -> dict[str, Any]:
    found = library.search(question.question, top_k=PASSAGES_SEARCHED, scope=scope)
    line: dict[str, Any] = {"id": question.id, "hits": _hits(found.hits, catalogue)}
    if not retrieval_only:
        *_, answer = library.ask(question.question, scope=scope)
        return line | _answer(answer, catalogue)
    spent = found.query_ms + found.search_ms + found.rerank_ms
    timings = {"query": found.query_ms, "search": found.search_ms, "rerank": found.rerank_ms, "total": spent}
    return line | {"query": _query(found.query), "timings_ms": _rounded(timings)}


def _hits(hits: Sequence[Hit], catalogue: Catalogue) -> list[dict[str, Any]]:
    """The rows found, best first, each with the score of its best passage."""
    best: dict[str, float] = {}
    for hit in hits:
        for place in sorted(hit.stored.passage.whole, key=lambda place: place.start - place.end):  # the longer one first
            for row in catalogue.rows_of(hit.stored.passage.document_id, place.page):
                best.setdefault(row, hit.score)
    return [{"doc_id": row, "score": round(score, 6)} for row, score in list(best.items())[:ROWS_NAMED]]


def _answer(answer: Answer, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "answer": "" if answer.abstained else answer.text,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 6),
        "sentences": [_sentence(sentence, catalogue) for sentence in answer.sentences],
        "query": _query(answer.query),
        "timings_ms": _rounded(asdict(answer.timings)),
    }


def _sentence(sentence: AnswerSentence, catalogue: Catalogue) -> dict[str, Any]:
    citations = [
        {"doc_id": catalogue.rows_of(cited.document_id, place.page)[0], "page": place.page, "quote": words}
        for cited in sentence.citations
        for place, words in zip(cited.places, cited.parts, strict=True)
    ]
    return {"text": sentence.text, "supported": bool(citations), "citations": citations}


def _query(query: Query) -> dict[str, Any]:
    return {
        "original": query.original,
        "searched": query.searched,
        "corrections": [[correction.typed, correction.searched] for correction in query.corrections],
        "expansions": list(query.expansions),
        "parts": list(query.parts),
    }


def _rounded(timings: Mapping[str, float]) -> dict[str, float]:
    return {stage: round(milliseconds, 2) for stage, milliseconds in timings.items()}
