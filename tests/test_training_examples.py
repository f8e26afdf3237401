"""Rated answers as training examples, and the command that writes them."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag_app.cli.main import main
from rag_app.prompting import make_prompt
from rag_app.records import Answer, AnswerSentence, ChatMessage, Fault, Feedback, Query, Rating, Turn, Verdict
from rag_app.training_examples import preference_examples, supervised_examples
from tests.examples import evidence
from tests.real_library import models_folder, real_library

UP, DOWN = Feedback(Rating.UP), Feedback(Rating.DOWN)
EVIDENCE = (evidence("The tower is 87 metres high."),)


def answer(text: str, question: str = "How high is it?", **changes: object) -> Answer:
    sentences = (AnswerSentence(text, Verdict.SUPPORTED, ()),)
    made = Answer(question, Query(question, question, "en", ()), sentences=sentences, evidence=EVIDENCE, finished=True)
    return replace(made, **changes)  # type: ignore[arg-type]


def turns(*rated: tuple[Answer, Feedback | None]) -> tuple[Turn, ...]:
    return tuple(Turn(number, 1, one, feedback) for number, (one, feedback) in enumerate(rated, start=1))


def said(text: str) -> ChatMessage:
    return ChatMessage("assistant", text)


def test_liked_answer_stands_behind_the_very_prompt_that_the_model_gets() -> None:
    rated = turns(
        (answer("87 metres."), UP), (answer("90 metres."), DOWN), (answer("91 metres."), None), (answer("87 metres."), UP)
    )
    (example,) = supervised_examples(rated)
    assert example.messages == (*make_prompt("How high is it?", EVIDENCE), said("87 metres."))
    assert [message.role for message in example.messages] == ["system", "user", "assistant"]


def test_the_prompt_holds_only_the_evidence_that_was_selected_for_the_model() -> None:
    both = (*EVIDENCE, evidence("The park is free.", id=2))
    (example,) = supervised_examples(turns((answer("87 metres.", evidence=both, selected=1), UP)))
    assert example.messages[:2] == make_prompt("How high is it?", EVIDENCE)
    (older,) = supervised_examples(turns((answer("87 metres.", evidence=both), UP)))
    assert older.messages[:2] == make_prompt("How high is it?", both)


def test_question_is_the_one_that_was_searched() -> None:
    query = Query("How hihg is it?", "How high is it?", "en", ())
    (example,) = supervised_examples(turns((answer("87 metres.", "How hihg is it?", query=query), UP)))
    assert example.messages[:2] == make_prompt("How high is it?", EVIDENCE)


def test_answer_that_refused_teaches_nothing() -> None:
    refused = answer("", sentences=(), abstained=True)
    assert supervised_examples(turns((refused, UP))) == ()
    assert preference_examples(turns((refused, replace(DOWN, right_answer="87 metres.")), (answer("87 metres."), UP))) == ()


def test_disliked_answer_is_paired_with_what_would_have_been_right() -> None:
    rated = turns((answer("90 metres."), Feedback(Rating.DOWN, Fault.WRONG, "no", "87 metres.")), (answer("Tall."), DOWN))
    (pair,) = preference_examples(rated)
    assert pair.prompt == make_prompt("How high is it?", EVIDENCE)
    assert (pair.chosen, pair.rejected) == ((said("87 metres."),), (said("90 metres."),))


def test_disliked_answer_is_paired_with_liked_ones_to_the_same_question_over_their_evidence() -> None:
    other = (evidence("87 metres, says the plate."),)
    rated = turns(
        (answer("90 metres."), DOWN),
        (answer("87 metres.", "how high  is it?", evidence=other), UP),
        (answer("In Lund.", "Where is it?"), UP),
        (answer("90 metres."), UP),
    )
    (pair,) = preference_examples(rated)
    assert pair.prompt == make_prompt("how high  is it?", other)
    assert (pair.chosen, pair.rejected) == ((said("87 metres."),), (said("90 metres."),))


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    """A library with a liked answer and a disliked one that was put right."""
    folder = tmp_path / "storage"
    with closing(real_library(folder)) as library:
        conversation = library.start_conversation("Towers").id
        first, second = (library.keep_turn(conversation, answer(text)).id for text in ("87 metres.", "九十米。"))
        library.rate(first, UP)
        library.rate(second, Feedback(Rating.DOWN, Fault.WRONG, "no", "八十七米。"))
    return folder


def run(storage: Path, *arguments: object) -> int:
    return main(["feedback", *map(str, arguments), "--storage", str(storage), "--models", str(models_folder())])


def test_export_writes_chat_messages_a_line_and_replaces_the_file_as_a_whole(storage: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.jsonl"
    for _ in range(2):
        assert run(storage, "export", "--format", "sft", "--out", out) == 0
        (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        assert list(row) == ["messages"] and row["messages"][2] == {"role": "assistant", "content": "87 metres."}
    assert run(storage, "export", "--format", "preference", "--out", out) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [list(row) for row in rows] == [["prompt", "chosen", "rejected"]] * 2
    assert {row["chosen"][0]["content"] for row in rows} == {"87 metres.", "八十七米。"}
    assert [file.name for file in out.parent.iterdir()] == ["out.jsonl"]


def test_list_shows_each_rating_with_its_reason(storage: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(storage, "list") == 0
    out = capsys.readouterr().out
    assert "up: How high is it?" in out and "down (wrong): How high is it?" in out and "right: 八十七米。" in out
    assert run(storage, "list", "--json") == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["rating"], first["fault"], first["answer"]) == ("up", None, "87 metres.")
    assert (second["rating"], second["fault"], second["right_answer"]) == ("down", "wrong", "八十七米。")


@pytest.mark.parametrize("bad", ["folder", "below_a_file", "long"])
def test_place_that_cannot_be_written_is_one_sentence_that_names_it(
    storage: Path, tmp_path: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("kept")
    out = {"folder": tmp_path, "below_a_file": tmp_path / "file" / "out.jsonl", "long": tmp_path / ("x" * 300)}[bad]
    assert run(storage, "export", "--format", "sft", "--out", out) == 1
    error = capsys.readouterr().err
    assert str(out) in error and error.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "storage"]


def test_nothing_to_export_says_what_to_do_and_leaves_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("kept")
    for form, said_so in (
        ("sft", "No answer has a thumb up yet."),
        ("preference", "No pair is there yet: an answer (no refusal)"),
    ):
        assert run(tmp_path / "storage", "export", "--format", form, "--out", out) == 1
        assert said_so in capsys.readouterr().err
    assert out.read_text() == "kept"


def test_export_without_its_format_is_bad_usage(tmp_path: Path) -> None:
    for arguments in (["export", "--out", "x"], ["export", "--format", "csv", "--out", "x"], []):
        with pytest.raises(SystemExit) as stopped:
            run(tmp_path, *arguments)
        assert stopped.value.code == 2
