"""Files on their way in: how far each is, how long the rest will take, and which were not added and why."""

from __future__ import annotations

from dataclasses import replace

from rag_app.records import Progress, Task, TaskState
from rag_app.text.telling_apart import called_among
from rag_app.ui.guide import Guide
from rag_app.ui.importing import Arrivals
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, span, words
from rag_app.ui.rendering.shelf import confirm_html

WAITING_SHOWN, ENDED_SHOWN = 4, 30
LOCKED, NOT_OPENED = ("PASSWORD_NEEDED", "ENCRYPTED_OFFICE"), "does not open with that password"
MINUTE, HOUR = 60, 3600


def queue_html(wording: Wording, arrivals: Arrivals, guide: Guide) -> Html:
    """The queue: who is read, who waits, and who did not make it and why."""
    running = [task for task in arrivals.tasks if task.state is TaskState.RUNNING]
    waiting = [task for task in arrivals.tasks if task.state is TaskState.WAITING]
    ended = [
        task
        for task in arrivals.tasks
        if task.state in (TaskState.DUPLICATE, TaskState.CANCELLED) or task.state is TaskState.FAILED or task.reason
    ]
    rows = [_running(wording, _told_apart(task, arrivals), arrivals.progress.get(task.id)) for task in running]
    rows += [_waiting(wording, _told_apart(task, arrivals)) for task in waiting[:WAITING_SHOWN]]
    rows += _and_more(wording, "queue.more", len(waiting) - WAITING_SHOWN)
    rows += [_ended(wording, _told_apart(task, arrivals), guide) for task in ended[-ENDED_SHOWN:]]
    rows += _and_more(wording, "queue.more_ended", len(ended) - ENDED_SHOWN)
    listed = element("ul", {"class": "fn-queue"}, *rows) if rows else Html()
    head = _head(wording, arrivals, len(running) + len(waiting))
    clear = button("forget_tasks", "fn-link", {}, wording("queue.clear"))
    return join((head, listed, Html() if all(task.keeps_last_copy for task in ended) else clear))


def _told_apart(task: Task, arrivals: Arrivals) -> Task:
    """The task by a name that no file has in another folder."""
    return replace(task, name=called_among(task.name, task.folder, arrivals.folders.get(task.name, ())))


def arrivals_html(wording: Wording, arrivals: Arrivals) -> Html:
    """How many files are on their way or were refused, in a line that leads to the view where each is listed."""
    return join((_line(wording, arrivals, _left(arrivals)), _refused(wording, arrivals)))


def arriving_html(wording: Wording, arrivals: Arrivals) -> Html:
    """The same as a link alone, for as long as there is something to see there; nothing else."""
    left = _left(arrivals)
    if not left or arrivals.failure:
        return _refused(wording, arrivals)
    return element("a", {"href": "#library", "class": "fn-link"}, _how_far(wording, arrivals, left))


def _left(arrivals: Arrivals) -> int:
    return sum(task.state in (TaskState.WAITING, TaskState.RUNNING) for task in arrivals.tasks)


def _refused(wording: Wording, arrivals: Arrivals) -> Html:
    refused = sum(task.state is TaskState.FAILED for task in arrivals.tasks)
    sentence = wording.count("queue.refused", refused) if refused else ""
    return element("a", {"href": "#library", "class": "fn-link fn-bad"}, sentence) if sentence else Html()


def _how_far(wording: Wording, arrivals: Arrivals, left: int) -> str:
    if arrivals.paused:
        return wording.count("queue.paused", left)
    return wording("queue.reading", done=f"{arrivals.added + 1:,}", total=f"{arrivals.added + left:,}")


def _head(wording: Wording, arrivals: Arrivals, left: int) -> Html:
    line = _line(wording, arrivals, left)
    if not left:
        return line
    pause = ("resume", wording("queue.resume")) if arrivals.paused else ("pause", wording("queue.pause"))
    actions = (
        button(pause[0], "fn-small-button", {}, pause[1]),
        button("cancel_all", "fn-small-button", {}, wording("queue.cancel_all")),
    )
    return div("fn-queue-bar", line, *actions)


def _line(wording: Wording, arrivals: Arrivals, left: int) -> Html:
    """How far all of it is, in a line."""
    if arrivals.failure:
        return element(
            "p", {"class": "fn-queue-head fn-bad"}, wording("queue.halted", message=wording.translated(arrivals.failure))
        )
    if left and arrivals.paused:
        return element("p", {"class": "fn-queue-head"}, _how_far(wording, arrivals, left))
    if left:
        pace = span("fn-pace", _pace(wording, arrivals, left))
        return element("p", {"class": "fn-queue-head"}, span("fn-pulse"), _how_far(wording, arrivals, left), pace)
    if arrivals.added:
        return element("p", {"class": "fn-queue-head fn-good"}, icon("check"), wording.count("queue.ready", arrivals.added))
    return Html()


