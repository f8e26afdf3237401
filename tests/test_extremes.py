"""Questions for the one that has most or least, or for all within bounds: what is asked of each, and which rows those are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from rag_app.citing import Quantity, quantity_of
from rag_app.evidence import sentences_of
from rag_app.extremes import with_most
from rag_app.querying import extreme_of, make_query
from rag_app.reading import WordReader
from rag_app.records import Answer, CloseReading, Evidence, Hit, Passage, Reading, StoredPassage, Table, Turn
from rag_app.text.context import context_of
from rag_app.text.lists import item_spans
from tests.test_answering import answering, last


@pytest.mark.parametrize(
    ("question", "asked", "largest"),
    [
        ("Which hotel is the cheapest?", "How much does the hotel cost?", False),
        ("How much does the cheapest hotel cost?", "How much does the hotel cost?", False),
        ("How much is the least expensive room in Lisbon?", "How much does the room in Lisbon cost?", False),
        ("How long does the longest course take?", "How long is the course?", True),
        ("What is the most expensive hotel in Lisbon?", "How much does the hotel in Lisbon cost?", True),
        ("Which hotel is closest to the centre?", "How far is the hotel from the centre?", False),
        ("Which month had the lowest cost?", "How high is the cost of the month?", False),
        ("When was the gas use the highest?", "How high is the gas use?", True),
        ("In which month was the gas use highest?", "How high is the gas use?", True),
        ("Which plan has the most data?", "What is the data of the plan?", True),
        ("Who earns the most?", "How much does each person earn?", True),
        ("Who in Bremen earns the least?", "How much does each person in Bremen earn?", False),
        ("Who has the highest salary?", "How high is the salary of each person?", True),
        ("And who joined last?", "When has each person joined?", True),
        ("Who is the oldest?", "How old is each person?", True),
        ("the lightest pump", "How heavy is the pump?", False),
        ("Who earns the most per hour?", "How much does each person earn per hour?", True),
        ("Which article is the most expensive in the contract?", "How much does the article cost in the contract?", True),
        ("Which item cost the most in 2025?", "How much does the item cost in 2025?", True),
        ("In which month did we have the most guests?", "What is the guests of the month?", True),
        ("哪个套餐最便宜？", "套餐多少钱？", False),
        ("最便宜的套餐多少钱？", "套餐多少钱？", False),
        ("最贵的套餐是哪个？", "套餐多少钱？", True),
        ("哪个套餐流量最多？", "套餐流量是多少？", True),
        ("谁的工资最高？", "工资是多少？", True),
        ("谁入职最早？", "入职是什么时候？", False),
        ("收入最高的是哪一年？", "收入是多少？", True),
        ("最大一笔支出是什么？", "支出有多大？", True),
        ("哪节课最长？", "课有多长？", True),
    ],
)
def test_what_is_asked_of_each(question: str, asked: str, largest: bool) -> None:
    extreme = extreme_of(question)
    assert extreme is not None
    assert (extreme.asked, extreme.largest) == (asked, largest)


@pytest.mark.parametrize(
    "question",
    [
        "Which hotel is the second cheapest?",
        "What are the two cheapest hotels?",
        "Is the hotel the cheapest?",
        "Why is it the cheapest hotel?",
        "Which hotel has at most ten rooms?",
        "Which hotel is cheaper, the Alegria or the Mirador?",
        "How much does the hotel cost?",
        "When was the last payment made?",
        "Who has worked here the longest?",
        "哪个套餐第二便宜？",
        "哪个套餐最不便宜？",
        "最重要的条款是哪个？",
        "押金最多可以退多少？",
        "最近的会议是什么时候？",
    ],
)
def test_other_questions_ask_for_no_such_one(question: str) -> None:
    assert extreme_of(question) is None


@pytest.mark.parametrize(
    ("question", "asked", "bounds"),
    [
        ("Which hotels cost less than 120 euros?", "How much do the hotels cost?", "< 120 euros"),
        ("What hotels can I get for under $100?", "How much do the hotels cost?", "< $100"),
        ("hotels with a price of at most 90", "What is the price of the hotels?", "<= 90"),
        ("Who earns more than 5,000?", "How much does each person earn?", "> 5,000"),
        ("Which suppliers charge no more than 50 euros?", "How much do the suppliers charge?", "<= 50 euros"),
        ("Are there any rooms for at least 10 people?", "How many people are the rooms for?", ">= 10 people"),
        ("Which contracts end before March 2025?", "When do the contracts end?", "< March 2025"),
        ("Which contracts end before 2025-03-15?", "When do the contracts end?", "< 2025-03-15"),
        ("Which contracts end after 15 March 2025?", "When do the contracts end?", "> 15 March 2025"),
        ("Which contracts end before March 15th, 2025?", "When do the contracts end?", "< March 15th, 2025"),
        ("Which contracts end between 1 May and 3 June 2025?", "When do the contracts end?", ">= 1 May <= 3 June 2025"),
        ("Which contracts end before 2020/12/31?", "When do the contracts end?", "< 2020/12/31"),
        ("Which contracts end after 31.12.2020?", "When do the contracts end?", "> 31.12.2020"),
        ("Which cities are below -5 °C?", "How many C are the cities?", "< -5 °C"),
        ("Who joined before 2020?", "When has each person joined?", "< 2020"),
        ("In which months was the use below 300 kWh?", "What is the use of the months?", "< 300 kWh"),
        ("Which flats are between 40 and 60 m²?", "How many m² are the flats?", ">= 40 <= 60 m²"),
        ("Which members were born before 1960?", "When were the members born?", "< 1960"),
        ("freight under 70 euros per cbm", "How much does the freight cost per cbm?", "< 70 euros"),
        ("What was the rent before 2022?", None, ""),
        ("哪些套餐低于100元？", "套餐多少钱？", "< 100元"),
        ("价格在100元以内的套餐有哪些？", "套餐的价格多少钱？", "<= 100元"),
        ("谁的工资超过5000？", "工资是多少？", "> 5000"),
        ("哪些公司收入超过5千万元？", "公司收入多少钱？", "> 5千万元"),
        ("哪些公司收入超过3亿5千万元？", "公司收入多少钱？", "> 3亿5千万元"),
        ("哪些合同在2020.3.5之前到期？", "合同到期是什么时候？", "< 2020.3.5"),
        ("哪些合同在2020/3/5以前到期？", "合同到期是什么时候？", "< 2020/3/5"),
        ("哪些城市气温低于零下5度？", "城市气温是多少度？", "< 零下5度"),
        ("重量不到5公斤的相机", "相机的重量是多少公斤？", "< 5公斤"),
        ("2025年以前到期的合同有哪些？", "合同是什么时候到期的？", "< 2025年"),
        ("5月1日以后的活动有哪些？", "活动是什么时候？", "> 5月1日"),
        ("哪些合同早于3月15日到期？", "合同到期是什么时候？", "< 3月15日"),
        ("哪些合同在2024年3月到2025年5月之间到期？", "合同到期是什么时候？", ">= 2024年3月 <= 2025年5月"),
        ("80到120元之间的酒店有哪些？", "酒店多少钱？", ">= 80 <= 120元"),
        ("Is the deposit over 500 euros?", None, ""),
        ("Stem cell purification reaches rates above 90%.", None, ""),
        ("What is the tax rate for income over 60,000?", None, ""),
        ("I earn over 5000 euros, what do I pay?", None, ""),
        ("Which rule applies if it takes more than 30 days?", None, ""),
        ("What happened after 1945?", None, ""),
        ("Which party is over before ten?", None, ""),
        ("逾期超过30天怎么办？", None, ""),
        ("押金是否超过500元？", None, ""),
        ("收入超过6万元的税率是多少？", None, ""),
    ],
)
def test_what_is_asked_of_each_within_bounds(question: str, asked: str | None, bounds: str) -> None:
    extreme = extreme_of(question)
    assert (extreme and extreme.asked) == asked
    said = (
        f"{'>' if one.above else '<'}{'=' if one.included else ''} {one.number}" for one in (extreme.bounds if extreme else ())
    )
    assert " ".join(said) == bounds


@pytest.mark.parametrize(
    ("earlier", "question", "understood"),
    [
        ("Which hotel is the cheapest?", "And the most expensive?", "Which hotel is the most expensive?"),
        ("Which hotel is the cheapest?", "Which one is the most expensive?", "Which hotel is the most expensive?"),
        ("Which hotel is the cheapest?", "And the closest to the beach?", "Which hotel is the closest to the beach?"),
        ("What is the cheapest hotel?", "What about the most expensive one?", "What is the most expensive hotel?"),
        ("Which hotel is the most expensive?", "And the least expensive?", "Which hotel is the least expensive?"),
        ("Who earns the most?", "And the least?", "Who earns the least?"),
        ("哪个套餐最便宜？", "那最贵的呢？", "哪个套餐最贵？"),
        ("哪个套餐最便宜？", "哪个流量最多？", "哪个套餐流量最多？"),
        ("哪个套餐流量最多？", "那最便宜的呢？", "哪个套餐最便宜？"),
        ("哪个员工的工资最高？", "谁入职最早？", "谁入职最早？"),
        ("最便宜的酒店是哪家？", "最贵的呢？", "最贵的酒店是哪家？"),
        ("谁的工资最高？", "最低的呢？", "谁的工资最低？"),
        ("Which hotels cost less than 120 euros?", "And over 150 euros?", "Which hotels cost over 150 euros?"),
        ("Which hotels cost less than 120 euros?", "What about between 80 and 90?", "Which hotels cost between 80 and 90?"),
        ("Which hotel is the cheapest?", "Which ones are under 100 euros?", "Which hotel is under 100 euros?"),
        ("哪些套餐低于100元？", "那50元以下的呢？", "哪些套餐50元以下？"),
        ("100元以下的套餐有哪些？", "超过100元的呢？", "超过100元的套餐有哪些？"),
        ("哪个套餐最便宜？", "有没有低于50元的？", "哪个套餐低于50元？"),
        ("Which hotel is the cheapest?", "What is the highest mountain?", "What is the highest mountain?"),
        ("哪个套餐流量最多？", "哪个酒店最便宜？", "哪个酒店最便宜？"),
        ("哪个套餐最便宜？", "哪个酒店最便宜？", "哪个酒店最便宜？"),
    ],
)
def test_another_superlative_asks_the_earlier_question_with_it(earlier: str, question: str, understood: str) -> None:
    turn = Turn(1, 1, Answer(earlier, make_query(earlier)))
    assert make_query(question, before=[turn]).searched == make_query(understood).searched


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("142 euros a night", 142, "euro"),
        ("€142", 142, "euro"),
        ("142 €", 142, "euro"),
        ("1.142,00 €", 1142, "euro"),
        ("71,000", 71000, ""),
        ("1 200 kr", 1200, "kr"),
        ("1’000’000 CHF", 1_000_000, "chf"),
        ("12,50", Decimal("12.5"), ""),
        ("1 200,5 kg", Decimal("1200.5"), "kg"),
        ("1,234,567", 1_234_567, ""),
        ("2019 100", 2019, ""),
        ("1 h 30 min", Decimal("1.5"), "h"),
        ("1小时30分钟", Decimal("1.5"), "小"),
        ("2 years and 6 months", Decimal("2.5"), "year"),
        ("2 hours 3 people", 2, "hour"),
        ("59元", 59, "元"),
        ("1.5 million", 1500000, ""),
        ("3千人", 3000, "人"),
        ("5千万元", 50_000_000, "元"),
        ("3亿5千万元", 350_000_000, "元"),
        ("1万2000元", 12_000, "元"),
        ("1亿2345万6789元", 123_456_789, "元"),
        ("3万5", 30_000, ""),
        ("€3.5bn", 3_500_000_000, "euro"),
        ("$900m", 900_000_000, "dollar"),
        ("2m euros", 2_000_000, "euro"),
        ("5k", 5000, ""),
        ("5 m", 5, "m"),
        ("(1,234)", -1234, ""),
        ("$(500)", -500, "dollar"),
        ("(3.2%)", Decimal("-3.2"), "%"),
        ("(2020)", 2020, ""),
        ("minus 5 °C", -5, "°"),
        ("零下5度", -5, "度"),
        ("EUR 1.234,50", Decimal("1234.5"), ""),
        ("12,34,567", 1_234_567, ""),
        ("百分之三十", 30, "%"),
        ("free", 0, ""),
        ("免费", 0, ""),
        ("7:05", 425, "time "),
        ("2019-04-01", 20190401, "date ? ? ?"),
        ("2020.3.5", 20200305, "date ? ? ?"),
        ("2020/12/31", 20201231, "date ? ? ?"),
        ("31.12.2020", 20201231, "date ? ? ?"),
    ],
)
def test_quantities(text: str, value: Decimal | int, unit: str) -> None:
    assert quantity_of(text) == Quantity(Decimal(value), unit)


@pytest.mark.parametrize("text", ["", "无", "138/86 mmHg", "2:00 pm", "third floor", "3/4/2021", "½", "1½"])
def test_what_cannot_be_compared_is_no_quantity(text: str) -> None:
    assert quantity_of(text) is None


def test_the_items_of_a_list() -> None:
    text = "I called two hotels.\n- Mirador: 142 euros,\nwith breakfast\n- Alegria: 88 euros\nWe leave on 12 May.\n2. alone"
    told = [text[start:end] for start, end in item_spans(text)]
    assert told == ["Mirador: 142 euros,\nwith breakfast", "Alegria: 88 euros", "2. alone"]


TEAM = "Name | Office | Start | Salary (EUR)"
ROWS = (
    "Maria Lopez | Bremen | 2019-04-01 | 71,000",
    "Jonas Weber | Hamburg | 2021-09-15 | 63,500",
    "Aiko Tanaka | Bremen | 2023-01-09 | 52,300",
    "Peter Novak | Kiel | 2016-11-01 | on leave",
)
HOTELS = ("Mirador: 142 euros, 3 rooms", "Alegria: 88 euros, 12 rooms", "Atlantic: 210 euros, 90 rooms")


def table_of(rows: Sequence[str], *, first: int = 0) -> StoredPassage:
    """A passage of a table's rows, `first` of which stand before it."""
    before = len("\n".join((*rows[:first], ""))) if first else 0
    text = "\n".join(rows[first:])
    table = Table(before, before + len(text), TEAM)
    passage = Passage("team", 1, before, before + len(text), ("Team", TEAM), text, tables=(table,))
    return StoredPassage(first, "team.md", "Team", passage)


