"""The schema's steps."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from rag_app import migrations
from rag_app.errors import LibraryError
from rag_app.querying import make_query
from rag_app.records import Answer
from rag_app.store import DATABASE, Store

RELEASED = (
    *("m001_library", "m002_collections", "m003_tasks", "m004_conversations"),
    *("m005_stems", "m006_token_vectors", "m007_feedback", "m008_folders"),
    *("m009_language_and_again", "m010_cells", "m011_recognized_pages", "m012_page_breaks"),
    *("m013_document_vectors", "m014_tables", "m015_openings", "m016_selected_evidence", "m017_tasks_in_turn"),
)


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


def test_words_of_an_older_library_are_indexed_anew_with_their_stems(tmp_path: Path) -> None:
    database = Database(tmp_path / DATABASE)
    migrations.steps.apply(database, stop_before="m005_stems")
    database.execute("insert into documents values ('d', 'n.txt', 'Companies', 'text/plain', 1, 1, 1, '')")
    database.execute("insert into passages values (7, 'd', 1, 0, 4, '[\"Runners\"]', '3M ran')")
    database.execute("insert into words (rowid, heading, body) values (7, 'companies runners', '3m ran')")
    database.conn.commit()
    database.close()
    store = Store(tmp_path)
    for term in ("ˢcompani", "ˢrunner", "3", "m", "3m", "ran"):
        assert [label for label, _ in store.lexical_search([term], 5)] == [7], term
    assert store.token_vectors([7]) == {}
    store.close()


def test_documents_of_an_older_library_get_their_language(tmp_path: Path) -> None:
    database = Database(tmp_path / DATABASE)
    migrations.steps.apply(database, stop_before="m009_language_and_again")
    for document_id, text in (("a", "Steel rose."), ("b", "北京塔有多高？")):
        database.execute("insert into documents values (?, 'n.txt', '', 'text/plain', 1, 1, 1, '')", [document_id])
        database.execute("insert into passages values (null, ?, 1, 0, 4, '[]', ?)", [document_id, text])
    database.conn.commit()
    database.close()
    store = Store(tmp_path)
    assert {summary.id: summary.language for summary in store.documents()} == {"a": "en", "b": "zh"}
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


def test_documents_of_an_older_library_get_their_vector(tmp_path: Path) -> None:
    database = Database(tmp_path / DATABASE)
    migrations.steps.apply(database, stop_before="m013_document_vectors")
    for document_id, vectors in (("a", ((1.0, 0.0), (0.0, 1.0))), ("b", ((0.0, 1.0),)), ("empty", ())):
        database.execute("insert into documents values (?, 'n.txt', '', 'text/plain', 1, 1, 1, '', 'en')", [document_id])
        for vector in vectors:
            sql = "insert into passages (document_id, page, start, end, heading_path, text) values (?, 1, 0, 4, '[]', 'text')"
            passage = database.execute(sql, [document_id]).lastrowid
            database.execute("insert into vectors values (?, ?)", [passage, np.array(vector, "<f4").tobytes()])
    database.conn.commit()
    database.close()
    store = Store(tmp_path)
    assert store.document_vectors(["b", "a", "b"]) == pytest.approx(np.array([[0, 1], [0.5**0.5, 0.5**0.5], [0, 1]]))
    assert store.opening_vectors(["a", "b"]) == {}
    store.close()


def test_answers_of_an_older_library_keep_how_much_of_their_evidence_was_selected(tmp_path: Path) -> None:
    store = Store(tmp_path)
    question = 'Was "told": 5 said?'
    kept = store.keep_turn(store.start_conversation("").id, Answer(question, make_query(question), selected=3))
    store.close()
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("""update turns set answer = replace(answer, '"selected"', '"told"')""")
        connection.execute("delete from _sqlite_migrations where name = 'm016_selected_evidence'")
    connection.close()
    store = Store(tmp_path)
    assert store.turn(kept.id) == kept
    store.close()


def test_the_task_that_is_next_is_found_by_an_index() -> None:
    database = Database(memory=True)
    migrations.apply(database)
    plan = database.execute("explain query plan select id from tasks where state = 'waiting' order by attempts, id limit 1")
    assert [row[-1] for row in plan] == ["SEARCH tasks USING COVERING INDEX tasks_in_turn (state=?)"]
