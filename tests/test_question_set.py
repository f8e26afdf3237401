"""Reading question sets, and clear words about broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.errors import QuestionSetError
from rag_app.evaluation.question_set import SetDocument, SetQuestion, as_in_files, read_question_set

DOCUMENT = '{"id": "a#p1", "title": "A", "text": "Rollo came.", "pdf": "a.pdf", "page": 1}'
QUESTION = '{"id": "q", "question": "Who?", "answers": ["Rollo"], "doc_ids": ["a#p1"], "answerable": true, "doc_name": "a"}'


def write_set(folder: Path, documents: str, questions: str) -> Path:
    (folder / "docs.jsonl").write_text(documents, encoding="utf-8")
    (folder / "questions.jsonl").write_text(questions, encoding="utf-8")
    return folder


def test_a_set_is_read_with_its_pages_and_answers(tmp_path: Path) -> None:
    question_set = read_question_set(write_set(tmp_path, DOCUMENT + "\n\n", QUESTION + "\n"))
    assert question_set.documents == (SetDocument("a#p1", "A", "Rollo came.", "a.pdf", 1),)
    assert question_set.questions == (SetQuestion("q", "Who?", ("Rollo",), ("a#p1",), True, document_name="a"),)
    assert question_set.pdf_files == (tmp_path / "pdf" / "a.pdf",)


def test_given_documents_count_in_closed_mode_only(tmp_path: Path) -> None:
    closed = '{"id": "1", "question": "x", "given_doc_ids": ["a#p1"], "mode": "closed"}\n'
    opened = '{"id": "2", "question": "x", "given_doc_ids": ["a#p1"]}\n'
    questions = read_question_set(write_set(tmp_path, DOCUMENT, closed + opened)).questions
    assert [question.given for question in questions] == [("a#p1",), ()]


@pytest.mark.parametrize(
    ("documents", "questions", "message"),
    [
        (DOCUMENT, QUESTION + "\n{broken", r"questions.jsonl, line 2 is not JSON"),
        (DOCUMENT, "[1]", r"questions.jsonl, line 1 is not a JSON object"),
        ('{"id": "a"}', QUESTION, r"docs.jsonl, line 1: a document needs id and text"),
        ('{"id": "a", "text": null}', QUESTION, r"docs.jsonl, line 1: a document needs id and text.*text is None"),
        (DOCUMENT, "[" * 100_000, r"questions.jsonl, line 1 is not JSON"),
        (
            DOCUMENT,
            '{"id": "1", "question": "x", "answers": "Rollo"}',
            r"lists where lists belong.*answers is no list but 'Rollo'",
        ),
        (DOCUMENT, "\n", r"questions.jsonl holds no question"),
        (DOCUMENT, '{"id": "a"}', r"questions.jsonl, line 1: a question needs id and question"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, documents: str, questions: str, message: str) -> None:
    with pytest.raises(QuestionSetError, match=message):
        read_question_set(write_set(tmp_path, documents, questions))


def test_a_set_of_another_program_is_read(tmp_path: Path) -> None:
    document = '\ufeff{"id": 7, "text": "one\u2028two \\ud800three"}\r\n'
    found = read_question_set(write_set(tmp_path, document, '{"id": 1, "question": "x", "doc_ids": [7], "answers": [1889]}\n'))
    assert [(row.id, row.text) for row in found.documents] == [("7", "one\u2028two three")]
    assert [(row.id, row.gold, row.answers) for row in found.questions] == [("1", ("7",), ("1889",))]


def test_a_run_writes_ids_as_the_files_of_the_set_do(tmp_path: Path) -> None:
    found = read_question_set(
        write_set(tmp_path, '{"id": 7, "text": "one"}\n{"id": "a/b", "text": "two"}', '{"id": 1, "question": "x"}')
    )
    line = {
        "id": "1",
        "hits": [{"doc_id": "7", "score": 1.0}],
        "sentences": [{"citations": [{"doc_id": "a/b"}, {"doc_id": "7#p2"}]}],
    }
    assert as_in_files(found, line) == {
        "id": 1,
        "hits": [{"doc_id": 7, "score": 1.0}],
        "sentences": [{"citations": [{"doc_id": "a/b"}, {"doc_id": "7#p2"}]}],
    }
    assert as_in_files(found, {"id": "2", "hits": []}) == {"id": "2", "hits": []}


def test_a_question_of_which_nothing_is_said_has_an_answer(tmp_path: Path) -> None:
    said = ('"answerable": null', '"kind": ""', '"answerable": 0')
    questions = "\n".join(f'{{"id": "{number}", "question": "x", {what}}}' for number, what in enumerate(said))
    found = read_question_set(write_set(tmp_path, DOCUMENT, questions)).questions
    assert [question.answerable for question in found] == [True, True, False]


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match=r"docs\.jsonl cannot be read"):
        read_question_set(tmp_path / "nowhere")


def review(folder: Path, text: str) -> None:
    (folder / "review.csv").write_text(text, encoding="utf-8")


THREE = "".join(f'{{"id": "{id}", "question": "x", "kind": "plain"}}\n' for id in "abc")


def test_questions_that_a_review_strikes_out_are_not_asked(tmp_path: Path) -> None:
    write_set(tmp_path, DOCUMENT, THREE)
    review(tmp_path, "\ufeffkeep,id\nyes,a\nNo ,b\n")
    question_set = read_question_set(tmp_path)
    assert ([question.id for question in question_set.questions], question_set.struck) == (["a"], 2)


def test_a_set_without_a_review_is_asked_whole(tmp_path: Path) -> None:
    question_set = read_question_set(write_set(tmp_path, DOCUMENT, THREE))
    assert [(question.id, question.kind) for question in question_set.questions] == [(id, "plain") for id in "abc"]
    assert question_set.struck == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("keep,id\nyes,a\nperhaps,b\n", r"review.csv, line 3: 'keep' is 'perhaps'; write yes or no"),
        ("keep;id\nyes;a\n", r"review.csv, line 2 lacks the column 'keep' or 'id'"),
    ],
)
def test_a_review_that_says_neither_yes_nor_no_is_named(tmp_path: Path, text: str, message: str) -> None:
    write_set(tmp_path, DOCUMENT, THREE)
    review(tmp_path, text)
    with pytest.raises(QuestionSetError, match=message):
        read_question_set(tmp_path)


def test_a_review_in_another_encoding_is_named(tmp_path: Path) -> None:
    write_set(tmp_path, DOCUMENT, THREE)
    (tmp_path / "review.csv").write_bytes("keep,id,问\n".encode("gbk"))
    with pytest.raises(QuestionSetError, match="Save it as CSV in UTF-8"):
        read_question_set(tmp_path)
