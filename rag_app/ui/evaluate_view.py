"""The view Evaluate: question sets, what is being asked, and what came of it."""

from __future__ import annotations

from rag_app.ui.app import App
from rag_app.ui.events import Events
from rag_app.ui.working_view import WorkingView, make_working_view

# What can be clicked in each panel; the page's script reports nothing else.
ACTS = {"evaluation_forms": ("make_questions", "evaluate"), "evaluation_work": ("stop_evaluation",), "evaluation": ()}


def make_evaluate_view() -> WorkingView:
    """Build the components, inside the column of the view."""
    return make_working_view(ACTS, lambda screen: screen.evaluating)


def wire_evaluate_view(events: Events, view: WorkingView, app: App) -> None:
    """Forms, stopping, and looking how far it is."""
    assert app.evaluating is not None, "this view is for a person at the machine"
    events.on(view.timer.tick, app.evaluating.watch, trigger_mode="once")
    events.clicks(view, ACTS, app.evaluating.clicks())
