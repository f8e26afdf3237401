"""The command line from outside: what it prints, its exit codes, and the library after bad input."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from rag_app.cli.documents import TOLD_EVERY, ingest, remove
from rag_app.cli.main import main
from rag_app.library import Library, never
from rag_app.records import Answer, DocumentSummary, FileOutcome, Progress, TaskState
from rag_app.settings import Settings
from tests.made_files import locked_pdf, pdf, write
from tests.real_library import models_folder, open_shared, real_library
from tests.small_library import add_text, small_library
from tests.tiny_gguf import write_tiny_lora

NORMANS = "The Normans came from Scandinavia. Rollo was the leader of the Norman settlers. They spoke Old Norse."
OXYGEN = "Oxygen is a chemical element. It has the symbol O and the atomic number 8."
CHINESE = "诺曼人来自北欧。罗洛是诺曼人的首领。他们说古诺斯语。"
QUOTED = "Rollo was the leader of the Norman settlers."
ROOT = Path(__file__).parent.parent
QUESTION = "Who was the leader of the Norman settlers?"


class CommandLine:
    """Runs commands on one storage folder and reads what they print."""

    def __init__(self, storage: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.storage = storage
        self._capsys = capsys

    def __call__(self, command: str, *arguments: object) -> tuple[int, str, str]:
        places = ["--storage", str(self.storage), "--models", str(models_folder())]
        self._capsys.readouterr()
        code = main([command, *map(str, arguments), *places], open=open_shared)
        return (code, *self._capsys.readouterr())

    def json(self, command: str, *arguments: object) -> Any:
        code, out, err = self(command, *arguments, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    def lines(self, command: str, *arguments: object) -> list[dict[str, Any]]:
        _, out, _ = self(command, *arguments, "--json")
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path / "storage", capsys)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write_papers(tmp_path / "papers")


def write_papers(folder: Path) -> Path:
    folder.mkdir()
    write(folder, "normans.pdf", pdf("Front page", NORMANS))
    write(folder, "oxygen.txt", OXYGEN)
    write(folder, "luoluo.md", f"# 诺曼人\n\n{CHINESE}\n")
    return folder


@pytest.fixture(scope="module")
def read_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A storage folder with the papers, to be copied."""
    folder = tmp_path_factory.mktemp("read")
    with closing(real_library(folder / "storage")) as library:
        library.add([write_papers(folder / "papers")])
        assert [event.state for event in library.work() if isinstance(event, FileOutcome)] == [TaskState.DONE] * 3
    return folder / "storage"


@pytest.fixture
def filled(run: CommandLine, read_papers: Path) -> CommandLine:
    """The command line over a library of the papers."""
    shutil.copytree(read_papers, run.storage)
    return run


def states(lines: Sequence[dict[str, Any]]) -> dict[str, str]:
    return {line["name"]: line["state"] for line in lines}


