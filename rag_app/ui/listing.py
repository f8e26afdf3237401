"""Which documents the table shows: found by their words, in an order, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag_app.records import DocumentSummary, Task, TaskState

ROWS_OF_A_PAGE = 50
States = Mapping[str, TaskState]

# Column -> what it is sorted by. `States` are of documents that are read again: these come first.
SORTS: Mapping[str, Callable[[DocumentSummary, States], Any]] = {
    "name": lambda document, states: document.name.casefold(),
    "pages": lambda document, states: document.pages,
    "passages": lambda document, states: document.passages,
    "size": lambda document, states: document.size,
    "language": lambda document, states: document.language,
    "added": lambda document, states: document.added_at,
    "state": lambda document, states: document.id not in states,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """What a visitor wants the table to show. `page` counts from 1."""

    search: str = ""
    sort: str = "name"
    descending: bool = False
    page: int = 1


ALL_BY_NAME = Listing()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The rows of one page of the table: the documents from `first` (counted from 0) of those whose ids are `found`."""

    documents: tuple[DocumentSummary, ...]
    first: int
    found: tuple[str, ...]
    page: int
    pages: int

    @property
    def total(self) -> int:
        """How many were found."""
        return len(self.found)


def excerpt(documents: Sequence[DocumentSummary], states: States, listing: Listing, *, rows: int = ROWS_OF_A_PAGE) -> Excerpt:
    """The page that `listing` asks for, or the last one there is; each has so many `rows`."""
    words = listing.search.casefold().split()
    found = [document for document in documents if _holds(document, words)]
    found.sort(key=lambda document: (SORTS["name"](document, states), document.id))
    found.sort(key=lambda document: SORTS[listing.sort](document, states), reverse=listing.descending)
    pages = max(1, -(-len(found) // rows))
    page = min(max(listing.page, 1), pages)
    first = (page - 1) * rows
    return Excerpt(tuple(found[first : first + rows]), first, tuple(document.id for document in found), page, pages)


def states_of(tasks: Sequence[Task]) -> dict[str, TaskState]:
    """How far the documents are that are read again; those that were read are not among them."""
    states = (TaskState.WAITING, TaskState.RUNNING, TaskState.FAILED)
    return {task.document_id: task.state for task in tasks if task.again and task.state in states}


def _holds(document: DocumentSummary, words: Sequence[str]) -> bool:
    text = f"{document.name} {document.title} {' '.join(document.collections)}".casefold()
    return all(word in text for word in words)
