"""The one thread that works the library's queue, while the page only looks at how far it is."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event, Lock, Thread, current_thread

from rag_app.library import Library
from rag_app.records import FileOutcome, Progress, Task, TaskState
from rag_app.ui.job import failure_of
from rag_app.ui.pace import Pace, Stage
from rag_app.visitors import Turns

LENT_AFTER_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Files on their way in. `progress` is by task, `added` counts those that became documents since the work was begun.

    `failure` is the sentence that tells why the work ended early, or empty. `folders` are those of each name found in several.
    """

    tasks: tuple[Task, ...]
    progress: Mapping[int, Progress]
    added: int
    pace: Pace
    paused: bool
    failure: str
    folders: Mapping[str, Sequence[str]]


class Importing:
    """Works the queue in the background: started on demand, ends when the queue is empty.

    Where several visitors' libraries are worked, `turns` goes round among them, file by file; beside a file that takes long the
    others go on.
    """

    def __init__(self, library: Library, turns: Turns | None = None, visitor: str = "") -> None:
        self._library = library
        self._turns = turns or Turns(1)
        self._visitor = visitor
        self._lock = Lock()
        self._stop = Event()
        self._paused = Event()
        self._thread: Thread | None = None
        self._wanted = False
        self._progress: dict[int, Progress] = {}
        self._added = 0
        self._ended = 0
        self._started = self._ended_at = 0.0
        self._first: tuple[Progress, float] | None = None  # what was told first of the stage of the running file, and when
        self._failure = ""
        self.news = 0  # grows when work is asked for, with every file that ends, and when the work ends

    @property
    def running(self) -> bool:
        """Whether files are being worked on."""
        with self._lock:
            return self._thread is not None

    @property
    def paused(self) -> bool:
        """Whether a person had the work wait."""
        return self._paused.is_set()

    def arrivals(self) -> Arrivals:
        """The queue as it stands, and how far the work is."""
        progress = dict(self._progress)
        tasks, folders = self._library.tasks(done=False), self._library.task_folders()
        return Arrivals(tasks, progress, self._added, self._pace(), self.paused, self._failure, folders)

    def start(self) -> None:
        """Work the queue until it is empty, what is added meanwhile included."""
        with self._lock:
            self._wanted = True
            self.news += 1
            if self._thread is None and not self._must_stop():
                self._added, self._ended, self._failure = 0, 0, ""
                self._started = self._ended_at = time.monotonic()
                self._thread = Thread(target=self._run, name="importing", daemon=True)
                self._thread.start()

    def pause(self) -> None:
        """Stop after the present step; the file that was read waits again, and all the others."""
        self._paused.set()

    def resume(self) -> None:
        """Go on with the queue."""
        self._paused.clear()
        self.start()

    def lift(self) -> None:
        """End a pause that nothing is left of: what is added later does not wait for somebody to remember it."""
        if not any(task.state in (TaskState.WAITING, TaskState.RUNNING) for task in self._library.tasks(done=False)):
            self._paused.clear()

    def close(self) -> None:
        """Stop after the present step and wait for the thread; the queue keeps what is left."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            while self._take():
                with self._turns.taken(self._visitor, self._must_stop) as taken:
                    if taken:
                        self._work()
        except Exception as error:
            self._failure = failure_of(error)
        finally:
            with self._lock:
                if self._thread is current_thread():
                    self._end()

    def _pace(self) -> Pace:
        now, first, last = time.monotonic(), self._first, next(iter(self._progress.values()), None)
        stage = Stage(first[0], last, now - first[1]) if first and last and first[0].stage == last.stage else None
        return Pace(self._ended, self._ended_at - self._started, now - self._ended_at, stage)

    def _must_stop(self) -> bool:
        return self._stop.is_set() or self._paused.is_set()

    def _work(self) -> None:
        """Work the queue to its end, or until a file is done and somebody else waits; one that takes long is not waited for."""
        gives_way, began = Event(), time.monotonic()
        for report in self._library.work(lambda: gives_way.is_set() or self._must_stop()):
            self._note(report)
            if not self._turns.others_wait(self._visitor):
                continue
            if isinstance(report, FileOutcome):
                gives_way.set()
            elif time.monotonic() - began > LENT_AFTER_SECONDS:
                self._turns.lend(self._visitor)
        if gives_way.is_set() and any(task.state is TaskState.WAITING for task in self._library.tasks()):
            with self._lock:
                self._wanted = True

    def _take(self) -> bool:
        """Whether there is work. With none the thread counts as ended at once, so that `start` begins a new one."""
        with self._lock:
            wanted, self._wanted = self._wanted and not self._must_stop(), False
            if not wanted:
                self._end()
            return wanted

    def _end(self) -> None:
        self._thread = None
        self._progress, self._first = {}, None
        self.news += 1

    def _note(self, report: Progress | FileOutcome) -> None:
        if isinstance(report, Progress):
            if self._first is None or self._first[0].stage != report.stage:
                self._first = report, time.monotonic()
            self._progress = {report.task_id: report}
            return
        self._ended += 1
        self._ended_at = time.monotonic()
        self.news += 1
        self._progress, self._first = {}, None
        if report.state is TaskState.DONE:
            self._added += 1
