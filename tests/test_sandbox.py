"""The child process: confined, watched, replaced when it goes wrong, and gone when the app is."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Timer

import pytest

from rag_app.errors import DocumentError, LibraryError, Reason, Stopped
from rag_app.parsing import SandboxedParser
from rag_app.parsing.child_process import ChildProcess
from rag_app.parsing.formats import PDF, PLAIN_TEXT
from rag_app.parsing.office_password import unlocked
from rag_app.parsing.page_images import PageImages
from rag_app.parsing.source import Source
from rag_app.records import Document, Page
from rag_app.settings import Settings
from tests.made_files import docx, locked_office, many_pages_pdf, never_ending_pdf, pdf, write
from tests.made_pictures import encoded, needs_ocr, picture

ATTEMPT = """
def attempt(do):
    try:
        do()
        return "done"
    except (OSError, MemoryError) as error:
        return type(error).__name__
"""
CONFINED = f"""{ATTEMPT}
import os, socket, subprocess, sys
from pathlib import Path
from rag_app.parsing.confinement import confine
folder, outside = Path(sys.argv[1]), Path(sys.argv[2])
confine(folder, memory_mb=300, lifeline=os.pipe()[0])
print(attempt(lambda: (folder / "inside.txt").write_text("a")))
print(attempt(lambda: (outside / "outside.txt").write_text("a")))
print(attempt(lambda: (outside / "kept.txt").unlink()))
print(attempt(lambda: os.rename(folder / "inside.txt", outside / "moved.txt")))
print(attempt(lambda: (outside / "kept.txt").read_text()))
print(attempt(lambda: socket.create_connection(("127.0.0.1", 9))))
print(attempt(lambda: socket.getaddrinfo("example.org", 80)))
print(attempt(lambda: subprocess.run(["true"])))
print(attempt(lambda: os.system("true")))
print(attempt(lambda: bytearray(400 * 1024 * 1024)))
"""
PARENT = """
import sys, time
from rag_app.parsing.child_process import ChildProcess
child = ChildProcess(memory_mb=500)
child.receive(seconds=30)
print(child.process_id, flush=True)
if len(sys.argv) > 1:
    child.send({"kind": "read", "path": sys.argv[1], "name": "never.pdf", "max_pages": 9})
