"""Numbers as a workbook shows them."""

from __future__ import annotations

import pytest

from rag_app.parsing.number_formats import BUILT_IN, plain, shown


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (0.256, "0%", "26%"),
        (0.256, "0.0%", "25.6%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1234567.5, "0", "1234568"),
        (1.5, "0.0#", "1.5"),
        (1.0, "#.##", "1"),
        (0.5, "#.##", ".5"),
        (1234567.0, '#,##0,"k"', "1,235k"),
        (-5.0, "#,##0;(#,##0)", "(5)"),
        (-5.0, "0.00", "-5.00"),
        (1200.0, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_)', "$1,200.00"),
        (0.0, '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_)', "$-"),
        (99.0, "[$¥-804]#,##0", "¥99"),
        (7.0, "00000", "00007"),
        (12.0, '0" items"', "12 items"),
        (0.5, "# ?/?", "0.5"),
        (1.5, "@", "1.5"),
        (5.0, ";;;", "5"),
        (1e20, "General", "1e+20"),
    ],
)
def test_amounts_are_shown_with_their_decimals_and_signs(value: float, code: str, expected: str) -> None:
    assert shown(value, code) == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (43363.0, BUILT_IN[14], "2018-09-20"),
        (43363.75, BUILT_IN[22], "2018-09-20 18:00"),
        (43363.0, "dd.mm.yyyy", "20.09.2018"),
        (43363.0, "[$-409]d\\-mmm\\-yy;@", "20-Sep-18"),
        (43363.0, "dddd, mmmm dd, yyyy", "Thursday, September 20, 2018"),
        (43363.0, '[$-804]yyyy"年"m"月"d"日"', "2018年9月20日"),
        (43363.0, "aaaa", "星期四"),
        (0.5, "h:mm AM/PM", "12:00 PM"),
        (0.25, "hh:mm:ss", "06:00:00"),
        (1.5, "[h]:mm", "36:00"),
        (0.0001, "mm:ss.0", "00:08.6"),
        (1.0, "yyyy-mm-dd", "1900-01-01"),
        (-1.0, "yyyy-mm-dd", "-1"),
        (1e9, "yyyy-mm-dd", "1000000000"),
    ],
)
def test_dates_and_times_are_shown_as_such(value: float, code: str, expected: str) -> None:
    assert shown(value, code) == expected


def test_days_may_count_from_1904() -> None:
    assert shown(0.0, "yyyy-mm-dd", since_1904=True) == "1904-01-01"


def test_numbers_have_no_more_digits_than_a_workbook_keeps() -> None:
    assert (plain(1 / 3), plain(-2.0), plain(123456789012.5)) == ("0.333333333333333", "-2", "123456789012.5")
