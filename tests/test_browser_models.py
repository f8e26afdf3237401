"""The views Models and Evaluate in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed; requirements-dev.txt has it")

from playwright.sync_api import Browser, expect

from tests.browser import CHROMIUM, PHONE, Watched, chromium, serving, visiting, width_of_content
from tests.hub_server import ScriptedHub, served
from tests.real_library import models_folder, real_library
from tests.scripted_library import ScriptedLibrary
from tests.test_fetching_models import FILE, MODEL, ROW
from tests.tiny_gguf import write_tiny_gguf

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; Debian's package is chromium"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # gradio leaves sockets to the collector
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[ScriptedHub]:
    body = write_tiny_gguf(tmp_path / "tiny.gguf", is_tied=False).read_bytes()
    with served(ScriptedHub({FILE: body})) as started:
        yield started


def test_model_is_downloaded_from_a_mirror_chosen_and_timed(browser: Browser, tmp_path: Path, hub: ScriptedHub) -> None:
    library = ScriptedLibrary()
    table = tmp_path / "uploads" / "models" / "registry.json"
    table.parent.mkdir(parents=True)
    rows = json.loads(Path("models/registry.json").read_text(encoding="utf-8"))
    table.write_text(json.dumps([*rows, ROW]), encoding="utf-8")
    with serving(library, tmp_path / "uploads") as address:
        watched = Watched(address)
        with visiting(browser, watched, size=PHONE, language="zh-CN", dark=True) as page:
            page.click(".fn-tab[href='#models']")
            expect(page.locator("#fn-model_chosen")).to_contain_text("smollm2-135m-instruct")
            page.click("text=从哪里下载模型")
            page.fill("[name=hub_address]", hub.address)
            page.click("[data-act=set_hub] button")
            expect(page.locator(".fn-notice")).to_contain_text("已保存")
            page.click(f"[data-act=fetch_model][data-model={MODEL}]")
            expect(page.locator("#fn-model_work")).to_contain_text(f"{MODEL} 已下载完整", timeout=30_000)
            page.click(f"[data-act=choose_model][data-model={MODEL}]")
            expect(page.locator("#fn-model_chosen")).to_contain_text(f"当前选用 {MODEL}")
            page.click("[data-act=test_speed]")
            expect(page.locator("#fn-model_work")).to_contain_text("每秒读 125 个词元，写 40 个词元")
            page.click("text=导入自己的模型")
            page.fill("[name=file]", str(tmp_path / "tiny.gguf"))
            page.click("[data-act=import_model] button")
            expect(page.locator(".fn-notice")).to_contain_text("已导入，名为 tiny")
            assert width_of_content(page) == PHONE[0]
        assert watched.faults == []
    assert (library.settings.generator, library.settings.hub_address) == (MODEL, hub.address)


def test_question_set_is_asked_in_the_background_and_its_figures_are_shown(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "two questions"
    write_set(folder)
    with (
        closing(real_library(tmp_path / ("a_long_name_" * 8))) as library,
        serving(library, tmp_path / "uploads", models=models_folder()) as address,
    ):
        watched = Watched(address)
        with visiting(browser, watched, size=PHONE, language="zh-CN") as page:
            page.click(".fn-tab[href='#evaluate']")
            page.fill("[name=folder]", str(tmp_path / "nothing"))
            page.click("[data-act=evaluate] button")
            expect(page.locator("#fn-evaluation_work")).to_contain_text("操作未完成", timeout=30_000)
            page.fill("[name=folder]", str(folder))
            page.check("[name=config-no-reranker]")
            page.check("[name=retrieval_only]")
            page.click("[data-act=evaluate] button")
            expect(page.locator("#fn-evaluation")).to_contain_text("two questions：共问 2 题", timeout=90_000)
            expect(page.locator(".fn-figures")).to_contain_text("不细看段落")
            expect(page.locator("[name=folder]")).to_have_value(str(folder))
            assert page.locator("#fn-evaluation svg").count() >= 2
            assert width_of_content(page) == PHONE[0]
        assert watched.faults == []


def write_set(folder: Path) -> None:
    """Two questions, each with its document."""
    folder.mkdir()
    texts = {"normans": "Rollo was the leader of the Norman settlers.", "oxygen": "Oxygen is an element with the symbol O."}
    asked = {"normans": "Who was the leader of the Norman settlers?", "oxygen": "What is the symbol of oxygen?"}
    documents = [{"id": id, "title": id, "text": text} for id, text in texts.items()]
    questions = [{"id": id, "question": question, "answers": [], "doc_ids": [id]} for id, question in asked.items()]
    for name, rows in (("docs.jsonl", documents), ("questions.jsonl", questions)):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
