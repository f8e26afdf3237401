"""The conversations that were kept."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime

from rag_app.records import Conversation, Export, ExportFormat
from rag_app.ui.language import Wording
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon, join, words
from rag_app.ui.rendering.shelf import confirm_html

SHOWN, SEARCHED_FROM = 40, 6
FORMAT_NAMES = {ExportFormat.MARKDOWN: "Markdown", ExportFormat.JSON: "JSON", ExportFormat.PDF: "PDF"}


def history_html(
    wording: Wording, conversations: Sequence[Conversation], current: int, now: datetime, *, sought: str = ""
) -> Html:
    """The list of conversations, newest first, the open one marked; those that hold the words `sought`, if there are any.

    `now` has a time zone: the one times are shown in.
    """
    new = button("new_conversation", "fn-small-button", {}, icon("plus"), wording("history.new"))
    head = div("fn-panel-head", element("h2", {"class": "fn-panel-title"}, wording("history")), new)
    if not conversations and not sought:
        return join((head, element("p", {"class": "fn-hint"}, wording("history.empty"))))
    search = _search(wording, sought) if sought or len(conversations) >= SEARCHED_FROM else Html()
    rows = (_row(wording, conversation, conversation.id == current, now) for conversation in conversations[:SHOWN])
    left = len(conversations) - SHOWN
    sentence = wording("history.none_found") if not conversations else wording.count("history.more", left) if left > 0 else ""
    hint = element("p", {"class": "fn-hint"}, sentence) if sentence else Html()
    return join((head, search, element("ul", {"class": "fn-history"}, *rows), hint))


def download_html(export: Export, made: int) -> Html:
    """A file for the page's script to hand to the browser. `made` tells one from the next, were they the same otherwise."""
    content = b64encode(export.content).decode("ascii")
    carried: dict[str, Attribute] = {"data-name": export.name, "data-type": export.media_type, "data-content": content}
    return element("span", {"hidden": True, "data-made": made, **carried})


def _search(wording: Wording, sought: str) -> Html:
    label = wording("history.search")
    field: dict[str, Attribute] = {"type": "search", "name": "search", "value": sought, "maxlength": 200, "placeholder": label}
    field["aria-label"] = label
    form: dict[str, Attribute] = {"class": "fn-search", "role": "search", "data-act": "search_conversations"}
    return element("form", form, element("input", field))


def _row(wording: Wording, conversation: Conversation, current: bool, now: datetime) -> Html:
    opens = {"data-conversation": conversation.id, "aria-current": "true" if current else None, "title": conversation.title}
    title = words("fn-history-title", conversation.title)
    when = element("time", {"datetime": conversation.updated_at}, shown_time(conversation.updated_at, now))
    label = wording("history.delete", title=conversation.title)
    delete = {"data-conversation": conversation.id}
    confirm = button("delete_conversation", "fn-small-button fn-danger", delete, wording("delete"))
    asked = confirm_html(wording, label, wording("history.delete_question"), confirm)
    opening = button("open_conversation", "fn-history-open", opens, title, when)
    return element(
        "li", {"class": "fn-conversation"}, opening, _rename(wording, conversation), _export(wording, conversation), asked
    )


def _export(wording: Wording, conversation: Conversation) -> Html:
    """The formats that a conversation can be downloaded in."""
    label = wording("history.export", title=conversation.title)
    summary = element("summary", {"class": "fn-icon-button", "aria-label": label, "title": label}, icon("download"))
    buttons = (
        button(
            "export_conversation",
            "fn-small-button",
            {"data-conversation": conversation.id, "data-format": known.value, "data-close": True},
            FORMAT_NAMES[known],
        )
        for known in ExportFormat
    )
    body = div("fn-pop-body", element("p", {}, wording("history.export_as")), div("fn-row", *buttons))
    return element("details", {"class": "fn-pop"}, summary, body)


def _rename(wording: Wording, conversation: Conversation) -> Html:
    label = wording("history.rename", title=conversation.title)
    named: dict[str, Attribute] = {"aria-label": label, "title": label, "data-key": f"rename {conversation.id}"}
    summary = element("summary", {"class": "fn-icon-button", **named}, icon("pen"))
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
