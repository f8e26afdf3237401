"""What documents are called whose files have one name."""

from __future__ import annotations

import random
from argparse import Namespace
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlite_utils import Database

from rag_app.cli.documents import ingest
from rag_app.records import TaskState
from rag_app.store import DATABASE, Store
from rag_app.store.origins import tell_apart, tell_new_apart
from rag_app.text.telling_apart import called_among, told_apart
from tests.small_library import add_text, small_library


def called(*sharers: tuple[str, str]) -> list[str]:
    """What documents `a`, `b`, … of report.pdf are called that came from these folders at these times."""
    rows = [(chr(ord("a") + number) * 64, *one) for number, one in enumerate(sharers)]
    return [name for name, _ in sorted(told_apart("report.pdf", rows), key=lambda one: one[1])]


def folders(*names: str) -> list[str]:
    return called(*((name, "2026-03-04T05:06:07+00:00") for name in names))


def test_one_alone_is_called_as_its_file() -> None:
    assert folders("/home/eva/2023") == ["report.pdf"]


def test_documents_are_told_apart_by_the_shortest_end_of_their_folders_that_differs() -> None:
    assert folders("/home/eva/2023", "/home/eva/2024/") == ["2023/report.pdf", "2024/report.pdf"]
    assert folders("/a/2023/final", "/a/2024/final", "/a/draft") == [
        *("2023/final/report.pdf", "2024/final/report.pdf", "draft/report.pdf")
    ]


def test_a_folder_whose_end_another_has_as_a_whole_is_told_in_full() -> None:
    assert folders("/a/2023", "/x/a/2023") == ["/a/2023/report.pdf", "x/a/2023/report.pdf"]
    assert folders("/", "/a") == ["/report.pdf", "a/report.pdf"]


