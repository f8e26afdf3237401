"""Where documents came from, and what those of one name are called therefore. All within the transaction of the caller."""

from __future__ import annotations

from sqlite_utils import Database

from rag_app.text.telling_apart import told_apart

_OF_NAME = """select d.id, coalesce(o.folder, ''), d.added_at from documents d left join origins o on o.document_id = d.id
    where d.name = ? order by d.added_at, d.id"""


def tell_apart(database: Database, name: str) -> None:
    """Settle anew what the documents of this name are called: one came, went, or lies elsewhere now."""
    called = told_apart(name, database.execute(_OF_NAME, [name]).fetchall())
    database.conn.executemany("update documents set called = ?1 where id = ?2 and called <> ?1", called)


def note_folder(database: Database, document_id: str, folder: str) -> None:
    """Note the folder of a document's file, empty for one that came from none."""
    database.execute("insert or replace into origins values (?, ?)", [document_id, folder])
