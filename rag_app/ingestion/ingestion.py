"""From a path to a stored document: queue, parse, split, embed, store. Every file ends by itself, whatever the others do."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event

import numpy as np

from rag_app.errors import DocumentError, RagError, Reason, Stopped
from rag_app.ingestion.paths import files_of, readable
from rag_app.ingestion.reading import Reading
from rag_app.ingestion.turn import Turn
from rag_app.interfaces import Embedder, PageProgress, Parser, Stop, Vectors
from rag_app.records import Document, FileOutcome, Passage, Progress, Task, TaskState
from rag_app.settings import Settings
from rag_app.splitting import split
from rag_app.store import Store
from rag_app.text.context import context_text

EMBEDDED_AT_ONCE = 64
_MEGABYTE = 1024 * 1024
_AGAIN = (TaskState.FAILED, TaskState.CANCELLED)
_REASONS = {
    errno.ENOENT: Reason.NOT_FOUND,
    errno.ENOTDIR: Reason.NOT_FOUND,
    errno.ENOSPC: Reason.OUT_OF_DISK,
    errno.EDQUOT: Reason.OUT_OF_DISK,
    errno.EFBIG: Reason.OUT_OF_DISK,
}
_ADVICE = {
    Reason.NOT_FOUND: "Check the path and add it again.",
    Reason.OUT_OF_DISK: "Free some space on the disk of the library and try again.",
}
_log = logging.getLogger(__name__)

Events = Generator[Progress | FileOutcome, None, None]


class Ingestion:
    """Takes files over and turns them into documents of the store. Safe to use from several threads and programs."""

    def __init__(self, store: Store, parser: Parser, embedder: Embedder, settings: Settings) -> None:
        self._store = store
        self._parser = parser
        self._embedder = embedder
        self._settings = settings
        self._turn = Turn(store.storage / "ingestion.lock")
        with self._turn.taken(waiting=lambda: False, stop=lambda: True) as taken:
            if taken:
                self._recover()

    def add(self, paths: Sequence[Path], *, collection: str | None = None) -> tuple[Task, ...]:
        """Copy files, and the files of folders, into the library's folder and queue them, durably.

        One that cannot be taken over becomes a failed task with its reason, one that the library holds already a duplicate.
        """
        return tuple(self._take_over(path, collection) for path in files_of(paths, without=self._store.storage))

    def work(self, stop: Stop) -> Iterator[Progress | FileOutcome]:
        """Work the queue until nothing in it waits or runs, or `stop()` is true, telling how far each file is and how it ended.

        While another program works the same queue this one waits; it does not tell of the other's files.
        A file that is stopped in the middle waits again.
        """
        with self._turn.taken(waiting=self._store.has_open_tasks, stop=stop) as taken:
            if taken:
                self._recover()
                yield from self._work(stop)

    def add_documents(self, documents: Sequence[Document]) -> None:
        """Store documents that are already read, each in one transaction; those that the library holds are passed over."""
        for document in documents:
            if not self._store.has_document(document.id):
                passages = self._split(document)
                self._store.add(document, passages, self._embed(document, passages))

    def cancel(self, task_id: int) -> None:
        """Take a waiting task out of the queue, or stop a running one; nothing of its file is stored."""
        self._store.cancel_task(task_id)

    def retry(self, task_id: int) -> None:
        """Put a failed or cancelled task back into the queue; a file that could not be taken over is taken over again."""
        task = self._store.task(task_id)
        if task is None or task.state not in _AGAIN:
            return
        if task.document_id:
            self._store.retry_task(task_id)
        else:
            self._store.forget_task(task_id)
            self.add([Path(task.path)], collection=task.collection)

    def clear(self) -> None:
        """Forget the tasks that neither wait nor run, and the files that only they kept."""
        self._store.clear_tasks()

    def _recover(self) -> None:
        """Whoever has the turn knows that no other program works: what still runs was killed."""
        message = "stopped the program each time it was read. Remove it from the list, or repair the file and add it again."
        self._store.recover_tasks(message=message)
        self._store.sweep_files()

    def _take_over(self, path: Path, collection: str | None) -> Task:
        name, full = readable(path.name), readable(str(path.absolute()))
        try:
            self._check(path, name)
            copy = self._store.files.copy(path)
            return self._store.queue(copy, name=name, path=full, collection=collection)
        except DocumentError as error:
            reason, message = error.reason.value, str(error)
        except OSError as error:
            reason, message = _from_system(error, name)
        return self._store.queue_failed(name=name, path=full, collection=collection, reason=reason, message=message)

    def _check(self, path: Path, name: str) -> None:
        if path.is_dir():
            raise DocumentError(Reason.NOT_FOUND, f"The folder {name} holds no files to add. Choose another one.")
        size = path.stat().st_size
        if not path.is_file():
            raise DocumentError(Reason.UNSUPPORTED, f"{name} is not a file. Choose a file or a folder.")
        if size == 0:
            raise DocumentError(Reason.EMPTY_FILE, f"{name} is empty. Choose a file with content.")
        most = self._settings.max_file_mb
        if size > most * _MEGABYTE:
            text = f"{name} has {size / _MEGABYTE:,.0f} MB; files up to {most:,} MB are read. Split it, or raise 'max_file_mb' in the settings."
            raise DocumentError(Reason.TOO_BIG, text)

    def _work(self, stop: Stop) -> Events:
        closing = Event()
        with ThreadPoolExecutor(1, thread_name_prefix="reading") as executor:
            try:
                while not stop() and (task := self._store.claim_task()):
                    must_stop = partial(self._must_stop, task, stop, closing)
                    yield from self._ingest(Reading(task, self._read, must_stop, executor))
            finally:
                closing.set()

    def _must_stop(self, task: Task, stop: Stop, closing: Event) -> bool:
        return closing.is_set() or stop() or not self._store.task_is_running(task.id)

    def _read(self, task: Task, progress: PageProgress, stop: Stop) -> Document:
        if stop():
            raise Stopped(f"{task.name} was stopped before it was read.")
        path = self._store.files.path(task.document_id, task.name)
        return self._parser.parse(path, name=task.name, document_id=task.document_id, progress=progress, stop=stop)

    def _ingest(self, reading: Reading) -> Events:
        """One file from its reading to its end. When the program is closing it has none, and tells nothing."""
        task, started = reading.task, time.perf_counter()
        try:
            if self._store.has_document(task.document_id):
                yield self._duplicate(task, started)
                return
            yield from self._store_document(reading, started)
        except Stopped:
            if not self._store.task_is_running(task.id):
                yield _outcome(task, TaskState.CANCELLED, started, message=f"{task.name} was cancelled.")
        except DocumentError as error:
            yield self._fail(task, started, error.reason.value, str(error))
        except RagError as error:
            yield self._fail(task, started, "", f"{task.name} could not be added: {error}")
        except Exception as error:
            _log.exception("%s could not be added", task.name)
            text = f"{task.name} could not be added: an unexpected fault ({type(error).__name__}: {error}). Try it again, or another copy."
            yield self._fail(task, started, "", text)
        finally:
            self._store.release_task(task.id)  # only what has not ended yet: the program is closing

    def _store_document(self, reading: Reading, started: float) -> Events:
        task = reading.task
        for done, total in reading.pages():
            yield Progress(task.id, task.name, "parsing", done, total)
        document = reading.document()
        passages = self._split(document)
        vectors = yield from self._embed_in_steps(reading, document, passages)
        yield Progress(task.id, task.name, "storing", 0, 1)
        seconds = time.perf_counter() - started
        self._store.add(document, passages, vectors, collection=task.collection, task_id=task.id, seconds=seconds)
        yield _outcome(task, TaskState.DONE, started, pages=len(document.pages), passages=len(passages))

    def _split(self, document: Document) -> tuple[Passage, ...]:
        passages = split(
            document,
            count_tokens=self._embedder.count_tokens,
            passage_tokens=self._settings.passage_tokens,
            overlap_tokens=self._settings.overlap_tokens,
        )
        if not passages:
            raise DocumentError(Reason.EMPTY_FILE, f"{document.name} holds no text. Choose a file with text in it.")
        return passages

    def _embed_in_steps(
        self, reading: Reading, document: Document, passages: Sequence[Passage]
    ) -> Generator[Progress, None, Vectors]:
        task, steps = reading.task, []
        for start in range(0, len(passages), EMBEDDED_AT_ONCE):
            if reading.stop():
                raise Stopped(f"{task.name} was stopped while it was embedded.")
            steps.append(self._embed(document, passages[start : start + EMBEDDED_AT_ONCE]))
            yield Progress(task.id, task.name, "embedding", min(start + EMBEDDED_AT_ONCE, len(passages)), len(passages))
        return np.concatenate(steps)

    def _embed(self, document: Document, passages: Sequence[Passage]) -> Vectors:
        return self._embedder.embed_passages(
            [context_text(document.title, passage.heading_path, passage.text) for passage in passages]
        )

    def _duplicate(self, task: Task, started: float) -> FileOutcome:
        self._store.finish_duplicate(task, seconds=time.perf_counter() - started)
        return _outcome(task, TaskState.DUPLICATE, started, message=f"{task.name} is in the library already.")

    def _fail(self, task: Task, started: float, reason: str, message: str) -> FileOutcome:
        self._store.fail_task(task.id, reason=reason, message=message, seconds=time.perf_counter() - started)
        return _outcome(task, TaskState.FAILED, started, reason=reason, message=message)


def _outcome(
    task: Task, state: TaskState, started: float, *, pages: int = 0, passages: int = 0, reason: str = "", message: str = ""
) -> FileOutcome:
    seconds = time.perf_counter() - started
    return FileOutcome(task.path, task.name, state, task.document_id, pages, passages, seconds, reason, message)


def _from_system(error: OSError, name: str) -> tuple[str, str]:
    """The reason, or none, and the sentence for what the operating system refused."""
    reason = _REASONS.get(error.errno or 0)
    advice = _ADVICE[reason] if reason else "Check that you may read it, and add it again."
    return reason.value if reason else "", f"{name} could not be taken over: {error.strerror or error}. {advice}"
