"""Documents to the few sentences that say most of them: one of how a document begins, and the most central of the others.

After centroid-based summarization (Radev et al., 2004): near to the mean of all, and not to what was taken (Carbonell and
Goldstein, 1998).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag_app.evidence import candidate_sentences
from rag_app.interfaces import Embedder, Vectors
from rag_app.records import DocumentSummary, Evidence, Hit, Scope, StoredPassage, Turn
from rag_app.store import Store
from rag_app.text.sentences import sentences
from rag_app.text.words import terms

SENTENCES = 4
LEAD, COMPARED, LOOKED_AT, NAMING = 3, 2000, 12, 20
LIKENESS = 0.7
_SHORTEST, _LONGEST = 60, 400
_MOST_SIGNS, _LONGEST_WORD = 0.2, 12
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENDS = (".", "!", "?", "。", "！", "？", "”", '"')


class Overview:
    """Says what documents are about. Safe to use from several threads."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder

    def of(self, scope: Scope, before: Sequence[Turn]) -> tuple[Evidence, ...]:
        """`SENTENCES` sentences of the documents of `scope`, shared evenly, in reading order, all equally likely.

        Of a collection or the whole library these are the document that the last answer of `before` cites first, if it is
        there, else those that were added last.
        """
        held = self._store.documents(scope.collection)
        wanted, known = scope.document_ids or _cited(before), {document.id for document in held}
        ids = tuple(one for one in wanted if one in known)[:SENTENCES]
        if not ids and not scope.document_ids:
            ids = _newest(held)
        found = [sentence for one in ids for sentence in self._of(one, SENTENCES // len(ids))]
        return tuple(replace(one, score=1 / len(found)) for one in found)

    def names(self, scope: Scope) -> tuple[str, ...]:
        """The names of the documents of `scope`."""
        held = self._store.documents(scope.collection)
        return tuple(one.name for one in held if not scope.document_ids or one.id in scope.document_ids)

    def has_passages(self, scope: Scope) -> bool:
        """Whether there is any passage within `scope`."""
        return self._store.has_passages(scope)

    def passages(self, document_id: str) -> tuple[StoredPassage, ...]:
        """The passages of a document, in reading order."""
        return self._store.passages(document_id)

    def has_name(self, scope: Scope, word: str) -> bool:
        """Whether titles or headings of `scope` hold `word`, a term, or a sentence has it with a capital in its midst.

        The `NAMING` passages tell that hold it likeliest.
        """
        found = self._store.lexical_search([word], NAMING, scope, heading_weight=NAMING)
        name = re.compile(rf"[\w,] {re.escape(word.capitalize())}\b")
        for one in self._store.stored([label for label, _ in found]):
            above = " ".join((one.document_title, *one.passage.heading_path))
            if word in terms(above) or (word.isascii() and name.search(one.passage.text)):
                return True
        return False

    def _of(self, document_id: str, count: int) -> list[Evidence]:
        """The `count` sentences of a document that are near to the mean of its passages and far from each other, in reading
        order, the first of how it begins; tables, headings and the like only where it says nothing else."""
        stored = self._store.stored(spread(self._store.passage_ids(Scope(document_ids=(document_id,)))))
        stored = tuple(one for one in stored if any(map(_is_prose, sentences(one.passage.text)))) or stored
        vectors = self._store.vectors([one.id for one in stored])
        mean = vectors.mean(axis=0) if stored else vectors
        likeliest = np.argsort(-(vectors @ mean), kind="stable")[:LOOKED_AT].tolist()
        said = candidate_sentences([Hit(stored[row], 1.0, ()) for row in sorted({*likeliest, *range(min(LEAD, len(stored)))})])
        said = tuple(one for one in said if _is_prose(one.text)) or said
        if not said:
            return []
        first = {one.id for one in stored[:LEAD]}
        chosen = _central(
            self._embedder.embed_passages([one.text for one in said]), mean, count, [one.stored.id in first for one in said]
        )
        return [said[row] for row in chosen]


def spread(ids: Sequence[int]) -> Sequence[int]:
    """The first `LEAD` of `ids`, and of the others at most `COMPARED`, at even distances."""
    distance = max(1, -(-len(ids) // COMPARED))
    return [*ids[:LEAD], *ids[LEAD::distance]]


def _central(vectors: Vectors, mean: Vectors, count: int, may_be_first: Sequence[bool]) -> list[int]:
    """The rows of the `count` of `vectors`, shape (sentences, dimension), near to `mean` and far from each other, ascending."""
    likeness, nearest, taken = vectors @ mean, np.zeros(len(vectors)), list[int]()
    while len(taken) < min(count, len(vectors)):
        gain = LIKENESS * likeness - (1 - LIKENESS) * nearest
        gain[taken] = -np.inf
        if not taken:
            gain[~np.array(may_be_first)] = -np.inf
        taken.append(int(gain.argmax()))
        nearest = np.maximum(nearest, vectors @ vectors[taken[-1]])
    return sorted(taken)


def _newest(documents: Sequence[DocumentSummary]) -> tuple[str, ...]:
    newest = sorted(documents, key=lambda document: document.added_at, reverse=True)
    return tuple(document.id for document in newest if document.passages)[:SENTENCES]


def _cited(before: Sequence[Turn]) -> tuple[str, ...]:
    cited = (citation for turn in before[-1:] for sentence in turn.answer.sentences for citation in sentence.citations)
    return tuple(citation.document_id for citation in cited)[:1]


def _is_prose(text: str) -> bool:
    """Whether a sentence is one that can stand by itself: neither short nor long, of words, and ended."""
    text = text.strip()
    chinese, spaces = len(_CHINESE.findall(text)), text.count(" ")
    signs = sum(not (letter.isalpha() or letter.isspace()) for letter in text)
    length = len(text) + 2 * chinese
    return (
        _SHORTEST <= length <= _LONGEST
        and text.endswith(_ENDS)
        and " | " not in text
        and signs <= _MOST_SIGNS * len(text)
        and (len(text) - chinese) <= _LONGEST_WORD * (spaces + 1)
    )
