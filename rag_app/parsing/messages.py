"""What the child process and its parent say to each other: one JSON object a line. Long texts go in several lines."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, fields
from itertools import starmap
from operator import attrgetter
from pathlib import Path
from typing import Any

from rag_app.errors import DocumentError, Reason
from rag_app.records import CellRows, Heading, Page, PageBreak, RecognizedLine, Rectangle, Running, Table

Message = Mapping[str, Any]
READ, VIEW, UNPACK = "read", "view", "unpack"
READY, OPENED, TEXT, PAGE, WORKING, DAMAGE = "ready", "opened", "text", "page", "working", "damage"
DONE, VIEWED, REFUSED, ENCLOSED = "done", "viewed", "refused", "enclosed"
_LONGEST_TEXT = 1_000_000
_STRETCHES: Mapping[str, type[Any]] = {"headings": Heading, "tables": Table, "cells": CellRows, "running": Running}
_VALUES = {name: attrgetter(*(field.name for field in fields(kind))) for name, kind in _STRETCHES.items()}


def enclosed_path(folder: Path, number: int) -> Path:
    """Where the child's folder holds the file that an ENCLOSED message with this number speaks of."""
    return folder / f"enclosed-{number}"


def encode(message: Message) -> bytes:
    """A message as a line."""
    return json.dumps(message).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """A line as a message."""
    message: Message = json.loads(line.decode("ascii"))
    return message


def refusal(error: DocumentError) -> Message:
    """An error about a file as a message."""
    return {"kind": REFUSED, "reason": error.reason.value, "message": str(error)}


def refusal_of(message: Message) -> DocumentError:
    """The error again."""
    return DocumentError(Reason(message["reason"]), message["message"])


def page_messages(page: Page) -> Iterator[Message]:
    """A page as messages: a long text in parts, then the rest, its empty fields left out."""
    rest = max(0, len(page.text) - 1) // _LONGEST_TEXT * _LONGEST_TEXT
    for start in range(0, rest, _LONGEST_TEXT):
        yield {"kind": TEXT, "text": page.text[start : start + _LONGEST_TEXT]}
    message: dict[str, Any] = {"kind": PAGE, "number": page.number, "text": page.text[rest:]}
    for name, values in _VALUES.items():
        if stretches := getattr(page, name):
            message[name] = list(map(values, stretches))
    if page.lines:
        message["lines"] = list(map(astuple, page.lines))
    if page.continues:
        message["continues"] = astuple(page.continues)
    yield message


def page_of(texts: list[str], message: Message) -> Page:
    """The page again, from the parts of its text and its last message."""
    stretches = {name: tuple(starmap(kind, message.get(name, ()))) for name, kind in _STRETCHES.items()}
    lines, cut = tuple(map(RecognizedLine.of, message.get("lines", ()))), message.get("continues")
    text = "".join([*texts, message["text"]])
    return Page(message["number"], text, **stretches, lines=lines, continues=PageBreak(*cut) if cut else None)


def view_message(image: bytes, rectangles: tuple[Rectangle, ...]) -> Message:
    """A page's picture and marks as a message."""
    encoded = base64.b64encode(image).decode("ascii")
    return {"kind": VIEWED, "image": encoded, "rectangles": [[r.left, r.top, r.right, r.bottom] for r in rectangles]}


def view_of(message: Message) -> tuple[bytes, tuple[Rectangle, ...]]:
    """The picture and the marks again."""
    return base64.b64decode(message["image"]), tuple(Rectangle(*sides) for sides in message["rectangles"])
