"""The history of conversations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.errors import LibraryError
from rag_app.records import (
    Answer,
    AnswerSentence,
    Citation,
    Correction,
    Evidence,
    Fault,
    Feedback,
    Hit,
    Passage,
    Query,
    Rating,
    StageScore,
    StoredPassage,
    Timings,
    Turn,
    Verdict,
)
from rag_app.store import DATABASE, Store

STORED = StoredPassage(7, "a.txt", "A", Passage("f" * 64, 2, 5, 9, ("One", "Two"), "text"))
ANSWER = Answer(
    question="Wat is 它?",
    query=Query("Wat is 它?", "What is 它?", "en", ("what", "它"), (Correction("Wat", "What"),), ("thing",), "What is a thing?"),
    sentences=(AnswerSentence("It is.", Verdict.REPLACED, (Citation(1, 7, "f" * 64, "a.txt", 2, 5, 9, "text"),), "It was."),),
    withheld=("Not so.",),
    evidence=(Evidence(STORED, 5, 9, "text", 0.25, agreeing=(Evidence(STORED, 5, 9, "text", 0.125),)),),
    hits=(Hit(STORED, 0.5, (StageScore("dense", 0.75),)),),
    finished=True,
    confidence=0.875,
    model="small",
    timings=Timings(1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path)
    yield opened
    opened.close()


def test_answer_comes_back_as_it_was_kept(store: Store, tmp_path: Path) -> None:
    conversation = store.start_conversation("First")
    turn = store.keep_turn(conversation.id, ANSWER)
    assert turn == Turn(1, conversation.id, ANSWER)
    store.close()
    again = Store(tmp_path)
    assert again.turns(conversation.id) == (turn,)
    again.close()


def test_conversation_last_used_comes_first(store: Store) -> None:
    first, second = store.start_conversation("First"), store.start_conversation("Second")
    assert [conversation.id for conversation in store.conversations()] == [second.id, first.id]
    store.rename_conversation(first.id, "Renamed")
    assert store.conversations()[1].title == "Renamed"


def test_deleted_conversation_is_gone_from_the_disk(store: Store, tmp_path: Path) -> None:
    conversation = store.start_conversation("Secret plan")
    store.keep_turn(conversation.id, ANSWER)
    store.delete_conversation(conversation.id)
    assert store.conversations() == ()
    assert store.turns(conversation.id) == ()
    content = (tmp_path / DATABASE).read_bytes() + (tmp_path / f"{DATABASE}-wal").read_bytes()
    assert b"Secret plan" not in content
    assert b"It is." not in content


def test_turn_of_a_deleted_conversation_is_refused(store: Store) -> None:
    with pytest.raises(LibraryError, match="conversation 5 was deleted"):
        store.keep_turn(5, ANSWER)


def test_question_in_a_broken_encoding_is_kept_readable(store: Store) -> None:
    conversation = store.start_conversation("x")
    store.keep_turn(conversation.id, Answer("a\udcffb", Query("a\udcffb", "ab", "en", ("ab",))))
    assert store.turns(conversation.id)[0].answer.question == "a?b"


def test_answer_of_a_version_that_did_not_understand_follow_ups_is_read(store: Store, tmp_path: Path) -> None:
    conversation = store.start_conversation("x")
    store.keep_turn(conversation.id, ANSWER)
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("update turns set answer = json_remove(answer, '$.query.understood')")
    connection.close()
    assert store.turns(conversation.id)[0].answer == replace(ANSWER, query=replace(ANSWER.query, understood=""))


def test_answer_that_cannot_be_read_names_the_file(store: Store, tmp_path: Path) -> None:
    conversation = store.start_conversation("x")
    store.keep_turn(conversation.id, ANSWER)
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("update turns set answer = '{}'")
    connection.close()
    with pytest.raises(LibraryError, match=DATABASE):
        store.turns(conversation.id)


def test_rating_comes_back_with_its_answer_is_changed_and_taken_back(store: Store, tmp_path: Path) -> None:
    conversation = store.start_conversation("First")
    first, second = store.keep_turn(conversation.id, ANSWER), store.keep_turn(conversation.id, ANSWER)
    assert store.rated_turns() == ()
    store.rate(first.id, Feedback(Rating.UP))
    down = Feedback(Rating.DOWN, Fault.CITATION, "see page 3\udcff", "It was.")
    store.rate(first.id, down)
    store.close()
    store = Store(tmp_path)
    kept = replace(down, comment="see page 3?")
    assert [turn.feedback for turn in store.turns(conversation.id)] == [kept, None]
    assert store.rated_turns() == (replace(first, feedback=kept),)
    store.rate(second.id, Feedback(Rating.UP))
    store.withdraw_rating(first.id)
    assert store.rated_turns() == (replace(second, feedback=Feedback(Rating.UP)),)
    assert b"see page 3" not in (tmp_path / DATABASE).read_bytes() + (tmp_path / f"{DATABASE}-wal").read_bytes()
    store.close()


def test_rating_is_deleted_with_its_conversation_and_a_deleted_answer_is_not_rated(store: Store, tmp_path: Path) -> None:
    conversation = store.start_conversation("First")
    turn = store.keep_turn(conversation.id, ANSWER)
    store.rate(turn.id, Feedback(Rating.DOWN, None, "", "Nobody may read this."))
    store.delete_conversation(conversation.id)
    assert store.rated_turns() == ()
    assert b"Nobody may read" not in (tmp_path / DATABASE).read_bytes()
    with pytest.raises(LibraryError, match=f"answer {turn.id} was deleted"):
        store.rate(turn.id, Feedback(Rating.UP))


def test_conversations_are_found_by_the_words_of_title_question_and_answer_but_not_of_the_evidence(store: Store) -> None:
    first, second = store.start_conversation("About 100% steel"), store.start_conversation("北京")
    store.keep_turn(first.id, ANSWER)
    store.keep_turn(second.id, replace(ANSWER, question="那里有多高？", sentences=()))

    def found(words: str) -> list[int]:
        return [conversation.id for conversation in store.conversations(words)]

    assert found("STEEL") == found("it is.") == found("wat steel") == found("0% s") == [first.id]
    assert found("多高") == found("北京") == [second.id]
    assert found("text") == found("steel nothing") == found("_") == []
    assert set(found("  ")) == {first.id, second.id}


def test_conversation_that_was_deleted_is_told_of(store: Store) -> None:
    with pytest.raises(LibraryError, match="There is no conversation 7"):
        store.conversation(7)


def test_last_turns_of_a_conversation_are_read_alone_and_one_by_its_id(store: Store) -> None:
    conversation = store.start_conversation("Long").id
    kept = [store.keep_turn(conversation, replace(ANSWER, question=str(number))) for number in range(5)]
    assert store.turns(conversation, 2) == tuple(kept[3:])
    assert (store.turn_count(conversation), store.turn(kept[1].id)) == (5, kept[1])
    with pytest.raises(LibraryError, match="The answer 99 was deleted"):
        store.turn(99)
