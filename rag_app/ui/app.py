"""What the handlers of all views work with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag_app.library import Library
from rag_app.ui.choosing import Choosing
from rag_app.ui.handlers import PageHandlers
from rag_app.ui.importing import Importing
from rag_app.ui.panels import Panels
from rag_app.ui.running import Runs


@dataclass(frozen=True, slots=True)
class App:
    """One library behind one page: `importing` works its queue, `panels` renders it, `runs` are the answers on their way.

    `visitors` and `choosing` answer what every view may offer: to open a page of a document, and to choose what is asked.
    """

    library: Library
    importing: Importing
    panels: Panels
    runs: Runs
    visitors: PageHandlers
    choosing: Choosing


def open_app(library: Library, importing: Importing, views: Sequence[str]) -> App:
    """The handlers' parts over `library`, for a page with these views."""
    panels, runs = Panels(library, importing, views), Runs()
    return App(library, importing, panels, runs, PageHandlers(panels, runs), Choosing(library, panels, runs))