def _pace(wording: Wording, arrivals: Arrivals, left: int) -> str:
    """How fast, and how long: empty as long as neither can be said."""
    rate, seconds = arrivals.pace.files_a_minute, arrivals.pace.seconds_left(left)
    number = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
    return " · ".join(
        filter(None, (wording("queue.rate", n=number) if rate else "", shown_duration(wording, seconds) if seconds else ""))
    )


def shown_duration(wording: Wording, seconds: float) -> str:
    """About how long that is, in the largest unit that fits."""
    for unit, length in (("hours", HOUR), ("minutes", MINUTE)):
        if seconds >= 1.5 * length:
            return wording(f"queue.left_{unit}", n=round(seconds / length))
    return wording("queue.left_seconds", n=max(round(seconds / 5), 1) * 5)


def _and_more(wording: Wording, key: str, number: int) -> list[Html]:
    return [element("li", {"class": "fn-hint"}, wording(key, n=f"{number:,}"))] if number > 0 else []


def _running(wording: Wording, task: Task, progress: Progress | None) -> Html:
    if progress is None or not wording.knows(f"stage.{progress.stage}"):
        return _task(task, wording("stage.starting"), _bar(0.0), _cancel(wording, task))
    if not progress.total:
        return _task(task, wording("stage.rows", done=f"{progress.done:,}"), _bar(0.0), _cancel(wording, task))
    share = progress.done / progress.total
    stage = wording(f"stage.{progress.stage}", done=progress.done, total=progress.total, percent=round(100 * share))
    return _task(task, stage, _bar(share), _cancel(wording, task))


def _waiting(wording: Wording, task: Task) -> Html:
    return _task(task, wording("queue.waiting"), Html(), _cancel(wording, task), css_class="fn-task fn-task-short")


def _ended(wording: Wording, task: Task, guide: Guide) -> Html:
    again = button("retry_task", "fn-link", {"data-task": task.id}, wording("queue.retry")) if task.has_file else Html()
    if task.state is TaskState.DONE:
        return _task(task, span("fn-bad", wording("queue.recovered")), Html(), Html())
    kept = _last_copy(wording, task) if task.keeps_last_copy else Html()
    if task.state is TaskState.CANCELLED:
        return _task(task, wording("queue.cancelled"), kept, again, css_class="fn-task fn-task-short")
    if task.state is TaskState.DUPLICATE:
        return _task(task, _duplicate(wording, task), Html(), Html())
    key = "queue.not_opened" if task.reason in LOCKED and NOT_OPENED in task.message else f"reason.{task.reason}"
    reason = wording(key) if wording.knows(key) else wording.translated(task.message)
    locked = task.reason in LOCKED and task.has_file
    more = join((_password(wording, task) if locked else Html(), _advice(wording, task, guide), kept))
    return _task(task, span("fn-bad", reason), more, Html() if locked else again)


def _last_copy(wording: Wording, task: Task) -> Html:
    """What becomes of the file of a document that left the library to be read anew, and was not."""
    remove = button("discard_task", "fn-small-button fn-danger", {"data-task": task.id}, wording("remove"))
    label = wording("queue.discard", name=task.name)
    asks = confirm_html(wording, label, wording("queue.discard_question"), remove)
    return div("fn-row", span("fn-hint", wording("queue.last_copy")), asks)


def _duplicate(wording: Wording, task: Task) -> str:
    """That the library holds the content already, and under which name where that is another."""
    if task.held_as in ("", task.name):
        return wording("reason.DUPLICATE")
    return wording("queue.same_as", name=task.held_as)


def _password(wording: Wording, task: Task) -> Html:
    label = wording("queue.password", name=task.name)
    field: dict[str, Attribute] = {"type": "password", "name": "password", "required": True, "autocomplete": "off"}
    field |= {"aria-label": label, "placeholder": wording("queue.password_hint")}
    unlock = element("button", {"class": "fn-small-button"}, wording("queue.unlock"))
    carried: dict[str, Attribute] = {"class": "fn-password", "data-act": "retry_task", "data-task": task.id}
    return element("form", carried, element("input", field), unlock)


def _advice(wording: Wording, task: Task, guide: Guide) -> Html:
    """The section of the guide about the code of this task."""
    advice = guide.get((task.reason, wording.language))
    if advice is None:
        return Html()
    summary = element("summary", {"aria-label": f"{wording('queue.why')}: {task.name}"}, wording("queue.why"))
    text = (element("p", {}, advice.happened), element("p", {}, advice.to_do), element("code", {}, task.reason))
    return element("details", {"class": "fn-advice"}, summary, *text)


def _task(task: Task, state: str, more: Html, action: Html, *, css_class: str = "fn-task") -> Html:
    return element("li", {"class": css_class}, words("fn-task-name", task.name), action, span("fn-task-state", state), more)


def _bar(share: float) -> Html:
    return div("fn-bar", element("span", {"style": f"width:{min(max(share, 0.02), 1.0):.1%}"}))


def _cancel(wording: Wording, task: Task) -> Html:
    label = wording("queue.cancel", name=task.name)
    return button("cancel_task", "fn-icon-button", {"data-task": task.id, "aria-label": label, "title": label}, icon("close"))
