"""Work in the background that breaks down says so, whatever went wrong, and can be begun again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, cast

from rag_app.errors import ModelError
from rag_app.interfaces import Stop
from rag_app.library import Library
from rag_app.ui.importing import Importing
from rag_app.ui.job import Job
from rag_app.ui.language import Language, Wording
from rag_app.ui.watching import Watching
from tests.scripted_page import work_through

FAULT = "An unexpected fault ended the work (OSError: the disk is gone). Try again, or start Footnote anew."


class Broken:
    """A library whose disk is gone."""

    def __init__(self) -> None:
        self.looks = 0

    def tasks(self, *, done: bool = True) -> tuple[()]:
        return ()

    def task_folders(self) -> dict[str, list[str]]:
        return {}

    def work(self, stop: Stop) -> Iterator[Any]:
        raise OSError("the disk is gone")

    def sync_folders(self, stop: Stop, *, remove: bool) -> tuple[()]:
        self.looks += 1
        raise OSError("the disk is gone")


def failure_after(error: Exception) -> str:
    """What a job says that gives a step and then breaks down."""

    def work(stop: Stop) -> Iterator[int]:
        yield 1
        raise error

    job: Job[int] = Job()
    assert job.start("work", work)
    until = time.monotonic() + 60
    while job.running and time.monotonic() < until:
        time.sleep(0.01)
    assert (job.running, job.last) == (False, 1)
    return job.failure


def test_job_that_breaks_down_says_why() -> None:
    assert failure_after(OSError("the disk is gone")) == FAULT
    assert failure_after(ModelError("There is no such model.")) == "There is no such model."
    assert "the disk is gone" in Wording(Language.CHINESE).translated(FAULT) != FAULT


def test_queue_that_breaks_down_says_why_and_is_worked_again() -> None:
    importing = Importing(cast(Library, Broken()))
    for _ in range(2):
        importing.start()
        work_through(importing)
        assert importing.arrivals().failure == FAULT


def test_folders_are_looked_through_again_after_a_look_that_broke_down() -> None:
    library = Broken()
    watching = Watching(cast(Library, library), Importing(cast(Library, library)), seconds=0.01)
    watching.start()
    until = time.monotonic() + 60
    while library.looks < 3 and time.monotonic() < until:
        time.sleep(0.01)
    watching.close()
    assert library.looks >= 3
    assert watching.failure == FAULT
