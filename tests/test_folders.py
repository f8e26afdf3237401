"""Folders kept in step: files that come, change, move and go, and what must never be removed."""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from rag_app.embedding import BagOfWordsEmbedder
from rag_app.errors import LibraryError, SettingsError
from rag_app.ingestion import Folders, Ingestion
from rag_app.ingestion.looking import look
from rag_app.records import FileOutcome, FolderChanges, TaskState
from rag_app.settings import Settings
from rag_app.store import Store
from tests.text_parser import TextParser

SETTINGS = Settings(passage_tokens=20, overlap_tokens=0)
LONG_AGO = time.time() - 3600


def never() -> bool:
    return False


class Desk:
    """A library, and a folder beside it that is kept in step."""

    def __init__(self, folder: Path, settings: Settings = SETTINGS) -> None:
        self.place = folder / "papers"
        self.place.mkdir(exist_ok=True)
        self.store = Store(folder / "storage")
        self.flow = Ingestion(self.store, TextParser(), BagOfWordsEmbedder(), settings)
        self.folders = Folders(self.store, settings)

    def write(self, path: str, text: str, *, age: float = 3600) -> Path:
        """Write a file as if `age` seconds ago."""
        file = self.place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        os.utime(file, (time.time() - age, time.time() - age))
        return file

    def sync(self, *, remove: bool = False) -> FolderChanges:
        """Bring the one folder into step, and work the queue."""
        [changes] = self.folders.sync(never, remove=remove)
        self.ended = [event for event in self.flow.work(never) if isinstance(event, FileOutcome)]
        self.folders.settle()
        return changes

    def names(self) -> list[str]:
        return [document.name for document in self.store.documents()]

    def texts(self) -> list[str]:
        return sorted(self.store.page(document.id, 1).text for document in self.store.documents())


@contextmanager
def kept_new(path: Path) -> Iterator[None]:
    """Write to a file again and again meanwhile, so that it is new however long the looking takes."""
    done = Event()

    def write() -> None:
        while not done.wait(0.02):
            os.utime(path)

    writer = Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.write("a.txt", "Cats sleep.")
    made.write("deep/b.txt", "Dogs bark.")
    made.folders.add(made.place, collection="pets")
    yield made
    made.store.close()


def test_files_of_a_folder_become_documents_of_its_collection_and_are_then_in_step(desk: Desk) -> None:
    changes = desk.sync()
    assert (changes.added, changes.changed, changes.gone) == (("a.txt", "deep/b.txt"), (), ())
    assert [(one.name, one.collections) for one in desk.store.documents()] == [("a.txt", ("pets",)), ("b.txt", ("pets",))]
    [folder] = desk.store.folders()
    assert (folder.path, folder.files, folder.synced_at != "") == (str(desk.place), 2, True)
    assert desk.sync().is_in_step
    assert desk.ended == []


def test_preview_tells_everything_and_changes_nothing(desk: Desk) -> None:
    desk.sync()
    desk.write("a.txt", "Cats purr.")
    desk.write("c.txt", "Birds sing.")
    (desk.place / "deep" / "b.txt").unlink()
    for _ in range(2):
        [changes] = desk.folders.preview()
        assert (changes.added, changes.changed, changes.gone) == (("c.txt",), ("a.txt",), ("deep/b.txt",))
        assert [document.name for document in changes.doomed] == ["b.txt"]
    assert desk.texts() == ["Cats sleep.", "Dogs bark."]
    assert not desk.store.has_open_tasks()


def test_changed_file_takes_the_place_of_its_former_document_once_it_is_read(desk: Desk) -> None:
    desk.sync()
    desk.write("a.txt", "Cats purr.")
    desk.folders.sync(never)
    assert "Cats sleep." in desk.texts()
    assert desk.sync().is_in_step
    assert desk.texts() == ["Cats purr.", "Dogs bark."]


def test_changed_file_that_cannot_be_read_keeps_its_former_document_until_it_can(desk: Desk) -> None:
    desk.sync()
    for text in ("DAMAGED once", "", "DAMAGED twice"):
        desk.write("a.txt", text)
        desk.sync()
        assert desk.texts() == ["Cats sleep.", "Dogs bark."], text
        assert desk.sync().is_in_step
    desk.write("a.txt", "Cats purr.")
    desk.sync()
    assert desk.texts() == ["Cats purr.", "Dogs bark."]


def test_file_that_changes_back_is_the_document_it_was(desk: Desk) -> None:
    desk.sync()
    desk.write("a.txt", "DAMAGED")
    desk.sync()
    desk.write("a.txt", "Cats sleep.", age=1800)
    desk.sync()
    assert desk.texts() == ["Cats sleep.", "Dogs bark."]
    assert desk.sync().is_in_step


def test_touched_file_is_not_read_again(desk: Desk) -> None:
    desk.sync()
    desk.write("a.txt", "Cats sleep.", age=10)
    assert desk.sync().is_in_step
    assert desk.ended == []


