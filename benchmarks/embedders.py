"""Ways to run multilingual-e5-small, side by side: relevance, speed and memory. Never part of the tests.

    python -m benchmarks.embedders /path/to/bench/sets [--rounds 3] [--threads 2] [--only NAME …] [--skip-relevance]

Each way runs in a process of its own, one after the other, `rounds` times in turn; the fastest round counts, because
other work on the machine only ever slows one down. Relevance is nDCG@10 of dense search alone, a document as a passage.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag_app.embedding import OnnxEmbedder, SentenceTransformersEmbedder
from rag_app.interfaces import Embedder, Vectors
from rag_app.model_registry import ModelRegistry
from rag_app.model_registry.e5_file import BLOCK, E5File
from rag_app.model_registry.onnx_graph import LayerWriters, write_graph
from rag_app.model_registry.onnx_layers import Linear, after_gelu, plain
from rag_app.model_registry.onnx_model import MICROSOFT, OnnxModel
from rag_app.model_registry.packages import package_file

E5 = "multilingual-e5-small"
SETS = ("xquad_en", "xquad_zh", "xquad_zh_to_en", "xquad_en_to_zh", "squad2_en")
TORCH = "torch float32"
SHIPPED = "onnx int8, outliers apart (shipped)"
TIMED_PASSAGES = 120


def float32(model: OnnxModel, states: str, layer: Linear) -> str:
    """No quantization of activations or weights."""
    product = model.apply("MatMul", states, model.constant(f"{layer.name}.weights", layer.weights))
    return model.apply("Add", product, model.constant(f"{layer.name}.bias", layer.bias))


def four_bit(model: OnnxModel, states: str, layer: Linear) -> str:
    """The package's own four-bit blocks, activations in blocks of int8."""
    blocks = layer.weights.T.reshape(layer.weights.shape[1], -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[:, :, None], axis=2)[:, :, 0]
    scales = np.where(largest == 0.0, 1.0, largest / -8.0).astype(np.float32)
    codes = np.clip(np.rint(blocks / scales[:, :, None]) + 8, 0, 15).astype(np.uint8)
    outputs = ("", "", model.constant(f"{layer.name}.bias", layer.bias))
    return model.apply(
        "MatMulNBits",
        states,
        model.constant(f"{layer.name}.codes", codes[:, :, 0::2] | (codes[:, :, 1::2] << np.uint8(4))),
        model.constant(f"{layer.name}.scales", scales),
        *outputs,
        domain=MICROSOFT,
        K=layer.weights.shape[0],
        N=layer.weights.shape[1],
        bits=4,
        block_size=BLOCK,
        accuracy_level=4,
    )


WAYS: dict[str, LayerWriters | None] = {
    TORCH: None,
    "onnx float32": LayerWriters(float32, float32, float32),
    "onnx 4 bit (MatMulNBits)": LayerWriters(four_bit, four_bit, four_bit),
    "onnx int8, one scale": LayerWriters(plain, plain, plain),
    "onnx int8, a scale a row after GELU": LayerWriters(plain, plain, after_gelu),
    SHIPPED: LayerWriters(),
}


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of the clock and of the processor for a passage, and the process's largest memory in MB."""

    clock: float
    processor: float
    memory: float


def main() -> None:
    arguments = parse_arguments()
    if arguments.way:
        print(json.dumps(run_way(arguments)))
        return
    with tempfile.TemporaryDirectory() as work:
        names = arguments.only or list(WAYS)
        speeds = measure_speeds(arguments, names, Path(work))
        relevance = {} if arguments.skip_relevance else {name: measure_relevance(arguments, name, Path(work)) for name in names}
    print_table(speeds, relevance)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, help="the folder of question sets")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", nargs="*", choices=list(WAYS))
    parser.add_argument("--skip-relevance", action="store_true")
    parser.add_argument("--models", type=Path, default=Path(__file__).resolve().parents[1] / "models")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--vectors", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def run_way(arguments: argparse.Namespace) -> dict[str, float]:
    """In a process of its own: time one way, or write its vectors of all sets."""
    embedder = open_way(arguments.way, arguments.models, arguments.work, arguments.threads)
    if arguments.vectors:
        write_vectors(embedder, arguments.sets, arguments.vectors)
        return {}
    rows = [row for name in ("xquad_en", "xquad_zh") for row in read(arguments.sets / name / "docs.jsonl")]
    passages = [row["text"][:1200] for row in rows][: 2 * TIMED_PASSAGES : 2]
    embedder.embed_passages(passages[:4])
    clock, processor = time.perf_counter(), time.process_time()
    embedder.embed_passages(passages)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    return {"clock": clock / len(passages), "processor": processor / len(passages), "memory": largest_memory()}


