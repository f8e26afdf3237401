"""The view Models: which model writes, what is on the shelf, and what is being downloaded or timed."""

from __future__ import annotations

from rag_app.ui.app import App
from rag_app.ui.events import Events
from rag_app.ui.working_view import WorkingView, make_working_view

# What can be clicked in each panel; the page's script reports nothing else.
ACTS = {
    "model_chosen": ("test_speed",),
    "model_work": ("stop_model_work",),
    "models": ("choose_model", "fetch_model", "remove_model"),
    "model_forms": ("set_model", "import_model", "set_hub"),
}


def make_models_view() -> WorkingView:
    """Build the components, inside the column of the view."""
    return make_working_view(ACTS, lambda screen: screen.model_working)


def wire_models_view(events: Events, view: WorkingView, app: App) -> None:
    """Clicks, forms, and looking how far it is."""
    assert app.models is not None, "this view is for a person at the machine"
    events.on(view.timer.tick, app.models.watch, trigger_mode="once")
    events.clicks(view, ACTS, app.models.clicks())
