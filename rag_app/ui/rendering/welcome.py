"""What stands in the middle before the first question, and what can be asked next."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Html, button, div, element, icon, own_language, span


def welcome_html(wording: Wording, has_documents: bool, questions: Sequence[str] = ()) -> Html:
    """A greeting. With documents: questions that they can answer. Without: what to do first, and a document to try."""
    if has_documents:
        text = (element("h2", {}, wording("ready.title")), element("p", {}, wording("ready.text")))
        return div("fn-welcome", *text, suggestions_html(wording, "suggestions.first", questions))
    steps = (_step(wording, number) for number in (1, 2, 3))
    choose = button("upload", "fn-primary", {}, icon("plus"), wording("welcome.choose"))
    sample = button("add_sample", "fn-secondary", {}, icon("page"), wording("welcome.sample"))
    text = (element("h2", {}, wording("welcome.title")), element("p", {}, wording("welcome.text")))
    hint = element("p", {"class": "fn-hint"}, wording("welcome.sample_text"))
    return div("fn-welcome", *text, element("ol", {"class": "fn-steps"}, *steps), div("fn-choices-row", choose, sample), hint)


def suggestions_html(wording: Wording, heading: str, questions: Sequence[str]) -> Html:
    """Questions to click, below a heading; nothing without any."""
    if not questions:
        return Html()
    rows = (element("li", {}, _suggestion(question)) for question in questions)
    title = element("h3", {"class": "fn-suggestions-title"}, wording(heading))
    return element("section", {"class": "fn-suggestions"}, title, element("ul", {}, *rows))


def _suggestion(question: str) -> Html:
    asks = {"data-question": question, **own_language(question)}
    return button("ask_again", "fn-suggestion", asks, icon("forward"), span("", question))


def _step(wording: Wording, number: int) -> Html:
    text = (element("strong", {}, wording(f"welcome.step{number}")), span("", wording(f"welcome.step{number}_text")))
    return element("li", {}, span("fn-number", str(number)), div("", *text))
