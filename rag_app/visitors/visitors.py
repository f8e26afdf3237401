"""Where a key becomes a library: opened when its visitor comes, closed when they rest, removed when they stay away."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Generic, Protocol, TypeVar

from rag_app.errors import Refusal, VisitorError
from rag_app.store import FILES
from rag_app.visitors.keys import folder_name, is_key
from rag_app.visitors.limits import Limits

TIDY_SECONDS = 60.0
_log = logging.getLogger(__name__)


class Place(Protocol):
    """What is opened for a visitor: a library with all that goes on in it."""

    @property
    def busy(self) -> bool:
        """Whether something goes on that closing would cut off."""
        ...

    def close(self) -> None: ...


Opened = TypeVar("Opened", bound=Place)
Clock = Callable[[], float]


@dataclass
class _Open(Generic[Opened]):
    """An open library, how many events are being served from it, and when the last one began or ended."""

    place: Opened
    guests: int
    used_at: float


class Visitors(Generic[Opened]):
    """The libraries of all visitors, each in a folder of its own below `folder`. Safe to use from several threads."""

    def __init__(
        self, folder: Path, uploads: Path, open: Callable[[Path], Opened], limits: Limits, clock: Clock = time.time
    ) -> None:
        """`open` opens the library in a folder, whose name is its visitor's; `clock` gives seconds since the epoch.

        In `uploads` files lie until they are taken into a library; those that nobody takes are removed.
        """
        self._folder = folder
        self._uploads = uploads
        self._make = open
        self._limits = limits
        self._clock = clock
        self._open: dict[str, _Open[Opened]] = {}
        self._lock = Lock()
        self._closing = Event()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.tidy()

    @contextmanager
    def at(self, key: str) -> Iterator[Opened]:
        """The library of whoever has `key`, held open meanwhile. Raises `VisitorError` for no key, or when all is full."""
        if not is_key(key):
            raise VisitorError(Refusal.PAGE_NOT_KNOWN, "This page lost its place. Load it again.")
        name = folder_name(key)
        with self._lock:
            visit = self._open.get(name) or self._enter(name)
            visit.guests += 1
            self._use(name, visit)
        try:
            yield visit.place
        finally:
            with self._lock:
                visit.guests -= 1
                self._use(name, visit)

    def opened(self) -> list[Opened]:
        """The libraries that are open now."""
        with self._lock:
            return [visit.place for visit in self._open.values()]

    def tidy(self) -> None:
        """Close the libraries that rest; remove those that were not used for long, and uploads that nobody took."""
        with self._lock:
            now = self._clock()
            for name in self._resting():
                if now - self._open[name].used_at > self._limits.open_minutes * 60:
                    self._open.pop(name).place.close()
            for folder in list(self._folder.iterdir()):
                if folder.name not in self._open and now - folder.stat().st_mtime > self._limits.hours * 3600:
                    shutil.rmtree(folder, ignore_errors=True)
        for parent, folders, files in os.walk(self._uploads, topdown=False):  # minds no folder that goes meanwhile
            for path in (Path(parent, name) for name in (*files, *folders)):
                with contextlib.suppress(OSError):  # gone meanwhile, or a folder that is not empty
                    if now - path.stat().st_mtime > self._limits.upload_minutes * 60:
                        path.rmdir() if path.is_dir() else path.unlink()

    def start_tidying(self) -> None:
        """Tidy once a minute from now on, until all is closed."""
        Thread(target=self._tidy_on, name="tidying", daemon=True).start()

    def close(self) -> None:
        """Close all libraries; they stay on disk until they are too old."""
        self._closing.set()
        with self._lock:
            while self._open:
                self._open.popitem()[1].place.close()

    def _tidy_on(self) -> None:
        while not self._closing.wait(TIDY_SECONDS):
            try:
                self.tidy()
            except Exception:  # of one library: the others are to be removed in time all the same
                _log.exception("Tidying broke off; the rest is done the next time")

    def _enter(self, name: str) -> _Open[Opened]:
        """Open a library, in the place of the one that rested longest where too many are open."""
        folder = self._folder / name
        if not folder.exists():
            self._make_room()
        if len(self._open) >= self._limits.open_libraries:
            resting = self._resting()
            if not resting:
                raise _all_is_full()
            self._open.pop(resting[0]).place.close()
        folder.mkdir(exist_ok=True, mode=0o700)
        visit = self._open[name] = _Open(self._make(folder), 0, self._clock())
        return visit

    def _make_room(self) -> None:
        """Where as many libraries are kept as may be, remove the one of those without documents that rested longest."""
        kept = list(self._folder.iterdir())
        if len(kept) < self._limits.libraries:
            return
        empty = [folder for folder in kept if folder.name not in self._open and not any((folder / FILES).glob("*"))]
        if not empty:
            raise _all_is_full()
        shutil.rmtree(min(empty, key=lambda folder: folder.stat().st_mtime), ignore_errors=True)

    def _resting(self) -> list[str]:
        """The open libraries in which nothing goes on, the one that rested longest first."""
        names = [name for name, visit in self._open.items() if not visit.guests and not visit.place.busy]
        return sorted(names, key=lambda name: self._open[name].used_at)

    def _use(self, name: str, visit: _Open[Opened]) -> None:
        visit.used_at = self._clock()
        with contextlib.suppress(FileNotFoundError):
            os.utime(self._folder / name, (visit.used_at, visit.used_at))


def _all_is_full() -> VisitorError:
    return VisitorError(Refusal.TOO_MANY_VISITORS, "Too many people are here just now. Try again in a few minutes.")
