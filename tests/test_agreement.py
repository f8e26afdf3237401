"""What several of the chosen documents say is likelier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.agreement import by_agreement
from rag_app.reading import WordReader
from rag_app.records import Evidence, Reading, Scope
from tests.examples import evidence
from tests.small_library import document_of
from tests.test_answering import answering, never


def sentence(document: str, answer: str, chance: float, *, text: str = "") -> Evidence:
    return replace(evidence(text or f"It was held in {answer}.", document=document), span=answer, score=chance)


def order(sentences: Sequence[Evidence]) -> list[str]:
    return [one.span for one in by_agreement(sentences)]


def test_an_answer_that_others_give_too_comes_before_one_that_is_likelier_by_itself() -> None:
    told = [sentence("a", "Glendale", 0.4), sentence("b", "Tampa, Florida", 0.3), sentence("c", "Tampa", 0.2)]
    assert order(told) == ["Tampa, Florida", "Glendale", "Tampa"]
    assert [one.score for one in by_agreement(told)] == pytest.approx([3 / 7, 2 / 7, 2 / 7])
    assert order([sentence("a", "八十席", 0.4), sentence("b", "七十席", 0.3), sentence("c", "七十席", 0.1)])[0] == "七十席"


def test_a_document_does_not_agree_with_itself_nor_the_unlikely_nor_by_a_few_letters() -> None:
    first = sentence("a", "Glendale", 0.4)
    assert order([first, sentence("b", "Tampa", 0.3), sentence("b", "Tampa", 0.2)])[0] == "Glendale"
    assert order([first, sentence("b", "Tampa", 0.3), sentence("c", "Tampa", 0.001)])[0] == "Glendale"
    assert order([first, sentence("b", "10", 0.3), sentence("c", "2010", 0.2)])[0] == "Glendale"
    assert order([first, sentence("b", "1,000", 0.3), sentence("c", "21,000", 0.2)])[0] == "Glendale"
    assert order([first, sentence("b", "1,000 seats", 0.3), sentence("c", "1000", 0.2)])[0] == "1,000 seats"
    assert order([first, sentence("b", "", 0.3), sentence("c", "", 0.2)])[0] == "Glendale"
    assert order([first, sentence("b", "10", 0.3), sentence("c", "10", 0.2)])[0] == "10"


def test_more_than_two_others_make_no_answer_likelier_than_two() -> None:
    many = [sentence(name, "Tampa", 0.2) for name in "abcd"]
    assert [one.score for one in by_agreement([*many, sentence("e", "Glendale", 0.2)])] == pytest.approx([4 / 17] * 4 + [1 / 17])
    assert by_agreement(()) == ()


class CountingReader(WordReader):
    """Counts the passages that it reads at once."""

    most = 0

    def read(self, question: str, contexts: Sequence[str]) -> tuple[Reading, ...]:
        self.most = max(self.most, len(contexts))
        return super().read(question, contexts)


def test_of_several_chosen_documents_more_is_read_and_what_they_agree_in_is_told_first(tmp_path: Path) -> None:
    texts = {f"bread-{number}.txt": f"Bread is baked of {number} kinds of wheat." for number in range(6)} | {
        "final-a.txt": "The final match of the old cup was played at Glendale.",
        "final-b.txt": "The final match of the cup was played at Tampa.",
        "final-c.txt": "The old match of the cup was played at Tampa.",
        "final-d.txt": "The old final of the cup was played at Tampa.",
    }
    reader = CountingReader()
    answers = answering(tmp_path, mode="quoted", texts=texts, reader=reader)
    of_all = Scope(document_ids=tuple(document_of(name, text).id for name, text in texts.items()))
    question = "At what place was the final match of the old cup played?"
    for scope, first, read in ((Scope(), "Glendale", 5), (of_all, "Tampa", 10)):
        reader.most = 0
        *_, answer = answers.ask(question, scope=scope, stop=never)
        assert (first in answer.sentences[0].text, reader.most) == (True, read)
