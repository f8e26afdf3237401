"""The one thread that keeps folders in step: it looks now and then, and at once when it is asked to."""

from __future__ import annotations

from threading import Event, Lock, Thread

from rag_app.library import Library
from rag_app.records import FolderChanges
from rag_app.ui.importing import Importing
from rag_app.ui.job import failure_of

SECONDS_BETWEEN_LOOKS = 20.0
SECONDS_TO_SETTLE = 2.5  # a little longer than a file counts as being written


class Watching:
    """Looks through the folders, and has `importing` read what is new; removes only what a person said to remove."""

    def __init__(self, library: Library, importing: Importing, *, seconds: float = SECONDS_BETWEEN_LOOKS) -> None:
        self._library = library
        self._importing = importing
        self._seconds = seconds
        self._lock = Lock()
        self._stop = Event()
        self._asked = Event()
        self._remove = False
        self._looking = False
        self._thread: Thread | None = None
        self.found: tuple[FolderChanges, ...] = ()  # by the last look, which did something about it
        self.failure = ""  # why the last look ended early
        self.news = 0  # grows when a look found another state of the folders than the one before

    @property
    def looking(self) -> bool:
        """Whether a look was asked for that is not over yet."""
        return self._asked.is_set() or self._looking

    def start(self) -> None:
        """Look at once, and now and then from now on."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="watching", daemon=True)
                self._thread.start()

    def look(self, *, remove: bool = False) -> None:
        """Look soon, in the thread. With `remove`, the documents of files that are gone are removed."""
        with self._lock:
            self._remove = self._remove or remove
        self._asked.set()
        self.start()

    def close(self) -> None:
        """Stop, after the file that is being taken over, and wait for the thread."""
        self._stop.set()
        self._asked.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._looking = True
            self._asked.clear()
            if self._stop.is_set():  # not before: `close` sets both, and its wish cleared here would be slept through
                return
            self._look()
            self._looking = False
            unsettled = any(changes.unsettled for changes in self.found)
            self._asked.wait(min(SECONDS_TO_SETTLE, self._seconds) if unsettled else self._seconds)

    def _look(self) -> None:
        with self._lock:
            remove, self._remove = self._remove, False
        before = (self.found, self.failure)
        try:
            self.found, self.failure = self._library.sync_folders(self._stop.is_set, remove=remove), ""
        except Exception as error:
            self.failure = failure_of(error)
        if any(changes.added or changes.changed for changes in self.found):
            self._importing.start()
        if (self.found, self.failure) != before or any(not changes.is_in_step for changes in self.found):
            self.news += 1
        if remove:
            self._asked.set()  # the next look tells that nothing is left to remove
