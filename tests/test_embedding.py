"""One contract for every embedder, the fake one included, and what is particular to each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rag_app.embedding import BagOfWordsEmbedder, OnnxEmbedder, SentenceTransformersEmbedder
from rag_app.errors import ModelError
from rag_app.interfaces import Embedder, Vectors
from rag_app.model_registry.onnx_model import FLOAT32, OnnxModel, Value
from tests.e5_models import E5, Engine, open_e5, prepared_models

RIVER = "The river Danube flows through Vienna and Budapest."
BAKING = "Knead the dough, let it rise for an hour, and bake the bread."
RIVER_ZH = "多瑙河流经维也纳和布达佩斯。"
BAKING_ZH = "揉好面团，静置一小时，然后烤面包。"
KINDS: dict[str, Engine] = {"onnx": OnnxEmbedder, "sentence-transformers": SentenceTransformersEmbedder}


@pytest.fixture(scope="module")
def e5_folder() -> Path:
    return prepared_models().path_of(E5)


@pytest.fixture(scope="module", params=["bag-of-words", *KINDS])
def embedder(request: pytest.FixtureRequest, e5_folder: Path) -> Embedder:
    if request.param == "bag-of-words":
        return BagOfWordsEmbedder()
    # Torch's threads wait for each other; on a busy machine two are slower than one.
    return open_e5(KINDS[request.param], e5_folder, threads=2 if request.param == "onnx" else 1)


def asked(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    return np.array([embedder.embed_question(text).vector for text in texts])


def test_vectors_are_float32_of_unit_length_one_for_each_text(embedder: Embedder) -> None:
    texts = [RIVER, BAKING, RIVER_ZH]
    for vectors in (embedder.embed_passages(texts), asked(embedder, texts)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (3, embedder.dimension)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)
    assert embedder.count_tokens([]) == []


def test_nearest_passage_is_the_one_about_the_question(embedder: Embedder) -> None:
    passages = embedder.embed_passages([RIVER, BAKING])
    assert (passages @ embedder.embed_question("Where does the river Danube flow?").vector).argmax() == 0
    assert (passages @ embedder.embed_question("How long must dough rise for bread?").vector).argmax() == 1


def test_nearest_chinese_passage_is_the_one_about_the_question(embedder: Embedder) -> None:
    passages = embedder.embed_passages([RIVER_ZH, BAKING_ZH])
    assert (passages @ embedder.embed_question("多瑙河流经哪里？").vector).argmax() == 0
    assert (passages @ embedder.embed_question("面团要静置多久？").vector).argmax() == 1


def test_vectors_do_not_depend_on_order_or_neighbours(embedder: Embedder) -> None:
    texts = [RIVER * 9, BAKING, RIVER_ZH, ""]
    together = embedder.embed_passages(texts)
    backwards = embedder.embed_passages(texts[::-1])[::-1]
    alone = np.concatenate([embedder.embed_passages([text]) for text in texts])
    assert np.abs(together - backwards).max() < 1e-4
    assert np.abs(together - alone).max() < 1e-4


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t", "half \ud83d character", "zero\x00byte", "😀" * 700, "\ufeff", "<s></s>"])
def test_odd_texts_have_a_vector(embedder: Embedder, text: str) -> None:
    for vectors in (embedder.embed_passages([text, RIVER]), asked(embedder, [text, RIVER])):
        assert np.isfinite(vectors).all()
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert embedder.count_tokens([text])[0] >= 0


def test_text_beyond_the_limit_is_cut(embedder: Embedder) -> None:
    longest = "river " * embedder.max_tokens
    vectors = embedder.embed_passages([longest, longest + BAKING * 200])
    assert np.abs(vectors[0] - vectors[1]).max() < 1e-4


def test_counted_tokens_grow_with_the_text_and_are_not_cut(embedder: Embedder) -> None:
    once, twice, long = embedder.count_tokens([RIVER, RIVER + " " + RIVER, (RIVER + " ") * 100])
    assert once > 0
    assert twice == 2 * once
    assert long == 100 * once > embedder.max_tokens


def test_many_threads_get_what_one_gets(embedder: Embedder) -> None:
    texts = [RIVER, BAKING, RIVER_ZH, BAKING_ZH] * 2
    expected = embedder.embed_passages(texts)
    with ThreadPoolExecutor(8) as threads:
        found = np.concatenate(list(threads.map(lambda text: embedder.embed_passages([text]), texts)))
    assert np.abs(found - expected).max() < 1e-4


def test_fake_gives_the_same_vector_in_every_process() -> None:
    code = "from rag_app.embedding import BagOfWordsEmbedder as B; print(B().embed_passages(['a river 河'])[0].tobytes().hex())"
    outputs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert outputs[0] == outputs[1]
    assert outputs[0].strip() == BagOfWordsEmbedder().embed_passages(["a river 河"])[0].tobytes().hex()


def test_onnx_and_torch_give_nearly_the_same_vectors(e5_folder: Path) -> None:
    texts = [RIVER, BAKING, RIVER_ZH, BAKING_ZH, RIVER * 20]
    vectors = [open_e5(kind, e5_folder).embed_passages(texts) for kind in KINDS.values()]
    assert (vectors[0] * vectors[1]).sum(axis=1).min() > 0.9994


def test_onnx_knows_its_model(e5_folder: Path) -> None:
    embedder = open_e5(OnnxEmbedder, e5_folder)
    assert (embedder.id, embedder.dimension, embedder.max_tokens) == (E5, 384, 512)
    assert embedder.count_tokens(["Hello world", "你好，世界"]) == [2, 4]
    assert np.abs(asked(embedder, [RIVER]) - embedder.embed_passages([RIVER])).max() > 0.01


def test_onnx_keeps_the_last_questions(e5_folder: Path) -> None:
    embedder = open_e5(OnnxEmbedder, e5_folder)
    first = embedder.embed_question(RIVER)
    assert embedder.embed_question(RIVER) is first


def test_onnx_runs_without_torch_or_transformers(e5_folder: Path) -> None:
    code = f"""
