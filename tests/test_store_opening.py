"""Opening a library: damaged, foreign, locked, shared."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag_app.errors import FullDiskError, LibraryError
from rag_app.interfaces import EmbeddedPassages
from rag_app.records import Document, Page, Passage
from rag_app.store import DATABASE, Store, open_problems
from rag_app.store.opening import FILES, Connections

DOCUMENT = Document("c3" * 32, "c.txt", "", "text/plain", 5, (Page(1, "Hello " * 2000),))
PASSAGE = Passage(DOCUMENT.id, 1, 0, 12_000, (), "Hello " * 2000)


def filled(folder: Path) -> None:
    store = Store(folder)
    store.expect_embedder("small", 2)
    store.add(DOCUMENT, [PASSAGE], EmbeddedPassages(np.ones((1, 2), np.float32)))
    store.close()


def read_all(folder: Path) -> None:
    store = Store(folder)
    store.page(DOCUMENT.id, 1)
    store.passages(DOCUMENT.id)
    store.vectors([1])


def write_twice(connections: Connections) -> None:
    with connections.writing() as database:
        database.execute("insert into collections (name) values ('x')")
        database.execute("insert into collections (unknown) values ('x')")


def test_file_that_is_no_database_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database, but long enough to be looked at" * 100)
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(LibraryError, match=f"{DATABASE} is damaged .*backup"):
        Store(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before
    assert "damaged" in open_problems(tmp_path / DATABASE)[0]


@pytest.mark.parametrize("left", [None, b"", b"\0"])
def test_files_whose_library_is_lost_are_kept(tmp_path: Path, left: bytes | None) -> None:
    filled(tmp_path)
    (tmp_path / FILES).mkdir(exist_ok=True)
    original = tmp_path / FILES / f"{DOCUMENT.id}.txt"
    original.write_text("kept")
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    if left is not None:
        (tmp_path / DATABASE).write_bytes(left)
    with pytest.raises(LibraryError, match=r"is missing or empty, and .* holds the files of its documents"):
        Store(tmp_path)
    assert original.read_text() == "kept"
    original.unlink()
    other = tmp_path / FILES / "budget.txt"
    other.write_text("somebody's own")
    store = Store(tmp_path)
    store.sweep_files()
    store.close()
    assert other.read_text() == "somebody's own"


def test_damage_in_the_middle_of_the_file_is_an_error_where_it_is_met(tmp_path: Path) -> None:
    filled(tmp_path)
    with (tmp_path / DATABASE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (tmp_path / DATABASE).stat().st_size)
    with pytest.raises(LibraryError, match=DATABASE):
        read_all(tmp_path)
    assert open_problems(tmp_path / DATABASE)


def test_damage_in_the_names_of_tables_is_an_error(tmp_path: Path) -> None:
    filled(tmp_path)
    content = (tmp_path / DATABASE).read_bytes()
    (tmp_path / DATABASE).write_bytes(content.replace(b"references documents", b"\xffeferences documents"))
    with pytest.raises(LibraryError, match=DATABASE):
        read_all(tmp_path)
    assert open_problems(tmp_path / DATABASE)


def test_truncated_file_is_an_error(tmp_path: Path) -> None:
    filled(tmp_path)
    content = (tmp_path / DATABASE).read_bytes()
    (tmp_path / DATABASE).write_bytes(content[: len(content) // 2])
    with pytest.raises(LibraryError, match=DATABASE):
        read_all(tmp_path)


def test_sound_library_has_no_problems(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / f"{DOCUMENT.id}.txt").write_text("Hello")
    assert open_problems(tmp_path / DATABASE) == ()


def test_problems_say_what_is_missing(tmp_path: Path) -> None:
    filled(tmp_path)
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("delete from vectors")
        connection.execute("delete from pages")
        connection.execute("insert into memberships (collection_id, document_id) values (7, ''), (8, '')")
    connection.close()
    said = "\n".join(open_problems(tmp_path / DATABASE))
    for expected in (
        "1 passages have no vector",
        "1 passages have no page",
        "1 documents lack pages",
        "the original of c.txt, is gone",
        "rows of memberships that refer to nothing: 4",
    ):
        assert expected in said


def test_what_keeps_a_library_from_being_opened_or_searched_is_a_problem(tmp_path: Path) -> None:
    filled(tmp_path)
    assert len(open_problems(tmp_path / DATABASE)) == 1  # the original was never there
    for sql, said in (
        ("update vectors set vector = x'00'", "1 vectors have another length"),
        ("delete from words_data", "is damaged"),
        ("insert into _sqlite_migrations values (99, 'footnote', 'm099_later', '2030')", "newer version of Footnote"),
    ):
        with sqlite3.connect(tmp_path / DATABASE) as connection:
            connection.execute(sql)
        connection.close()
        assert said in "\n".join(open_problems(tmp_path / DATABASE))
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / f"{DOCUMENT.id}.txt").write_text("Hello")
    (tmp_path / DATABASE).unlink()
    assert "is missing or empty" in "\n".join(open_problems(tmp_path / DATABASE))


def test_library_of_another_embedder_is_refused_with_the_way_out(tmp_path: Path) -> None:
    filled(tmp_path)
    store = Store(tmp_path)
    store.expect_embedder("small", 2)
    with pytest.raises(LibraryError, match=r"'small' \(2 dimensions\).*'large' \(3\).*Set the embedder back to 'small'"):
        store.expect_embedder("large", 3)
    store.remove([DOCUMENT.id])
    store.expect_embedder("large", 3)
    with pytest.raises(LibraryError, match="3 dimensions"):
        store.add(DOCUMENT, [PASSAGE], EmbeddedPassages(np.ones((1, 2), np.float32)))
    store.close()


def test_embedder_that_another_program_chose_meanwhile_stays(tmp_path: Path) -> None:
    filled(tmp_path)
    store, other = Store(tmp_path), Connections(tmp_path / DATABASE)
    kept = other.rows("select key, value from meta where key in ('embedder', 'dimension')")
    other.rows("delete from meta where key in ('embedder', 'dimension')")
    with ThreadPoolExecutor(1) as executor:
        with other.writing() as database:
            choosing = executor.submit(store.expect_embedder, "large", 3)
            time.sleep(0.3)  # until it has seen that there is none, and waits to write
            database.conn.executemany("insert into meta values (?, ?)", kept)
        with pytest.raises(LibraryError, match="'small'"):
            choosing.result()
    other.close()
    store.close()


def test_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be made"):
        Store(tmp_path / "file" / "storage")


def test_many_threads_may_open_a_new_library_at_once(tmp_path: Path) -> None:
    faults: list[Exception] = []

    def open_it() -> None:
        try:
            Store(tmp_path).close()
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_connections_are_durable_and_overwrite_what_is_deleted(tmp_path: Path) -> None:
    connections = Connections(tmp_path / DATABASE)
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    assert [connections.rows(f"pragma {name}")[0][0] for name in pragmas] == ["wal", 2, 1, 1]
    connections.close()


def test_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    connections = Connections(tmp_path / DATABASE)
    with pytest.raises(LibraryError, match="unknown"):
        write_twice(connections)
    assert connections.rows("select * from collections") == []
    connections.close()


def test_a_full_disk_is_an_error_of_its_own(tmp_path: Path) -> None:
    connections = Connections(tmp_path / DATABASE)
    with connections.writing() as database:
        database.execute("create table t (x)")
        database.execute("pragma max_page_count = 1")  # as many as there are is the least that SQLite takes
    with pytest.raises(FullDiskError, match="Free some space"), connections.writing() as database:
        database.execute("insert into t values (zeroblob(1000000))")


def test_closing_ends_the_connections_of_every_thread(tmp_path: Path) -> None:
    store = Store(tmp_path)
    thread = threading.Thread(target=store.tasks)
    thread.start()
    thread.join()
    store.tasks()
    store.close()
    assert not (tmp_path / f"{DATABASE}-wal").exists()


def test_threads_that_come_and_stay_share_a_connection(tmp_path: Path) -> None:
    connections, ended, asked = Connections(tmp_path / DATABASE), threading.Event(), threading.Semaphore(0)

    def ask() -> None:
        connections.rows("select 1")
        asked.release()
        ended.wait()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
        asked.acquire()
    held = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
    assert held.count(str(tmp_path / DATABASE)) == 1
    ended.set()
    for thread in threads:
        thread.join()
    connections.close()


def test_closing_waits_for_what_is_being_asked(tmp_path: Path) -> None:
    connections, begun, found = Connections(tmp_path / DATABASE), threading.Event(), list[int]()
    counting = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select count(*) from n"

    def ask() -> None:
        for _ in range(5):
            begun.set()
            found.append(connections.rows(counting)[0][0])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    begun.wait()
    connections.close()
    for thread in threads:
        thread.join()
    connections.close()
    assert found == [300_000] * 20


def test_passages_of_an_older_version_beside_newer_ones_are_told_of(tmp_path: Path) -> None:
    filled(tmp_path)
    other = replace(DOCUMENT, id="e" * 64, name="new.txt")
    store = Store(tmp_path)
    store.add(other, [Passage(other.id, 1, 0, 5, (), "Hello")], EmbeddedPassages(np.ones((1, 2), np.float32), [b"\x00" * 64]))
    store.close()
    assert any("1 of 2 passages were read by an older version" in problem for problem in open_problems(tmp_path / DATABASE))
