"""What stands around passages: how well their documents fit a question, and the passages beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from rag_app.interfaces import Vectors
from rag_app.records import StoredPassage
from rag_app.text.relevance import bm25

REACH = 2


class LevelSource(Protocol):
    """Where documents and neighbours are kept: the store."""

    def document_vectors(self, document_ids: Sequence[str]) -> Vectors: ...

    def opening_vectors(self, document_ids: Sequence[str]) -> Mapping[str, Vectors]: ...

    def neighbours(self, ids: Sequence[int], reach: int) -> Mapping[int, Sequence[int]]: ...

    def bodies(self, ids: Sequence[int]) -> Mapping[int, str]: ...


class Levels:
    """Scores of passages, shape (passages,), by what they are part of."""

    def __init__(self, source: LevelSource) -> None:
        self._source = source

    def documents(self, question: Vectors, stored: Sequence[StoredPassage]) -> Vectors:
        """The cosine of each passage's document, one number for one document: rows of a product may differ in the last digit."""
        ids = list(dict.fromkeys(one.passage.document_id for one in stored))
        cosines = dict(zip(ids, (self._source.document_vectors(ids) @ question).tolist(), strict=True))
        return np.array([cosines[one.passage.document_id] for one in stored], np.float32)

    def openings(self, question: Vectors, stored: Sequence[StoredPassage], dense: Vectors) -> Vectors:
        """The cosine of the beginning of each passage's document; `dense`, the passage's own, where that has no such vector."""
        found = self._source.opening_vectors([one.passage.document_id for one in stored])
        cosines = {label: float(vector @ question) for label, vector in found.items()}
        own = zip(stored, dense.tolist(), strict=True)
        return np.array([cosines.get(one.passage.document_id, cosine) for one, cosine in own], np.float32)

    def around(
        self, stored: Sequence[StoredPassage], words: Sequence[Mapping[str, int]], weights: Mapping[str, float]
    ) -> Vectors:
        """BM25 of each passage, of which `words` are the counts, together with those up to `REACH` before and behind it."""
        beside = self._source.neighbours([one.id for one in stored], REACH)
        bodies = self._source.bodies(list({label for labels in beside.values() for label in labels}))
        said = {label: [term for term in body.split() if term in weights] for label, body in bodies.items()}
        long = {label: body.count(" ") + 1 for label, body in bodies.items()}
        texts, lengths = list[Counter[str]](), list[int]()
        for one, own in zip(stored, words, strict=True):
            near = [label for label in beside[one.id] if label in said]
            together = Counter({term: own[term] for term in weights if term in own})
            for label in near:
                together.update(said[label])
            texts.append(together)
            lengths.append(sum(own.values()) + sum(long[label] for label in near))
        return bm25(texts, lengths, weights)
