"""Things told apart by a number: what is said of one answers nothing of another."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.close_reading import CloseReader
from rag_app.confidence import Known, beside, confidence
from rag_app.embedding import BagOfWordsEmbedder
from rag_app.numbered import LIKELY, asked_for, is_of_another, numbered, rightly_numbered, strays
from rag_app.reading import WordReader
from rag_app.records import Table
from tests.examples import evidence, hit
from tests.real_library import real_library
from tests.small_library import document_of

WASHER = (
    "| Code | Meaning | What to do |\n|---|---|---|\n| E1 | No water | Open the tap |\n| E5 | Pump blocked | Clean the filter |\n"
    "| E9 | Motor too hot | Wait 30 minutes |\n"
)
FLOORS = "一楼是大堂和便利店。三楼是财务部。五楼是会议室，可容纳40人。八楼是员工食堂。"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("What does error E7 mean?", {("e", 7)}),
        ("Is the KF-620 in stock?", {("kf", 620)}),
        ("How much is Room 12?", {("room", 12)}),
        ("What does clause number 3 say?", {("clause", 3)}),
        ("Programme two", {("program", 2)}),
        ("the third floor and the 19th century", {("floor", 3), ("century", 19)}),
        ("二年级的班主任是谁？", {("year", 2)}),
        ("3號樓住的是誰？", {("building", 3)}),
        ("第十二条规定了什么？", {("条", 12)}),
        ("五层和5楼", {("floor", 5)}),
        ("第一百二十条", {("条", 120)}),
        ("How much was gas in May 2026?", {("month", 5), ("year of our time", 2026)}),
        ("Sunday 21 December and January 3rd", {("weekday", 6), ("date", 1221), ("month", 12), ("date", 103), ("month", 1)}),
        ("4–13 May, 5月1日至3日", {("date", 504), ("date", 513), ("date", 501), ("date", 503), ("month", 5)}),
        ("2026年3月 and 2026-04", {("month", 3), ("month", 4), ("year of our time", 2026)}),
        ("Mondays and 星期日", {("weekday", 0), ("weekday", 6)}),
    ],
)
def test_things_with_a_number_are_known(text: str, named: set[tuple[str, int]]) -> None:
    assert numbered(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "It cost RMB100, USD 50 or x2.",
        "You may pay 3 times in three months or in 3个月.",
        "第三四条",
        "It has 3 rooms and took 2 hours.",
        "意大利第二大城市是哪座？",
        "一个人用了三天。",
        "version 2.1",
        "pages 3-5",
    ],
)
def test_amounts_years_and_ranks_name_nothing(text: str) -> None:
    assert numbered(text) == set()


@pytest.mark.parametrize(
    ("sentence", "asked", "is_another"),
    [
        ("Room 102 has two single beds.", "What beds are in room 103?", True),
        ("Room 102 has two single beds.", "What beds are in room 102?", False),
        ("Rooms 101 and 103 have baths; room 102 has none.", "Has room 103 a bath?", False),
        ("Room 204 and rooms 101 to 110 are being repaired.", "Is room 103 being repaired?", False),
        ("Breakfast is at eight.", "Is there breakfast in room 103?", False),
        ("三楼是财务部。", "二楼有什么？", True),
        ("二至三楼是财务部。", "二楼有什么？", False),
        ("February 2026,75.40,128.00", "How much was electricity in March 2026?", True),
        ("March 2026,75.40,128.00", "How much was electricity in March 2026?", False),
        ("2026年1月,210度,115元", "2026年3月电费多少？", True),
        ("Wednesday 24 December | 23:15 | Midnight Mass", "Who leads the service on 28 December?", True),
        ("24–29 December | closed", "Is it open on 28 December?", False),
        ("December | closed", "Is it open on 28 December?", False),
        ("自2026年1月1日起，车位月租320元。", "2026年3月车位月租多少？", False),
        ("Since 1 January 2025 a place costs 320 euros.", "What did a place cost in March 2026?", False),
        ("4月12日 MU5801 08:15", "4月14日几点的飞机？", True),
        ("4月12日 MU5801 08:15", "4月1日以后有飞机吗？", False),
        ("周一 前台 郝倩", "周日前台谁值班？", True),
        ("周一 交作业", "周日前要交什么？", False),
        ("9:00至16:00对3号楼、5号楼的水箱清洗。", "12号楼哪天停水？", True),
        ("Monday to Friday 9 to 17", "When is it open on Wednesday?", False),
        ("周一至周五9点开门", "周三几点开门？", False),
        ("From 1990 to 1995 he lived in Graz.", "Where did he live in 1993?", False),
        ("The 1990s were quiet.", "What happened in 1993?", False),
        ("20世纪90年代很平静，1990年代也是。", "1993年发生了什么？", False),
        ("The move is planned for September.", "What was decided in June?", False),
        ("In 2019 turnover was 4.1 million euros.", "What was the turnover in 2020?", True),
        ("Year 2: Paul Otto", "二年级的老师是谁？", False),
        ("Year 3: Paul Otto", "二年级的老师是谁？", True),
    ],
)
def test_sentence_speaks_of_another_where_it_names_one_of_the_kind_and_not_that(
    sentence: str, asked: str, is_another: bool
) -> None:
    assert bool(strays(evidence(sentence), asked_for(asked))) is is_another


def test_headings_and_title_tell_what_is_spoken_of() -> None:
    found = evidence("It has a balcony.")
    below = replace(found, stored=replace(found.stored, passage=replace(found.stored.passage, heading_path=("Room 1", "Room 2"))))
    assert [strays(below, numbered(f"room {number}")) for number in (1, 2, 3)] == [set(), set(), {"room"}]


def test_likeliest_sentence_is_of_another_where_nothing_likely_beside_it_names_what_is_asked() -> None:
    first, second = (replace(evidence(text), score=0.5) for text in ("Room 1 is red.", "Room 2 is blue."))
    blue, green = numbered("room 2"), numbered("room 3")
    assert is_of_another(first, [first, second], green) and not is_of_another(first, [first, second], blue)
    assert is_of_another(first, [first, replace(second, score=0.9 * LIKELY * first.score)], blue)
    assert not is_of_another(first, [first, second], frozenset())


def test_times_that_name_the_columns_of_a_table_are_those_that_its_rows_speak_of() -> None:
    found = evidence("Income | 54,210 | 57,880")
    passage = replace(found.stored.passage, tables=(Table(0, len(found.text), "Item | 2023 | 2024"),))
    row = replace(found, stored=replace(found.stored, passage=passage))
    assert [strays(row, numbered(f"How much was the income in {year}?")) for year in (2022, 2023)] == [
        {"year of our time"},
        set(),
    ]
    passage = replace(passage, tables=(Table(0, len(found.text), "Item | Mon | Tue"),))
    row = replace(found, stored=replace(found.stored, passage=passage))
    assert [strays(row, numbered(f"What is done on {day}?")) for day in ("Sunday", "Tuesday")] == [{"weekday"}, set()]


def test_sentences_on_another_have_no_chance_beside_others_and_keep_their_order_alone() -> None:
    found = [replace(evidence(text), score=score) for text, score in (("Room 1 is red.", 0.6), ("Room 2 is blue.", 0.3))]
    told = rightly_numbered(found, numbered("What colour is room 2?"))
    assert [(one.text, one.score) for one in told] == [("Room 2 is blue.", pytest.approx(0.9)), ("Room 1 is red.", 0.0)]
    assert rightly_numbered(found, numbered("What colour is room 3?")) == tuple(found)
    assert rightly_numbered(found, frozenset()) == tuple(found)


def test_where_only_another_is_named_the_documents_do_not_hold_the_answer() -> None:
    closely, weights = CloseReader(WordReader(), BagOfWordsEmbedder()), {"room": 1.0, "colour": 1.0}
    hits = (hit("Room 1 has the colour red. It rains.", dense=0.9),)
    asked, other = (closely.read(f"What colour has room {number}?", hits, weights) for number in (1, 3))
    assert (asked.is_of_another, other.is_of_another) == (False, True)
    assert other.sentences[0].text == "Room 1 has the colour red."
    assert confidence(hits, asked, weights, "en") > confidence(hits, other, weights, "en") == 0.0
    own = Known((hit("面包。", id=9),), None, weights)
    assert beside(Known(hits, asked, weights), own, "zh") > beside(Known(hits, other, weights), own, "zh") == 0.0


def test_what_is_not_there_is_not_answered_with_its_neighbour(tmp_path: Path) -> None:
    with closing(real_library(tmp_path)) as library:
        library.add_documents([document_of("washer.md", WASHER), document_of("楼层.txt", FLOORS)])
        asked = ("What does error E5 mean?", "八楼是什么部门？", "What does error E7 mean?", "二楼有什么？")
        pump, canteen, *unknown = (list(library.ask(question))[-1] for question in asked)
    assert "Pump blocked" in pump.text and canteen.sentences[0].text == "八楼是员工食堂。"
    assert all(one.abstained and one.evidence for one in unknown)