time.sleep(60)
"""


@pytest.fixture
def parser() -> Iterator[SandboxedParser]:
    parser = SandboxedParser(Settings(parse_seconds=120))
    yield parser
    parser.close()


def read(parser: SandboxedParser, path: Path, password: str = "") -> Document:
    return parser.parse(
        path, name=path.name, document_id="id", progress=lambda done, total: None, stop=lambda: False, password=password
    )


def children(process: int | str = "self") -> list[int]:
    """The child processes of a process, by default of this one; of one that is gone, none."""
    listed = list[str]()
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            with suppress(OSError):  # a thread that ended meanwhile
                listed += (thread / "children").read_text().split()
    return [int(number) for number in listed]


def is_running(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_confined_process_reaches_neither_network_nor_programs_nor_files_of_others(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    write(outside, "kept.txt", "kept")
    ran = subprocess.run([sys.executable, "-c", CONFINED, inside, outside], capture_output=True, text=True, check=True)
    refused = "PermissionError"
    assert ran.stdout.split() == ["done", *[refused] * 3, "done", *[refused] * 4, "MemoryError"]
    assert sorted(path.name for path in outside.iterdir()) == ["kept.txt"]


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "in the middle of a page"])
def test_the_child_dies_with_its_parent(tmp_path: Path, busy: bool) -> None:
    arguments = [str(write(tmp_path, "never.pdf", never_ending_pdf()))] if busy else []
    parent = subprocess.Popen([sys.executable, "-c", PARENT, *arguments], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.3)
    assert is_running(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 30
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_running(child)


def test_a_page_that_never_ends_is_given_up_and_named(tmp_path: Path) -> None:
    parser = SandboxedParser(Settings(parse_seconds=1))
    with pytest.raises(DocumentError, match=r"never\.pdf showed no progress for \d+ seconds") as caught:
        read(parser, write(tmp_path, "never.pdf", never_ending_pdf()))
    assert caught.value.reason == Reason.TOOK_TOO_LONG
    assert children() == []
    parser.close()


def test_a_process_that_gets_no_processor_is_waited_for_longer(tmp_path: Path) -> None:
    parser = SandboxedParser(Settings(parse_seconds=5))
    path = write(tmp_path, "words.pdf", pdf("Words."))
    read(parser, path)
    (child,) = children()
    os.kill(child, signal.SIGSTOP)
    Timer(6, os.kill, (child, signal.SIGCONT)).start()
    assert read(parser, path).pages[0].text == "Words."
    parser.close()


def test_a_process_that_stands_still_is_given_up_in_the_end(tmp_path: Path) -> None:
    parser = SandboxedParser(Settings(parse_seconds=2))
    path = write(tmp_path, "words.pdf", pdf("Words."))
    read(parser, path)
    os.kill(children()[0], signal.SIGSTOP)
    with pytest.raises(DocumentError, match=r"no progress for ([89]|\d\d) seconds"):
        read(parser, path)
    parser.close()


def test_a_file_that_wants_too_much_memory_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    parser = SandboxedParser(Settings(parse_memory_mb=150))
    with pytest.raises(DocumentError, match=r"never\.pdf needs more memory") as caught:
        read(parser, write(tmp_path, "never.pdf", never_ending_pdf()))
    assert caught.value.reason == Reason.EXPANDS_TOO_MUCH
    assert read(parser, write(tmp_path, "next.pdf", pdf("Words."))).pages[0].text == "Words."
    parser.close()


def test_a_crash_of_the_child_damages_one_file_only(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "long.pdf", many_pages_pdf(2000))
    with pytest.raises(DocumentError, match=r"long\.pdf is damaged: reading it broke down") as caught:
        parser.parse(
            path,
            name="long.pdf",
            document_id="id",
            progress=lambda done, total: os.kill(children()[0], signal.SIGSEGV) if done == 1 else None,
            stop=lambda: False,
        )
    assert caught.value.reason == Reason.DAMAGED
    assert len(read(parser, path).pages) == 2000


def test_a_locked_office_document_is_read_with_its_password_and_no_open_copy_is_left(
    parser: SandboxedParser, tmp_path: Path
) -> None:
    words = ("Nobody may read this.", *(hashlib.sha256(bytes([number])).hexdigest() for number in range(200)))
    path = write(tmp_path, "locked.docx", locked_office(docx(*words), "sésame"))
    never_locked = read(parser, write(tmp_path, "open.docx", docx(*words))).pages[0].text
    for password, said in (("", "is locked with a password"), ("sesame", "does not open with that password")):
        with pytest.raises(DocumentError, match=rf"locked\.docx {said}") as caught:
            read(parser, path, password)
        assert caught.value.reason is Reason.ENCRYPTED_OFFICE
    assert never_locked.split() == " ".join(words).split()
    assert read(parser, path, "sésame").pages[0].text == never_locked
    (child,) = children()
    folder = Path(f"/proc/{child}/cwd")
    assert [entry.name for entry in folder.iterdir()] == ["printed.txt"]
    assert "sésame" not in (folder / "printed.txt").read_text()


def test_open_copy_of_a_locked_document_has_no_name_that_could_be_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    office = docx(*(hashlib.sha256(bytes([number])).hexdigest() for number in range(200)))
    path = write(tmp_path, "locked.docx", locked_office(office, "sesame"))
    with unlocked(Source(path, path.name, max_pages=9, password="sesame")) as opened:
        assert opened.path.read_bytes() == office
        assert list(passing.iterdir()) == []


def test_a_password_given_to_an_open_file_changes_nothing(parser: SandboxedParser, tmp_path: Path) -> None:
    for path in (write(tmp_path, "a.docx", docx("Words.")), write(tmp_path, "a.pdf", pdf("Words."))):
        assert read(parser, path, "secret").pages[0].text == "Words."


def test_a_child_that_died_between_two_files_is_replaced(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "words")
    read(parser, path)
    (before,) = children()
    os.kill(before, signal.SIGKILL)
    while is_running(before):
        time.sleep(0.01)
    assert read(parser, path).pages[0].text == "words"


def test_a_child_that_dies_when_it_is_asked_breaks_down_one_file_and_is_replaced(
    parser: SandboxedParser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.txt", "Hello there.")
    read(parser, path)
    (child,) = children()
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    monkeypatch.setattr(ChildProcess, "is_alive", lambda self: True)
    with pytest.raises(DocumentError, match="reading it broke down"):
        read(parser, path)
    assert read(parser, path).pages[0].text == "Hello there."


def test_what_a_child_imports_is_compiled_once_for_those_to_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))
    process = ChildProcess(memory_mb=Settings().parse_memory_mb)
    try:
        assert process.receive(seconds=60) == {"kind": "ready"}
    finally:
        process.end()
    assert list((tmp_path / "compiled").rglob("readers.*.pyc"))


def test_one_child_serves_many_files(parser: SandboxedParser, tmp_path: Path) -> None:
    served = set()
    for number in range(5):
        read(parser, write(tmp_path, f"{number}.txt", f"number {number}"))
        served.update(children())
    assert len(served) == 1


@needs_ocr
def test_a_child_that_recognized_text_lets_go_of_its_memory_when_nothing_waits(parser: SandboxedParser, tmp_path: Path) -> None:
    read(parser, write(tmp_path, "small.txt", "small"))
    parser.rest()
    [small] = children()
    (tmp_path / "scan.png").write_bytes(encoded(picture("The tower is high"), "PNG"))
    read(parser, tmp_path / "scan.png")
    assert small in children()
    parser.rest()
    assert small not in children()
    assert read(parser, tmp_path / "small.txt").pages[0].text == "small"


def test_a_refused_file_keeps_the_child(parser: SandboxedParser, tmp_path: Path) -> None:
    read(parser, write(tmp_path, "good.txt", "good"))
    before = children()
    with pytest.raises(DocumentError):
        read(parser, write(tmp_path, "bad.pdf", b""))
    assert children() == before


def test_stop_ends_the_reading_at_once(parser: SandboxedParser, tmp_path: Path) -> None:
    read(parser, write(tmp_path, "first.txt", "The child is there."))
    polls = iter([False] * 10 + [True])
    with pytest.raises(Stopped, match=r"never\.pdf was stopped"):
        parser.parse(
            write(tmp_path, "never.pdf", never_ending_pdf()),
            name="never.pdf",
            document_id="id",
            progress=lambda done, total: None,
            stop=lambda: next(polls),
        )
    assert (list(polls), children()) == ([], [])


def test_an_error_in_the_progress_of_the_caller_frees_the_child(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "long.pdf", many_pages_pdf(50))

    def break_off(done: int, total: int) -> None:
        raise KeyError(done)

    with pytest.raises(KeyError):
        parser.parse(path, name="long.pdf", document_id="id", progress=break_off, stop=lambda: False)
    assert len(read(parser, path).pages) == 50


def test_threads_take_turns(parser: SandboxedParser, tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{number}.pdf", pdf(f"Words of file {number}.")) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        documents = list(pool.map(lambda path: read(parser, path), paths))
    assert [document.pages[0].text for document in documents] == [f"Words of file {number}." for number in range(12)]


def test_a_page_is_shown_while_another_file_is_read(parser: SandboxedParser, tmp_path: Path) -> None:
    path, shown = write(tmp_path, "long.pdf", many_pages_pdf(1500)), []

    def show(done: int, total: int) -> None:
        if done == 1:
            shown.append(parser.view(path, name="long.pdf", media_type=PDF, page=Page(2, "This is page 2"), start=0, end=4))

    parser.parse(path, name="long.pdf", document_id="id", progress=show, stop=lambda: False)
    ((image, marks),) = shown
    assert image is not None
    assert image.startswith(b"\x89PNG")
    assert len(marks) == 1


def test_a_page_is_drawn_once_and_marked_anew(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf("Tin melts.", "Lead too."))
    page = Page(1, "Tin melts.")
    first, (tin,) = parser.view(path, name="a.pdf", media_type=PDF, page=page, start=0, end=3)
    again, (melts,) = parser.view(path, name="a.pdf", media_type=PDF, page=page, start=4, end=9)
    assert first is again
    assert tin.right < melts.left
    other, _ = parser.view(path, name="a.pdf", media_type=PDF, page=Page(2, "Lead too."), start=0, end=0)
    assert other != first
    path.unlink()
    with pytest.raises(DocumentError, match=r"a\.pdf is not there any more"):
        parser.view(path, name="a.pdf", media_type=PDF, page=page, start=0, end=3)


def test_pictures_unused_for_longest_go_when_there_are_too_many_bytes() -> None:
    images = PageImages(most_bytes=10)
    for number in (1, 2):
        images.keep(("a", 0, number), b"12345")
    assert images.get(("a", 0, 1)) == b"12345"
    images.keep(("a", 0, 3), b"123")
    assert [images.get(("a", 0, number)) for number in (1, 2, 3)] == [b"12345", None, b"123"]
    images.keep(("a", 0, 4), bytes(11))
    assert [images.get(("a", 0, number)) for number in (1, 3, 4)] == [None, None, None]


def test_formats_without_pages_have_no_picture(parser: SandboxedParser, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "words")
    assert parser.view(path, name="a.txt", media_type=PLAIN_TEXT, page=Page(1, "words"), start=0, end=5) == (None, ())


def test_child_that_cannot_be_started_is_told_with_what_to_do_and_leaves_no_pipe_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*command: object, **options: object) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    file, parser = write(tmp_path, "a.txt", b"Hello there."), SandboxedParser(Settings())
    monkeypatch.setattr(subprocess, "Popen", refused)
    before = os.listdir("/proc/self/fd")
    with pytest.raises(LibraryError, match=r"cannot be started \(Cannot allocate memory\)\. Check that memory is free"):
        read(parser, file)
    assert len(os.listdir("/proc/self/fd")) == len(before)
    monkeypatch.undo()
    assert read(parser, file).pages[0].text == "Hello there."
    parser.close()


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    parser = SandboxedParser(Settings())
    read(parser, write(tmp_path, "a.txt", "words"))
    assert len(list(kept.iterdir())) == 1
    parser.close()
    assert list(kept.iterdir()) == []
    assert children() == []
    parser.close()
