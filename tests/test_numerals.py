"""Chinese numerals."""

from __future__ import annotations

import pytest

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
