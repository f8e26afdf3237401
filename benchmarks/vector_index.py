"""Kinds of vector index side by side: recall, time per query, build and memory, at several sizes.

    python -m benchmarks.vector_index [--sizes 10000 100000] [--kinds exact hnsw pq kdtree]

The vectors are made, and kept in a store as the library's are. They lie as those of multilingual-e5-small do: a common mean, a
long tail of directions, topics of 15 documents of 10 passages. Median cosines to the tenth and hundredth neighbour and to any
other are .904, .877 and .826 (over 4,833 Chinese paragraphs .897, .870 and .821), those of a question's first, tenth and
hundredth .909, .838 and .823 (.904, .863 and .844). Each kind is built in one process (build, its most memory) and used from
its file in another (memory, time, recall). 100 are asked for, as retrieval does. "CPU" is processor time, of all threads
together; "half" is a search within every second passage, "one" within ten passages.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from rag_app.interfaces import VectorIndex, Vectors
from rag_app.store import DATABASE, Store
from rag_app.vector_index.exact import ExactIndex
from rag_app.vector_index.kinds import KINDS

DIMENSION = 384
QUERIES, ASKED = 200, 100
TOPICS_AT_ONCE, DOCUMENTS, PASSAGES = 32, 15, 10
COMMON, TOPIC, DOCUMENT, PASSAGE, QUESTION = 0.82, 0.27, 0.22, 0.51, 1.2
BLOCK = 1024
COLUMNS = (
    "kind",
    "vectors",
    "build CPU s",
    "most MB",
    "file MB",
    "MB",
    "CPU ms",
    "p50 ms",
    "p95 ms",
    "half p95",
    "one p95",
    "recall@10",
    "@100",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--kinds", nargs="+", default=["exact", "hnsw", "pq", "kdtree"], choices=list(KINDS))
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--step", choices=["build", "use"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step == "build":
        build(arguments.folder, arguments.kinds[0])
        return
    if arguments.step == "use":
        use(arguments.folder, arguments.kinds[0])
        return
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}", flush=True)
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="vectors-") as folder:
            fill(Path(folder), size)
            for kind in arguments.kinds:
                print(f"| {kind} | {size:,} | ", end="", flush=True)
                for step in ("build", "use"):
                    command = [
                        sys.executable,
                        "-m",
                        "benchmarks.vector_index",
                        "--step",
                        step,
                        "--kinds",
                        kind,
                        "--folder",
                        folder,
                    ]
                    subprocess.run(command, check=True, env={**os.environ, "OMP_WAIT_POLICY": "passive"})


def fill(folder: Path, size: int) -> None:
    """A store of `size` vectors, and beside it the questions with their nearest, computed from all vectors."""
    random = np.random.default_rng(7)
    spread = np.arange(1, DIMENSION + 1) ** -0.85
    spread /= spread.sum()
    mean = random.standard_normal(DIMENSION)
    queries = np.empty((0, DIMENSION), np.float32)
    with closing(Store(folder)) as store, closing(sqlite3.connect(folder / DATABASE)) as connection:
        for first, vectors in made_vectors(random, size, mean / np.linalg.norm(mean), np.sqrt(spread)):
            rows = ((first + row, vector.tobytes()) for row, vector in enumerate(vectors))
            connection.executemany("insert into vectors values (?, ?)", rows)
            chosen = vectors[random.random(len(vectors)) < 2 * QUERIES / size]
            moved = chosen + np.sqrt(QUESTION * (1 - COMMON)) * np.sqrt(spread) * random.standard_normal(chosen.shape)
            queries = np.concatenate([queries, unit(moved)])
        connection.commit()
        store._connections.empty_journal()
        queries = random.permutation(queries)[:QUERIES]
        np.savez(folder / "questions.npz", queries=queries, nearest=nearest(store, queries, size), size=size)


def made_vectors(random: np.random.Generator, size: int, mean: Vectors, axes: Vectors) -> Iterator[tuple[int, Vectors]]:
    """The vectors in blocks, each with the id of its first. `axes` is how far they spread in each direction."""

    def around(share: float, *shape: int) -> Vectors:
        drawn: Vectors = np.sqrt(share * (1 - COMMON)) * axes * random.standard_normal((*shape, DIMENSION), np.float32)
        return drawn

    first = 1
    while first <= size:
        topics = around(TOPIC, TOPICS_AT_ONCE, 1, 1)
        documents = topics + around(DOCUMENT, TOPICS_AT_ONCE, DOCUMENTS, 1)
        passages = documents + around(PASSAGE, TOPICS_AT_ONCE, DOCUMENTS, PASSAGES)
        block = unit(passages.reshape(-1, DIMENSION) + np.sqrt(COMMON) * mean)[: size - first + 1]
        yield first, block
        first += len(block)


def unit(vectors: Vectors) -> Vectors:
    scaled: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def nearest(store: Store, queries: Vectors, size: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The ids of the nearest to each query, by all products, shape (queries, ASKED)."""
    labels = np.zeros((len(queries), ASKED), np.int64)
    scores = np.full((len(queries), ASKED), -2, np.float32)
    for ids, matrix in store.vector_blocks(range(1, size + 1)):
        scores = np.hstack([scores, queries @ matrix.T])
        labels = np.hstack([labels, np.tile(ids, (len(queries), 1))])
        best = np.argsort(-scores, axis=1)[:, :ASKED]
        scores, labels = np.take_along_axis(scores, best, 1), np.take_along_axis(labels, best, 1)
    return labels