def test_a_person_is_told_how_many_files_of_a_large_folder_are_taken_over(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    for number in range(TOLD_EVERY):
        write(tmp_path / "folder", f"{number}.txt", "")
    assert "taken over" not in run("ingest", tmp_path / "folder")[2]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert f"{TOLD_EVERY} files taken over\n" in run("ingest", tmp_path / "folder")[2]


def test_ingest_tells_of_the_files_that_another_program_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class ReadByAnother(Library):
        def work(self, stop: Callable[[], bool] = never) -> Iterator[Progress | FileOutcome]:
            list(super().work(stop))
            return iter(())

    files = [write(tmp_path, "oxygen.txt", OXYGEN), write(tmp_path, "locked.pdf", locked_pdf("key"))]
    with closing(small_library(tmp_path / "storage", ReadByAnother)) as library:
        code = ingest(library, Namespace(paths=list(map(str, files)), collection=None, password=False, json=True))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 1
    assert [(line["name"], line["state"], line["passages"]) for line in lines] == [
        ("oxygen.txt", "done", 1),
        ("locked.pdf", "failed", 0),
    ]


def test_ingest_tells_of_every_file_and_takes_each_once(run: CommandLine, papers: Path) -> None:
    lines = run.lines("ingest", papers)
    assert states(lines) == {"normans.pdf": "done", "oxygen.txt": "done", "luoluo.md": "done"}
    by_name = {line["name"]: line for line in lines}
    assert (by_name["normans.pdf"]["pages"], by_name["oxygen.txt"]["pages"]) == (2, 1)
    assert all(line["passages"] >= 1 and line["seconds"] > 0 for line in lines)
    assert set(states(run.lines("ingest", papers)).values()) == {"duplicate"}
    assert len(run.json("list")) == 3


def test_one_bad_file_does_not_stop_the_rest(run: CommandLine, papers: Path) -> None:
    write(papers, "empty.txt", "")
    write(papers, "broken.pdf", b"%PDF-1.7 nothing else")
    code, _, error = run("ingest", papers)
    assert code == 1
    assert "2 of 5 files were not added" in error and error.count("\n") == 1
    assert {document["name"] for document in run.json("list")} == {"normans.pdf", "oxygen.txt", "luoluo.md"}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "EMPTY_FILE"),
        ("movie.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "UNSUPPORTED"),
        ("broken.pdf", b"%PDF-1.7 nothing else", "DAMAGED"),
    ],
)
def test_a_bad_file_alone_is_one_sentence_that_names_it(
    run: CommandLine, papers: Path, name: str, content: bytes, reason: str
) -> None:
    run("ingest", papers / "oxygen.txt")
    (line,) = run.lines("ingest", write(papers, name, content))
    assert (line["state"], line["reason"]) == ("failed", reason)
    code, _, error = run("ingest", papers / name)
    assert code == 1 and name in error and error.count("\n") == 1
    assert [document["name"] for document in run.json("list")] == ["oxygen.txt"]


def test_a_locked_file_is_read_with_the_password_from_standard_input(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "locked.pdf", locked_pdf("secret"))
    (without,) = run.lines("ingest", path)
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
    (wrong,) = run.lines("ingest", path, "--password")
    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    lines = run.lines("ingest", "--password")
    assert [line["reason"] for line in (without, wrong)] == ["PASSWORD_NEEDED"] * 2
    assert "locked.pdf does not open with that password" in wrong["message"]
    assert [line["state"] for line in lines] == ["done", "duplicate"]


def test_a_missing_file_is_named(run: CommandLine, tmp_path: Path) -> None:
    code, _, error = run("ingest", tmp_path / "nowhere.pdf")
    assert code == 1 and "nowhere.pdf" in error


def test_search_shows_page_passage_and_the_score_of_each_stage(filled: CommandLine) -> None:
    found = filled.json("search", QUESTION, "--top-k", "1")
    (hit,) = found["hits"]
    assert (hit["document"], hit["page"]) == ("normans.pdf", 2)
    assert "Rollo was the leader" in hit["text"]
    assert set(hit["stages"]) == {"lexical", "dense", "fused", "reranked"}
    assert found["query"]["original"] == QUESTION


def test_a_misspelled_question_is_corrected_unless_searched_as_typed(filled: CommandLine) -> None:
    typed = "Who was the laeder of the Norman settlers?"
    for command in ("search", "ask"):
        query = filled.json(command, typed)["query"]
        assert (query["original"], query["searched"]) == (typed, QUESTION)
        assert query["corrections"] == [{"typed": "laeder", "searched": "leader"}]
        query = filled.json(command, typed, "--as-typed")["query"]
        assert (query["searched"], query["corrections"]) == (typed, [])
        assert 'Searched for "leader" instead of "laeder"' in filled(command, typed)[1]
        assert "Searched for" not in filled(command, typed, "--as-typed")[1]


def test_ask_answers_with_a_footnote_on_every_sentence(filled: CommandLine) -> None:
    answer = filled.json("ask", QUESTION)
    assert not answer["abstained"] and "Rollo" in answer["text"]
    assert all(sentence["citations"] for sentence in answer["sentences"])
    citation = answer["sentences"][0]["citations"][0]
    assert (citation["document_name"], citation["page"]) == ("normans.pdf", 2)
    assert citation["quote"] in NORMANS
    assert answer["timings"]["total"] > 0


