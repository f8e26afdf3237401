"""What each of a few chosen documents says for itself."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from rag_app.comparing import (
    LEAST_ALIKE,
    LEAST_ALIKE_ACROSS,
    LEAST_ALONE,
    LEAST_SURE,
    MOST_ASKED,
    are_few,
    with_each,
    with_most_of_each,
)
from rag_app.embedding import BagOfWordsEmbedder
from rag_app.interfaces import Vectors
from rag_app.querying import extreme_of, make_query
from rag_app.records import Answer, Evidence, Scope
from rag_app.ui.language import Language, Wording
from rag_app.ui.rendering.answers import turn_html
from tests.examples import evidence, hit
from tests.real_library import real_library

QUESTION = "When does the work start?"
OFFERS = {
    "huber.txt": "Offer of Huber. Tiles cost 2,880 euros. Work starts on 5 May and takes three weeks. Warranty: three years.",
    "maier.txt": "Offer of Maier. Tiles cost 3,120 euros. Start: 12 May 2025. Duration: two weeks. Warranty: three years.",
    "steiner.txt": "Offer of Steiner. Tiles cost 2,640 euros. We start on 5 May 2025 and need four weeks. Warranty: five years.",
}


class Turned(BagOfWordsEmbedder):
    """Sentences that stand at an angle whose cosine a text ends with; others at none."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        cosines = [float(text.rpartition(" ")[2]) if text[-1].isdigit() else 1.0 for text in texts]
        return np.array([(cosine, (1 - cosine**2) ** 0.5) for cosine in cosines], np.float32)


def said(document: str, text: str, *, score: float = 1.0, span: str = "") -> Evidence:
    return replace(evidence(text, document=document), score=score, span=span)


def answer(*selected: Evidence, sure: float = 0.9, others: Sequence[Evidence] = ()) -> Answer:
    query = make_query(QUESTION)
    return Answer(QUESTION, query, evidence=(*selected, *others), confidence=sure, selected=len(selected))


def told(own: Answer, *alone: Answer, threshold: float = 0.15) -> dict[str, list[str]]:
    """The documents told, in their order, each with those that agree."""
    found = with_each(own, alone, threshold, Turned())
    return {
        one.stored.passage.document_id: [other.stored.passage.document_id for other in one.agreeing]
        for one in found.selected_evidence
    }


def test_what_other_documents_say_alike_is_told_too_and_what_is_unlike_unsure_or_one_of_many_is_not() -> None:
    first = said("a", "Starts in May.")
    alike, unlike = f"Begins then. {LEAST_ALIKE + 0.01}", f"Begins then. {LEAST_ALIKE - 0.01}"
    assert told(answer(first), answer(said("b", alike))) == {"a": [], "b": []}
    assert told(answer(first), answer(said("b", unlike))) == {"a": []}
    assert told(answer(first), answer(said("b", alike), sure=LEAST_SURE - 0.01)) == {"a": []}
    assert told(answer(first), answer(said("b", alike), sure=0.5), threshold=0.6) == {"a": []}
    assert told(answer(first), answer(said("b", alike, score=LEAST_ALONE - 0.01))) == {"a": []}
    assert told(answer(first), answer(), answer(said("a", alike))) == {"a": []}


def test_across_languages_what_is_less_alike_is_told_too() -> None:
    first, across = said("a", "Starts in May."), f"五月开工。 {LEAST_ALIKE_ACROSS + 0.01}"
    assert told(answer(first), answer(said("b", across))) == {"a": [], "b": []}
    assert told(answer(first), answer(said("b", f"五月开工。 {LEAST_ALIKE_ACROSS - 0.01}"))) == {"a": []}


def test_the_same_answer_is_told_once_and_the_sentences_of_a_document_stand_together() -> None:
    first, second = said("a", "Starts in May.", span="May"), said("c", "In June.", span="June")
    again, same = said("a", "All of May.", span="May"), said("b", "Begins in May. 1", span="May")
    found = with_each(
        answer(first, second, again, others=[same]), [answer(same), answer(said("d", "In July. 1"))], 0.15, Turned()
    )
    assert [one.text for one in found.selected_evidence] == ["Starts in May.", "All of May.", "In June.", "In July. 1"]
    assert [one.text for one in found.evidence[0].agreeing] == ["Begins in May. 1"]
    assert found.evidence[found.selected :] == () and found.of_each
    assert not with_each(answer(first, again), [answer(again)], 0.15, Turned()).of_each


