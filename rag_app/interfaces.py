"""The seams: each has a real implementation, a working fake, and one contract test run on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Generator as ClosableIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag_app.records import ChatMessage, Document, EnclosedFile, Reading, StoredPassage

Vectors = NDArray[np.float32]
Stop = Callable[[], bool]
PageProgress = Callable[[int, int], None]
FileProgress = Callable[[int], None]


class Parser(Protocol):
    """Reads a file into a document."""

    def parse(
        self, path: Path, *, name: str, document_id: str, progress: PageProgress, stop: Stop, password: str = ""
    ) -> Document:
        """Read `path`; `name` is what the user calls it, `password` opens it. `progress(done, total)` counts pages,
        and within a long sheet rows, with a total of 0.

        Raises `DocumentError` with a reason, `Stopped` when `stop()` became true.
        """
        ...

    def enclosed(
        self, path: Path, *, name: str, media_type: str, stop: Stop, password: str
    ) -> ClosableIterator[EnclosedFile, None, None]:
        """The files within a file that was read: attachments of a mail, entries of an archive. A copy is gone with the next.

        Raises as `parse` does.
        """
        ...

    def rest(self) -> None:
        """Let go of memory: nothing waits to be read."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedQuestion:
    """A question with its vector (dimension,), and the vectors (count, their dimension) and weights (count,) of its tokens.

    A weight says how rare a token is in the language. Without token vectors the count is 0.
    """

    text: str
    vector: Vectors
    tokens: Vectors
    token_weights: Vectors


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedPassages:
    """The vectors of a document's passages, shape (passages, dimension), and those of the tokens of each, packed, or none.

    `opening` is the vector of the document's beginning, shape (dimension,), if that has one of its own.
    """

    vectors: Vectors
    token_vectors: Sequence[bytes] = ()
    opening: Vectors | None = None


class Embedder(Protocol):
    """Turns texts into float32 vectors of unit length, shape (len(texts), dimension).

    Some embedders also give a vector of unit length for each telling token of a text, for late interaction.
    """

    @property
    def id(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def max_tokens(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors: ...

    def embed_question(self, text: str) -> EmbeddedQuestion: ...

    def embed_passages_by_token(self, texts: Sequence[str]) -> tuple[Vectors, tuple[Vectors, ...]]:
        """The vectors of `embed_passages`, and for each text those of its tokens, of shape (0, 0) where there are none."""
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]: ...


class Reranker(Protocol):
    """Looks closer at the best candidates."""

    def scores(self, question: EmbeddedQuestion, passages: Sequence[StoredPassage]) -> Vectors | None:
        """A score for each passage, higher is better, or None where it can say nothing of them."""
        ...


class Reader(Protocol):
    """Reads a question together with contexts (passages with what stands above them)."""

    def read(self, question: str, contexts: Sequence[str]) -> tuple[Reading, ...]: ...


class VectorIndex(Protocol):
    """Nearest vectors by cosine similarity. Labels are passage ids."""

    def __len__(self) -> int: ...

    def ids(self) -> set[int]: ...

    def add(self, ids: Sequence[int], vectors: Vectors) -> None: ...

    def remove(self, ids: Sequence[int]) -> None: ...

    def search(self, vector: Vectors, k: int, *, allowed: Sequence[int] | None = None) -> list[tuple[int, float]]:
        """The `k` most similar (or all, if fewer), best first, as (id, cosine). `vector` has shape (dimension,).

        With `allowed`, only those ids; never fewer hits than exist.
        """
        ...


class Generator(Protocol):
    """A chat model that streams text."""

    @property
    def id(self) -> str: ...

    @property
    def languages(self) -> tuple[str, ...]: ...

    @property
    def context_tokens(self) -> int: ...

    def count_tokens(self, text: str) -> int: ...

    def generate(self, messages: Sequence[ChatMessage], *, max_tokens: int, stop: Stop) -> Iterator[str]:
        """Pieces of text as they are written; ends early when `stop()` is true. Raises `ModelError`."""
        ...
