"""The page: a frame with the bar at the top, and one view below it at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_app.library import Library
from rag_app.ui.app import App, open_app
from rag_app.ui.ask_view import make_ask_view, wire_ask_view
from rag_app.ui.events import Events, Update, View, make_panel
from rag_app.ui.importing import Importing
from rag_app.ui.language import Language
from rag_app.ui.library_view import make_library_view, wire_library_view
from rag_app.ui.screen import NOTHING_SHOWN, Screen

# View -> what builds its components, and what wires their events. Its name in the bar is `view.NAME` of the language tables.
VIEWS: Mapping[str, tuple[Callable[[], Any], Callable[[Events, Any, App], None]]] = {
    "ask": (make_ask_view, wire_ask_view),
    "library": (make_library_view, wire_library_view),
}

# What can be clicked in each panel of the frame; the page's script reports nothing else.
ACTS = {"header": ("speak",), "notice": ("dismiss",), "reader": ("open_source", "close_reader")}
AFTER_RENDERING = {"header": "arrived", "reader": "opened"}


@dataclass(frozen=True)
class Frame:
    """What stands around every view: the bar, sentences about what happened, the open page of a document."""

    panels: Mapping[str, gr.HTML]
    remembered: gr.BrowserState

    @property
    def controls(self) -> Sequence[Any]:
        """What the browser remembers."""
        return (self.remembered,)

    def changed(self, screen: Screen) -> Update:
        """A language chosen by hand is remembered."""
        return {} if screen.remembered is None else {self.remembered: screen.remembered}


def build_page(library: Library, importing: Importing, *, views: Sequence[str] = tuple(VIEWS)) -> gr.Blocks:
    """The page over `library` with these views; `importing` works the queue behind it."""
    app = open_app(library, importing, views)
    page = gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True)
    with page:
        built: dict[str, View] = {}
        with gr.Column(elem_id="fn-app"):
            header = _panel("header")
            for name in views:
                with gr.Column(elem_id=f"fn-view-{name}", elem_classes="fn-view"):
                    built[name] = VIEWS[name][0]()
            panels = {"header": header, "reader": _panel("reader"), "notice": _panel("notice")}
        frame = Frame(panels, _remembered())
        events = Events([frame, *built.values()], _states())
        _wire_frame(page, events, frame, app)
        for name in views:
            VIEWS[name][1](events, built[name], app)
    return page


def _panel(name: str) -> gr.HTML:
    return make_panel(name, ACTS[name], after=AFTER_RENDERING.get(name, ""))


def _states() -> dict[str, gr.State]:
    """What is kept for each visitor, by the names of the fields of `Visit`, in their order."""
    return {
        "language": gr.State(Language.ENGLISH),
        "collection": gr.State(""),
        "chosen": gr.State(()),
        "conversation": gr.State(0),
        "shown": gr.State(NOTHING_SHOWN),
        "added": gr.State(0),
    }


def _remembered() -> gr.BrowserState:
    """The language chosen by hand, kept in the browser; it is no secret, and must outlive the process that wrote it."""
    return gr.BrowserState("", storage_key="footnote.language", secret="footnote")


def _wire_frame(page: gr.Blocks, events: Events, frame: Frame, app: App) -> None:
    """Arriving and leaving, the language, and the open page of a document."""
    visitors = app.visitors

    def arrive(remembered: str, request: gr.Request) -> Update:
        accepted = request.headers.get("accept-language", "")
        return events.changed(visitors.arrive(request.session_hash or "", str(remembered or ""), accepted))

    def leave(request: gr.Request) -> None:
        app.runs.leave(request.session_hash or "")

    page.load(arrive, frame.remembered, events.outputs, show_progress="hidden", api_visibility="private")
    page.unload(leave)
    events.clicks(frame, ACTS, visitors.clicks())
