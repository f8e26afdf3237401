"""What the handlers of all views work with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag_app.evaluation.bench import Bench
from rag_app.library import Library
from rag_app.model_shelf import ModelShelf
from rag_app.ui.choosing import Choosing
from rag_app.ui.evaluate_handlers import EvaluateHandlers
from rag_app.ui.handlers import PageHandlers
from rag_app.ui.importing import Importing
from rag_app.ui.model_handlers import ModelHandlers
from rag_app.ui.panels import Panels
from rag_app.ui.running import Runs
from rag_app.ui.watching import Watching
from rag_app.visitors import Limits, Turns


@dataclass(frozen=True, slots=True)
class App:
    """One library behind one page: `importing` works its queue, `panels` renders it, `runs` are the answers on their way.

    `visitors` and `choosing` answer what every view may offer: to open a page of a document, and to choose what is asked.
    `watching` keeps folders in step, where whoever sees the page sits at the machine: folders, settings and models are theirs
    to change then; there are `models` to change and `evaluating` to measure, where it is known in which folder models lie.
    """

    library: Library
    importing: Importing
    panels: Panels
    runs: Runs
    visitors: PageHandlers
    choosing: Choosing
    watching: Watching | None
    models: ModelHandlers | None
    evaluating: EvaluateHandlers | None

    @property
    def at_machine(self) -> bool:
        """Whether whoever sees the page sits at the machine."""
        return self.watching is not None

    @property
    def busy(self) -> bool:
        """Whether files are being read or an answer is being written."""
        return self.importing.running or self.runs.going_on()

    def close(self) -> None:
        """Stop reading files, and close the library."""
        if self.watching:
            self.watching.close()
        self.importing.close()
        if self.models:
            self.models.work.close()
        if self.evaluating:
            self.evaluating.work.close()
        self.library.close()


def open_app(library: Library, views: Sequence[str], shelf: ModelShelf | None = None) -> App:
    """The handlers' parts over `library`, for a page with these views on the machine it runs on, with the models of `shelf`."""
    return _app(library, Importing(library), views, None, shelf)


def open_visitors_app(library: Library, views: Sequence[str], *, visitor: str, imports: Turns, limits: Limits) -> App:
    """The same for one of many visitors, whose files are read when it is their turn in `imports`."""
    return _app(library, Importing(library, imports, visitor), views, limits)


def _app(
    library: Library, importing: Importing, views: Sequence[str], limits: Limits | None, shelf: ModelShelf | None = None
) -> App:
    watching = None if limits else Watching(library, importing)
    models = ModelHandlers(library, shelf) if shelf else None
    evaluating = EvaluateHandlers(Bench(library, shelf.models)) if shelf else None
    more = (models.screen, evaluating.screen) if models and evaluating else ()
    panels, runs = Panels(library, importing, views, watching, limits, more=more), Runs()
    visitors, choosing = PageHandlers(panels, runs), Choosing(panels, runs)
    return App(library, importing, panels, runs, visitors, choosing, watching, models, evaluating)
