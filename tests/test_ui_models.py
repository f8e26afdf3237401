"""The view Models, without gradio: what its handlers change, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from rag_app.interfaces import Stop
from rag_app.machine import Memory
from rag_app.model_shelf import ModelShelf
from rag_app.records import Fit, MemoryNeed, ModelRow, ModelState, Preparation, Speed
from rag_app.settings import Settings
from rag_app.ui.language import Language, Wording
from rag_app.ui.model_handlers import ModelHandlers
from rag_app.ui.rendering.models import chosen_html, models_html, work_html
from rag_app.ui.screen import Visit
from tests.hub_server import ScriptedHub, served
from tests.scripted_library import ScriptedLibrary
from tests.test_fetching_models import FILE, GGUF, MODEL, registry
from tests.tiny_gguf import write_tiny_gguf, write_tiny_lora

VISIT = Visit("session", Language.ENGLISH)
WORDS, CHINESE = Wording(Language.ENGLISH), Wording(Language.CHINESE)
NEED = MemoryNeed(1_100_000_000, 200_000_000, 100_000_000)


@pytest.fixture
def library() -> ScriptedLibrary:
    return ScriptedLibrary()


@pytest.fixture
def view(tmp_path: Path, library: ScriptedLibrary) -> ModelHandlers:
    shelf = ModelShelf(tmp_path / "models")
    shelf.import_file(write_tiny_gguf(tmp_path / "Tiny.gguf", is_tied=False))
    return ModelHandlers(library, shelf)


def wait_for(view: ModelHandlers) -> None:
    thread = view.work._thread
    if thread is not None:
        thread.join(timeout=60)
    assert not view.work.running


def row(**changes: object) -> ModelRow:
    values: dict[str, object] = {
        "id": "qwen<1>",
        "is_chat": True,
        "licence": "Apache-2.0",
        "use": "any",
        "languages": ("en", "zh"),
        "parameters": 1_540_000_000,
        "size": 1_117_320_736,
        "context": 32768,
        "state": ModelState.MISSING,
        "reason": "",
        "need": NEED,
        "fit": Fit.FITS,
        "is_chosen": False,
        "is_own": False,
        "is_fetched": True,
    }
    return ModelRow(**{**values, **changes})  # type: ignore[arg-type]


def test_view_shows_the_shelf_the_chosen_model_and_its_memory(view: ModelHandlers) -> None:
    screen = view.screen(VISIT)
    assert "smollm2-135m-instruct is chosen" in str(screen.model_chosen)
    assert "It fits." in str(screen.model_chosen)
    assert "qwen2.5-7b-instruct" in str(screen.models)
    assert screen.model_work == "" and screen.model_working is False


def test_chosen_model_answers_from_now_on_and_lets_the_adapter_go(view: ModelHandlers, library: ScriptedLibrary) -> None:
    library.settings = Settings(lora="old.gguf")
    screen = view.choose(VISIT, "tiny")
    assert (library.settings.generator, library.settings.lora) == ("tiny", "")
    assert "tiny answers from now on" in str(screen.notice)


def test_model_that_cannot_be_used_is_not_chosen(view: ModelHandlers, library: ScriptedLibrary) -> None:
    for model in ("qwen2.5-7b-instruct", "bge-m3", "no such model"):
        assert "This did not work: " in str(view.choose(VISIT, model).notice)
    assert library.settings == Settings()


def test_how_it_runs_is_checked_and_kept(view: ModelHandlers, library: ScriptedLibrary, tmp_path: Path) -> None:
    view.choose(VISIT, "tiny")
    write_tiny_lora(tmp_path / "models" / "mine.gguf")
    said = {"context_tokens": "8192", "threads": "", "lora": ' "mine.gguf" ', "lora_scale": "0.5"}
    assert "Saved" in str(view.set(VISIT, said).notice)
    kept = library.settings
    assert (kept.context_tokens, kept.threads, kept.lora, kept.lora_scale) == (8192, 0, "mine.gguf", 0.5)
    for wrong in ({"context_tokens": "many"}, {"threads": "-1"}, {"lora": "missing.gguf"}, {"context_tokens": "1"}):
        assert "This did not work" in str(view.set(VISIT, {**said, **wrong}).notice)
    assert library.settings == kept


def test_download_tells_how_far_it_is_and_how_it_ended(library: ScriptedLibrary, tmp_path: Path) -> None:
    registry(tmp_path)
    view = ModelHandlers(library, ModelShelf(tmp_path))
    with served(ScriptedHub({FILE: GGUF})) as hub:
        view.set_hub(VISIT, hub.address)
        begun = view.fetch(VISIT, MODEL)
        assert begun.model_working and MODEL in str(begun.model_work)
        wait_for(view)
    ended = view.watch(VISIT)
    assert ended.model_working is False
    assert f"{MODEL} is here and whole" in str(ended.model_work)
    assert 'data-act="choose_model"' in str(ended.models)


def test_download_that_fails_says_why(view: ModelHandlers) -> None:
    view.set_hub(VISIT, "http://127.0.0.1:9")
    view.fetch(VISIT, "qwen2.5-0.5b-instruct")
    wait_for(view)
    told = str(view.watch(VISIT).model_work)
    assert "could not be fetched from http://127.0.0.1:9/Qwen" in told and "(Connection refused)" in told


def test_only_one_thing_runs_at_a_time(tmp_path: Path) -> None:
    timed = Event()

    class Timed(ScriptedLibrary):
        def measure_speed(self, stop: Stop) -> Iterator[Speed]:
            timed.wait(60)
            yield from super().measure_speed(stop)

    view = ModelHandlers(Timed(), ModelShelf(tmp_path))
    view.test_speed(VISIT)
    assert "running already" in str(view.fetch(VISIT, "qwen2.5-0.5b-instruct").notice)
    timed.set()
    wait_for(view)
    assert "reads 125 and writes 40 tokens a second" in str(view.watch(VISIT).model_work)


def test_address_that_is_none_is_refused(view: ModelHandlers, library: ScriptedLibrary) -> None:
    assert "must be an address" in str(view.set_hub(VISIT, "file:///etc/passwd").notice)
    assert library.settings.hub_address == Settings().hub_address


def test_imported_and_removed(view: ModelHandlers, tmp_path: Path) -> None:
    write_tiny_gguf(tmp_path / "Other.gguf")
    assert "Imported as other" in str(view.import_file(VISIT, f' "{tmp_path / "Other.gguf"}" ').notice)
    for nothing in (str(tmp_path / "nothing.gguf"), "~nobody-of-that-name/nothing.gguf"):
        assert "does not exist" in str(view.import_file(VISIT, nothing).notice)
    assert "Removed other" in str(view.remove(VISIT, "other").notice)
    assert "is in use" in str(view.remove(VISIT, "smollm2-135m-instruct").notice)


def test_a_model_within_a_folder_of_ones_own_is_imported_over_nothing_there(view: ModelHandlers, tmp_path: Path) -> None:
    place = view._shelf.models / "mine"
    place.mkdir(parents=True)
    (place / "notes.txt").write_text("my notes")
    write_tiny_gguf(place / "mine.gguf")
    assert "mine is there already, with other files in it. Move it elsewhere" in str(
        view.import_file(VISIT, str(place / "mine.gguf")).notice
    )
    assert sorted(path.name for path in place.iterdir()) == ["mine.gguf", "notes.txt"]


def test_card_says_what_it_takes_and_what_it_may_be_used_for() -> None:
    html = models_html(WORDS, [row()], Settings())
    assert "qwen&lt;1&gt;" in html and "<1>" not in html
    assert "English + Chinese · 1.5B parameters" in html and "Download (1.1\u00a0GB)" in html
    assert 'aria-label="Download (1.1\u00a0GB) · qwen&lt;1&gt;"' in html
    assert "Takes 1.4\u00a0GB of memory at a context of 4,096 tokens: weights 1.1, cache 0.20, computing 0.10." in html
    assert "Apache-2.0: Free for any use, commercial use too." in html
    assert "英文 + 中文 · 1.5B 参数" in models_html(CHINESE, [row()], Settings())


def test_model_that_is_too_large_carries_a_plain_warning() -> None:
    html = models_html(WORDS, [row(fit=Fit.TOO_LARGE)], Settings())
    assert "This machine does not have that much." in html


def test_present_model_is_used_or_removed_and_the_chosen_one_neither() -> None:
    html = models_html(WORDS, [row(state=ModelState.PRESENT, is_own=True)], Settings())
    assert 'data-act="choose_model"' in html and 'data-act="remove_model"' in html and "fetch_model" not in html
    html = models_html(WORDS, [row(state=ModelState.PRESENT, is_own=True, is_chosen=True)], Settings())
    assert "data-act" not in html


def test_progress_is_told_in_words_and_as_a_bar() -> None:
    html = work_html(WORDS, "qwen", Preparation("fetching", 250_000_000, 1_000_000_000), running=True, failure="")
    assert "Downloading qwen: 0.25 of 1.00\u00a0GB (25\u00a0%)" in html and "width:25.0%" in html
    assert "Asking for qwen" in work_html(WORDS, "qwen", None, running=True, failure="")
    assert "qwen is reading and writing" in work_html(WORDS, "qwen", None, running=True, failure="", timing=True)
    assert work_html(WORDS, "", None, running=False, failure="") == ""
    assert "too slow" in work_html(WORDS, "qwen", Speed(3.0, 0.0, 60.0, True), running=False, failure="")


def test_memory_of_the_machine_is_told() -> None:
    html = chosen_html(WORDS, row(), Settings(), Memory(free=5_000_000_000, total=16_000_000_000))
    assert "This machine has 16.0\u00a0GB of memory, 5.0\u00a0GB of it free." in html


def test_who_words_the_answers_is_told_as_it_is_set(view: ModelHandlers, library: ScriptedLibrary) -> None:
    def said(mode: str = "auto") -> str:
        library.settings = Settings(answer_mode=mode)
        return str(view.chosen(VISIT).model_chosen)

    assert "A model of a billion parameters or more also writes" in said()
    assert "sentences of your documents, whichever model is chosen" in said("quoted")
    assert "It words the answers, and each sentence is checked" in said("written")


def test_licence_is_told_in_the_punctuation_of_the_language() -> None:
    english, chinese = (str(models_html(Wording(language), [row()], Settings())) for language in Language)
    assert "Apache-2.0: Free for any use" in english
    assert "Apache-2.0：可用于任何用途" in chinese


def test_model_that_cannot_be_used_is_told_in_the_language_of_the_page(view: ModelHandlers) -> None:
    assert "没有名为“nothing”的模型；已知的有：" in str(view.choose(replace(VISIT, language=Language.CHINESE), "nothing").notice)
