"""The passages behind an answer as numbered cards, and the page that one of them opens."""

from __future__ import annotations

from base64 import b64encode

from rag_app.records import Answer, Citation, Evidence, PageView, Rectangle, Stretch
from rag_app.ui.language import Wording
from rag_app.ui.rendering.answers import closest_attributes, shown_quote, source_attributes
from rag_app.ui.rendering.markup import (
    Attribute,
    Html,
    button,
    div,
    element,
    icon,
    join,
    own_language,
    scrolling,
    span,
    words,
)
from rag_app.ui.rendering.opening import opening
from rag_app.ui.rendering.page_text import page_text_html
from rag_app.ui.rendering.places import Cited, named_place, place_of
from rag_app.ui.screen import Target

CLOSEST_SHOWN = 5
SURE = 0.9


def sources_html(wording: Wording, answer: Answer | None, turn: int) -> Html:
    """The sources of an answer: its footnotes, or the closest passages where it has none."""
    if answer is None or not (answer.finished or answer.evidence):
        return _empty(wording)
    citations = answer.citations
    if citations:
        cards = (_card(wording, citation, turn) for citation in citations)
        return join((_heading(wording("sources"), len(citations)), element("ol", {"class": "fn-cards"}, *cards)))
    closest = answer.evidence[:CLOSEST_SHOWN]
    if not closest:
        return join((_heading(wording("sources"), 0), element("p", {"class": "fn-hint"}, wording("sources.none"))))
    cards = (_closest_card(wording, found, turn) for found in closest)
    return join((_heading(wording("sources.closest"), 0), element("ol", {"class": "fn-cards"}, *cards)))


def reader_html(wording: Wording, view: PageView, target: Target) -> Html:
    """An open page: its picture with the quote marked over it, or its text for a format without pages."""
    marked = target.marked or Stretch(view.page, 0, 0)
    sheet = _picture(wording, view, target) if view.image else page_text_html(wording, view.text, marked.start, marked.end)
    attributes: dict[str, Attribute] = {"class": "fn-reader", "role": "region", "aria-label": view.document_name}
    attributes["tabindex"] = "-1"
    above = join((_bar(wording, view, target), _recognized(wording, view), _cited_words(wording, view, target)))
    return element("section", attributes, above, sheet)


def _cited_words(wording: Wording, view: PageView, target: Target) -> Html:
    """The words of the quote that stand on this page, and where a page break cuts it, a way to the others."""
    if target.marked is None:
        return Html()
    quote = view.text[target.marked.start : target.marked.end]
    goes_on, begun = target.marked != target.quote[-1], target.marked != target.quote[0]
    attributes: dict[str, Attribute] = {"class": "fn-quote", **own_language(quote), "aria-label": wording("reader.quote")}
    cited_words = element("blockquote", attributes, f"{'…' * begun}{quote}{'…' * goes_on}")
    if not (goes_on or begun):
        return cited_words
    other = target.quote[-1 if goes_on else 0].page
    opens = opening(target.document_id, target.quote, target.turn, page=other)
    label = wording("reader.goes_on" if goes_on else "reader.begins", page=other)
    return join((cited_words, button("open_source", "fn-link fn-other-half", opens, label)))


def _recognized(wording: Wording, view: PageView) -> Html:
    """How surely text recognition read the page, if it did."""
    if view.confidence is None:
        return Html()
    sentence = wording(
        "page.recognized" if view.confidence >= SURE else "page.recognized_unsure", confidence=f"{view.confidence:.0%}"
    )
    return element("p", {"class": "fn-hint fn-recognized"}, sentence)


def missing_page_html(wording: Wording, sentence: str) -> Html:
    """What is shown where a page cannot be opened any more: a sentence that says why."""
    close = button("close_reader", "fn-icon-button", {"aria-label": wording("reader.close")}, icon("close"))
    said = element("p", {"class": "fn-hint"}, sentence)
    return element("section", {"class": "fn-reader", "tabindex": "-1"}, div("fn-reader-bar", span("fn-spring"), close), said)


