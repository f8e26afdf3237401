"""What the views have in common whose panels tell of work in the background: they look again while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag_app.ui.events import Update, make_panel
from rag_app.ui.screen import Screen

SECONDS_BETWEEN_LOOKS = 0.7


@dataclass(frozen=True)
class WorkingView:
    """The components of such a view. `working` tells of a screen whether the work runs; None: as before."""

    panels: Mapping[str, gr.HTML]
    timer: gr.Timer
    working: Callable[[Screen], bool | None]

    @property
    def controls(self) -> Sequence[Any]:
        """What ticks while something runs."""
        return (self.timer,)

    def changed(self, screen: Screen) -> Update:
        """Whether to look again how far it is."""
        working = self.working(screen)
        return {} if working is None else {self.timer: gr.Timer(active=working)}


def make_working_view(acts: Mapping[str, Sequence[str]], working: Callable[[Screen], bool | None]) -> WorkingView:
    """Build a panel for each name in `acts`, which may report the clicks named there, inside the column of the view."""
    panels = {name: make_panel(name, reported) for name, reported in acts.items()}
    return WorkingView(panels, gr.Timer(SECONDS_BETWEEN_LOOKS, active=False), working)
