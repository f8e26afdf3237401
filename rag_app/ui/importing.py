"""The one thread that works the library's queue, while the page only looks at how far it is."""

from __future__ import annotations

from threading import Event, Lock, Thread

from rag_app.errors import RagError
from rag_app.library import Library
from rag_app.records import FileOutcome, Progress, TaskState
from rag_app.visitors import Turns


class Importing:
    """Works the queue in the background: started on demand, ends when the queue is empty.

    Where several visitors' libraries are worked, `turns` goes round among them, file by file.
    """

    def __init__(self, library: Library, turns: Turns | None = None, visitor: str = "") -> None:
        self._library = library
        self._turns = turns or Turns(1)
        self._visitor = visitor
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None
        self._wanted = False
        self._progress: dict[int, Progress] = {}
        self._added = 0
        self._failure = ""

    @property
    def running(self) -> bool:
        """Whether files are being worked on."""
        with self._lock:
            return self._thread is not None

    @property
    def failure(self) -> str:
        """The sentence that tells why the last run ended early, or empty."""
        return self._failure

    @property
    def added(self) -> int:
        """How many files became documents since the thread was last started."""
        return self._added

    def progress(self) -> dict[int, Progress]:
        """How far each running task is, by its id."""
        return dict(self._progress)

    def start(self) -> None:
        """Work the queue until it is empty, what is added meanwhile included."""
        with self._lock:
            self._wanted = True
            if self._thread is None and not self._stop.is_set():
                self._added, self._failure = 0, ""
                self._thread = Thread(target=self._run, name="importing", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop after the present step and wait for the thread; the queue keeps what is left."""
        self._stop.set()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            while self._take():
                with self._turns.taken(self._visitor, self._stop.is_set):
                    self._work()
        except RagError as error:
            self._failure = str(error)
        finally:
            with self._lock:
                self._thread = None
                self._progress.clear()

    def _work(self) -> None:
        """Work the queue to its end, or until a file is done and somebody else waits."""
        gives_way = Event()
        for report in self._library.work(lambda: gives_way.is_set() or self._stop.is_set()):
            self._note(report)
            if isinstance(report, FileOutcome) and self._turns.others_wait(self._visitor):
                gives_way.set()
        if gives_way.is_set():
            with self._lock:
                self._wanted = True

    def _take(self) -> bool:
        """Whether there is work. With none the thread counts as ended at once, so that `start` begins a new one."""
        with self._lock:
            wanted, self._wanted = self._wanted and not self._stop.is_set(), False
            if not wanted:
                self._thread = None
            return wanted

    def _note(self, report: Progress | FileOutcome) -> None:
        if isinstance(report, Progress):
            self._progress = {report.task_id: report}
        elif report.state is TaskState.DONE:
            self._added += 1
