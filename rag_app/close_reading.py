"""Reading the best passages closely: what each says of the question, which of their sentences may answer, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from math import inf

from rag_app.definitions import clause_first, defining_first, lifted
from rag_app.evidence import (
    Selection,
    candidate_sentences,
    is_above_text,
    named_by,
    rank_sentences,
    read_sentences,
    read_with,
    sentences_of,
    with_alone,
)
from rag_app.interfaces import Embedder, Reader
from rag_app.keys import is_key_of
from rag_app.likeness import Likeness
from rag_app.named_rows import cell_named
from rag_app.numbered import asked_for, is_of_another, rightly_numbered
from rag_app.outside_bands import is_outside
from rag_app.querying import defined_in
from rag_app.records import CloseReading, Evidence, Hit, Reading
from rag_app.text.clauses import asks_for_clause, clause_begun, clauses_named
from rag_app.text.context import context_of, context_text
from rag_app.unnamed_rows import is_of_another_row

READ_ALONE, MOST_FOLLOWED = 3, 4
LEAST_FOLLOWED = -8.0  # the logit of an answer


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
        told, asked = _named_first(with_alone(sentences, alone), question), asked_for(question)
        likeliest = min(told, key=is_above_text, default=None)
        strays = likeliest is not None and (
            is_of_another(likeliest, told, asked)
            or is_outside(likeliest, told, question)
            or is_of_another_row(likeliest, told, hits, question)
        )
        found = told if strays else rightly_numbered(told, asked)
        is_clause = asks_for_clause(question) and any(clause_begun(one.text) in clauses_named(question) for one in found[:1])
        is_key = any(is_key_of(defined_in(question), one.text) for one in found[:1])
        is_named = is_clause or is_key or (bool(found) and found[0] is cell_named(found, question))
        return CloseReading(passages, found, alone, likeness, strays, is_named)

    def sentences(self, question: str, hits: Sequence[Hit], weights: Mapping[str, float]) -> tuple[Evidence, ...]:
        """The sentences of the passages of `hits`, likeliest first."""
        found = read_sentences(hits, self._of_passages(question, hits), weights, self._like(question, hits))
        return rightly_numbered(_named_first(found, question), asked_for(question))

    def followed(self, question: str, selected: Sequence[Evidence], hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """`selected`, with what answers in a document of `hits` that one of its sentences names behind that, if anything does.

        That passage is read behind the sentence: the one says whom or what it is about, the other the rest ("He played for the
        Philadelphia Eagles." "The Philadelphia Eagles are … based in Philadelphia, Pennsylvania."). Of the two the passage must
        answer, not the sentence that leads there; then the answer's stretch is known of that alone.
        """
        named = list(islice(named_by(selected, hits), MOST_FOLLOWED))
        contexts = [_behind(sentence, hit) for sentence, hit in named]
        readings = self._reader.read(question, contexts)
        found = [
            (answer.score, sentence, replace(there, score=sentence.score))
            for (sentence, hit), context, reading in zip(named, contexts, readings, strict=True)
            for there, answer in read_with(hit, reading, context)
            if answer.score > max(LEAST_FOLLOWED, _answer_before(sentence, hit, reading, context)) and not is_above_text(there)
        ]
        if not found:
            return tuple(selected)
        _, sentence, there = max(found, key=lambda one: one[0])
        others = [one for one in selected if one.places != there.places]
        place = others.index(sentence) + 1
        unmarked = [replace(one, span="") for one in others]
        return (*unmarked[:place], there, *unmarked[place:])[: Selection().most]

    def _of_passages(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        return self._reader.read(question, [context_of(hit.stored) for hit in hits])

    def _like(self, question: str, hits: Sequence[Hit]) -> dict[str, float]:
        texts = list(dict.fromkeys(sentence.text for hit in hits for sentence in sentences_of(hit)))
        return dict(zip(texts, self._likeness.of(question, texts), strict=True))


def compared(embedder: Embedder, question: str, hits: Sequence[Hit], weights: Mapping[str, float]) -> tuple[Evidence, ...]:
    """The sentences of passages that were not read, by their likeness to the question."""
    candidates = candidate_sentences(hits)
    if not candidates:
        return ()
    vectors = embedder.embed_passages([candidate.text for candidate in candidates])
    return rank_sentences(candidates, vectors @ embedder.embed_question(question).vector, weights)


def _named_first(sentences: Sequence[Evidence], question: str) -> tuple[Evidence, ...]:
    """The sentences, those first that say what a thing is, begin a clause, or are the row of a table, for which the question asks
    by name."""
    found = clause_first(defining_first(sentences, defined_in(question)), clauses_named(question))
    row = cell_named(found, question)
    return lifted(found, [one is row for one in found]) if row else found


def _behind(sentence: Evidence, hit: Hit) -> str:
    """The context of a passage with a sentence of another document before its text."""
    text = hit.stored.passage.text
    return f"{context_of(hit.stored).removesuffix(text)}{_in_a_line(sentence)} {text}"


def _answer_before(sentence: Evidence, hit: Hit, reading: Reading, context: str) -> float:
    """The logit of the best answer in the sentence that was read before a passage."""
    end = len(context) - len(hit.stored.passage.text)
    found = reading.best(end - 1 - len(_in_a_line(sentence)), end)
    return found.score if found else -inf


def _in_a_line(sentence: Evidence) -> str:
    return " ".join(sentence.text.split())


def _alone(sentence: Evidence) -> str:
    """A sentence without its passage, under the same title and headings."""
    stored = sentence.stored
    return context_text(stored.document_title, stored.passage.heading_path, sentence.text)
