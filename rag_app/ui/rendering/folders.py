"""Folders that are kept in step: how they stand, and what would be removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rag_app.records import Folder, FolderChanges
from rag_app.ui.language import Wording
from rag_app.ui.rendering.history import shown_time
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, span, words
from rag_app.ui.rendering.shelf import confirm_html

NAMES_SHOWN = 20


def folders_html(
    wording: Wording, folders: Sequence[Folder], found: Mapping[int, FolderChanges], now: datetime, *, looking: bool, failure: str
) -> Html:
    """Each folder with what the last look found in it, and a form to add one."""
    title = element("h2", {"class": "fn-panel-title"}, wording("folders"))
    look = button("sync_folders", "fn-small-button", {}, icon("again"), wording("folders.look"))
    tools = (span("fn-pulse") if looking else Html(), look if folders else Html())
    rows = (_row(wording, folder, found.get(folder.id), now) for folder in folders)
    hint = element("p", {"class": "fn-hint"}, wording("folders.hint"))
    bad = element("p", {"class": "fn-bad"}, wording.translated(failure)) if failure else Html()
    listed = element("ul", {"class": "fn-folders"}, *rows) if folders else Html()
    return join((div("fn-shelf-bar", title, *tools), hint, bad, listed, _add(wording, len(folders))))


def _add(wording: Wording, folders: int) -> Html:
    """The form that adds a folder. The number of folders makes it another one after each, so that it is empty again."""
    label = wording("folders.path")
    field: dict[str, Attribute] = {"name": "place", "required": True, "autocomplete": "off", "maxlength": 4000}
    field |= {"placeholder": label, "aria-label": label, "spellcheck": "false"}
    add = element("button", {"class": "fn-small-button"}, wording("folders.add"))
    carried: dict[str, Attribute] = {"class": "fn-address", "data-act": "add_folder", "data-folders": folders}
    return element("form", carried, element("input", field), add)


def _row(wording: Wording, folder: Folder, changes: FolderChanges | None, now: datetime) -> Html:
    looked = wording("folders.looked", time=shown_time(folder.synced_at, now)) if folder.synced_at else wording("folders.new")
    into = wording("folders.into", name=folder.collection) if folder.collection else ""
    there = folder.files - (len(changes.doomed) if changes else 0)
    state = " · ".join(part for part in (wording.count("files", there), into, looked) if part)
    label = wording("folders.forget", path=folder.path)
    forget = button("forget_folder", "fn-small-button fn-danger", {"data-folder": folder.id}, wording("folders.forget_it"))
    asks = confirm_html(wording, label, wording("folders.forget_question"), forget)
    name = (words("fn-task-name", folder.path), asks, span("fn-task-state", state))
    return element("li", {"class": "fn-task"}, *name, _found(wording, changes) if changes else Html())


def _found(wording: Wording, changes: FolderChanges) -> Html:
    """What hinders, and which documents would be removed because their files are gone."""
    obstacle = (
        element("p", {"class": "fn-task-state fn-bad"}, wording.translated(changes.obstacle)) if changes.obstacle else Html()
    )
    if not changes.doomed:
        return obstacle
    names = [document.name for document in changes.doomed[:NAMES_SHOWN]]
    more = len(changes.doomed) - len(names)
    rows = [element("li", {}, words("", name)) for name in names]
    rows += [element("li", {}, wording("folders.and_more", n=f"{more:,}"))] if more else []
    sentence = element("p", {}, wording.count("folders.gone", len(changes.doomed)))
    buttons = (
        button("remove_gone", "fn-small-button fn-danger", {}, wording("folders.remove_gone")),
        button("keep_gone", "fn-small-button", {}, wording("folders.keep_gone")),
    )
    return join((obstacle, div("fn-gone", sentence, element("ul", {}, *rows), div("fn-row", *buttons))))
