"""Documents: added whole in one transaction, removed without a trace."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from sqlite_utils import Database

from rag_app.errors import FullDiskError, LibraryError, Reason, Stopped
from rag_app.interfaces import EmbeddedPassages, Vectors
from rag_app.records import Document, DocumentSummary, Heading, Page, Passage, Task, TaskState
from rag_app.store.collections import IN_COLLECTION, put_in
from rag_app.store.files import KeptFiles
from rag_app.store.folders import forget_origin
from rag_app.store.inserting import insert, words_of
from rag_app.store.opening import Row
from rag_app.store.origins import tell_apart, tell_new_apart
from rag_app.store.part import OPEN, Part, now
from rag_app.store.recognized import recognized_lines
from rag_app.store.sweeping import sweep

_MOST_NAMED = 3
_CALLED = "case when title <> '' then title else substr(name, 1, instr(name || '.', '.') - 1) end"
_SUMMARY = """
    select id, called, title, media_type, size, page_count, passage_count, added_at, language, name,
        (select json_group_array(name) from (
            select c.name from memberships m join collections c on c.id = m.collection_id
            where m.document_id = documents.id order by c.name)),
        (select count(*) from recognized_pages r where r.document_id = documents.id),
        (select avg(r.confidence) from recognized_pages r where r.document_id = documents.id)
    from documents
