"""The panels of the view Library as they stand for a visitor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

from rag_app.library import Library
from rag_app.records import DocumentSummary
from rag_app.ui.guide import read_guide
from rag_app.ui.importing import Arrivals, Importing
from rag_app.ui.listing import excerpt, states_of
from rag_app.ui.rendering.folders import folders_html
from rag_app.ui.rendering.frame import upload_hint_html
from rag_app.ui.rendering.markup import Html, join
from rag_app.ui.rendering.queue import arrivals_html, arriving_html, queue_html
from rag_app.ui.rendering.shelf import address_html, disk_html, picks_html, shelf_html
from rag_app.ui.rendering.table import table_html
from rag_app.ui.screen import Screen, Visit
from rag_app.ui.watching import Watching

SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_IDLE_LOOKS = 0.7, 5.0


class ShelfPanels:
    """Reads documents, queue and folders, and renders; changes nothing. Without `watching` there are no folders."""

    def __init__(self, library: Library, importing: Importing, watching: Watching | None) -> None:
        self._library = library
        self._importing = importing
        self._watching = watching
        self._guide = read_guide()

    @property
    def news(self) -> int:
        """A number that grows with everything that happens to files and folders by itself."""
        return self._importing.news + (self._watching.news if self._watching else 0)

    def screen(self, visit: Visit, documents: Sequence[DocumentSummary]) -> Screen:
        """All of the view. `documents` are those of the visitor's collection, read after the news that the visit has seen."""
        looks, arrivals, collections = self.looks(visit), self._importing.arrivals(), self._library.collections()
        return Screen(
            address=address_html(visit.wording, visit.seen),
            queue=self._queue(visit, arrivals),
            arrivals=arrivals_html(visit.wording, arrivals),
            shelf=shelf_html(visit.wording, collections, visit.collection),
            picks=picks_html(visit.wording, collections, visit.collection),
            table=self._table(visit, documents, arrivals),
            folders=self.folders(visit),
            disk=disk_html(visit.wording, self._library.disk_use()),
            looks=looks,
            listing=visit.listing,
            seen=visit.seen,
        )

    def queue(self, visit: Visit) -> Screen:
        """How far the files are."""
        looks, arrivals = self.looks(visit), self._importing.arrivals()
        return Screen(queue=self._queue(visit, arrivals), arrivals=arrivals_html(visit.wording, arrivals), looks=looks)

    def arriving(self, visit: Visit) -> Html:
        """How far the files are, in a few words that lead to where each is listed."""
        return arriving_html(visit.wording, self._importing.arrivals())

    def table(self, visit: Visit, *, ticked: str = "") -> Screen:
        """The documents as the visitor wants them listed; with a new value of `ticked`, all of them ticked."""
        documents = self._library.documents(visit.collection or None)
        return Screen(table=self._table(visit, documents, self._importing.arrivals(), ticked), listing=visit.listing)

    def folders(self, visit: Visit) -> Html:
        """The folders that are kept in step, in the time zone of this machine."""
        if self._watching is None:
            return Html()
        watching = self._watching
        found = {changes.folder.id: changes for changes in watching.found}
        return folders_html(
            visit.wording, self._library.folders(), found, _now(), looking=watching.looking, failure=watching.failure
        )

    def looks(self, visit: Visit) -> float:
        """After how many seconds the page looks again: soon while something goes on, now and then where folders may change."""
        if self._importing.running or (self._watching and self._watching.looking) or self.news != visit.seen:
            return SECONDS_BETWEEN_LOOKS
        return SECONDS_BETWEEN_IDLE_LOOKS if self._watching and self._library.folders() else 0.0

    def _queue(self, visit: Visit, arrivals: Arrivals) -> Html:
        """Files on their way in, below a line that says what may be added."""
        return join((upload_hint_html(visit.wording, visit.collection), queue_html(visit.wording, arrivals, self._guide)))

    def _table(self, visit: Visit, documents: Sequence[DocumentSummary], arrivals: Arrivals, ticked: str = "") -> Html:
        states = states_of(arrivals.tasks)
        shown = excerpt(documents, states, visit.listing)
        return table_html(visit.wording, shown, states, visit.listing, visit.collection, _now(), ticked=ticked)


def _now() -> datetime:
    return datetime.now(timezone.utc).astimezone()
