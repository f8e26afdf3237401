"""A child process that is asked one thing at a time: started when it is needed, killed and started anew when it goes wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from rag_app.errors import DocumentError, LibraryError, Reason, Stopped
from rag_app.parsing import messages
from rag_app.parsing.child_process import ChildProcess
from rag_app.parsing.messages import Message
from rag_app.parsing.source import TOO_MUCH_MEMORY
from rag_app.settings import Settings

if TYPE_CHECKING:
    from rag_app.interfaces import Stop  # numpy behind it would double the time in which the child starts

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 0.05
_MUCH_OF_THE_MEMORY = 0.5
_LONGER_IF_KEPT_WAITING = 4
SMALL_MB = 150


class SupervisedChild:
    """Asks about files. Safe to use from many threads: they wait for each other."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turn = Lock()
        self._child: ChildProcess | None = None

    def close(self) -> None:
        """End the process, once nobody is asking any more."""
        with self._turn:
            self._end()

    def rest(self) -> None:
        """End the process if it grew and nobody is asking: a small one is kept, as starting it takes a moment."""
        if self._turn.acquire(blocking=False):
            try:
                if self._child is not None and self._child.resident_mb() > SMALL_MB:
                    self._end()
            finally:
                self._turn.release()

    @property
    def folder(self) -> Path:
        """Where the process that answers just now puts files."""
        assert self._child is not None
        return self._child.folder

    def ask(self, request: Message, *, name: str, stop: Stop) -> Generator[Message, None, None]:
        """The answers about the file `name`, the last of them DONE or VIEWED. Close the iterator if not taken to its end.

        Raises `DocumentError`, `Stopped`, and `LibraryError` when no process can be started.
        """
        with self._turn_taken(name, stop):
            finished = False
            try:
                child = self._ready_child(name, stop)
                child.peak_mb = 0.0
                child.send(request)
                while not finished:
                    answer = self._answer(child, name, stop)
                    finished = answer["kind"] in (messages.DONE, messages.VIEWED, messages.REFUSED)
                    if answer["kind"] == messages.REFUSED:
                        raise messages.refusal_of(answer)
                    yield answer
            except EOFError as error:
                raise self._broke_down(name) from error
            finally:
                self._tidy(finished)

    @contextmanager
    def _turn_taken(self, name: str, stop: Stop) -> Iterator[None]:
        while not self._turn.acquire(timeout=_LOOK_SECONDS):
            _heed(stop, name)
        try:
            yield
        finally:
            self._turn.release()

    def _ready_child(self, name: str, stop: Stop) -> ChildProcess:
        if self._child is not None and not self._child.is_alive():
            self._end()
        if self._child is None:
            self._child = self._new_child()
            try:
                self._answer(self._child, name, stop)
            except EOFError as error:
                raise LibraryError(
                    f"The process that reads documents did not start: {self._child.last_words()}\n"
                    "Install the requirements again with: pip install -r requirements.txt"
                ) from error
        return self._child

    def _new_child(self) -> ChildProcess:
        try:
            return ChildProcess(memory_mb=self._settings.parse_memory_mb)
        except OSError as error:
            raise LibraryError(
                f"The process that reads documents cannot be started ({error.strerror}). Check that memory is free and that "
                "there is a folder for temporary files with room in it, and try again."
            ) from error

    def _answer(self, child: ChildProcess, name: str, stop: Stop) -> Message:
        """The next answer, waited for as long as the settings allow: longer where other programs leave the process no time."""
        begun, worked_before = time.monotonic(), child.processor_seconds()
        while True:
            _heed(stop, name)
            answer = child.receive(seconds=_LOOK_SECONDS)
            if answer is not None:
                return answer
            waited, worked = time.monotonic() - begun, child.processor_seconds() - worked_before
            if max(worked, waited / _LONGER_IF_KEPT_WAITING) > self._settings.parse_seconds:
                happened = f"{name} showed no progress for {waited:.0f} seconds."
                raise DocumentError(Reason.TOOK_TOO_LONG, f"{happened} Save it anew, or raise parse_seconds.")

    def _broke_down(self, name: str) -> DocumentError:
        """What to say when the process died over a file: for want of memory, if it held much when last looked at."""
        child = self._child
        peak = child.peak_mb if child else 0.0
        _log.debug("reading %s broke down at %.0f MB: %s", name, peak, child.last_words() if child else "")
        if peak > _MUCH_OF_THE_MEMORY * self._settings.parse_memory_mb:
            return DocumentError(Reason.EXPANDS_TOO_MUCH, TOO_MUCH_MEMORY.replace("{name}", name))
        return DocumentError(Reason.DAMAGED, f"{name} is damaged: reading it broke down. Get it again from where it came from.")

    def _tidy(self, finished: bool) -> None:
        """Keep the process for the next file if it is idle and small."""
        limit = _MUCH_OF_THE_MEMORY * self._settings.parse_memory_mb
        if self._child is not None and (not finished or self._child.resident_mb() > limit):
            self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def _heed(stop: Stop, name: str) -> None:
    if stop():
        raise Stopped(f"Reading {name} was stopped.")