def largest_memory() -> float:
    """The largest resident memory of this process so far, in MB; unlike ru_maxrss it does not start at the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def open_way(name: str, models: Path, work: Path, threads: int) -> Embedder:
    registry = ModelRegistry(models)
    options: dict[str, Any] = {"id": name, "question_prefix": "query: ", "passage_prefix": "passage: ", "threads": threads}
    if name == TORCH:
        return SentenceTransformersEmbedder(registry.path_of(E5), **options)
    return OnnxEmbedder(work / str(list(WAYS).index(name)), **options)


def build_way(name: str, models: Path, work: Path) -> None:
    """A folder like the prepared one with another graph."""
    registry = ModelRegistry(models)
    for _ in registry.prepare(E5):
        pass
    writers = WAYS[name]
    folder = work / str(list(WAYS).index(name))
    if writers is None or folder.exists():
        return
    (folder / "onnx").mkdir(parents=True)
    for file in ("config.json", "sentence_bert_config.json", "sentencepiece.bpe.model"):
        (folder / file).write_bytes((registry.path_of(E5) / file).read_bytes())
    for _ in write_graph(E5File(package_file(registry.get(E5))), folder / "onnx", writers):
        pass


def in_own_process(arguments: argparse.Namespace, name: str, work: Path, *more: str) -> dict[str, float]:
    build_way(name, arguments.models, work)
    places = ["--models", str(arguments.models), "--work", str(work), "--threads", str(arguments.threads)]
    command = [sys.executable, "-m", "benchmarks.embedders", str(arguments.sets), "--way", name, *places, *more]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    measured: dict[str, float] = json.loads(output.splitlines()[-1])
    return measured


def measure_speeds(arguments: argparse.Namespace, names: Iterable[str], work: Path) -> dict[str, Speed]:
    rounds: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(arguments.rounds):
        for name, results in rounds.items():
            results.append(in_own_process(arguments, name, work))
    return {
        name: Speed(**{key: min(result[key] for result in results) for key in results[0]}) for name, results in rounds.items()
    }


def measure_relevance(arguments: argparse.Namespace, name: str, work: Path) -> list[float]:
    vectors = work / "vectors.npz"
    in_own_process(arguments, name, work, "--vectors", str(vectors))
    with np.load(vectors) as kept:
        return [ndcg(kept[f"{each}.passages"], kept[f"{each}.questions"], arguments.sets / each) for each in SETS]


def write_vectors(embedder: Embedder, sets: Path, target: Path) -> None:
    vectors: dict[str, Vectors] = {}
    once = (
        remembered(embedder.embed_passages),
        remembered(lambda texts: np.array([embedder.embed_question(text).vector for text in texts])),
    )
    for name in SETS:
        documents = read(sets / name / "docs.jsonl")
        vectors[f"{name}.passages"] = once[0](
            [f"{row['title']}\n{row['text']}" if row["title"] else row["text"] for row in documents]
        )
        vectors[f"{name}.questions"] = once[1]([row["question"] for row in answerable(sets / name)])
    np.savez(target, **vectors)  # type: ignore[arg-type]  # numpy's stub takes the names for its own options


def remembered(embed: Callable[[list[str]], Vectors]) -> Callable[[list[str]], Vectors]:
    """The sets share texts: embed each once."""
    known: dict[str, NDArray[np.float32]] = {}

    def embed_new(texts: list[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, embed(new), strict=True))
        return np.array([known[text] for text in texts])

    return embed_new


def ndcg(passages: Vectors, questions: Vectors, folder: Path, k: int = 10) -> float:
    """Mean nDCG@k; each right document counts one."""
    ids = [row["id"] for row in read(folder / "docs.jsonl")]
    values = []
    for row, scores in zip(answerable(folder), questions @ passages.T, strict=True):
        right = set(row["doc_ids"])
        found = [ids[place] in right for place in np.argsort(-scores, kind="stable")[:k]]
        discounts = 1.0 / np.log2(np.arange(2, k + 2))
        values.append(float(discounts[: len(found)][found].sum() / discounts[: len(right)].sum()))
    return mean(values)


def answerable(folder: Path) -> list[dict[str, Any]]:
    return [row for row in read(folder / "questions.jsonl") if row["doc_ids"] and row.get("answerable", True)]


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def print_table(speeds: dict[str, Speed], relevance: dict[str, list[float]]) -> None:
    columns = ("CPU ms a passage", "passages/s", "peak MB", *(SETS if relevance else ()), *(("mean",) if relevance else ()))
    print(f"| way | {' | '.join(columns)} |")
    print("|---" * (len(columns) + 1) + "|")
    for name, speed in speeds.items():
        cells = [f"{1000 * speed.processor:.1f}", f"{1 / speed.clock:.1f}", f"{speed.memory:.0f}"]
        found = relevance.get(name, [])
        cells += [f"{value:.4f}" for value in ([*found, mean(found)] if found else [])]
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
