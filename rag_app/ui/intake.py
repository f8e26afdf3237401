"""Adding files and pages, and what is done with those on their way in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from rag_app.errors import RagError
from rag_app.library import Library
from rag_app.ui.choosing import Choosing
from rag_app.ui.handlers import tells_mistakes
from rag_app.ui.importing import Importing
from rag_app.ui.mistakes import mistake
from rag_app.ui.remaining import remaining
from rag_app.ui.rendering.frame import notice_html
from rag_app.ui.screen import ClickHandler, Screen, Visit, read_number, text_of
from rag_app.ui.shelf_panels import ShelfPanels

SECONDS_TO_FIRST_LOOK = 0.1
_WITHOUT_SCHEME = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")


class Intake:
    """Takes files over and has them read. `at_machine` says that the visitor sits at this very machine."""

    def __init__(
        self, library: Library, importing: Importing, panels: ShelfPanels, choosing: Choosing, *, at_machine: bool
    ) -> None:
        self._library = library
        self._importing = importing
        self._panels = panels
        self._choosing = choosing
        self._at_machine = at_machine
        self._taking = Lock()

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the clicks on the queue."""
        return {
            "cancel_task": lambda visit, click: self.cancel(visit, read_number(click, "task")),
            "cancel_all": lambda visit, click: self.cancel_all(visit),
            "retry_task": lambda visit, click: self.retry(visit, read_number(click, "task"), text_of(click, "password")),
            "discard_task": lambda visit, click: self.discard(visit, read_number(click, "task")),
            "forget_tasks": lambda visit, click: self.forget_tasks(visit),
            "pause": lambda visit, click: self.pause(visit),
            "resume": lambda visit, click: self.resume(visit),
        }

    @tells_mistakes
    def upload(self, visit: Visit, paths: Sequence[Path]) -> Screen:
        """Take over uploaded files into the visitor's collection, one part of them after the other, and begin to read them.

        The page may be closed meanwhile; its looks tell, in their order, how far the files are. The uploaded copies are removed,
        on a shared server later: the same file of another visitor lies in the same place.
        """
        named = [_as_named(path) for path in paths]
        with self._taking:
            try:
                self._library.add(named, collection=remaining(self._library, visit).collection or None, uploaded=True)
            finally:
                for path in (*paths, *named) if self._at_machine else ():
                    path.unlink(missing_ok=True)
                self._importing.start()  # what was taken over, also where the disk is full now
        return Screen(looks=SECONDS_TO_FIRST_LOOK)

    def add_page(self, visit: Visit, address: str) -> Iterator[Screen]:
        """Fetch a web page and begin to read it, telling first that it is on its way."""
        yield Screen(notice=notice_html(visit.wording, visit.wording("address.fetching"), bad=False))
        try:
            self._library.add_page(
                _whole(address), private=self._at_machine, collection=remaining(self._library, visit).collection or None
            )
        except RagError as error:
            yield Screen(notice=notice_html(visit.wording, mistake(visit.wording, error)))
            return
        self._importing.start()
        yield replace(self._choosing.shown(visit), notice="")

    def watch(self, visit: Visit) -> Screen:
        """How far the files are; all of the library when there is news of it."""
        if self._panels.news != visit.seen:
            return self._choosing.shown(visit)
        return self._panels.queue(visit) if self._importing.running else Screen(looks=self._panels.looks(visit))

    @tells_mistakes
    def cancel(self, visit: Visit, task_id: int) -> Screen:
        """Take a file out of the queue."""
        self._library.cancel(task_id)
        self._importing.lift()
        return self._choosing.shown(visit)

    @tells_mistakes
    def cancel_all(self, visit: Visit) -> Screen:
        """Take every file out of the queue."""
        self._library.cancel_all()
        self._importing.lift()
        return self._choosing.shown(visit)

    @tells_mistakes
    def retry(self, visit: Visit, task_id: int, password: str = "") -> Screen:
        """Try a refused file again, with its password where it is locked; that is not kept."""
        self._library.retry(task_id, password)
        self._importing.start()
        return self._choosing.shown(visit)

    @tells_mistakes
    def discard(self, visit: Visit, task_id: int) -> Screen:
        """Give up a document that could not be read anew, with its file."""
        self._library.discard(task_id)
        return self._choosing.shown(visit)

    @tells_mistakes
    def forget_tasks(self, visit: Visit) -> Screen:
        """Clear the list of files that ended."""
        self._library.clear_tasks()
        return self._choosing.shown(visit)

    def pause(self, visit: Visit) -> Screen:
        """Have the queue wait."""
        self._importing.pause()
        return self._choosing.shown(visit)

    def resume(self, visit: Visit) -> Screen:
        """Go on with the queue."""
        self._importing.resume()
        return self._choosing.shown(visit)


def _as_named(path: Path) -> Path:
    """The uploaded file by its own name: browsers write %22 for a quotation mark in it."""
    named = path.with_name(path.name.replace("%22", '"'))
    return path if named == path else Path(shutil.copyfile(path, named))


def _whole(typed: str) -> str:
    """The address that was meant by what was typed as browsers take it, without its beginning."""
    address = typed.strip()
    return f"https://{address}" if _WITHOUT_SCHEME.match(address) else address
