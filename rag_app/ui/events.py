"""Event wiring that all views share: whose visit an event belongs to, what was clicked, and the changes it brings to the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import gradio as gr

from rag_app.ui.screen import Click, ClickHandler, Screen, Visit

Update = dict[Any, Any]

# No spinner over the panels, no endpoint for others, and no click lost while an earlier one is served.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}


class View(Protocol):
    """Components that were built together. `panels` hold HTML, by the name of their field in `Screen`."""

    @property
    def panels(self) -> Mapping[str, gr.HTML]:
        """The panels of HTML."""

    @property
    def controls(self) -> Sequence[Any]:
        """The other components that a handler may change."""

    def changed(self, screen: Screen) -> Update:
        """The updates that bring the controls to `screen`."""


class Events:
    """Wires triggers to handlers: each gets the visit first, then the values of its inputs, and gives a `Screen`."""

    def __init__(self, views: Sequence[View], states: Mapping[str, gr.State]) -> None:
        self._views = views
        self._states = states
        panels = [panel for view in views for panel in view.panels.values()]
        self.outputs = [*panels, *(control for view in views for control in view.controls), *states.values()]

    def on(self, trigger: Callable[..., Any], handler: Callable[..., Screen], *inputs: Any, **options: Any) -> None:
        """Have `handler` answer a trigger of a native component."""

        def answer(request: gr.Request, *values: Any) -> Update:
            return self.changed(handler(self._visit(request, values), *values[: len(inputs)]))

        trigger(answer, [*inputs, *self._states.values()], self.outputs, **{**QUIET, **options})

    def stream(
        self, triggers: Sequence[Callable[..., Any]], handler: Callable[..., Iterator[Screen]], *inputs: Any, **options: Any
    ) -> None:
        """Have `handler` answer triggers of native components with one screen after another."""

        def answer(request: gr.Request, *values: Any) -> Iterator[Update]:
            yield from map(self.changed, handler(self._visit(request, values), *values[: len(inputs)]))

        gr.on(list(triggers), answer, [*inputs, *self._states.values()], self.outputs, **{**QUIET, **options})

    def click(self, panel: gr.HTML, act: str, handler: ClickHandler) -> None:
        """Have `handler` answer clicks of a panel that report `act`."""

        def answer(event: gr.EventData, request: gr.Request, *values: Any) -> Update:
            return self.changed(handler(self._visit(request, values), clicked(event)))

        getattr(panel, act)(answer, list(self._states.values()), self.outputs, **QUIET)

    def stream_click(self, panel: gr.HTML, act: str, handler: Callable[[Visit, Click], Iterator[Screen]], **options: Any) -> None:
        """Have `handler` answer clicks of a panel that report `act` with one screen after another."""

        def answer(event: gr.EventData, request: gr.Request, *values: Any) -> Iterator[Update]:
            yield from map(self.changed, handler(self._visit(request, values), clicked(event)))

        getattr(panel, act)(answer, list(self._states.values()), self.outputs, **{**QUIET, **options})

    def clicks(self, view: View, acts: Mapping[str, Sequence[str]], handlers: Mapping[str, ClickHandler]) -> None:
        """Have the handler of its name answer every click that a panel of `view` may report; others are wired apart."""
        for name, reported in acts.items():
            for act in reported:
                if act in handlers:
                    self.click(view.panels[name], act, handlers[act])

    def changed(self, screen: Screen) -> Update:
        """The updates that bring the page to `screen`."""
        update: Update = {}
        for view in self._views:
            for name, panel in view.panels.items():
                html = getattr(screen, name)
                if html is not None:
                    update[panel] = str(html)
            update |= view.changed(screen)
        for name, state in self._states.items():
            value = getattr(screen, name)
            if value is not None:
                update[state] = value
        return update or {self.outputs[0]: gr.skip()}

    def _visit(self, request: gr.Request, values: tuple[Any, ...]) -> Visit:
        return Visit(request.session_hash or "", *values[len(values) - len(self._states) :])


def clicked(event: gr.EventData) -> Click:
    """What a click carries. It comes from a browser, so it may be anything."""
    return event._data if isinstance(event._data, dict) else {}


def make_panel(name: str, acts: Sequence[str], *, after: str = "") -> gr.HTML:
    """A panel of HTML that reports clicks named in `acts`, and calls `after` of the page's script when it has changed."""
    script = f"footnote.listen(element, trigger, {list(acts)});"
    if after:
        script += f"watch('value', () => footnote.{after}(element));"
    return gr.HTML("", elem_id=f"fn-{name}", js_on_load=script, apply_default_css=False)
