"""Address books (VCF): a row a person, with a column for each kind of thing that is told of any of them."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.parsing.blocks import Rows, page_of_blocks
from rag_app.parsing.cleaning import has_cjk
from rag_app.parsing.content_lines import Property, components
from rag_app.parsing.plain_text import read_plain_text, read_text
from rag_app.parsing.source import OpenedFile, Source

_COLUMNS = {
    "FN": "Name",
    "NICKNAME": "Nickname",
    "ORG": "Organization",
    "TITLE": "Title",
    "TEL": "Phone",
    "EMAIL": "Mail",
    "ADR": "Address",
    "BDAY": "Birthday",
    "ANNIVERSARY": "Anniversary",
    "URL": "Web",
    "NOTE": "Note",
}
_NAME, _NAME_PARTS = "FN", "N"
_BETWEEN = ", "


def read_vcard(source: Source) -> OpenedFile:
    """An address book as one page; a file without a card is plain text. Raises `DocumentError`."""
    cards = [_card(properties) for _, properties in components(read_text(source), ("VCARD",))]
    names = [name for name in _COLUMNS if any(name in card for card in cards)]
    if not names:
        return read_plain_text(source)
    rows = [tuple(card.get(name, "") for name in names) for card in cards]
    table = Rows((tuple(_COLUMNS[name] for name in names), *rows), marked=1)
    return OpenedFile("", 1, iter((page_of_blocks([table]),)))


def _card(properties: Sequence[Property]) -> dict[str, str]:
    """What is told of a person, by the name of the line; what is told twice is told once."""
    values: dict[str, dict[str, None]] = {}
    for one in properties:
        text = one.date if one.name in ("BDAY", "ANNIVERSARY") else _BETWEEN.join(filter(None, one.parts))
        if one.name in _COLUMNS and text:
            values.setdefault(one.name, {})[text] = None
    if _NAME not in values and (name := _name(properties)):
        values[_NAME] = {name: None}
    return {name: _BETWEEN.join(texts) for name, texts in values.items()}


def _name(properties: Sequence[Property]) -> str:
    """The name as it is spoken, put together from its parts; a Chinese one begins with the family."""
    parts = next((one.parts for one in properties if one.name == _NAME_PARTS), [])
    family, first, middle, before, behind, *_ = [*parts, "", "", "", "", ""]
    if has_cjk(family + first):
        return family + middle + first
    return " ".join(filter(None, (before, first, middle, family, behind)))
