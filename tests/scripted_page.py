"""A page with all its handlers over a scripted library, used as a visitor would."""

from __future__ import annotations

from pathlib import Path

from rag_app.ui.asking import Asking
from rag_app.ui.choosing import Choosing
from rag_app.ui.following import Following
from rag_app.ui.handlers import HistoryHandlers, PageHandlers
from rag_app.ui.importing import Importing
from rag_app.ui.intake import Intake
from rag_app.ui.language import Language
from rag_app.ui.panels import Panels
from rag_app.ui.rating import RatingHandlers
from rag_app.ui.running import Runs
from rag_app.ui.screen import Screen, Visit
from rag_app.ui.shelving import Shelving
from rag_app.ui.watching import Watching
from tests.scripted_library import ScriptedLibrary

STEEL = "Steel prices rose by nine percent. Bridges need steel."
QUESTION = "Which prices rose?"
VISIT = Visit("session", Language.ENGLISH)


class Page:
    """The handlers of all views, put together as the app does."""

    def __init__(self, library: ScriptedLibrary, *, at_machine: bool = True) -> None:
        self.library = library
        self.importing = Importing(library)
        self.watching = Watching(library, self.importing)
        self.runs = Runs()
        self.panels = Panels(library, self.importing, ("ask", "library"), self.watching if at_machine else None)
        self.choosing = Choosing(self.panels, self.runs)
        self.visitors = PageHandlers(self.panels, self.runs)
        self.asking = Asking(library, self.panels, self.runs)
        shelf = self.panels.shelf
        self.files = Intake(library, self.importing, shelf, self.choosing, at_machine=at_machine)
        self.shelving = Shelving(library, self.importing, shelf, self.choosing)
        self.following = Following(library, self.watching, shelf)
        self.history = HistoryHandlers(library, self.panels, self.runs)
        self.ratings = RatingHandlers(library)

    def ask(self, visit: Visit, question: str) -> list[Screen]:
        return list(self.asking.ask(visit, question))


def work_through(importing: Importing) -> None:
    """Wait for the thread to finish the queue."""
    thread = importing._thread
    if thread is not None:
        thread.join(timeout=60)
    assert not importing.running


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