"""


class Documents(Part):
    """The documents of the library."""

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        embedded: EmbeddedPassages,
        *,
        task: Task | None = None,
        seconds: float = 0.0,
    ) -> tuple[int, ...]:
        """Store a document with its pages, passages, words and vectors, and give the new ids of its passages.

        A `task` that took so many `seconds` becomes done in the same transaction, with the document's damage as its message, and
        puts the document into its collection; raises `Stopped` if it was cancelled meanwhile.
        Raises `LibraryError` for a document that is there already, unless the task reads it again: then it takes its own place.
        """
        _check(passages, embedded.vectors)
        words = words_of(document.title, passages)  # not while nobody else can write
        with self._connections.writing() as database:
            former = _former(database, document, again=task is not None and task.again)
            _check_dimension(database, embedded.vectors)
            ids = insert(database, document, passages, words, embedded)
            if former:
                _take_place(database, former)
            tell_new_apart(database, former.file_name if former else document.name, document.id)
            if task is not None:
                _finish(database, task, seconds, document.damage)
            _count_revision(database)
        return ids

    def remove(self, document_ids: Sequence[str]) -> None:
        """Remove documents: pages, passages, words, vectors, membership, finished tasks and the kept files.

        Their text is overwritten on disk. Raises `LibraryError` for an unknown id; nothing is removed then.
        On a full disk they go one by one, each making room for the next; their words are overwritten as soon as there is room.
        """
        try:
            self._remove(document_ids)
        except FullDiskError:
            for document_id in document_ids:
                self._remove([document_id], overwriting=False)
                self._empty_journal()
            with suppress(FullDiskError), self._connections.writing() as database:
                _drop_deleted_words(database)
        self._empty_journal()

    def _remove(self, document_ids: Sequence[str], *, overwriting: bool = True) -> None:
        with self._connections.writing() as database:
            names = {_delete(database, document_id) for document_id in document_ids}
            for name in names:
                tell_apart(database, name)
            for document_id in document_ids:
                forget_origin(database, document_id)
                database.execute("delete from tasks where document_id = ? and again", [document_id])
            if overwriting:  # takes as much room as all words of the library
                _drop_deleted_words(database)
            _count_revision(database)
        with self._connections.writing() as database:
            sweep(database, self.files, set(document_ids))

    def _empty_journal(self) -> None:
        """Empty it where the library's file has room to grow by what is in it; else it stays, and nothing is lost."""
        with suppress(FullDiskError):
            self._connections.empty_journal()

    def requeue(self, embedder_id: str, dimension: int) -> None:
        """Put every document back into the queue, from its kept file, and make this embedder the library's.

        All in one transaction. A document goes into the queue once for each of its collections. While the queue still holds
        files from an earlier time for the same embedder, nothing is done: working the queue goes on with that.
        Raises `LibraryError`, with nothing changed, when the file of a document is not there.
        """
        with self._connections.writing() as database:
            if _is_requeued(database, self.files, embedder_id):
                return
            summaries = tuple(_summary(row) for row in database.execute(_SUMMARY))
            _check_files(summaries, self.files)
            database.execute("delete from tasks where again")
            for summary in summaries:
                _delete(database, summary.id)
                for collection in summary.collections or (None,):
                    _queue(database, summary, collection, self.files.path(summary.id, summary.file_name))
            set_embedder(database, embedder_id, dimension)
            _drop_deleted_words(database)
            _count_revision(database)
        self._connections.empty_journal()

    def reread(self, document_ids: Sequence[str]) -> None:
        """Queue documents to be read again from their kept files. Each stays as it is until then; one that waits stays in line.

        Raises `LibraryError`, with nothing changed, for an unknown document and when a file is not there.
        """
        summaries = tuple(self.document(document_id) for document_id in document_ids)
        with self._connections.writing() as database:
            _check_files(summaries, self.files)
            for summary in summaries:
                open_task = f"select 1 from tasks where document_id = ? and state in {OPEN}"
                if not database.execute(open_task, [summary.id]).fetchone():
                    database.execute("delete from tasks where document_id = ? and again", [summary.id])
                    _queue(database, summary, None, self.files.path(summary.id, summary.file_name), again=True)

    def documents_named_in(self, text: str, most: int) -> tuple[str, ...]:
        """The ids of at most `most` documents whose title (without one the name of the file) stands in `text`, longest first."""
        sql = f"select id from documents where length({_CALLED}) > 2 and instr(?, {_CALLED}) > 0 order by length({_CALLED}) desc"
        return tuple(row[0] for row in self._connections.rows(f"{sql}, id limit ?", [text, most]))

    def documents(self, collection: str | None = None) -> tuple[DocumentSummary, ...]:
        """The documents of a collection, or of the whole library, in the order of their names."""
        condition, parameters = ("", []) if collection is None else (f"where id in {IN_COLLECTION}", [collection])
        rows = self._connections.rows(f"{_SUMMARY} {condition} order by name collate nocase, called, id", parameters)
        return tuple(_summary(row) for row in rows)

    def document(self, document_id: str) -> DocumentSummary:
        """One document. Raises `LibraryError` when it is not there."""
        rows = self._connections.rows(f"{_SUMMARY} where id = ?", [document_id])
        if not rows:
            raise _unknown(document_id)
        return _summary(rows[0])

    def has_document(self, document_id: str) -> bool:
        """Whether a document is in the library."""
        return bool(self._connections.rows("select 1 from documents where id = ?", [document_id]))

    def page(self, document_id: str, number: int) -> Page:
        """A page as it was read. Raises `LibraryError` when it is not there."""
        sql = """select p.text, p.headings, r.lines from pages p
            left join recognized_pages r on r.document_id = p.document_id and r.page = p.number
            where p.document_id = ? and p.number = ?"""
        rows = self._connections.rows(sql, [document_id, number])
        if not rows:
            raise LibraryError(
                f"The library holds no page {number} of a document {document_id}. List the documents to see what it holds."
            )
        text, headings, lines = rows[0]
        return Page(number, text, tuple(Heading(*one) for one in json.loads(headings)), lines=recognized_lines(lines))

    def document_file(self, document_id: str) -> Path:
        """The original file of a document, as it was added. Raises `LibraryError` when the document is not there."""
        return self.files.path(document_id, self.document(document_id).file_name)


def _check(passages: Sequence[Passage], vectors: Vectors) -> None:
    if vectors.ndim != 2 or len(vectors) != len(passages) or vectors.dtype != np.float32:
        raise ValueError(f"{len(passages)} passages need as many float32 vectors, not {vectors.dtype} of shape {vectors.shape}.")
    if not np.isfinite(vectors).all():
        raise ValueError("The embedder gave vectors that are not numbers.")


def _check_dimension(database: Database, vectors: Vectors) -> None:
    row = database.execute("select value from meta where key = 'dimension'").fetchone()
    if row and int(row[0]) != vectors.shape[1]:
        raise LibraryError(f"The library holds vectors of {row[0]} dimensions, not of {vectors.shape[1]}. Set the embedder back.")


