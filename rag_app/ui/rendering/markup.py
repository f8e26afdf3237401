"""HTML that cannot be broken out of: text is escaped wherever it is put into an element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape as escape_html

from rag_app.text.language import language

Attribute = str | int | bool | None
VOID_ELEMENTS = frozenset({"img", "input", "br"})


class Html(str):
    """Text that is HTML already. Any other text is escaped where it is put into an element."""

    __slots__ = ()


def escape(text: str) -> Html:
    """`text` as HTML that shows it and does nothing else; what UTF-8 cannot carry becomes a question mark."""
    if isinstance(text, Html):
        return text
    return Html(escape_html(text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\N{REPLACEMENT CHARACTER}")))


def join(parts: Iterable[str]) -> Html:
    """The parts in a row, each escaped unless it is HTML already."""
    return Html("".join(escape(part) for part in parts))


def element(name: str, attributes: Mapping[str, Attribute], *children: str) -> Html:
    """An element. An attribute that is None or False is left out, one that is True stands without a value."""
    opening = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opening if name in VOID_ELEMENTS else f"{opening}{join(children)}</{name}>")


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    return f" {key}" if value is True else f' {key}="{escape(str(value))}"'


def div(css_class: str, *children: str) -> Html:
    """A block of a class."""
    return element("div", {"class": css_class}, *children)


def scrolling(*children: str) -> Html:
    """The part of an open page that scrolls; by keyboard too, for it takes the focus."""
    return element("div", {"class": "fn-reader-scroll", "tabindex": 0}, *children)


def span(css_class: str, *children: str) -> Html:
    """A run of text of a class."""
    return element("span", {"class": css_class}, *children)


def words(css_class: str, text: str) -> Html:
    """Text that somebody else wrote."""
    return element("span", {"class": css_class, **own_language(text)}, text)


def own_language(text: str) -> dict[str, Attribute]:
    """What keeps a text apart from its surroundings: it is read its own way, and in the letters and voice of its language."""
    return {"dir": "auto", "lang": language(text)}


def button(act: str, css_class: str, attributes: Mapping[str, Attribute], *children: str) -> Html:
    """A button that reports `act` with its `data-` attributes to the page's script."""
    return element("button", {"type": "button", "class": css_class, "data-act": act, **attributes}, *children)


def icon(name: str) -> Html:
    """A small drawing in the colour of the text, for the eye only."""
    return Html(
        '<svg class="fn-icon" viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{ICONS[name]}</svg>'
    )


ICONS = {
    "list": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
    "forward": '<path d="M9 5l7 7-7 7"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "check": '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
    "copy": '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h8"/>',
    "again": '<path d="M20 11a8 8 0 1 0-2.3 6.3"/><path d="M20 4v7h-7"/>',
    "pen": '<path d="M4 20l1-4L16 5l3 3L8 19z"/>',
    "bin": '<path d="M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>',
    "page": '<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4"/>',
    "zoom": '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5M11 8.5v5M8.5 11h5"/>',
    "sun": '<circle cx="12" cy="12" r="8"/><path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor"/>',
    "thumb_up": '<path d="M7 11l4-8a2.5 2.5 0 0 1 2.5 2.5V9h5a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.3 20H7zM7 11H3.5v9H7"/>',
    "thumb_down": '<path d="M17 13l-4 8a2.5 2.5 0 0 1-2.5-2.5V15h-5a2 2 0 0 1-2-2.3l1.2-7A2 2 0 0 1 6.7 4H17zM17 13h3.5V4H17"/>',
    "why": '<circle cx="12" cy="12" r="8.5"/><path d="M9.8 9.6a2.3 2.3 0 1 1 3.4 2c-.8.5-1.2 1-1.2 1.9M12 16.6v.1"/>',
    "quote": '<path d="M4 6h16M4 12h16M4 18h9"/>',
}
