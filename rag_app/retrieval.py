"""Question to hits: normalise, search in words and vectors, blend, look closer at the best."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag_app.fusion import blend, rerank
from rag_app.interfaces import EmbeddedQuestion, Embedder, Reranker, Vectors
from rag_app.querying import Vocabulary, make_query
from rag_app.records import Hit, Query, Scope, SearchResult, StageScore, StoredPassage
from rag_app.store import Store
from rag_app.text.context import context_text
from rag_app.text.coverage import coverage
from rag_app.text.words import index_text, search_terms
from rag_app.vector_index import LibraryIndex

CANDIDATES = 100
RERANKED = 60
LEXICAL_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class _Candidates:
    """What the first stages found: scores by passage, and how much the lexical ones count (0 to 1/2)."""

    lexical: Mapping[int, float]
    dense: Mapping[int, float]
    fused: Mapping[int, float]
    lexical_weight: float

    def best(self, count: int) -> list[int]:
        return sorted(self.fused, key=lambda label: (-self.fused[label], label))[:count]


class Retrieval:
    """Finds passages. Safe to use from several threads."""

    def __init__(self, store: Store, index: LibraryIndex, embedder: Embedder, reranker: Reranker | None = None) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder
        self._reranker = reranker
        self._known: tuple[int, Vocabulary] | None = None

    def search(self, question: str, *, top_k: int, scope: Scope = Scope(), as_typed: bool = False) -> SearchResult:
        """The `top_k` best passages for `question` within `scope`, or all there are. Raises `QuestionError`.

        The question's spelling is corrected by the words of the whole library, unless it is to be searched `as_typed`.
        """
        started = time.perf_counter()
        query = make_query(question, None if as_typed else self._vocabulary())
        embedded = self._embedder.embed_question(query.searched)
        asked = time.perf_counter()
        found = self._candidates(query, embedded.vector, max(CANDIDATES, top_k), scope)
        searched = time.perf_counter()
        hits = self._hits(embedded, found, top_k)
        ended = time.perf_counter()
        return SearchResult(query, hits, (asked - started) * 1000, (searched - asked) * 1000, (ended - searched) * 1000)

    def weights(self, query: Query) -> dict[str, float]:
        """The inverse document frequency of each term of `query` among the passages of the library."""
        return self._weights(query.terms)

    def _weights(self, terms: Sequence[str]) -> dict[str, float]:
        counts, total = self._store.term_counts(terms), self._store.passage_count()
        return {term: math.log(1 + (total - (n := counts.get(term, 0)) + 0.5) / (n + 0.5)) for term in terms}

    def _vocabulary(self) -> Vocabulary:
        """The words of the library as it is now, read again when it has changed."""
        revision = self._store.revision()
        known = self._known
        if known is None or known[0] != revision:
            known = self._known = (revision, Vocabulary(self._store.vocabulary(), self._store.phrase_count))
        return known[1]

    def _candidates(self, query: Query, vector: Vectors, wanted: int, scope: Scope) -> _Candidates:
        self._index.refresh()
        looked_up = search_terms(query.terms)
        lexical = dict(self._store.lexical_search(looked_up, wanted, scope))
        dense = self._dense(vector, wanted, scope, lexical)
        weight = LEXICAL_WEIGHT * self._lexical_trust(looked_up, lexical)
        return _Candidates(lexical, dense, blend(lexical, dense, lexical_weight=weight), weight)

    def _dense(self, vector: Vectors, k: int, scope: Scope, lexical: dict[int, float]) -> dict[int, float]:
        """Cosines of the nearest passages and of all that the words found."""
        allowed: Sequence[int] | None = None
        if scope != Scope():
            allowed = self._store.passage_ids(scope)
        dense = dict(self._index.search(vector, k, allowed=allowed))
        missing = [label for label in lexical if label not in dense]
        if missing:
            cosines = self._store.vectors(missing) @ vector
            dense.update(zip(missing, map(float, cosines), strict=True))
        return dense

    def _lexical_trust(self, looked_up: Sequence[str], lexical: dict[int, float]) -> float:
        """How much of the question the best lexical hit holds (0 to 1): a question in another language matches by chance only."""
        if not lexical:
            return 0.0
        best = max(lexical, key=lambda label: lexical[label])
        stored = self._store.stored([best])[0]
        held = index_text(context_text(stored.document_title, stored.passage.heading_path, stored.passage.text))
        return min(1.0, 2 * coverage(self._weights(looked_up), set(held.split())))

    def _hits(self, question: EmbeddedQuestion, found: _Candidates, top_k: int) -> tuple[Hit, ...]:
        """The best passages, the first of them in the order of the reranker and the blend."""
        stored = self._store.stored(found.best(max(top_k, RERANKED)))
        looked_at = stored[:RERANKED]
        scores = self._reranker.scores(question, looked_at) if self._reranker else None
        reranked = {} if scores is None else {one.id: float(score) for one, score in zip(looked_at, scores, strict=True)}
        final = rerank({one.id: found.fused[one.id] for one in stored}, reranked, weight=1 - found.lexical_weight)
        ordered = sorted(stored, key=lambda one: (-final[one.id], -found.fused[one.id], one.id))[:top_k]
        return tuple(Hit(one, final[one.id], _stages(one, found, reranked)) for one in ordered)


def _stages(stored: StoredPassage, found: _Candidates, reranked: Mapping[int, float]) -> tuple[StageScore, ...]:
    label = stored.id
    stages = [
        StageScore("lexical", found.lexical.get(label, 0.0)),
        StageScore("dense", found.dense[label]),
        StageScore("fused", found.fused[label]),
    ]
    if label in reranked:
        stages.append(StageScore("reranked", reranked[label]))
    return tuple(stages)
