"""Answers that are being written: how a visitor stops one, or turns away from it."""

from __future__ import annotations

from threading import Lock

from rag_app.ui.language import Language


class Run:
    """One answer on its way. Set from the thread that serves a click, read from the thread that writes the answer."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.stopped = False
        self.left = False


class Runs:
    """The running answer of each session, at most one; knows nothing of questions or answers."""

    def __init__(self) -> None:
        self._runs: dict[str, Run] = {}
        self._lock = Lock()

    def begin(self, session: str, language: Language) -> Run:
        """A new run for `session`; one that still ran is stopped and left."""
        self.leave(session)
        with self._lock:
            run = self._runs[session] = Run(language)
        return run

    def current(self, session: str) -> Run | None:
        """The run of `session`, if one runs."""
        with self._lock:
            return self._runs.get(session)

    def busy(self, session: str) -> bool:
        """Whether an answer is being written that its visitor still looks at."""
        run = self.current(session)
        return run is not None and not run.left

    def going_on(self) -> bool:
        """Whether any answer is being written, looked at or not."""
        with self._lock:
            return bool(self._runs)

    def end(self, session: str, run: Run) -> None:
        """Forget `run`, unless another took its place."""
        with self._lock:
            if self._runs.get(session) is run:
                del self._runs[session]

    def stop(self, session: str) -> None:
        """Ask the running answer of `session` to stop where it is."""
        run = self.current(session)
        if run is not None:
            run.stopped = True

    def leave(self, session: str) -> None:
        """Stop the running answer of `session` and have it change the page no more: its visitor looks at something else."""
        run = self.current(session)
        if run is not None:
            run.left = True
            run.stopped = True

    def speak(self, session: str, language: Language) -> None:
        """Have the running answer of `session` go on in another language of the page."""
        run = self.current(session)
        if run is not None:
            run.language = language
