"""What the view Library does when it is used, on a scripted library and without gradio."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from rag_app.errors import LibraryError, ModelError
from rag_app.interfaces import Stop
from rag_app.library import never
from rag_app.records import FileOutcome, FolderChanges, Progress, Scope, Task, TaskState
from rag_app.ui.app import open_app
from rag_app.ui.following import Following
from rag_app.ui.importing import Importing
from rag_app.ui.listing import Listing
from rag_app.ui.screen import Screen
from rag_app.ui.shelving import Shelving
from rag_app.visitors import Turns
from tests.scripted_library import ScriptedLibrary
from tests.scripted_page import STEEL, VISIT, Page, file, work_through
from tests.small_library import small_library

LONG_AGO = time.time() - 3600


@pytest.fixture
def page() -> Page:
    library = ScriptedLibrary()
    library.put("steel.pdf", STEEL)
    return Page(library)


class Held(ScriptedLibrary):
    """Reads no file and looks through no folder until it is `released`: what is said at the beginning can be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.released = Event()

    def work(self, stop: Stop = never) -> Iterator[Progress | FileOutcome]:
        self.released.wait(60)
        yield from super().work(stop)

    def sync_folders(self, stop: Stop = never, *, remove: bool = False) -> tuple[FolderChanges, ...]:
        self.released.wait(60)
        return super().sync_folders(stop, remove=remove)


def test_uploaded_files_are_read_in_the_background_into_the_open_collection(tmp_path: Path) -> None:
    library = Held()
    library.make_collection("Reports")
    page = Page(library)
    uploads = [file(tmp_path, "a.txt", STEEL), file(tmp_path, "b.txt", "Tin fell.")]
    screen = page.files.upload(replace(VISIT, collection="Reports"), uploads)
    assert screen == Screen(looks=0.1)
    library.released.set()
    work_through(page.importing)
    assert {(row.name, row.collections) for row in page.library.documents()} == {("a.txt", ("Reports",)), ("b.txt", ("Reports",))}
    assert [path.exists() for path in uploads] == [False, False]
    done = page.files.watch(replace(VISIT, collection="Reports"))
    assert (done.looks, done.seen) == (0.0, page.importing.news)
    assert "2 documents are ready. Ask away." in str(done.queue)
    assert "a.txt" in str(done.table)
    assert "What would you like to know?" in str(done.thread)


def test_files_taken_over_before_the_disk_was_full_are_read(tmp_path: Path) -> None:
    class Full(ScriptedLibrary):
        def add(self, paths: Sequence[Path], **options: Any) -> tuple[Task, ...]:
            super().add(paths[:1], **options)
            raise LibraryError("footnote.db cannot be written (database or disk is full).")

    page = Page(Full())
    screen = page.files.upload(VISIT, [file(tmp_path, "a.txt", STEEL), file(tmp_path, "b.txt", "Tin fell.")])
    assert "cannot be written" in str(screen.notice)
    work_through(page.importing)
    assert [document.name for document in page.library.documents()] == ["a.txt"]


def test_uploaded_file_has_the_quotation_marks_of_its_name(page: Page, tmp_path: Path) -> None:
    page.files.upload(VISIT, [file(tmp_path, "100%20 %22new%22.txt", "Tin fell.")])
    work_through(page.importing)
    assert '100%20 "new".txt' in [document.name for document in page.library.documents()]
    assert list(tmp_path.iterdir()) == []


def test_file_that_two_visitors_upload_at_once_is_read_into_the_library_of_each(tmp_path: Path) -> None:
    upload, pages = file(tmp_path, "my %22lease%22.txt", STEEL), [Page(ScriptedLibrary(), at_machine=False) for _ in range(2)]
    for page in pages:
        page.files.upload(VISIT, [upload])
        work_through(page.importing)
    assert [[document.name for document in page.library.documents()] for page in pages] == 2 * [['my "lease".txt']]