def _heading(text: str, count: int) -> Html:
    return element("h2", {"class": "fn-panel-title"}, text, span("fn-count", str(count)) if count else Html())


def _empty(wording: Wording) -> Html:
    hints = (element("p", {"class": "fn-hint"}, wording(key)) for key in ("sources.empty", "sources.empty_how"))
    sketch = div("fn-sketch", span("fn-number", "1"), div("fn-sketch-lines", span(""), span("fn-sketch-marked"), span("")))
    return join((_heading(wording("sources"), 0), div("fn-empty", sketch, *hints)))


def _card(wording: Wording, citation: Citation, turn: int) -> Html:
    label = wording("source.label", number=citation.number, place=named_place(wording, citation))
    attributes = source_attributes(citation, turn) | {"aria-label": label}
    where = (words("fn-card-name", citation.document_name), _card_place(wording, citation))
    head = div("fn-card-head", span("fn-number", str(citation.number)), *where)
    quote = words("fn-card-quote", shown_quote(citation))
    return element("li", {}, button("open_source", "fn-card", attributes, head, quote))


def _closest_card(wording: Wording, found: Evidence, turn: int) -> Html:
    attributes = closest_attributes(found, turn) | {
        "aria-label": wording("source.closest_label", place=named_place(wording, found))
    }
    head = div("fn-card-head", words("fn-card-name", found.stored.document_name), _card_place(wording, found))
    return element(
        "li", {}, button("open_source", "fn-card", attributes, head, words("fn-card-quote", " ".join(found.text.split())))
    )


def _card_place(wording: Wording, cited: Cited) -> Html:
    where = place_of(wording, cited, begins=True)
    return words("fn-card-page", where) if where else Html()


def _bar(wording: Wording, view: PageView, target: Target) -> Html:
    place = div(
        "fn-reader-place",
        words("fn-reader-name", view.document_name),
        span("fn-reader-page", wording("page_of", page=view.page, pages=view.pages)) if view.pages > 1 or view.image else Html(),
    )
    buttons = (
        _turn(wording, "page.previous", "back", target, view.page - 1 if view.page > 1 else 0),
        _turn(wording, "page.next", "forward", target, view.page + 1 if view.page < view.pages else 0),
        _turn(wording, "page.to_quote", "quote", target, target.quote_page) if _away_from_quote(target) else Html(),
        button("zoom", "fn-icon-button", _named(wording("page.zoom")), icon("zoom")) if view.image else Html(),
        button("close_reader", "fn-icon-button", _named(wording("reader.close")), icon("close")),
    )
    return div("fn-reader-bar", place, *buttons)


def _named(label: str) -> dict[str, Attribute]:
    return {"aria-label": label, "title": label}


def _away_from_quote(target: Target) -> bool:
    return bool(target.quote) and target.marked is None


def _turn(wording: Wording, label: str, drawing: str, target: Target, page: int) -> Html:
    """A button to another page of the document; page 0 is none."""
    attributes = opening(target.document_id, target.quote, target.turn, page=page) | {"data-page": page, "disabled": page == 0}
    return button("open_source", "fn-icon-button", attributes | _named(wording(label)), icon(drawing))


def _picture(wording: Wording, view: PageView, target: Target) -> Html:
    source = f"data:image/png;base64,{b64encode(view.image or b'').decode('ascii')}"
    label = wording("page.image", page=view.page, name=view.document_name)
    marked = view.rectangles if target.marked else ()
    width = max((one.right for one in marked), default=1.0) - min((one.left for one in marked), default=0.0)
    sheet = {"class": "fn-sheet", "style": f"--fn-marked:{max(width, 0.1):.3f}"}
    image = element("img", {"class": "fn-page-image", "src": source, "alt": label})
    return scrolling(element("div", sheet, image, *map(_highlight, marked)))


def _highlight(rectangle: Rectangle) -> Html:
    place = (
        f"left:{rectangle.left:.3%};top:{rectangle.top:.3%};"
        f"width:{rectangle.right - rectangle.left:.3%};height:{rectangle.bottom - rectangle.top:.3%}"
    )
    return element("span", {"class": "fn-highlight", "style": place})
