"""A chat model that fails, end to end: the page says a sentence on what to do, and the conversation stays as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag_app.assembly import open_library, open_registry
from rag_app.errors import ModelError
from rag_app.library import Library
from rag_app.ui.asking import Asking
from rag_app.ui.importing import Importing
from rag_app.ui.language import Language
from rag_app.ui.panels import Panels
from rag_app.ui.running import Runs
from rag_app.ui.screen import Screen, Visit
from tests.e5_models import E5, prepared_models
from tests.tiny_gguf import write_tiny_gguf, write_tiny_lora

QUESTION = "How high is the tower?"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A models folder with the embedder, and of chat models: good, without a template, cut in half, and with a short context."""
    folder, made = tmp_path / "models", tmp_path / "made"
    folder.mkdir()
    made.mkdir()
    (folder / E5).symlink_to(prepared_models().path_of(E5))
    good = write_tiny_gguf(made / "good.gguf", context=4096)
    write_tiny_gguf(made / "cut.gguf")
    write_tiny_gguf(made / "embedding.gguf", chat_template=None)
    write_tiny_gguf(made / "short.gguf", context=64)
    for path in sorted(made.glob("*.gguf")):
        open_registry(folder).import_file(path)
    os.truncate(folder / "cut" / "cut.gguf", good.stat().st_size // 2)
    write_tiny_lora(folder / "qwen-lora.gguf", architecture="qwen2")
    return folder


@pytest.fixture
def library(tmp_path: Path, models: Path) -> Iterator[Library]:
    text = tmp_path / "tower.txt"
    text.write_text("The tower in Paris is 330 metres high. It was built in 1889.")
    with closing(open_library(tmp_path / "storage", models, answer_mode="quoted", refusal_threshold=0.0)) as opened:
        opened.add([text])
        list(opened.work())
        yield opened


def ask(library: Library, visit: Visit) -> Screen:
    """The last screen of one question."""
    runs = Runs()
    *_, last = Asking(library, Panels(library, Importing(library), ()), runs).ask(visit, QUESTION)
    return last


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"generator": "embedding"}, "embedding.gguf is no chat model: it has no chat template. Choose one"),
        ({"generator": E5}, f"The model {E5} is no chat model. Choose one that writes."),
        ({"generator": "cut"}, "cut.gguf is cut short: it has"),
        ({"generator": "short"}, "and short holds 64. Ask a shorter question"),
        ({"generator": "good", "lora": "qwen-lora.gguf"}, "qwen-lora.gguf was made for another model than good.gguf"),
        ({"generator": "good", "lora": "gone.gguf"}, "gone.gguf is not there. Correct"),
    ],
    ids=["no chat model", "embedder", "cut in half", "short context", "foreign adapter", "missing adapter"],
)
def test_a_model_that_fails_says_what_to_do_and_leaves_the_conversation_as_it_was(
    library: Library, changes: dict[str, object], said: str
) -> None:
    conversation = ask(library, Visit("session", Language.ENGLISH)).conversation
    assert conversation
    kept = library.turns(conversation)
    assert [turn.answer.question for turn in kept] == [QUESTION]
    visit = Visit("session", Language.ENGLISH, conversation=conversation)
    library.change_settings(answer_mode="written", **changes)
    last = ask(library, visit)
    assert (last.question, last.answering, last.live) == (QUESTION, False, "")
    assert said in str(last.notice)
    assert library.turns(conversation) == kept
    library.change_settings(answer_mode="quoted")
    ask(library, visit)
    assert len(library.turns(conversation)) == 2


def test_a_model_that_is_no_embedder_is_refused(tmp_path: Path, models: Path) -> None:
    with pytest.raises(ModelError, match="The model good is no embedder"):
        open_library(tmp_path / "storage", models, embedder="good")
