"""Question to hits: normalise, search in words and vectors, blend, look closer at the best."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from rag_app.bridge import Bridge, Said
from rag_app.fusion import blend
from rag_app.interfaces import EmbeddedQuestion, Embedder, Reranker, Vectors
from rag_app.levels import Levels
from rag_app.projection import project
from rag_app.querying import Vocabulary, abbreviations, is_statement, long_form, make_query, parts
from rag_app.ranking import RankingCoefficients, Signals, rank, with_parts
from rag_app.records import Hit, MapPoint, PassageMap, Query, Scope, SearchResult, StageScore, StoredPassage, Turn
from rag_app.store import Store
from rag_app.text.coverage import coverage
from rag_app.text.language import language
from rag_app.text.relevance import inverse_document_frequency
from rag_app.text.words import counted, search_terms, terms
from rag_app.vector_index import LibraryIndex

CANDIDATES = 100
RERANKED = 80
DEFINING, MOST_NAMED = 20, 4
LEXICAL_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class _Candidates:
    """What the first stages found for a question: scores by passage, the weights of its terms, and how far to trust words;
    and how the other language says it."""

    question: EmbeddedQuestion
    lexical: Mapping[int, float]
    dense: Mapping[int, float]
    fused: Mapping[int, float]
    weights: Mapping[str, float]
    trust: float
    said: Said

    def best(self, count: int) -> list[int]:
        return sorted(self.fused, key=lambda label: (-self.fused[label], label))[:count]


@dataclass(frozen=True, slots=True)
class _Looked:
    """The passages that are looked at closer: the counts of each one's terms, those of what stands above it among them, and by
    themselves; and the vectors, shape (passages, dimension)."""

    stored: Sequence[StoredPassage]
    words: Sequence[Counter[str]]
    above: Sequence[Counter[str]]
    vectors: Vectors


class Retrieval:
    """Finds passages. Safe to use from several threads."""

    def __init__(
        self,
        store: Store,
        index: LibraryIndex,
        embedder: Embedder,
        reranker: Reranker | None = None,
        *,
        coefficients: RankingCoefficients = RankingCoefficients(),
    ) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder
        self._reranker = reranker
        self._coefficients = coefficients
        self._levels = Levels(store)
        self._bridge = Bridge(store, self._vocabulary)
        self._known: tuple[int, Vocabulary] | None = None

    def search(
        self,
        question: str,
        *,
        top_k: int,
        scope: Scope = Scope(),
        as_typed: bool = False,
        before: Sequence[Turn] = (),
        imagine: Callable[[str], tuple[str, ...]] = lambda question: (),
    ) -> SearchResult:
        """The `top_k` best passages for `question` within `scope`, or all there are. Raises `QuestionError`.

        Unless it is to be searched `as_typed`, the question's spelling is corrected by the words of the whole library, and what
        it leaves to the conversation is taken from `before`, the turns so far. What `imagine` makes of it is searched besides.
        """
        started = time.perf_counter()
        query = self._divided(
            self._expanded(make_query(question) if as_typed else make_query(question, self._vocabulary(), before))
        )
        query = replace(query, imagined=imagine(query.searched))
        queries = [query, *(self._expanded(make_query(one)) for one in (*query.parts, *query.imagined))]
        questions = [self._embedder.embed_question(one.searched) for one in queries]
        asked = time.perf_counter()
        wanted = max(CANDIDATES, top_k)
        found = [self._candidates(*both, wanted, scope) for both in zip(queries, questions, strict=True)]
        searched = time.perf_counter()
        hits, by_part = self._hits(found, top_k, parts=len(query.parts))
        ended = time.perf_counter()
        took = (asked - started) * 1000, (searched - asked) * 1000, (ended - searched) * 1000
        return SearchResult(query, hits, *took, by_part=by_part)

    def named(self, question: str, text: str, hits: Sequence[Hit], scope: Scope) -> tuple[Hit, ...]:
        """Passages for `question` of documents that `text` names and none of `hits` is of; none where documents were chosen."""
        known = {hit.stored.passage.document_id for hit in hits}
        called = () if scope.document_ids else self._store.documents_named_in(text, MOST_NAMED + len(known))
        chosen = replace(scope, document_ids=tuple(label for label in called if label not in known)[:MOST_NAMED])
        return self.search(question, top_k=MOST_NAMED, scope=chosen, as_typed=True).hits if chosen.document_ids else ()

    def map(self, question: str, *, scope: Scope, besides: Sequence[int], count: int) -> PassageMap:
        """The `count` passages whose vectors are nearest to the question's, and those of `besides` that exist, on a plane."""
        vector = self._embedder.embed_question(question).vector
        self._index.refresh()
        stored = self._store.stored(list(dict.fromkeys((*besides, *self._dense(vector, count, scope, {})))))
        vectors = np.vstack([vector, *([self._store.vectors([one.id for one in stored])] if stored else [])])
        points, shown = project(vectors)
        likeness = vectors[1:] @ vector
        found = (
            MapPoint(one, float(x), float(y), float(alike))
            for one, (x, y), alike in zip(stored, points[1:], likeness, strict=True)
        )
        return PassageMap(float(points[0, 0]), float(points[0, 1]), tuple(found), shown)

    def weights(self, query: Query, hits: Sequence[Hit]) -> dict[str, float]:
        """How rare the terms are by which a text is known to say what the question says.

        They are the question's own; where all of `hits` are in the other language, those by which these say its words and names.
        Where only some are, these terms weigh nothing beside its own, but tell the rows of their tables apart.
        """
        across = [hit.stored for hit in hits if language(hit.stored.passage.text) != query.language]
        if not across:
            return self._rarity(query.terms)
        held = [set(counted(_above(stored))) | set(counted(stored.passage.text)) for stored in across]
        bridged = self._bridge.weights(query.searched, held)
        return bridged if len(across) == len(hits) else dict.fromkeys(bridged, 0.0) | self._rarity(query.terms)

    def _rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """The inverse document frequency of each of `terms` among the passages of the library."""
        counts, total = self._store.term_counts(terms), self._store.passage_count()
        return {term: inverse_document_frequency(counts.get(term, 0), total) for term in terms}

    def _vocabulary(self) -> Vocabulary:
        """The words of the library as it is now, read again when it has changed."""
        revision = self._store.revision()
        known = self._known
        if known is None or known[0] != revision:
            known = self._known = (revision, Vocabulary(self._store.vocabulary(), self._store.phrase_count))
        return known[1]

    def _expanded(self, query: Query) -> Query:
        """The query with the words that the library defines its abbreviations by."""
        found: list[str] = []
        for short in abbreviations(query.searched):
            hits = self._store.lexical_search(terms(short), DEFINING)
            texts = (stored.passage.text for stored in self._store.stored([label for label, _ in hits]))
            found += list(filter(None, (long_form(short, text) for text in texts)))[:1]
        return replace(query, expansions=tuple(found)) if found else query

    def _divided(self, query: Query) -> Query:
        """The query with the questions within it, names that the library holds side by side taken for one."""
        if not self._coefficients.parts:
            return query
        found = parts(query.searched, lambda names: self._store.phrase_count(terms(names)) > 0)
        return replace(query, parts=found) if found else query

    def _candidates(self, query: Query, question: EmbeddedQuestion, wanted: int, scope: Scope) -> _Candidates:
        self._index.refresh()
        looked_up = search_terms(query.terms)
        besides = search_terms(terms(" ".join(query.expansions)))
        lexical = dict(self._store.lexical_search(list(dict.fromkeys((*looked_up, *besides))), wanted, scope))
        weights = self._rarity(looked_up)
        trust = self._lexical_trust(weights, lexical)
        said = self._bridge.said(query.searched, scope) if trust < 1 else Said()
        dense = self._dense(question.vector, wanted, scope, (*lexical, *said.passages))
        fused = blend(lexical, dense, lexical_weight=LEXICAL_WEIGHT * trust)
        return _Candidates(question, lexical, dense, fused, weights, trust, said)

    def _dense(self, vector: Vectors, k: int, scope: Scope, besides: Iterable[int]) -> dict[int, float]:
        """Cosines of the nearest passages and of those of `besides`."""
        allowed = None if scope == Scope() else self._store.passage_ids(scope)
        return self._with_all(dict(self._index.search(vector, k, allowed=allowed)), besides, vector)

    def _with_all(self, dense: Mapping[int, float], labels: Iterable[int], vector: Vectors) -> dict[int, float]:
        """`dense` with the cosines to `vector` of all `labels`."""
        missing = [label for label in labels if label not in dense]
        cosines = self._store.vectors(missing) @ vector if missing else ()
        return {**dense, **dict(zip(missing, map(float, cosines), strict=True))}

    def _lexical_trust(self, weights: Mapping[str, float], lexical: dict[int, float]) -> float:
        """How much of the question the best lexical hit holds (0 to 1): a question in another language matches by chance only."""
        if not lexical:
            return 0.0
        stored = self._store.stored([max(lexical, key=lambda label: lexical[label])])
        return min(1.0, 2 * max((_covered(weights, one) for one in stored), default=0.0))

    def _hits(
        self, found: Sequence[_Candidates], top_k: int, *, parts: int
    ) -> tuple[tuple[Hit, ...], tuple[tuple[Hit, ...], ...]]:
        """The best passages: those that were looked at closer, then the others as they were found; and the best of each part.

        The first of `found` is of the whole question, the next `parts` of those within it, the others of what was imagined.
        """
        first = list(dict.fromkeys(chain.from_iterable((*one.best(RERANKED), *one.said.passages) for one in found)))
        found = self._joined(found)
        stored, whole = self._store.stored(first), found[0]
        closer = [self._reranker.scores(one.question, stored) for one in found] if self._reranker else [None]
        if closer[0] is None:
            best = self._store.stored(whole.best(top_k))
            return tuple(Hit(one, whole.fused[one.id], _stages(one, whole, None)) for one in best), ()
        looked = self._looked(stored)
        ranked = [self._ranked(looked, near, one) for near, one in zip(closer, found, strict=True) if near is not None]
        stages = [_stages(one, whole, float(near)) for one, near in zip(stored, closer[0], strict=True)]
        asked, imagined = ranked[: 1 + parts], ranked[1 + parts :]
        scores = with_parts([with_parts(asked, weight=self._coefficients.parts), *imagined], weight=self._coefficients.imagined)
        hits = _sorted(stored, scores, stages)
        looked_at, lowest = set(first), hits[-1].score if hits else 0.0
        others = self._store.stored([label for label in whole.best(top_k) if label not in looked_at])
        rest = [Hit(one, min(lowest, whole.fused[one.id]), _stages(one, whole, None)) for one in others]
        return tuple((hits + rest)[:top_k]), tuple(tuple(_sorted(stored, scores, stages)[:top_k]) for scores in asked[1:])

    def _joined(self, found: Sequence[_Candidates]) -> Sequence[_Candidates]:
        """The candidates of a whole question and of its parts, each knowing what the others found; the best score counts."""
        if len(found) == 1:
            return found
        fused: dict[int, float] = {}
        for label, score in chain.from_iterable(one.fused.items() for one in found):
            fused[label] = max(score, fused.get(label, 0.0))
        return [replace(one, dense=self._with_all(one.dense, fused, one.question.vector), fused=fused) for one in found]

    def _looked(self, stored: Sequence[StoredPassage]) -> _Looked:
        above = [counted(_above(one)) for one in stored]
        words = [over + counted(one.passage.text) for one, over in zip(stored, above, strict=True)]
        return _Looked(stored, words, above, self._store.vectors([one.id for one in stored]))

    def _ranked(self, looked: _Looked, closer: Vectors, found: _Candidates) -> Vectors:
        stored, held = looked.stored, [set(counts) for counts in looked.words]
        numbers = {term: weight for term, weight in found.weights.items() if any(map(str.isdigit, term))}
        dense, none = np.array([found.dense[one.id] for one in stored], np.float32), np.zeros(len(stored), np.float32)
        question, tongue = found.question.text, language(found.question.text)
        across = [row for row, one in enumerate(stored) if found.trust < 1 and language(one.passage.text) != tongue]
        is_stated, asked = is_statement(question), replace(self._coefficients, opening=0.0, around=0.0)
        signals = Signals(
            closer=closer,
            dense=dense,
            document=self._levels.documents(found.question.vector, stored),
            lexical=np.array([found.lexical.get(one.id, 0.0) for one in stored], np.float32),
            covered=np.array([coverage(found.weights, words) for words in held], np.float32),
            headings=np.array([coverage(found.weights, words) for words in looked.above], np.float32),
            numbers=np.array([coverage(numbers, words) for words in held], np.float32),
            bridged=self._bridge.shares(found.said.words, held, across),
            transcribed=self._bridge.shares(found.said.names, held, across),
            opening=self._levels.openings(found.question.vector, stored, dense) if is_stated else none,
            around=self._levels.around(stored, looked.words, found.weights) if is_stated else none,
        )
        coefficients = self._coefficients if is_stated else asked
        return rank(stored, signals, looked.vectors, looked.words, trust=found.trust, coefficients=coefficients)


def _covered(weights: Mapping[str, float], stored: StoredPassage) -> float:
    return coverage(weights, set(counted(_above(stored))) | set(counted(stored.passage.text)))


def _above(stored: StoredPassage) -> str:
    return "\n".join((stored.document_title, *stored.passage.heading_path))


def _sorted(stored: Sequence[StoredPassage], scores: Vectors, stages: Sequence[tuple[StageScore, ...]]) -> list[Hit]:
    order = np.argsort(-scores, kind="stable")
    return [Hit(stored[row], float(scores[row]), stages[row]) for row in order]


def _stages(stored: StoredPassage, found: _Candidates, closer: float | None) -> tuple[StageScore, ...]:
    label = stored.id
    stages = [
        StageScore("lexical", found.lexical.get(label, 0.0)),
        StageScore("dense", found.dense[label]),
        StageScore("fused", found.fused[label]),
    ]
    return tuple(stages) if closer is None else (*stages, StageScore("reranked", closer))