def list_of(items: Sequence[str]) -> StoredPassage:
    text = "\n".join(("Hotels:", *(f"- {item}" for item in items)))
    return StoredPassage(0, "hotels.md", "Lisbon", Passage("hotels", 1, 0, len(text), ("Lisbon",), text))


def told(question: str, stored: StoredPassage, answers: Sequence[str], *others: StoredPassage) -> list[tuple[str, str]]:
    """The rows or items that have most or least, and the words that say so, where a reader finds the `answers`."""
    extreme = extreme_of(question)
    assert extreme is not None
    context = context_of(stored)
    words = list(re.finditer(r"\w+|[^\w\s]", context))
    places = [(context.index(answer), context.index(answer) + len(answer)) for answer in answers]
    begins = np.array([any(word.start() == start for start, _ in places) for word in words], np.float32)
    ends = np.array([any(word.end() == end for _, end in places) for word in words], np.float32)
    reading = Reading(tuple(word.span() for word in words), begins, ends, 0.0)
    sentences = tuple(replace(one, score=0.5) for one in sentences_of(Hit(stored, 1.0, ())))
    close = CloseReading((reading,), sentences, (), {})
    found = with_most(extreme, [Hit(stored, 1.0, ())], close, lambda document: [stored, *others]).evidence
    return [(one.text, one.text[one.span_at :][: len(one.span)]) for one in found]