def test_ask_prints_the_whole_trace_of_the_answer(filled: CommandLine) -> None:
    answer = filled.json("ask", QUESTION)
    assert set(answer) == {"text", *(field.name for field in fields(Answer))}
    assert {stage["stage"] for stage in answer["hits"][0]["stages"]} == {"lexical", "dense", "fused", "reranked"}
    assert answer["confidence"] > answer["threshold"] == Settings().refusal_threshold
    assert answer["evidence"][0]["score"] > answer["evidence"][-1]["score"]
    assert {sentence["verdict"] for sentence in answer["sentences"]} == {"quoted"}


def test_ask_in_chinese_answers_in_the_words_of_the_chinese_document(filled: CommandLine) -> None:
    code, out, _ = filled("ask", "谁是诺曼人的首领？")
    assert code == 0
    assert "罗洛是诺曼人的首领。[1]" in out and "luoluo.md" in out


def test_terminal_without_chinese_characters_shows_what_it_can_and_json_is_whole(run: CommandLine, papers: Path) -> None:
    run("ingest", papers / "luoluo.md")
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    places = ["--storage", str(run.storage), "--models", str(models_folder())]

    def printed(*arguments: str) -> str:
        command = [sys.executable, "-m", "rag_app", *arguments, *places]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout

    assert json.loads(printed("search", "Norman", "--json")) | {"timings_ms": 0} == run.json("search", "Norman") | {
        "timings_ms": 0
    }
    assert "1. luoluo.md, ???" in printed("search", "Norman")


def test_models_in_a_chinese_folder_where_names_are_not_in_utf_8_are_told(tmp_path: Path) -> None:
    models = tmp_path / "模型"
    models.mkdir()
    (models / models_folder().name).symlink_to(models_folder())
    command = [
        sys.executable,
        "-m",
        "rag_app",
        "list",
        "--storage",
        str(tmp_path),
        "--models",
        str(models / models_folder().name),
    ]
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert "\\u6a21\\u578b" in ended.stderr and "Set the variable PYTHONUTF8=1" in ended.stderr


def test_ask_says_when_the_documents_hold_no_answer(filled: CommandLine) -> None:
    answer = filled.json("ask", "How do I renew a passport in Portugal?")
    assert answer["abstained"] and answer["text"] == "" and answer["evidence"]


def test_questions_stay_within_the_chosen_document_and_collection(run: CommandLine, papers: Path) -> None:
    run("ingest", papers / "oxygen.txt", "--collection", "chemistry")
    run("ingest", papers)
    (oxygen,) = run.json("list", "--collection", "chemistry")
    for restriction in (("--collection", "chemistry"), ("--document", oxygen["id"][:12])):
        hits = run.json("search", QUESTION, *restriction)["hits"]
        assert {hit["document"] for hit in hits} == {"oxygen.txt"}
    for command in ("search", "ask"):
        code, out, error = run(command, QUESTION, "--collection", "biology")
        assert (code, out) == (1, "") and "There is no collection biology in the library" in error


def test_show_gives_the_passages_and_remove_takes_all_away(filled: CommandLine) -> None:
    normans = next(document for document in filled.json("list") if document["name"] == "normans.pdf")
    passages = filled.json("show", normans["id"][:10])
    assert [passage["page"] for passage in passages] == [1, 2]
    assert passages[1]["text"] == NORMANS
    assert filled.json("remove", normans["id"]) == {"removed": [normans["id"]]}
    assert normans["id"] not in {document["id"] for document in filled.json("list")}
    assert not [file for file in (filled.storage / "files").iterdir() if normans["id"] in file.name]