import sys
from pathlib import Path
import rag_app.embedding
assert not {{"torch", "transformers", "onnxruntime", "sentence_transformers", "tokenizers"}} & set(sys.modules)
embedder = rag_app.embedding.OnnxEmbedder(Path({str(e5_folder)!r}), id="e5", question_prefix="", passage_prefix="", threads=1)
embedder.embed_passages(["a river"])
assert not {{"torch", "transformers", "sentence_transformers", "tokenizers"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_tokenizer_json_serves_where_there_is_no_sentencepiece_model(e5_folder: Path, tmp_path: Path) -> None:
    for file in e5_folder.rglob("*"):
        if file.is_file() and file.name not in ("sentencepiece.bpe.model", "model.safetensors"):
            link = tmp_path / file.relative_to(e5_folder)
            link.parent.mkdir(exist_ok=True)
            link.hardlink_to(file)
    with_pieces, with_json = open_e5(OnnxEmbedder, e5_folder), open_e5(OnnxEmbedder, tmp_path)
    texts = [RIVER, BAKING_ZH, "", "ＡＢＣ ① ﬁ é", RIVER * 100]
    assert with_json.count_tokens(texts) == with_pieces.count_tokens(texts)
    assert np.abs(with_json.embed_passages(texts) - with_pieces.embed_passages(texts)).max() < 1e-5


@pytest.mark.parametrize("kind", KINDS.values())
def test_folder_without_a_model_is_named(tmp_path: Path, kind: Engine) -> None:
    with pytest.raises(ModelError, match=str(tmp_path)):
        open_e5(kind, tmp_path)


def test_damaged_graph_is_named(e5_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"no graph")
    (tmp_path / "config.json").write_text(json.dumps({"hidden_size": 384}))
    (tmp_path / "sentencepiece.bpe.model").hardlink_to(e5_folder / "sentencepiece.bpe.model")
    with pytest.raises(ModelError, match=r"onnx/model\.onnx cannot be loaded"):
        open_e5(OnnxEmbedder, tmp_path).embed_passages([RIVER])


def test_damaged_tokenizer_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"hidden_size": 384}))
    (tmp_path / "sentencepiece.bpe.model").write_bytes(b"no pieces")
    with pytest.raises(ModelError, match=r"sentencepiece\.bpe\.model is damaged"):
        open_e5(OnnxEmbedder, tmp_path).embed_passages([RIVER])


def test_graph_of_another_kind_is_named(e5_folder: Path, tmp_path: Path) -> None:
    for name in ("config.json", "sentencepiece.bpe.model"):
        (tmp_path / name).hardlink_to(e5_folder / name)
    with (tmp_path / "weights").open("wb") as stream:
        model = OnnxModel(stream, "weights", {})
        pixels = Value("pixels", FLOAT32, (1, "pixels"))
        result = model.apply("Abs", "pixels")
        graph = model.serialized(inputs=[pixels], output=Value("colours", FLOAT32, (1, "pixels")), result=result, name="eye")
    (tmp_path / "model.onnx").write_bytes(graph)
    with pytest.raises(ModelError, match=r"model\.onnx is not the graph of a text encoder"):
        open_e5(OnnxEmbedder, tmp_path).embed_passages([RIVER])


@pytest.mark.parametrize(
    "text", ["Rollo  led\nthe Normans.", "passage: 长江大桥\n这座桥由李明设计，1957年建成。", "ｇｈ①x … ﬁn 歐洲"]
)
def test_pieces_know_where_they_stand(e5_folder: Path, text: str) -> None:
    embedder = open_e5(OnnxEmbedder, e5_folder)
    assert isinstance(embedder, OnnxEmbedder)
    pieces = embedder.pieces(text)
    assert "".join(text[start:end] for _, start, end in pieces) == text
    assert [id for id, _, _ in pieces] == embedder._model().tokenizer.encode([text], max_tokens=512)[0][1:-1]