def test_the_row_with_most_of_the_column_that_the_question_names() -> None:
    assert told("Who has the highest salary?", table_of(ROWS[:3]), ()) == [(ROWS[0], "71,000")]
    assert told("Whose salary is the lowest?", table_of(ROWS[:3]), ()) == [(ROWS[2], "52,300")]


def test_else_of_the_column_where_the_reader_finds_answers() -> None:
    assert told("Who earns the least?", table_of(ROWS[:3]), ("71,000", "63,500")) == [(ROWS[2], "52,300")]
    assert told("Who joined last?", table_of(ROWS), ("2019-04-01", "2021-09-15")) == [(ROWS[2], "2023-01-09")]


def test_columns_about_as_clear_tell_the_row_where_they_have_it_in_common() -> None:
    header, rows = "Item | Each | Sum", ("Tap | 90 | 90", "Tiles | 30 | 600", "Oven | 800 | 800")
    text = "\n".join(rows)
    passage = Passage("team", 1, 0, len(text), ("Plan", header), text, tables=(Table(0, len(text), header),))
    stored = StoredPassage(0, "plan.xlsx", "Plan", passage)
    assert told("What is the most expensive item in the plan?", stored, ()) == [(rows[2], "800")]
    assert told("What is the cheapest item in the plan?", stored, ()) == []


