"""Questions about documents as a whole, and what is quoted for them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from rag_app.library import Library
from rag_app.overview import SENTENCES, spread
from rag_app.querying import asks_for_overview
from rag_app.records import Answer, Scope, Turn
from tests.small_library import small_library

BREAD = (
    "Bread is a food that is baked from flour, water and salt, and it is eaten all over the world. "
    "Bakers knead the dough of flour and water, and they let it rest before it is baked as bread. "
    "Rye bread is baked from the flour of rye, and it keeps longer than the bread of wheat flour. "
    "Price | 3 | 4 | 5. "
    "Old bread is baked again with water and milk, and bakers sell it as a sweet food of their own. "
    "Flat bread is baked from flour and water alone, without yeast, and it is the oldest kind of bread."
)
TIN = "Tin is a soft metal that melts at a low heat, and it has been cast with copper into bronze for long."


@pytest.mark.parametrize(
    "question",
    [
        *(
            "What is this document about?",
            "what's this about",
            "Summarize this document.",
            "Can you summarise the report for me?",
        ),
        *("Please give me a short summary of the uploaded file.", "Summary", "What are the main points?", "TL;DR"),
        *("What are the key takeaways of this paper?", "What does this PDF say?", "Sum up these documents in three sentences."),
        *(
            "这份文件讲的是什么？",
            "这篇文章主要讲了什么？",
            "总结一下这份文件。",
            "请帮我概括一下这篇论文的主要内容",
            "主要内容是什么？",
        ),
        *("這份文件講什麼？", "给我一份摘要", "文档的要点有哪些？", "这本书是关于什么的？"),
    ],
)
def test_question_about_a_document_as_a_whole_is_known(question: str) -> None:
    assert asks_for_overview(question)


@pytest.mark.parametrize(
    "question",
    [
        *("What is this law about?", "Summarize the life of Nikola Tesla.", "What is the summary judgment?", "Describe it."),
        *("What does the report say about oil?", "Who wrote this document?", "What are the main causes of the war?"),
        *("When was the contract signed?", "Give me the total of the report.", "What is the main language of Chad?"),
        *("这份合同什么时候到期？", "总结特斯拉的一生。", "报告的作者是谁？", "文中关于质数说了什么？", "公司的主要业务是什么？"),
    ],
)
def test_question_about_a_subject_is_searched(question: str) -> None:
    assert not asks_for_overview(question)


def test_document_is_told_by_its_own_sentences_in_their_order(tmp_path: Path) -> None:
    with closing(_library(tmp_path)) as library:
        bread = next(one for one in library.documents() if one.name == "bread.txt")
        told = _told(library, "What is this document about?", Scope(document_ids=(bread.id,)))
    assert not told.abstained and told.confidence == 1.0
    assert len(told.sentences) == SENTENCES and told.hits == ()
    assert all(sentence.text in BREAD and "|" not in sentence.text for sentence in told.sentences)
    places = [sentence.citations[0].start for sentence in told.sentences]
    assert places == sorted(places)


def test_of_a_very_long_document_passages_at_even_distances_are_compared_and_its_beginning() -> None:
    assert spread(range(2000)) == list(range(2000))
    assert spread(range(12_000)) == [0, 1, 2, *range(3, 12_000, 6)]
    assert spread(()) == []


def test_library_is_told_by_all_its_documents(tmp_path: Path) -> None:
    with closing(_library(tmp_path)) as library:
        told = _told(library, "Summarize these documents.", Scope())
    assert {citation.document_name for one in told.sentences for citation in one.citations} == {"bread.txt", "tin.txt"}


def test_this_document_is_the_one_that_was_just_cited(tmp_path: Path) -> None:
    with closing(_library(tmp_path)) as library:
        said = Turn(1, 1, _told(library, "Is tin a soft metal that melts at a low heat?", Scope()))
        *_, told = library.ask("What is this document about?", before=[said])
    assert {citation.document_name for one in told.sentences for citation in one.citations} == {"tin.txt"}


def test_collection_is_told_by_its_own_documents_alone(tmp_path: Path) -> None:
    with closing(_library(tmp_path)) as library:
        ids = {document.name: document.id for document in library.documents()}
        library.put_in_collection([ids["bread.txt"]], "kitchen")
        said = Turn(1, 1, _told(library, "Is tin a soft metal that melts at a low heat?", Scope()))
        *_, told = library.ask("Summarize the documents.", scope=Scope("kitchen"), before=[said])
        chosen = _told(library, "Summarize this document.", Scope("kitchen", (ids["tin.txt"],)))
    assert {citation.document_name for one in told.sentences for citation in one.citations} == {"bread.txt"}
    assert chosen.abstained


def test_library_without_documents_has_nothing_to_tell(tmp_path: Path) -> None:
    with closing(small_library(tmp_path)) as library:
        assert _told(library, "What is this document about?", Scope()).abstained


def _told(library: Library, question: str, scope: Scope) -> Answer:
    *_, told = library.ask(question, scope=scope)
    return told


def _library(folder: Path) -> Library:
    library = small_library(folder / "library")
    for name, text in (("bread.txt", BREAD), ("tin.txt", TIN)):
        (folder / name).write_text(text, encoding="utf-8")
        library.add([folder / name])
    for _ in library.work():
        pass
    return library
