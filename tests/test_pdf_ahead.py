"""PDFs of a few pages and more are read by two processes: the same comes out, and neither outlives what it belongs to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason, Stopped
from rag_app.parsing import SandboxedParser
from rag_app.parsing.child_process import ChildProcess
from rag_app.records import Document
from rag_app.settings import Settings
from tests.made_files import many_pages_pdf, never_ending_pdf, placed_pdf, write
from tests.test_sandbox import ATTEMPT, children, is_running

pytestmark = pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="needs two processors")

CONFINED = f"""{ATTEMPT}
import os, socket, subprocess, sys
from pathlib import Path
from rag_app.parsing.confinement import confine, hold_to
confine(Path(sys.argv[1]), memory_mb=400, lifeline=os.pipe()[0])
if os.fork() == 0:
    hold_to(0.5)
    print(attempt(lambda: open(sys.argv[2], "w")))
    print(attempt(lambda: socket.create_connection(("127.0.0.1", 9))))
    print(attempt(lambda: subprocess.run(["true"])))
    print(attempt(lambda: bytearray(250 * 1024 * 1024)))
    hold_to(1)
    print(attempt(lambda: bytearray(250 * 1024 * 1024)))
else:
    os.wait()
"""
FIRST_PROCESS = """
import ctypes, sys, time
from pathlib import Path
from rag_app.parsing.child_process import ChildProcess
from tests.test_sandbox import children
ctypes.CDLL(None).prctl(36, 1)  # what loses its parent becomes a child of this process, as of the first one of a container
child = ChildProcess(memory_mb=1300)
child.receive(seconds=30)
child.send({"kind": "read", "path": sys.argv[1], "name": "never.pdf", "max_pages": 9})
while not Path(f"/proc/{child.process_id}/task/{child.process_id}/children").read_text():
    time.sleep(0.01)
