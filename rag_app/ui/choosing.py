"""What is asked: the whole library, a collection, or chosen documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag_app.ui.panels import Panels
from rag_app.ui.running import Runs
from rag_app.ui.screen import ClickHandler, Screen, Visit, text_of

LONGEST_COLLECTION_NAME = 60


class Choosing:
    """Changes what the next question of a visitor is asked of."""

    def __init__(self, panels: Panels, runs: Runs) -> None:
        self._panels = panels
        self._runs = runs

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the clicks of any panel that offers the choice."""
        return {
            "choose_collection": lambda visit, click: self.choose_collection(visit, text_of(click, "collection")),
            "choose_document": lambda visit, click: self.choose_document(visit, text_of(click, "document")),
            "choose_none": lambda visit, click: self.choose_none(visit),
        }

    def choose_document(self, visit: Visit, document_id: str) -> Screen:
        """Ask this document too, or no longer."""
        if document_id in visit.chosen:
            chosen = tuple(known for known in visit.chosen if known != document_id)
        else:
            chosen = (*visit.chosen, document_id)
        return self.shown(replace(visit, chosen=chosen))

    def choose_documents(self, visit: Visit, document_ids: Sequence[str]) -> Screen:
        """Ask these documents and no others."""
        return self.shown(replace(visit, chosen=tuple(document_ids)))

    def choose_none(self, visit: Visit) -> Screen:
        """Ask all documents again."""
        return self.shown(replace(visit, chosen=()))

    def choose_collection(self, visit: Visit, name: str) -> Screen:
        """Show, ask and fill this collection; an empty name means the whole library."""
        listing = replace(visit.listing, page=1)
        return self.shown(replace(visit, collection=tidy_name(name), chosen=(), listing=listing))

    def shown(self, visit: Visit) -> Screen:
        """The panels that show documents, with the choice cut down to documents that are still there."""
        busy = self._runs.busy(visit.session)
        return self._panels.library(visit, busy=busy)


def tidy_name(name: str) -> str:
    """A name of a collection as it is kept: on one line, and not too long."""
    return " ".join(name.split())[:LONGEST_COLLECTION_NAME].rstrip()
