"""The view Models: which model writes, what is on the shelf, and what is being downloaded or timed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_app.ui.app import App
from rag_app.ui.events import Events, Update, make_panel
from rag_app.ui.screen import Screen

SECONDS_BETWEEN_LOOKS = 0.7

# What can be clicked in each panel; the page's script reports nothing else.
ACTS = {
    "model_chosen": ("test_speed",),
    "model_work": ("stop_model_work",),
    "models": ("choose_model", "fetch_model", "remove_model"),
    "model_forms": ("set_model", "import_model", "set_hub"),
}


@dataclass(frozen=True)
class ModelsView:
    """The components of the view."""

    panels: Mapping[str, gr.HTML]
    timer: gr.Timer

    @property
    def controls(self) -> Sequence[Any]:
        """What ticks while something runs."""
        return (self.timer,)

    def changed(self, screen: Screen) -> Update:
        """Whether to look again how far it is."""
        return {} if screen.model_working is None else {self.timer: gr.Timer(active=screen.model_working)}


def make_models_view() -> ModelsView:
    """Build the components, inside the column of the view."""
    panels = {name: make_panel(name, acts) for name, acts in ACTS.items()}
    return ModelsView(panels, gr.Timer(SECONDS_BETWEEN_LOOKS, active=False))


def wire_models_view(events: Events, view: ModelsView, app: App) -> None:
    """Clicks, forms, and looking how far it is."""
    assert app.models is not None, "this view is for a person at the machine"
    events.on(view.timer.tick, app.models.watch, trigger_mode="once")
    events.clicks(view, ACTS, app.models.clicks())
