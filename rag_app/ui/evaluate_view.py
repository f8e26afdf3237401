"""The view Evaluate: question sets, what is being asked, and what came of it."""

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
ACTS = {"evaluation_forms": ("make_questions", "evaluate"), "evaluation_work": ("stop_evaluation",), "evaluation": ()}


@dataclass(frozen=True)
class EvaluateView:
    """The components of the view."""

    panels: Mapping[str, gr.HTML]
    timer: gr.Timer

    @property
    def controls(self) -> Sequence[Any]:
        """What ticks while something runs."""
        return (self.timer,)

    def changed(self, screen: Screen) -> Update:
        """Whether to look again how far it is."""
        return {} if screen.evaluating is None else {self.timer: gr.Timer(active=screen.evaluating)}


def make_evaluate_view() -> EvaluateView:
    """Build the components, inside the column of the view."""
    panels = {name: make_panel(name, acts) for name, acts in ACTS.items()}
    return EvaluateView(panels, gr.Timer(SECONDS_BETWEEN_LOOKS, active=False))


def wire_evaluate_view(events: Events, view: EvaluateView, app: App) -> None:
    """Forms, stopping, and looking how far it is."""
    assert app.evaluating is not None, "this view is for a person at the machine"
    events.on(view.timer.tick, app.evaluating.watch, trigger_mode="once")
    events.clicks(view, ACTS, app.evaluating.clicks())
