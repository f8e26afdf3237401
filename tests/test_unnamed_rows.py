"""A row of a table that is of another thing than the one asked for does not answer."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from rag_app.querying import things_named
from rag_app.records import Hit
from rag_app.unnamed_rows import STANDS_OUT, is_of_another_row
from tests.made_files import write
from tests.real_library import real_library
from tests.test_named_rows import sentences

DRUGS = "Medicine | Dose\nAspirin | 100 mg\nInsulin | 14 units\nMelatonin | 3 mg"
TICKETS = "游客 | 票价\n成人 | 40元\n儿童 | 20元\n老年人 | 10元"


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("What dose of warfarin does he take?", ("dose", "warfarin")),
        ("What is the price of a ladder per day?", ("ladder",)),
        ("How expensive is it to hire my neighbour's van?", ("neighbour", "van")),
        ("Whom do I tell that I am ill?", ()),
        ("洗衣机一天租金多少？", ("洗衣机", "租金")),
        ("军人票价多少钱？", ("军人",)),
        ("谁负责？", ()),
    ],
)
def test_things_are_named_by_nouns(question: str, things: tuple[str, ...]) -> None:
    assert things_named(question) == things


@pytest.mark.parametrize(
    ("text", "question", "first", "is_of_another"),
    [
        (DRUGS, "What dose of warfarin does he take?", 0.4, True),
        (DRUGS, "What dose of warfarin does he take?", STANDS_OUT, False),
        (DRUGS, "What dose of aspirin does he take?", 0.4, False),
        (DRUGS, "What doses of medicine does he take?", 0.4, False),
        (DRUGS, "What does he take on Monday for the knee?", 0.4, False),
        (DRUGS, "华法林的剂量是多少？", 0.4, False),
        (TICKETS, "军人票价多少？", 0.4, True),
        (TICKETS, "票价多少？", 0.4, False),
        (TICKETS, "儿童票价多少？", 0.4, False),
    ],
)
def test_row_among_others_is_of_another_thing_than_the_one_that_its_paper_does_not_name(
    text: str, question: str, first: float, is_of_another: bool
) -> None:
    header = text.partition("\n")[0]
    found = sentences(text, header, 0.0, first, 0.3, 0.7 - first)
    row = next(one for one in found if one.score == first)
    assert is_of_another_row(row, found, [Hit(row.stored, 1.0, ())], question) is is_of_another


def test_a_sentence_or_the_only_row_of_a_table_is_of_no_other_thing() -> None:
    found = sentences("Medicine | Dose\nAspirin | 100 mg", "Medicine | Dose", 0.4, 0.6)
    assert not any(is_of_another_row(one, found, [Hit(one.stored, 1.0, ())], "What is the dose of warfarin?") for one in found)


def test_what_a_table_of_other_things_does_not_hold_is_refused(tmp_path: Path) -> None:
    prices = "| 成人 | 40元 | 50元 |\n| 儿童 | 20元 | 25元 |\n| 老年人 | 10元 | 15元 |\n| 学生 | 25元 | 30元 |\n"
    rows = f"| 游客 | 平日 | 节假日 |\n|---|---|---|\n{prices}"
    with closing(real_library(tmp_path / "storage")) as library:
        library.add([write(tmp_path, "门票.md", f"# 植物园门票\n\n{rows}")])
        for _ in library.work():
            pass
        answers = [list(library.ask(f"{who}门票多少钱？"))[-1] for who in ("残疾人", "小朋友")]
    assert [one.abstained for one in answers] == [True, False]
