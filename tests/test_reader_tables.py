"""Made tables for training the reader: what is marked as an answer is the cell that was asked for."""

from __future__ import annotations

import random

from benchmarks.reader_tables import table_pairs
from benchmarks.reader_tables.asking import Asking
from benchmarks.reader_tables.measures import make_segments, make_statement
from benchmarks.reader_tables.periods import Period
from benchmarks.reader_tables.things import make_things
from benchmarks.reader_tables.words import Named, catalogues, segments, statements
from benchmarks.reader_tables.writing import Ask, Made, Row, moved, turned, written

SALES = Made(
    "en",
    "Alder",
    ("Income Statement", "(Millions)"),
    ("", "2022", "2021"),
    (Row("Net sales", ("34,229", "35,355"), "$"), Row("Expenses"), Row("Cost of sales", ("19,232", "(18,795)"))),
    (Ask("What were net sales in 2021?", (0, 1)), Ask("What were net sales in 2019?")),
)
ABOVE = "Alder > Income Statement\nIncome Statement\n(Millions)"
WAYS = {
    f"{ABOVE}\n2022 | 2021\nNet sales | $34,229 | $35,355\nExpenses\nCost of sales | 19,232 | (18,795)",
    f"{ABOVE} 2022 2021\nNet sales $ 34,229 $ 35,355\nExpenses\nCost of sales 19,232 (18,795)",
    f"{ABOVE}\n2022,2021\nNet sales,34229,35355\nExpenses\nCost of sales,19232,(18795)",
    "Alder > Income Statement > 2022 | 2021\nExpenses\nCost of sales | 19,232 | (18,795)",
}


def test_a_table_is_written_as_splitting_hands_tables_on() -> None:
    assert {written(SALES, random.Random(seed))[0] for seed in range(200)} >= WAYS


def test_a_cell_that_is_shown_is_found_where_it_stands() -> None:
    for seed in range(50):
        context, shown = written(SALES, random.Random(seed))
        found = {place: context[start:end].replace(",", "") for place, (start, end) in shown.items()}
        assert found[2, 1] == "(18795)"
        assert found.get((0, 1), "35355") == "35355"


def test_a_turned_table_is_asked_the_same() -> None:
    whole = Made("en", "", ("Sales",), ("", "2022", "2021"), (Row("Net sales", ("34", "35")),), SALES.asks)
    around = turned(whole, "Year")
    assert around.heads == ("Year", "Net sales")
    assert around.rows == (Row("2022", ("34",)), Row("2021", ("35",)))
    assert [ask.place for ask in around.asks] == [(1, 0), None]
    assert [ask.place for ask in moved(whole.asks)] == [(0, 2), None]


def test_what_is_asked_for_stands_in_the_row_and_the_column_of_the_answer() -> None:
    names = [measure.english + measure.chinese for kind in statements() for measure in kind.measures]
    for seed in range(60):
        table = make_statement(random.Random(seed), False)
        if table.heads[0]:
            continue
        for ask in table.asks:
            alike = [words for words in names if any(word.lower() in ask.question.lower() for word in words)]
            if ask.place is not None:
                label = table.rows[ask.place[0]].label
                assert any(word in label for words in alike for word in words), (ask, label)


def test_no_cell_answers_a_question_that_is_told_to_have_no_answer() -> None:
    for make in (make_statement, make_segments, make_things):
        for seed in range(60):
            table = make(random.Random(seed), False)
            answered = {ask.question for ask in table.asks if ask.place is not None}
            assert answered
            assert not answered & {ask.question for ask in table.asks if ask.place is None}


def test_about_half_of_the_questions_have_an_answer_and_it_is_one_cell() -> None:
    pairs = list(table_pairs(400, random.Random(5)))
    answers = [pair.context[start:end] for pair in pairs for start, end in pair.spans]
    assert 0.4 < len(answers) / len(pairs) < 0.6
    assert not [answer for answer in answers if not answer.strip() or "\n" in answer or " | " in answer]
    assert pairs == list(table_pairs(400, random.Random(5)))


def test_tables_kept_apart_are_asked_in_other_words() -> None:
    sales, year = Named(("Net sales",), ("营业收入",)), Period("2022", ("in 2022",), ("2022年",))
    for language in ("en", "zh"):
        chance = random.Random(0)
        asked, apart = (Asking(language, False, of, chance) for of in (False, True))
        questions = {asked.measure(sales, year, "Alder") for _ in range(300)}
        assert not questions & {apart.measure(sales, year, "Alder") for _ in range(300)}


def test_everything_has_names_in_both_languages() -> None:
    named = [*segments(), *(one.heads for one in statements()), *(one.heads for one in catalogues())]
    named += [measure for kind in statements() for measure in kind.measures]
    named += [words for kind in catalogues() for one in kind.attributes for words in (one.names, one.asked)]
    assert all(all(map(str.strip, one.english)) and all(map(str.strip, one.chinese)) for one in named)
    assert all("{}" in form for kind in catalogues() for one in kind.attributes for form in one.asked.english + one.asked.chinese)