def test_commands_that_have_nothing_to_do_say_so_and_removing_says_what_was_done(run: CommandLine, papers: Path) -> None:
    assert run("reindex") == (0, "No documents here yet; add some with 'ingest'.\n", "")
    assert run("ingest") == (0, "Nothing was left to read; name the files, folders or web pages to add.\n", "")
    assert run.lines("reindex") == run.lines("ingest") == []
    run("ingest", papers)
    first, *others = (document["id"] for document in run.json("list"))
    assert run("remove", first) == (0, "1 document removed.\n", "")
    assert run("remove", *others, others[0]) == (0, "2 documents removed.\n", "")


def test_documents_that_are_removed_are_looked_up_once(tmp_path: Path) -> None:
    looked_up = []

    class Watched(Library):
        def documents(self, collection: str | None = None) -> tuple[DocumentSummary, ...]:
            looked_up.append(collection)
            return super().documents(collection)

    library = small_library(tmp_path, Watched)
    held = [add_text(library._store, f"{number}.txt", f"Steel rose {number} times.") for number in range(3)]
    remove(library, Namespace(ids=[label[:12] for label in held[:2]], json=False))
    assert len(looked_up) == 1
    assert [document.id for document in library.documents()] == held[2:]
    library.close()


@pytest.mark.parametrize("question", ["", "   ", "???", "。。。", "x" * 100_000])
def test_a_question_that_cannot_be_asked_is_one_sentence(filled: CommandLine, question: str) -> None:
    code, out, error = filled("ask", question)
    assert (code, out) == (1, "") and error.count("\n") == 1 and "question" in error


def test_an_unknown_document_is_one_sentence(run: CommandLine) -> None:
    for command in ("show", "remove"):
        code, _, error = run(command, "0123")
        assert code == 1 and "0123" in error


def test_asking_an_empty_library_says_what_to_do(run: CommandLine) -> None:
    code, _, error = run("ask", QUESTION)
    assert code == 1 and "'ingest'" in error
    assert run("search", QUESTION) == (0, "No passage was found; 'list' tells which documents there are.\n", "")


