"""A library for tests of the page: keeps documents and conversations in memory, answers with the sentences it finds.

It works like the real one as far as the page can tell; `pace` (seconds) slows the steps that are slow in life. Several threads
use it at once, as they do the real one: what is changed is changed under one lock, where the real one has a transaction.
"""

from __future__ import annotations

import hashlib
import re
import struct
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from rag_app.errors import DocumentError, LibraryError, QuestionError, Reason
from rag_app.exporting import export
from rag_app.interfaces import Stop
from rag_app.library import EVERYTHING, Library, never
from rag_app.records import (
    Answer,
    AnswerSentence,
    Citation,
    Conversation,
    Correction,
    DiskUse,
    DocumentSummary,
    Evidence,
    Export,
    ExportFormat,
    Feedback,
    FileOutcome,
    Folder,
    FolderChanges,
    FolderDocument,
    Hit,
    MapPoint,
    PageView,
    Passage,
    PassageMap,
    Progress,
    Query,
    Rectangle,
    Scope,
    SearchResult,
    Speed,
    StoredPassage,
    Task,
    TaskState,
    Timings,
    Turn,
    Verdict,
)
from rag_app.settings import Settings
from rag_app.text.language import language

ADDED_AT = "2026-01-02T03:04:05Z"
LONGEST_QUESTION = 20_000
PAGE_BREAK = "\f"
UNFINISHED = (TaskState.WAITING, TaskState.RUNNING)


@dataclass(frozen=True)
class KnownDocument:
    """A document of the scripted library: its row, and its pages' text."""

    summary: DocumentSummary
    pages: tuple[str, ...]


