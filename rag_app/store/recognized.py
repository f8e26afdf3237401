"""Pages that text recognition read: how surely, and where their lines stand."""

from __future__ import annotations

import json
from dataclasses import astuple

from sqlite_utils import Database

from rag_app.records import Document, Page, RecognizedLine


def insert_recognized(database: Database, document: Document) -> None:
    """Keep the lines of the pages that were read so."""
    rows = ((document.id, page.number, page.confidence, _as_json(page)) for page in document.pages if page.lines)
    database.conn.executemany("insert into recognized_pages values (?, ?, ?, ?)", rows)


def recognized_lines(kept: str | None) -> tuple[RecognizedLine, ...]:
    """The lines again, none for a page that was read otherwise."""
    return tuple(map(RecognizedLine.of, json.loads(kept or "[]")))


def _as_json(page: Page) -> str:
    return json.dumps([astuple(line) for line in page.lines], separators=(",", ":"))
