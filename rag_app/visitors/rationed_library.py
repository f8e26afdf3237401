"""The library of one visitor: within limits, in turn with the others, and without what is for a person at the machine."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import NoReturn

from rag_app.errors import Refusal, Stopped, VisitorError
from rag_app.interfaces import FileProgress, Stop
from rag_app.library import EVERYTHING, Library, never
from rag_app.records import (
    Answer,
    Conversation,
    FileOutcome,
    Folder,
    FolderChanges,
    Progress,
    Scope,
    SearchResult,
    Speed,
    Task,
    TaskState,
    Turn,
)
from rag_app.visitors.limits import Limits
from rag_app.visitors.turns import Turns

MEGABYTE = 1 << 20
MINUTE = 60.0


class RationedLibrary(Library):
    """A library that says no with a `VisitorError`; whatever view or call it is reached by, this is where it ends."""

    _visitor = ""
    _limits = Limits()
    _answers = Turns(1)

    def ration(self, visitor: str, limits: Limits, answers: Turns) -> None:
        """Hold this library of `visitor` to `limits`; its answers take their turns in `answers`."""
        self._visitor, self._limits, self._answers = visitor, limits, answers
        self._asked_at: deque[float] = deque()
        self._asking, self._entering = Lock(), Lock()
        self._ingestion.limit(self._why_no_room)

    def add(
        self,
        paths: Sequence[Path],
        *,
        collection: str | None = None,
        password: str = "",
        uploaded: bool = False,
        progress: FileProgress = lambda count: None,
    ) -> tuple[Task, ...]:
        """Files only: a folder would be one of the server. One call after the other, so that each counts what came before."""
        if any(path.is_dir() or path.is_symlink() for path in paths):
            self._refuse()
        with self._entering:
            self._check_room(len(paths), sum(path.stat().st_size for path in paths if path.exists()))
            return super().add(paths, collection=collection, password=password, uploaded=uploaded, progress=progress)

    def add_page(self, address: str, *, private: bool = False, collection: str | None = None) -> Task:
        """A public web page, whatever `private` says: the network around the server is not the visitor's."""
        self._check_room(1, 0)
        return super().add_page(address, private=False, collection=collection)

    def retry(self, task_id: int, password: str = "") -> None:
        """Put a failed or cancelled file back into the queue, if there is room for it."""
        with self._entering:
            self._check_room(1, 0)
            super().retry(task_id, password)

    def work(self, stop: Stop = never) -> Iterator[Progress | FileOutcome]:
        """The queue, until the library holds as many pages as it may; the rest is cancelled then."""
        for report in super().work(stop):
            yield report
            if isinstance(report, FileOutcome) and self._pages() >= self._limits.pages:
                for task in self.tasks():
                    if task.state is TaskState.WAITING:
                        self.cancel(task.id)

    def search(self, question: str, *, top_k: int = 10, scope: Scope = EVERYTHING, as_typed: bool = False) -> SearchResult:
        """The passages; counts as a question."""
        self._count_question()
        with self._answers.taken(self._visitor, never):
            return super().search(question, top_k=top_k, scope=scope, as_typed=as_typed)

    def ask(
        self,
        question: str,
        *,
        scope: Scope = EVERYTHING,
        stop: Stop = never,
        as_typed: bool = False,
        before: Sequence[Turn] = (),
    ) -> Iterator[Answer]:
        """The answers, once it is this visitor's turn. Raises `Stopped` for one that is stopped before."""
        self._count_question()
        with self._answers.taken(self._visitor, stop) as taken:
            if not taken:
                raise Stopped("The question was stopped before its turn came. Ask it again when you like.")
            yield from super().ask(question, scope=scope, stop=stop, as_typed=as_typed, before=before)

    def start_conversation(self, title: str) -> Conversation:
        """A new conversation; the oldest go where there are too many."""
        for old in self.conversations()[self._limits.conversations - 1 :]:
            self.delete_conversation(old.id)
        return super().start_conversation(title)

    def add_folder(self, path: Path, *, collection: str | None = None) -> Folder:
        """Not here: the folders are the server's."""
        self._refuse()

    def preview_folders(self) -> tuple[FolderChanges, ...]:
        """Not here."""
        self._refuse()

    def sync_folders(self, stop: Stop = never, *, remove: bool = False) -> tuple[FolderChanges, ...]:
        """Not here."""
        self._refuse()

    def measure_speed(self, stop: Stop) -> Iterator[Speed]:
        """Not here: it keeps everybody waiting."""
        self._refuse()

    def change_settings(self, **changes: object) -> None:
        """Not here: the models are everybody's."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise VisitorError(Refusal.NOT_HERE, "This works only where Footnote runs on a machine of your own.")

    def _pages(self) -> int:
        return sum(document.pages for document in self.documents())

    def _check_room(self, files: int, size: int) -> None:
        """Raise `VisitorError` unless so many more files of so many bytes together fit in."""
        limits = self._limits
        if len(self.documents()) + self._store.open_task_count() + files > limits.documents:
            raise _too_many(Refusal.TOO_MANY_DOCUMENTS, limits.documents, "documents")
        kept = sum(path.stat().st_size for _, path in self._store.files.names())
        if kept + size > limits.megabytes * MEGABYTE:
            raise _too_many(Refusal.TOO_MANY_MEGABYTES, limits.megabytes, "megabytes")
        if self._pages() >= limits.pages:
            raise _too_many(Refusal.TOO_MANY_PAGES, limits.pages, "pages")

    def _why_no_room(self, size: int) -> str:
        """Why a file of so many bytes does not fit in, or ""."""
        try:
            self._check_room(1, size)
        except VisitorError as refusal:
            return str(refusal)
        return ""

    def _count_question(self) -> None:
        """Raise `VisitorError` when the questions of the last minute are as many as may be."""
        now, most = time.monotonic(), self._limits.questions_a_minute
        with self._asking:
            while self._asked_at and now - self._asked_at[0] > MINUTE:
                self._asked_at.popleft()
            if len(self._asked_at) >= most:
                message = f"{most} questions a minute can be asked here. Wait a moment and ask again."
                raise VisitorError(Refusal.TOO_MANY_QUESTIONS, message, most)
            self._asked_at.append(now)


def _too_many(refusal: Refusal, most: int, what: str) -> VisitorError:
    return VisitorError(refusal, f"A library here holds up to {most:,} {what}. Remove a document and try again.", most)
