"""A working embedder without a model, for tests: hashed bags of words and of Chinese characters."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from rag_app.embedding.vectors import encodable, unit_length
from rag_app.interfaces import Vectors

_TOKENS = re.compile(r"[㐀-䶿一-鿿]|[^\W_]+")


class BagOfWordsEmbedder:
    """Texts that share words are near each other. The same text gives the same vector in every process."""

    def __init__(self, *, dimension: int = 64, max_tokens: int = 512) -> None:
        self._dimension = dimension
        self._max_tokens = max_tokens

    @property
    def id(self) -> str:
        return f"bag-of-words-{self._dimension}"

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def max_tokens(self) -> int:
        return self._max_tokens

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words and Chinese characters of each text."""
        return [len(_tokens(text)) for text in texts]

    def _embed(self, texts: Sequence[str]) -> Vectors:
        bags = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in zip(bags, texts, strict=True):
            for token in _tokens(text)[: self._max_tokens]:
                row[zlib.crc32(token.encode()) % self._dimension] += 1.0
        return unit_length(bags)


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(encodable(text).lower())
