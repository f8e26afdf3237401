"""From the states of a model's tokens to small vectors of unit length, for late interaction.

A projection is made once for a model by benchmarks/token_projection.py and kept beside this module, float16: the mean of the
states in the first row, the directions in the others. A model without one has no token vectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag_app.embedding.vectors import unit_length
from rag_app.interfaces import Vectors

_FOLDER = Path(__file__).parent / "token_projections"


@dataclass(frozen=True, slots=True)
class TokenProjection:
    """`mean` (hidden,) is taken from every state of unit length, `directions` (dimension, hidden) are what is kept of it."""

    mean: Vectors
    directions: Vectors

    def project(self, states: Vectors) -> Vectors:
        """Vectors of unit length, shape (tokens, dimension), of states of shape (tokens, hidden)."""
        return unit_length((unit_length(states) - self.mean) @ self.directions.T)


def read_projection(model_id: str) -> TokenProjection | None:
    """The projection of a model, or None where it has none."""
    file = _FOLDER / f"{model_id}.npy"
    if not file.is_file():
        return None
    rows = np.load(file).astype(np.float32)
    return TokenProjection(rows[0], rows[1:])