def build(folder: Path, name: str) -> None:
    """Print the first cells of a row: seconds and memory of building, and the size of the file."""
    kind, ids = KINDS[name], range(1, int(np.load(folder / "questions.npz")["size"]) + 1)
    before, started = resident_mb(), time.process_time()
    with closing(Store(folder)) as store:
        index: VectorIndex = kind.begin(DIMENSION, store, ids) if kind else ExactIndex(DIMENSION)
        for block, vectors in store.vector_blocks(ids):
            for start in range(0, len(block), BLOCK):
                index.add(block[start : start + BLOCK], vectors[start : start + BLOCK])
    built = time.process_time() - started
    most = most_resident_mb() - before
    size = 0.0
    if kind:
        index.save(folder / name)  # type: ignore[attr-defined]
        size = (folder / name).stat().st_size / 1e6
    print(f"{built:.1f} | {most:.0f} | {size:.0f} | ", end="", flush=True)


def use(folder: Path, name: str) -> None:
    """Print the other cells of a row."""
    with np.load(folder / "questions.npz") as kept:
        queries, truth, ids = kept["queries"], kept["nearest"], range(1, int(kept["size"]) + 1)
    kind, before = KINDS[name], resident_mb()
    with closing(Store(folder)) as store:
        index: VectorIndex = kind.load(folder / name, DIMENSION, store) if kind else ExactIndex(DIMENSION)
        if not kind:
            for block, vectors in store.vector_blocks(ids):
                index.add(block, vectors)
        index.search(queries[0], ASKED)
        memory = resident_mb() - before
        used = time.process_time()
        found, times = timed(index, queries, [None] * len(queries))
        used = (time.process_time() - used) * 1000 / len(queries)
        _, half = timed(index, queries[:20], [ids[::2]] * 20)
        within, one = timed(index, queries[:20], [range(first, first + 10) for first in range(1, 201, 10)])
    assert all(len(hits) == 10 for hits in within), "a search within a document lost hits"
    recall = [np.mean([len({*hits[:k]} & {*exact[:k]}) / k for hits, exact in zip(found, truth.tolist())]) for k in (10, 100)]
    cells = [
        f"{memory:.0f}",
        f"{used:.1f}",
        f"{np.median(times):.1f}",
        *(f"{np.percentile(one, 95):.1f}" for one in (times, half, one)),
    ]
    print(" | ".join([*cells, *(f"{share:.3f}" for share in recall)]), "|", flush=True)


def timed(index: VectorIndex, queries: Vectors, allowed: Sequence[Sequence[int] | None]) -> tuple[list[list[int]], list[float]]:
    """The nearest to each query, and the milliseconds each took."""
    found, times = [], []
    for query, ids in zip(queries, allowed):
        started = time.perf_counter()
        hits = index.search(query, ASKED, allowed=ids)
        times.append((time.perf_counter() - started) * 1000)
        found.append([label for label, _ in hits])
    return found, times


def resident_mb() -> float:
    """The memory of this process at this moment."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def most_resident_mb() -> float:
    """The most memory this process ever had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1000


if __name__ == "__main__":
    main()
