"""What passages in the other language say of a question, as far as its words and names can be put in that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Protocol

import numpy as np

from rag_app.interfaces import Vectors
from rag_app.text.relevance import inverse_document_frequency

# The ways to say each part of a question, each way the terms of the full-text index that a passage must all hold.
Ways = Sequence[Sequence[Sequence[str]]]


class TermCounts(Protocol):
    """Where terms are counted: the store."""

    def term_counts(self, terms: Sequence[str]) -> Mapping[str, int]: ...

    def passage_count(self) -> int: ...


class Bridge:
    """Scores of passages that are not in the language of a question."""

    def __init__(self, counts: TermCounts) -> None:
        self._counts = counts

    def shares(self, parts: Ways, held: Sequence[set[str]], across: Sequence[int]) -> Vectors:
        """The share (0 to 1) of the weight of `parts` that each passage says, shape (passages,); 0 for those not `across`.

        `held` are the terms and stems of each passage, `across` the rows of those in the other language. A part weighs how rare
        it is that a passage of the library holds one of its ways.
        """
        shares, total = np.zeros(len(held), np.float32), 0.0
        for ways in parts if across else ():
            weight = self._weight(ways)
            shares[across] += weight * np.array([any(held[row].issuperset(way) for way in ways) for row in across], np.float32)
            total += weight
        return shares / total if total else shares

    def weights(self, parts: Ways, held: Sequence[set[str]]) -> dict[str, float]:
        """The weights of the terms in which passages in the other language say `parts`; `held` are the terms of each.

        The weight of a part is shared by the terms of the ways that they say, or by those of its first way.
        """
        found: dict[str, float] = {}
        for ways in parts:
            said = set(chain.from_iterable(way for way in ways if any(terms.issuperset(way) for terms in held))) or set(ways[0])
            for term in said:
                found[term] = max(found.get(term, 0.0), self._weight(ways) / len(said))
        return found

    def _weight(self, ways: Sequence[Sequence[str]]) -> float:
        counts = self._counts.term_counts(list(dict.fromkeys(chain(*ways))))
        most = max(min(counts.get(term, 0) for term in way) for way in ways)
        return inverse_document_frequency(most, self._counts.passage_count()) if most else 0.0
