"""A working embedder without a model, for tests: hashed bags of words and of Chinese characters."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from rag_app.embedding.vectors import encodable, unit_length
from rag_app.interfaces import EmbeddedQuestion, Vectors
from rag_app.text.folding import fold

_TOKENS = re.compile(r"[㐀-䶿一-鿿]|[^\W_]+")


class BagOfWordsEmbedder:
    """Texts that share words are near each other. The same text gives the same vector in every process."""

    def __init__(self, *, dimension: int = 64, max_tokens: int = 512) -> None:
        self.id = f"bag-of-words-{dimension}"
        self.dimension = dimension
        self.max_tokens = max_tokens

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts)

    def embed_question(self, text: str) -> EmbeddedQuestion:
        tokens = self._by_token(text)
        return EmbeddedQuestion(text, self._embed([text])[0], tokens, np.ones(len(tokens), np.float32))

    def embed_passages_by_token(self, texts: Sequence[str]) -> tuple[Vectors, tuple[Vectors, ...]]:
        return self._embed(texts), tuple(self._by_token(text) for text in texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words and Chinese characters of each text."""
        return [len(_tokens(text)) for text in texts]

    def _by_token(self, text: str) -> Vectors:
        return self._embed(_tokens(text)[: self.max_tokens])

    def _embed(self, texts: Sequence[str]) -> Vectors:
        bags = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(bags, texts, strict=True):
            for token in _tokens(text)[: self.max_tokens]:
                row[zlib.crc32(token.encode()) % self.dimension] += 1.0
        return unit_length(bags)


def _tokens(text: str) -> list[str]:
    return _TOKENS.findall(fold(encodable(text)))