def test_moved_file_is_neither_removed_nor_read_again_and_takes_its_new_name(desk: Desk) -> None:
    desk.sync()
    (desk.place / "a.txt").rename(desk.place / "deep" / "cats.txt")
    changes = desk.sync()
    assert (changes.moved, changes.added, changes.gone) == ((("a.txt", "deep/cats.txt"),), (), ())
    assert (desk.names(), desk.ended) == (["b.txt", "cats.txt"], [])
    assert desk.store.document_file(desk.store.documents()[1].id).exists()
    assert desk.sync().is_in_step


def test_documents_of_files_that_are_gone_stay_until_a_person_says_so(desk: Desk) -> None:
    desk.sync()
    (desk.place / "a.txt").unlink()
    for _ in range(2):
        assert [document.name for document in desk.sync().doomed] == ["a.txt"]
    assert desk.names() == ["a.txt", "b.txt"]
    desk.sync(remove=True)
    assert desk.names() == ["b.txt"]
    assert desk.sync().is_in_step


def test_documents_that_are_kept_are_not_asked_about_again(desk: Desk) -> None:
    desk.sync()
    (desk.place / "a.txt").unlink()
    desk.folders.keep()
    assert desk.sync(remove=True).is_in_step
    assert desk.names() == ["a.txt", "b.txt"]


def test_setting_can_have_the_documents_of_gone_files_removed_unasked(tmp_path: Path) -> None:
    desk = Desk(tmp_path, SETTINGS)
    desk.folders.follow(SETTINGS.changed(gone_files="remove"))
    desk.write("a.txt", "Cats sleep.")
    desk.write("b.txt", "Dogs bark.")
    desk.folders.add(desk.place, collection=None)
    desk.sync()
    (desk.place / "a.txt").unlink()
    desk.sync()
    assert desk.names() == ["b.txt"]
    desk.store.close()
    with pytest.raises(SettingsError, match="must be ask or remove"):
        SETTINGS.changed(gone_files="perhaps")


@pytest.mark.parametrize("when", ["before", "after"])
def test_document_added_by_hand_is_never_removed_by_a_sync(desk: Desk, when: str) -> None:
    if when == "after":
        desk.sync()
    desk.flow.add([desk.place / "a.txt"])
    desk.sync()
    (desk.place / "a.txt").unlink()
    changes = desk.sync(remove=True)
    assert (changes.gone, changes.doomed) == (("a.txt",), ())
    assert desk.names() == ["a.txt", "b.txt"]
    assert desk.sync().is_in_step


def test_document_added_by_hand_stays_when_its_file_in_the_folder_changes(desk: Desk) -> None:
    desk.flow.add([desk.place / "a.txt"])
    desk.sync()
    desk.write("a.txt", "Cats purr.")
    desk.sync()
    assert desk.texts() == ["Cats purr.", "Cats sleep.", "Dogs bark."]


def test_document_that_another_file_still_holds_is_not_removed(desk: Desk) -> None:
    desk.write("copy.txt", "Cats sleep.")
    desk.sync()
    (desk.place / "a.txt").unlink()
    assert desk.sync(remove=True).doomed == ()
    assert desk.texts() == ["Cats sleep.", "Dogs bark."]
    (desk.place / "copy.txt").unlink()
    desk.sync(remove=True)
    assert desk.texts() == ["Dogs bark."]


@pytest.mark.parametrize("remove", [True, False])
def test_file_renamed_over_another_is_what_the_library_holds(desk: Desk, remove: bool) -> None:
    desk.write("a-new.txt", "Cats purr.")
    desk.sync()
    (desk.place / "a-new.txt").rename(desk.place / "a.txt")
    assert [changes.doomed for changes in desk.folders.preview()] == [()]
    changes = desk.sync(remove=remove)
    assert (changes.changed, changes.gone, changes.doomed) == (("a.txt",), ("a-new.txt",), ())
    assert desk.texts() == ["Cats purr.", "Dogs bark."]
    assert desk.sync(remove=True).is_in_step
    assert desk.texts() == ["Cats purr.", "Dogs bark."]


def test_document_removed_by_hand_comes_back_only_when_its_file_changes(desk: Desk) -> None:
    desk.sync()
    desk.store.remove([document.id for document in desk.store.documents() if document.name == "a.txt"])
    assert desk.sync().is_in_step
    assert desk.names() == ["b.txt"]
    desk.write("a.txt", "Cats purr.")
    desk.sync()
    assert desk.texts() == ["Cats purr.", "Dogs bark."]


def test_folder_on_an_unplugged_disk_removes_nothing_and_says_so(desk: Desk, tmp_path: Path) -> None:
    desk.sync()
    desk.place.rename(tmp_path / "elsewhere")
    assert "plug that in; nothing was removed" in desk.sync(remove=True).obstacle
    desk.place.mkdir()  # the place where the disk would be
    assert "holds no files any more" in desk.sync(remove=True).obstacle
    assert desk.names() == ["a.txt", "b.txt"]
    desk.place.rmdir()
    (tmp_path / "elsewhere").rename(desk.place)
    assert desk.sync().is_in_step


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_files_of_a_folder_that_cannot_be_listed_do_not_count_as_gone(desk: Desk) -> None:
    desk.sync()
    (desk.place / "deep").chmod(0)
    try:
        assert desk.sync(remove=True).gone == ()
    finally:
        (desk.place / "deep").chmod(0o700)