def test_file_for_a_collection_that_was_deleted_in_another_window_does_not_bring_it_back(page: Page, tmp_path: Path) -> None:
    visit = replace(VISIT, collection="Gone")
    page.files.upload(visit, [file(tmp_path, "a.txt", "Tin fell.")])
    screen = page.files.watch(visit)
    pages = list(page.files.add_page(visit, "example.org"))
    work_through(page.importing)
    assert (screen.collection, pages[-1].collection) == ("", "")
    assert page.library.collections() == ()


@pytest.mark.parametrize("cleared", [False, True])
def test_file_that_is_cancelled_while_it_is_read_ends_as_cancelled_also_when_it_is_cleared(tmp_path: Path, cleared: bool) -> None:
    library = ScriptedLibrary()
    library.add([file(tmp_path, "a.txt", STEEL), file(tmp_path, "b.txt", "Tin fell.")])
    work = library.work()
    next(work)
    library.cancel(1)
    if cleared:
        library.clear_tasks()
    ended = [(one.name, one.state) for one in work if isinstance(one, FileOutcome)]
    assert ended == [("a.txt", TaskState.CANCELLED), ("b.txt", TaskState.DONE)]
    left = [("b.txt", TaskState.DONE)] if cleared else ended
    assert [(task.name, task.state) for task in library.tasks()] == left


def test_failed_file_shows_its_reason_and_can_be_tried_again(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary())
    page.files.upload(VISIT, [file(tmp_path, "empty.txt", "")])
    work_through(page.importing)
    assert "The file holds no text that can be read." in str(page.files.watch(VISIT).queue)
    page.library.contents[1] = b"No longer empty."
    page.files.retry(VISIT, 1)
    work_through(page.importing)
    assert [row.name for row in page.library.documents()] == ["empty.txt"]


def test_watching_sends_the_documents_only_when_there_are_new_ones(tmp_path: Path) -> None:
    release = Event()

    class Waiting(ScriptedLibrary):
        def work(self, stop: Stop = never) -> Iterator[Progress | FileOutcome]:
            for number, report in enumerate(super().work(stop)):
                yield report
                if number == 2:
                    release.wait(60)

    page = Page(Waiting())
    page.files.upload(VISIT, [file(tmp_path, "a.txt", STEEL)])
    screen = page.files.watch(replace(VISIT, seen=page.importing.news))
    assert (screen.table, screen.looks) == (None, 0.7)
    assert "Learning passages" in str(screen.queue) or "Starting" in str(screen.queue) or "Waiting" in str(screen.queue)
    release.set()
    work_through(page.importing)
    assert "a.txt" in str(page.files.watch(VISIT).table)


def test_file_is_cancelled_and_the_list_cleared(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary())
    page.library.add([file(tmp_path, "a.txt", STEEL)])
    assert "Cancelled." in str(page.files.cancel(VISIT, 1).queue)
    assert page.library.tasks()[0].state is TaskState.CANCELLED
    assert "a.txt" not in str(page.files.forget_tasks(VISIT).queue)


def test_document_that_was_not_read_anew_leaves_the_list_when_it_is_removed(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary())
    page.library.add([file(tmp_path, "a.txt", STEEL)])
    page.files.cancel(VISIT, 1)
    screen = page.files.clicks()["discard_task"](VISIT, {"task": "1"})
    assert "a.txt" not in str(screen.queue) and page.library.tasks() == ()


def test_unknown_file_of_the_queue_gets_a_sentence(page: Page) -> None:
    assert "The library cannot do this: There is no file 99 in the queue." in str(page.files.cancel(VISIT, 99).notice)


def test_documents_are_ticked_and_unticked_and_all_asked_again(page: Page) -> None:
    (document,) = page.library.documents()
    ticked = page.choosing.choose_document(VISIT, document.id)
    assert (ticked.chosen, "Asking only steel.pdf" in str(ticked.scope)) == ((document.id,), True)
    assert page.choosing.choose_document(replace(VISIT, chosen=(document.id,)), document.id).chosen == ()
    assert page.choosing.choose_none(replace(VISIT, chosen=(document.id,))).chosen == ()
    assert page.choosing.choose_document(VISIT, "unknown").chosen == ()


