"""The table of documents: a page of it, sorted, with ticks that the page's script keeps."""

from __future__ import annotations

from datetime import datetime

from rag_app.records import DocumentSummary, TaskState
from rag_app.ui.language import Wording
from rag_app.ui.listing import SORTS, Excerpt, Listing, States
from rag_app.ui.rendering.history import shown_time
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, span, words
from rag_app.ui.rendering.shelf import shown_size

STATES = {TaskState.WAITING: "state.waiting", TaskState.RUNNING: "state.reading", TaskState.FAILED: "state.failed"}


def table_html(
    wording: Wording, excerpt: Excerpt, states: States, listing: Listing, collection: str, now: datetime, *, ticked: str = ""
) -> Html:
    """A page of the documents, or a sentence where there are none. `now` has a time zone: the one times are shown in.

    All that were found are to be ticked, those of other pages too, once for each value of `ticked` that is not empty.
    """
    if not excerpt.total:
        said = wording("table.none_found", search=listing.search) if listing.search else ""
        return element("p", {"class": "fn-hint"}, said or wording("collection.empty" if collection else "library.empty"))
    rows = (_row(wording, document, states, now) for document in excerpt.documents)
    table = element(
        "table",
        {"class": "fn-table", "aria-label": wording("documents")},
        element(
            "thead",
            {},
            element("tr", {}, _pick_all(wording, excerpt, ticked), *(_column(wording, name, listing) for name in SORTS)),
        ),
        element("tbody", {}, *rows),
    )
    return join((table, _pages(wording, excerpt)))


def _pick_all(wording: Wording, excerpt: Excerpt, ticked: str) -> Html:
    box: dict[str, Attribute] = {"type": "checkbox", "data-pick-all": True, "aria-label": wording("table.pick_all")}
    box |= {"data-found": excerpt.total} if excerpt.pages > 1 else {}
    box |= {"data-ticked": ticked, "data-picked": " ".join(excerpt.found)} if ticked else {}
    return element("th", {"class": "fn-pick", "scope": "col"}, element("input", box))


def _column(wording: Wording, name: str, listing: Listing) -> Html:
    direction = "descending" if listing.descending else "ascending"
    sorted_so = direction if name == listing.sort else None
    mark = span("fn-arrow", "↓" if listing.descending else "↑") if sorted_so else Html()
    attributes: dict[str, Attribute] = {"class": f"fn-col-{name}", "scope": "col", "aria-sort": sorted_so}
    return element("th", attributes, button("sort", "fn-sort", {"data-sort": name}, wording(f"column.{name}"), mark))


def _row(wording: Wording, document: DocumentSummary, states: States, now: datetime) -> Html:
    label = wording("table.pick", name=document.name)
    box: dict[str, Attribute] = {"type": "checkbox", "data-pick": document.id, "aria-label": label}
    state = states.get(document.id)
    cells = {
        "name": _name(wording, document),
        "pages": f"{document.pages:,}",
        "passages": f"{document.passages:,}",
        "size": shown_size(document.size),
        "language": wording(f"language.{document.language}"),
        "added": element("time", {"datetime": document.added_at}, shown_time(document.added_at, now)),
        "state": span("fn-bad" if state is TaskState.FAILED else "", wording(STATES[state] if state else "state.ready")),
    }
    shown = (element("td", {"class": f"fn-col-{name}"}, cells[name]) for name in SORTS)
    return element("tr", {"class": "fn-document"}, element("td", {"class": "fn-pick"}, element("input", box)), *shown)


def _name(wording: Wording, document: DocumentSummary) -> Html:
    opens: dict[str, Attribute] = {"data-document": document.id, "data-page": 1, "title": document.name}
    name = button("open_source", "fn-document-name", opens, words("", document.name))
    tags = (words("fn-tag", collection) for collection in document.collections)
    return join((name, *tags, _recognized(wording, document)))


def _recognized(wording: Wording, document: DocumentSummary) -> Html:
    """How surely text recognition read pages of the document, if it did."""
    if document.confidence is None:
        return Html()
    about = wording("table.recognized_pages", n=document.recognized_pages, pages=document.pages)
    return element(
        "span", {"class": "fn-tag", "title": about}, wording("table.recognized", confidence=f"{document.confidence:.0%}")
    )


def _pages(wording: Wording, excerpt: Excerpt) -> Html:
    """Which rows these are, and the way to the others."""
    last = excerpt.first + len(excerpt.documents)
    shown = span("fn-hint", wording("table.rows", first=excerpt.first + 1, last=last, total=f"{excerpt.total:,}"))
    if excerpt.pages == 1:
        return div("fn-pages", shown)
    ways = (
        _way(wording("table.previous"), "back", excerpt.page - 1 if excerpt.page > 1 else 0),
        _way(wording("table.next"), "forward", excerpt.page + 1 if excerpt.page < excerpt.pages else 0),
    )
    return div("fn-pages", shown, *ways)


def _way(label: str, drawing: str, page: int) -> Html:
    attributes: dict[str, Attribute] = {"data-page": page, "disabled": page == 0, "aria-label": label, "title": label}
    return button("turn", "fn-icon-button", attributes, icon(drawing))
