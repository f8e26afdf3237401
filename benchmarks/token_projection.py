"""Make the projection of the embedder's token states to small vectors (rag_app/embedding/token_projection.py).

    python -m benchmarks.token_projection SETS_FOLDER OUT.npy

The principal directions of the states of tokens of passages, English and Chinese in equal parts, from question sets that are
CC BY-SA: the documents of xquad_en, xquad_zh, squad2_en and cmrc2018_trial. Nothing is learned from their questions.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag_app.assembly import MODELS, prepare_models
from rag_app.embedding.onnx_embedder import OnnxEmbedder
from rag_app.evaluation.question_set import read_question_set
from rag_app.model_registry import ModelRegistry

SETS = ("xquad_en", "xquad_zh", "squad2_en", "cmrc2018_trial")
MODEL = "multilingual-e5-small"
TEXTS_OF_A_SET, LONGEST_TEXT, DIRECTIONS = 100, 600, 128


def states_of(embedder: OnnxEmbedder, texts: list[str]) -> NDArray[np.float32]:
    """The unit states of the tokens of `texts`, special tokens and prefix left out."""
    found = []
    for text in texts:
        (ids,) = embedder._model().tokenizer.encode([f"passage: {text}"], max_tokens=embedder.max_tokens)
        states = embedder._states(ids)[3:-1]
        found.append(states / np.linalg.norm(states, axis=1, keepdims=True))
    return np.concatenate(found)


def main(sets: Path, out: Path) -> None:
    """Write the mean and the directions, float16."""
    for _ in prepare_models(MODELS):
        pass
    folder = ModelRegistry(MODELS).path_of(MODEL)
    embedder = OnnxEmbedder(folder, id=MODEL, question_prefix="query: ", passage_prefix="passage: ", threads=1)
    texts = [[row.text[:LONGEST_TEXT] for row in read_question_set(sets / name).documents][:TEXTS_OF_A_SET] for name in SETS]
    states = np.concatenate([states_of(embedder, of_set) for of_set in texts])
    mean = states.mean(axis=0)
    _, sizes, directions = np.linalg.svd(states - mean, full_matrices=False)
    kept = (sizes[:DIRECTIONS] ** 2).sum() / (sizes**2).sum()
    np.save(out, np.vstack([mean, directions[:DIRECTIONS]]).astype(np.float16))
    print(f"{len(states):,} tokens; {DIRECTIONS} directions hold {kept:.3f} of their spread; written to {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
