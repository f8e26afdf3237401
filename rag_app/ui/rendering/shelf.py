"""The library: collections, documents, and files on their way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag_app.records import DocumentSummary, Progress, Task, TaskState
from rag_app.ui.language import Wording
from rag_app.ui.rendering.chooser import chips_html
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, span, words

WAITING_SHOWN = 5
ENDED = {TaskState.DUPLICATE: "reason.DUPLICATE", TaskState.CANCELLED: "queue.cancelled"}


def shelf_html(
    wording: Wording, documents: Sequence[DocumentSummary], collections: Sequence[str], collection: str, chosen: Sequence[str]
) -> Html:
    """The documents of a collection (empty: of the library), the chosen ones ticked; above them the collections to pick from."""
    new = _new_collection(wording) if documents or collections else Html()
    bar = join((_head(wording, len(documents), new), chips_html(wording, collections, collection)))
    if not documents:
        hint = wording("collection.empty" if collection else "library.empty")
        return join((bar, element("p", {"class": "fn-hint"}, hint)))
    rows = (_document(wording, document, document.id in chosen) for document in documents)
    clear = button("choose_none", "fn-link", {}, wording("library.clear"))
    hint = clear if chosen else span("", wording("library.choose"))
    return join((bar, element("ul", {"class": "fn-documents"}, *rows), element("p", {"class": "fn-hint"}, hint)))


def queue_html(wording: Wording, tasks: Sequence[Task], progress: Mapping[int, Progress], *, added: int, failure: str) -> Html:
    """Files on their way in: how far the running one is, who waits, and who did not make it and why."""
    running = [task for task in tasks if task.state is TaskState.RUNNING]
    waiting = [task for task in tasks if task.state is TaskState.WAITING]
    ended = [task for task in tasks if task.state in ENDED or task.state is TaskState.FAILED]
    rows = [_running(wording, task, progress.get(task.id)) for task in running]
    rows += [_waiting(wording, task) for task in waiting[:WAITING_SHOWN]]
    if len(waiting) > WAITING_SHOWN:
        rows.append(element("li", {"class": "fn-hint"}, wording("queue.more", n=len(waiting) - WAITING_SHOWN)))
    rows += [_ended(wording, task) for task in ended]
    return join((_queue_head(wording, len(running) + len(waiting), added, failure), _list(rows), _clear(wording, ended)))


def arrivals_html(wording: Wording, tasks: Sequence[Task], *, added: int, failure: str) -> Html:
    """How many files are on their way or were refused, in a line that leads to the view where each is listed."""
    left = sum(task.state in (TaskState.WAITING, TaskState.RUNNING) for task in tasks)
    refused = sum(task.state is TaskState.FAILED for task in tasks)
    head = _queue_head(wording, left, added, failure)
    told = wording.count("queue.refused", refused) if refused else ""
    return join((head, element("a", {"href": "#library", "class": "fn-link fn-bad"}, told) if told else Html()))


def _queue_head(wording: Wording, left: int, added: int, failure: str) -> Html:
    if failure:
        return element("p", {"class": "fn-queue-head fn-bad"}, wording("queue.halted", message=failure))
    if left:
        sentence = wording("queue.reading", done=added + 1, total=added + left)
        return element("p", {"class": "fn-queue-head"}, span("fn-pulse"), sentence)
    if added:
        return element("p", {"class": "fn-queue-head fn-good"}, icon("check"), wording.count("queue.ready", added))
    return Html()


def _list(rows: Sequence[Html]) -> Html:
    return element("ul", {"class": "fn-queue"}, *rows) if rows else Html()


def _clear(wording: Wording, ended: Sequence[Task]) -> Html:
    return button("forget_tasks", "fn-link", {}, wording("queue.clear")) if ended else Html()


def _running(wording: Wording, task: Task, progress: Progress | None) -> Html:
    if progress is None or not wording.knows(f"stage.{progress.stage}"):
        return _task(task, wording("stage.starting"), _bar(0.0), _cancel(wording, task))
    stage = wording(f"stage.{progress.stage}", done=progress.done, total=progress.total)
    return _task(task, stage, _bar(progress.done / max(progress.total, 1)), _cancel(wording, task))


def _waiting(wording: Wording, task: Task) -> Html:
    return _task(task, wording("queue.waiting"), Html(), _cancel(wording, task))


def _ended(wording: Wording, task: Task) -> Html:
    if task.state is not TaskState.FAILED:
        return _task(task, wording(ENDED[task.state]), Html(), Html())
    reason = wording(f"reason.{task.reason}") if wording.knows(f"reason.{task.reason}") else task.message
    again = button("retry_task", "fn-link", {"data-task": task.id}, wording("queue.retry"))
    return _task(task, span("fn-bad", reason), Html(), again)


def _task(task: Task, state: str, bar: Html, action: Html) -> Html:
    return element("li", {"class": "fn-task"}, words("fn-task-name", task.name), action, span("fn-task-state", state), bar)


def _bar(share: float) -> Html:
    return div("fn-bar", element("span", {"style": f"width:{min(max(share, 0.02), 1.0):.1%}"}))


def _cancel(wording: Wording, task: Task) -> Html:
    label = wording("queue.cancel", name=task.name)
    return button("cancel_task", "fn-icon-button", {"data-task": task.id, "aria-label": label, "title": label}, icon("close"))


def _head(wording: Wording, count: int, new: Html) -> Html:
    title = element("h2", {"class": "fn-panel-title"}, wording("library"), span("fn-count", str(count)) if count else Html())
    return div("fn-panel-head", title, new)


def _new_collection(wording: Wording) -> Html:
    summary = element("summary", {"class": "fn-small-button"}, icon("plus"), wording("collection.new"))
    name = wording("collection.name")
    field = element("input", {"name": "collection", "required": True, "maxlength": 60, "placeholder": name, "aria-label": name})
    save = element("button", {"class": "fn-small-button"}, wording("collection.create"))
    form = element("form", {"data-act": "choose_collection"}, field, save)
    return element("details", {"class": "fn-pop"}, summary, div("fn-pop-body", form))


def _document(wording: Wording, document: DocumentSummary, chosen: bool) -> Html:
    meta = f"{wording.count('pages', document.pages)} · {wording.count('passages', document.passages)}"
    opens: dict[str, Attribute] = {"data-document": document.id, "data-page": 1, "title": document.name}
    name = button("open_source", "fn-document-name", opens, words("", document.name), span("fn-document-meta", meta))
    return element("li", {"class": "fn-document"}, _tick(wording, document, chosen), name, _remove(wording, document))


def _tick(wording: Wording, document: DocumentSummary, chosen: bool) -> Html:
    attributes: dict[str, Attribute] = {
        "role": "checkbox",
        "aria-checked": "true" if chosen else "false",
        "aria-label": wording("library.choose_one", name=document.name),
        "data-document": document.id,
    }
    return button("choose_document", "fn-tick", attributes, icon("check"))


def _remove(wording: Wording, document: DocumentSummary) -> Html:
    label = wording("library.remove", name=document.name)
    confirm = button("remove_document", "fn-small-button fn-danger", {"data-document": document.id}, wording("remove"))
    return confirm_html(wording, label, wording("library.remove_question"), confirm)


def confirm_html(wording: Wording, label: str, question: str, confirm: Html) -> Html:
    """A bin that asks before anything is thrown away."""
    summary = element("summary", {"class": "fn-icon-button", "aria-label": label, "title": label}, icon("bin"))
    keep = element("button", {"type": "button", "class": "fn-small-button", "data-close": True}, wording("keep"))
    body = div("fn-pop-body", element("p", {}, question), div("fn-row", confirm, keep))
    return element("details", {"class": "fn-pop"}, summary, body)