def test_the_line_above_a_table_is_of_that_table() -> None:
    header, rows = "Item | Sum", ("Tap | 90", "Tiles | 600")
    for line, first in (("Budget of the kitchen (euros)", [rows[1]]), ("The kitchen costs 700 euros.", [])):
        text = "\n".join((line, header, *rows))
        table = Table(text.index(rows[0]), len(text), header)
        stored = StoredPassage(0, "plan.xlsx", "", Passage("plan", 1, 0, len(text), (), text, tables=(table,)))
        nothing = Reading(((0, 1),), np.zeros(1, np.float32), np.zeros(1, np.float32), 0.0)
        sentences = [one for one in sentences_of(Hit(stored, 1.0, ())) if one.text == line]
        close = CloseReading((nothing,), tuple(replace(one, score=0.9) for one in sentences), (), {})
        extreme = extreme_of("What is the most expensive item?")
        assert extreme is not None
        found = with_most(extreme, [Hit(stored, 1.0, ())], close, lambda document: [stored]).evidence  # noqa: B023
        assert [one.text for one in found] == first


def test_dates_that_begin_with_the_name_of_a_month_are_compared() -> None:
    dates = ("April 1, 2019", "September 15, 2021", "Sept. 9, 2023")
    rows = [row.replace(row.split(" | ")[2], date) for row, date in zip(ROWS, dates, strict=False)]
    team = table_of(rows)
    assert told("Who has the latest start?", team, ()) == [(rows[2], dates[2])]
    assert told("Who has a start before 2022?", team, ()) == [(rows[0], dates[0]), (rows[1], dates[1])]


