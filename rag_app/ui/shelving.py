"""Ordering what is in the library: finding, sorting, collections, reading again, removing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag_app.library import Library
from rag_app.ui.choosing import Choosing, tidy_name
from rag_app.ui.handlers import tells_mistakes
from rag_app.ui.importing import Importing
from rag_app.ui.listing import SORTS, Listing
from rag_app.ui.rendering.frame import notice_html
from rag_app.ui.screen import ClickHandler, Screen, Visit, read_number, read_texts, text_of
from rag_app.ui.shelf_panels import ShelfPanels

LONGEST_SEARCH = 200
LARGE_FIRST = ("pages", "passages", "size", "added")


class Shelving:
    """Lists documents and changes what is there of them."""

    def __init__(self, library: Library, importing: Importing, panels: ShelfPanels, choosing: Choosing) -> None:
        self._library = library
        self._importing = importing
        self._panels = panels
        self._choosing = choosing

    def clicks(self) -> dict[str, ClickHandler]:
        """What answers the clicks on the table, on what is done with ticked documents, and on collections."""
        return {
            "sort": lambda visit, click: self.sort(visit, text_of(click, "sort")),
            "turn": lambda visit, click: self.turn(visit, read_number(click, "page")),
            "pick_found": lambda visit, click: self._panels.table(visit, ticked=text_of(click, "time")),
            "ask_documents": lambda visit, click: self._choosing.choose_documents(visit, read_texts(click, "documents")),
            "put_in": lambda visit, click: self.put_in(visit, read_texts(click, "documents"), text_of(click, "name")),
            "take_out": lambda visit, click: self.take_out(visit, read_texts(click, "documents")),
            "reread": lambda visit, click: self.reread(visit, read_texts(click, "documents")),
            "remove_documents": lambda visit, click: self.remove(visit, read_texts(click, "documents")),
            "make_collection": lambda visit, click: self.make_collection(visit, text_of(click, "name")),
            "rename_collection": lambda visit, click: self.rename_collection(
                visit, text_of(click, "collection"), text_of(click, "name")
            ),
            "delete_collection": lambda visit, click: self.delete_collection(visit, text_of(click, "collection")),
        }

    def find(self, visit: Visit, search: str) -> Screen:
        """List the documents that hold these words in their names, titles or collections."""
        return self._listed(visit, replace(visit.listing, search=" ".join(search.split())[:LONGEST_SEARCH], page=1))

    def sort(self, visit: Visit, column: str) -> Screen:
        """Sort by a column, or by the same one the other way round."""
        if column not in SORTS:
            return Screen()
        listing = visit.listing
        descending = not listing.descending if column == listing.sort else column in LARGE_FIRST
        return self._listed(visit, replace(listing, sort=column, descending=descending, page=1))

    def turn(self, visit: Visit, page: int) -> Screen:
        """Another page of the table."""
        return self._listed(visit, replace(visit.listing, page=page))

    @tells_mistakes
    def put_in(self, visit: Visit, document_ids: Sequence[str], name: str) -> Screen:
        """Put documents into a collection, a new one if need be."""
        if tidy_name(name):
            self._library.put_in_collection(document_ids, tidy_name(name))
        return self._choosing.shown(visit)

    @tells_mistakes
    def take_out(self, visit: Visit, document_ids: Sequence[str]) -> Screen:
        """Take documents out of the visitor's collection."""
        self._library.take_from_collection(document_ids, visit.collection)
        return self._choosing.shown(visit)

    @tells_mistakes
    def reread(self, visit: Visit, document_ids: Sequence[str]) -> Screen:
        """Have documents read again."""
        self._library.reread(document_ids)
        self._importing.start()
        return self._after(visit, "reread", len(document_ids))

    @tells_mistakes
    def remove(self, visit: Visit, document_ids: Sequence[str]) -> Screen:
        """Remove documents and all that came from them."""
        self._library.remove(document_ids)
        return self._after(visit, "removed", len(document_ids))

    @tells_mistakes
    def make_collection(self, visit: Visit, name: str) -> Screen:
        """Make a collection; it is shown, asked and filled from now on."""
        name = tidy_name(name)
        if not name:
            return Screen()
        self._library.make_collection(name)
        said = notice_html(visit.wording, visit.wording("collection.made", name=name), bad=False)
        return replace(self._choosing.choose_collection(visit, name), notice=said)

    @tells_mistakes
    def rename_collection(self, visit: Visit, name: str, new: str) -> Screen:
        """Give a collection another name; an empty one changes nothing."""
        new = tidy_name(new)
        if not new:
            return Screen()
        self._library.rename_collection(name, new)
        return self._choosing.shown(replace(visit, collection=new if visit.collection == name else visit.collection))

    @tells_mistakes
    def delete_collection(self, visit: Visit, name: str) -> Screen:
        """Delete a collection; the whole library is shown."""
        self._library.delete_collection(name)
        return self._choosing.choose_collection(visit, "")

    def _listed(self, visit: Visit, listing: Listing) -> Screen:
        return self._panels.table(replace(visit, listing=listing))

    def _after(self, visit: Visit, key: str, number: int) -> Screen:
        said = notice_html(visit.wording, visit.wording.count(key, number), bad=False)
        return replace(self._choosing.shown(visit), notice=said)
