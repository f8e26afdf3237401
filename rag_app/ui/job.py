"""Long work in a thread of its own, while the page only looks at how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from rag_app.errors import RagError, Stopped
from rag_app.interfaces import Stop

Step = TypeVar("Step")
_log = logging.getLogger(__name__)


class Job(Generic[Step]):
    """Works one iterator at a time, and keeps the last it gave. `subject` says what it is about."""

    def __init__(self) -> None:
        self.subject = ""
        self.last: Step | None = None
        self.failure = ""
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None

    @property
    def running(self) -> bool:
        """Whether something is being worked on."""
        with self._lock:
            return self._thread is not None

    def start(self, subject: str, work: Callable[[Stop], Iterator[Step]]) -> bool:
        """Begin; False when something runs already, and nothing is changed then. `work` is given what asks it to stop."""
        with self._lock:
            if self._thread is not None:
                return False
            self.subject, self.last, self.failure = subject, None, ""
            self._stop = Event()
            self._thread = Thread(target=self._run, args=(work, self._stop), name="job", daemon=True)
            self._thread.start()
            return True

    def stop(self) -> None:
        """Ask it to end where it is."""
        self._stop.set()

    def forget(self) -> None:
        """Let go of what was said last."""
        if not self.running:
            self.subject, self.last, self.failure = "", None, ""

    def close(self) -> None:
        """Stop, and wait for it."""
        self.stop()
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self, work: Callable[[Stop], Iterator[Step]], stop: Event) -> None:
        try:
            for step in work(stop.is_set):
                self.last = step
        except Stopped:
            self.last = None
        except Exception as error:
            self.failure = failure_of(error)
        finally:
            with self._lock:
                self._thread = None


def failure_of(error: Exception) -> str:
    """The sentence that tells why work in the background ended early. Of a fault that nobody foresaw the log has the rest."""
    if isinstance(error, RagError):
        return str(error)
    _log.error("Work in the background ended early", exc_info=error)
    return f"An unexpected fault ended the work ({type(error).__name__}: {error}). Try again, or start Footnote anew."