def test_rows_of_the_table_that_were_not_read_are_compared_too() -> None:
    read, rest = table_of(ROWS[:2]), table_of(ROWS, first=2)
    assert told("Who joined first?", read, ("2019-04-01",), rest) == [(ROWS[3], "2016-11-01")]


def test_a_cell_that_the_question_names_leaves_the_rows_that_hold_it() -> None:
    assert told("Who in Bremen has the lowest salary?", table_of(ROWS[:3]), ()) == [(ROWS[2], "52,300")]


def test_a_part_of_the_cells_of_one_column_leaves_the_rows_that_hold_it() -> None:
    rows = [row.replace("Bremen", place) for row, place in zip(ROWS[:3], ("Bremen north", "", "Bremen south"), strict=True)]
    assert told("Who in Bremen has the lowest salary?", table_of(rows), ()) == [(rows[2], "52,300")]
    elsewhere = [rows[0], rows[1].replace("Jonas Weber", "Bremen Weber"), rows[2].replace("Bremen south", "Kiel")]
    assert told("Who in Bremen has the lowest salary?", table_of(elsewhere), ()) == []


@pytest.mark.parametrize(
    "question",
    [
        "Which Jonas has the highest salary?",  # tells one row apart by a part of a cell
        "Who in Munich has the highest salary?",  # no row is about Munich
        "Who had the highest salary in 2012?",
    ],
)
def test_nothing_where_the_question_says_what_no_column_tells(question: str) -> None:
    assert told(question, table_of(ROWS[:3]), ()) == []


