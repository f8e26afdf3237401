"""Where documents came from, and what those of one name are called therefore. All within the transaction of the caller."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from sqlite_utils import Database

from rag_app.store.opening import Row
from rag_app.text.telling_apart import told_apart

_OF_NAME = """select d.id, coalesce(o.folder, ''), d.added_at, d.called
    from documents d left join origins o on o.document_id = d.id where d.name = ?1"""
# Those whose folders end as that of one of them, and those that are called as if no other had their folder's name.
_LIKE_ONE = """and (d.id = ?2 or substr(d.called, 1, length(d.name)) = d.name
    or o.folder = ?3 or (?4 <> '' and substr(rtrim(o.folder, '/'), -length(?4)) = ?4))"""
_IN_ORDER = "order by d.added_at, d.id"


def tell_apart(database: Database, name: str) -> None:
    """Settle anew what the documents of this name are called: one went, or lies elsewhere now."""
    _call(database, name, database.execute(f"{_OF_NAME} {_IN_ORDER}", [name]).fetchall())


def tell_new_apart(database: Database, name: str, document_id: str) -> None:
    """Settle what a document of this name is called that came, and those that its coming concerns: there may be thousands."""
    origin = database.execute("select folder from origins where document_id = ?", [document_id]).fetchone()
    folder = origin[0] if origin else ""
    one = [name, document_id, folder, PurePath(folder).name]
    rows = database.execute(f"{_OF_NAME} {_LIKE_ONE} {_IN_ORDER}", one).fetchall()
    (count,) = database.execute("select count(*) from documents where name = ?", [name]).fetchone()
    _call(database, name, rows, among_others=count > len(rows))


def _call(database: Database, name: str, rows: Sequence[Row], *, among_others: bool = False) -> None:
    before = {row[0]: row[3] for row in rows}
    called = told_apart(name, [row[:3] for row in rows], among_others=among_others)
    changed = [(words, label) for words, label in called if words != before[label]]
    database.conn.executemany("update documents set called = ? where id = ?", changed)


def note_folder(database: Database, document_id: str, folder: str) -> None:
    """Note the folder of a document's file, empty for one that came from none."""
    database.execute("insert or replace into origins values (?, ?)", [document_id, folder])
