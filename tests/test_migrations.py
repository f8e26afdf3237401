"""The schema's steps."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from rag_app import migrations
from rag_app.errors import LibraryError
from rag_app.store import DATABASE, Store

RELEASED = ("m001_library", "m002_collections", "m003_tasks", "m004_conversations")


def test_released_steps_keep_their_names_and_order() -> None:
    assert migrations.names()[: len(RELEASED)] == RELEASED


def test_applying_twice_changes_nothing() -> None:
    database = Database(memory=True)
    migrations.apply(database)
    schema = database.schema
    assert migrations.is_current(database)
    migrations.apply(database)
    assert database.schema == schema


def test_library_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    database = Database(tmp_path / DATABASE)
    migrations.steps.apply(database, stop_before="m003_tasks")
    database.close()
    store = Store(tmp_path)
    assert store.tasks() == ()
    assert store.conversations() == ()
    store.close()


def test_library_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('footnote', 'm999_later', '')"
        )
    connection.close()
    with pytest.raises(LibraryError, match="newer version of Footnote"):
        Store(tmp_path)
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        assert connection.execute("select count(*) from _sqlite_migrations").fetchone() == (len(migrations.names()) + 1,)
    connection.close()


def test_passage_ids_are_never_handed_out_again() -> None:
    database = Database(memory=True)
    migrations.apply(database)
    assert "autoincrement" in database["passages"].schema
