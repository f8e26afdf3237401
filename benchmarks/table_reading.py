"""How well the reader reads made tables: asked for other measures, and in other words, than it was trained on.

    python -m benchmarks.table_reading [--questions 400]

Prints, by the language of the question, how often the likeliest answer lies in the right row and is the right cell, how well the
score of the answer parts questions that a cell answers from those that none does; and of right rows of tables with bars how often
the right cell is taken as read, and where the column asked for is taken instead (rag_app/named_rows.py).
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
from rag_app.named_rows import column_asked
from rag_app.numbered import times_named
from rag_app.reading import OnnxReader
from rag_app.text.language import language
from rag_app.text.words import terms

BAR = " | "
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


def cells_of(pair: Pair, reader: OnnxReader) -> tuple[bool, bool] | None:
    """Whether of the right row, if it has as many bars as the names of its columns, the right cell is read, and is named."""
    start, end = pair.spans[0]
    first, last = pair.context.rfind("\n", 0, start) + 1, (pair.context + "\n").index("\n", end)
    names, cells = (line.split(BAR) for line in (_header(pair.context), pair.context[first:last]))
    if first == 0 or len(cells) != len(names) or len(cells) < 2:
        return None
    (reading,) = reader.read(pair.question, [pair.context])
    found = reading.best(first - 1, last)
    read = pair.context[found.start : found.end].strip(" |,$") if found else ""
    column = column_asked(list(zip(names, cells, strict=True)), terms(pair.question), times_named(pair.question))
    named = read if column is None else cells[column].strip("$")
    right = pair.context[start:end].strip("$")
    return read == right, named == right


def _header(context: str) -> str:
    return next((line for line in context.split("\n") if BAR in line), "")


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
    results, of_rows = defaultdict(list), defaultdict(list)
    for pair in table_pairs(chosen.questions, random.Random(SEED), apart=True):
        if pair.spans and (both := cells_of(pair, reader)):
            of_rows[language(pair.question)].append(both)
        results[language(pair.question)].append((*found_in(pair, reader), bool(pair.spans)))
    for name, of_one in sorted(results.items()):
        scores, rows, cells, answered = (np.array(column) for column in zip(*of_one, strict=True))
        right = f"row {rows[answered].mean():.3f}, cell {cells[answered].mean():.3f}"
        print(f"{name}: {len(of_one)} questions, {right}, auroc {auroc(scores, answered):.3f}")
        as_read, by_name = np.mean(of_rows[name], axis=0)
        print(f"  cells of {len(of_rows[name])} right rows: {as_read:.3f} as read, {by_name:.3f} by name")


if __name__ == "__main__":
    main()
