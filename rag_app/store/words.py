"""The full-text index: passages by their words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rag_app.records import Scope
from rag_app.store.files import KeptFiles
from rag_app.store.opening import Connections, Value
from rag_app.store.part import Part
from rag_app.store.passages import WHOLE_LIBRARY, within
from rag_app.text.words import STEM_MARK

_LARGE = 10_000
_SCORED = 10_000
_REMEMBERED = 100_000
_ENOUGH = 20


class Words(Part):
    """The words of the library's passages."""

    def __init__(self, connections: Connections, files: KeptFiles) -> None:
        super().__init__(connections, files)
        self._counts: tuple[int, dict[str, int]] = (-1, {})

    def lexical_search(
        self, terms: Sequence[str], k: int, scope: Scope = WHOLE_LIBRARY, *, heading_weight: float = 1.0
    ) -> list[tuple[int, float]]:
        """The `k` passages within `scope` that hold any of `terms`, best first, as (id, BM25); a higher score is better.

        A term in the title and headings counts `heading_weight`, one in the text itself 1.
        """
        if not terms:
            return []
        weighing, rare = self._telling(terms)
        found = self._best(weighing, rare, k, scope, heading_weight)
        return found if rare == weighing or len(found) == k else self._best(weighing, weighing, k, scope, heading_weight)

    def _best(
        self, terms: Sequence[str], needed: Sequence[str], k: int, scope: Scope, heading_weight: float
    ) -> list[tuple[int, float]]:
        """The best passages by all of `terms` that hold at least one of `needed`."""
        # The plus keeps SQLite from asking the full-text index once for each passage of the condition.
        narrowed, parameters = "", list[Value]()
        if needed != terms:
            narrowed += " and +rowid in (select rowid from words where words match ?)"
            parameters.append(_any(needed))
        if scope != WHOLE_LIBRARY:
            condition, values = within(scope)
            narrowed += f" and +rowid in (select id from passages where {condition})"
            parameters += values
        sql = f"""select rowid, -bm25(words, ?, 1.0) as score from words where words match ? {narrowed}
            order by score desc, rowid limit ?"""
        return [(row[0], row[1]) for row in self._connections.rows(sql, [heading_weight, _any(terms), *parameters, k])]

    def _telling(self, terms: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
        """In a large library: `terms` without those that BM25 gives no weight, and the rarest of them.

        Scoring is what takes the time, not finding. More than half of the passages hold a term without weight; the
        rarest are those that some ten thousand passages hold, and only these are scored (docs/decisions.md).
        """
        total = self._connections.rows("select coalesce(sum(passage_count), 0) from documents")[0][0]
        if total < _LARGE:
            return terms, terms
        counts = self.term_counts(terms)
        weighing = [term for term in terms if 2 * counts.get(term, 0) <= total] or terms
        rare, scored = list[str](), 0
        for term in sorted(weighing, key=lambda term: counts.get(term, 0)):
            scored += counts.get(term, 0)
            if rare and scored > _SCORED:
                return weighing, rare
            rare.append(term)
        return weighing, weighing

    def term_counts(self, terms: Sequence[str]) -> dict[str, int]:
        """The number of passages that hold each of `terms`; a term that none holds is left out."""
        counts = self._remembered_counts()
        for term in terms:
            if term not in counts:
                sql = "select count(*) from words where words match ?"
                counts[term] = int(self._connections.rows(sql, [_any([term])])[0][0])
        return {term: counts[term] for term in terms if counts[term]}

    def _remembered_counts(self) -> dict[str, int]:
        """The counts of this revision of the library: every question asks for the same common words, several times."""
        revision = int(self._connections.rows("select value from meta where key = 'revision'")[0][0])
        if self._counts[0] != revision or len(self._counts[1]) > _REMEMBERED:
            self._counts = (revision, {})
        return self._counts[1]

    def bodies(self, ids: Sequence[int]) -> dict[int, str]:
        """The terms of the texts of passages, with their stems, as the index holds them: without title and headings."""
        sql = "select rowid, body from words where rowid in (select value from json_each(?))"
        return dict(self._connections.rows(sql, [json.dumps(list(ids))]))

    def phrase_count(self, terms: Sequence[str]) -> int:
        """The number of passages that hold `terms` side by side, counted up to `_ENOUGH`."""
        sql = "select count(*) from (select 1 from words where words match ? limit ?)"
        return int(self._connections.rows(sql, [_any([" ".join(terms)]), _ENOUGH])[0][0])

    def vocabulary(self) -> dict[str, int]:
        """Every term but stems, with the number of passages that hold it. Case and accents are folded."""
        rows = self._connections.rows("select term, doc from vocabulary")
        return {term: count for term, count in rows if not term.startswith(STEM_MARK)}


def _any(terms: Sequence[str]) -> str:
    """An expression of FTS5 for any of `terms`, as strings, in which no sign has a meaning."""
    return " OR ".join('"' + term.replace('"', '""').replace("\x00", " ") + '"' for term in terms)
