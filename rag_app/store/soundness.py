"""Whether everything in the library's file belongs together."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from rag_app.store.files import KeptFiles
from rag_app.store.opening import FILES, lost_library, newer_version, sentence

_RULES = {
    "words cannot be read": "select count(*) from vocabulary where term is null",  # reads the whole index of words
    "vectors have another length": """select count(*) from vectors
        where length(vector) <> 4 * (select value from meta where key = 'dimension')""",
    "passages have no vector": "select count(*) from passages where id not in (select passage_id from vectors)",
    "passages have no words": "select count(*) from passages where id not in (select id from words_docsize)",
    "entries of words have no passage": "select count(*) from words_docsize where id not in (select id from passages)",
    "passages have no page": """select count(*) from passages p
        where not exists (select 1 from pages where document_id = p.document_id and number = p.page)""",
    "documents lack passages": """select count(*) from documents d
        where passage_count <> (select count(*) from passages where document_id = d.id)""",
    "documents lack pages": """select count(*) from documents d
        where page_count <> (select count(*) from pages where document_id = d.id)""",
    "finished tasks have no document": """select count(*) from tasks
        where state = 'done' and document_id not in (select id from documents)""",
}


def open_problems(database: Path) -> tuple[str, ...]:
    """What is wrong with the library's file, as sentences; none when it is sound or not made yet. Changes nothing."""
    if fault := lost_library(database):
        return (fault,)
    if not os.path.lexists(database):
        return ()
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return tuple(_problems(connection, database))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return (sentence(database, str(error)),)


def _problems(connection: sqlite3.Connection, database: Path) -> Iterator[str]:
    if fault := newer_version(database, Database(connection, execute_plugins=False)):
        yield fault
        return
    for (line,) in connection.execute("pragma integrity_check(20)"):
        if line != "ok":
            yield sentence(database, line)
    for table, count in connection.execute('select "table", count(*) from pragma_foreign_key_check group by 1'):
        yield f"{database}: rows of {table} that refer to nothing: {count:,}. Put a copy from a backup in its place."
    for rule, sql in _RULES.items():
        count = connection.execute(sql).fetchone()[0]
        if count:
            yield f"{database}: {count:,} {rule}. Remove the documents concerned and add them again."
    yield from _half_reranked(connection, database)
    yield from _lost_files(connection, database)


def _half_reranked(connection: sqlite3.Connection, database: Path) -> Iterator[str]:
    """A library that an older version began: passages without token vectors keep all that are found with them from reranking."""
    if not connection.execute("select 1 from sqlite_master where name = 'token_vectors'").fetchone():
        return
    passages, reranked = (
        connection.execute(f"select count(*) from {table}").fetchone()[0] for table in ("passages", "token_vectors")
    )
    if 0 < reranked < passages:
        yield (
            f"{database}: {passages - reranked:,} of {passages:,} passages were read by an older version, and are found less "
            "well. Run: python -m rag_app reindex"
        )


def _lost_files(connection: sqlite3.Connection, database: Path) -> Iterator[str]:
    files = KeptFiles(database.parent / FILES)
    for document_id, name in connection.execute("select id, name from documents"):
        path = files.path(document_id, name)
        if not path.exists():
            yield f"{path}, the original of {name}, is gone: its pages cannot be shown. Remove the document and add it again."
