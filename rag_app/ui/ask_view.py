"""The view Ask: conversations and what is asked, the answers, and their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_app.ui.app import App
from rag_app.ui.asking import Asking
from rag_app.ui.events import Events, Update, make_panel
from rag_app.ui.handlers import HistoryHandlers
from rag_app.ui.language import Language, Wording
from rag_app.ui.rating import RatingHandlers
from rag_app.ui.sampling import Sampling
from rag_app.ui.screen import Click, ClickHandler, Screen, Visit, read_number, text_of

ANSWERS_AT_ONCE = 8
ANSWERING: dict[str, Any] = {"concurrency_limit": ANSWERS_AT_ONCE, "concurrency_id": "answers"}

# What can be clicked in each panel; the page's script reports nothing else.
ACTS = {
    "arrivals": (),
    "chooser": ("choose_collection", "choose_document", "choose_none", "open_source"),
    "history": (
        *("new_conversation", "open_conversation", "search_conversations"),
        *("rename_conversation", "export_conversation", "delete_conversation"),
    ),
    "download": (),
    "thread": ("open_source", "ask_again", "ask_as_typed", "rate", "explain", "why", "show_earlier", "add_sample"),
    "live": ("open_source",),
    "scope": ("choose_none",),
    "sources": ("open_source",),
}
AFTER_RENDERING = {"thread": "answered", "live": "asked", "history": "listed", "download": "handedOver"}


@dataclass(frozen=True)
class AskView:
    """The components of the view."""

    panels: Mapping[str, gr.HTML]
    question: gr.Textbox
    ask: gr.Button
    stop: gr.Button

    @property
    def controls(self) -> Sequence[Any]:
        """The question and its buttons."""
        return (self.question, self.ask, self.stop)

    def changed(self, screen: Screen) -> Update:
        """The question and its buttons: what they say, and which of them are there."""
        question: dict[str, Any] = {} if screen.question is None else {"value": screen.question}
        ask: dict[str, Any] = {} if screen.answering is None else {"visible": not screen.answering}
        stop: dict[str, Any] = {} if screen.answering is None else {"visible": screen.answering}
        if screen.language is not None:
            wording = Wording(screen.language)
            question |= {"placeholder": wording("question.placeholder"), "label": wording("question")}
            ask |= {"value": wording("ask")}
            stop |= {"value": wording("stop")}
        changes = ((self.question, question), (self.ask, ask), (self.stop, stop))
        return {component: gr.update(**values) for component, values in changes if values}


def make_ask_view() -> AskView:
    """Build the components, inside the column of the view."""
    panels: dict[str, gr.HTML] = {}
    with gr.Column(elem_id="fn-shelf-column"):
        panels |= {name: _panel(name) for name in ("arrivals", "history", "chooser", "download")}
    with gr.Column(elem_id="fn-desk-column"):
        with gr.Column(elem_id="fn-conversation"):
            panels |= {name: _panel(name) for name in ("thread", "live")}
        with gr.Column(elem_id="fn-composer"):
            panels["scope"] = _panel("scope")
            with gr.Row(elem_id="fn-ask-row"):
                question, ask, stop = _question_box()
    with gr.Column(elem_id="fn-sources-column"):
        panels["sources"] = _panel("sources")
    return AskView(panels, question, ask, stop)


def wire_ask_view(events: Events, view: AskView, app: App) -> None:
    """Asking, asking again, asking as typed, stopping; choosing what is asked; conversations and ratings."""
    asking = Asking(app.library, app.panels, app.runs)

    def ask_again(visit: Visit, click: Click) -> Iterator[Screen]:
        return asking.ask(visit, text_of(click, "question"))

    def ask_as_typed(visit: Visit, click: Click) -> Iterator[Screen]:
        return asking.ask(visit, text_of(click, "question"), as_typed=True)

    events.stream([view.question.submit, view.ask.click], asking.ask, view.question, **ANSWERING)
    events.stream_click(view.panels["thread"], "ask_again", ask_again, **ANSWERING)
    events.stream_click(view.panels["thread"], "ask_as_typed", ask_as_typed, **ANSWERING)
    events.on(view.stop.click, asking.stop)
    sampling = Sampling(app.library, app.importing, app.choosing)
    offered = app.visitors.clicks() | app.choosing.clicks() | sampling.clicks()
    events.clicks(view, ACTS, offered | _conversing(app) | _rating(app))


def _panel(name: str) -> gr.HTML:
    return make_panel(name, ACTS[name], after=AFTER_RENDERING.get(name, ""))


def _question_box() -> tuple[gr.Textbox, gr.Button, gr.Button]:
    wording = Wording(Language.ENGLISH)
    question = gr.Textbox(
        label=wording("question"),
        show_label=False,
        placeholder=wording("question.placeholder"),
        lines=1,
        max_lines=6,
        container=False,
        autofocus=True,
        elem_id="fn-question",
    )
    ask = gr.Button(wording("ask"), variant="primary", elem_id="fn-ask")
    stop = gr.Button(wording("stop"), variant="stop", visible=False, elem_id="fn-stop")
    return question, ask, stop


def _conversing(app: App) -> dict[str, ClickHandler]:
    """What answers the list of conversations."""
    history = HistoryHandlers(app.library, app.panels, app.runs)
    return {
        "new_conversation": lambda visit, click: history.new(visit),
        "show_earlier": lambda visit, click: history.show_earlier(visit, read_number(click, "shown")),
        "open_conversation": lambda visit, click: history.open(visit, read_number(click, "conversation")),
        "search_conversations": lambda visit, click: history.search(visit, text_of(click, "search")),
        "export_conversation": lambda visit, click: history.export(
            visit, read_number(click, "conversation"), text_of(click, "format")
        ),
        "rename_conversation": lambda visit, click: history.rename(
            visit, read_number(click, "conversation"), text_of(click, "title")
        ),
        "delete_conversation": lambda visit, click: history.delete(visit, read_number(click, "conversation")),
    }


def _rating(app: App) -> dict[str, ClickHandler]:
    """What answers a thumb up or down, and its reason."""
    ratings = RatingHandlers(app.library)
    return {
        "rate": lambda visit, click: ratings.rate(visit, read_number(click, "turn"), text_of(click, "rating")),
        "explain": lambda visit, click: ratings.explain(
            visit, read_number(click, "turn"), {name: text_of(click, name) for name in ("fault", "comment", "right_answer")}
        ),
    }