def _former(database: Database, document: Document, *, again: bool) -> DocumentSummary | None:
    """The row of the document that is there already, which is gone now. Raises `LibraryError` unless it was read `again`."""
    row = database.execute(f"{_SUMMARY} where id = ?", [document.id]).fetchone()
    if row and not again:
        raise LibraryError(f"{document.name} is in the library already. Remove it first to add it again.")
    if row:
        _delete(database, document.id)
    return _summary(row) if row else None


def _take_place(database: Database, former: DocumentSummary) -> None:
    """The document keeps its name, its collections and the day it was added."""
    values = [former.file_name, former.added_at, former.id]
    database.execute("update documents set name = ?, added_at = ? where id = ?", values)
    for collection in former.collections:
        put_in(database, [former.id], collection)


def _finish(database: Database, task: Task, seconds: float, damage: str) -> None:
    sql = """update tasks set state = ?, reason = ?, message = ?, seconds = ?, updated_at = ? where id = ? and state = ?
        returning collection"""
    reason = Reason.DAMAGED.value if damage else ""
    values = [TaskState.DONE.value, reason, damage, seconds, now(), task.id, TaskState.RUNNING.value]
    finished = database.execute(sql, values).fetchone()
    if not finished:
        raise Stopped("The file was cancelled; nothing was stored of it.")
    if finished[0] is not None:
        put_in(database, [task.document_id], finished[0])


def _delete(database: Database, document_id: str) -> str:
    """Delete a document; the name of its file."""
    database.execute("delete from words where rowid in (select id from passages where document_id = ?)", [document_id])
    deleted = database.execute("delete from documents where id = ? returning name", [document_id]).fetchone()
    if not deleted:
        raise _unknown(document_id)
    finished = [TaskState.DONE.value, TaskState.DUPLICATE.value]
    database.execute("delete from tasks where document_id = ? and state in (?, ?)", [document_id, *finished])
    return str(deleted[0])


def set_embedder(database: Database, embedder_id: str, dimension: int) -> None:
    """Note whose vectors the library holds."""
    rows = [("embedder", embedder_id), ("dimension", str(dimension))]
    database.conn.executemany("insert or replace into meta values (?, ?)", rows)


def _is_requeued(database: Database, files: KeptFiles, embedder_id: str) -> bool:
    """Whether documents put back for this embedder still wait: their tasks lead to the kept files."""
    rows = database.execute(f"select document_id, name, path from tasks where state in {OPEN} and not again").fetchall()
    waits = any(files.is_own(path, document_id, name) for document_id, name, path in rows)
    return waits and database.execute("select value from meta where key = 'embedder'").fetchone() == (embedder_id,)


def _check_files(summaries: Sequence[DocumentSummary], files: KeptFiles) -> None:
    missing = [one.name for one in summaries if not files.path(one.id, one.file_name).exists()]
    if missing:
        raise LibraryError(
            f"The original of {', '.join(missing[:_MOST_NAMED])}{' and others' if len(missing) > _MOST_NAMED else ''} is not "
            f"in the library ({len(missing)} of {len(summaries)} documents), so it cannot be read again. With the settings "
            "that the library was made with, remove it; then run this again. Nothing was changed."
        )


def _queue(database: Database, summary: DocumentSummary, collection: str | None, path: Path, *, again: bool = False) -> None:
    sql = """insert into tasks (name, path, document_id, collection, state, queued_at, updated_at, again, folder)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, coalesce((select folder from origins where document_id = ?3), ''))"""
    database.execute(sql, [summary.file_name, str(path), summary.id, collection, TaskState.WAITING.value, now(), now(), again])


def _drop_deleted_words(database: Database) -> None:
    """Deleted words stay in the full-text index, marked as deleted, until its parts are merged."""
    database.execute("insert into words (words) values ('optimize')")


def _count_revision(database: Database) -> None:
    database.execute("update meta set value = value + 1 where key = 'revision'")


def _summary(row: Row) -> DocumentSummary:
    label, name, title, media_type, size, pages, passages, added_at, spoken, file_name, collections, *recognized = row
    names = tuple(json.loads(collections))
    return DocumentSummary(label, name, title, media_type, size, pages, passages, names, added_at, spoken, file_name, *recognized)


def _unknown(document_id: str) -> LibraryError:
    return LibraryError(f"The library holds no document {document_id}. List the documents to see what it holds.")