def test_file_that_is_being_written_is_left_for_the_next_time_and_nothing_counts_as_gone(desk: Desk) -> None:
    desk.sync()
    (desk.place / "a.txt").unlink()
    with kept_new(desk.write("c.txt", "Birds", age=0)):
        changes = desk.sync(remove=True)
    assert (changes.unsettled, changes.added, changes.gone) == (("c.txt",), (), ())
    desk.write("c.txt", "Birds sing.", age=5)
    assert desk.sync().added == ("c.txt",)
    assert desk.texts() == ["Birds sing.", "Cats sleep.", "Dogs bark."]


def test_hidden_files_links_loops_and_what_programs_keep_for_themselves_are_passed_over(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    for name in (".hidden.txt", "~$a.docx", "film.crdownload", ".git/config"):
        desk.write(name, "not mine")
    (desk.place / "link.txt").symlink_to(tmp_path / "secret.txt")
    (desk.place / "loop").symlink_to(desk.place)
    os.mkfifo(desk.place / "pipe")
    assert sorted(look(desk.place, without=desk.store.storage).files) == ["a.txt", "deep/b.txt"]


def test_name_that_is_not_text_is_kept_in_step_too(desk: Desk) -> None:
    path = Path(os.fsdecode(os.fsencode(desk.place) + b"/bad\xff.txt"))
    path.write_text("Birds sing.")
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert "bad\\xff.txt" in desk.sync().added
    assert desk.sync().is_in_step
    path.unlink()
    desk.sync(remove=True)
    assert desk.texts() == ["Cats sleep.", "Dogs bark."]


def test_file_that_is_refused_is_told_once(desk: Desk) -> None:
    desk.write("bad.txt", "DAMAGED")
    desk.write("empty.txt", "")
    desk.sync()
    failed = [task.name for task in desk.store.tasks() if task.state is TaskState.FAILED]
    assert failed == ["bad.txt", "empty.txt"]
    assert desk.sync().is_in_step


def test_forgotten_folder_leaves_its_documents_as_if_added_by_hand(desk: Desk) -> None:
    desk.sync()
    desk.store.forget_folder(desk.store.folders()[0].id)
    assert (desk.store.folders(), desk.names()) == ((), ["a.txt", "b.txt"])
    desk.folders.add(desk.place, collection=None)
    desk.sync()
    shutil.rmtree(desk.place / "deep")
    assert desk.sync(remove=True).doomed == ()
    assert desk.names() == ["a.txt", "b.txt"]


def test_folder_that_is_forgotten_while_it_is_looked_through_is_not_taken_over_any_further(desk: Desk) -> None:
    [folder] = desk.store.folders()
    for number in range(4):
        desk.write(f"{number}.txt", f"page {number}")
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        if asked == 3:
            desk.store.forget_folder(folder.id)
        return False

    desk.folders.sync(stop)
    assert len(desk.store.tasks()) == 1
    assert not desk.store.folders()
    assert not desk.folders.sync(never)


def test_folder_that_shares_files_with_another_or_with_the_library_is_refused(desk: Desk, tmp_path: Path) -> None:
    for path, sentence in (
        (desk.place, "in step already. Nothing"),
        (desk.place / "deep", "in step already"),
        (tmp_path, "in step already"),
        (tmp_path / "storage", "where the library is kept"),
        (tmp_path / "nowhere", "There is no folder"),
        (tmp_path / ("far" * 100), "There is no folder"),
        (Path("~nobody-of-that-name/papers"), "There is no folder .*~nobody-of-that-name"),
        (desk.place / "a.txt", "There is no folder"),
    ):
        with pytest.raises(LibraryError, match=sentence):
            desk.folders.add(path, collection=None)


def test_storage_within_the_folder_is_not_taken_over(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write("a.txt", "Cats sleep.")
    desk.folders.add(tmp_path, collection=None)
    assert desk.sync().added == ("papers/a.txt",)
    desk.store.close()


def test_library_indexed_anew_stays_in_step(desk: Desk) -> None:
    desk.sync()
    again = Ingestion(desk.store, TextParser(), BagOfWordsEmbedder(dimension=8), SETTINGS)
    again.begin_anew()
    assert len([event for event in again.work(never) if isinstance(event, FileOutcome)]) == 2
    assert desk.folders.preview()[0].is_in_step
    (desk.place / "a.txt").unlink()
    assert [document.name for document in desk.folders.preview()[0].doomed] == ["a.txt"]


def test_file_for_which_the_disk_has_no_room_is_told_and_taken_over_at_the_next_look(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.folders.add(desk.place, collection=None)
    desk.write("big.txt", "x" * 3_000_000)
    desk.write("small.txt", "Steel rose.")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, before[1]))
    try:
        changes = desk.sync()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert changes.obstacle.startswith("big.txt could not be taken over") and "Free some space" in changes.obstacle
    assert desk.names() == ["small.txt"] and len(desk.store.tasks()) == 1
    assert desk.sync().obstacle == "" and desk.names() == ["big.txt", "small.txt"]
