"""Calendars (ICS): a row an event or a thing to do, what is noted of it below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from rag_app.parsing.blocks import Block, Line, Rows, page_of_blocks
from rag_app.parsing.content_lines import Property, components
from rag_app.parsing.plain_text import read_plain_text, read_text
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text

_COLUMNS = {
    "SUMMARY": "Event",
    "DTSTART": "Start",
    "DTEND": "End",
    "DUE": "Due",
    "LOCATION": "Place",
    "RRULE": "Repeated",
    "STATUS": "Status",
}
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year", "HOURLY": "hour", "MINUTELY": "minute"}
_START, _END, _RULE, _NOTE = "DTSTART", "DTEND", "RRULE", "DESCRIPTION"
_DAY = timedelta(days=1)


def read_icalendar(source: Source) -> OpenedFile:
    """A calendar as one page; a file without an event is plain text. Raises `DocumentError`."""
    events = [_values(properties) for _, properties in components(read_text(source), ("VEVENT", "VTODO"))]
    names = [name for name in _COLUMNS if any(name in event for event in events)]
    if not names:
        return read_plain_text(source)
    return OpenedFile("", 1, iter((page_of_blocks(_blocks(events, names)),)))


def _blocks(events: Sequence[Mapping[str, str]], names: Sequence[str]) -> Iterator[Block]:
    head: tuple[tuple[str, ...], ...] = (tuple(_COLUMNS[name] for name in names),)
    for event in events:
        yield Rows((*head, tuple(event.get(name, "") for name in names)), goes_on=not head, marked=len(head))
        head = ()
        if note := event.get(_NOTE):
            yield Line(f"{event.get('SUMMARY', '')}: {cell_text(note)}")


def _values(properties: Sequence[Property]) -> dict[str, str]:
    """What is told of an event, by the name of the line. A last day is told as the last, which the file has one later."""
    values: dict[str, str] = {}
    for one in properties:
        if one.name in (_START, _END, "DUE"):
            values[one.name] = one.date
        elif one.name == _RULE:
            values[one.name] = _repeated(one)
        elif one.name == _NOTE or one.name in _COLUMNS:
            values[one.name] = one.text
    with suppress(KeyError, ValueError):
        values[_END] = str(date.fromisoformat(values[_END]) - _DAY)
    if values.get(_END) == values.get(_START):
        values.pop(_END, None)
    return {name: text for name, text in values.items() if text}


def _repeated(rule: Property) -> str:
    """How often an event is repeated: "every 2 weeks on MO, WE until 2026-12-24"."""
    parts = dict(part.upper().partition("=")[::2] for part in rule.parts)
    unit, count = _UNITS.get(parts.get("FREQ", ""), ""), parts.get("INTERVAL", "1")
    if not unit:
        return rule.text
    every = f"every {unit}" if count == "1" else f"every {count} {unit}s"
    days = f" on {parts['BYDAY'].replace(',', ', ')}" if "BYDAY" in parts else ""
    until = f" until {Property('', '', parts['UNTIL']).date}" if "UNTIL" in parts else ""
    return every + days + until + (f", {parts['COUNT']} times" if "COUNT" in parts else "")
