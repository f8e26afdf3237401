"""The conversations that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rag_app.records import Conversation
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, words
from rag_app.ui.rendering.shelf import confirm_html


def history_html(wording: Wording, conversations: Sequence[Conversation], current: int, now: datetime) -> Html:
    """The list of conversations, newest first, the open one marked. `now` has a time zone: the one times are shown in."""
    new = button("new_conversation", "fn-small-button", {}, icon("plus"), wording("history.new"))
    head = div("fn-panel-head", element("h2", {"class": "fn-panel-title"}, wording("history")), new)
    if not conversations:
        return join((head, element("p", {"class": "fn-hint"}, wording("history.empty"))))
    rows = (_row(wording, conversation, conversation.id == current, now) for conversation in conversations)
    return join((head, element("ul", {"class": "fn-history"}, *rows)))


def _row(wording: Wording, conversation: Conversation, current: bool, now: datetime) -> Html:
    opens = {"data-conversation": conversation.id, "aria-current": "true" if current else None, "title": conversation.title}
    title = words("fn-history-title", conversation.title)
    when = element("time", {"datetime": conversation.updated_at}, shown_time(conversation.updated_at, now))
    label = wording("history.delete", title=conversation.title)
    delete = {"data-conversation": conversation.id}
    confirm = button("delete_conversation", "fn-small-button fn-danger", delete, wording("delete"))
    actions = (_rename(wording, conversation), confirm_html(wording, label, wording("history.delete_question"), confirm))
    opening = button("open_conversation", "fn-history-open", opens, title, when)
    return element("li", {"class": "fn-conversation"}, opening, *actions)


def _rename(wording: Wording, conversation: Conversation) -> Html:
    label = wording("history.rename", title=conversation.title)
    summary = element("summary", {"class": "fn-icon-button", "aria-label": label, "title": label}, icon("pen"))
    field: dict[str, Attribute] = {"name": "title", "value": conversation.title, "required": True, "maxlength": 120}
    field["aria-label"] = wording("history.name")
    save = element("button", {"class": "fn-small-button"}, wording("save"))
    act: dict[str, Attribute] = {"data-act": "rename_conversation", "data-conversation": conversation.id}
    form = element("form", act, element("input", field), save)
    return element("details", {"class": "fn-pop"}, summary, div("fn-pop-body", form))


def shown_time(written: str, now: datetime) -> str:
    """A moment (ISO 8601) as the clock time of today or as a date; as it is written if it cannot be read."""
    try:
        moment = datetime.fromisoformat(written.replace("Z", "+00:00")).astimezone(now.tzinfo)
    except ValueError:
        return written
    return moment.strftime("%H:%M") if moment.date() == now.date() else moment.strftime("%Y-%m-%d")