def test_collection_is_chosen_by_a_tidied_name_and_drops_the_ticks(page: Page) -> None:
    page.library.make_collection("New reports " + "x" * 48)
    screen = page.choosing.choose_collection(replace(VISIT, chosen=("a",)), "  New \n reports " + "x" * 100)
    assert screen.collection == "New reports " + "x" * 48
    assert screen.chosen == ()
    assert "Nothing in this collection yet." in str(screen.table)


def test_removed_document_leaves_the_library_and_the_choice(page: Page) -> None:
    (document,) = page.library.documents()
    screen = page.shelving.remove(replace(VISIT, chosen=(document.id,)), [document.id])
    assert (screen.chosen, page.library.documents()) == ((), ())
    assert "1 document was removed." in str(screen.notice)
    assert "Choose files" in str(screen.thread)


def test_removing_an_unknown_document_gets_a_sentence_and_changes_nothing(page: Page) -> None:
    screen = page.shelving.remove(VISIT, ["unknown"])
    assert screen == Screen(notice=screen.notice)
    assert len(page.library.documents()) == 1


def test_importing_that_fails_tells_why_and_can_be_started_again(tmp_path: Path) -> None:
    class Failing(ScriptedLibrary):
        def work(self, stop: Stop = never) -> Iterator[Progress | FileOutcome]:
            if not self.asked:
                raise ModelError("The embedder is missing.")
            yield from super().work(stop)

    page = Page(Failing())
    page.files.upload(VISIT, [file(tmp_path, "a.txt", STEEL)])
    work_through(page.importing)
    assert "Reading the files stopped: The embedder is missing." in str(page.files.watch(VISIT).queue)
    page.library.asked.append(("now it works", Scope()))
    page.importing.start()
    work_through(page.importing)
    assert (page.importing.arrivals().failure, page.importing.arrivals().added) == ("", 1)


def test_files_added_while_the_thread_ends_are_worked_too(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary())
    for number in range(30):
        page.library.add([file(tmp_path, f"{number}.txt", f"Text {number}.")])
        page.importing.start()
    work_through(page.importing)
    assert len(page.library.documents()) == 30


def test_closing_stops_the_thread_and_leaves_the_rest_in_the_queue(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary(pace=0.05))
    page.library.add([file(tmp_path, f"{number}.txt", f"Text {number}.") for number in range(50)])
    page.importing.start()
    page.importing.close()
    assert not page.importing.running
    assert any(task.state is TaskState.WAITING for task in page.library.tasks())


def test_paused_queue_waits_and_goes_on_when_told_to(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary(pace=0.01))
    page.library.add([file(tmp_path, f"{number}.txt", f"Text {number}.") for number in range(3)])
    paused = page.files.pause(VISIT)
    assert "Paused · 3 files wait" in str(paused.queue) and "Paused · 3 files wait" in str(paused.scope)
    page.importing.start()
    assert not page.importing.running
    assert 'data-act="resume"' in str(page.files.watch(VISIT).queue)
    page.files.resume(VISIT)
    work_through(page.importing)
    assert len(page.library.documents()) == 3


def test_pause_ends_with_the_last_file_that_waits(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary())
    first, second = page.library.add([file(tmp_path, name, f"Text {name}.") for name in ("a.txt", "b.txt")])
    page.files.pause(VISIT)
    page.files.cancel(VISIT, first.id)
    assert page.importing.paused
    page.files.cancel(VISIT, second.id)
    page.files.upload(VISIT, [file(tmp_path, "c.txt", "Tin fell.")])
    work_through(page.importing)
    assert [document.name for document in page.library.documents()] == ["c.txt"]
    page.files.pause(VISIT)
    page.library.add([file(tmp_path, "d.txt", "Zinc fell.")])
    page.files.cancel_all(VISIT)
    assert not page.importing.paused


