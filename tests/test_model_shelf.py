"""The models as a person looks at them: state, memory, licence, and what is done with them."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pytest

from rag_app.assembly import open_library
from rag_app.cli.main import main
from rag_app.errors import ModelError
from rag_app.machine import Memory, memory, within
from rag_app.model_shelf import ModelShelf
from rag_app.records import Fit, ModelRow, ModelState
from rag_app.settings import Settings, read_settings
from tests.e5_models import E5
from tests.real_library import models_folder
from tests.small_library import document_of
from tests.tiny_gguf import write_tiny_gguf, write_tiny_lora

OWN = "tiny"


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    """The table that ships, with a model of a person's own."""
    made = ModelShelf(tmp_path / "models")
    assert made.import_file(write_tiny_gguf(tmp_path / "Tiny.gguf", is_tied=False, context=2048)) == OWN
    return made


def row(shelf: ModelShelf, id: str, **changes: object) -> ModelRow:
    return next(row for row in shelf.rows(Settings().changed(**changes)) if row.id == id)


def test_chat_models_stand_first_the_smallest_before_the_others(shelf: ModelShelf) -> None:
    rows = shelf.rows(Settings())
    chat = [row.parameters for row in rows if row.is_chat]
    assert [row.is_chat for row in rows] == [True] * len(chat) + [False] * (len(rows) - len(chat))
    assert chat == sorted(chat)


def test_model_that_comes_along_is_there_chosen_and_fits(shelf: ModelShelf) -> None:
    found = row(shelf, "smollm2-135m-instruct")
    assert (found.state, found.is_chosen, found.fit, found.is_own) == (ModelState.PRESENT, True, Fit.FITS, False)
    assert (found.licence, found.use) == ("Apache-2.0", "any")
    assert found.need is not None and found.need.weights == found.size


def test_memory_grows_with_the_chosen_context(shelf: ModelShelf) -> None:
    short, long = (row(shelf, "smollm2-135m-instruct", context_tokens=tokens).need for tokens in (1024, 8192))
    assert short is not None and long is not None
    assert long.cache == 8 * short.cache


def test_model_that_is_not_there_has_the_memory_of_the_table(shelf: ModelShelf) -> None:
    found = row(shelf, "qwen2.5-7b-instruct", context_tokens=32768)
    assert found.state is ModelState.MISSING and found.is_fetched
    assert found.need is not None
    assert found.need.cache == 32768 * 28 * 4 * 128 * 2 * 2
    assert row(shelf, "qwen2.5-7b-instruct", context_tokens=1 << 20).need == found.need
    assert row(shelf, "glm-4-9b-chat").need is None


def test_licence_that_nobody_read_says_so(shelf: ModelShelf) -> None:
    assert (row(shelf, OWN).licence, row(shelf, OWN).use) == ("", "")
    assert row(shelf, "qwen2.5-3b-instruct").use == "not_commercial"


def test_model_in_use_is_not_removed(shelf: ModelShelf) -> None:
    with pytest.raises(ModelError, match="is in use"):
        shelf.remove(OWN, Settings(generator=OWN))
    shelf.remove(OWN, Settings())
    assert OWN not in [row.id for row in shelf.rows(Settings())]


def test_what_cannot_write_is_not_chosen(shelf: ModelShelf) -> None:
    shelf.check(Settings(generator=OWN))
    with pytest.raises(ModelError, match="is no chat model"):
        shelf.check(Settings(generator="bge-m3"))
    with pytest.raises(ModelError, match="is not there"):
        shelf.check(Settings(generator="qwen2.5-0.5b-instruct"))
    write_tiny_lora(shelf.models / "other.gguf", architecture="qwen2")
    with pytest.raises(ModelError, match="another model"):
        shelf.check(Settings(generator=OWN, lora="other.gguf"))
    with pytest.raises(ModelError, match=r"~nobody-of-that-name/mine\.gguf is not there"):
        shelf.check(Settings(generator=OWN, lora="~nobody-of-that-name/mine.gguf"))
    write_tiny_lora(shelf.models / "mine.gguf")
    shelf.check(Settings(generator=OWN, lora="mine.gguf"))


def test_memory_of_a_container_is_what_it_was_given(tmp_path: Path) -> None:
    whole = Memory(free=8 << 30, total=16 << 30)
    assert within(whole, tmp_path) == whole
    for name, text in {
        "memory.max": "4294967296",
        "memory.current": "3221225472",
        "memory.stat": "inactive_file 536870912",
    }.items():
        (tmp_path / name).write_text(text + "\n", encoding="ascii")
    assert within(whole, tmp_path) == Memory(free=3 << 29, total=4 << 30)
    (tmp_path / "memory.max").write_text("max\n", encoding="ascii")
    assert within(whole, tmp_path) == whole
    assert 0 < memory().free < memory().total


def test_command_chooses_a_model_and_tells_what_each_takes(
    shelf: ModelShelf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--storage", str(tmp_path / "storage"), "--models", str(shelf.models)]
    assert main(["models", "choose", "bge-m3", *where]) == 1
    assert main(["models", "choose", OWN, *where]) == 0
    assert read_settings(tmp_path / "storage").generator == OWN
    capsys.readouterr()
    assert main(["models", "list", "--json", *where]) == 0
    (found,) = (row for row in json.loads(capsys.readouterr().out) if row["id"] == OWN)
    assert (found["state"], found["is_chosen"], found["role"], found["fit"]) == ("present", True, "generation", "fits")
    assert main(["models", "remove", OWN, *where]) == 1
    assert "is in use" in capsys.readouterr().err


def test_command_times_a_model(shelf: ModelShelf, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--storage", str(tmp_path / "storage"), "--models", str(shelf.models)]
    assert main(["models", "speed", OWN, "--json", *where]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["model"], found["finished"]) == (OWN, True)


def test_another_model_writes_the_next_answer_without_a_restart(shelf: ModelShelf, tmp_path: Path) -> None:
    (shelf.models / E5).symlink_to(models_folder() / E5)
    with closing(open_library(tmp_path / "storage", shelf.models)) as library:
        library.change_settings(answer_mode="written", refusal_threshold=0.0, answer_tokens=8)
        library.add_documents([document_of("lund.txt", "The tower of Lund is 87 metres high. It was built in 1911.")])
        wrote = []
        for model in ("smollm2-135m-instruct", OWN, "smollm2-135m-instruct"):
            library.change_settings(generator=model)
            *_, answer = library.ask("How high is the tower of Lund?")
            wrote.append(answer.model)
    assert wrote == ["smollm2-135m-instruct", OWN, "smollm2-135m-instruct"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("half", "half.gguf is cut short: it has"),
        ("base", "base.gguf is no chat model"),
        ("lora", "lora.gguf is an adapter, not a model"),
        ("part", "part.gguf is one part of a split model. Join the parts"),
    ],
)
def test_what_cannot_answer_is_not_imported(tmp_path: Path, name: str, said: str) -> None:
    whole = write_tiny_gguf(tmp_path / "whole.gguf").read_bytes()
    (tmp_path / "half.gguf").write_bytes(whole[: len(whole) // 2])
    write_tiny_gguf(tmp_path / "base.gguf", chat_template=None)
    write_tiny_lora(tmp_path / "lora.gguf")
    write_tiny_gguf(tmp_path / "part.gguf", parts=2)
    shelf = ModelShelf(tmp_path / "models")
    with pytest.raises(ModelError, match=re.escape(said)):
        shelf.import_file(tmp_path / f"{name}.gguf")
    assert name not in {row.id for row in shelf.rows(Settings())}
