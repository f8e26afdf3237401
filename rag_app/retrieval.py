"""Question to hits: normalise, search in words and vectors, blend."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from rag_app.fusion import blend
from rag_app.interfaces import Embedder, Vectors
from rag_app.querying import Vocabulary, make_query
from rag_app.records import Hit, Query, Scope, SearchResult, StageScore
from rag_app.store import Store
from rag_app.text.context import context_text
from rag_app.text.coverage import coverage
from rag_app.text.words import terms
from rag_app.vector_index import LibraryIndex

CANDIDATES = 100
LEXICAL_WEIGHT = 0.5


class Retrieval:
    """Finds passages. Safe to use from several threads."""

    def __init__(self, store: Store, index: LibraryIndex, embedder: Embedder) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder
        self._known: tuple[int, Vocabulary] | None = None

    def search(self, question: str, *, top_k: int, scope: Scope = Scope(), as_typed: bool = False) -> SearchResult:
        """The `top_k` best passages for `question` within `scope`, or all there are. Raises `QuestionError`.

        The question's spelling is corrected by the words of the whole library, unless it is to be searched `as_typed`.
        """
        started = time.perf_counter()
        query = make_query(question, None if as_typed else self._vocabulary())
        vector = self._embedder.embed_questions([query.searched])[0]
        embedded = time.perf_counter()
        hits = self._hits(query, vector, top_k, scope)
        return SearchResult(query, hits, (embedded - started) * 1000, (time.perf_counter() - embedded) * 1000, 0.0)

    def weights(self, query: Query) -> dict[str, float]:
        """The inverse document frequency of each term of `query` among the passages of the library."""
        counts, total = self._store.term_counts(query.terms), self._store.passage_count()
        return {term: math.log(1 + (total - (n := counts.get(term, 0)) + 0.5) / (n + 0.5)) for term in query.terms}

    def _vocabulary(self) -> Vocabulary:
        """The words of the library as it is now, read again when it has changed."""
        revision = self._store.revision()
        known = self._known
        if known is None or known[0] != revision:
            known = self._known = (revision, Vocabulary(self._store.vocabulary(), self._store.phrase_count))
        return known[1]

    def _hits(self, query: Query, vector: Vectors, top_k: int, scope: Scope) -> tuple[Hit, ...]:
        self._index.refresh()
        wanted = max(CANDIDATES, top_k)
        lexical = dict(self._store.lexical_search(query.terms, wanted, scope))
        dense = self._dense(vector, wanted, scope, lexical)
        weight = LEXICAL_WEIGHT * self._lexical_trust(query, lexical)
        fused = blend(lexical, dense, lexical_weight=weight)
        best = sorted(fused, key=lambda label: (-fused[label], label))[:top_k]
        return tuple(
            Hit(
                stored,
                fused[stored.id],
                (
                    StageScore("lexical", lexical.get(stored.id, 0.0)),
                    StageScore("dense", dense[stored.id]),
                    StageScore("fused", fused[stored.id]),
                ),
            )
            for stored in self._store.stored(best)
        )

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

    def _lexical_trust(self, query: Query, lexical: dict[int, float]) -> float:
        """How much of the question the best lexical hit holds (0 to 1): a question in another language matches by chance only."""
        if not lexical:
            return 0.0
        best = max(lexical, key=lambda label: lexical[label])
        stored = self._store.stored([best])[0]
        held = terms(context_text(stored.document_title, stored.passage.heading_path, stored.passage.text))
        return min(1.0, 2 * coverage(self.weights(query), set(held)))