def test_larger_limit_of_a_file_counts_at_once(tmp_path: Path) -> None:
    library = small_library(tmp_path / "library", max_file_mb=1)
    big = file(tmp_path, "big.txt", "Steel rose. " * 100_000)
    assert [task.reason for task in library.add([big])] == ["TOO_BIG"]
    library.change_settings(max_file_mb=2)
    assert [task.state for task in library.add([big])] == [TaskState.WAITING]
    library.close()


def test_whole_queue_is_cancelled_at_once(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary())
    page.library.add([file(tmp_path, f"{number}.txt", f"Text {number}.") for number in range(3)])
    cancelled = page.files.cancel_all(VISIT)
    assert str(cancelled.queue).count("Cancelled.") == 3 and "Your library is empty" in str(cancelled.scope)


def test_locked_file_is_read_with_its_password(tmp_path: Path) -> None:
    page = Page(ScriptedLibrary())
    page.files.upload(VISIT, [file(tmp_path, "locked.pdf", "LOCKED Steel rose.")])
    work_through(page.importing)
    asked = str(page.files.watch(VISIT).queue)
    assert 'type="password"' in asked and 'aria-label="Password of locked.pdf"' in asked
    page.files.retry(VISIT, 1, "wrong")
    work_through(page.importing)
    assert page.library.documents() == ()
    page.files.retry(VISIT, 1, "open sesame")
    work_through(page.importing)
    assert [row.name for row in page.library.documents()] == ["locked.pdf"]


def test_web_page_is_fetched_told_of_and_read_and_one_that_cannot_be_gets_a_sentence(page: Page) -> None:
    first, last = page.files.add_page(VISIT, " steel.example/news ")
    assert ("Fetching the page" in str(first.notice), last.notice) == (True, "")
    work_through(page.importing)
    assert page.library.pages_asked_for == [("https://steel.example/news", True)]
    assert {row.name for row in page.library.documents()} == {"steel.pdf", "page.html"}
    assert "This did not work: nowhere is no address" in str(list(page.files.add_page(VISIT, "nowhere"))[-1].notice)


def test_visitor_of_a_shared_server_gets_no_page_of_a_private_network_and_no_folders() -> None:
    library = ScriptedLibrary()
    page = Page(library, at_machine=False)
    list(page.files.add_page(VISIT, "printer.local"))
    work_through(page.importing)
    assert library.pages_asked_for == [("https://printer.local", False)]
    assert page.files.watch(VISIT).folders == ""


def test_table_finds_sorts_and_turns_its_pages() -> None:
    library = ScriptedLibrary()
    for number in range(120):
        library.put(f"Report {number:03}.pdf", "Steel rose. " * (number + 1), collection="Old" if number < 60 else None)
    page = Page(library)
    assert "1–50 of 120" in str(page.shelving.find(VISIT, "").table)
    found = page.shelving.find(replace(VISIT, listing=Listing(page=3)), " report  old ")
    assert found.listing == Listing(search="report old")
    assert "1–50 of 60" in str(found.table)
    last = page.shelving.turn(VISIT, 9)
    assert "101–120 of 120" in str(last.table) and "Report 119.pdf" in str(last.table)
    by_size = page.shelving.sort(VISIT, "size")
    assert by_size.listing == Listing(sort="size", descending=True)
    assert str(by_size.table).index("Report 119.pdf") < str(by_size.table).index("Report 118.pdf")
    assert by_size.listing is not None
    back = page.shelving.sort(replace(VISIT, listing=by_size.listing), "size").listing
    assert back == Listing(sort="size")
    assert page.shelving.sort(VISIT, "<script>") == Screen()
    assert "No document has “zinc”" in str(page.shelving.find(VISIT, "zinc").table)