@dataclass
class ScriptedLibrary(Library):
    """The library's interface over dictionaries."""

    pace: float = 0.0
    storage: Path = Path("no such storage")
    known: dict[str, KnownDocument] = field(default_factory=dict)
    queue: dict[int, Task] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    passwords: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    kept: list[Turn] = field(default_factory=list)
    asked: list[tuple[str, Scope]] = field(default_factory=list)
    asked_as_typed: list[str] = field(default_factory=list)
    pages_asked_for: list[tuple[str, bool]] = field(default_factory=list)
    empty: set[str] = field(default_factory=set)
    followed: list[Folder] = field(default_factory=list)
    brought: set[str] = field(default_factory=set)
    syncs: list[bool] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)
    stops_seen: int = 0
    answering: int = 0
    lock: RLock = field(default_factory=RLock)
    tasks_ever: int = 0

    def close(self) -> None:
        """Nothing to close."""

    def begin_anew(self, *, pace: float = 0.0) -> None:
        """Be as new for the next test, once the answer is over that the page of the last one left behind.

        What a thread still reads for that page finds its task gone.
        """
        deadline = time.monotonic() + 30
        while self.answering and time.monotonic() < deadline:
            time.sleep(0.01)
        with self.lock:
            lock, tasks_ever = self.lock, self.tasks_ever
            self.__init__(pace=pace)  # type: ignore[misc]
            self.lock, self.tasks_ever = lock, tasks_ever

    def put(self, name: str, text: str, *, collection: str | None = None) -> str:
        """Add a document at once, its pages parted by form feeds; its id."""
        pages = tuple(text.split(PAGE_BREAK))
        document_id = hashlib.sha256(text.encode()).hexdigest()
        media_type = "application/pdf" if name.endswith(".pdf") else "text/plain"
        collections = (collection,) if collection else ()
        passages = sum(len(_spans(page)) for page in pages)
        row = DocumentSummary(
            document_id, name, name, media_type, len(text), len(pages), passages, collections, ADDED_AT, language(text), name
        )
        with self.lock:
            self.known[document_id] = KnownDocument(row, pages)
        return document_id

    def _all(self) -> tuple[KnownDocument, ...]:
        """The documents as they are now, whatever is added or removed meanwhile."""
        with self.lock:
            return tuple(self.known.values())

    def add(
        self,
        paths: Sequence[Path],
        *,
        collection: str | None = None,
        password: str = "",
        uploaded: bool = False,
        progress: Callable[[int], None] = lambda done: None,
    ) -> tuple[Task, ...]:
        return tuple(self._queued(path.name, str(path), path.read_bytes(), collection) for path in paths)

    def _queued(self, name: str, path: str, content: bytes, collection: str | None = None, again: str = "") -> Task:
        """A new task, which has a number that none had before; `again` is the document that is read again."""
        with self.lock:
            self.tasks_ever += 1
            digest = again or hashlib.sha256(content).hexdigest()
            task = Task(self.tasks_ever, name, path, digest, collection, TaskState.WAITING, 0, "", "", again=bool(again))
            self.contents[task.id], self.queue[task.id] = content, task
            return task

    def work(self, stop: Stop = never) -> Iterator[Progress | FileOutcome]:
        while not stop() and (task := self._claimed()):
            for done in range(5):
                if not self._runs(task):
                    break
                if stop():
                    self._released(task)
                    return
                yield Progress(task.id, task.name, "embedding", done, 5)
                time.sleep(self.pace)
            with self.lock:
                outcome = self._finish(task)
            yield outcome

    def _claimed(self) -> Task | None:
        """The oldest task that waits, running from now on."""
        with self.lock:
            for task in self.queue.values():
                if task.state is TaskState.WAITING:
                    self.queue[task.id] = replace(task, state=TaskState.RUNNING, attempts=task.attempts + 1)
                    return task
            return None

    def _runs(self, task: Task) -> bool:
        """Whether a claimed task was neither cancelled nor cleared since."""
        with self.lock:
            return task.id in self.queue and self.queue[task.id].state is TaskState.RUNNING

    def _released(self, task: Task) -> None:
        with self.lock:
            if self._runs(task):
                self.queue[task.id] = task

    def _finish(self, task: Task) -> FileOutcome:
        """How a claimed task ends."""
        if not self._runs(task):
            return FileOutcome(task.path, task.name, TaskState.CANCELLED, "", 0, 0, 0.0, "", "")
        text = self.contents[task.id].decode("utf-8", "replace")
        if not text.strip():
            message = f"{task.name} is empty."
            self.queue[task.id] = replace(task, state=TaskState.FAILED, reason="EMPTY_FILE", message=message)
            return FileOutcome(task.path, task.name, TaskState.FAILED, "", 0, 0, 0.0, "EMPTY_FILE", message)
        if text.startswith("LOCKED") and self.passwords.pop(task.id, "") != "open sesame":
            self.queue[task.id] = replace(
                task, state=TaskState.FAILED, reason="PASSWORD_NEEDED", message=f"{task.name} is locked."
            )
            return FileOutcome(task.path, task.name, TaskState.FAILED, "", 0, 0, 0.0, "PASSWORD_NEEDED", "")
        if not task.again:
            self.put(task.name, text, collection=task.collection)
        self.queue[task.id] = replace(task, state=TaskState.DONE)
        return FileOutcome(task.path, task.name, TaskState.DONE, task.document_id, 1, 1, 0.0, "", "")

    def task_folders(self, name: str = "") -> dict[str, list[str]]:
        return {}

    def tasks(self, *, done: bool = True) -> tuple[Task, ...]:
        with self.lock:
            return tuple(self.queue.values())

    def cancel(self, task_id: int) -> None:
        with self.lock:
            self._cancelled(self._task(task_id))

    def retry(self, task_id: int, password: str = "") -> None:
        with self.lock:
            self.queue[task_id] = replace(self._task(task_id), state=TaskState.WAITING, reason="", message="")
            self.passwords[task_id] = password

    def discard(self, task_id: int) -> None:
        with self.lock:
            self.queue.pop(task_id, None)

    def clear_tasks(self) -> None:
        with self.lock:
            self.queue = {number: task for number, task in self.queue.items() if task.state in UNFINISHED}

    def cancel_all(self) -> None:
        with self.lock:
            for task in self.tasks():
                self._cancelled(task)

    def _cancelled(self, task: Task) -> None:
        if task.state in UNFINISHED:
            self.queue[task.id] = replace(task, state=TaskState.CANCELLED)

    def reread(self, document_ids: Sequence[str]) -> None:
        for document_id in document_ids:
            row = self._known(document_id)
            self._queued(row.name, row.name, PAGE_BREAK.join(self.known[document_id].pages).encode(), again=row.id)

    def add_page(self, address: str, *, private: bool = False, collection: str | None = None) -> Task:
        if "." not in address:
            raise DocumentError(Reason.ADDRESS_REFUSED, f"{address} is no address of a public page.")
        self.pages_asked_for.append((address, private))
        return self._queued("page.html", address, f"The page at {address}.".encode(), collection)

    def make_collection(self, name: str) -> None:
        self.empty.add(name)

    def rename_collection(self, name: str, new: str) -> None:
        if new in self.collections():
            raise LibraryError(f"There is a collection {new} already.")
        self.empty = {new if one == name else one for one in self.empty}
        self._collect(lambda names: {new if one == name else one for one in names})

    def delete_collection(self, name: str) -> None:
        self.empty.discard(name)
        self._collect(lambda names: names - {name})

    def put_in_collection(self, document_ids: Sequence[str], name: str) -> None:
        self._collect(lambda names: names | {name}, document_ids)

    def take_from_collection(self, document_ids: Sequence[str], name: str) -> None:
        self._collect(lambda names: names - {name}, document_ids)

    def _collect(self, change: Callable[[set[str]], set[str]], document_ids: Sequence[str] | None = None) -> None:
        with self.lock:
            for known in self._all():
                if document_ids is None or known.summary.id in document_ids:
                    names = tuple(sorted(change(set(known.summary.collections))))
                    self.known[known.summary.id] = replace(known, summary=replace(known.summary, collections=names))

    def disk_use(self) -> DiskUse:
        return DiskUse(sum(known.summary.size for known in self._all()), 4096, 10**9)

    def folders(self) -> tuple[Folder, ...]:
        return tuple(self.followed)

    def add_folder(self, path: Path, *, collection: str | None = None) -> Folder:
        if not path.is_dir():
            raise LibraryError(f"There is no folder {path}. Check the path and add it again.")
        self.followed.append(Folder(len(self.followed) + 1, str(path), collection, 0, ""))
        return self.followed[-1]

    def forget_folder(self, folder_id: int) -> None:
        self.followed = [folder for folder in self.followed if folder.id != folder_id]

    def sync_folders(self, stop: Stop = never, *, remove: bool = False) -> tuple[FolderChanges, ...]:
        self.syncs.append(remove)
        return tuple(self._synced(folder, remove) for folder in self.followed)

    def keep_gone_files(self) -> None:
        self.brought.clear()

    def _synced(self, folder: Folder, remove: bool) -> FolderChanges:
        """A folder compared by the names of its files: simpler than the real thing, which goes by content."""
        paths = {path.name: path for path in Path(folder.path).iterdir()}
        added = tuple(sorted(paths.keys() - self.brought))
        self.add([paths[name] for name in added], collection=folder.collection)
        gone = [row for row in self.documents() if row.name in self.brought and row.name not in paths]
        if remove:
            self.remove([row.id for row in gone])
        self.brought |= set(added)
        return FolderChanges(folder, added=added, doomed=tuple(FolderDocument(row.id, row.name) for row in gone))

    def documents(self, collection: str | None = None) -> tuple[DocumentSummary, ...]:
        rows = [known.summary for known in self._all()]
        return tuple(row for row in rows if collection is None or collection in row.collections)

    def collections(self) -> tuple[str, ...]:
        return tuple(sorted({name for known in self._all() for name in known.summary.collections} | self.empty))

    def passages(self, document_id: str, limit: int = -1) -> tuple[StoredPassage, ...]:
        row = self._known(document_id)
        spans = [(n, span) for n, text in enumerate(self.known[document_id].pages, 1) for span in _spans(text)]
        return tuple(self._stored(row, number, *span) for number, span in spans)[: limit if limit >= 0 else None]

    def passages_near(self, passage_id: int, reach: int) -> tuple[StoredPassage, ...]:
        for row in self.documents():
            passages = self.passages(row.id)
            if any(stored.id == passage_id for stored in passages):
                return passages
        return ()

    def map(self, answer: Answer, *, scope: Scope = EVERYTHING, count: int = 40) -> PassageMap:
        used = [found.stored for found in answer.evidence]
        points = [MapPoint(stored, (n + 1) / (len(used) + 1), 0.5, 0.5) for n, stored in enumerate(used)]
        return PassageMap(0.5, 0.1, tuple(points), 0.25)

    def remove(self, document_ids: Sequence[str]) -> None:
        with self.lock:
            for document_id in document_ids:
                self._known(document_id)
                del self.known[document_id]

    def ask(
        self,
        question: str,
        *,
        scope: Scope = EVERYTHING,
        stop: Stop = never,
        as_typed: bool = False,
        before: Sequence[Turn] = (),
    ) -> Iterator[Answer]:
        if len(question) > LONGEST_QUESTION:
            raise QuestionError(f"The question has {len(question)} characters; ask one of at most {LONGEST_QUESTION}.")
        self.asked.append((question, scope))
        if as_typed:
            self.asked_as_typed.append(question)
        return self._answers(_query(question, as_typed, before), scope, stop)

    def search(self, question: str, *, top_k: int = 10, scope: Scope = EVERYTHING, as_typed: bool = False) -> SearchResult:
        found = self._evidence(question, scope)[:top_k]
        return SearchResult(_query(question, as_typed, ()), tuple(Hit(one.stored, one.score, ()) for one in found), 0.0, 0.0, 0.0)

    def _answers(self, query: Query, scope: Scope, stop: Stop) -> Iterator[Answer]:
        with self.lock:
            self.answering += 1
        try:
            yield from self._written(query, scope, stop)
        finally:
            with self.lock:
                self.answering -= 1

    def _written(self, query: Query, scope: Scope, stop: Stop) -> Iterator[Answer]:
        answer = Answer(query.original, query)
        yield answer
        answer = replace(answer, evidence=self._evidence(query.searched, scope), confidence=0.9)
        yield answer
        time.sleep(self.pace)
        if not answer.evidence:
            yield replace(answer, abstained=True, finished=True, confidence=0.1)
            return
        for number, found in enumerate(answer.evidence[:3], start=1):
            for end in range(0, len(found.text), 4):
                if stop():
                    self.stops_seen += 1
                    yield replace(answer, stopped=True, finished=True)
                    return
                yield replace(answer, draft=found.text[:end])
                time.sleep(self.pace)
            sentence = AnswerSentence(found.text, Verdict.SUPPORTED, (_cite(number, found),))
            answer = replace(answer, sentences=(*answer.sentences, sentence))
        yield replace(answer, finished=True, timings=Timings(total=1234.0))

    def _evidence(self, question: str, scope: Scope) -> tuple[Evidence, ...]:
        wanted = set(_words(question))
        found = []
        for row in self.documents(scope.collection):
            if scope.document_ids and row.id not in scope.document_ids:
                continue
            for number, text in enumerate(self.known[row.id].pages, start=1):
                for start, end in _spans(text):
                    share = len(wanted & set(_words(text[start:end])))
                    stored = self._stored(row, number, start, end)
                    found.append(Evidence(stored, start, end, text[start:end], float(share)))
        return tuple(sorted((one for one in found if one.score), key=lambda one: -one.score))

    def _stored(self, row: DocumentSummary, page: int, start: int, end: int) -> StoredPassage:
        """A sentence as a passage; its id is made of its place."""
        text = self.known[row.id].pages[page - 1][start:end]
        number = 10_000_000 * list(self.known).index(row.id) + 10_000 * page + start
        return StoredPassage(number, row.name, row.title, Passage(row.id, page, start, end, (), text))

    def view(self, document_id: str, page: int, start: int, end: int) -> PageView:
        row = self._known(document_id)
        if not 1 <= page <= row.pages:
            raise LibraryError(f"There is no page {page} in {row.name}.")
        text = self.known[document_id].pages[page - 1]
        if row.media_type != "application/pdf":
            return PageView(document_id, row.name, page, row.pages, text, start, end, None, ())
        rectangles = (Rectangle(0.1, 0.2, 0.6, 0.24), Rectangle(0.1, 0.25, 0.4, 0.29)) if end > start else ()
        return PageView(document_id, row.name, page, row.pages, text, start, end, _picture(), rectangles)

    def start_conversation(self, title: str) -> Conversation:
        with self.lock:
            number = max(self.titles, default=0) + 1
            self.titles[number] = title
        return Conversation(number, title, ADDED_AT)

    def conversations(self, search: str = "") -> tuple[Conversation, ...]:
        with self.lock:
            titles = sorted(self.titles.items(), reverse=True)
        return tuple(Conversation(number, title, ADDED_AT) for number, title in titles if search.lower() in title.lower())

    def turns(self, conversation_id: int, last: int = -1) -> tuple[Turn, ...]:
        found = [turn for turn in self.kept if turn.conversation_id == conversation_id]
        return tuple(found[-last:] if last > 0 else found)

    def turn_count(self, conversation_id: int) -> int:
        return len(self.turns(conversation_id))

    def turn(self, turn_id: int) -> Turn:
        for turn in self.kept:
            if turn.id == turn_id:
                return turn
        raise LibraryError(f"The answer {turn_id} was deleted.")

    def keep_turn(self, conversation_id: int, answer: Answer) -> Turn:
        with self.lock:
            self.kept.append(Turn(max((turn.id for turn in self.kept), default=0) + 1, conversation_id, answer))
            return self.kept[-1]

    def rate(self, turn_id: int, feedback: Feedback) -> None:
        self._rated(turn_id, feedback)

    def withdraw_rating(self, turn_id: int) -> None:
        self._rated(turn_id, None)

    def _rated(self, turn_id: int, feedback: Feedback | None) -> None:
        self.turn(turn_id)
        with self.lock:
            self.kept = [replace(turn, feedback=feedback) if turn.id == turn_id else turn for turn in self.kept]

    def rename_conversation(self, conversation_id: int, title: str) -> None:
        self.titles[conversation_id] = title

    def delete_conversation(self, conversation_id: int) -> None:
        with self.lock:
            self.titles.pop(conversation_id, None)
            self.kept = [turn for turn in self.kept if turn.conversation_id != conversation_id]

    def export_conversation(self, conversation_id: int, *, format: ExportFormat, language: str = "en") -> Export:
        conversation = Conversation(conversation_id, self.titles[conversation_id], ADDED_AT)
        return export(conversation, self.turns(conversation_id), self.view, format=format, language=language)

    def change_settings(self, **changes: object) -> None:
        self.settings = self.settings.changed(**changes)

    def measure_speed(self, stop: Stop) -> Iterator[Speed]:
        yield Speed(120.0, 0.0, 1.0, False)
        time.sleep(self.pace)
        yield Speed(125.0, 40.0, 2.0, True)

    def _task(self, task_id: int) -> Task:
        if task_id not in self.queue:
            raise LibraryError(f"There is no file {task_id} in the queue.")
        return self.queue[task_id]

    def _known(self, document_id: str) -> DocumentSummary:
        if document_id not in self.known:
            raise LibraryError("This document is no longer in the library.")
        return self.known[document_id].summary


def _query(question: str, as_typed: bool, before: Sequence[Turn]) -> Query:
    """The query of a question, in which one word is known to be misspelled, and of "Why?", which leans on the turn before."""
    if question == "Why?" and before and not as_typed:
        understood = f"Why? {before[-1].answer.query.searched}"
        return Query(question, understood, "en", (), understood=understood)
    if as_typed or "stel " not in question:
        return Query(question, question, "en", ())
    return Query(question, question.replace("stel ", "steel "), "en", (), (Correction("stel", "steel"),))


def _cite(number: int, found: Evidence) -> Citation:
    passage = found.stored.passage
    name = found.stored.document_name
    return Citation(number, found.stored.id, passage.document_id, name, passage.page, found.start, found.end, found.text)


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^.。\s][^.。]*[.。]?", text)]


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]{4,}|[一-鿿]{2}", text.lower())


def _picture() -> bytes:
    """A PNG of 60 by 80 pixels, white with grey lines."""
    rows = b"".join(b"\x00" + (b"\xbb" if y % 8 == 4 else b"\xff") * 60 for y in range(80))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60, 80, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
