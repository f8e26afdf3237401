"""How long the rest of the queue will take."""

from __future__ import annotations

import pytest

from rag_app.records import Progress
from rag_app.ui.pace import PAGE_SECONDS, Pace, Stage


def stage(name: str, first: int, last: int, total: int, *, seconds: float) -> Stage:
    return Stage(Progress(1, "book.pdf", name, first, total), Progress(1, "book.pdf", name, last, total), seconds)


def test_nothing_is_told_before_it_can_be_known() -> None:
    assert (Pace(1, 0.5, 0.0, None).files_a_minute, Pace(0, 0.0, 60.0, None).seconds_left(3)) == (0.0, 0.0)
    assert Pace(0, 0.0, 60.0, stage("embedding", 16, 16, 6000, seconds=9.0)).seconds_left(1) == 0.0
    assert Pace(0, 0.0, 60.0, stage("splitting", 1, 9, 10, seconds=9.0)).seconds_left(1) == 0.0


def test_rows_of_which_nobody_knows_how_many_there_are_tell_no_time() -> None:
    assert Pace(0, 0.0, 60.0, stage("parsing", 5_000, 90_000, 0, seconds=9.0)).seconds_left(1) == 0.0


def test_a_single_book_is_told_by_its_passages() -> None:
    pace = Pace(0, 0.0, 60.0, stage("embedding", 16, 416, 6_416, seconds=50.0))
    assert (pace.files_a_minute, pace.seconds_left(1)) == (0.0, 750.0)


def test_pages_that_are_read_are_embedded_after_it() -> None:
    pace = Pace(0, 0.0, 10.0, stage("parsing", 1, 11, 111, seconds=10.0))
    assert pace.seconds_left(1) == pytest.approx(100.0 + 111 * PAGE_SECONDS)


def test_files_that_wait_take_as_long_as_those_before_and_the_one_under_way_as_its_passages_say() -> None:
    assert Pace(4, 120.0, 10.0, None).files_a_minute == 2.0
    assert Pace(4, 120.0, 10.0, None).seconds_left(3) == 80.0
    assert Pace(4, 120.0, 90.0, stage("embedding", 0, 10, 100, seconds=80.0)).seconds_left(3) == 780.0


def test_with_no_file_done_the_others_are_thought_to_take_as_long_as_the_first() -> None:
    assert Pace(0, 0.0, 20.0, stage("embedding", 0, 10, 30, seconds=10.0)).seconds_left(2) == 60.0