def test_what_came_from_no_folder_has_the_bare_name_beside_others() -> None:
    assert folders("", "/home/eva/2024") == ["report.pdf", "2024/report.pdf"]


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (("2026-03-04T12:06:07+00:00", "2026-03-09T12:06:07+00:00"), ("2026-03-04", "2026-03-09")),
        (("2026-03-04T12:06:07+00:00", "2026-03-04T12:09:07+00:00"), ("2026-03-04 12:06", "2026-03-04 12:09")),
        (("2026-03-04T12:06:07+00:00", "2026-03-04T12:06:09+00:00"), ("aaaaaaaa", "bbbbbbbb")),
    ],
)
def test_documents_of_one_folder_are_told_apart_by_when_they_were_added(
    times: tuple[str, str], told: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    assert called(*(("", time) for time in times)) == [f"report.pdf ({one})" for one in told]


def test_every_surface_tells_files_of_one_name_apart_until_one_is_left(tmp_path: Path) -> None:
    for year, text in (("2023", "The rent was 900 euros."), ("2024", "The rent was 950 euros.")):
        (tmp_path / "in" / year).mkdir(parents=True)
        (tmp_path / "in" / year / "report.txt").write_text(text)
    library = small_library(tmp_path / "library")
    library.add([tmp_path / "in"])
    list(library.work())
    both = ["2023/report.txt", "2024/report.txt"]
    documents = library.documents()
    assert [one.name for one in documents] == both
    assert {one.file_name for one in documents} == {"report.txt"}
    assert sorted(hit.stored.document_name for hit in library.search("What was the rent?").hits) == both
    assert library.view(documents[0].id, 1, 0, 3).document_name == both[0]
    assert {hit.stored.file_name for hit in library.search("What was the rent?").hits} == {"report.txt"}
    library.reread([documents[0].id])
    list(library.work())
    assert [one.name for one in library.documents()] == both
    library.remove([documents[0].id])
    assert [one.name for one in library.documents()] == ["report.txt"]
    library.close()


def test_every_line_about_a_file_tells_it_apart_from_others_of_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for year, text in (("2022", "The rent was 900 euros."), ("2023", "The rent was 950 euros."), ("2024", "")):
        (tmp_path / "in" / year).mkdir(parents=True)
        (tmp_path / "in" / year / "report.txt").write_text(text)
    (tmp_path / "in" / "other.txt").write_text("Else.")
    library = small_library(tmp_path / "library")
    ingest(library, Namespace(paths=[str(tmp_path / "in")], collection=None, password=False, json=False))
    lines = [" ".join(line.partition(": ")[0].split()) for line in capsys.readouterr().out.splitlines()]
    assert sorted(lines) == ["done 2022/report.txt", "done 2023/report.txt", "done other.txt", "failed 2024/report.txt"]
    folders = library.task_folders()
    assert {name: sorted(found) for name, found in folders.items()} == {
        "report.txt": [str(tmp_path / "in" / year) for year in ("2022", "2023", "2024")]
    }
    library.close()


@pytest.mark.parametrize(
    ("folder", "folders", "called"),
    [
        ("/in/2023", ["/in/2023"], "a.pdf"),
        ("/in/2023", ["/in/2023", "/in/2023/"], "a.pdf"),
        ("/in/2023", ["/in/2024", "/in/2023"], "2023/a.pdf"),
        ("/in/2023/", ["/in/2024", "/old/2023"], "in/2023/a.pdf"),
        ("", ["/in/2024", ""], "a.pdf"),
        ("/", ["/in"], "/a.pdf"),
    ],
)
def test_a_file_is_told_apart_from_those_of_its_name(folder: str, folders: list[str], called: str) -> None:
    assert called_among("a.pdf", folder, folders) == called


def test_folder_of_an_uploaded_file_tells_nothing_of_it(tmp_path: Path) -> None:
    library = small_library(tmp_path / "library")
    for number in (1, 2):
        path = tmp_path / f"upload{number}" / "report.txt"
        path.parent.mkdir()
        path.write_text(f"The rent was {number}00 euros.")
        library.add([path], uploaded=True)
    list(library.work())
    assert all(one.name.startswith("report.txt (") for one in library.documents())
    library.close()


def test_documents_read_anew_for_another_embedder_keep_their_folders(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        (tmp_path / "in" / year).mkdir(parents=True)
        (tmp_path / "in" / year / "report.txt").write_text(f"It was {year}.")
    library = small_library(tmp_path / "library")
    library.add([tmp_path / "in"])
    list(library.work())
    library._ingestion.begin_anew()
    assert all(one.state is TaskState.DONE for one in library.work() if hasattr(one, "state"))
    assert [one.name for one in library.documents()] == ["2023/report.txt", "2024/report.txt"]
    library.close()


def test_files_in_files_are_told_apart_by_the_folder_of_the_outermost(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        (tmp_path / "in" / year).mkdir(parents=True)
        with ZipFile(tmp_path / "in" / year / "papers.zip", "w") as archive:
            archive.writestr("rent.txt", f"The rent of {year} was paid.")
    library = small_library(tmp_path / "library")
    library.add([tmp_path / "in"])
    list(library.work())
    assert "2023/papers.zip › rent.txt" in [one.name for one in library.documents()]
    library.close()


def test_library_of_an_older_version_tells_documents_apart_as_far_as_it_knows(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ids = [add_text(store, "report.txt", f"Text {number}.") for number in range(3)]
    store.close()
    database = Database(tmp_path / DATABASE)
    database.executescript("""
        drop table origins; drop index documents_by_name; alter table documents drop column called;
        delete from _sqlite_migrations where name = 'm018_origins';
        insert into folders (path, added_at) values ('/home/eva', '');
    """)
    database.execute("insert into folder_files values (1, '2023/report.txt', ?, 1, 1)", [ids[0]])
    task = "insert into tasks (name, path, document_id, state, queued_at, updated_at) values ('report.txt', ?, ?, 'done', '', '')"
    database.execute(task, ["/home/eva/2024/report.txt", ids[1]])
    database.execute(task, ["/tmp/gradio/1234/report.txt", ids[2]])
    database.conn.commit()
    database.close()
    store = Store(tmp_path)
    assert {one.id: one.name for one in store.documents()} == dict(
        zip(ids, ["2023/report.txt", "2024/report.txt", "report.txt"], strict=True)
    )
    store.close()


def test_a_document_that_comes_leaves_all_called_as_if_they_had_come_at_once() -> None:
    chosen = random.Random(7)
    for number in range(300):
        database = Database(memory=True)
        database.execute("create table documents (id text, name text, called text, added_at text)")
        database.execute("create table origins (document_id text, folder text)")
        for label in range(chosen.randint(2, 9)):
            parts = [chosen.choice(("a", "b", "xa")) for _ in range(chosen.randint(0, 4))]
            folder = chosen.choice(("/", "", "/c/")) + "/".join(parts) + chosen.choice(("", "/") if parts else ("",))
            day = chosen.choice(("2026-03-04", "2026-03-05"))
            row = [f"{label}{number:08}", "report.pdf", "report.pdf", f"{day}T05:06:07+00:00"]
            database.execute("insert into documents values (?, ?, ?, ?)", row)
            if folder or chosen.random() < 0.5:
                database.execute("insert into origins values (?, ?)", [row[0], folder])
            tell_new_apart(database, "report.pdf", row[0])
        called = database.execute("select id, called from documents").fetchall()
        tell_apart(database, "report.pdf")
        assert database.execute("select id, called from documents").fetchall() == called
        database.close()
