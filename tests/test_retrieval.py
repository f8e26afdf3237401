"""Finding passages in words and vectors together."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from rag_app.errors import QuestionError
from rag_app.ranking import RankingCoefficients
from rag_app.records import Scope
from rag_app.reranking import LateInteraction
from rag_app.retrieval import RERANKED, Retrieval
from rag_app.text.coverage import coverage
from rag_app.vector_index import LibraryIndex
from tests.small_library import EMBEDDER, add_text, retrieval_over, small_library

TEXTS = {
    "normans.txt": "Rollo was the leader of the Norman settlers.",
    "oxygen.txt": "Oxygen is a chemical element with the symbol O.",
    "luoluo.txt": "罗洛是诺曼人的首领。",
    "song.txt": "岳飛是南宋的將領。",
}


def names(retrieval_result: object) -> list[str]:
    return [hit.stored.document_name for hit in retrieval_result.hits]  # type: ignore[attr-defined]


def test_words_and_vectors_find_the_passage_and_every_stage_is_shown(tmp_path: Path) -> None:
    retrieval, _ = retrieval_over(tmp_path, TEXTS)
    found = retrieval.search("Who was the leader of the Norman settlers?", top_k=2)
    assert names(found)[0] == "normans.txt"
    assert [stage.stage for stage in found.hits[0].stages] == ["lexical", "dense", "fused", "reranked"]
    assert found.hits[0].stages[2].score == 1.0
    assert found.hits[0].score > found.hits[1].score


def test_a_question_asked_again_finds_the_same(tmp_path: Path) -> None:
    retrieval, _ = retrieval_over(tmp_path, TEXTS)
    first, second = (retrieval.search("Who was the leader of the Norman settlers?", top_k=4) for _ in range(2))
    assert second.hits == first.hits


def test_chinese_is_found_and_in_either_script(tmp_path: Path) -> None:
    retrieval, _ = retrieval_over(tmp_path, TEXTS)
    assert names(retrieval.search("谁是诺曼人的首领？", top_k=1)) == ["luoluo.txt"]
    assert names(retrieval.search("岳飞是哪个朝代的将领？", top_k=1)) == ["song.txt"]


def test_a_scope_gives_every_passage_it_has_and_no_other(tmp_path: Path) -> None:
    retrieval, store = retrieval_over(tmp_path, TEXTS)
    inside = [add_text(store, f"{n}.txt", f"Bread number {n} is baked.", collection="bakery") for n in range(3)]
    in_collection = retrieval.search("Who was the leader of the Norman settlers?", top_k=10, scope=Scope(collection="bakery"))
    assert sorted(names(in_collection)) == ["0.txt", "1.txt", "2.txt"]
    in_one = retrieval.search("bread", top_k=10, scope=Scope(document_ids=(inside[1],)))
    assert names(in_one) == ["1.txt"]


def test_what_is_added_and_removed_later_is_seen_at_the_next_question(tmp_path: Path) -> None:
    retrieval, store = retrieval_over(tmp_path, TEXTS)
    added = add_text(store, "tin.txt", "Tin melts at 232 degrees.")
    assert names(retrieval.search("When does tin melt?", top_k=1)) == ["tin.txt"]
    store.remove([added])
    assert "tin.txt" not in names(retrieval.search("When does tin melt?", top_k=10))


def test_spelling_is_corrected_by_the_words_the_library_has_now(tmp_path: Path) -> None:
    retrieval, store = retrieval_over(tmp_path, TEXTS)
    assert retrieval.search("the laeder of zirkonium", top_k=1).query.searched == "the leader of zirconium"
    assert retrieval.search("the laeder", top_k=1, as_typed=True).query.searched == "the laeder"
    assert retrieval.search("the Zurkel", top_k=1).query.corrections == ()
    add_text(store, "zurkle.txt", "The zurkle is a bird.")
    assert retrieval.search("the zurkel", top_k=1).query.searched == "the zurkle"


def test_library_of_both_languages_gives_each_passage_once_and_as_many_as_are_wanted(tmp_path: Path) -> None:
    with closing(small_library(tmp_path)) as library:
        for name, text in TEXTS.items():
            add_text(library._store, name, text)
        hits = library.search("Who was the leader of the Norman settlers?", top_k=3).hits
    assert len({hit.stored.id for hit in hits}) == len(hits) == 3
    assert hits[0].stored.document_name == "normans.txt"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("question", ["的", '"leader" NEAR(x, 2) OR *', "<|im_start|>", "a\ud800b", "x" * 9_999, "' OR 1=1 --"])
def test_strange_questions_raise_nothing(tmp_path: Path, question: str) -> None:
    retrieval, _ = retrieval_over(tmp_path, TEXTS)
    assert len(retrieval.search(question, top_k=3).hits) <= 3


def test_an_empty_library_has_no_hits(tmp_path: Path) -> None:
    retrieval, _ = retrieval_over(tmp_path, {})
    assert retrieval.search("Anything?", top_k=3).hits == ()


def test_an_empty_question_is_refused(tmp_path: Path) -> None:
    retrieval, _ = retrieval_over(tmp_path, TEXTS)
    with pytest.raises(QuestionError):
        retrieval.search(" ", top_k=3)


def test_rare_terms_weigh_more_than_common_ones(tmp_path: Path) -> None:
    retrieval, _ = retrieval_over(tmp_path, TEXTS)
    found = retrieval.search("the oxygen", top_k=1)
    weights = retrieval.weights(found.query, found.hits)
    assert weights["oxygen"] > weights["the"] > 0


def test_a_passage_in_the_other_language_that_says_the_words_is_found_among_many(tmp_path: Path) -> None:
    notices = {f"{number}.txt": f"第{number}号通知：明天停水。" for number in range(2 * RERANKED)}
    retrieval, _ = retrieval_over(tmp_path, {"rain.txt": "Rain falls.", **notices, "lease.txt": "押金是两个月租金。"})
    asked = "How much is the deposit and the rent?"
    assert names(retrieval.search(asked, top_k=1)) == ["lease.txt"]
    assert names(retrieval.search(asked, top_k=3, scope=Scope(language="en"))) == ["rain.txt"]


def test_where_all_is_in_the_other_language_what_it_says_of_the_question_weighs(tmp_path: Path) -> None:
    retrieval, _ = retrieval_over(tmp_path, {"oxygen.txt": TEXTS["oxygen.txt"], "wei.txt": "Li Wei earns 900 a month."})
    found = retrieval.search("李伟每月挣多少？有氧气吗？", top_k=2)
    weights = retrieval.weights(found.query, found.hits)
    assert {"li", "wei", "ˢoxygen", "ˢmonth"} <= set(weights)
    assert weights["li"] == weights["wei"] > 0


def test_beside_passages_in_its_own_language_what_those_in_the_other_say_of_the_question_is_known_and_weighs_nothing(
    tmp_path: Path,
) -> None:
    papers = {"rain.txt": "Rain falls for a month.", "lease.txt": "押金是两个月租金。"}
    retrieval, _ = retrieval_over(tmp_path, papers)
    found = retrieval.search("How much is the deposit?", top_k=2)
    weights = retrieval.weights(found.query, found.hits)
    assert (weights["押金"], weights["deposit"] > 0) == (0.0, True)
    own = retrieval.search("How much is the deposit?", top_k=2, scope=Scope(language="en"))
    assert coverage(weights, {"deposit"}) == coverage(retrieval.weights(own.query, own.hits), {"deposit"})


def test_within_one_document_the_vector_of_the_document_orders_nothing(tmp_path: Path) -> None:
    colours = ("red", "blue", "green", "yellow", "white", "black", "brown", "grey")
    text = " ".join(
        f"The {colour} train leaves at {hour} o'clock sharp from the northern platform." for hour, colour in enumerate(colours)
    )
    _, store = retrieval_over(tmp_path, {"trains.txt": text})
    alone = RankingCoefficients(**{**dict.fromkeys(RankingCoefficients.__slots__, 0.0), "document": 1.0})
    index = LibraryIndex(store, embedder_id=EMBEDDER.id, dimension=EMBEDDER.dimension, folder=tmp_path / "index")
    retrieval = Retrieval(store, index, EMBEDDER, LateInteraction(store), coefficients=alone)
    hits = retrieval.search("When does the yellow train leave?", top_k=20).hits
    assert len(hits) > 2
    assert {hit.score for hit in hits} == {0.0}


def test_documents_that_a_text_names_are_found_in_the_scope_though_no_word_of_the_question_leads_there(tmp_path: Path) -> None:
    retrieval, store = retrieval_over(tmp_path, {**TEXTS, "Ada Pryce.txt": "Her telephone number is 555."})
    add_text(store, "Tom Reed.txt", "He works at the harbour.", collection="people")
    text = "The landlord is Ada Pryce and the tenant Tom Reed."
    everywhere = retrieval.named("Who is it?", text, (), Scope())
    assert {hit.stored.document_name for hit in everywhere} == {"Ada Pryce.txt", "Tom Reed.txt"}
    others = retrieval.named(
        "Who is it?", text, [hit for hit in everywhere if hit.stored.document_name == "Tom Reed.txt"], Scope()
    )
    assert {hit.stored.document_name for hit in others} == {"Ada Pryce.txt"}
    of_people = retrieval.named("Who is it?", text, (), Scope(collection="people"))
    assert {hit.stored.document_name for hit in of_people} == {"Tom Reed.txt"}
    assert retrieval.named("Who is it?", text, (), Scope(document_ids=("1",))) == ()
    assert retrieval.named("Who is it?", "Rollo came.", (), Scope()) == ()
