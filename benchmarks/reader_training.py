"""Train the reader (rag_app/reading/) on the embedder's backbone, and keep what it learned as low-rank matrices.

    python -m benchmarks.reader_training SETS_FOLDER OUT.npz [--epochs 3] [--rate 0.001] [--seed 0] [--share 1] [--everyday 0]
                                         [--families 0] [--opposites 0] [--tables 0] [--sentences 0] [--all]
                                         [--from OUT.npz [--mean]]

--share takes a part of each epoch's pairs; so many of those with an answer come besides with a question turned into its opposite
(--opposites, benchmarks/reader_opposites.py), --tables adds so many questions about made tables (benchmarks/reader_tables/), and
--everyday and --families take parts of those about papers written for it (benchmarks/reader_papers.py).
Before them all come --sentences, questions asked of sentences by rule (benchmarks/reader_sentences.py).
Without --all, articles are kept apart, for benchmarks/evidence.py and confidence.py to ask about; so they were for the shipped
weights (docs/decisions.md). --from goes on from an earlier training, and --mean keeps the mean of what was learned before and
after (Wortsman et al., 2022).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.reader_data import EVERYDAY, FAMILIES, Item, Pair, epoch, read_items, roughened
from benchmarks.reader_model import RANK, ReaderModel
from benchmarks.reader_opposites import with_opposite
from benchmarks.reader_papers import FOLDERS, paper_items, read_papers
from benchmarks.reader_sentences import sentence_pairs
from benchmarks.reader_tables import table_pairs
from rag_app.assembly import MODELS, prepare_models
from rag_app.embedding import OnnxEmbedder
from rag_app.model_registry import ModelRegistry
from rag_app.model_registry.adaptation import read_learned, write_learned
from rag_app.reading.encoding import Tokens, encode_pair

MODEL = "multilingual-e5-small"
BATCH, WARMUP, LEAST_RATE, CLIP = 16, 0.06, 0.02, 1.0
HOLDS_WEIGHT = 0.5
BATCHES_SORTED = 40
PADDING = 1


@dataclass(frozen=True, slots=True)
class Example:
    """Token ids, and the places where answers begin and end: place 0 where there is none."""

    ids: list[int]
    begins: list[int]
    ends: list[int]


def examples(pairs: Sequence[Pair], tokens: Tokens) -> Iterator[Example]:
    """The pairs as the model sees them, but for those whose answer was cut off."""
    for pair in pairs:
        ids, first, offsets = encode_pair(tokens, pair.question, pair.context)
        found = [[place for place, (a, b) in enumerate(offsets) if a < end and start < b] for start, end in pair.spans]
        inside = [places for places in found if places]
        if inside or not pair.spans:
            begins, ends = [first + places[0] for places in inside], [first + places[-1] for places in inside]
            yield Example(ids, begins or [0], ends or [0])


def batches(drawn: Sequence[Example], chance: random.Random) -> Iterator[Sequence[Example]]:
    """Batches of examples of about the same length."""
    for first in range(0, len(drawn), BATCH * BATCHES_SORTED):
        ordered = sorted(drawn[first : first + BATCH * BATCHES_SORTED], key=lambda one: len(one.ids))
        starts = list(range(0, len(ordered), BATCH))
        chance.shuffle(starts)
        yield from (ordered[start : start + BATCH] for start in starts)


def loss_of(model: ReaderModel, batch: Sequence[Example]) -> Tensor:
    """Minus the log chance of any right place, for begin and end, and of whether there is one."""
    longest = max(len(one.ids) for one in batch)
    ids = torch.tensor([[*one.ids, *[PADDING] * (longest - len(one.ids))] for one in batch])
    mask = torch.arange(longest)[None] < torch.tensor([len(one.ids) for one in batch])[:, None]
    logits = model(ids, mask.long())
    has = torch.tensor([float(one.begins != [0]) for one in batch])
    total = HOLDS_WEIGHT * nn.functional.binary_cross_entropy_with_logits(logits[:, 0, 2], has)
    for part, places in ((0, [one.begins for one in batch]), (1, [one.ends for one in batch])):
        chances = logits[:, :, part].log_softmax(dim=1)
        total = total - torch.stack([chances[row, where].logsumexp(0) for row, where in enumerate(places)]).mean() / 2
    return total


class Training:
    """Steps of AdamW whose rate rises and then falls in a straight line."""

    def __init__(self, model: ReaderModel, *, rate: float, steps: int) -> None:
        self._model, self._steps = model, steps
        self._learning = [value for value in model.parameters() if value.requires_grad]
        self._optimizer = torch.optim.AdamW(self._learning, lr=rate, weight_decay=0.0)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._share)
        self._done, self._mean, self._started = 0, 0.0, time.time()

    def _share(self, step: int) -> float:
        return min((step + 1) / (WARMUP * self._steps), max(LEAST_RATE, (self._steps - step) / self._steps))

    def step(self, batch: Sequence[Example]) -> None:
        """Learn from a batch; now and then tell how it goes."""
        loss = loss_of(self._model, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._learning, CLIP)
        self._optimizer.step()
        self._schedule.step()
        self._optimizer.zero_grad()
        self._done += 1
        self._mean = loss.item() if self._done == 1 else 0.98 * self._mean + 0.02 * loss.item()
        if self._done % 100 == 0:
            pace = BATCH * self._done / (time.time() - self._started)
            print(f"step {self._done} of {self._steps}: loss {self._mean:.3f}, {pace:.1f} pairs a second", flush=True)


def draw(
    items: dict[str, list[Item]],
    papers: Sequence[tuple[str, list[Item], float]],
    chance: random.Random,
    *,
    kept_apart: bool | None,
    share: float,
    opposites: float,
    tables: int,
) -> list[Pair]:
    """The pairs of one epoch: a share of those of the sets, and of papers, some turned into their opposite, and tables."""
    drawn = [(epoch(items, chance, kept_apart=kept_apart), share)]
    drawn += [(epoch({name: of}, chance, kept_apart=kept_apart), its) for name, of, its in papers]
    pairs = [pair for of_kind, part in drawn for pair in of_kind[: round(part * len(of_kind))]]
    turned = [with_opposite(pair, chance) for pair in pairs if pair.spans and chance.random() < opposites]
    pairs += [*filter(None, turned), *table_pairs(tables, chance)]
    chance.shuffle(pairs)
    return pairs


def write_mean(files: Sequence[Path], out: Path) -> None:
    """Keep the mean of the changes learned in several trainings, as near as matrices of the rank come to it."""
    learned = [read_learned(file) for file in files]
    kept = {name: np.mean([one[name] for one in learned], axis=0) for name in ("head.w", "head.b")}
    turned = np.linalg.qr(np.random.default_rng(0).normal(size=(RANK, RANK)))[
        0
    ]  # else few columns hold most, and steps are coarse
    for name in {name.removesuffix(".up") for name in learned[0] if name.endswith(".up")}:
        left, sizes, right = np.linalg.svd(np.mean([one[f"{name}.up"] @ one[f"{name}.down"] for one in learned], axis=0))
        roots = np.sqrt(sizes[:RANK])
        kept[f"{name}.up"], kept[f"{name}.down"] = left[:, :RANK] * roots @ turned, turned.T @ (roots[:, None] * right[:RANK])
    write_learned(kept, out)


def main() -> None:
    """Train, and write what was learned after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--opposites", type=float, default=0.0)
    parser.add_argument("--tables", type=int, default=0)
    parser.add_argument("--sentences", type=int, default=0)
    parser.add_argument("--everyday", type=float, default=0.0)
    parser.add_argument("--families", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--from", dest="begun", type=Path)
    parser.add_argument("--mean", action="store_true")
    chosen = parser.parse_args()
    torch.manual_seed(chosen.seed)
    chance = random.Random(chosen.seed)
    for _ in prepare_models(MODELS):
        pass
    folder = ModelRegistry(MODELS).path_of(MODEL)
    embedder = OnnxEmbedder(folder, id=MODEL, question_prefix="query: ", passage_prefix="passage: ", threads=2)
    items = read_items(chosen.sets, embedder)
    shares = {EVERYDAY: chosen.everyday, FAMILIES: chosen.families}
    papers = [
        (name, paper_items(embedder, list(read_papers(FOLDERS[name])), name), share) for name, share in shares.items() if share
    ]
    model = ReaderModel(folder)
    if chosen.begun:
        model.take(chosen.begun)
    apart = None if chosen.all else False
    asked = sentence_pairs(chosen.sets, embedder, chosen.sentences, chance, kept_apart=apart) if chosen.sentences else ()
    drawn = [[roughened(pair, chance) for pair in asked]]
    others = {"share": chosen.share, "opposites": chosen.opposites, "tables": chosen.tables}
    drawn += [draw(items, papers, chance, kept_apart=apart, **others) for _ in range(chosen.epochs)]
    training = Training(model, rate=chosen.rate, steps=sum(len(pairs) // BATCH for pairs in drawn))
    for pairs in drawn:
        for batch in batches(list(examples(pairs, embedder)), chance):
            training.step(batch)
        model.keep(chosen.out)
    if chosen.mean:
        write_mean((chosen.begun, chosen.out), chosen.out)


if __name__ == "__main__":
    main()
