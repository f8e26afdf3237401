"""Chinese numerals."""

from __future__ import annotations

import time

import pytest

from rag_app.citing.numbers import with_digits
from rag_app.text.numerals import MOST_IN_CHINESE, has_places, in_chinese, value_of


def test_numbers_in_chinese_digits() -> None:
    assert [in_chinese(number) for number in (10, 14, 20, 101, 110)] == ["十", "十四", "二十", "一百零一", "一百一十"]
    assert all(value_of(in_chinese(number)) == number for number in range(1, MOST_IN_CHINESE + 1))


@pytest.mark.parametrize(
    ("numeral", "value"), [("二〇二四", 2024), ("两万三千", 23_000), ("三万", 30_000), ("105", 105), ("百", 100)]
)
def test_what_a_numeral_says(numeral: str, value: int) -> None:
    assert value_of(numeral) == value


def test_numeral_has_places_or_is_said_digit_by_digit() -> None:
    assert has_places("二十四") and not has_places("二四")


def test_rows_of_numerals_without_an_end_take_no_time_and_end_no_program() -> None:
    started = time.process_time()
    for row in ("一", "百一", "〇"):
        assert with_digits(f"{row * 10_000}人").startswith(row * 9_000)
    assert time.process_time() - started < 2
