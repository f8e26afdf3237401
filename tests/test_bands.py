"""Amounts that fall into bands: of several, the sentence whose band holds the amount is what answers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest

from rag_app.bands import Amount, Band, amounts_asked, bands_in, in_band
from rag_app.outside_bands import is_outside
from rag_app.records import Evidence
from tests.examples import evidence
from tests.made_files import write
from tests.real_library import real_library

DAY = 86_400
YEAR = 365 * DAY
PARCELS = "| Weight (kg) | Price |\n|---|---|\n| 0-2 | 4.99 € |\n| 2-5 | 6.99 € |\n| 5-10 | 9.49 € |\n| over 10 | 16.49 € |\n"
LEAVE = "请假的批准：一天以内由组长批准。一天以上三天以内由主管批准。三天以上十天以内由部门总监批准。超过十天的须报总经理批准。"


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("up to 2 kg", {("weight", -inf, 2000)}),
        ("Orders below €50 carry a fee of €3.", {("euros", -inf, 50)}),
        ("orders of 1,200.50 dollars or more", {("dollars", 1200.5, inf)}),
        ("from 4 to 15 years", {("time", 4 * YEAR, 15 * YEAR)}),
        ("between 16 and 25 litres", {("volume", 16_000, 25_000)}),
        ("with more than two and up to five years of service", {("time", 2 * YEAR, 5 * YEAR)}),
        ("From 90 minutes to 4 hours 3 euros, for more than 4 hours 8 euros", {("time", 5400, 14_400), ("time", 14_400, inf)}),
        ("groups of 20 or more persons", {("people", 20, inf)}),
        ("Under 4s go free, ages 65+ pay half", {("time", -inf, 4 * YEAR), ("time", 65 * YEAR, inf)}),
        ("no more than 25 desks", {("desk", -inf, 25)}),
        ("not exceeding half an hour", {("time", -inf, 1800)}),
        ("10至30分钟", {("time", 600, 1800)}),
        ("30分钟—2小时", {("time", 1800, 7200)}),
        ("三天以上十天以内", {("time", 3 * DAY, 10 * DAY)}),
        ("工龄满1年不满10年的", {("time", YEAR, 10 * YEAR)}),
        ("超過兩萬元的部分", {("yuan", 20_000, inf)}),
        ("超过5千万元的, up to 2 billion dollars", {("yuan", 5e7, inf), ("dollars", -inf, 2e9)}),
        ("1.2米以下的儿童，不足48小时的", {("length", -inf, 1200), ("time", -inf, 48 * 3600)}),
        ("opened on 2026-01-05 from 8:00 to 18:00", set()),
        ("from 1 July to 31 August, 2/3 of them, 3月5日至4月", set()),
        ("三年级至五年级", set()),
        (f"不超过{'零' * 9000}天，up to {'9' * 9000} kg", {("weight", -inf, inf)}),
    ],
)
def test_bands_of_amounts_are_known(text: str, bands: set[tuple[str, float, float]]) -> None:
    assert {(band.measure, round(band.low, 6), round(band.high, 6)) for band in bands_in(text) if band.measure} == bands


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("What does a parcel of 3.5 kg cost?", {(3500, "weight")}),
        ("How much does my 10-year-old pay?", {(10 * YEAR, "time")}),
        ("Is there a discount for a group of twelve?", {(12, "people")}),
        ("What is an e-bike for a week?", {(7 * DAY, "time")}),
        ("What does a city bike for half a day cost?", {(DAY / 2, "time")}),
        ("迟到二十分钟会怎么样？", {(1200, "time")}),
        ("报销1.5万元找谁签字？", {(15_000, "yuan")}),
        ("Which tariffs cost less than 20 euros?", set()),
        ("三天以上的假谁批？", set()),
        ("Who won on 2026-01-05?", set()),
    ],
)
def test_amounts_of_a_question_are_those_that_bound_nothing(question: str, amounts: set[tuple[float, str]]) -> None:
    assert {(one.value, one.measure) for one in amounts_asked(question)} == amounts


def test_band_holds_its_bounds_where_they_are_said_to_be_within() -> None:
    (below,), (until,) = bands_in("less than 2 hours"), bands_in("up to 2 hours")
    assert [band.holds(Amount(7200, "time")) for band in (below, until)] == [False, True]
    assert below.holds(Amount(7199, "time")) and not below.compares(Amount(7199, "weight"))
    # A child of two is in no band of minutes.
    (week, year), (minutes,) = (amounts_asked("a week, 2 years")), bands_in("up to 90 minutes")
    assert below.compares(week) and not minutes.compares(year)
    assert bands_in("0-2", "kg") == bands_in("0-2 kg") and bands_in("65 or older")[0].measure == ""


def likely(*sentences: tuple[str, float]) -> list[Evidence]:
    """Sentences with their chances."""
    return [replace(evidence(text, start=at), score=score) for at, (text, score) in enumerate(sentences)]


def test_sentence_whose_band_holds_the_amount_has_the_chances_of_all_that_tell_bands() -> None:
    found = likely(
        ("Over 10 kg: 9 euros.", 0.4), ("It rains.", 0.3), ("Up to 2 kg: 3 euros.", 0.2), ("2 to 10 kg: 5 euros.", 0.1)
    )
    told = in_band(found, "What does a parcel of 3 kg cost?")
    expected = [("2 to 10 kg: 5 euros.", pytest.approx(0.7)), ("It rains.", 0.3)]
    assert [(one.text, one.score) for one in told][:2] == expected and {one.score for one in told[2:]} == {0.0}
    same = (
        "What does it cost?",
        "Which parcels are below 3 kg?",
        "What does it cost after 3 hours?",
        "What does sending 10 g to 3 people cost?",
    )
    assert in_band(found, same[0]) == in_band(found, same[1]) == in_band(found, same[2]) == tuple(found)


def test_of_bands_that_hold_the_amount_the_narrowest_counts() -> None:
    found = likely(
        ("Less than 30 days before: half.", 0.6), ("Less than 7 days before: nothing.", 0.0), ("More than 30 days: all.", 0.4)
    )
    assert [one.score for one in in_band(found, "What do I get back 3 days before?")] == [1.0, 0.0, 0.0]
    assert in_band(found, "What do I get back 3 days before?")[0].text == "Less than 7 days before: nothing."
    assert in_band(found, "What do I get back 20 days before?")[0].text == "Less than 30 days before: half."
    only = likely(("Less than 30 days before: half.", 0.6), ("It rains.", 0.3))
    assert in_band(only, "What do I get back 60 days before?") == tuple(only)


def test_what_falls_into_a_band_is_answered_with_it(tmp_path: Path) -> None:
    with closing(real_library(tmp_path / "storage")) as library:
        library.add([write(tmp_path, "parcels.md", PARCELS), write(tmp_path, "请假.txt", LEAVE)])
        for _ in library.work():
            pass
        asked = ("What does a parcel of 7 kg cost?", "How much is a parcel of 12 kg?", "请假五天由谁批准？", "请假两天由谁批准？")
        told = [list(library.ask(question))[-1].evidence[0].text for question in asked]
    assert ["9.49" in told[0], "16.49" in told[1], "部门总监" in told[2], "主管" in told[3]] == [True] * 4, told


def test_bands_without_a_measure_are_of_any() -> None:
    assert Band("", 0, 10).compares(Amount(5, "weight")) and Band("", 0, 10).holds(Amount(5, "weight"))


DISCOUNTS = likely(
    ("Up to 5 kg 3 euros, 5 to 20 kg 9 euros.", 0.7), ("Lost parcels are paid.", 0.2), ("Crates of 40 kg are sent.", 0.04)
)


@pytest.mark.parametrize(
    ("question", "is_beyond"),
    [
        ("What does a parcel of 30 kg cost?", True),
        ("What does a parcel of 40 kg cost?", True),
        ("What does a parcel of 12 kg cost?", False),
        ("What does a parcel cost after 30 days?", False),
        ("What does a parcel cost?", False),
    ],
)
def test_amount_past_all_bands_is_told_by_none_of_them(question: str, is_beyond: bool) -> None:
    assert is_outside(DISCOUNTS[0], DISCOUNTS, question) is is_beyond
    assert not is_outside(DISCOUNTS[1], DISCOUNTS, question)


def test_amount_past_all_bands_that_a_likely_sentence_says_is_told() -> None:
    found = [*DISCOUNTS[:2], replace(DISCOUNTS[2], score=0.1)]
    assert not is_outside(found[0], found, "What does a parcel of 40 kg cost?")
    assert is_outside(found[0], found, "What does a parcel of 41 kg cost?")


def test_limits_tell_of_an_amount_that_it_is_not_allowed() -> None:
    bags = likely(("Cabin bags up to 8 kg.", 0.5), ("Suitcases up to 23 kg.", 0.4))
    ages = likely(("Basic: from 18 to 65 years.", 0.5), ("Plus: from 18 to 60 years.", 0.4))
    assert not is_outside(bags[1], bags, "Can my suitcase weigh 25 kg?") and not is_outside(
        ages[0], ages, "Can I join at 70 years?"
    )
    prices = likely(("From 6 to 15 years: 3 euros.", 0.5), ("From 16 to 64 years: 6 euros.", 0.4))
    assert is_outside(prices[0], prices, "What does a child of 4 years pay?")


def test_amount_past_all_bands_of_a_table_is_refused(tmp_path: Path) -> None:
    with closing(real_library(tmp_path / "storage")) as library:
        library.add([write(tmp_path, "parcels.md", PARCELS.replace("| over 10 | 16.49 € |\n", ""))])
        for _ in library.work():
            pass
        answers = [list(library.ask(f"What does a parcel of {weight} kg cost?"))[-1] for weight in (7, 12)]
    assert [one.abstained for one in answers] == [False, True]
