"""The lines of calendars and address books (RFC 5545 and 6350): a name, parameters and a value each, within components."""

from __future__ import annotations

import quopri
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rag_app.parsing.encodings import decode_as

_FOLDED = re.compile(r"\n[ \t]")
_LINE = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):(.*)')
_CHARSET = re.compile(r"CHARSET=([\w-]+)", re.IGNORECASE)
_QUOTED = "QUOTED-PRINTABLE"
_ESCAPED = re.compile(r"\\(.)")
_BETWEEN_PARTS = re.compile(r"(?<!\\);")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?\d\d)?(Z?).*)?")


@dataclass(frozen=True, slots=True)
class Property:
    """A line: its name and parameters in capitals, and its value as it is written."""

    name: str
    parameters: str
    value: str

    @property
    def parts(self) -> list[str]:
        """The parts of the value, which semicolons set apart, without what only programs need."""
        return [_ESCAPED.sub(_plain, part).strip() for part in _BETWEEN_PARTS.split(self.value)]

    @property
    def text(self) -> str:
        """The value as it is read."""
        return _ESCAPED.sub(_plain, self.value).strip()

    @property
    def date(self) -> str:
        """A date, with the time if there is one, as in 2026-11-24 14:30; other words as they are."""
        found = _DATE.fullmatch(self.value.strip())
        if not found:
            return self.text
        year, month, day, hour, minute, is_utc = found.groups()
        return f"{year}-{month}-{day}" + (f" {hour}:{minute}" if hour else "") + (" UTC" if is_utc else "")


def components(text: str, names: Collection[str]) -> Iterator[tuple[str, list[Property]]]:
    """Each component that has one of these names, with its own lines, without those of components within it."""
    held: list[tuple[str, list[Property]]] = []
    for line in _lines(text):
        found = _LINE.fullmatch(line)
        if not found:
            continue
        name, parameters, value = found[1].upper(), found[2].upper(), found[3]
        if name == "BEGIN":
            held.append((value.strip().upper(), []))
        elif name == "END" and held:
            kind, properties = held.pop()
            if kind in names:
                yield kind, properties
        elif held:
            held[-1][1].append(Property(name, parameters, _decoded(value, parameters)))


def _lines(text: str) -> Iterator[str]:
    """The lines as they were before they were folded; those of quoted-printable end with what tells that they go on."""
    before = ""
    for line in _FOLDED.sub("", text.replace("\r\n", "\n")).split("\n"):
        line = before + line
        goes_on = line.endswith("=") and _QUOTED in line.partition(":")[0].upper()
        before = line[:-1] if goes_on else ""
        if not goes_on:
            yield line
    yield before


def _decoded(value: str, parameters: str) -> str:
    if _QUOTED not in parameters:
        return value
    charset = _CHARSET.search(parameters)
    return decode_as(quopri.decodestring(value.encode("utf-8", "replace")), charset[1] if charset else "utf-8")


def _plain(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]