child.end()
print(children())
"""
Parsers = Callable[..., SandboxedParser]


@pytest.fixture
def parser_on(tmp_path: Path) -> Iterator[Parsers]:
    """Makes parsers whose process may use so many processors."""
    made = []
    every = os.sched_getaffinity(0)

    def make(processors: int, *, parse_memory_mb: int = 1300) -> SandboxedParser:
        parser = SandboxedParser(Settings(ocr="off", parse_seconds=120, parse_memory_mb=parse_memory_mb))
        made.append(parser)
        os.sched_setaffinity(0, sorted(every)[:processors])
        try:
            read(parser, write(tmp_path, "words.txt", "words"))
        finally:
            os.sched_setaffinity(0, every)
        return parser

    yield make
    for parser in made:
        parser.close()


def read(parser: SandboxedParser, path: Path, progress: Callable[[int], None] = lambda done: None, stop: float = 1e9) -> Document:
    return parser.parse(
        path,
        name=path.name,
        document_id="id",
        progress=lambda done, total: progress(done),
        stop=lambda: time.monotonic() > stop,
    )


def copies() -> list[int]:
    """The processes that belong to the children of this one."""
    return [copy for child in children() for copy in children(child)]


def wait_until_gone(process: int) -> None:
    end = time.monotonic() + 30
    while is_running(process) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_running(process)


def report(pages: int) -> bytes:
    """Pages with a header, a page number, a sentence that each page break cuts, and on some a table."""
    table = [(100, 300 + 20 * row, f"Row {row}      {row * 7}.5      {row * 9}.5") for row in range(4)]
    return placed_pdf(
        *(
            [
                (72, 40, "Report of the year"),
                (72, 120, f"Heading {number}"),
                (72, 160, "which goes on from the page before. The words of this line are many enough to fill it all"),
                *(table if number % 3 else []),
                (72, 700, f"The last sentence of page {number} is cut by the end of it and goes on the next page, for"),
                (280, 780, str(number)),
            ]
            for number in range(1, pages + 1)
        )
    )


@pytest.mark.parametrize("pages", [3, 4, 5, 31])
def test_two_processes_read_what_one_does(parser_on: Parsers, tmp_path: Path, pages: int) -> None:
    path, told = write(tmp_path, "report.pdf", report(pages)), list[int]()
    alone = read(parser_on(1), path)
    assert read(parser_on(2), path, told.append) == alone
    assert told == list(range(1, pages + 1))
    assert len(copies()) == (pages >= 4)


def test_one_copy_serves_many_files(parser_on: Parsers, tmp_path: Path) -> None:
    parser, seen = parser_on(2), set[int]()
    for number in range(4):
        assert len(read(parser, write(tmp_path, f"{number}.pdf", many_pages_pdf(20 + number))).pages) == 20 + number
        seen.update(copies())
    assert len(seen) == 1


@pytest.mark.parametrize("at", [1, 150])
def test_a_copy_that_is_lost_takes_nothing_with_it(parser_on: Parsers, tmp_path: Path, at: int) -> None:
    path, parser = write(tmp_path, "long.pdf", many_pages_pdf(300)), parser_on(2)
    lost = list[int]()

    def lose(done: int) -> None:
        if done == at:
            lost.extend(copies())
            os.kill(lost[0], signal.SIGKILL)

    assert [page.text for page in read(parser, path, lose).pages] == [f"This is page {n} of the report." for n in range(1, 301)]
    assert read(parser, path).pages[299].text == "This is page 300 of the report."
    assert not set(lost) & set(copies())


def test_a_copy_that_was_lost_between_two_files_is_replaced(parser_on: Parsers, tmp_path: Path) -> None:
    path, parser = write(tmp_path, "long.pdf", many_pages_pdf(20)), parser_on(2)
    before = read(parser, path)
    os.kill(copies()[0], signal.SIGKILL)
    assert read(parser, path) == before
    assert read(parser, path) == before
    assert len(copies()) == 1


@pytest.mark.parametrize("end", ["killed", "stopped"])
def test_the_copy_goes_with_its_process_in_the_middle_of_a_page(parser_on: Parsers, tmp_path: Path, end: str) -> None:
    parser = parser_on(2)
    read(parser, write(tmp_path, "first.pdf", many_pages_pdf(4)))
    (child,), (copy,) = children(), copies()
    path = write(tmp_path, "never.pdf", never_ending_pdf(pages=8))
    if end == "stopped":
        with pytest.raises(Stopped):
            read(parser, path, stop=time.monotonic() + 0.3)
    else:
        os.kill(child, signal.SIGKILL)
    wait_until_gone(copy)


def test_the_first_process_of_a_container_is_left_no_dead_copy(tmp_path: Path) -> None:
    path = write(tmp_path, "never.pdf", never_ending_pdf(pages=8))
    ran = subprocess.run([sys.executable, "-c", FIRST_PROCESS, path], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_page_that_breaks_the_copy_breaks_off_as_with_one_process(parser_on: Parsers, tmp_path: Path) -> None:
    path = write(tmp_path, "never.pdf", never_ending_pdf(pages=8))
    for processors in (1, 2):
        with pytest.raises(DocumentError, match=r"never\.pdf needs more memory") as caught:
            read(parser_on(processors, parse_memory_mb=600), path)
        assert caught.value.reason is Reason.EXPANDS_TOO_MUCH


def test_pages_that_cannot_be_read_are_named_as_with_one_process(parser_on: Parsers, tmp_path: Path) -> None:
    head, *pages = many_pages_pdf(9).split(b"/Type /Page ")
    torn = head + b"".join(
        (b"/Type /Pork " if number in (2, 4) else b"/Type /Page ") + page for number, page in enumerate(pages, 1)
    )
    path = write(tmp_path, "broken.pdf", torn)
    alone, together = (read(parser_on(processors), path) for processors in (1, 2))
    assert together == alone
    assert "nothing of page 2, 4" in together.damage
    assert copies() == []  # which pages are found may depend on the order in which they are asked for


def test_what_a_confined_process_copies_is_confined_as_it_is(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CONFINED, tmp_path / "inside", tmp_path / "outside.txt"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == ["PermissionError"] * 3 + ["MemoryError", "done"]


def test_what_the_copy_works_counts_as_work(tmp_path: Path) -> None:
    child = ChildProcess(memory_mb=1300)
    try:
        child.receive(seconds=60)
        path = write(tmp_path, "never.pdf", never_ending_pdf(pages=8))
        child.send({"kind": "read", "path": str(path), "name": path.name, "max_pages": 9})
        end = time.monotonic() + 60
        while not (copy := children(child.process_id)) and time.monotonic() < end:
            time.sleep(0.01)
        os.kill(child.process_id, signal.SIGSTOP)
        before = child.processor_seconds()
        while child.processor_seconds() < before + 0.2 and time.monotonic() < end:
            time.sleep(0.01)
        assert copy and child.processor_seconds() >= before + 0.2
    finally:
        child.end()
