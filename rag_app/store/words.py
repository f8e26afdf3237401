"""The full-text index: passages by their words."""

from __future__ import annotations

from collections.abc import Sequence

from rag_app.records import Scope
from rag_app.store.part import Part
from rag_app.store.passages import WHOLE_LIBRARY, within

_LARGE = 10_000
_ENOUGH = 20


class Words(Part):
    """The words of the library's passages."""

    def lexical_search(
        self, terms: Sequence[str], k: int, scope: Scope = WHOLE_LIBRARY, *, heading_weight: float = 1.0, body_weight: float = 1.0
    ) -> list[tuple[int, float]]:
        """The `k` passages within `scope` that hold any of `terms`, best first, as (id, BM25); a higher score is better.

        The weights are those of a term in the title and headings, and in the text itself.
        """
        if not terms:
            return []
        condition, parameters = ("", []) if scope == WHOLE_LIBRARY else within(scope)
        # The plus keeps SQLite from asking the full-text index once for each passage of the scope.
        narrowed = f"and +rowid in (select id from passages where {condition})" if condition else ""
        sql = f"""select rowid, -bm25(words, ?, ?) as score from words where words match ? {narrowed}
            order by score desc, rowid limit ?"""
        match = " OR ".join(_quoted(term) for term in self._telling(terms))
        return [(row[0], row[1]) for row in self._connections.rows(sql, [heading_weight, body_weight, match, *parameters, k])]

    def _telling(self, terms: Sequence[str]) -> Sequence[str]:
        """`terms` without those that more than half of a large library's passages hold.

        BM25 gives these no weight, and scoring them is what takes the time: with seven of them among eleven terms,
        220 ms instead of 45 at 100,000 passages.
        """
        total = self._connections.rows("select coalesce(sum(passage_count), 0) from documents")[0][0]
        if total < _LARGE:
            return terms
        counts = self.term_counts(terms)
        return [term for term in terms if 2 * counts.get(term, 0) <= total] or terms

    def term_counts(self, terms: Sequence[str]) -> dict[str, int]:
        """The number of passages that hold each of `terms`; a term that none holds is left out."""
        sql = "select count(*) from words where words match ?"
        counts = {term: int(self._connections.rows(sql, [_quoted(term)])[0][0]) for term in terms}
        return {term: count for term, count in counts.items() if count}

    def phrase_count(self, terms: Sequence[str]) -> int:
        """The number of passages that hold `terms` side by side, counted up to `_ENOUGH`."""
        sql = "select count(*) from (select 1 from words where words match ? limit ?)"
        return int(self._connections.rows(sql, [_quoted(" ".join(terms)), _ENOUGH])[0][0])

    def vocabulary(self, *, minimum: int = 1) -> dict[str, int]:
        """Every term that at least `minimum` passages hold, with their number. Case and accents are folded as in the index."""
        return dict(self._connections.rows("select term, doc from vocabulary where doc >= ?", [minimum]))


def _quoted(term: str) -> str:
    """`term` as a string of FTS5, in which no sign has a meaning."""
    return '"' + term.replace('"', '""').replace("\x00", " ") + '"'
