"""What frames the panels: the bar at the top, the line that says what is asked, and sentences for mistakes."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.records import DocumentSummary
from rag_app.ui.language import Language, Wording
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, span, words
from rag_app.visitors import Limits

LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.CHINESE: "中文"}
NAMES_SHOWN = 2


def header_html(wording: Wording, views: Sequence[str]) -> Html:
    """The bar at the top, with a link to each view. It carries the language of the page for the page's script."""
    brand = div(
        "fn-brand",
        element("h1", {"class": "fn-logo"}, "Footnote", element("sup", {"aria-hidden": "true"}, "1")),
        span("fn-tagline", wording("tagline")),
    )
    links = (element("a", {"class": "fn-tab", "href": f"#{name}"}, wording(f"view.{name}")) for name in views)
    tabs = element("nav", {"class": "fn-tabs", "aria-label": wording("views")}, *links)
    skip = button("question", "fn-small-button fn-skip", {}, wording("skip"))
    drawer = _tool("drawer", "fn-drawer-button", "list", wording("drawer"))
    theme = _tool("theme", "", "sun", wording("switch_theme"))
    languages = (_language(wording, language) for language in Language)
    switch = element("div", {"class": "fn-languages", "role": "group", "aria-label": wording("switch_language")}, *languages)
    carried = {"data-language": wording.language.value, "data-drop": wording("upload.drop")}
    carried |= {"data-uploading": wording("uploading"), "data-failed": wording("failed"), "data-lost": wording("lost")}
    unfilled = {"name": "#name", "n": "#n", "all": "#all"}
    carried["data-uploading-parts"] = wording("uploading.parts", **unfilled)
    for status, happened in ((413, "too_big"), (507, "no_room"), ("other", "refused")):
        carried[f"data-upload-{status}-one"] = wording(f"upload.{happened}.one", **unfilled)
        carried[f"data-upload-{status}-many"] = wording(f"upload.{happened}.many", **unfilled)
    return element("header", {"class": "fn-header", **carried}, skip, drawer, brand, tabs, span("fn-spring"), switch, theme)


def sharing_html(wording: Wording, limits: Limits) -> Html:
    """What a visitor of a shared server must know before adding anything: who sees it, how long it lasts, how much fits in."""
    values = {"hours": f"{limits.hours:g}", "documents": limits.documents, "megabytes": limits.megabytes, "pages": limits.pages}
    details = element("p", {}, wording("sharing.details", **values, questions=limits.questions_a_minute))
    summary = element("summary", {}, wording("sharing", **values))
    return element("details", {"class": "fn-sharing"}, summary, details)


def scope_html(
    wording: Wording, documents: Sequence[DocumentSummary], collection: str, chosen: Sequence[str], arriving: str = ""
) -> Html:
    """What the next question is asked of, and how files are `arriving`; `documents` are those of the collection."""
    arrival = span("fn-arriving", " · ", arriving) if arriving else Html()
    ids = set(chosen)
    names = [document.name for document in documents if document.id in ids]
    if names:
        clear = button("choose_none", "fn-link", {}, wording("library.clear"))
        return _narrow(wording("scope.chosen", names=_few(wording, names)), " ", clear, " · ", _change(wording), arrival)
    counted = wording.count("documents", len(documents))
    if collection:
        return _narrow(wording("scope.collection", name=collection, documents=counted), " ", _change(wording), arrival)
    if not documents:
        return element("p", {"class": "fn-scope"}, arriving or wording("scope.none"))
    return element("p", {"class": "fn-scope"}, wording("scope.all", documents=counted), " ", _change(wording), arrival)


def _change(wording: Wording) -> Html:
    """What leads to where it is chosen what is asked."""
    return button("choose_scope", "fn-link", {}, wording("scope.change"))


def upload_hint_html(wording: Wording, collection: str) -> Html:
    """What may be added, and where it goes."""
    if collection:
        return element("p", {"class": "fn-hint"}, wording("upload.into", name=collection))
    return element("p", {"class": "fn-hint"}, span("fn-drop-hint", wording("upload.drop_anywhere")), wording("upload.kinds"))


def notice_html(wording: Wording, sentence: str, *, bad: bool = True) -> Html:
    """A sentence about what just happened, with a button that takes it away."""
    dismiss = button("dismiss", "fn-icon-button", {"aria-label": wording("dismiss"), "title": wording("dismiss")}, icon("close"))
    role = "alert" if bad else "status"
    return element("div", {"class": f"fn-notice {'fn-notice-bad' if bad else ''}", "role": role}, words("", sentence), dismiss)


def spoken_html(sentence: str) -> Html:
    """A sentence for those who hear the page; the eye sees it otherwise."""
    return element("p", {"class": "fn-spoken", "role": "status"}, sentence)


def _narrow(*words_of_scope: str) -> Html:
    return element("p", {"class": "fn-scope fn-scope-narrow"}, *words_of_scope)


def _tool(act: str, css_class: str, drawing: str, label: str) -> Html:
    return button(act, f"fn-icon-button {css_class}", {"aria-label": label, "title": label}, icon(drawing))


def _language(wording: Wording, language: Language) -> Html:
    pressed = "true" if language is wording.language else "false"
    attributes: dict[str, Attribute] = {"data-language-choice": language.value, "aria-pressed": pressed, "lang": language.value}
    return button("speak", "fn-language", attributes, LANGUAGE_NAMES[language])


def _few(wording: Wording, names: Sequence[str]) -> str:
    joined = ", ".join(names[:NAMES_SHOWN]) if wording.language is Language.ENGLISH else "、".join(names[:NAMES_SHOWN])
    if len(names) <= NAMES_SHOWN:
        return joined
    return wording("scope.and_more", names=joined, n=f"{len(names) - NAMES_SHOWN:,}")
