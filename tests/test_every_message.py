"""Every reason why a file is not added, reached by a real file in a real library; the documents before it stay as they are."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag_app.errors import Reason
from rag_app.library import Library
from rag_app.records import FileOutcome, TaskState
from tests.made_files import (
    bomb_docx,
    docx,
    locked_office,
    locked_pdf,
    many_pages_pdf,
    never_ending_pdf,
    pdf,
    scanned_pdf,
    write,
)
from tests.small_library import small_library

TOO_LARGE = 2 * 1024 * 1024
FILES = (
    ("empty.pdf", b"", Reason.EMPTY_FILE),
    ("blank.txt", b" \n ", Reason.EMPTY_FILE),
    ("program.pdf", b"\x7fELF\x02\x01\x01" + bytes(99), Reason.NOT_THE_TYPE_IT_SAYS),
    ("archive.rar", b"Rar!\x1a\x07\x01\x00" + bytes(99), Reason.UNSUPPORTED),
    ("big.txt", b"x" * TOO_LARGE, Reason.TOO_BIG),
    ("long.pdf", many_pages_pdf(4), Reason.TOO_MANY_PAGES),
    ("locked.pdf", locked_pdf("sesame"), Reason.PASSWORD_NEEDED),
    ("locked.docx", locked_office(docx(*map(str, range(2000))), "sesame"), Reason.ENCRYPTED_OFFICE),
    ("broken.pdf", b"%PDF-1.7\n" + b"nothing" * 99, Reason.DAMAGED),
    ("scan.pdf", scanned_pdf(), Reason.NO_TEXT_NEEDS_OCR),
    ("bomb.docx", bomb_docx(300), Reason.EXPANDS_TOO_MUCH),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(small_library(tmp_path / "library", max_pages=3, max_file_mb=1, ocr="off")) as opened:
        yield opened


def added(library: Library, path: Path) -> tuple[TaskState, str, str]:
    """How one file ended: its state, the reason, the sentence."""
    (task,) = library.add([path])
    ends = [event for event in library.work() if isinstance(event, FileOutcome)]
    end = ends[0] if ends else task
    assert (end.state, end.reason, end.message) == next(
        (t.state, t.reason, t.message) for t in library.tasks() if t.id == task.id
    )
    return end.state, end.reason, end.message


def test_each_message_is_reached_by_a_file_and_names_it(library: Library, tmp_path: Path) -> None:
    added(library, write(tmp_path, "first.txt", "Tin melts at 232 degrees."))
    (first,) = library.documents()
    before = library.passages(first.id)
    for name, content, reason in FILES:
        state, code, message = added(library, write(tmp_path, name, content))
        assert (name, state, code) == (name, TaskState.FAILED, reason.value)
        assert message.startswith(name)
    assert library.documents() == (first,)
    assert library.passages(first.id) == before


def test_a_file_that_takes_too_long_is_named(tmp_path: Path) -> None:
    with closing(small_library(tmp_path / "library", parse_seconds=1)) as library:
        assert added(library, write(tmp_path, "never.pdf", never_ending_pdf()))[:2] == (TaskState.FAILED, "TOOK_TOO_LONG")


def test_a_full_disk_is_named(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "large.txt", "x" * 900_000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, before[1]))
    try:
        (task,) = library.add([path])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (task.state, task.reason) == (TaskState.FAILED, Reason.OUT_OF_DISK.value)


def test_the_same_file_again_is_named(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path, "words.txt", "Words.")
    assert added(library, path)[:2] == (TaskState.DONE, "")
    (task,) = library.add([path])
    assert (task.state, task.reason) == (TaskState.DUPLICATE, Reason.DUPLICATE.value)


def test_what_is_recovered_of_a_damaged_file_is_added_and_told(library: Library, tmp_path: Path) -> None:
    torn = pdf("Tin melts at 232 degrees.", "Lead at 327.").replace(b"/Root", b"/Roof")
    assert added(library, write(tmp_path, "torn.pdf", torn)) == (
        TaskState.DONE,
        Reason.DAMAGED.value,
        "torn.pdf is damaged. The text of 2 pages was recovered; compare it with another copy.",
    )
    (document,) = library.documents()
    assert document.pages == 2
