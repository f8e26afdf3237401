"""Visitors of one server: a key is a library, within limits, in turn, and for a while."""

from __future__ import annotations

import inspect
import os
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest

from rag_app.errors import DocumentError, Reason, Refusal, Stopped, VisitorError
from rag_app.library import Library, never
from rag_app.records import TaskState
from rag_app.ui.desks import SHARED, VisitorsDesks
from rag_app.visitors import Limits, RationedLibrary, Turns, Visitors, is_key, new_key
from tests.made_files import write, zip_of
from tests.small_library import small_library

HOUR = 3600.0
ANN, BEN = new_key(), new_key()


class Room:
    """What is opened for a visitor in these tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.busy = False
        self.closed = False

    def furnish(self) -> None:
        """Have a document in it."""
        (self.folder / "files").mkdir()
        (self.folder / "files" / "paper.txt").touch()

    def close(self) -> None:
        self.closed = True


class Hotel:
    """Visitors with a clock that is set by hand."""

    def __init__(self, folder: Path, limits: Limits = Limits()) -> None:
        self.now = 1_000_000.0
        self.folder = folder / "visitors"
        self.make: type[Room] = Room
        self.rooms: list[Room] = []
        self.uploads = folder / "uploads"
        self.visitors = Visitors(self.folder, self.uploads, self._open, limits, lambda: self.now)

    def _open(self, folder: Path) -> Room:
        self.rooms.append(self.make(folder))
        return self.rooms[-1]

    def visit(self, key: str) -> Room:
        with self.visitors.at(key) as room:
            return room

    def kept(self) -> int:
        return len(list(self.folder.iterdir()))


@pytest.fixture
def hotel(tmp_path: Path) -> Hotel:
    return Hotel(tmp_path)


def test_keys_are_long_random_and_told_from_what_is_none() -> None:
    assert ANN != BEN
    assert is_key(ANN)
    assert not any(is_key(text) for text in ("", "a", ANN[:-1], ANN + "a", ANN[:-1] + "/", ANN[:-1] + "é", ANN[:-1] + "\n"))


def test_visitor_comes_back_to_the_same_library_and_another_to_another(hotel: Hotel) -> None:
    first = hotel.visit(ANN)
    assert hotel.visit(ANN) is first
    assert hotel.visit(BEN).folder != first.folder
    assert not any(key in str(room.folder) for room in hotel.rooms for key in (ANN, BEN))


@pytest.mark.parametrize("key", ["", "..", "../" + "a" * 40, "x" * 42])
def test_what_is_no_key_opens_nothing(hotel: Hotel, key: str) -> None:
    with pytest.raises(VisitorError) as caught, hotel.visitors.at(key):
        pass
    assert caught.value.refusal is Refusal.PAGE_NOT_KNOWN
    assert hotel.kept() == 0


def test_library_that_rests_is_closed_and_later_removed_one_in_use_is_neither(hotel: Hotel) -> None:
    resting, working = hotel.visit(ANN), hotel.visit(BEN)
    working.busy = True
    hotel.now += HOUR
    hotel.visitors.tidy()
    assert (resting.closed, working.closed, hotel.kept()) == (True, False, 2)
    hotel.now += 2 * HOUR
    hotel.visitors.tidy()
    assert [room.folder.exists() for room in (resting, working)] == [False, True]
    assert hotel.visit(ANN) is not resting


def test_old_libraries_are_removed_also_after_one_could_not_be_closed(hotel: Hotel, monkeypatch: pytest.MonkeyPatch) -> None:
    class Jammed(Room):
        def close(self) -> None:
            raise OSError("the disk is gone")

    hotel.make = Jammed
    room = hotel.visit(ANN)
    hotel.now += 3 * HOUR
    monkeypatch.setattr("rag_app.visitors.visitors.TIDY_SECONDS", 0.01)
    hotel.visitors.start_tidying()
    until = time.monotonic() + 60
    while room.folder.exists() and time.monotonic() < until:
        time.sleep(0.01)
    hotel.visitors.close()
    assert not room.folder.exists()


def test_library_that_is_used_again_in_time_is_kept(hotel: Hotel) -> None:
    first = hotel.visit(ANN)
    for _ in range(5):
        hotel.now += HOUR
        hotel.visitors.tidy()
        hotel.visit(ANN)
    assert first.folder.exists()


def test_old_libraries_of_an_earlier_run_are_removed_at_the_start(tmp_path: Path) -> None:
    hotel = Hotel(tmp_path)
    old = hotel.visit(ANN)
    hotel.visitors.close()
    hotel.now += HOUR
    young = hotel.visit(BEN)
    hotel.now += 1.5 * HOUR
    Visitors(hotel.folder, hotel.uploads, Room, Limits(), lambda: hotel.now)
    assert [room.folder.exists() for room in (old, young)] == [False, True]
    assert old.closed


def test_upload_that_nobody_took_is_removed(hotel: Hotel) -> None:
    hotel.now = time.time()
    left = hotel.uploads / "hash" / "left.pdf"
    left.parent.mkdir(parents=True)
    left.write_text("left")
    hotel.visitors.tidy()
    assert left.exists()
    hotel.now += HOUR
    hotel.visitors.tidy()
    assert list(hotel.uploads.iterdir()) == []


def test_an_upload_that_goes_while_others_are_looked_at_is_no_fault(hotel: Hotel, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, scandir = hotel.uploads / "taken", os.scandir

    def take_before(path: str) -> object:
        if Path(path) == taken:
            taken.rmdir()
        return scandir(path)

    taken.mkdir(parents=True)
    monkeypatch.setattr(os, "scandir", take_before)
    hotel.visitors.tidy()
    assert not taken.exists()


def test_only_so_many_libraries_are_open_and_only_so_many_kept(tmp_path: Path) -> None:
    hotel = Hotel(tmp_path, Limits(open_libraries=2, libraries=3))
    first = hotel.visit(ANN)
    hotel.now += 1
    second = hotel.visit(BEN)
    third = hotel.visit(new_key())
    for room in hotel.rooms:
        room.furnish()
    assert [first.closed, second.closed, third.closed] == [True, False, False]
    with pytest.raises(VisitorError) as caught:
        hotel.visit(new_key())
    assert caught.value.refusal is Refusal.TOO_MANY_VISITORS
    assert hotel.visit(ANN).folder == first.folder


def test_library_without_documents_makes_room_where_too_many_are_kept(tmp_path: Path) -> None:
    hotel = Hotel(tmp_path, Limits(open_libraries=1, libraries=4))
    rooms = []
    for has_a_document in (True, False, False, True):
        rooms.append(hotel.visit(new_key()))
        hotel.now += 1
        if has_a_document:
            rooms[-1].furnish()
    for number in range(2):
        hotel.visit(new_key()).furnish()
        hotel.now += 1
        assert [room.folder.exists() for room in rooms] == [True, False, number == 0, True]
    with pytest.raises(VisitorError):
        hotel.visit(new_key())
    assert hotel.kept() == 4


def test_library_is_not_closed_under_an_event(tmp_path: Path) -> None:
    hotel = Hotel(tmp_path, Limits(open_libraries=1))
    with hotel.visitors.at(ANN) as room:
        with pytest.raises(VisitorError), hotel.visitors.at(BEN):
            pass
        assert not room.closed
    hotel.visit(BEN)
    assert room.closed


def test_places_go_round_among_visitors_however_many_each_waits_for() -> None:
    turns, served, held = Turns(1), list[str](), Event()

    def wait_for(visitor: str) -> None:
        with turns.taken(visitor, never):
            served.append(visitor)

    with turns.taken("first", never):
        threads = []
        for visitor in ("ann", "ann", "ann", "ben"):
            threads.append(Thread(target=wait_for, args=[visitor]))
            threads[-1].start()
            while sum(len(tickets) for tickets in turns._waiting.values()) < len(threads):
                held.wait(0.001)
        assert turns.others_wait("ann") and turns.others_wait("ben")
    for thread in threads:
        thread.join(10)
    assert served == ["ann", "ben", "ann", "ann"]
    assert not turns.others_wait("first")


def test_a_place_is_given_back_by_one_without_a_name() -> None:
    turns = Turns(1)
    for _ in range(2):
        with turns.taken("", lambda: True) as taken:
            assert taken


def test_one_who_takes_long_lends_the_place_and_gives_it_back_only_once() -> None:
    turns = Turns(1)
    with turns.taken("ann", never):
        turns.lend("ann")
        with turns.taken("ben", never) as beside, turns.taken("cleo", lambda: True) as third:
            assert (beside, third) == (True, False)
            turns.lend("ben")
            with turns.taken("cleo", lambda: True) as third:
                assert not third
    with turns.taken("ann", never) as again, turns.taken("ben", lambda: True) as second:
        assert (again, second) == (True, False)


def test_whoever_stops_waiting_leaves_the_line() -> None:
    turns = Turns(1)
    with turns.taken("ann", never) as first, turns.taken("ben", lambda: True) as second:
        assert (first, second) == (True, False)
    with turns.taken("ben", never) as again:
        assert again


# What a visitor may do with their own library as anybody may, within the sizes that adding holds to.
FREE = {
    *("tasks", "task_folders", "cancel", "cancel_all", "clear_tasks", "discard", "reread", "folders", "forget_folder"),
    *("keep_gone_files", "settle_folders"),
    *("documents", "collections", "make_collection", "rename_collection", "delete_collection", "put_in_collection"),
    *(
        "take_from_collection",
        "remove",
        "disk_use",
        "passages",
        "passages_near",
        "weights",
        "map",
        "view",
        "conversations",
        "turns",
        "turn",
        "turn_count",
    ),
    *("keep_turn", "rate", "withdraw_rating", "rated_turns", "supervised_examples", "preference_examples", "rename_conversation"),
    *("delete_conversation", "export_conversation", "add_documents", "close"),
}


def test_every_method_of_a_library_is_free_for_visitors_or_rationed() -> None:
    methods = {name for name, value in inspect.getmembers(Library, callable) if not name.startswith("_")}
    rationed = {name for name in vars(RationedLibrary) if not name.startswith("_")} - {"ration"}
    assert sorted(methods - FREE - rationed) == []
    assert sorted(FREE & rationed) == sorted(FREE - methods) == sorted(rationed - methods) == []


LIMITS = Limits(documents=3, megabytes=1, pages=3, conversations=2, questions_a_minute=2)


@pytest.fixture
def rationed(tmp_path: Path) -> Iterator[RationedLibrary]:
    with closing(small_library(tmp_path / "storage", RationedLibrary)) as library:
        assert isinstance(library, RationedLibrary)
        library.ration("ann", LIMITS, Turns(1))
        yield library


def files(folder: Path, count: int, *, size: int = 100) -> list[Path]:
    paths = [folder / f"{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"Steel prices rose by {number} percent. ".ljust(size), encoding="utf-8")
    return paths


def refusal_of(caught: pytest.ExceptionInfo[VisitorError]) -> tuple[Refusal, int]:
    return caught.value.refusal, caught.value.most


def test_more_documents_than_may_be_are_refused_and_none_of_them_queued(rationed: RationedLibrary, tmp_path: Path) -> None:
    rationed.add(files(tmp_path, 2))
    with pytest.raises(VisitorError) as caught:
        rationed.add(files(tmp_path, 2))
    assert refusal_of(caught) == (Refusal.TOO_MANY_DOCUMENTS, 3)
    assert len(rationed.tasks()) == 2


def test_files_that_come_at_once_count_towards_the_limits(rationed: RationedLibrary, tmp_path: Path) -> None:
    paths, refused = files(tmp_path, 8, size=80_000), list[tuple[Refusal, int]]()
    together = Barrier(len(paths))

    def add(path: Path) -> None:
        together.wait()
        try:
            rationed.add([path])
        except VisitorError as error:
            refused.append((error.refusal, error.most))

    threads = [Thread(target=add, args=[path]) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(rationed.tasks()), refused) == (3, [(Refusal.TOO_MANY_DOCUMENTS, 3)] * 5)


def test_more_bytes_than_may_be_are_refused(rationed: RationedLibrary, tmp_path: Path) -> None:
    rationed.add(files(tmp_path, 1, size=800_000))
    with pytest.raises(VisitorError) as caught:
        rationed.add(files(tmp_path, 1, size=800_000))
    assert refusal_of(caught) == (Refusal.TOO_MANY_MEGABYTES, 1)


@pytest.mark.parametrize(
    ("size", "limits", "taken", "most"),
    [(100, Limits(documents=3), 2, "3 documents"), (400_000, Limits(megabytes=1), 2, "1 megabytes")],
)
def test_files_within_files_count_towards_the_limits(tmp_path: Path, size: int, limits: Limits, taken: int, most: str) -> None:
    notes = zip_of({f"{number}.txt": f"Note {number}: steel rose. ".ljust(size) for number in range(4)})
    with closing(small_library(tmp_path / "storage", RationedLibrary)) as library:
        assert isinstance(library, RationedLibrary)
        library.ration("ann", limits, Turns(1))
        library.add([write(tmp_path, "notes.zip", notes)])
        list(library.work())
        assert len(library.documents()) == 1 + taken
        failed = [task for task in library.tasks() if task.state is TaskState.FAILED]
        assert [(task.name, task.reason) for task in failed] == [
            (f"notes.zip › {number}.txt", Reason.LIBRARY_FULL.value) for number in range(taken, 4)
        ]
        assert all(f"was not taken out of notes.zip. A library here holds up to {most}." in task.message for task in failed)


def test_queue_ends_when_the_library_has_as_many_pages_as_may_be(tmp_path: Path) -> None:
    with closing(small_library(tmp_path / "storage", RationedLibrary)) as library:
        assert isinstance(library, RationedLibrary)
        library.ration("ann", Limits(pages=2), Turns(1))
        library.add(files(tmp_path, 3))
        list(library.work())
        assert [task.state for task in library.tasks()] == [TaskState.DONE, TaskState.DONE, TaskState.CANCELLED]
        with pytest.raises(VisitorError) as caught:
            library.retry(3)
        assert refusal_of(caught) == (Refusal.TOO_MANY_PAGES, 2)


def test_files_that_wait_are_read_once_their_library_is_opened_again(tmp_path: Path) -> None:
    def open_desks() -> VisitorsDesks:
        opened = partial(small_library, make=RationedLibrary)
        return VisitorsDesks(tmp_path / "visitors", tmp_path / "uploads", opened, SHARED)  # type: ignore[arg-type]

    with closing(open_desks()) as desks, desks.at(ANN) as desk:
        desk.app.importing.pause()
        desk.app.library.add([write(tmp_path, "a.txt", "Otters swim in the Severn.")])
    with closing(open_desks()) as desks, desks.at(ANN) as desk:
        until = time.monotonic() + 60
        while desk.busy and time.monotonic() < until:
            time.sleep(0.01)
        assert [document.name for document in desk.app.library.documents()] == ["a.txt"]


def test_folder_of_the_server_is_no_file(rationed: RationedLibrary, tmp_path: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(files(tmp_path, 1)[0])
    for path in (tmp_path, link):
        with pytest.raises(VisitorError) as caught:
            rationed.add([path])
        assert refusal_of(caught) == (Refusal.NOT_HERE, 0)
    assert rationed.tasks() == ()


def test_what_is_for_a_person_at_the_machine_is_refused(rationed: RationedLibrary, tmp_path: Path) -> None:
    for refused in (
        lambda: rationed.add_folder(tmp_path),
        lambda: rationed.preview_folders(),
        lambda: rationed.sync_folders(),
        lambda: rationed.change_settings(threads=1),
        lambda: rationed.measure_speed(never),
    ):
        with pytest.raises(VisitorError):
            refused()


def test_address_in_the_servers_own_network_is_refused_even_if_a_view_would_allow_it(rationed: RationedLibrary) -> None:
    with pytest.raises(DocumentError, match="private network"):
        rationed.add_page("http://127.0.0.1:9/secret", private=True)


def test_more_questions_a_minute_than_may_be_are_refused(rationed: RationedLibrary, tmp_path: Path) -> None:
    rationed.add(files(tmp_path, 1))
    list(rationed.work())
    assert list(rationed.ask("How did steel prices change?"))[-1].finished
    rationed.search("steel")
    with pytest.raises(VisitorError) as caught:
        list(rationed.ask("And tin?"))
    assert refusal_of(caught) == (Refusal.TOO_MANY_QUESTIONS, 2)


def test_question_that_is_stopped_before_its_turn_is_not_answered(rationed: RationedLibrary, tmp_path: Path) -> None:
    rationed.add(files(tmp_path, 1))
    list(rationed.work())
    with rationed._answers.taken("ben", never), pytest.raises(Stopped, match="before its turn"):
        list(rationed.ask("How did steel prices change?", stop=lambda: True))
    assert list(rationed.ask("How did steel prices change?"))[-1].finished


def test_oldest_conversation_goes_where_there_are_too_many(rationed: RationedLibrary) -> None:
    for title in ("one", "two", "three"):
        rationed.start_conversation(title)
    assert [conversation.title for conversation in rationed.conversations()] == ["three", "two"]
