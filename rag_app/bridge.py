"""What passages in the other language say of a question, as far as its words and names can be put in that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from rag_app.interfaces import Vectors
from rag_app.querying import Vocabulary, names_across, translations
from rag_app.records import Scope
from rag_app.store import Store
from rag_app.text.language import CHINESE, ENGLISH, language
from rag_app.text.relevance import inverse_document_frequency

BRIDGED = 20
# The ways to say each part of a question, each way the terms of the full-text index that a passage must all hold.
Ways = Sequence[Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Said:
    """The ways in which the other language says words and names of a question, and the best passages in it that do."""

    words: Ways = ()
    names: Ways = ()
    passages: Sequence[int] = ()


class Bridge:
    """Puts questions in the other language. `vocabulary` gives the words of the library as it is now."""

    def __init__(self, store: Store, vocabulary: Callable[[], Vocabulary]) -> None:
        self._store = store
        self._vocabulary = vocabulary

    def said(self, question: str, scope: Scope) -> Said:
        """How the other language says `question`; nothing where there are no passages in it within `scope`.

        Beside passages in the question's own language only those that say its names are found so.
        """
        tongue = language(question)
        own, other = (replace(scope, language=one) for one in (tongue, CHINESE if tongue == ENGLISH else ENGLISH))
        if scope.language == tongue or not self._store.has_passages(other):
            return Said()
        words, names = translations(question), names_across(question, self._vocabulary())
        is_beside = not scope.language and self._store.has_passages(own)
        terms = list(dict.fromkeys(chain.from_iterable(chain.from_iterable(names if is_beside else (*words, *names)))))
        return Said(words, names, [label for label, _ in self._store.lexical_search(terms, BRIDGED, other)])

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

    def weights(self, question: str, held: Sequence[set[str]]) -> dict[str, float]:
        """The weights of the terms in which passages in the other language say `question`; `held` are the terms of each.

        The weight of a part of it is shared by the terms of the ways that they say, or by those of its first way.
        """
        found: dict[str, float] = {}
        for ways in (*translations(question), *names_across(question, self._vocabulary())):
            said = set(chain.from_iterable(way for way in ways if any(terms.issuperset(way) for terms in held))) or set(ways[0])
            for term in said:
                found[term] = max(found.get(term, 0.0), self._weight(ways) / len(said))
        return found

    def _weight(self, ways: Sequence[Sequence[str]]) -> float:
        counts = self._store.term_counts(list(dict.fromkeys(chain(*ways))))
        most = max(min(counts.get(term, 0) for term in way) for way in ways)
        return inverse_document_frequency(most, self._store.passage_count()) if most else 0.0
