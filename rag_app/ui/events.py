"""Event wiring that all views share: whose visit an event belongs to, what was clicked, and the changes it brings to the page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import gradio as gr

from rag_app.errors import RagError
from rag_app.ui.app import App
from rag_app.ui.desks import Desk, Desks
from rag_app.ui.language import Wording
from rag_app.ui.mistakes import mistake
from rag_app.ui.rendering.frame import notice_html
from rag_app.ui.screen import Click, ClickHandler, Screen, Visit, both

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


class Events(ABC):
    """Wires triggers to handlers: each gets the visit first, then the values of its inputs, and gives a `Screen`."""

    @abstractmethod
    def on(
        self,
        trigger: Callable[..., Any],
        handler: Callable[..., Screen],
        *inputs: Any,
        clears: bool = False,
        after: str = "",
        **options: Any,
    ) -> None:
        """Have `handler` answer a trigger of a native component, which `clears` what was said before where a person pulls it.

        `after` that a function of the page's script is called, whatever came of it.
        """

    @abstractmethod
    def stream(
        self, triggers: Sequence[Callable[..., Any]], handler: Callable[..., Iterator[Screen]], *inputs: Any, **options: Any
    ) -> None:
        """Have `handler` answer triggers of native components with one screen after another."""

    @abstractmethod
    def click(self, panel: gr.HTML, act: str, handler: ClickHandler, *, clears: bool = True) -> None:
        """Have `handler` answer clicks of a panel that report `act`. Such a click `clears` what was said before."""

    @abstractmethod
    def stream_click(self, panel: gr.HTML, act: str, handler: Callable[[Visit, Click], Iterator[Screen]], **options: Any) -> None:
        """Have `handler` answer clicks of a panel that report `act` with one screen after another."""

    def clicks(self, view: View, acts: Mapping[str, Sequence[str]], handlers: Mapping[str, ClickHandler]) -> None:
        """Have the handler of its name answer every click that a panel of `view` may report; others are wired apart."""
        for name, reported in acts.items():
            for act in reported:
                if act in handlers:
                    self.click(view.panels[name], act, handlers[act])


class Handlers(Events):
    """Collects what answers the events over one library, in the order in which they are wired."""

    def __init__(self) -> None:
        self.all: list[Callable[..., Any]] = []

    def on(
        self,
        trigger: Callable[..., Any],
        handler: Callable[..., Screen],
        *inputs: Any,
        clears: bool = False,
        after: str = "",
        **options: Any,
    ) -> None:
        self.all.append(handler)

    def stream(
        self, triggers: Sequence[Callable[..., Any]], handler: Callable[..., Iterator[Screen]], *inputs: Any, **options: Any
    ) -> None:
        self.all.append(handler)

    def click(self, panel: gr.HTML, act: str, handler: ClickHandler, *, clears: bool = True) -> None:
        self.all.append(handler)

    def stream_click(self, panel: gr.HTML, act: str, handler: Callable[[Visit, Click], Iterator[Screen]], **options: Any) -> None:
        self.all.append(handler)


class PageEvents(Events):
    """Wires the events of the page. Each is answered by the handler of its place among those of the visitor's own library.

    `key` is what the browser sends along with every event: it alone says whose library that is. `wire` wires all views over one
    library, always in the same order.
    """

    def __init__(
        self,
        desks: Desks,
        views: Sequence[View],
        states: Mapping[str, gr.State],
        key: gr.BrowserState,
        wire: Callable[[Events, App], None],
    ) -> None:
        self._desks = desks
        self._views = views
        self._states = states
        self._wire = wire
        self._carried = [key, *states.values()]
        self._wired = 0
        panels = [panel for view in views for panel in view.panels.values()]
        self.outputs = [*panels, *(control for view in views for control in view.controls), *states.values()]
        # Gradio brings the hidden state of its progress to every component that it is shown on, again and again: to one here.
        self._quiet = {**QUIET, "show_progress_on": self.outputs[:1]}
        with desks.at(desks.key("")) as desk:
            wire(self, desk.app)

    def on(
        self,
        trigger: Callable[..., Any],
        handler: Callable[..., Screen],
        *inputs: Any,
        clears: bool = False,
        after: str = "",
        **options: Any,
    ) -> None:
        number, count = self._next(), len(inputs)

        def answer(request: gr.Request, *values: Any) -> Update:
            return self._answer(number, request, values[count:], *values[:count], clears=clears)

        answered = trigger(answer, [*inputs, *self._carried], self.outputs, **{**self._quiet, **options})
        if after:
            answered.then(None, js=f"() => footnote.{after}()", **QUIET)

    def stream(
        self, triggers: Sequence[Callable[..., Any]], handler: Callable[..., Iterator[Screen]], *inputs: Any, **options: Any
    ) -> None:
        number, count = self._next(), len(inputs)

        def answer(request: gr.Request, *values: Any) -> Iterator[Update]:
            yield from self._stream(number, request, values[count:], *values[:count])

        gr.on(list(triggers), answer, [*inputs, *self._carried], self.outputs, **{**self._quiet, **options})

    def click(self, panel: gr.HTML, act: str, handler: ClickHandler, *, clears: bool = True) -> None:
        number = self._next()

        def answer(event: gr.EventData, request: gr.Request, *values: Any) -> Update:
            return self._answer(number, request, values, clicked(event), clears=clears)

        getattr(panel, act)(answer, self._carried, self.outputs, **self._quiet)

    def stream_click(self, panel: gr.HTML, act: str, handler: Callable[[Visit, Click], Iterator[Screen]], **options: Any) -> None:
        number = self._next()

        def answer(event: gr.EventData, request: gr.Request, *values: Any) -> Iterator[Update]:
            yield from self._stream(number, request, values, clicked(event))

        getattr(panel, act)(answer, self._carried, self.outputs, **{**self._quiet, **options})

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

    def _next(self) -> int:
        self._wired += 1
        return self._wired - 1

    def _answer(self, number: int, request: gr.Request, carried: tuple[Any, ...], *values: Any, clears: bool = False) -> Update:
        """What the handler changes. What a person does `clears` what was said of the thing done before."""
        visit = self._visit(request, carried)
        try:
            with self._desks.at(str(carried[0] or "")) as desk:
                screen = self._handler(desk, number)(visit, *values)
                return self.changed(both(Screen(notice=""), screen) if clears else screen)
        except RagError as error:
            return self.changed(refused(visit.wording, error))

    def _stream(self, number: int, request: gr.Request, carried: tuple[Any, ...], *values: Any) -> Iterator[Update]:
        visit = self._visit(request, carried)
        try:
            with self._desks.at(str(carried[0] or "")) as desk:
                yield from map(self.changed, self._handler(desk, number)(visit, *values))
        except RagError as error:
            yield self.changed(refused(visit.wording, error))

    def _handler(self, desk: Desk, number: int) -> Callable[..., Any]:
        if not desk.handlers:
            handlers = Handlers()
            self._wire(handlers, desk.app)
            desk.handlers = tuple(handlers.all)
        return desk.handlers[number]

    def _visit(self, request: gr.Request, carried: tuple[Any, ...]) -> Visit:
        return replace(Visit(request.session_hash or "", *carried[1:]), at_machine=self._desks.at_machine)


def refused(wording: Wording, error: RagError) -> Screen:
    """What a page shows whose event could not be served: no library could be opened for it, or none could do what it asks."""
    return Screen(notice=notice_html(wording, mistake(wording, error)))


def clicked(event: gr.EventData) -> Click:
    """What a click carries. It comes from a browser, so it may be anything."""
    return event._data if isinstance(event._data, dict) else {}


def make_panel(name: str, acts: Sequence[str], *, after: str = "") -> gr.HTML:
    """A panel of HTML that reports clicks named in `acts`, and calls `after` of the page's script when it has changed.

    What a person was about to do there (the focus, words half typed, what is unfolded) outlives the change.
    """
    script = f"footnote.listen(element, trigger, {list(acts)});"
    script += f"watch('value', () => footnote.rendered(element, '{after}'));"
    return gr.HTML("", elem_id=f"fn-{name}", js_on_load=script, apply_default_css=False)
