"""What a chat model writes to be searched besides the question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest

from rag_app.answering import Answering
from rag_app.errors import ModelError
from rag_app.generation import ScriptedGenerator
from rag_app.imagining import PASSAGE, WORDINGS, imagine
from rag_app.interfaces import Generator, Stop
from rag_app.overview import Overview
from rag_app.records import ChatMessage, Scope
from tests.small_library import EMBEDDER, retrieval_over

QUESTION = "Who led the settlers?"


def never() -> bool:
    return False


def imagined(reply: str, kind: str, question: str = QUESTION, languages: tuple[str, ...] = ("en", "zh")) -> tuple[str, ...]:
    return imagine(ScriptedGenerator(lambda messages: reply, languages=languages), question, kind, never)


def test_passage_is_one_text_and_wordings_are_two_questions_without_their_marks() -> None:
    assert imagined("**Rollo** led\nthe Norman settlers.", PASSAGE) == ("Rollo led the Norman settlers.",)
    lines = "1. Who was the leader?\n2. Who headed them?\n\n3. Who was chief?"
    assert imagined(lines, WORDINGS) == ("Who was the leader?", "Who headed them?")
    assert imagined("罗洛是诺曼人的首领。", PASSAGE, "谁是首领？") == ("罗洛是诺曼人的首领。",)


@pytest.mark.parametrize("reply", ["", "???", QUESTION, "who led the settlers", "罗洛是首领。"])
@pytest.mark.parametrize("kind", [PASSAGE, WORDINGS])
def test_what_says_no_more_than_the_question_or_is_in_another_language_is_not_used(reply: str, kind: str) -> None:
    assert imagined(reply, kind) == ()


def test_a_model_is_not_asked_in_a_language_it_does_not_know_nor_with_a_long_text() -> None:
    assert imagined("罗洛是首领。", PASSAGE, "谁领导了他们？", ("en",)) == ()
    assert imagined("Rollo led them.", PASSAGE, "word " * 200) == ()


class _Failing(ScriptedGenerator):
    def generate(self, messages: Sequence[ChatMessage], *, max_tokens: int, stop: Stop) -> Iterator[str]:
        raise ModelError("The model is gone.")


def test_a_model_that_fails_or_is_stopped_leaves_the_search_as_it_is() -> None:
    assert imagine(_Failing(lambda messages: ""), QUESTION, PASSAGE, never) == ()
    asked = count()
    generator = ScriptedGenerator(lambda messages: "Rollo led the Norman settlers from Scandinavia.")
    assert imagine(generator, QUESTION, PASSAGE, lambda: next(asked) > 1) == ()


def no_generator() -> Generator:
    raise ModelError("The model is missing.")


@pytest.mark.parametrize("imagines", ["", PASSAGE, WORDINGS])
def test_what_is_imagined_is_searched_besides_and_its_absence_changes_nothing(tmp_path: Path, imagines: str) -> None:
    texts = {"normans.txt": "Rollo was chief of the Normans.", "bread.txt": "Bread is baked.", "tin.txt": "Tin melts."}
    retrieval, store = retrieval_over(tmp_path, texts)
    scripted = ScriptedGenerator(lambda messages: "Rollo was chief of the Normans.")

    def answering(make: Callable[[], Generator]) -> Answering:
        overview = Overview(store, EMBEDDER)
        return Answering(
            retrieval,
            EMBEDDER,
            make,
            overview=overview,
            mode="quoted",
            answer_tokens=9,
            refusal_threshold=0.0,
            imagines=imagines,
        )

    found = answering(lambda: scripted).search("Who headed them?", top_k=3, scope=Scope(), stop=never)
    assert found.query.imagined == (("Rollo was chief of the Normans.",) if imagines else ())
    assert (found.hits[0].stored.document_name == "normans.txt") or not imagines
    without = answering(no_generator).search("Who headed them?", top_k=3, scope=Scope(), stop=never)
    assert without.query.imagined == () and without.hits == retrieval.search("Who headed them?", top_k=3).hits
