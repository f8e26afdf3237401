"""The rows of one document, put into their tables within a transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple

from sqlite_utils import Database

from rag_app.interfaces import EmbeddedPassages, Vectors
from rag_app.migrations import LANGUAGE_SAMPLE, mean_vector
from rag_app.records import Document, Page, Passage
from rag_app.store.opening import Row
from rag_app.store.part import now
from rag_app.store.recognized import insert_recognized
from rag_app.text.language import language
from rag_app.text.words import index_text


def words_of(title: str, passages: Sequence[Passage]) -> list[tuple[str, str]]:
    """The words above each passage and in it, as the full-text index holds them. Of many passages this takes long."""
    return [(index_text(" \n".join((title, *passage.heading_path))), index_text(passage.text)) for passage in passages]


def insert(
    database: Database,
    document: Document,
    passages: Sequence[Passage],
    words: Sequence[tuple[str, str]],
    embedded: EmbeddedPassages,
) -> tuple[int, ...]:
    database.execute(
        "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(document.id, document.name, document.title, document.media_type, document.size),
            *(len(document.pages), len(passages), now(), _language(passages), document.name),
        ],
    )
    database.conn.executemany(
        "insert into pages values (?, ?, ?, ?)",
        ((document.id, page.number, page.text, _headings(page)) for page in document.pages),
    )
    insert_recognized(database, document)
    ids = _next_ids(database, len(passages))
    database.conn.executemany("insert into passages values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _passage_rows(ids, passages))
    rows = ((label, *both) for label, both in zip(ids, words, strict=True))
    database.conn.executemany("insert into words (rowid, heading, body) values (?, ?, ?)", rows)
    database.conn.executemany("insert into vectors values (?, ?)", zip(ids, map(_blob, embedded.vectors), strict=True))
    database.conn.executemany("insert into token_vectors values (?, ?)", zip(ids, embedded.token_vectors, strict=False))
    opening = None if embedded.opening is None else _blob(embedded.opening)
    kept = [document.id, mean_vector(embedded.vectors), opening]
    database.execute("insert into document_vectors (document_id, vector, opening) values (?, ?, ?)", kept)
    return ids


def _blob(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()


def _language(passages: Sequence[Passage]) -> str:
    return language(" ".join(passage.text for passage in passages[:LANGUAGE_SAMPLE]))


def _next_ids(database: Database, count: int) -> tuple[int, ...]:
    """Ids never used before, not even by a removed passage."""
    row = database.execute("select seq from sqlite_sequence where name = 'passages'").fetchone()
    first = (row[0] if row else 0) + 1
    return tuple(range(first, first + count))


def _passage_rows(ids: Sequence[int], passages: Sequence[Passage]) -> Iterable[Row]:
    for label, passage in zip(ids, passages, strict=True):
        path = json.dumps(passage.heading_path, ensure_ascii=False)
        cells = json.dumps([astuple(rows) for rows in passage.cells]) if passage.cells else ""
        rest = json.dumps(astuple(passage.rest)) if passage.rest else ""
        tables = json.dumps([astuple(table) for table in passage.tables], ensure_ascii=False) if passage.tables else ""
        yield label, passage.document_id, passage.page, passage.start, passage.end, path, passage.text, cells, rest, tables


def _headings(page: Page) -> str:
    return json.dumps([(heading.start, heading.end, heading.level) for heading in page.headings])
