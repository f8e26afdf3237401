"""Sentences out of passages, and their order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rag_app.evidence import (
    OF_CHOSEN,
    Selection,
    SentenceCoefficients,
    candidate_sentences,
    new_first,
    of_all,
    rank_sentences,
    read_sentences,
    read_with,
    select,
    with_alone,
)
from rag_app.querying import make_query
from rag_app.reading import WordReader
from rag_app.records import Answer, AnswerSentence, Evidence, Hit, Passage, Reading, StoredPassage, Table, Verdict
from rag_app.text.context import context_of
from rag_app.text.words import terms
from tests.examples import evidence, hit

TOLD = ((1, "Bread is baked.", 0.4), (2, "Rollo led the Normans.", 0.3), (3, "Rain falls.", 0.2), (4, "The Normans came.", 0.1))


def test_sentences_keep_their_place_on_the_page() -> None:
    passage = Passage("doc", 3, 100, 124, (), "Rollo came. He was Dane.")
    candidates = candidate_sentences([Hit(StoredPassage(7, "doc.txt", "doc", passage), 0.5, ())])
    assert [(c.start, c.end, c.text, c.score) for c in candidates] == [
        (100, 111, "Rollo came.", 0.5),
        (112, 124, "He was Dane.", 0.5),
    ]


def test_a_sentence_in_two_overlapping_passages_counts_once() -> None:
    first = Passage("doc", 1, 0, 22, (), "One is here. Two is in.")
    second = Passage("doc", 1, 13, 23, (), "Two is in.")
    hits = [Hit(StoredPassage(1, "n", "t", first), 0.9, ()), Hit(StoredPassage(2, "n", "t", second), 0.4, ())]
    assert [(c.text, c.score) for c in candidate_sentences(hits)] == [("One is here.", 0.9), ("Two is in.", 0.9)]


def test_meaning_words_and_passage_order_the_sentences() -> None:
    candidates = candidate_sentences([hit("Rollo led the Normans. Bread is baked. Rain falls.")])
    cosines = np.array([0.9, 0.8, 0.8], np.float32)
    ranked = rank_sentences(candidates, cosines, {"rollo": 2.0, "bread": 1.0})
    assert [sentence.text for sentence in ranked] == ["Rollo led the Normans.", "Bread is baked.", "Rain falls."]
    assert ranked[0].score > ranked[1].score > ranked[2].score
    assert sum(sentence.score for sentence in ranked) == pytest.approx(1)


def test_what_was_said_before_comes_last_unless_it_has_a_word_that_was_not_asked_for_then() -> None:
    found = tuple(evidence(text, id=label) for label, text in enumerate(("押金为12400元。", "违约金为一个月租金。", "租金。")))
    deposit, penalty, other = found
    asked, again = "违约金是多少？", "押金是多少？"
    assert ordered(found, asked, said="押金为12400元。", before=again) == (penalty, deposit, other)
    assert ordered(found, again, said="押金为12400元。", before=asked) == found
    assert ordered(found, asked, said="", before=again) == found
    assert ordered(found[:1], asked, said="押金为12400元。", before=again) == (deposit,)
    grown = tuple(
        evidence(text, id=label) for label, text in enumerate(("It grew by 5% in 2024.", "The town grew by 7% in 2025."))
    )
    said = "The town grew by 7% in 2025. It grew by 5% in 2024."
    assert ordered(grown, "How much did the town grow in 2024?", said=said, before="How much did the town grow in 2025?") == grown


def ordered(found: tuple[Evidence, ...], question: str, *, said: str, before: str) -> tuple[Evidence, ...]:
    """The evidence of a follow-up, its first two sentences selected."""
    return new_first(
        Answer(question, make_query(question), evidence=found, selected=min(len(found), 2)),
        Answer(before, make_query(before), (AnswerSentence(said, Verdict.QUOTED, ()),)),
    )


def test_no_candidates_rank_to_nothing() -> None:
    assert rank_sentences((), np.zeros(0, np.float32), {}) == ()


QUESTION = "Who led the Normans?"
FITTED = SentenceCoefficients()
PASSAGE = Passage("doc", 1, 100, 153, ("Early days",), "Bread is baked. Rollo led the Normans. They spoke Norse.")


def read(*passages: Passage, coefficients: SentenceCoefficients = FITTED, like: str = "Rollo led the Normans.") -> list[Evidence]:
    """The sentences of passages as read, best first."""
    hits = [Hit(StoredPassage(label, "doc.txt", "Normans", passage), 0.5, ()) for label, passage in enumerate(passages)]
    readings = WordReader().read(QUESTION, [context_of(hit.stored) for hit in hits])
    likeness = {one.text: 0.9 if one.text == like else 0.8 for one in candidate_sentences(hits)}
    return list(read_sentences(hits, readings, {"rollo": 2.0, "led": 1.0}, likeness, coefficients=coefficients))


def test_the_sentence_that_a_reader_takes_for_the_answer_comes_first_and_knows_the_words() -> None:
    best, *others = read(PASSAGE)
    assert (best.text, best.span, best.span_at) == ("Rollo led the Normans.", "Rollo", 0)
    assert sum(one.score for one in (best, *others)) == pytest.approx(1)


@pytest.mark.parametrize("scores", [(0.9, 0.2), (0.2, 0.9)])
def test_of_a_sentence_in_two_passages_that_overlap_the_likelier_reading_counts(scores: tuple[float, float]) -> None:
    text = "Rollo led the Normans."
    hits = [Hit(StoredPassage(label, "d", "", Passage("d", 1, 0, 22, (), text)), score, ()) for label, score in enumerate(scores)]
    readings = WordReader().read(QUESTION, [text, text])
    (found,) = read_sentences(hits, readings, {}, {text: 0.8})
    assert (found.stored.id, found.score) == (scores.index(0.9), 1.0)


def test_of_a_number_in_groups_the_whole_is_the_answer() -> None:
    number = Passage("doc", 1, 0, 40, (), "The Normans led: +44 171 555 019, at noon.")
    assert (read(number)[0].span, read(number)[0].span_at) == ("+44 171 555 019", 17)


def test_number_in_groups_is_known_where_its_first_token_holds_the_space_before_it() -> None:
    found = hit("Call 0171 555 019 now.")
    likely = np.array([0.0, 1.0, 0.0], np.float32)
    reading = Reading(((0, 4), (4, 9), (9, 22)), likely, likely, 0.0)
    [(sentence, _)] = read_with(found, reading, found.stored.passage.text)
    assert (sentence.span, sentence.span_at) == ("0171 555 019", 5)


def test_of_a_number_with_commas_or_a_point_the_whole_is_the_answer() -> None:
    found = hit("首付款574,196元，£846.30 raised.")
    likely = np.array([0.0, 1.0, 0.0], np.float32)
    for tokens, whole in ((((0, 7), (7, 11), (11, 26)), "574,196元"), (((0, 13), (13, 16), (16, 26)), "846.30")):
        [(sentence, _)] = read_with(found, Reading(tokens, likely, likely, 0.0), found.stored.passage.text)
        assert (sentence.span, sentence.text[sentence.span_at :][: len(whole)]) == (whole, whole)


def test_the_words_that_answer_are_known_by_their_place_in_the_sentence() -> None:
    found = hit("Rain fell. In 2015 the council had 5 members.")
    likely = np.array([0.0, 0.0, 0.0, 1.0, 0.0], np.float32)
    reading = Reading(((0, 10), (10, 18), (18, 34), (34, 36), (36, 45)), likely, likely, 0.0)
    sentence = next(sentence for sentence, found in read_with(found, reading, found.stored.passage.text) if found.score > 1)
    assert sentence.text[sentence.span_at :] == "5 members."


def test_of_sentences_that_answer_as_well_the_one_more_like_the_question_comes_first() -> None:
    alike = SentenceCoefficients(answer=0, covered=0)
    assert [read(PASSAGE, coefficients=alike, like=text)[0].text for text in ("Bread is baked.", "They spoke Norse.")] == [
        "Bread is baked.",
        "They spoke Norse.",
    ]


def test_a_sentence_read_in_two_overlapping_passages_counts_once() -> None:
    second = Passage("doc", 1, 116, 153, (), "Rollo led the Normans. They spoke Norse.")
    assert sorted(sentence.text for sentence in read(PASSAGE, second)) == [
        "Bread is baked.",
        "Rollo led the Normans.",
        "They spoke Norse.",
    ]


def test_what_a_document_says_twice_is_told_once_with_the_chances_of_both() -> None:
    again = replace(PASSAGE, start=900, end=953)
    other = replace(PASSAGE, document_id="another")
    once, twice, elsewhere = read(PASSAGE), read(PASSAGE, again), read(PASSAGE, other)
    assert [sentence.text for sentence in twice] == [sentence.text for sentence in once]
    assert [sentence.score for sentence in twice] == pytest.approx([sentence.score for sentence in once])
    assert (twice[0].start, len(elsewhere)) == (once[0].start, 2 * len(once))


def test_sentences_read_alone_change_places_and_leave_their_chances_there() -> None:
    reader = WordReader()
    likely = [replace(evidence(text, id=number), score=score) for number, text, score in TOLD]
    alone = reader.read("Who led the Normans?", [one.text for one in likely[:3]])
    told = with_alone(likely, alone)
    assert [one.text for one in told] == ["Rollo led the Normans.", "Bread is baked.", "Rain falls.", "The Normans came."]
    assert [one.score for one in told] == [one.score for one in likely]
    assert with_alone((), ()) == ()


def test_signals_that_weigh_nothing_leave_all_sentences_alike() -> None:
    chances = {round(sentence.score, 6) for sentence in read(PASSAGE, coefficients=SentenceCoefficients(0, 0, 0, 0))}
    assert chances == {round(1 / 3, 6)}


def test_of_the_best_document_those_sentences_are_enough_that_are_likely_beside_the_best() -> None:
    ranked = [evidence("a", id=label) for label in range(4)]
    chosen = [replace(one, score=score) for one, score in zip(ranked, (0.6, 0.25, 0.1, 0.05), strict=True)]
    assert [len(select(chosen, {}, Selection(here=here))) for here in (0.5, 0.4, 0.1, 0.05)] == [1, 2, 3, 4]
    assert len(select(chosen, {}, Selection(most=3, here=0.05))) == 3
    assert select((), {}) == ()


def test_other_documents_are_quoted_only_for_sentences_that_are_likely() -> None:
    ranked = [evidence("a"), evidence("b", document="other"), evidence("c"), evidence("d", document="third")]
    chosen = [replace(one, score=score) for one, score in zip(ranked, (0.6, 0.04, 0.03, 0.02), strict=True)]
    assert [one.text for one in select(chosen, {}, Selection(likely=0.05, elsewhere=0, adding=1))] == ["a", "c"]
    any_document = Selection(likely=0.02, elsewhere=0, third=0, adding=1)
    assert [one.text for one in select(chosen, {}, any_document)] == ["a", "b", "c", "d"]
    assert [one.text for one in select(chosen, {}, Selection(likely=0.02, elsewhere=0.1, adding=1))] == ["a", "c"]


def test_a_third_document_is_quoted_where_it_is_half_as_likely_as_the_best_or_adds_to_the_question() -> None:
    first, second = replace(evidence("a"), score=0.4), replace(evidence("b", document="other"), score=0.09)
    third = evidence("Ann paid the deposit in May.", document="third")
    assert len(select((first, second), {})) == 2
    assert [len(select((first, second, replace(third, score=score)), {})) for score in (0.19, 0.21)] == [2, 3]
    assert len(select((first, second, replace(third, score=0.05)), {"deposit": 1.0})) == 3
    assert len(select((first, second, replace(third, score=0.19), replace(second, text="c", score=0.09)), {})) == 3


def test_a_third_document_of_those_chosen_for_the_question_is_quoted_as_the_second_is() -> None:
    likely = [replace(evidence(name, document=name), score=score) for name, score in (("a", 0.6), ("b", 0.1), ("c", 0.1))]
    assert len(select(likely, {}, OF_CHOSEN)) == 3


def test_an_unlikely_sentence_of_another_document_is_quoted_where_it_adds_to_the_question_or_is_of_what_was_named() -> None:
    first = replace(evidence("The film was directed by Ann Lee.", document="The film"), score=0.6)
    same = replace(evidence("A film was directed here.", document="Festivals"), score=0.1)
    adding = replace(evidence("Her nationality was Dutch.", document="People"), score=0.05)
    named = replace(evidence("She was born in Delft.", document="Ann Lee (director)"), score=0.05)
    weights = {"film": 1.0, "directed": 1.0, "nationality": 1.0}

    def told(*others: Evidence, adding: float) -> list[str]:
        chosen = select((first, *others), weights, Selection(likely=0.3, adding=adding))
        return [one.stored.document_title for one in chosen]

    assert told(same, adding, adding=0.02) == ["The film", "People"]
    assert told(same, named, adding=0.02) == ["The film", "Ann Lee (director)"]
    assert told(same, adding, named, adding=0.06) == ["The film"]
    for title, words, count in (
        ("lease", "Please pay.", 1),
        ("report", "The report is late.", 1),
        ("report", "See Report 5.", 2),
    ):
        both = replace(evidence(words), score=0.9), replace(evidence("Pets may stay.", document=title), score=0.03)
        assert len(select(both, weights)) == count
    assert len(select((first, same), weights)) == 1
    assert len(select((first, same), weights, OF_CHOSEN)) == 2


def test_a_heading_is_quoted_only_where_it_is_the_best() -> None:
    passage = Passage(
        "doc", 1, 0, 53, ("Rollo", "Early days of Rollo"), "Early days of Rollo\nRollo led the Normans to the coast."
    )
    heading, sentence = candidate_sentences([Hit(StoredPassage(1, "doc.txt", "Normans", passage), 0.5, ())])
    first, second = replace(sentence, score=0.6), replace(heading, score=0.35)
    assert select((first, second), {}) == (first,)
    turned = (replace(second, score=0.6), replace(first, score=0.38))
    assert select(turned, {})[0].text == "Early days of Rollo"


@pytest.mark.parametrize(
    ("asked", "text", "kept"),
    [
        ("home claims", "Claims at home\nCall us within two days.", ["Call us within two days."]),
        ("theft", "Claims at home\nCall us within two days.", ["Claims at home", "Call us within two days."]),
        ("claim", "Claims\n1. Call us within two days.\n2. Wait for the expert.", ["Claims", "Call us within two days."]),
        ("理赔材料有哪些", "理赔材料\n需要准备保险单和照片。", ["需要准备保险单和照片。"]),
    ],
)
def test_a_heading_that_says_only_what_was_asked_is_not_quoted_but_above_a_list(asked: str, text: str, kept: list[str]) -> None:
    first, second = [
        replace(one, score=0.4)
        for one in candidate_sentences([Hit(passage_of(text), 0.5, ())])
        if one.text in kept or not kept[1:]
    ][:2]
    weights = dict.fromkeys(terms(asked), 1.0)
    assert [one.text for one in select((first, second), weights)] == kept


def test_a_heading_that_says_only_what_was_asked_is_quoted_where_nothing_else_is_enough() -> None:
    text = "Claims at home\nCall us within two days."
    heading, other = candidate_sentences([hit(text)])
    asked = dict.fromkeys(terms("home claims"), 1.0)
    assert select((replace(heading, score=0.9), replace(other, score=0.0001)), asked) == (replace(heading, score=0.9),)


def passage_of(text: str) -> StoredPassage:
    return StoredPassage(1, "doc.txt", "doc", Passage("doc", 1, 0, len(text), (), text))


def test_another_row_of_a_table_is_quoted_only_where_it_is_nearly_as_likely() -> None:
    text = "Season | 180\nTen | 55\nOnce | 6\nLockers cost one euro."
    passage = StoredPassage(1, "d", "d", Passage("d", 1, 0, len(text), (), text, tables=(Table(0, 30, "Ticket | Adults"),)))
    season, ten, once, lockers = candidate_sentences([Hit(passage, 0.5, ())])
    likely = [replace(season, score=0.5), replace(ten, score=0.3), replace(once, score=0.1), replace(lockers, score=0.1)]
    assert [one.text for one in select(likely, {})] == ["Season | 180", "Ten | 55", "Lockers cost one euro."]


TABLE = Table(0, 0, "Ticket | Adults")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Rollo led the Normans.\nThe museum\nIt opened in May.", 2),
        ("Rollo led the Normans.\nThe museum\nIt is open every day of the week in the months\nof May and June.", 2),
        ("罗洛是诺曼人的首领。\n县立博物馆\n它在五月开放。", 2),
        ("Rollo led the Normans.\n2. The museum\nIt opened in May.", 2),
        ("Rollo led the Normans.\n2. Museum. It opened in May.", 2),
        ("Rollo led the Normans.\n1. Press it\n2. Let go\nThen wait.", 4),
        ("罗洛是诺曼人的首领。\n二、博物馆。它在五月开放。", 2),
        ("Rollo led the Normans.\nIt came. It opened in May.", 3),
        ("Rollo led the Normans.\nOpen: in May\nIt is free.", 3),
        ("Rollo led the Normans.\nSince 1987\nIt is free.", 3),
        ("Rollo led the Normans.\nBread\nButter", 3),
        ("Season | 180.\nTicket | Adults\nTen | 55.", 2),
    ],
)
def test_a_short_line_above_prose_is_taken_for_a_heading_and_not_quoted_besides(text: str, kept: int) -> None:
    passage = StoredPassage(1, "doc.txt", "Normans", Passage("doc", 1, 40, 40 + len(text), (), text, tables=(TABLE,)))
    candidates = [replace(one, score=0.3) for one in candidate_sentences([Hit(passage, 0.5, ())])]
    assert len(candidates) >= 3
    assert len(select(candidates, {})) == kept


def test_of_several_questions_the_best_sentence_of_each_comes_before_the_others() -> None:
    first, second, third = candidate_sentences([hit("Goethe wrote Faust. Weimar is old. Bread is baked.")])
    of_author = [replace(first, score=0.6), replace(third, score=0.4)]
    of_town = [replace(second, score=0.9), replace(first, score=0.1)]
    told = of_all([of_author, of_town, []])
    assert [sentence.text for sentence in told] == ["Goethe wrote Faust.", "Weimar is old.", "Bread is baked."]
    assert [sentence.score for sentence in told] == pytest.approx([0.7 / 3, 0.3, 0.4 / 3])
    assert of_all([]) == ()
    apart = [replace(evidence("a"), score=0.5), replace(evidence("b", document="other"), score=0.01)]
    assert len(select(apart, {})) == 1
    assert len(select(apart, {}, sure=2)) == 2


def test_of_several_questions_a_heading_comes_behind_what_it_stands_above() -> None:
    text = "Fit Palace\nThe sauna is included."
    passage = StoredPassage(1, "gyms.md", "Gyms", Passage("gyms", 1, 0, len(text), ("Fit Palace",), text))
    heading, sauna = candidate_sentences([Hit(passage, 0.5, ())])
    told = of_all([[replace(heading, score=0.6), replace(sauna, score=0.1)], []])
    assert [sentence.text for sentence in told] == ["The sauna is included.", "Fit Palace"]
