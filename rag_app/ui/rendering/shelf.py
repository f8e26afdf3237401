"""What stands around the table of documents: how they are added, the collections, and what it all takes on the disk."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.records import DiskUse
from rag_app.ui.language import Wording
from rag_app.ui.rendering.chooser import chips_html
from rag_app.ui.rendering.markup import Attribute, Html, button, div, element, icon

UNITS = ("B", "kB", "MB", "GB", "TB")


def address_html(wording: Wording, added: int) -> Html:
    """The form that adds a web page. `added` makes it another one after each page, so that it is empty again."""
    label = wording("address")
    field: dict[str, Attribute] = {"name": "address", "required": True, "inputmode": "url", "autocomplete": "off"}
    field |= {"placeholder": label, "aria-label": label, "maxlength": 2000}
    add = element("button", {"class": "fn-small-button"}, wording("address.add"))
    return element("form", {"class": "fn-address", "data-act": "add_page", "data-added": added}, element("input", field), add)


def shelf_html(wording: Wording, collections: Sequence[str], collection: str) -> Html:
    """The collections to pick from, and what can be done with the picked one."""
    named = _named_collection(wording, collection) if collection in collections else Html()
    tools = div("fn-row", named, _new_collection(wording))
    title = element("h2", {"class": "fn-panel-title"}, wording("documents"))
    return div("fn-shelf-bar", title, chips_html(wording, collections, collection), tools)


def picks_html(wording: Wording, collections: Sequence[str], collection: str) -> Html:
    """What can be done with documents that are ticked. The page's script counts them and adds their ids."""
    count = element("strong", {"data-one": wording("picks.single"), "data-many": wording("picks.several", n="#")})
    take = {"data-collection": collection}
    actions = (
        button("pick_found", "fn-link", {"hidden": True, "data-label": wording("picks.found", n="#")}, ""),
        button("ask_documents", "fn-small-button", {}, wording("picks.ask")),
        _put_in(wording, collections),
        button("take_out", "fn-small-button", take, wording("picks.take_out", name=collection)) if collection else Html(),
        button("reread", "fn-small-button", {}, wording("picks.reread")),
        _remove(wording),
        button("unpick", "fn-link", {}, wording("picks.none")),
    )
    about: dict[str, Attribute] = {
        "class": "fn-picks",
        "data-picks": True,
        "hidden": True,
        "role": "group",
        "aria-label": wording("picks"),
    }
    return element("div", about, count, *actions)


def disk_html(wording: Wording, use: DiskUse) -> Html:
    """What the library takes on its disk."""
    sizes = {"all": shown_size(use.originals + use.rest), "originals": shown_size(use.originals), "free": shown_size(use.free)}
    return element("p", {"class": "fn-hint"}, wording("disk", **sizes))


def confirm_html(wording: Wording, label: str, question: str, confirm: Html) -> Html:
    """A bin that asks before anything is thrown away."""
    summary = element("summary", {"class": "fn-icon-button", "aria-label": label, "title": label}, icon("bin"))
    return _asks(wording, summary, question, confirm)


def shown_size(size: int) -> str:
    """A number of bytes in the unit that leaves one to three digits before the point."""
    number, unit = float(size), 0
    while number >= 999.5 and unit < len(UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.{int(number < 9.95 and unit > 0)}f}\N{NO-BREAK SPACE}{UNITS[unit]}"


def _asks(wording: Wording, summary: Html, question: str, confirm: Html) -> Html:
    keep = element("button", {"type": "button", "class": "fn-small-button", "data-close": True}, wording("keep"))
    body = div("fn-pop-body", element("p", {}, question), div("fn-row", confirm, keep))
    return element("details", {"class": "fn-pop"}, summary, body)


def _named_collection(wording: Wording, collection: str) -> Html:
    """Renaming and deleting the picked collection."""
    pen = wording("collection.rename", name=collection)
    named: dict[str, Attribute] = {"aria-label": pen, "title": pen, "data-key": "rename"}
    summary = element("summary", {"class": "fn-icon-button", **named}, icon("pen"))
    form = _name_form(wording, "rename_collection", {"data-collection": collection}, collection, wording("save"))
    rename = element("details", {"class": "fn-pop"}, summary, div("fn-pop-body", form))
    delete = button("delete_collection", "fn-small-button fn-danger", {"data-collection": collection}, wording("delete"))
    label = wording("collection.delete", name=collection)
    return div("fn-row", rename, confirm_html(wording, label, wording("collection.delete_question"), delete))


def _new_collection(wording: Wording) -> Html:
    summary = element("summary", {"class": "fn-small-button"}, icon("plus"), wording("collection.new"))
    form = _name_form(wording, "make_collection", {}, "", wording("collection.create"))
    return element("details", {"class": "fn-pop"}, summary, div("fn-pop-body", form))


def _name_form(wording: Wording, act: str, carried: dict[str, Attribute], value: str, save: str) -> Html:
    label = wording("collection.name")
    field: dict[str, Attribute] = {"name": "name", "value": value, "required": True, "maxlength": 60}
    field |= {"placeholder": label, "aria-label": label}
    button_of_form = element("button", {"class": "fn-small-button"}, save)
    return element("form", {"data-act": act, **carried}, element("input", field), button_of_form)


def _put_in(wording: Wording, collections: Sequence[str]) -> Html:
    """The collections there are, to click, and a new one, to name."""
    known = (button("put_in", "fn-small-button", {"data-name": name, "dir": "auto"}, name) for name in collections)
    summary = element("summary", {"class": "fn-small-button"}, wording("picks.put_in"))
    form = _name_form(wording, "put_in", {}, "", wording("collection.create"))
    return element("details", {"class": "fn-pop"}, summary, div("fn-pop-body", div("fn-chips", *known), form))


def _remove(wording: Wording) -> Html:
    summary = element("summary", {"class": "fn-small-button"}, icon("bin"), wording("remove"))
    confirm = button("remove_documents", "fn-small-button fn-danger", {}, wording("remove"))
    return _asks(wording, summary, wording("picks.remove_question"), confirm)
