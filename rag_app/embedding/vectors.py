"""What all embedders do to texts and vectors: no lone surrogates in, unit length out."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from rag_app.interfaces import Vectors

_SURROGATES = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "�"


def encodable(text: str) -> str:
    """`text` with half characters (lone surrogates, as broken files yield) replaced, so that it can be UTF-8."""
    return text if text.isascii() else _SURROGATES.sub(_REPLACEMENT, text)


def unit_length(vectors: NDArray[np.floating]) -> Vectors:
    """Rows scaled to length one, float32, contiguous. A row of zeros becomes the first axis: every vector has a direction."""
    rows = np.array(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows[lengths[:, 0] == 0.0, 0] = 1.0
    lengths[lengths == 0.0] = 1.0
    return np.ascontiguousarray(rows / lengths)