def test_a_command_that_is_terminated_ends_as_one_that_is_interrupted(tmp_path: Path) -> None:
    """Here while it reads a question set that does not come."""
    os.mkfifo(tmp_path / "docs.jsonl")
    command = [sys.executable, "-m", "rag_app", "evaluate", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process, (tmp_path / "docs.jsonl").open("w"):
        process.terminate()
        _, error = process.communicate()
    assert process.returncode == 130 and error.count("\n") == 1 and error.startswith("Stopped.")


def models_printed_to(output: int, unbuffered: str) -> tuple[int, str]:
    """The exit code and what is said on stderr when `models` prints to a file descriptor."""
    ended = subprocess.run(
        [sys.executable, "-m", "rag_app", "models"],
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
    )
    return ended.returncode, ended.stderr


def test_what_is_kept_is_listed_and_removed_without_loading_a_model(filled: CommandLine) -> None:
    (first, *_) = filled.json("list")
    commands = (["list"], ["show", first["id"]], ["folders", "list"], ["conversations", "list"], ["remove", first["id"]])
    places = ["--storage", str(filled.storage), "--models", str(models_folder())]
    code = f"""
import sys
from rag_app.cli.main import main
assert [main([*command, *{places!r}]) for command in {commands!r}] == [0] * 5
assert not {{"onnxruntime", "sentencepiece"}} & set(sys.modules)
assert main(["search", "leader", *{places!r}]) == 0
assert {{"onnxruntime", "sentencepiece"}} <= set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert first["id"] not in {document["id"] for document in filled.json("list")}


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_unexpected_fault_is_one_sentence(unbuffered: str) -> None:
    """Here what is printed finds no room, at once or when Python ends."""
    with open("/dev/full", "w") as full:
        code, said = models_printed_to(full.fileno(), unbuffered)
    assert code == 1 and said.count("\n") == 1
    assert "ended 'models' (OSError: [Errno 28] No space left on device)" in said


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_nobody_reads_any_more_ends_a_command_without_a_word(unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    assert models_printed_to(writing, unbuffered) == (1, "")
    os.close(writing)


def test_bad_usage_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    empty = (["ingest", ""], ["remove", ""], ["show", ""], ["folders", "add", ""], ["search", "x", "--document", ""])
    for arguments in (["nothing"], [], ["search", "--top-k", "²", "x"], ["show"], ["models", "fetch"], *empty):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_what_no_library_can_hold_is_one_sentence(run: CommandLine, papers: Path) -> None:
    endless = "9" * 30
    run("ingest", papers / "oxygen.txt")
    for command, said in (
        (("search", QUESTION, "--top-k", endless), "A number is too large"),
        (("conversations", "export", endless), "A number is too large"),
        (("conversations", "list", "--search", "\udce4"), "\\udce4% is no text"),
        (("list", "--collection", "biology"), "There is no collection biology in"),
        (("list", "--collection", "\udce4"), "There is no collection \\udce4 in"),
        (("ingest", papers / "normans.pdf", "--collection", "\udce4"), "\\udce4 is no text"),
    ):
        code, out, error = run(*command)
        assert (code, out) == (1, "") and error.count("\n") == 1 and said in error


def test_what_is_listed_is_counted_in_words_that_agree_and_an_empty_list_says_so(run: CommandLine, papers: Path) -> None:
    for command, said in (
        (("folders", "list"), "No folder is kept in step yet"),
        (("conversations", "list"), "No conversations here yet"),
        (("conversations", "list", "--search", "oxygen"), "No conversation holds these words"),
        (("feedback", "list"), "No answer is rated yet"),
    ):
        assert run(*command)[1].startswith(said) and run.json(*command) == []
    run("ingest", papers / "oxygen.txt")
    assert " 1 page " in run("list")[1] and " 1 passage " in run("list")[1]


def test_name_with_a_line_break_stands_on_one_line(run: CommandLine, tmp_path: Path) -> None:
    run("ingest", write(tmp_path, "two\nlines\x1b.txt", OXYGEN))
    _, out, _ = run("list")
    assert out.count("\n") == 1 and "two lines .txt" in out


def test_library_is_not_added_to_itself_and_other_addresses_are_told_as_such(run: CommandLine, papers: Path) -> None:
    run("ingest", papers / "oxygen.txt")
    for path, said in ((run.storage, "holds no files to add"), ("file:///etc/passwd", "is no web address")):
        code, _, error = run("ingest", path)
        assert code == 1 and said in error


def test_models_tell_what_was_done_as_json_too(run: CommandLine) -> None:
    model = Settings().generator
    assert run.json("models", "choose", model) == {"action": "choose", "model": model}
    assert run("models", "choose", model)[1] == f"{model} is chosen, from the next start on\n"


def test_a_missing_and_a_damaged_model_are_named_and_the_library_stays(run: CommandLine, papers: Path) -> None:
    run("ingest", papers / "normans.pdf")
    (run.storage / "settings.json").write_text('{"answer_mode": "written", "generator": "llama-3.2-1b-instruct"}')
    code, _, error = run("ask", QUESTION)
    assert code == 1 and "llama-3.2-1b-instruct" in error
    cut = write(papers, "cut.gguf", b"GGUF\x03\x00\x00\x00" + b"\x01" * 40)
    code, _, error = run("models", "import", cut)
    assert code == 1 and "cut.gguf" in error and error.count("\n") == 1
    assert len(run.json("list")) == 1


@pytest.fixture
def tiny_set(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    rows = [{"id": "n", "title": "Normans", "text": NORMANS}, {"id": "o", "title": "Oxygen", "text": OXYGEN}]
    question = {"id": "1", "question": QUESTION, "answers": ["Rollo"], "doc_ids": ["n"], "answerable": True}
    write(folder, "docs.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    write(folder, "questions.jsonl", json.dumps(question) + "\n")
    return folder


def test_evaluate_writes_a_run_and_prints_its_figures(run: CommandLine, tiny_set: Path, tmp_path: Path) -> None:
    figures = run.json("evaluate", tiny_set, "--run", tmp_path / "run.jsonl", "--config", "never-refuse")
    assert {name: figures[name] for name in ("questions", "ndcg@10", "contains", "cited", "verbatim")} == {
        "questions": 1,
        "ndcg@10": 1.0,
        "contains": 1.0,
        "cited": 1.0,
        "verbatim": 1.0,
    }
    assert figures["intervals"]["contains"] == {"low": 1.0, "high": 1.0} and "differences" not in figures
    (line,) = [json.loads(text) for text in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [hit["doc_id"] for hit in line["hits"]] == ["n", "o"]
    assert set(line) == {"id", "hits", "answer", "abstained", "confidence", "sentences", "query", "timings_ms"}
    assert run.json("list") == []
    assert run("list") == (0, "No documents here yet; add some with 'ingest'.\n", "")


def test_evaluate_tells_of_a_run_that_cannot_be_written_before_it_asks(run: CommandLine, tiny_set: Path, tmp_path: Path) -> None:
    code, out, error = run("evaluate", tiny_set, "--run", tiny_set)
    assert (code, out, error) == (1, "", f"The run could not be written to {tiny_set}: Is a directory. Choose another file.\n")
    assert not run.storage.exists()


def test_evaluate_writes_a_line_for_every_question_with_its_id_as_the_set_has_it(
    run: CommandLine, tiny_set: Path, tmp_path: Path
) -> None:
    write(tiny_set, "questions.jsonl", '{"id": 1, "question": "Who led?"}\n{"id": 2, "question": " "}\n')
    assert run("evaluate", tiny_set, "--run", tmp_path / "run.jsonl", "--retrieval-only")[0] == 0
    lines = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], len(line["hits"])) for line in lines] == [(1, 2), (2, 0)]


def test_evaluate_compares_configurations_and_writes_a_report(run: CommandLine, tiny_set: Path, tmp_path: Path) -> None:
    configurations = ("--config", "default", "--config", "never-refuse")
    places = ("--run", tmp_path / "runs" / "run.jsonl", "--report", tmp_path / "report")
    code, out, error = run("evaluate", tiny_set, *configurations, *places, "--retrieval-only")
    assert code == 0 and "report.md" in error
    assert out.splitlines()[0].split() == ["figure", "default", "never-refuse", "never-refuse", "-", "default", "p"]
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["run.default.jsonl", "run.never-refuse.jsonl"]
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == ["curves.svg", "report.md"]
    found = run.json("evaluate", tiny_set, *configurations, "--retrieval-only")
    first, second = found["configurations"]
    assert (found["set"], first["configuration"], second["configuration"]) == ("tiny", "default", "never-refuse")
    assert second["differences"]["ndcg@10"] == {"value": 0.0, "interval": {"low": 0.0, "high": 0.0}, "p": 1.0}


def test_evaluate_names_an_unknown_configuration_and_a_broken_line(run: CommandLine, tmp_path: Path) -> None:
    write(tmp_path, "docs.jsonl", "{broken\n")
    write(tmp_path, "questions.jsonl", "")
    code, _, error = run("evaluate", tmp_path)
    assert code == 1 and "docs.jsonl, line 1" in error
    write(tmp_path, "docs.jsonl", "")
    code, _, error = run("evaluate", tmp_path, "--config", "default", "--config", "nonsense")
    assert code == 1 and "nonsense" in error and "never-refuse" in error


def test_questions_are_made_of_the_library_and_can_be_evaluated(run: CommandLine, papers: Path, tmp_path: Path) -> None:
    code, _, error = run("questions", "make", "--out", tmp_path / "set")
    assert code == 1 and "holds no document" in error
    run("ingest", papers)
    made = run.json("questions", "make", "--out", tmp_path / "set", "--count", "2", "--seed", "1")
    assert made["kinds"]["plain"] == 2 and made["questions"] == sum(made["kinds"].values())
    (tmp_path / "set" / "review.csv").write_text("keep,id\nyes,0001\n", encoding="utf-8")
    figures = run.json("evaluate", tmp_path / "set", "--retrieval-only")
    assert (figures["questions"], figures["hit@10"]) == (1, 1.0)
    code, _, error = run("questions", "make", "--out", tmp_path / "set")
    assert code == 1 and "Choose another folder" in error


def test_library_of_another_embedder_names_reindex_and_is_mended_by_it(run: CommandLine, papers: Path) -> None:
    run("ingest", papers, "--collection", "history")
    with closing(real_library(run.storage)) as library:
        *_, answer = library.ask(QUESTION)
        library.keep_turn(library.start_conversation("Normans").id, answer)
    with closing(sqlite3.connect(run.storage / "footnote.db")) as connection, connection:
        connection.execute("update meta set value = 'former' where key = 'embedder'")
    places = ["--storage", str(run.storage), "--models", str(models_folder())]
    app = subprocess.run([sys.executable, "app.py", *places], cwd=ROOT, capture_output=True, text=True, check=False)
    for code, _, error in (run("list"), (app.returncode, "", app.stderr)):
        assert code == 1 and error.count("\n") == 1
        assert "'former'" in error and f"python -m rag_app reindex --storage {run.storage}" in error
    assert states(run.lines("reindex")) == {"normans.pdf": "done", "oxygen.txt": "done", "luoluo.md": "done"}
    assert "Rollo" in run.json("ask", QUESTION, "--collection", "history")["text"]
    with closing(real_library(run.storage)) as library:
        (conversation,) = library.conversations()
        (turn,) = library.turns(conversation.id)
        cited = turn.answer.sentences[0].citations[0]
        assert (turn.answer, conversation.title) == (answer, "Normans")
        assert QUOTED in library.view(cited.document_id, cited.page, cited.start, cited.end).text


def test_reindex_takes_over_what_a_killed_one_left(filled: CommandLine) -> None:
    with closing(real_library(filled.storage, anew=True)) as library:
        next(event for event in library.work() if isinstance(event, FileOutcome))
    assert len(filled.json("list")) == 1
    assert len(filled.lines("ingest")) == 2
    assert len(filled.json("list")) == 3


def test_doctor_finds_a_damaged_library(run: CommandLine, papers: Path) -> None:
    run("ingest", papers / "oxygen.txt")
    findings = run.json("doctor")
    assert all(finding["is_well"] for finding in findings)
    (run.storage / "footnote.db").write_bytes(b"not a database" * 100)
    code, _, error = run("doctor")
    assert code == 1 and "footnote.db" in error


@pytest.mark.parametrize(
    ("changes", "subject", "said"),
    [
        ({"generator": "nope"}, "nope", "Name one of these, or, where the library's settings.json"),
        (
            {"embedder": "smollm2-135m-instruct"},
            "smollm2-135m-instruct",
            "it is a model for generation, and chosen for embedding",
        ),
        ({"reranker": "bge-m3"}, "bge-m3", "it is a model for embedding, and chosen for reranking"),
        ({"vector_index": "nope"}, "settings", "There is no vector index 'nope'"),
    ],
)
def test_doctor_tells_of_settings_that_no_library_opens_with(
    run: CommandLine, changes: dict[str, str], subject: str, said: str
) -> None:
    run.storage.mkdir()
    (run.storage / "settings.json").write_text(json.dumps(changes))
    code, out, error = run("doctor", "--json")
    assert (code, error.count("\n")) == (1, 1) and said in error
    assert [finding["subject"] for finding in json.loads(out) if not finding["is_well"]] == [subject]


def test_doctor_tells_of_a_storage_that_can_hold_no_library(run: CommandLine, tmp_path: Path) -> None:
    run.storage.write_text("no folder")
    code, _, error = run("doctor")
    assert code == 1 and f"storage: {run.storage} is no folder. Choose another" in error
    run.storage.unlink()
    run.storage.mkdir()
    (run.storage / "footnote.db").symlink_to(tmp_path / "unplugged" / "footnote.db")
    code, _, error = run("doctor")
    assert code == 1 and "footnote.db cannot be opened" in error


def test_doctor_tells_of_a_storage_on_a_disk_that_is_not_there(run: CommandLine, tmp_path: Path) -> None:
    run.storage.symlink_to(tmp_path / "unplugged")
    code, _, error = run("doctor")
    assert code == 1 and f"storage: {run.storage} is no folder. Choose another" in error


def test_doctor_tells_of_an_adapter_of_another_model(run: CommandLine, tmp_path: Path) -> None:
    adapter = write_tiny_lora(tmp_path / "qwen.gguf", architecture="qwen2")
    run("list")
    (run.storage / "settings.json").write_text(json.dumps({"lora": str(adapter)}))
    code, _, error = run("doctor")
    assert code == 1 and "lora: The LoRA adapter" in error and "was made for another model" in error


def test_models_are_listed_with_their_state(run: CommandLine) -> None:
    states = {model["id"]: model["state"] for model in run.json("models")}
    assert states["multilingual-e5-small"] == states["smollm2-135m-instruct"] == "present"
    assert states["bge-m3"] == "missing"


def test_folder_is_kept_in_step_and_nothing_of_it_is_removed_unasked(run: CommandLine, papers: Path) -> None:
    code, out, error = run("folders", "add", papers, "--collection", "history")
    assert (code, error) == (0, "")
    assert "new        luoluo.md" in out and "done       normans.pdf" in out
    assert [folder["files"] for folder in run.json("folders", "list")] == [3]
    (papers / "oxygen.txt").unlink()
    write(papers, "helium.txt", "Helium is a noble gas. It has the symbol He.")
    assert run("folders", "sync", "--preview")[0] == 0
    assert len(run.json("list")) == 3
    code, out, _ = run("folders", "sync")
    assert code == 0 and "new        helium.txt" in out and "to remove  oxygen.txt" in out and "'folders sync --remove'" in out
    assert len(run.json("list", "--collection", "history")) == 4
    assert "removed    oxygen.txt" in run("folders", "sync", "--remove")[1]
    for what in ((), ("--preview",), ("--remove",), ("--keep",)):
        assert run("folders", "sync", *what) == (0, "Nothing is new, changed or gone in 1 folder.\n", "")
    assert not run.json("folders", "sync")["added"]
    assert {document["name"] for document in run.json("list")} == {"helium.txt", "normans.pdf", "luoluo.md"}
    papers.rename(papers.parent / "unplugged")
    code, _, error = run("folders", "sync", "--remove")
    assert code == 1 and "nothing was removed" in error and error.count("\n") == 1
    assert run("folders", "forget", papers) == (0, f"{papers} is kept in step no longer; its documents stay.\n", "")
    assert run("folders", "sync") == (0, "No folder is kept in step yet; name one with 'folders add'.\n", "")
    assert run.lines("folders", "sync") == []
    assert run("folders", "forget", papers)[0] == 1
    assert (run.json("folders", "list"), len(run.json("list"))) == ([], 3)


def test_file_of_a_folder_that_cannot_be_taken_over_is_told(run: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    write(folder, "empty.txt", "")
    code, out, error = run("folders", "add", folder)
    assert (code, error) == (1, "empty.txt is empty. Choose a file with content.\n")
    assert "failed     empty.txt: empty.txt is empty." in out
    assert run("folders", "sync") == (0, "Nothing is new, changed or gone in 1 folder.\n", "")


def test_web_page_that_cannot_be_fetched_is_one_sentence_and_stops_no_file(run: CommandLine, papers: Path) -> None:
    lines = run.lines("ingest", "http://nowhere.invalid/page", papers / "oxygen.txt")
    assert [(line["name"], line["reason"]) for line in lines] == [
        ("http://nowhere.invalid/page", "NOT_REACHED"),
        ("oxygen.txt", ""),
    ]
    code, _, error = run("ingest", "ftp://nowhere.invalid/page", "http://169.254.169.254/")
    assert code == 1 and "2 of 2 files were not added" in error and error.count("\n") == 1