def test_documents_are_put_into_a_collection_that_is_renamed_emptied_and_deleted(page: Page) -> None:
    (document,) = page.library.documents()
    page.shelving.put_in(VISIT, [document.id], "  Steel  works ")
    page.shelving.put_in(VISIT, [document.id], " ")
    assert page.library.documents()[0].collections == ("Steel works",)
    visit = replace(VISIT, collection="Steel works")
    renamed = page.shelving.rename_collection(visit, "Steel works", "Works")
    assert (renamed.collection, page.library.collections()) == ("Works", ("Works",))
    made = page.shelving.make_collection(VISIT, "Mail")
    assert (made.collection, "The collection “Mail” is there." in str(made.notice)) == ("Mail", True)
    assert "There is a collection Mail already" in str(page.shelving.rename_collection(visit, "Works", "Mail").notice)
    page.shelving.take_out(replace(VISIT, collection="Works"), [document.id])
    assert page.library.documents()[0].collections == ()
    assert page.shelving.delete_collection(replace(VISIT, collection="Mail"), "Mail").collection == ""
    assert page.library.collections() == ()


def test_chosen_documents_are_read_again_and_their_state_is_told(page: Page) -> None:
    (document,) = page.library.documents()
    page.importing.pause()
    screen = page.shelving.reread(VISIT, [document.id])
    assert "1 document is read again." in str(screen.notice)
    assert "To be read again" in str(screen.table)
    page.importing.resume()
    work_through(page.importing)
    assert "Ready" in str(page.files.watch(VISIT).table)


def test_only_the_chosen_documents_are_asked(page: Page) -> None:
    tin = page.library.put("tin.pdf", "Tin fell.")
    screen = page.choosing.choose_documents(VISIT, [tin, "gone"])
    assert (screen.chosen, "Asking only tin.pdf" in str(screen.scope)) == ((tin,), True)


def test_folder_is_kept_in_step_and_what_is_gone_is_removed_only_when_told_to(tmp_path: Path) -> None:
    library = Held()
    library.put("steel.pdf", STEEL)
    page = Page(library)
    file(tmp_path, "zinc.txt", "Zinc.")
    assert "There is no folder" in str(page.following.add(VISIT, str(tmp_path / "none")).notice)
    assert (page.following.add(VISIT, "  "), page.library.folders()) == (Screen(), ())
    page.library.make_collection("Metals")
    looking = page.following.add(replace(VISIT, collection="Metals"), f' "{tmp_path}" ')
    assert (looking.looks, str(tmp_path) in str(looking.folders)) == (0.7, True)
    library.released.set()
    looked_through(page)
    assert {row.name for row in page.library.documents("Metals")} == {"zinc.txt"}
    (tmp_path / "zinc.txt").unlink()
    page.following.look(VISIT)
    looked_through(page)
    told = str(page.files.watch(VISIT).folders)
    assert "The file of 1 document is gone from this folder:" in told and "zinc.txt" in told
    assert len(page.library.documents()) == 2
    page.following.look(VISIT, remove=True)
    looked_through(page)
    assert [row.name for row in page.library.documents()] == ["steel.pdf"]
    assert "is gone" not in str(page.files.watch(VISIT).folders)
    page.following.forget(VISIT, 1)
    looked_through(page)
    assert str(tmp_path) not in str(page.files.watch(VISIT).folders)
    page.watching.close()


def looked_through(page: Page) -> None:
    """Wait until the folders were looked through, and what was found is read."""
    deadline = time.monotonic() + 60
    while page.watching.looking and time.monotonic() < deadline:
        time.sleep(0.005)
    work_through(page.importing)


def test_folder_that_cannot_be_read_is_told_of() -> None:
    class Unreadable(ScriptedLibrary):
        def sync_folders(self, stop: Stop = never, *, remove: bool = False) -> tuple[FolderChanges, ...]:
            raise LibraryError("The disk went away.")

    page = Page(Unreadable())
    page.following.look(VISIT)
    looked_through(page)
    assert "The disk went away." in str(page.files.watch(VISIT).folders)
    page.watching.close()


def test_page_that_has_seen_all_news_is_left_as_it_is(page: Page) -> None:
    screen = page.files.watch(VISIT)
    assert page.files.watch(replace(VISIT, seen=screen.seen or 0)) == Screen(looks=0.0)


