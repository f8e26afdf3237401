"""What "it" and "they" of a follow-up mean: something of their number; and what a thing that is named takes the place of."""

from __future__ import annotations

import pytest

from rag_app.querying.follow_up import standalone
from tests.test_follow_up import turn

MEANT = (
    ("Does the brownie contain nuts?", "Is it vegan?", "Is the brownie vegan?"),
    ("Does the brownie contain nuts?", "And gluten?", "Does the brownie contain gluten?"),
    ("What must the children bring on the trip?", "When do they come back?", "When do the children come back?"),
    ("What must the children bring on the trip?", "Is it free?", "Is the trip free?"),
    ("What documents do I need for a claim?", "Where do I send them?", "Where do I send documents?"),
    ("Can students get a discount?", "How much do they pay?", "How much do students pay?"),
    ("What programmes does the dishwasher have?", "How long do they take?", "How long do programmes take?"),
    ("How is the price of the tea paid?", "And if they deliver late?", "If they deliver late (the price of the tea)?"),
    ("Does Acme deliver on Sundays?", "Where are they based?", "Where are Acme based?"),
    ("Who is Elena Varga?", "Where does she work?", "Where does Elena Varga work?"),
    ("Where does Elena Varga work?", "And before that?", "Where does Elena Varga work (before that)?"),
    ("Does Elena speak French?", "And Marcus?", "Does Marcus speak French?"),
    ("Does Elena speak French?", "And German?", "Does Elena speak German?"),
    ("What is the rent?", "Who is the landlord?", "Who is the landlord?"),
    ("How high is the tower?", "Who was the architect?", "Who was the architect (the tower)?"),
    ("Who is the landlord?", "And the deposit?", "What is the deposit?"),
    ("Who is the landlord?", "And the tenant?", "Who is the tenant?"),
    ("List the actions of the January meeting", "And of the February meeting?", "List the actions of the February meeting"),
)


CHINESE = (
    ("免赔额是多少？", "保费呢？", "保费是多少？"),
    ("家庭财产保险的免赔额是多少？", "保险金额呢？", "家庭财产保险的保险金额是多少？"),
    ("历史课在哪个教室？", "音乐呢？", "音乐在哪个教室？"),
    ("音乐课是星期几？", "几点？", "音乐课几点？"),
    ("昆明住哪里？", "多少钱一晚？", "昆明多少钱一晚？"),
    ("每天工作多久？", "学徒呢？", "每天学徒工作多久？"),
)


@pytest.mark.parametrize(("earlier", "question", "understood"), CHINESE)
def test_a_chinese_follow_up_takes_the_place_of_a_whole_noun(earlier: str, question: str, understood: str) -> None:
    assert standalone(question, [turn(earlier, "")]) == understood


def test_she_is_somebody_and_no_number_of_the_answer() -> None:
    answer = "公司定于7月15日搬到滨江区星光大厦8层，由陈思远负责，搬迁预算为12万元。"
    assert standalone("她的电话是多少？", [turn("谁负责年会？", answer)]) == "陈思远的电话是多少？"


@pytest.mark.parametrize(("earlier", "question", "understood"), MEANT)
def test_a_follow_up_means_what_fits_its_words(earlier: str, question: str, understood: str) -> None:
    answer = "Data engineer, Lisbon." if earlier.startswith("Who is Elena") else ""
    assert standalone(question, [turn(earlier, answer)]) == understood


def test_they_are_the_newest_who_are_several() -> None:
    turns = [turn("What must the children bring on the trip?", ""), turn("How much is the trip?", "")]
    assert standalone("When do they come back?", turns) == "When do the children come back?"
    assert standalone("When is it?", turns) == "When is the trip?"
