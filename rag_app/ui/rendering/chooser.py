"""What is asked, beside the answers: a collection to pick, and a few documents to tick."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.records import DocumentSummary
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, words

DOCUMENTS_SHOWN, TICKED_SHOWN = 8, 50


def chooser_html(
    wording: Wording, documents: Sequence[DocumentSummary], collections: Sequence[str], collection: str, chosen: Sequence[str]
) -> Html:
    """The collections, and documents of the picked one (empty: of the library): those that are ticked, then a few more."""
    head = div("fn-panel-head", element("h2", {"class": "fn-panel-title"}, wording("chooser")))
    if not documents and not collections:
        return join((head, button("upload", "fn-link", {}, wording("upload"))))
    chips = chips_html(wording, collections, collection)
    if not documents:
        said = wording("collection.empty" if collection else "library.empty")
        return join((head, chips, element("p", {"class": "fn-hint"}, said)))
    ids = set(chosen)
    ticked = [document for document in documents if document.id in ids]
    others = [document for document in documents if document.id not in ids]
    shown = [*ticked[:TICKED_SHOWN], *others[: max(DOCUMENTS_SHOWN - len(ticked), 0)]]
    rows = (element("li", {}, _choice(wording, document, document.id in ids)) for document in shown)
    choices = element("ul", {"class": "fn-choices"}, *rows)
    return join((head, chips, choices, _more(wording, len(documents) - len(shown), chosen)))


def chips_html(wording: Wording, collections: Sequence[str], collection: str) -> Html:
    """The collections to pick from; a new one is among them before it holds a document."""
    names = [*collections] if not collection or collection in collections else [*collections, collection]
    if not names:
        return Html()
    chips = [_chip(wording("collection.all"), "", collection == ""), *(_chip(name, name, name == collection) for name in names)]
    return element("div", {"class": "fn-chips", "role": "group", "aria-label": wording("collections")}, *chips)


def _chip(label: str, name: str, pressed: bool) -> Html:
    attributes: dict[str, Attribute] = {"data-collection": name, "aria-pressed": "true" if pressed else "false", "dir": "auto"}
    return button("choose_collection", "fn-chip", attributes, label)


def _choice(wording: Wording, document: DocumentSummary, chosen: bool) -> Html:
    attributes: dict[str, Attribute] = {
        "role": "checkbox",
        "aria-checked": "true" if chosen else "false",
        "aria-label": wording("library.choose_one", name=document.name),
        "title": document.name,
        "data-document": document.id,
    }
    return button("choose_document", "fn-choice fn-tick", attributes, icon("check"), words("fn-choice-name", document.name))


def _more(wording: Wording, hidden: int, chosen: Sequence[str]) -> Html:
    clear = button("choose_none", "fn-link", {}, wording("library.clear"))
    hint = element("p", {"class": "fn-hint"}, clear if chosen else wording("library.choose"))
    more = element("a", {"href": "#library", "class": "fn-link"}, wording("chooser.more", n=f"{hidden:,}"))
    return join((hint, element("p", {"class": "fn-hint"}, more))) if hidden > 0 else hint
