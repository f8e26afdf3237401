"""The view Library: files on their way in, and the documents that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from rag_app.ui.app import App
from rag_app.ui.events import Events, Update, make_panel
from rag_app.ui.handlers import LibraryHandlers
from rag_app.ui.language import Language, Wording
from rag_app.ui.screen import ClickHandler, Screen, Visit, read_number, text_of

SECONDS_BETWEEN_LOOKS = 0.7

# What can be clicked in each panel; the page's script reports nothing else.
ACTS = {
    "queue": ("cancel_task", "retry_task", "forget_tasks"),
    "shelf": ("choose_collection", "choose_document", "choose_none", "open_source", "remove_document"),
}


@dataclass(frozen=True)
class LibraryView:
    """The components of the view."""

    panels: Mapping[str, gr.HTML]
    upload: gr.UploadButton
    timer: gr.Timer

    @property
    def controls(self) -> Sequence[Any]:
        """The button that adds files, and what ticks while they are read."""
        return (self.upload, self.timer)

    def changed(self, screen: Screen) -> Update:
        """What the button says, and whether to look again how far the files are."""
        update: Update = {} if screen.importing is None else {self.timer: gr.Timer(active=screen.importing)}
        if screen.language is not None:
            update[self.upload] = gr.UploadButton(label=Wording(screen.language)("upload"))
        return update


def make_library_view() -> LibraryView:
    """Build the components, inside the column of the view."""
    upload = gr.UploadButton(Wording(Language.ENGLISH)("upload"), file_count="multiple", elem_id="fn-upload", size="md")
    panels = {name: make_panel(name, acts) for name, acts in ACTS.items()}
    return LibraryView(panels, upload, gr.Timer(SECONDS_BETWEEN_LOOKS, active=False))


def wire_library_view(events: Events, view: LibraryView, app: App) -> None:
    """Adding files, and what is done with those in the queue and in the library."""
    library = LibraryHandlers(app.library, app.importing, app.panels, app.choosing)

    def upload(visit: Visit, paths: list[str] | None) -> Screen:
        return library.upload(visit, [Path(path) for path in paths or ()])

    handlers: dict[str, ClickHandler] = {
        "cancel_task": lambda visit, click: library.cancel(visit, read_number(click, "task")),
        "retry_task": lambda visit, click: library.retry(visit, read_number(click, "task")),
        "forget_tasks": lambda visit, click: library.forget_tasks(visit),
        "remove_document": lambda visit, click: library.remove(visit, text_of(click, "document")),
    }
    events.on(view.upload.upload, upload, view.upload)
    events.on(view.timer.tick, library.watch, trigger_mode="once")
    events.clicks(view, ACTS, handlers | app.visitors.clicks() | app.choosing.clicks())
