"""A document to try the page with, in the visitor's language."""

from __future__ import annotations

from pathlib import Path

from rag_app.library import Library
from rag_app.ui.choosing import Choosing
from rag_app.ui.handlers import tells_mistakes
from rag_app.ui.importing import Importing
from rag_app.ui.remaining import remaining
from rag_app.ui.screen import ClickHandler, Screen, Visit

SAMPLES = Path(__file__).parent / "assets" / "samples"


class Sampling:
    """Adds the sample like any other file."""

    def __init__(self, library: Library, importing: Importing, choosing: Choosing) -> None:
        self._library = library
        self._importing = importing
        self._choosing = choosing

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the click in the welcome."""
        return {"add_sample": lambda visit, click: self.add(visit)}

    @tells_mistakes
    def add(self, visit: Visit) -> Screen:
        """Put the sample into the queue, and read it."""
        path = SAMPLES / f"lighthouse.{visit.language.value}.md"
        self._library.add([path], collection=remaining(self._library, visit).collection or None)
        self._importing.start()
        return self._choosing.shown(visit)
