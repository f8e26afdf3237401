"""What the child process and its parent say to each other: one JSON object a line. Long texts go in several lines."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from rag_app.errors import DocumentError, Reason
from rag_app.records import CellRows, Heading, Page, PageBreak, RecognizedLine, Rectangle, Running, Table

Message = Mapping[str, Any]
READ, VIEW, UNPACK = "read", "view", "unpack"
READY, OPENED, TEXT, PAGE, WORKING, DAMAGE = "ready", "opened", "text", "page", "working", "damage"
DONE, VIEWED, REFUSED, ENCLOSED = "done", "viewed", "refused", "enclosed"
_LONGEST_TEXT = 1_000_000


def enclosed_path(folder: Path, number: int) -> Path:
    """Where the child's folder holds the file that an ENCLOSED message with this number speaks of."""
    return folder / f"enclosed-{number}"


def encode(message: Message) -> bytes:
    """A message as a line."""
    return json.dumps(message).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """A line as a message."""
    message: Message = json.loads(line)
    return message


def refusal(error: DocumentError) -> Message:
    """An error about a file as a message."""
    return {"kind": REFUSED, "reason": error.reason.value, "message": str(error)}


def refusal_of(message: Message) -> DocumentError:
    """The error again."""
    return DocumentError(Reason(message["reason"]), message["message"])


def page_messages(page: Page) -> Iterator[Message]:
    """A page as messages: its text in parts, then the rest."""
    for start in range(0, len(page.text), _LONGEST_TEXT):
        yield {"kind": TEXT, "text": page.text[start : start + _LONGEST_TEXT]}
    headings, tables = [[h.start, h.end, h.level] for h in page.headings], [[t.start, t.end, t.header] for t in page.tables]
    cells, running, lines = (list(map(astuple, stretches)) for stretches in (page.cells, page.running, page.lines))
    told = {"headings": headings, "tables": tables, "cells": cells, "running": running, "lines": lines}
    yield {"kind": PAGE, "number": page.number, "continues": page.continues and astuple(page.continues), **told}


def page_of(texts: list[str], message: Message) -> Page:
    """The page again, from the parts of its text and its last message."""
    headings, tables = (Heading(*entry) for entry in message["headings"]), (Table(*entry) for entry in message["tables"])
    cells, running = (CellRows(*entry) for entry in message["cells"]), (Running(*entry) for entry in message["running"])
    lines = tuple(map(_line_of, message["lines"]))
    stretches = (tuple(headings), tuple(tables), tuple(cells), tuple(running), lines)
    return Page(message["number"], "".join(texts), *stretches, message["continues"] and PageBreak(*message["continues"]))


def _line_of(entry: Sequence[Any]) -> RecognizedLine:
    start, end, box, turns, places, confidence = entry
    return RecognizedLine(start, end, Rectangle(*box), turns, tuple(places), confidence)


def view_message(image: bytes, rectangles: tuple[Rectangle, ...]) -> Message:
    """A page's picture and marks as a message."""
    encoded = base64.b64encode(image).decode("ascii")
    return {"kind": VIEWED, "image": encoded, "rectangles": [[r.left, r.top, r.right, r.bottom] for r in rectangles]}


def view_of(message: Message) -> tuple[bytes, tuple[Rectangle, ...]]:
    """The picture and the marks again."""
    return base64.b64decode(message["image"]), tuple(Rectangle(*sides) for sides in message["rectangles"])
