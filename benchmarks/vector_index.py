"""Exact search against HNSW: build, memory, time per query and agreement, at several sizes.

    python benchmarks/vector_index.py [--sizes 1000 10000 50000 100000] [--dimension 384]

Each row is measured in a process of its own. The vectors are made: groups of neighbours around random centres, of
unit length, as the passages of one document lie together. Agreement is the share of the ten exact neighbours found.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from rag_app.interfaces import VectorIndex, Vectors
from rag_app.vector_index import ExactIndex, HnswIndex

KINDS = {"exact": ExactIndex, "hnsw": HnswIndex}
QUERIES = 200
CENTRES = 2_000
NOISE = 0.7
BLOCK = 4096
COLUMNS = ("kind", "vectors", "build s", "memory MB", "query ms", "95th", "within half of it ms", "agreement")
HEADING = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 50_000, 100_000])
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--one", choices=list(KINDS), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        measure(arguments.one, arguments.sizes[0], arguments.dimension)
        return
    print(HEADING, flush=True)
    for size in arguments.sizes:
        for kind in KINDS:
            command = [sys.executable, __file__, "--one", kind, "--sizes", str(size), "--dimension", str(arguments.dimension)]
            subprocess.run(command, check=True)


def measure(kind: str, size: int, dimension: int) -> None:
    """Print one row of the table."""
    vectors, queries = made_vectors(size, dimension)
    before = resident_mb()
    started = time.perf_counter()
    index: VectorIndex = KINDS[kind](dimension)
    for start in range(0, size, BLOCK):
        index.add(range(start, min(start + BLOCK, size)), vectors[start : start + BLOCK])
    build = time.perf_counter() - started
    memory = resident_mb() - before
    found, times = timed(index, queries, None)
    _, filtered = timed(index, queries[:20], list(range(0, size, 2)))
    truth = [set(np.argsort(-(vectors @ query))[:10].tolist()) for query in queries]
    agreement = float(np.mean([len(ids & exact) / 10 for ids, exact in zip(found, truth, strict=True)]))
    print(
        f"| {kind} | {size:,} | {build:.2f} | {memory:.0f} | {np.median(times):.2f} | {np.percentile(times, 95):.2f} "
        f"| {np.median(filtered):.2f} | {agreement:.3f} |",
        flush=True,
    )


def resident_mb() -> float:
    """The memory of this process at this moment."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def timed(index: VectorIndex, queries: Vectors, allowed: list[int] | None) -> tuple[list[set[int]], list[float]]:
    """The ten nearest to each query, and the milliseconds each took (searching 100, as retrieval does)."""
    found, times = [], []
    for query in queries:
        started = time.perf_counter()
        hits = index.search(query, 100, allowed=allowed)
        times.append((time.perf_counter() - started) * 1000)
        found.append({label for label, _ in hits[:10]})
    return found, times


def made_vectors(size: int, dimension: int) -> tuple[Vectors, Vectors]:
    """Vectors and queries around common centres, always the same."""
    random = np.random.default_rng(7)
    centres = random.standard_normal((CENTRES, dimension), dtype=np.float32)
    chosen = random.integers(0, CENTRES, size + QUERIES)
    made = centres[chosen]
    made += NOISE * random.standard_normal(made.shape, dtype=np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made[:size], made[size:]


if __name__ == "__main__":
    main()
