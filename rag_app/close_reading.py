"""Reading the best passages closely: what each says of the question, which of their sentences may answer, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag_app.evidence import candidate_sentences, read_sentences, with_alone
from rag_app.interfaces import Embedder, Reader
from rag_app.likeness import Likeness
from rag_app.records import CloseReading, Evidence, Hit, Reading
from rag_app.text.context import context_of, context_text

READ_ALONE = 3


class CloseReader:
    """Reads passages with a question, and their likeliest sentences by themselves. Safe to use from several threads."""

    def __init__(self, reader: Reader, embedder: Embedder) -> None:
        self._reader = reader
        self._likeness = Likeness(embedder)

    def read(self, question: str, hits: Sequence[Hit], weights: Mapping[str, float]) -> CloseReading:
        """What the passages of `hits` tell; `weights` are those of the question's terms."""
        passages, likeness = self._of_passages(question, hits), self._like(question, hits)
        sentences = read_sentences(hits, passages, weights, likeness)
        alone = self._reader.read(question, [_alone(sentence) for sentence in sentences[:READ_ALONE]])
        return CloseReading(passages, with_alone(sentences, alone), alone, likeness)

    def sentences(self, question: str, hits: Sequence[Hit], weights: Mapping[str, float]) -> tuple[Evidence, ...]:
        """The sentences of the passages of `hits`, likeliest first."""
        return read_sentences(hits, self._of_passages(question, hits), weights, self._like(question, hits))

    def _of_passages(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        return self._reader.read(question, [context_of(hit.stored) for hit in hits])

    def _like(self, question: str, hits: Sequence[Hit]) -> dict[str, float]:
        texts = [sentence.text for sentence in candidate_sentences(hits)]
        return dict(zip(texts, self._likeness.of(question, texts), strict=True))


def _alone(sentence: Evidence) -> str:
    """A sentence without its passage, under the same title and headings."""
    stored = sentence.stored
    return context_text(stored.document_title, stored.passage.heading_path, sentence.text)