def test_files_of_two_visitors_are_read_in_turn(tmp_path: Path) -> None:
    turns, order = Turns(1), list[str]()

    class Noting(ScriptedLibrary):
        def put(self, name: str, text: str, *, collection: str | None = None) -> str:
            order.append(name)
            return super().put(name, text, collection=collection)

    libraries = (Noting(pace=0.002), Noting(pace=0.002))
    libraries[0].add([file(tmp_path, f"ann{number}.txt", f"Text {number}.") for number in range(5)])
    libraries[1].add([file(tmp_path, "ben.txt", "Text.")])
    imports = [Importing(library, turns, name) for library, name in zip(libraries, ("ann", "ben"))]
    with turns.taken("somebody", never):
        for importing in imports:
            importing.start()
            while not turns.others_wait("somebody") or (importing is imports[1] and not turns.others_wait("ann")):
                Event().wait(0.001)
    for importing in reversed(imports):
        work_through(importing)
    assert order == ["ann0.txt", "ben.txt", "ann1.txt", "ann2.txt", "ann3.txt", "ann4.txt"]


def test_nothing_is_read_by_one_who_left_the_line_for_a_turn(tmp_path: Path) -> None:
    class Left(Turns):
        @contextmanager
        def taken(self, visitor: str, stop: Stop) -> Iterator[bool]:
            with super().taken(visitor, lambda: True) as taken:  # as after a pause that is over by now
                yield taken

    turns, library = Left(1), ScriptedLibrary()
    library.add([file(tmp_path, "ann.txt", "Text.")])
    importing = Importing(library, turns, "ann")
    with turns.taken("ben", never):
        importing.start()
        wait_for(lambda: not importing.running)
    assert not library.known
    importing.start()
    work_through(importing)
    assert library.known


def test_a_file_that_takes_long_is_not_waited_for_by_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag_app.ui.importing.LENT_AFTER_SECONDS", 0.0)
    turns, read = Turns(1), Event()

    class Slow(ScriptedLibrary):
        def work(self, stop: Stop = never) -> Iterator[Progress | FileOutcome]:
            while not read.wait(0.001) and not stop():
                yield Progress(1, "scan.pdf", "parsing", 1, 500)

    ann, ben = Importing(Slow(), turns, "ann"), Importing(ScriptedLibrary(pace=0.001), turns, "ben")
    ann.start()
    wait_for(lambda: bool(ann.arrivals().progress))
    ben._library.add([file(tmp_path, "ben.txt", "Text.")])
    ben.start()
    work_through(ben)
    assert ben.arrivals().added == 1 and ann.running
    read.set()
    work_through(ann)


def test_real_folder_is_followed_by_content_and_a_document_read_again_stays_in_its_collection(tmp_path: Path) -> None:
    place = tmp_path / "papers"
    place.mkdir()
    report = file(place, "report.txt", "Steel rose by nine percent.")
    os.utime(report, (LONG_AGO, LONG_AGO))
    with closing(small_library(tmp_path / "storage")) as library, closing(open_app(library, ("ask", "library"))) as app:
        assert app.watching is not None
        shelf = app.panels.shelf
        following = Following(library, app.watching, shelf)
        shelving = Shelving(library, app.importing, shelf, app.choosing)
        library.make_collection("Metals")
        following.add(replace(VISIT, collection="Metals"), str(place))
        wait_for(lambda: [row.collections for row in library.documents()] == [("Metals",)])
        report.rename(place / "steel.txt")
        following.look(VISIT)
        wait_for(lambda: [row.name for row in library.documents()] == ["steel.txt"])
        before = library.passages(library.documents()[0].id)[0].id
        shelving.reread(VISIT, [library.documents()[0].id])
        wait_for(lambda: library.passages(library.documents()[0].id)[0].id > before)
        assert [(row.name, row.collections) for row in library.documents()] == [("steel.txt", ("Metals",))]


def wait_for(reached: Callable[[], bool]) -> None:
    """Wait until the threads have brought it about."""
    deadline = time.monotonic() + 60
    while not reached() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert reached()
