"""Models from a hub within the test: verified, in parts, going on after breaks, and never from nowhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag_app.errors import ModelError, Stopped
from rag_app.library import never
from rag_app.model_registry import ModelRegistry
from rag_app.records import ModelState, Preparation
from tests.hub_server import ScriptedHub, served

MODEL, FILE = "tiny-chat", "tiny chat.gguf"
GGUF = b"GGUF" + bytes(range(256)) * 12_000
ROW = {
    "id": MODEL,
    "role": "generation",
    "family": "tiny",
    "licence": "MIT",
    "languages": ["en"],
    "parameters": 1000,
    "repository": "people/tiny-chat",
    "files": [FILE],
    "context": 512,
}


@pytest.fixture
def hub() -> Iterator[ScriptedHub]:
    with served(ScriptedHub({FILE: GGUF, "README.md": b"not wanted"})) as started:
        yield started


def registry(folder: Path, **changes: object) -> ModelRegistry:
    (folder / "registry.json").write_text(json.dumps([{**ROW, **changes}]), encoding="utf-8")
    return ModelRegistry(folder)


def fetch(models: ModelRegistry, hub: ScriptedHub) -> list[Preparation]:
    return list(models.fetch(MODEL, address=hub.address + "/", stop=never))


def test_fetched_model_is_verified_and_put_in_its_place(tmp_path: Path, hub: ScriptedHub) -> None:
    models = registry(tmp_path, sha256=hashlib.sha256(GGUF).hexdigest())
    steps = fetch(models, hub)
    assert steps[-2:] == [Preparation("fetching", len(GGUF), len(GGUF)), Preparation("checking", 1, 1)]
    assert [step.done for step in steps[:-2]] == sorted(step.done for step in steps[:-2])
    assert hub.asked == [(FILE, "")]
    assert models.path_of(MODEL).read_bytes() == GGUF
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["registry.json", MODEL]


def test_download_that_was_stopped_goes_on_where_it_ended(tmp_path: Path, hub: ScriptedHub) -> None:
    models = registry(tmp_path)
    steps = models.fetch(MODEL, address=hub.address, stop=lambda: True)
    first = next(steps)
    with pytest.raises(Stopped, match="goes on from there"):
        next(steps)
    fetch(models, hub)
    assert hub.asked == [(FILE, ""), (FILE, f"bytes={first.done}-")]
    assert models.path_of(MODEL).read_bytes() == GGUF


def test_connection_that_breaks_is_made_anew(tmp_path: Path, hub: ScriptedHub) -> None:
    hub.after = 1_200_000
    models = registry(tmp_path)
    fetch(models, hub)
    assert [asked for _, asked in hub.asked] == ["", "bytes=1200000-", "bytes=2400000-"]
    assert models.path_of(MODEL).read_bytes() == GGUF


def test_server_that_sends_no_parts_sends_the_whole(tmp_path: Path, hub: ScriptedHub) -> None:
    models = registry(tmp_path)
    with pytest.raises(Stopped):
        list(models.fetch(MODEL, address=hub.address, stop=lambda: True))
    hub.knows_ranges = False
    fetch(models, hub)
    assert models.path_of(MODEL).read_bytes() == GGUF


def test_connection_that_brings_nothing_is_given_up(tmp_path: Path, hub: ScriptedHub) -> None:
    hub.after = 0
    with pytest.raises(ModelError, match=f"could not be fetched from {hub.address}/people/tiny-chat "):
        fetch(registry(tmp_path), hub)


def test_file_that_arrives_damaged_is_refused_and_fetched_again(tmp_path: Path, hub: ScriptedHub) -> None:
    hub.sent = {FILE: GGUF[:-1] + b"!"}
    models = registry(tmp_path)
    with pytest.raises(ModelError, match="arrived damaged"):
        fetch(models, hub)
    assert models.state(MODEL)[0] is ModelState.MISSING
    hub.sent = {}
    fetch(models, hub)
    assert models.state(MODEL) == (ModelState.PRESENT, "")


def test_newer_file_is_not_put_behind_the_beginning_of_an_older_one(tmp_path: Path, hub: ScriptedHub) -> None:
    models = registry(tmp_path)
    with pytest.raises(Stopped):
        list(models.fetch(MODEL, address=hub.address, stop=lambda: True))
    hub.files[FILE] = newer = GGUF[::-1]
    fetch(models, hub)
    assert models.path_of(MODEL).read_bytes() == newer
    assert [entry.name for entry in (tmp_path / MODEL).iterdir() if "part" in entry.name] == []


def test_mirror_with_another_file_than_was_published_is_refused(tmp_path: Path, hub: ScriptedHub) -> None:
    with pytest.raises(ModelError, match="its checksum is another"):
        fetch(registry(tmp_path, sha256="0" * 64), hub)
    assert hub.asked == []


def test_small_files_are_verified_by_their_git_checksum(tmp_path: Path, hub: ScriptedHub) -> None:
    hub.files |= {"config.json": b"{}", "sub/more.json": b"[1]", "empty.json": b""}
    hub.sent = {"config.json": b"[]"}
    models = registry(tmp_path, files=[FILE, "*.json"])
    with pytest.raises(ModelError, match=r"config\.json arrived damaged"):
        fetch(models, hub)
    hub.sent = {}
    fetch(models, hub)
    folder = models.path_of(MODEL).parent
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert names == {FILE, "config.json", "sub/more.json", "empty.json", "footnote.json"}


def test_file_that_would_lie_outside_of_the_models_folder_is_not_fetched(tmp_path: Path, hub: ScriptedHub) -> None:
    hub.files |= {"../../out.json": b"{}", "/etc/out.json": b"{}"}
    fetch(registry(tmp_path, files=[FILE, "*.json"]), hub)
    assert [name for name, _ in hub.asked] == [FILE]


def test_repository_without_the_file_is_named(tmp_path: Path, hub: ScriptedHub) -> None:
    hub.files = {"other.gguf": GGUF}
    with pytest.raises(ModelError, match=f"holds no {FILE}"):
        fetch(registry(tmp_path), hub)


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"sha": "1"}'])
def test_server_that_is_no_hub_is_named(tmp_path: Path, hub: ScriptedHub, answer: bytes) -> None:
    hub.listing = lambda: answer  # type: ignore[method-assign]
    with pytest.raises(ModelError, match="choose a mirror under 'hub_address'"):
        fetch(registry(tmp_path), hub)


def test_without_a_network_fetching_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=f"Connect to the network .* or put its files into models/{MODEL}"):
        list(registry(tmp_path).fetch(MODEL, address="http://127.0.0.1:9", stop=never))
