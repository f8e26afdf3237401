"""Which library an event of the page is served from: the one of this machine, or that of the visitor whose key came with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from rag_app.library import Library
from rag_app.model_shelf import ModelShelf
from rag_app.records import TaskState
from rag_app.ui.app import App, open_app, open_visitors_app
from rag_app.visitors import Limits, RationedLibrary, Turns, Visitors, is_key, new_key

# The views of the page, in their order: those for a person at the machine, and those for a visitor of a shared server.
AT_MACHINE, SHARED = ("ask", "library", "models", "evaluate", "settings"), ("ask", "library")
READ_AT_ONCE, ANSWERED_AT_ONCE, SERVED_AT_ONCE = 1, 2, 8


class Desk:
    """One library, and what answers each event of the page over it, in the order in which the events are wired."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.handlers: tuple[Callable[..., Any], ...] = ()

    @property
    def busy(self) -> bool:
        """Whether closing would cut something off."""
        return self.app.busy

    def close(self) -> None:
        """Close the library."""
        self.app.close()


class Desks(Protocol):
    """The one place where an event becomes a library."""

    @property
    def views(self) -> Sequence[str]:
        """The views of the page."""

    @property
    def at_machine(self) -> bool:
        """Whether whoever sees the page sits at the machine."""

    @property
    def at_once(self) -> int:
        """How many events of a kind are served at once: one after the other for one person, several for many."""

    @property
    def upload_megabytes(self) -> int:
        """How much may be uploaded at once, 0 for any amount."""

    def key(self, kept: str) -> str:
        """The key of a page that arrives, where `kept` is what its browser has."""

    def at(self, key: str) -> Any:
        """A context with the `Desk` of whoever has `key`. Raises `VisitorError`."""

    def leave(self, session: str) -> None:
        """The page of `session` was closed: nobody reads its answer any more."""


class OneDesk:
    """The library of the person at this machine, whatever page an event comes from."""

    at_machine, at_once, upload_megabytes = True, 1, 0

    def __init__(self, library: Library, views: Sequence[str], shelf: ModelShelf) -> None:
        self.views = views
        self._desk = Desk(open_app(library, views, shelf))

    def begin(self) -> None:
        """Go on with files that an earlier run left in the queue, and bring folders into step."""
        self._desk.app.importing.start()
        if self._desk.app.watching:
            self._desk.app.watching.start()

    def key(self, kept: str) -> str:
        """No key: there is one library."""
        return ""

    @contextmanager
    def at(self, key: str) -> Iterator[Desk]:
        """The one desk."""
        yield self._desk

    def leave(self, session: str) -> None:
        """Stop the answer that nobody reads."""
        self._desk.app.runs.leave(session)

    def close(self) -> None:
        """Stop reading files, and close the library."""
        self._desk.close()


class VisitorsDesks:
    """A library for each visitor, found by their key and by nothing else."""

    at_machine, at_once = False, SERVED_AT_ONCE

    def __init__(
        self,
        folder: Path,
        uploads: Path,
        open_library: Callable[[Path], RationedLibrary],
        views: Sequence[str],
        limits: Limits = Limits(),
    ) -> None:
        """Libraries in `folder`; `uploads` holds files for the moment between the browser and a library."""
        self.views = views
        self.upload_megabytes = 2 * limits.megabytes
        self._open_library = open_library
        self._limits = limits
        self._imports, self._answers = Turns(READ_AT_ONCE), Turns(ANSWERED_AT_ONCE)
        self._visitors = Visitors(folder, uploads, self._open, limits)

    def begin(self) -> None:
        """Remove what is too old, from now on."""
        self._visitors.start_tidying()

    def key(self, kept: str) -> str:
        """The key the browser has, or a new one."""
        return kept if is_key(kept) else new_key()

    def at(self, key: str) -> Any:
        """The desk of the visitor, held open meanwhile. Raises `VisitorError`."""
        return self._visitors.at(key)

    def leave(self, session: str) -> None:
        """Stop the answer that nobody reads, whoever's it is: the name of a session is as hard to guess as a key."""
        for desk in self._visitors.opened():
            desk.app.runs.leave(session)

    def close(self) -> None:
        """Close all libraries."""
        self._visitors.close()

    def _open(self, folder: Path) -> Desk:
        library = self._open_library(folder)
        library.ration(folder.name, self._limits, self._answers)
        app = open_visitors_app(library, self.views, visitor=folder.name, imports=self._imports, limits=self._limits)
        if any(task.state in (TaskState.WAITING, TaskState.RUNNING) for task in library.tasks(done=False)):
            app.importing.start()  # what was left when the library was closed, as while its visitor had the files wait
        return Desk(app)
