"""What several of the chosen documents say is likelier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.agreement import by_agreement, told_once
from rag_app.drafting import Draft
from rag_app.reading import WordReader
from rag_app.records import Evidence, Reading, Scope, Verdict
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


def test_dates_agree_that_differ_in_nothing_both_tell_and_the_fullest_comes_first_with_the_chance_of_the_best() -> None:
    told = [sentence("a", "Nov 15", 0.4), sentence("b", "May 2021", 0.35), sentence("c", "15 November 2020.", 0.1)]
    assert order(told) == ["15 November 2020.", "Nov 15", "May 2021"]
    assert [one.score for one in by_agreement(told)] == pytest.approx([0.8 / 1.35, 0.35 / 1.35, 0.2 / 1.35])
    assert (
        order([sentence("a", "2017年", 0.5), sentence("b", "2017年12月1日", 0.3), sentence("c", "12月2日", 0.2)])[0]
        == "2017年12月1日"
    )
    assert order([sentence("a", "2017", 0.5), sentence("b", "December 1, 2017", 0.1)])[0] == "December 1, 2017"


def test_a_fuller_date_that_is_another_or_unlikely_does_not_come_first() -> None:
    assert order([sentence("a", "Nov 15", 0.5), sentence("b", "16 November 2020", 0.4)])[0] == "Nov 15"
    assert order([sentence("a", "Nov 15", 0.9), sentence("b", "15 November 2020", 0.01)])[0] == "Nov 15"
    assert order([sentence("a", "Tampa", 0.5), sentence("b", "Tampa, Florida", 0.4)])[0] == "Tampa"
    assert order([sentence("a", "November 2020", 0.5), sentence("b", "15 November", 0.4)])[0] == "November 2020"


def footnotes(selected: Sequence[Evidence], sentences: Sequence[Evidence]) -> dict[str, list[str]]:
    """The documents of the sentences told, each with those that agree."""
    return {
        one.stored.passage.document_id: [other.stored.passage.document_id for other in one.agreeing]
        for one in told_once(selected, sentences)
    }


def test_what_several_say_is_told_once_with_all_that_say_as_much() -> None:
    first, same, fuller, less, other = (
        sentence(document, answer, 0.2)
        for document, answer in (("a", "Tampa"), ("b", "Tampa"), ("c", "Tampa, Florida"), ("d", "Tam"), ("e", "Glendale"))
    )
    everything = (first, same, fuller, less, other)
    assert footnotes((first, same, other), everything) == {"a": ["b", "c"], "e": []}
    assert footnotes((first, fuller), everything) == {"a": ["b"], "c": []}
    assert footnotes((fuller,), everything) == {"c": []}
    assert footnotes((first,), (first, replace(same, score=0.001))) == {"a": []}
    assert len(told_once((first, sentence("a", "Tampa", 0.2, text="Tampa again.")), ())) == 2


def test_a_date_that_says_no_more_than_one_before_it_is_not_told_again() -> None:
    full, less, words = sentence("a", "15 November 2020", 0.4), sentence("b", "Nov 15", 0.3), sentence("c", "in 2021", 0.2)
    same = sentence("d", "2020-11-15", 0.1)
    assert footnotes((full, less, words), (full, less, words, same)) == {"a": ["d"], "c": []}
    assert footnotes((less, full), (less, full)) == {"b": [], "a": []}
    assert footnotes((sentence("a", "", 0.4), sentence("b", "", 0.4)), ()) == {"a": [], "b": []}


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


def test_a_sentence_that_two_documents_hold_word_for_word_stands_once_with_both_footnotes() -> None:
    draft = Draft()
    for document, text in (
        ("a", "The rent is 900."),
        ("b", "Keys are kept here."),
        ("c", "The  rent is 900."),
        ("a", "The rent is 900."),
    ):
        draft.quote(evidence(text, document=document), Verdict.QUOTED)
    told = [(one.text, [(cited.number, cited.document_id) for cited in one.citations]) for one in draft.sentences]
    assert told == [("The rent is 900.", [(1, "a"), (3, "c")]), ("Keys are kept here.", [(2, "b")])]


def test_what_the_chosen_documents_agree_in_has_a_footnote_to_each_of_them(tmp_path: Path) -> None:
    texts = {
        "final-a.txt": "The final match of the cup was played at Glendale.",
        "final-b.txt": "The final match of the old cup was played at Tampa.",
        "final-c.txt": "The old match of the cup was played at Tampa.",
    }
    answers = answering(tmp_path, mode="quoted", texts=texts, reader=WordReader())
    of_all = Scope(document_ids=tuple(document_of(name, text).id for name, text in texts.items()))
    *_, answer = answers.ask("At what place was the final match of the old cup played?", scope=of_all, stop=never)
    told = [[cited.document_name for cited in one.citations] for one in answer.sentences if "Tampa" in one.text]
    assert told == [["final-b.txt", "final-c.txt"]]
    assert [cited.number for cited in answer.citations] == list(range(1, len(answer.citations) + 1))