def test_nothing_where_too_few_rows_have_a_number_or_units_differ() -> None:
    assert told("Who has the highest salary?", table_of([ROWS[0], ROWS[3]]), ()) == []
    mixed = [ROWS[0].replace("71,000", "71,000 EUR"), ROWS[1].replace("63,500", "63,500 USD"), ROWS[2]]
    assert told("Who has the highest salary?", table_of(mixed), ()) == []


@pytest.mark.parametrize("first", ["Total", "Sum of all", "Average", "Net total (EUR)", "合计", "直接费合计", "工程总造价（元）"])
def test_a_row_of_sums_or_means_is_none_of_them(first: str) -> None:
    rows = [*ROWS[:3], f"{first} | all | 2024-01-01 | 186,800"]
    assert told("Who has the highest salary?", table_of(rows), ()) == [(ROWS[0], "71,000")]


def test_those_that_have_as_much_are_told_together() -> None:
    alike = [ROWS[0], ROWS[1].replace("63,500", "71,000"), ROWS[2]]
    assert [row for row, _ in told("Who has the highest salary?", table_of(alike), ())] == alike[:2]


def test_whether_all_that_is_said_stands_above_the_table() -> None:
    stored = table_of(ROWS[:3])
    sentences = tuple(replace(one, score=0.5) for one in sentences_of(Hit(stored, 1.0, ())))
    close = CloseReading((Reading(((0, 1),), np.zeros(1, np.float32), np.zeros(1, np.float32), 0.0),), sentences, (), {})
    for question, is_named in (("Which name has the highest salary?", True), ("Which surveyor has the highest salary?", False)):
        extreme = extreme_of(question)
        assert extreme is not None
        assert with_most(extreme, [Hit(stored, 1.0, ())], close, lambda document: [stored]).is_named is is_named


def test_the_item_of_a_list_by_what_the_reader_finds_in_each() -> None:
    hotels, prices = list_of(HOTELS), ("142 euros", "88 euros", "210 euros")
    assert told("Which hotel is the cheapest?", hotels, prices) == [(HOTELS[1], "88 euros")]
    assert told("Which hotel has the most rooms?", hotels, ("3 rooms", "12 rooms", "90 rooms")) == [(HOTELS[2], "90 rooms")]
    assert told("Which hotel has the most beds?", hotels, ("142 euros", "12 rooms", "90 rooms")) == []


@pytest.mark.parametrize("free", ["free", "Free of charge", "免费"])
def test_what_costs_nothing_is_the_cheapest(free: str) -> None:
    rows = [*ROWS[:2], ROWS[2].replace("52,300", free)]
    assert told("Whose salary is the lowest?", table_of(rows), ()) == [(rows[2], free)]
    assert told("Who has the highest salary?", table_of(rows), ()) == [(ROWS[0], "71,000")]


def test_hours_and_minutes_are_compared_together() -> None:
    times = ("1 h 30 min", "1 h 15 min", "2 h")
    team = table_of([row.replace(row.split(" | ")[2], time) for row, time in zip(ROWS[:3], times, strict=True)])
    assert [span for _, span in told("Whose start is the shortest?", team, ())] == ["1 h 15 min"]


