"""A library's pages as rows of a question set, and the words it holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rag_app.evaluation.question_set import SetDocument
from rag_app.library import Library
from rag_app.records import DocumentSummary, StoredPassage, Stretch
from rag_app.text.words import terms

_WORD = re.compile(r"\b[A-Za-z][a-z’'-]*\b")


@dataclass(frozen=True, slots=True)
class LibraryText:
    """Rows in the order of the library, the number of its passages, its terms with the number of passages that hold each,
    and the words that are mostly written in lower case."""

    rows: tuple[SetDocument, ...]
    passages: int
    counts: Mapping[str, int]
    common: Set[str]

    def holds(self, words: str) -> bool:
        """Whether every term of `words` is in the library, be it in different places; False proves that `words` are not."""
        return all(term in self.counts for term in terms(words))

    def known_terms(self, words: str) -> list[str]:
        """The terms of `words` that the library holds, rarest first."""
        return sorted((term for term in set(terms(words)) if term in self.counts), key=lambda term: (self.counts[term], term))

    def rows_with(self, sentence: str) -> tuple[str, ...]:
        """The ids of the rows whose text holds `sentence`."""
        return tuple(row.id for row in self.rows if sentence in row.text)


def read_library(library: Library) -> LibraryText:
    """All text of `library`. A row is a page, and its id the document's name and `#p` with the page's number."""
    rows: list[SetDocument] = []
    counts: Counter[str] = Counter()
    written: Counter[str] = Counter()
    documents = library.documents()
    for document in documents:
        passages = library.passages(document.id)
        for stored in passages:
            counts.update(set(terms(stored.passage.text)))
            written.update(_WORD.findall(stored.passage.text))
        rows += _rows(document, passages)
    common = {word for word, number in written.items() if word.islower() and number >= written[word.capitalize()]}
    return LibraryText(tuple(rows), sum(document.passages for document in documents), counts, common)


def _rows(document: DocumentSummary, passages: Sequence[StoredPassage]) -> Iterator[SetDocument]:
    found: dict[int, list[tuple[Stretch, str]]] = {}
    for stored in passages:
        passage = stored.passage
        for place in passage.whole:
            words = passage.text[passage.rest.at :] if passage.rest and place.page == passage.rest.page else passage.text
            found.setdefault(place.page, []).append((place, words))
    for page, stretches in found.items():
        yield SetDocument(f"{document.name}#p{page}", document.title, _joined(stretches))


def _joined(stretches: Sequence[tuple[Stretch, str]]) -> str:
    """The text of a page, of its stretches and the words that begin there, each without what the one before it holds already."""
    text, end = "", 0
    for place, words in stretches:
        if place.end > end:
            gap = "\n" if place.start > end and text else ""
            text += gap + words[max(0, end - place.start) : place.end - place.start]
            end = place.end
    return text
