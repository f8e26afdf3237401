"""Where the time of a query goes, in large libraries: milliseconds of each call of a search; all but writing the answer.

    python -m benchmarks.query_speed SET… [--sizes 5000 100000] [--questions 200] [--folder KEEP_HERE]

A library is made of the sentences of the sets' documents, put together anew into passages of the usual length, the sets in
equal parts. The vectors lie around those of some real documents, so that only these and the questions are embedded; token
vectors are made by chance. Each
question is searched once, the embedder and the index being warm; "all" is from the question to its hits and the weights that
the answer needs. Calls of one name within a question are added; a call within another counts for both. "CPU" is processor
time, of all threads together: what other work on the machine changes least.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from rag_app.assembly import MODELS, open_library
from rag_app.evaluation.question_set import QuestionSet, read_question_set
from rag_app.interfaces import EmbeddedPassages, Embedder, Vectors
from rag_app.library import Library
from rag_app.records import Document, Page, Passage
from rag_app.store import Store
from rag_app.text.language import language
from rag_app.text.sentences import sentences

PASSAGES_OF_A_DOCUMENT = 100
CHARACTERS = {"en": 600, "zh": 220}
EMBEDDED, AWAY = 200, 0.48
TOKENS, BYTES_OF_A_TOKEN = 95, 64
KEPT = 10
Spent = dict[str, tuple[float, float]]
NOTHING = (0.0, 0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 100_000])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--folder", type=Path, help="keep the libraries here, and use again those that are there")
    arguments = parser.parse_args()
    sets = [read_question_set(folder) for folder in arguments.sets]
    print("| passages | questions | call | CPU p50 | CPU p95 | p50 ms | p95 ms |\n|---|---|---|---|---|---|---|", flush=True)
    with TemporaryDirectory(prefix="query-speed-") as temporary:
        for size in arguments.sizes:
            library = open_library((arguments.folder or Path(temporary)) / str(size), MODELS)
            if not library.documents():
                fill(library._store, library._retrieval._embedder, sets, size)
            for question_set in sets:
                measure(library, question_set, size, arguments.questions)
            library.close()


def fill(store: Store, embedder: Embedder, sets: list[QuestionSet], size: int) -> None:
    """Store `size` passages, in documents of a hundred."""
    random = np.random.default_rng(7)
    sources = [source(question_set, embedder, random) for question_set in sets]
    for number in range(size // PASSAGES_OF_A_DOCUMENT):
        pool, centres = sources[number % len(sources)]
        texts = [made_text(pool, random) for _ in range(PASSAGES_OF_A_DOCUMENT)]
        label = f"{number:064x}"
        pages = tuple(Page(page, text) for page, text in enumerate(texts, 1))
        passages = [Passage(label, page.number, 0, len(page.text), (), page.text) for page in pages]
        document = Document(label, f"{number}.txt", "", "text/plain", sum(map(len, texts)), pages)
        vectors = around(centres[random.integers(0, len(centres), len(texts))], random)
        packed = [random.bytes(TOKENS * BYTES_OF_A_TOKEN) for _ in texts]
        store.add(document, passages, EmbeddedPassages(vectors, packed))


def source(question_set: QuestionSet, embedder: Embedder, random: np.random.Generator) -> tuple[list[str], Vectors]:
    """All sentences of a set's documents, and the vectors of some of the documents."""
    pool = [sentence for document in question_set.documents for sentence in sentences(document.text)]
    chosen = random.permutation(len(question_set.documents))[:EMBEDDED].tolist()
    return pool, embedder.embed_passages([question_set.documents[row].text for row in chosen])


def made_text(pool: list[str], random: np.random.Generator) -> str:
    """Sentences by chance, as long as a passage is."""
    text = pool[random.integers(len(pool))]
    longest = CHARACTERS[language(text)]
    while len(text) < longest:
        text += " " + pool[random.integers(len(pool))]
    return text[:longest]


def around(centres: Vectors, random: np.random.Generator) -> Vectors:
    """Unit vectors with a cosine of about .9 to `centres`."""
    moved = centres + np.float32(AWAY / np.sqrt(centres.shape[1])) * random.standard_normal(centres.shape, np.float32)
    unit: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
    return unit


class Timed:
    """Another object, with the milliseconds (on the clock, of the processor) of its methods added up by name."""

    def __init__(self, inner: object, spent: Spent) -> None:
        self._inner, self._spent = inner, spent

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        if not callable(value):
            return value

        def timed(*arguments: Any, **options: Any) -> Any:
            started = now()
            try:
                return value(*arguments, **options)
            finally:
                before, passed = self._spent.get(name, NOTHING), since(started)
                self._spent[name] = (before[0] + passed[0], before[1] + passed[1])

        return timed


def now() -> tuple[float, float]:
    return time.perf_counter() * 1000, time.process_time() * 1000


def since(started: tuple[float, float]) -> tuple[float, float]:
    """The milliseconds that passed since, on the clock and of the processor."""
    clock, processor = now()
    return clock - started[0], processor - started[1]


def measure(library: Library, question_set: QuestionSet, size: int, count: int) -> None:
    """Print the rows of one set's questions."""
    library.search(question_set.documents[0].text[:100])
    library._index.wait()
    library.search(question_set.documents[1].text[:100])
    rows = list(spent_on_each(library, question_set, count))
    for name in sorted({name for row in rows for name in row}):
        clock, processor = zip(*(row.get(name, NOTHING) for row in rows))
        figures = [f"{np.percentile(values, share):.1f}" for values in (processor, clock) for share in (50, 95)]
        print("|", " | ".join([f"{size:,}", question_set.folder.name, name, *figures]), "|", flush=True)


def spent_on_each(library: Library, question_set: QuestionSet, count: int) -> Iterator[Spent]:
    """The milliseconds of every call, for each of the first questions."""
    retrieval, spent = library._retrieval, Spent()
    parts = {name: part for name, part in vars(retrieval).items() if name in ("_store", "_index", "_embedder", "_reranker")}
    for name, part in parts.items():
        setattr(retrieval, name, Timed(part, spent))
    for question in question_set.questions[:count]:
        spent.clear()
        started = now()
        found = library.search(question.question, top_k=KEPT)
        library.weights(found)
        spent["all"] = since(started)
        yield dict(spent)
    for name, part in parts.items():
        setattr(retrieval, name, part)


if __name__ == "__main__":
    main()
