"""From a path to a stored document: queue, parse, split, embed, store. Every file ends by itself, whatever the others do."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from threading import Event

from rag_app.errors import DocumentError, FullDiskError, LibraryError, RagError, Reason, Stopped
from rag_app.ingestion.embedding import Begun, embed, joined, texts_to_embed
from rag_app.ingestion.enclosed import WhyNoRoom, take_enclosed
from rag_app.ingestion.pages import take_page
from rag_app.ingestion.paths import files_of
from rag_app.ingestion.running_task import RunningTask
from rag_app.ingestion.taking_over import take_over
from rag_app.ingestion.turn import Turn
from rag_app.interfaces import EmbeddedPassages, Embedder, FileProgress, PageProgress, Parser, Stop
from rag_app.records import Document, FileOutcome, Passage, Progress, Task, TaskState
from rag_app.settings import Settings
from rag_app.splitting import split
from rag_app.store import Store

COUNTED_AT_ONCE, EMBEDDED_AT_ONCE = 500, 16
_AGAIN = (TaskState.FAILED, TaskState.CANCELLED)
_log = logging.getLogger(__name__)

Events = Generator[Progress | FileOutcome, None, None]


class Ingestion:
    """Takes files over and turns them into documents of the store. Safe to use from several threads and programs."""

    def __init__(self, store: Store, parser: Parser, embedder: Embedder, settings: Settings) -> None:
        self._store = store
        self._parser = parser
        self._embedder = embedder
        self._settings = settings
        self._passwords: dict[int, str] = {}  # task -> password, until the file is read; never stored
        self._begun = Begun()
        self._why_no_room: WhyNoRoom = lambda size: ""
        self._turn = Turn(store.storage / "ingestion.lock")
        with self._turn.taken(waiting=lambda: False, stop=lambda: True) as taken:
            if taken:
                self._recover()

    def follow(self, settings: Settings) -> None:
        """Go by these settings from now on."""
        self._settings = settings

    def limit(self, why_no_room: WhyNoRoom) -> None:
        """Ask `why_no_room` from now on before a file is taken out of another, or a web page is kept."""
        self._why_no_room = why_no_room

    def add(
        self,
        paths: Sequence[Path],
        *,
        collection: str | None = None,
        password: str = "",
        uploaded: bool = False,
        progress: FileProgress = lambda count: None,
    ) -> tuple[Task, ...]:
        """Copy files, and the files of folders, into the library's folder and queue them, durably; `password` opens them.

        `progress(count)` counts them. The folder of one that was `uploaded` tells nothing.
        One that cannot be taken over becomes a failed task with its reason, one that the library holds already a duplicate.
        """
        most = self._settings.max_file_mb
        files = files_of(paths, without=self._store.storage)
        tasks = list[Task]()
        for path in files:
            tasks.append(take_over(self._store, path, collection=collection, max_file_mb=most, folder="" if uploaded else None))
            progress(len(tasks))
        self._passwords.update({task.id: password for task in tasks if password and task.state is TaskState.WAITING})
        return tuple(tasks)

    def add_page(self, address: str, *, private: bool, collection: str | None = None) -> Task:
        """Fetch a web page and queue it. Raises `DocumentError` when it cannot be fetched, or there is no room for it."""
        most, why_no_room = self._settings.max_file_mb, self._why_no_room
        return take_page(self._store, address, private=private, collection=collection, max_file_mb=most, why_no_room=why_no_room)

    def work(self, stop: Stop) -> Iterator[Progress | FileOutcome]:
        """Work the queue until nothing in it waits or runs, or `stop()` is true, telling how far each file is and how it ended.

        While another program works the same queue this one waits; it does not tell of the other's files.
        A file that is stopped in the middle waits again. Raises `LibraryError` when another embedder was chosen meanwhile.
        """
        with self._turn.taken(waiting=self._store.has_open_tasks, stop=stop) as taken:
            if taken:
                self._store.expect_embedder(self._embedder.id, self._embedder.dimension)
                self._recover()
                yield from self._work(stop)
                if not self._store.has_open_tasks():
                    self._parser.rest()

    def begin_anew(self) -> None:
        """Put every document back into the queue, to be read again and embedded by this embedder; `work` does it.

        Raises `LibraryError`, with nothing changed, when an original is gone or another program is adding files.
        """
        with self._turn.taken(waiting=lambda: False, stop=lambda: True) as taken:
            if not taken:
                raise LibraryError(
                    f"Another program is adding files to the library in {self._store.storage}. "
                    "Wait until it is done, or close it, and try again."
                )
            self._store.requeue(self._embedder.id, self._embedder.dimension)

    def add_documents(self, documents: Sequence[Document], stop: Stop = lambda: False) -> None:
        """Store documents that are already read, each in one transaction; those that the library holds are passed over.

        While another program works the queue or adds such documents, this one waits. Raises `Stopped` when `stop()` says so.
        """
        with self._turn.taken(waiting=lambda: True, stop=stop):
            for document in documents:
                if not self._store.has_document(document.id):
                    passages = self._split(document, lambda done, total: None, stop)
                    texts = texts_to_embed(document, passages, self._embedder)
                    steps = list(self._steps(document.name, texts, 0, stop))
                    self._store.add(document, passages, joined(steps, len(passages)))

    def cancel(self, task_id: int) -> None:
        """Take a waiting task out of the queue, or stop a running one; nothing of its file is stored."""
        self._passwords.pop(task_id, None)
        self._store.cancel_task(task_id)

    def cancel_all(self) -> None:
        """Cancel all that waits or runs."""
        self._passwords.clear()
        self._store.cancel_tasks()

    def retry(self, task_id: int, password: str = "") -> None:
        """Put a failed or cancelled task back into the queue, to be opened with `password` where it needs one.

        A file that could not be taken over is taken over again; a task whose file is not at hand any more stays as it is.
        The password is kept in memory until the file is read.
        """
        task = self._store.task(task_id)
        if task is None or task.state not in _AGAIN or not task.has_file:
            return
        if task.document_id:
            if password:
                self._passwords[task_id] = password
            self._store.retry_task(task_id)
        else:
            self._store.forget_task(task_id)
            self.add([Path(task.path)], collection=task.collection, password=password)

    def clear(self) -> None:
        """Forget the tasks that neither wait nor run, and the files that only they kept."""
        self._store.clear_tasks()

    def _recover(self) -> None:
        """Whoever has the turn knows that no other program works: what still runs was killed."""
        message = "stopped the program each time it was read. Remove it from the list, or repair the file and add it again."
        self._store.recover_tasks(message=message)
        self._store.sweep_files()

    def _work(self, stop: Stop) -> Events:
        closing = Event()
        with ThreadPoolExecutor(1, thread_name_prefix="reading") as executor:
            try:
                while not stop() and (task := self._store.claim_task()):
                    must_stop = partial(self._must_stop, task, stop, closing)
                    yield from self._ingest(task, must_stop, executor)
            finally:
                closing.set()

    def _must_stop(self, task: Task, stop: Stop, closing: Event) -> bool:
        return closing.is_set() or stop() or not self._store.task_is_running(task.id)

    def _read(self, task: Task, progress: PageProgress, stop: Stop) -> Document:
        if stop():
            raise Stopped(f"{task.name} was stopped before it was read.")
        path, password = self._store.files.path(task.document_id, task.name), self._passwords.get(task.id, "")
        return self._parser.parse(
            path, name=task.name, document_id=task.document_id, progress=progress, stop=stop, password=password
        )

    def _ingest(self, task: Task, stop: Stop, executor: Executor) -> Events:
        """One file from its reading to its end. When the program is closing it has none, and tells nothing."""
        started = time.perf_counter()
        try:
            if self._store.has_document(task.document_id) and not task.again:
                yield self._duplicate(task, started)
            else:
                yield from self._store_document(RunningTask(task, self._read, self._split, stop, executor), started)
        except Stopped:
            if not self._store.task_is_running(task.id):
                yield _cancelled(task, started)
        except DocumentError as error:
            yield self._fail(task, started, error.reason.value, str(error))
        except RagError as error:
            reason = Reason.OUT_OF_DISK.value if isinstance(error, FullDiskError) else ""
            yield self._fail(task, started, reason, f"{task.name} could not be added: {error}")
        except Exception as error:
            _log.exception("%s could not be added", task.name)
            fault = f"an unexpected fault ({type(error).__name__}: {error})"
            yield self._fail(task, started, "", f"{task.name} could not be added: {fault}. Try again, or use another copy.")
        finally:
            if not self._store.release_task(task.id):  # it has ended; else the work was stopped, and goes on another time
                self._passwords.pop(task.id, None)

    def _store_document(self, running: RunningTask, started: float) -> Events:
        task = running.task
        yield from running.progress()
        document, passages = running.result()
        found = yield from self._embed_in_steps(running, document, passages)
        with self._take_enclosed(running, document) as enclosed:
            yield Progress(task.id, task.name, "storing", 0, 1)
            self._store.add(document, passages, found, task=task, seconds=time.perf_counter() - started)
        reason = Reason.DAMAGED.value if document.damage else ""
        counts = {"pages": len(document.pages), "passages": len(passages)}
        yield _outcome(task, TaskState.DONE, started, **counts, reason=reason, message=document.damage)
        yield from (FileOutcome.of(one) for one in enclosed if one.state is not TaskState.WAITING)

    def _take_enclosed(self, running: RunningTask, document: Document) -> AbstractContextManager[tuple[Task, ...]]:
        """What the file encloses, queued before the file itself is stored: so it cannot be lost if the program ends between."""
        return take_enclosed(
            self._store,
            self._parser,
            running.task,
            media_type=document.media_type,
            max_file_mb=self._settings.max_file_mb,
            why_no_room=self._why_no_room,
            stop=running.stop,
            password=self._passwords.get(running.task.id, ""),
        )

    def _split(self, document: Document, progress: PageProgress, stop: Stop) -> tuple[Passage, ...]:
        """The passages; of a long page it tells `progress(done, total)` in characters."""

        def count_tokens(texts: Sequence[str]) -> list[int]:
            counts: list[int] = []
            done, total = 0, sum(map(len, texts))
            for start in range(0, len(texts), COUNTED_AT_ONCE):
                if stop():
                    raise Stopped(f"{document.name} was stopped before it was embedded.")
                if start:
                    done += sum(map(len, texts[start - COUNTED_AT_ONCE : start]))
                    progress(done, total)
                counts += self._embedder.count_tokens(texts[start : start + COUNTED_AT_ONCE])
            return counts

        passages = split(
            document,
            count_tokens=count_tokens,
            passage_tokens=self._settings.passage_tokens,
            overlap_tokens=self._settings.overlap_tokens,
        )
        if not passages:
            raise DocumentError(Reason.EMPTY_FILE, f"{document.name} holds no text. Choose a file with text in it.")
        return passages

    def _embed_in_steps(
        self, running: RunningTask, document: Document, passages: Sequence[Passage]
    ) -> Generator[Progress, None, EmbeddedPassages]:
        task, texts = running.task, texts_to_embed(document, passages, self._embedder)
        steps = self._begun.steps_of(texts)
        for step in self._steps(task.name, texts, len(steps), running.stop):
            steps.append(step)
            yield Progress(task.id, task.name, "embedding", min(len(steps) * EMBEDDED_AT_ONCE, len(passages)), len(passages))
        return self._begun.joined(len(passages))

    def _steps(self, name: str, texts: Sequence[str], done: int, stop: Stop) -> Iterator[EmbeddedPassages]:
        """The texts embedded a few at a time, behind the steps that are `done`. Raises `Stopped`."""
        for start in range(done * EMBEDDED_AT_ONCE, len(texts), EMBEDDED_AT_ONCE):
            if stop():
                raise Stopped(f"{name} was stopped while it was embedded.")
            yield embed(self._embedder, texts[start : start + EMBEDDED_AT_ONCE])

    def _duplicate(self, task: Task, started: float) -> FileOutcome:
        ended = self._store.finish_duplicate(task, seconds=time.perf_counter() - started)
        if ended.state is TaskState.CANCELLED:
            return _cancelled(task, started)
        return _outcome(ended, ended.state, started, reason=ended.reason, message=ended.message)

    def _fail(self, task: Task, started: float, reason: str, message: str) -> FileOutcome:
        if not self._store.fail_task(task.id, reason=reason, message=message, seconds=time.perf_counter() - started):
            return _cancelled(task, started)
        return _outcome(task, TaskState.FAILED, started, reason=reason, message=message)


def _cancelled(task: Task, started: float) -> FileOutcome:
    return _outcome(task, TaskState.CANCELLED, started, message=f"{task.name} was cancelled.")


def _outcome(
    task: Task, state: TaskState, started: float, *, pages: int = 0, passages: int = 0, reason: str = "", message: str = ""
) -> FileOutcome:
    seconds = time.perf_counter() - started
    return FileOutcome(task.path, task.name, state, task.document_id, pages, passages, seconds, reason, message, task.folder)
