"""Looking closer at candidates: packed token vectors, late interaction, cross-encoders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rag_app.errors import ModelError
from rag_app.interfaces import EmbeddedQuestion, Vectors
from rag_app.records import Passage, StoredPassage
from rag_app.reranking import CrossEncoderReranker, LateInteraction, pack
from rag_app.reranking.packing import unpack

DIMENSION = 128


class Kept:
    """Packed token vectors by passage."""

    def __init__(self, packed: dict[int, bytes]) -> None:
        self._packed = packed

    def token_vectors(self, ids: Sequence[int]) -> dict[int, bytes]:
        return {label: self._packed[label] for label in ids if label in self._packed}


def directions(count: int, *, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    found: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


def question(tokens: Vectors, weights: Sequence[float]) -> EmbeddedQuestion:
    return EmbeddedQuestion("?", tokens[0], tokens, np.array(weights, np.float32))


def stored(label: int, text: str = "") -> StoredPassage:
    return StoredPassage(label, "a.txt", "", Passage("d", 1, 0, len(text), (), text))


def test_packed_vectors_keep_their_direction_in_an_eighth_of_the_room() -> None:
    vectors = directions(50)
    packed = pack(vectors)
    assert len(packed) * 8 == vectors.nbytes
    back = unpack(packed, DIMENSION)
    assert (back * vectors).sum(axis=1).min() > 0.985
    assert np.allclose(np.linalg.norm(back, axis=1), 1.0, atol=1e-5)


def test_nothing_packs_to_nothing() -> None:
    assert pack(np.empty((0, 0), np.float32)) == b""


def test_a_passage_scores_by_the_best_token_for_each_token_of_the_question() -> None:
    one, two, other = directions(3)
    source = Kept({1: pack(np.stack([one, two])), 2: pack(np.stack([one, other])), 3: pack(np.stack([other]))})
    scores = LateInteraction(source).scores(question(np.stack([one, two]), [1.0, 2.0]), [stored(3), stored(1), stored(2)])
    assert scores is not None
    # Token one weighs 1 of 5 and token two 4 of 5; what is not met scores about the cosine of two random directions.
    assert scores[1] == pytest.approx(1.0, abs=0.02)
    assert scores[2] == pytest.approx(0.2 + 0.8 * max(one @ two, other @ two), abs=0.03)
    assert scores[0] == pytest.approx(0.2 * (other @ one) + 0.8 * (other @ two), abs=0.03)


def test_without_token_vectors_nothing_is_said() -> None:
    source = Kept({1: pack(directions(2))})
    none = np.empty((0, 0), np.float32)
    assert LateInteraction(source).scores(EmbeddedQuestion("?", directions(1)[0], none, none.reshape(0)), [stored(1)]) is None
    assert LateInteraction(source).scores(question(directions(1), [1.0]), [stored(1), stored(2)]) is None
    assert LateInteraction(source).scores(question(directions(1), [1.0]), []) is None


def test_a_passage_without_telling_tokens_scores_nothing_and_spoils_nothing() -> None:
    (one,) = directions(1)
    scores = LateInteraction(Kept({1: b"", 2: pack(one[None]), 3: b""})).scores(
        question(one[None], [1.0]), [stored(1), stored(2), stored(3)]
    )
    assert scores is not None
    assert scores.tolist() == pytest.approx([0.0, 1.0, 0.0], abs=0.02)
    assert LateInteraction(Kept({1: b""})).scores(question(one[None], [1.0]), [stored(1)]) is None


def test_a_cross_encoder_reads_question_and_passage_together(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(_tiny_cross_encoder(tmp_path / "tiny"), max_tokens=32, threads=1)
    asked = question(directions(1), [1.0])
    scores = reranker.scores(asked, [stored(1, "bread"), stored(2, "a river"), stored(3, "bread")])
    assert scores is not None
    assert scores.shape == (3,)
    assert scores[0] == scores[2] != scores[1]
    assert reranker.scores(asked, []) is None


def test_a_folder_that_is_no_cross_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded as a reranker"):
        CrossEncoderReranker(tmp_path, max_tokens=32, threads=1)


def test_a_classifier_is_refused_as_a_reranker(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModelError, match="is no reranker: it gives a passage 3 scores, not one"):
        CrossEncoderReranker(_tiny_cross_encoder(tmp_path / "tiny", labels=3), max_tokens=32, threads=1)
    assert "Loading weights" not in capfd.readouterr().err


def _tiny_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A BERT with one small layer, random weights and a dozen words."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification
    from transformers.models.bert.tokenization_bert import BertTokenizer

    torch.manual_seed(1)
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "bread", "a", "river", "?"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        num_labels=labels,  # type: ignore[call-arg]
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder
