"""Passages and their vectors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np

from rag_app.errors import LibraryError
from rag_app.interfaces import Vectors
from rag_app.records import CellRows, Continuation, Passage, Scope, Section, StoredPassage, Table
from rag_app.store.collections import IN_COLLECTION
from rag_app.store.opening import Row
from rag_app.store.part import Part
from rag_app.text.places import has_pages, headings_above

WHOLE_LIBRARY = Scope()
ALL = -1
_BLOCK = 4096
_STORED = """
    select p.id, d.called, d.title, p.document_id, p.page, p.start, p.end, p.heading_path, p.text, p.cells, p.rest, p.tables,
        case when d.name = d.called then '' else d.name end, d.media_type, d.page_count, d.passage_count,
        p.id - (select min(id) from passages where document_id = d.id) + 1
    from passages p join documents d on d.id = p.document_id
"""
_VECTORS = "select passage_id, vector from vectors where passage_id in (select value from json_each(?)) order by passage_id"


class Passages(Part):
    """The passages of the library, each named by one integer."""

    def passages(self, document_id: str, limit: int = ALL) -> tuple[StoredPassage, ...]:
        """The passages of a document, in reading order, at most the first `limit`."""
        rows = self._connections.rows(f"{_STORED} where p.document_id = ? order by p.id limit ?", [document_id, limit])
        return tuple(_stored(row) for row in rows)

    def passages_near(self, passage_id: int, reach: int) -> tuple[StoredPassage, ...]:
        """A passage and up to `reach` before and behind it in its document, the nearest first; none if it was removed."""
        where = "where p.id between ? and ? and p.document_id = (select document_id from passages where id = ?)"
        rows = self._connections.rows(f"{_STORED} {where}", [passage_id - reach, passage_id + reach, passage_id])
        return tuple(_stored(row) for row in sorted(rows, key=lambda row: (abs(row[0] - passage_id), -row[0])))

    def neighbours(self, ids: Sequence[int], reach: int) -> dict[int, list[int]]:
        """The passages up to `reach` before and behind each of `ids` in its document."""
        sql = """select p.id, n.id from json_each(?) one join passages p on p.id = one.value
            join passages n on n.id between p.id - ? and p.id + ? and n.id <> p.id and +n.document_id = p.document_id"""
        found: dict[int, list[int]] = {label: [] for label in ids}
        for label, neighbour in self._connections.rows(sql, [json.dumps(list(ids)), reach, reach]):
            found[label].append(neighbour)
        return found

    def stored(self, ids: Sequence[int]) -> tuple[StoredPassage, ...]:
        """The passages of `ids`, in that order. One that was removed meanwhile is left out."""
        rows = self._connections.rows(f"{_STORED} where p.id in (select value from json_each(?))", [json.dumps(list(ids))])
        found = {row[0]: _stored(row) for row in rows}
        return tuple(found[label] for label in ids if label in found)

    def passage_ids(self, scope: Scope = WHOLE_LIBRARY) -> list[int]:
        """The ids of all passages within `scope`, ascending."""
        condition, parameters = within(scope)
        rows = self._connections.rows(f"select id from passages where {condition} order by id", parameters)
        return [row[0] for row in rows]

    def has_passages(self, scope: Scope) -> bool:
        """Whether there is any passage within `scope`."""
        condition, parameters = within(scope)
        return bool(self._connections.rows(f"select 1 from passages where {condition} limit 1", parameters))

    def passage_count(self) -> int:
        """How many passages the library holds."""
        return int(self._connections.rows("select coalesce(sum(passage_count), 0) from documents")[0][0])

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The vectors of `ids`, in that order, shape (len(ids), dimension).

        Raises `LibraryError` if one was removed meanwhile.
        """
        found = {label: vector for block, matrix in self.vector_blocks(ids) for label, vector in zip(block, matrix, strict=True)}
        if missing := set(ids) - found.keys():
            raise LibraryError(f"{len(missing)} passages were removed from the library meanwhile. Ask again.")
        return np.stack([found[label] for label in ids]) if found else np.zeros((0, 0), np.float32)

    def document_vectors(self, document_ids: Sequence[str]) -> Vectors:
        """The vectors of documents, each the mean of its passages', of unit length, shape (len(document_ids), dimension).

        Raises `LibraryError` if one was removed meanwhile.
        """
        sql = "select document_id, vector from document_vectors where document_id in (select value from json_each(?))"
        rows = self._connections.rows(sql, [json.dumps(list(dict.fromkeys(document_ids)))])
        found = {label: np.frombuffer(vector, "<f4").astype(np.float32, copy=False) for label, vector in rows}
        if missing := set(document_ids) - found.keys():
            raise LibraryError(f"{len(missing)} documents were removed from the library meanwhile. Ask again.")
        return np.stack([found[label] for label in document_ids]) if found else np.zeros((0, 0), np.float32)

    def opening_vectors(self, document_ids: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of the beginnings of those documents that have one, of unit length, each of shape (dimension,)."""
        sql = "select document_id, opening from document_vectors where document_id in (select value from json_each(?))"
        rows = self._connections.rows(f"{sql} and opening is not null", [json.dumps(list(dict.fromkeys(document_ids)))])
        return {label: np.frombuffer(opening, "<f4").astype(np.float32, copy=False) for label, opening in rows}

    def token_vectors(self, ids: Sequence[int]) -> dict[int, bytes]:
        """The packed token vectors of those of `ids` that have any."""
        sql = "select passage_id, packed from token_vectors where passage_id in (select value from json_each(?))"
        return dict(self._connections.rows(sql, [json.dumps(list(ids))]))

    def vector_blocks(self, ids: Sequence[int]) -> Iterator[tuple[list[int], Vectors]]:
        """The vectors of those of `ids` that exist, ascending, in blocks of (ids, matrix) that need little memory."""
        ordered = sorted(set(ids))
        for start in range(0, len(ordered), _BLOCK):
            rows = self._connections.rows(_VECTORS, [json.dumps(ordered[start : start + _BLOCK])])
            if rows:
                matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(len(rows), -1)
                yield [row[0] for row in rows], matrix.astype(np.float32, copy=False)


def within(scope: Scope) -> tuple[str, list[str]]:
    """The SQL condition that a row of `passages` lies in `scope`, with its parameters."""
    conditions, parameters = ["true"], []
    if scope.collection is not None:
        conditions.append(f"document_id in {IN_COLLECTION}")
        parameters.append(scope.collection)
    if scope.document_ids:
        conditions.append("document_id in (select value from json_each(?))")
        parameters.append(json.dumps(scope.document_ids))
    if scope.language:
        conditions.append("document_id in (select id from documents where language = ?)")
        parameters.append(scope.language)
    return " and ".join(conditions), parameters


def _stored(row: Row) -> StoredPassage:
    label, name, title, document_id, page, start, end, heading_path, text, cells, rest, tables, file_name, *counted = row
    path, rows = tuple(json.loads(heading_path)), tuple(CellRows(*entry) for entry in json.loads(cells or "[]"))
    goes_on = Continuation(*json.loads(rest)) if rest else None
    held = tuple(Table(*entry) for entry in json.loads(tables or "[]"))
    passage = Passage(document_id, page, start, end, path, text, rows, goes_on, held)
    return StoredPassage(label, name, title, passage, _section(path, *counted), file_name)


def _section(path: Sequence[str], media_type: str, pages: int, parts: int, part: int) -> Section | None:
    """Where a passage stands if its document has no pages to name."""
    return None if has_pages(media_type, pages) else Section(headings_above(path), part, parts)