def test_thousands_that_stand_apart_are_one_number() -> None:
    hotels, prices = list_of(("Mirador: 1 200 kr", "Alegria: 900 kr", "Atlantic: 11 400 kr")), ("1 200 kr", "900 kr", "11 400 kr")
    assert told("Which hotel is the cheapest?", hotels, prices) == [("Alegria: 900 kr", "900 kr")]
    assert told("Which hotel is the most expensive?", hotels, prices) == [("Atlantic: 11 400 kr", "11 400 kr")]


def test_what_is_paid_is_told_by_the_only_column_of_money() -> None:
    assert told("Who earns the most?", table_of(ROWS[:3]), ("2019-04-01", "2021-09-15")) == [(ROWS[0], "71,000")]
    assert told("Which hotel is the cheapest?", list_of(HOTELS), ("3 rooms", "12 rooms")) == [(HOTELS[1], "88 euros")]


def test_the_table_that_answers_the_question_itself_is_compared_where_none_is_likely_to_say_what_each_has() -> None:
    stored, extreme = table_of(ROWS[:3]), extreme_of("Who earns the most?")
    assert extreme is not None
    alone = StoredPassage(9, "contract.md", "Contract", Passage("contract", 1, 0, 19, (), "The wage is 50,000."))
    nothing = Reading(((0, 1),), np.zeros(1, np.float32), np.zeros(1, np.float32), 0.0)
    hits = [Hit(stored, 1.0, ()), Hit(alone, 1.0, ())]
    (wage,) = (replace(one, score=0.9) for one in sentences_of(hits[1]))
    rows = [replace(one, score=0.1) for one in sentences_of(hits[0])]
    close = CloseReading((nothing, nothing), (wage, *rows), (), {})
    for own, first in (((*rows, wage), []), ((replace(rows[0], score=0.9), wage), [ROWS[0]])):
        found = with_most(extreme, hits, close, lambda document: [stored], own).evidence
        assert [one.text for one in found] == first


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Who has a salary below 64,000?", (1, 2)),
        ("Who has a salary of at least 63,500?", (0, 1)),
        ("Who has a salary over 63,500?", (0,)),
        ("Who in Bremen has a salary under 80,000?", (0, 2)),
        ("Who has a start after 2019?", (1, 2)),
        ("Who has a start after March 2019?", (0, 1, 2)),
        ("Who has a start after April 2019?", (1, 2)),
        ("Who has a start after 2021-09-14?", (1, 2)),
        ("Who has a start before 15 September 2021?", (0,)),
        ("Who has a start before May 1?", (0, 2)),
        ("Who has a start after April 1?", (1,)),
        ("Who earns more than 60,000 euros?", (0, 1)),
        ("Who has a salary over 60,000 dollars?", ()),
        ("工资超过6万的人有哪些？", (0, 1)),
    ],
)
def test_all_rows_within_the_bounds(question: str, places: Sequence[int]) -> None:
    assert [row for row, _ in told(question, table_of(ROWS[:3]), ())] == [ROWS[place] for place in places]


def test_days_of_no_year_are_within_the_bounds_to_the_day() -> None:
    team = table_of([row.replace("2019-04-01", "May 3").replace("2021-09-15", "April 28") for row in ROWS[:2]])
    for question, day in (("Who has a start after May 1?", "May 3"), ("Who has a start not later than May 2?", "April 28")):
        assert [span for _, span in told(question, team, ())] == [day]


def test_where_no_row_is_within_the_bounds_the_nearest_is_told() -> None:
    assert told("Who has a salary below 50,000?", table_of(ROWS[:3]), ()) == [(ROWS[2], "52,300")]


def test_amounts_in_another_unit_than_the_bound_are_not_compared() -> None:
    hotels, prices = list_of(HOTELS), ("142 euros", "88 euros", "210 euros")
    assert told("Which hotels cost less than 150 euros?", hotels, prices) == [(HOTELS[0], "142 euros"), (HOTELS[1], "88 euros")]
    assert told("Which hotels cost less than 150 dollars?", hotels, prices) == []
    assert told("Which hotels have more than 10 rooms?", hotels, ()) == [(HOTELS[1], "12 rooms"), (HOTELS[2], "90 rooms")]


