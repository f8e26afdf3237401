"""The page: a frame with the bar at the top, and one view below it at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from rag_app.errors import RagError
from rag_app.ui.app import App
from rag_app.ui.ask_view import make_ask_view, wire_ask_view
from rag_app.ui.desks import Desks
from rag_app.ui.endpoints import add_endpoints
from rag_app.ui.evaluate_view import make_evaluate_view, wire_evaluate_view
from rag_app.ui.events import Events, PageEvents, Update, View, make_panel, refused
from rag_app.ui.language import Language, choose_language
from rag_app.ui.library_view import make_library_view, wire_library_view
from rag_app.ui.listing import ALL_BY_NAME
from rag_app.ui.models_view import make_models_view, wire_models_view
from rag_app.ui.rendering.frame import header_html
from rag_app.ui.screen import NOTHING_SHOWN, Screen, Visit, read_number
from rag_app.ui.settings_view import make_settings_view, wire_settings_view

# View -> what builds its components, and what wires their events. Where it is to be seen stands in `desks`, its name in the bar
# in the language tables as `view.NAME`.
VIEWS: Mapping[str, tuple[Callable[[], Any], Callable[[Events, Any, App], None]]] = {
    "ask": (make_ask_view, wire_ask_view),
    "library": (make_library_view, wire_library_view),
    "models": (make_models_view, wire_models_view),
    "evaluate": (make_evaluate_view, wire_evaluate_view),
    "settings": (make_settings_view, wire_settings_view),
}

# What can be clicked in each panel of the frame, and to `look` again; the page's script reports nothing else.
ACTS = {"header": ("speak", "look"), "sharing": (), "notice": ("dismiss",), "reader": ("open_source", "close_reader")}
AFTER_RENDERING = {"header": "arrived", "reader": "opened"}


@dataclass(frozen=True)
class Frame:
    """What stands around every view: the bar, sentences about what happened, the open page of a document.

    The browser keeps the language chosen by hand, and the key to the visitor's library.
    """

    panels: Mapping[str, gr.HTML]
    remembered: gr.BrowserState
    key: gr.BrowserState

    @property
    def controls(self) -> Sequence[Any]:
        """What the browser remembers."""
        return (self.remembered, self.key)

    def changed(self, screen: Screen) -> Update:
        """A language chosen by hand is remembered."""
        return {} if screen.remembered is None else {self.remembered: screen.remembered}


def build_page(desks: Desks) -> gr.Blocks:
    """The page over the libraries of `desks`, with the views that they have."""
    page = gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True)
    with page:
        built: dict[str, View] = {}
        with gr.Column(elem_id="fn-app"):
            header, sharing = _panel("header"), _panel("sharing")
            for name in desks.views:
                with gr.Column(elem_id=f"fn-view-{name}", elem_classes="fn-view"):
                    built[name] = VIEWS[name][0]()
            panels = {"header": header, "sharing": sharing, "reader": _panel("reader"), "notice": _panel("notice")}
        frame = Frame(panels, _kept("language"), _kept("visitor"))

        def wire(events: Events, app: App) -> None:
            events.clicks(frame, ACTS, app.visitors.clicks())
            looking = app.visitors
            events.click(header, "look", lambda visit, click: looking.look(visit, read_number(click, "last")), clears=False)
            for name, view in built.items():
                VIEWS[name][1](events, view, app)

        _wire_arrival(page, PageEvents(desks, [frame, *built.values()], _states(), frame.key, wire), frame, desks)
        add_endpoints(desks)
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
        "sought": gr.State(""),
        "listing": gr.State(ALL_BY_NAME),
        "seen": gr.State(-1),
    }


def _kept(name: str) -> gr.BrowserState:
    """What the browser keeps, readable again when this program was started anew: the secret hides it from nobody."""
    return gr.BrowserState("", storage_key=f"footnote.{name}", secret="footnote")


def _wire_arrival(page: gr.Blocks, events: PageEvents, frame: Frame, desks: Desks) -> None:
    """A page that arrives is given its key if it has none; one that leaves takes its running answer with it."""

    def arrive(remembered: Any, kept: Any, request: gr.Request) -> Update:
        language = choose_language(str(remembered or ""), request.headers.get("accept-language", ""))
        visit = Visit(request.session_hash or "", language, at_machine=desks.at_machine)
        key = desks.key(str(kept or ""))
        try:
            with desks.at(key) as desk:
                return events.changed(desk.app.visitors.arrive(visit)) | {frame.key: key}
        except RagError as error:
            return events.changed(replace(refused(visit.wording, error), header=header_html(visit.wording, desks.views)))

    def leave(request: gr.Request) -> None:
        desks.leave(request.session_hash or "")

    kept = [frame.remembered, frame.key]
    on = events.outputs[:1]
    page.load(arrive, kept, events.outputs, show_progress="hidden", show_progress_on=on, api_visibility="private")
    page.unload(leave)
