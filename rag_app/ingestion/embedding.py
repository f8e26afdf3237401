"""A document's vectors: those of its passages and of their tokens, and that of its beginning, as far as the embedder takes it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag_app.interfaces import EmbeddedPassages, Embedder
from rag_app.records import Document, Page, Passage
from rag_app.reranking import pack
from rag_app.text.context import context_text

_LONGEST_TOKEN = 8  # characters a token, in the mean of long words


class Begun:
    """What is embedded of a file step by step. Of one that is stopped it is kept until it goes on, or another one begins."""

    def __init__(self) -> None:
        self._texts: Sequence[str] = ()
        self._steps: list[EmbeddedPassages] = []

    def steps_of(self, texts: Sequence[str]) -> list[EmbeddedPassages]:
        """The steps made of these texts so far, to be added to."""
        if self._texts != texts:
            self._texts, self._steps = texts, []
        return self._steps

    def joined(self, passages: int) -> EmbeddedPassages:
        """All of them together, kept no longer."""
        steps = self._steps
        self._texts, self._steps = (), []
        return joined(steps, passages)


def texts_to_embed(document: Document, passages: Sequence[Passage], embedder: Embedder) -> list[str]:
    """The passages with what stands above them; behind them the document's title and beginning, if there are several."""
    texts = [context_text(document.title, passage.heading_path, passage.text) for passage in passages]
    if len(texts) == 1:
        return texts
    most = _LONGEST_TOKEN * embedder.max_tokens
    return [*texts, context_text(document.title, (), _beginning(document.pages, most))]


def _beginning(pages: Sequence[Page], most: int) -> str:
    """The first `most` characters of `pages`."""
    begun, length = list[str](), 0
    for page in pages:
        begun.append(page.text[: most - length])
        length += len(begun[-1]) + 1
        if length >= most:
            break
    return "\n".join(begun)


def embed(embedder: Embedder, texts: Sequence[str]) -> EmbeddedPassages:
    vectors, token_vectors = embedder.embed_passages_by_token(texts)
    return EmbeddedPassages(vectors, tuple(pack(tokens) for tokens in token_vectors))


def joined(steps: Sequence[EmbeddedPassages], passages: int) -> EmbeddedPassages:
    """What was embedded in steps; a text behind the `passages` is the document's beginning."""
    vectors = np.concatenate([step.vectors for step in steps])
    packed = tuple(tokens for step in steps for tokens in step.token_vectors)
    return EmbeddedPassages(vectors[:passages], packed[:passages], vectors[passages] if len(vectors) > passages else None)