def test_which_of_the_chosen_documents_do_not_surely_tell_is_said() -> None:
    first, alike, unsure = said("a", "Starts in May."), said("b", "In June. 1"), said("c", "In July. 1")
    asked = [
        replace(answer(one, sure=sure), hits=(hit(one.text, document=one.stored.document_title),))
        for one, sure in ((first, 0.9), (alike, 0.9), (unsure, 0.2))
    ]
    found = with_each(answer(first), asked, 0.15, Turned())
    assert (found.of_each, found.silent) == (True, (unsure.stored.document_name,))
    assert with_each(answer(first), asked[:1] + asked[2:], 0.15, Turned()).silent == ()


def test_of_five_that_are_compared_all_are_told_and_of_those_within_a_bound_no_other_is_called_silent() -> None:
    costs = zip("abcde", (5, 3, 9, 7, 4), strict=True)
    prices = [replace(said(name, f"It costs {cost} euros.", span=f"{cost} euros"), span_at=9) for name, cost in costs]
    alone = [replace(answer(one), hits=(hit(one.text, document=one.stored.document_title),)) for one in prices]
    for question, told in (("Which hotel is the cheapest?", "beadc"), ("Which hotels cost less than 5 euros?", "be")):
        extreme = extreme_of(question)
        assert extreme
        found = with_most_of_each(answer(prices[0]), extreme, alone, 0.15)
        assert ("".join(sorted(_documents(found)) if extreme.bounds else _documents(found)), found.silent) == (told, ())
    cheapest = extreme_of("Which hotel is the cheapest?")
    assert cheapest
    missing = with_most_of_each(answer(prices[0]), cheapest, [*alone[:2], replace(alone[2], confidence=0.1)], 0.15)
    assert (_documents(missing), missing.silent) == (["b", "a"], (prices[2].stored.document_name,))


def _documents(found: Answer) -> list[str]:
    return [one.stored.passage.document_id for one in found.selected_evidence]


def test_a_few_chosen_documents_are_asked_each() -> None:
    few, many = (Scope(document_ids=tuple("abcdefgh"[:count])) for count in (MOST_ASKED, MOST_ASKED + 1))
    assert are_few(few) and not are_few(many)
    assert not are_few(Scope(document_ids=("a",))) and not are_few(Scope())


def test_each_of_three_offers_tells_when_it_starts_and_what_none_tells_is_refused(tmp_path: Path) -> None:
    for name, text in OFFERS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with closing(real_library(tmp_path / "storage", answer_mode="quoted")) as library:
        library.add([tmp_path / name for name in OFFERS])
        for _ in library.work():
            pass
        ids = tuple(document.id for document in library.documents())
        *_, start = library.ask(QUESTION, scope=Scope(document_ids=ids))
        quotes = {cited.document_name: cited.quote for cited in start.citations}
        days = {"huber.txt": "5 May and", "maier.txt": "12 May", "steiner.txt": "5 May 2025"}
        assert quotes.keys() == days.keys() and all(day in quotes[name] for name, day in days.items())
        *_, warranty = library.ask("How long is the warranty?", scope=Scope(document_ids=ids))
        assert sorted(len(one.citations) for one in warranty.sentences) == [1, 2]
        *_, parking = library.ask("Where can the van be parked?", scope=Scope(document_ids=ids))
        assert parking.abstained and not parking.of_each
        for question, first, count in (
            ("Which offer has the longest warranty?", "steiner.txt", 3),
            ("Which offer has the cheapest tiles?", "steiner.txt", 3),
            ("谁的瓷砖最贵？", "maier.txt", 3),
        ):
            *_, most = library.ask(question, scope=Scope(document_ids=ids))
            assert (most.citations[0].document_name, len(most.citations), most.of_each) == (first, count, True)
        *_, best = library.ask("Which offer has the best view of the sea?", scope=Scope(document_ids=ids))
        assert best.abstained
        *_, of_all = library.ask(QUESTION)
        assert not of_all.of_each
    page = turn_html(Wording(Language.ENGLISH), warranty, 1)
    assert all(page.count(f'lang="en">{names}</span>') == 1 for names in ("steiner.txt", "huber.txt · maier.txt"))
