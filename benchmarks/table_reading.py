"""How well the reader reads made tables: asked for other measures, and in other words, than it was trained on.

    python -m benchmarks.table_reading [--questions 400]

Prints, by the language of the question, how often the likeliest answer lies in the right row and is the right cell, and how well
the score of the answer parts questions that a cell answers from those that none does.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict

import numpy as np

from benchmarks.confidence import auroc
from benchmarks.reader_data import Pair
from benchmarks.reader_tables import table_pairs
from rag_app.assembly import MODELS, prepare_models
from rag_app.embedding import OnnxEmbedder
from rag_app.model_registry import ModelRegistry
from rag_app.reading import OnnxReader
from rag_app.text.language import language

MODEL = "multilingual-e5-small"
SEED = 77


def found_in(pair: Pair, reader: OnnxReader) -> tuple[float, bool, bool]:
    """The score of the likeliest answer, whether it lies in the right row, and whether it is the right cell."""
    (reading,) = reader.read(pair.question, [pair.context])
    found = reading.best(0, len(pair.context))
    if found is None or not pair.spans:
        return (found.score if found else -reading.nothing), False, False
    start, end = pair.spans[0]
    row = pair.context.rfind("\n", 0, start) + 1, (pair.context + "\n").index("\n", end)
    told = pair.context[found.start : found.end].strip(" |,$")
    return found.score, row[0] <= (found.start + found.end) // 2 <= row[1], told == pair.context[start:end].strip("$")


def main() -> None:
    """Ask, and report by language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=400)
    chosen = parser.parse_args()
    for _ in prepare_models(MODELS):
        pass
    folder = ModelRegistry(MODELS).path_of(MODEL)
    embedder = OnnxEmbedder(folder, id=MODEL, question_prefix="query: ", passage_prefix="passage: ", threads=1)
    reader = OnnxReader(folder, embedder, threads=1)
    results = defaultdict(list)
    for pair in table_pairs(chosen.questions, random.Random(SEED), apart=True):
        results[language(pair.question)].append((*found_in(pair, reader), bool(pair.spans)))
    for name, of_one in sorted(results.items()):
        scores, rows, cells, answered = (np.array(column) for column in zip(*of_one, strict=True))
        right = f"row {rows[answered].mean():.3f}, cell {cells[answered].mean():.3f}"
        print(f"{name}: {len(of_one)} questions, {right}, auroc {auroc(scores, answered):.3f}")


if __name__ == "__main__":
    main()
