"""The view Settings: the few that matter, for the person at the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_app.ui.app import App
from rag_app.ui.events import Events, Update, make_panel
from rag_app.ui.screen import Screen
from rag_app.ui.setting import Setting

ACTS = {"settings": ("speak", "set_setting", "reset_settings")}


@dataclass(frozen=True)
class SettingsView:
    """The one panel of the view."""

    panels: Mapping[str, gr.HTML]
    controls: Sequence[Any] = ()

    def changed(self, screen: Screen) -> Update:
        """Nothing besides the panel."""
        return {}


def make_settings_view() -> SettingsView:
    """Build the panel, inside the column of the view."""
    return SettingsView({name: make_panel(name, acts, after="themed") for name, acts in ACTS.items()})


def wire_settings_view(events: Events, view: SettingsView, app: App) -> None:
    """Setting, setting back, and the language."""
    events.clicks(view, ACTS, app.visitors.clicks() | Setting(app.library, app.panels, app.models).clicks())
