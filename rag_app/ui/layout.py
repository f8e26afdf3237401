"""The page: its components, and at the bottom which event calls which handler."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from rag_app.library import Library
from rag_app.ui.asking import Asking
from rag_app.ui.handlers import HistoryHandlers, LibraryHandlers, PageHandlers
from rag_app.ui.importing import Importing
from rag_app.ui.language import Language, Wording
from rag_app.ui.panels import Panels
from rag_app.ui.rating import RatingHandlers
from rag_app.ui.running import Runs
from rag_app.ui.screen import NOTHING_SHOWN, Screen, Visit, read_number, read_target

Click = Mapping[str, object]
ClickHandler = Callable[[Visit, Click], Screen]
Update = dict[Any, Any]

SECONDS_BETWEEN_LOOKS = 0.7
ANSWERS_AT_ONCE = 8

# No spinner over the panels, no endpoint for others, and no click lost while an earlier one is served.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "trigger_mode": "multiple"}

# What can be clicked in each panel; the page's script reports nothing else.
ACTS = {
    "header": ("speak",),
    "queue": ("cancel_task", "retry_task", "forget_tasks"),
    "shelf": ("choose_collection", "choose_document", "choose_none", "open_source", "remove_document"),
    "history": ("new_conversation", "open_conversation", "rename_conversation", "delete_conversation"),
    "thread": ("open_source", "ask_again", "ask_as_typed", "rate", "explain"),
    "live": ("open_source",),
    "notice": ("dismiss",),
    "scope": ("choose_none",),
    "sources": ("open_source",),
    "reader": ("open_source", "close_reader"),
}
AFTER_RENDERING = {"header": "arrived", "thread": "answered", "live": "asked", "reader": "opened"}


@dataclass(frozen=True)
class Parts:
    """The components of the page. `panels` are those that hold HTML, by the name of their field in `Screen`."""

    panels: Mapping[str, gr.HTML]
    upload: gr.UploadButton
    question: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    timer: gr.Timer
    states: Mapping[str, gr.State]
    remembered: gr.BrowserState

    @property
    def outputs(self) -> list[Any]:
        """Everything a handler may change."""
        native = (self.upload, self.question, self.ask, self.stop, self.timer, self.remembered)
        return [*self.panels.values(), *native, *self.states.values()]

    def changed(self, screen: Screen) -> Update:
        """The updates that bring the page to `screen`."""
        update: Update = {}
        for name, panel in self.panels.items():
            html = getattr(screen, name)
            if html is not None:
                update[panel] = str(html)
        for name, state in self.states.items():
            value = getattr(screen, name)
            if value is not None:
                update[state] = value
        return update | self._changed_controls(screen) or {self.timer: gr.skip()}

    def _changed_controls(self, screen: Screen) -> Update:
        question: dict[str, Any] = {} if screen.question is None else {"value": screen.question}
        ask: dict[str, Any] = {} if screen.answering is None else {"visible": not screen.answering}
        stop: dict[str, Any] = {} if screen.answering is None else {"visible": screen.answering}
        update: Update = {} if screen.importing is None else {self.timer: gr.Timer(active=screen.importing)}
        if screen.remembered is not None:
            update[self.remembered] = screen.remembered
        if screen.language is not None:
            wording = Wording(screen.language)
            question |= {"placeholder": wording("question.placeholder"), "label": wording("question")}
            ask |= {"value": wording("ask")}
            stop |= {"value": wording("stop")}
            update[self.upload] = gr.UploadButton(label=wording("upload"))
        for component, values in ((self.question, question), (self.ask, ask), (self.stop, stop)):
            if values:
                update[component] = gr.update(**values)
        return update


def build_page(library: Library, importing: Importing) -> gr.Blocks:
    """The page over `library`; `importing` works the queue behind it."""
    runs = Runs()
    panels = Panels(library, importing)
    visitors = PageHandlers(panels, runs)
    files = LibraryHandlers(library, importing, panels, runs)
    page = gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True)
    with page:
        parts = _components()
        _wire_visits(page, parts, visitors, files)
        _wire_asking(page, parts, Asking(library, panels, runs))
        clicks = _click_handlers(visitors, files, HistoryHandlers(library, panels, runs)) | _rating_handlers(library)
        _wire_clicks(parts, clicks)
    return page


def _panel(name: str) -> gr.HTML:
    """A panel of HTML that reports the clicks it may report."""
    script = f"footnote.listen(element, trigger, {list(ACTS[name])});"
    if name in AFTER_RENDERING:
        script += f"watch('value', () => footnote.{AFTER_RENDERING[name]}(element));"
    return gr.HTML("", elem_id=f"fn-{name}", js_on_load=script, apply_default_css=False)


def _components() -> Parts:
    wording = Wording(Language.ENGLISH)
    panels: dict[str, gr.HTML] = {}
    with gr.Column(elem_id="fn-app"):
        panels["header"] = _panel("header")
        with gr.Column(elem_id="fn-shelf-column"):
            upload = gr.UploadButton(wording("upload"), file_count="multiple", elem_id="fn-upload", size="md")
            panels |= {name: _panel(name) for name in ("queue", "shelf", "history")}
        with gr.Column(elem_id="fn-desk-column"):
            with gr.Column(elem_id="fn-conversation"):
                panels |= {name: _panel(name) for name in ("thread", "live")}
            with gr.Column(elem_id="fn-composer"):
                panels |= {name: _panel(name) for name in ("notice", "scope")}
                with gr.Row(elem_id="fn-ask-row"):
                    question = gr.Textbox(
                        label=wording("question"),
                        show_label=False,
                        placeholder=wording("question.placeholder"),
                        lines=1,
                        max_lines=6,
                        container=False,
                        autofocus=True,
                        elem_id="fn-question",
                    )
                    ask = gr.Button(wording("ask"), variant="primary", elem_id="fn-ask")
                    stop = gr.Button(wording("stop"), variant="stop", visible=False, elem_id="fn-stop")
        with gr.Column(elem_id="fn-sources-column"):
            panels |= {name: _panel(name) for name in ("sources", "reader")}
    return Parts(panels, upload, question, ask, stop, gr.Timer(SECONDS_BETWEEN_LOOKS, active=False), _states(), _remembered())


def _states() -> dict[str, gr.State]:
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


def _visit(request: gr.Request, states: tuple[Any, ...]) -> Visit:
    return Visit(request.session_hash or "", *states)


def _clicked(event: gr.EventData) -> Click:
    """What a click carries. It comes from a browser, so it may be anything."""
    return event._data if isinstance(event._data, dict) else {}


def _text(click: Click, name: str) -> str:
    return str(click.get(name, ""))


def _click_handlers(visitors: PageHandlers, library: LibraryHandlers, history: HistoryHandlers) -> dict[str, ClickHandler]:
    """What answers each click that `ACTS` names, apart from asking."""
    return {
        "speak": lambda visit, click: visitors.speak(visit, _text(click, "languageChoice")),
        "open_source": lambda visit, click: visitors.open_source(visit, read_target(click)),
        "close_reader": lambda visit, click: visitors.close_reader(visit),
        "dismiss": lambda visit, click: visitors.dismiss(),
        "cancel_task": lambda visit, click: library.cancel(visit, read_number(click, "task")),
        "retry_task": lambda visit, click: library.retry(visit, read_number(click, "task")),
        "forget_tasks": lambda visit, click: library.forget_tasks(visit),
        "choose_collection": lambda visit, click: library.choose_collection(visit, _text(click, "collection")),
        "choose_document": lambda visit, click: library.choose_document(visit, _text(click, "document")),
        "choose_none": lambda visit, click: library.choose_none(visit),
        "remove_document": lambda visit, click: library.remove(visit, _text(click, "document")),
        "new_conversation": lambda visit, click: history.new(visit),
        "open_conversation": lambda visit, click: history.open(visit, read_number(click, "conversation")),
        "rename_conversation": lambda visit, click: history.rename(
            visit, read_number(click, "conversation"), _text(click, "title")
        ),
        "delete_conversation": lambda visit, click: history.delete(visit, read_number(click, "conversation")),
    }


def _rating_handlers(library: Library) -> dict[str, ClickHandler]:
    """What answers a thumb up or down, and its reason."""
    ratings = RatingHandlers(library)
    return {
        "rate": lambda visit, click: ratings.rate(visit, read_number(click, "turn"), _text(click, "rating")),
        "explain": lambda visit, click: ratings.explain(
            visit, read_number(click, "turn"), {name: _text(click, name) for name in ("fault", "comment", "right_answer")}
        ),
    }


def _wire_visits(page: gr.Blocks, parts: Parts, visitors: PageHandlers, library: LibraryHandlers) -> None:
    """Arriving, adding files, and looking how far they are."""

    def arrive(remembered: str, request: gr.Request) -> Update:
        accepted = request.headers.get("accept-language", "")
        return parts.changed(visitors.arrive(request.session_hash or "", str(remembered or ""), accepted))

    def upload(request: gr.Request, paths: list[str] | None, *states: Any) -> Update:
        return parts.changed(library.upload(_visit(request, states), [Path(path) for path in paths or ()]))

    def watch(request: gr.Request, *states: Any) -> Update:
        return parts.changed(library.watch(_visit(request, states)))

    states = list(parts.states.values())
    page.load(arrive, parts.remembered, parts.outputs, **QUIET)
    parts.upload.upload(upload, [parts.upload, *states], parts.outputs, **QUIET)
    parts.timer.tick(watch, states, parts.outputs, **{**QUIET, "trigger_mode": "once"})


def _wire_asking(page: gr.Blocks, parts: Parts, asking: Asking) -> None:
    """Asking, asking again, asking as typed, stopping, and the visitor who leaves."""

    def ask(request: gr.Request, question: str, *states: Any) -> Iterator[Update]:
        yield from map(parts.changed, asking.ask(_visit(request, states), question))

    def ask_again(event: gr.EventData, request: gr.Request, *states: Any) -> Iterator[Update]:
        yield from map(parts.changed, asking.ask(_visit(request, states), _text(_clicked(event), "question")))

    def ask_as_typed(event: gr.EventData, request: gr.Request, *states: Any) -> Iterator[Update]:
        question = _text(_clicked(event), "question")
        yield from map(parts.changed, asking.ask(_visit(request, states), question, as_typed=True))

    def stop(request: gr.Request, *states: Any) -> Update:
        return parts.changed(asking.stop(_visit(request, states)))

    def leave(request: gr.Request) -> None:
        asking.leave(request.session_hash or "")

    states = list(parts.states.values())
    thread = parts.panels["thread"]
    answering = {**QUIET, "concurrency_limit": ANSWERS_AT_ONCE, "concurrency_id": "answers"}
    gr.on([parts.question.submit, parts.ask.click], ask, [parts.question, *states], parts.outputs, **answering)
    thread.ask_again(ask_again, states, parts.outputs, **answering)
    thread.ask_as_typed(ask_as_typed, states, parts.outputs, **answering)
    parts.stop.click(stop, states, parts.outputs, **QUIET)
    page.unload(leave)


def _wire_clicks(parts: Parts, handlers: Mapping[str, ClickHandler]) -> None:
    """Every click that a panel may report, to the handler of its name."""

    def answer_with(handler: ClickHandler) -> Callable[..., Update]:
        def clicked(event: gr.EventData, request: gr.Request, *states: Any) -> Update:
            return parts.changed(handler(_visit(request, states), _clicked(event)))

        return clicked

    states = list(parts.states.values())
    for name, acts in ACTS.items():
        for act in acts:
            if act in handlers:
                getattr(parts.panels[name], act)(answer_with(handlers[act]), states, parts.outputs, **QUIET)
