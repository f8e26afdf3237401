"""The view Library: files on their way in, the documents that are there, and folders that are kept in step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from rag_app.ui.app import App
from rag_app.ui.events import Events, Update, make_panel
from rag_app.ui.following import Following
from rag_app.ui.intake import Intake
from rag_app.ui.language import Language, Wording
from rag_app.ui.screen import Click, Screen, Visit, text_of
from rag_app.ui.shelving import Shelving

# What can be clicked in each panel; the page's script reports nothing else.
ACTS = {
    "address": ("add_page",),
    "queue": ("cancel_task", "cancel_all", "retry_task", "discard_task", "forget_tasks", "pause", "resume"),
    "shelf": ("choose_collection", "make_collection", "rename_collection", "delete_collection"),
    "picks": ("pick_found", "ask_documents", "put_in", "take_out", "reread", "remove_documents"),
    "table": ("open_source", "sort", "turn"),
    "folders": ("add_folder", "forget_folder", "sync_folders", "remove_gone", "keep_gone"),
    "disk": (),
}
MOST_PARTS = 10  # of files that a page sends ahead: the page's script sends so many
AFTER_RENDERING = {"table": "ticked", "picks": "ticked"}


@dataclass(frozen=True)
class LibraryView:
    """The components of the view."""

    panels: Mapping[str, gr.HTML]
    upload: gr.UploadButton
    folder: gr.UploadButton
    find: gr.Textbox
    timer: gr.Timer

    @property
    def controls(self) -> Sequence[Any]:
        """The buttons that add files, the field that finds documents, and what ticks while something goes on."""
        return (self.upload, self.folder, self.find, self.timer)

    def changed(self, screen: Screen) -> Update:
        """What the controls say, and after how long to look again."""
        update: Update = {}
        if screen.looks is not None:
            update[self.timer] = gr.Timer(screen.looks or 1.0, active=screen.looks > 0)
        if screen.language is not None:
            wording = Wording(screen.language)
            update[self.upload] = gr.UploadButton(label=wording("upload"))
            update[self.folder] = gr.UploadButton(label=wording("upload.folder"))
            update[self.find] = gr.update(label=wording("table.find"), placeholder=wording("table.find"))
        return update


def make_library_view() -> LibraryView:
    """Build the components, inside the column of the view."""
    wording = Wording(Language.ENGLISH)
    with gr.Row(elem_id="fn-intake"):
        upload = gr.UploadButton(wording("upload"), file_count="multiple", elem_id="fn-upload", size="md")
        folder = gr.UploadButton(wording("upload.folder"), file_count="directory", elem_id="fn-upload-folder", size="md")
    panels = {name: _panel(name) for name in ("address", "queue", "shelf")}
    label = wording("table.find")
    find = gr.Textbox(label=label, show_label=False, placeholder=label, container=False, max_lines=1, elem_id="fn-find")
    panels |= {name: _panel(name) for name in ("picks", "table", "folders", "disk")}
    return LibraryView(panels, upload, folder, find, gr.Timer(active=False))


def wire_library_view(events: Events, view: LibraryView, app: App) -> None:
    """Adding files, and what is done with those in the queue, in the library and in folders."""
    shelf = app.panels.shelf
    intake = Intake(app.library, app.importing, shelf, app.choosing, at_machine=app.at_machine)
    shelving = Shelving(app.library, app.importing, shelf, app.choosing)
    handlers = intake.clicks() | shelving.clicks() | app.visitors.clicks() | app.choosing.clicks()
    if app.watching:
        handlers |= Following(app.library, app.watching, shelf).clicks()

    def upload(visit: Visit, paths: list[str] | None) -> Screen:
        return intake.upload(visit, [Path(path) for path in paths or ()])

    def add_page(visit: Visit, click: Click) -> Iterator[Screen]:
        return intake.add_page(visit, text_of(click, "address"))

    events.on(view.upload.upload, upload, view.upload, clears=True, after="takenOver", concurrency_limit=MOST_PARTS)
    events.on(view.find.change, shelving.find, view.find, clears=True, trigger_mode="always_last")
    events.on(view.timer.tick, intake.watch, trigger_mode="once")
    events.stream_click(view.panels["address"], "add_page", add_page)
    events.clicks(view, ACTS, handlers)


def _panel(name: str) -> gr.HTML:
    return make_panel(name, ACTS[name], after=AFTER_RENDERING.get(name, ""))
