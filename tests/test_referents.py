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


@pytest.mark.parametrize(("earlier", "question", "understood"), MEANT)
def test_a_follow_up_means_what_fits_its_words(earlier: str, question: str, understood: str) -> None:
    answer = "Data engineer, Lisbon." if earlier.startswith("Who is Elena") else ""
    assert standalone(question, [turn(earlier, answer)]) == understood


def test_they_are_the_newest_who_are_several() -> None:
    turns = [turn("What must the children bring on the trip?", ""), turn("How much is the trip?", "")]
    assert standalone("When do they come back?", turns) == "When do the children come back?"
    assert standalone("When is it?", turns) == "When is the trip?"
