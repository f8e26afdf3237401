"""How well the reader reads the passages of articles that were kept apart (benchmarks/reader_data.py).

    python -m benchmarks.passage_reading SETS_FOLDER

Prints for each set how often the likeliest answer, in a passage that holds one, overlaps a right one; how often it is also
likelier than those in three near passages without one; and how well its score parts the passage from those, and from such as
questions made to look answerable are about.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from math import inf
from pathlib import Path

import numpy as np

from benchmarks.confidence import auroc
from benchmarks.reader_data import Item, Pair, is_kept_apart, read_items
from benchmarks.reader_papers import FOLDERS, paper_items, read_papers
from rag_app.assembly import MODELS, prepare_models
from rag_app.embedding import OnnxEmbedder
from rag_app.model_registry import ModelRegistry
from rag_app.reading import OnnxReader

MODEL = "multilingual-e5-small"
NEAR = 3


def read(pair: Pair, reader: OnnxReader) -> tuple[float, bool]:
    """The score of the likeliest answer, and whether it overlaps a right one."""
    (reading,) = reader.read(pair.question, [pair.context])
    found = reading.best(0, len(pair.context))
    if found is None:
        return -reading.nothing, False
    return found.score, any(found.start < end and start < found.end for start, end in pair.spans)


def report(name: str, items: Sequence[Item], reader: OnnxReader) -> None:
    """Read a passage with an answer for each question, and those without one."""
    asked = [item for item in items if item.positives]
    answered = [read(item.positives[0], reader) for item in asked]
    beside = [[read(pair, reader)[0] for pair in item.negatives[:NEAR]] for item in asked]
    near = [score for scores in beside for score in scores]
    best = [right and score > max(scores, default=-inf) for (score, right), scores in zip(answered, beside, strict=True)]
    adversarial = [read(item.negatives[0], reader)[0] for item in items if not item.answerable and item.negatives]
    shares = f"answer {np.mean([right for _, right in answered]):.3f}, best of four {np.mean(best):.3f}"
    told = [f"{name}: {len(answered)} questions, {shares}"]
    for kind, others in (("near", near), ("made to look answerable", adversarial)):
        if others:
            scores = np.array([score for score, _ in answered] + others)
            told.append(f"auroc {kind} {auroc(scores, np.arange(len(scores)) < len(answered)):.3f}")
    print(", ".join(told))


def main(sets: Path) -> None:
    """Report on each set."""
    for _ in prepare_models(MODELS):
        pass
    folder = ModelRegistry(MODELS).path_of(MODEL)
    embedder = OnnxEmbedder(folder, id=MODEL, question_prefix="query: ", passage_prefix="passage: ", threads=2)
    reader = OnnxReader(folder, embedder, threads=2)
    papers = {name: paper_items(embedder, list(read_papers(of)), name) for name, of in FOLDERS.items()}
    for name, items in {**papers, **read_items(sets, embedder)}.items():
        report(name, [item for item in items if is_kept_apart(item.article, name)], reader)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