def test_too_many_rows_within_the_bounds_are_not_told() -> None:
    rows = [f"Name {number} | Bremen | 2019-04-01 | {number}00" for number in range(1, 12)]
    assert len(told("Who has a salary below 900?", table_of(rows), ())) == 8
    assert told("Who has a salary below 1,000?", table_of(rows), ()) == []


OFFERS = {"Adler": "The price is 18,400 euros.", "Becker": "In total 17,250 euros.", "Conrad": "Price: 21,900 euros."}


def said_by(chances: Mapping[str, float], question: str = "Which offer is the cheapest?") -> list[str]:
    """The documents of the sentences told, where a sentence of each has a number and a chance."""
    extreme = extreme_of(question)
    assert extreme is not None
    sentences = []
    for name, chance in chances.items():
        text = OFFERS[name]
        stored = StoredPassage(0, name, name, Passage(name, 1, 0, len(text), (), text))
        at = next(place for place, sign in enumerate(text) if sign.isdigit())
        sentences.append(Evidence(stored, 0, len(text), text, chance, text[at : at + 9], at))
    found = with_most(extreme, [], CloseReading((), tuple(sentences), (), {}), lambda document: []).evidence
    return [one.stored.document_name for one in found]


def test_what_documents_say_is_compared_and_told_of_each() -> None:
    assert said_by({"Adler": 0.6, "Becker": 0.2, "Conrad": 0.1}) == ["Becker", "Adler", "Conrad"]
    assert said_by({"Adler": 0.6, "Becker": 0.2, "Conrad": 0.1}, "Which offer is the most expensive?") == [
        "Conrad",
        "Adler",
        "Becker",
    ]


def test_documents_within_a_bound_are_told_the_likeliest_first() -> None:
    assert said_by({"Adler": 0.6, "Conrad": 0.2, "Becker": 0.1}, "Which offers cost less than 20,000 euros?") == [
        "Adler",
        "Becker",
    ]


def test_a_document_that_is_far_less_likely_is_not_compared() -> None:
    assert said_by({"Adler": 0.6, "Conrad": 0.3, "Becker": 0.01}) == ["Adler", "Conrad"]
    assert said_by({"Adler": 0.9, "Becker": 0.01}) == []


def test_documents_that_may_not_answer_at_all_are_not_compared() -> None:
    assert said_by({"Adler": 0.3, "Becker": 0.2}) == []


def test_of_a_number_that_the_reader_cut_the_whole_is_compared() -> None:
    text = "合计2,150元"
    stored = StoredPassage(0, "a", "a", Passage("a", 1, 0, len(text), (), text))
    cut = Evidence(stored, 0, len(text), text, 0.5, "150元", 4)
    other = replace(
        cut, stored=replace(stored, passage=replace(stored.passage, document_id="b")), text="合计900元", span="900元", span_at=2
    )
    extreme = extreme_of("哪家最便宜的旅行团？")
    assert extreme is not None
    found = with_most(extreme, [], CloseReading((), (cut, other), (), {}), lambda document: []).evidence
    assert [one.text for one in found] == ["合计900元", text]


def test_age_by_the_year_of_birth_counts_the_other_way() -> None:
    people = list_of(("Anna, born 1950", "Ben, born 1987"))
    assert told("Who is the oldest?", people, ("1950", "1987")) == [("Anna, born 1950", "1950")]


def test_such_a_question_is_answered_by_the_row(tmp_path: Path) -> None:
    text = "Offers for the roof:\n• 9,400 euros: price of Adler\n• 8,150 euros: price of Becker\n• 11,200 euros: price of Conrad"
    asked = answering(tmp_path, mode="quoted", texts={"offers.txt": text}, reader=WordReader())
    answer = last(asked, "Which offer has the lowest price?")
    assert answer.text == "8,150 euros: price of Becker"
    (citation,) = answer.citations
    assert text[citation.start : citation.end] == answer.text
