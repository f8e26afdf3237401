"""Of a few chosen documents that are alike, what each says for itself: three offers, leases or minutes that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag_app.agreement import alike_as_one
from rag_app.evidence import place_of
from rag_app.extremes import of_documents
from rag_app.interfaces import Embedder
from rag_app.records import Answer, Evidence, Extreme, Scope
from rag_app.text.language import language

# Up to how many chosen documents are each asked by themselves too.
MOST_ASKED, FEWEST_COMPARED = 5, 2
# What such a document needs: how sure it is by itself, the chance of its best sentence among its own, and the cosine of that one
# to the sentence that answers first, which is lower where that is in the other language.
LEAST_SURE, LEAST_ALONE, LEAST_ALIKE, LEAST_ALIKE_ACROSS = 0.3, 0.8, 0.86, 0.8


def are_few(scope: Scope) -> bool:
    """Whether each document of `scope` is asked by itself too: of a few that were chosen."""
    return scope.names_several and len(scope.document_ids) <= MOST_ASKED


def with_each(answer: Answer, alone: Sequence[Answer], threshold: float, embedder: Embedder) -> Answer:
    """`answer`, with what those of the documents it does not quote say `alone`, if they are sure enough and say the like of it.

    The sentences of each document stand together.
    """
    quoted = {_document(sentence) for one in answer.selected_evidence for sentence in (one, *one.agreeing)}
    found = (one.evidence[0] for one in _sure(alone, threshold))
    likely = [sentence for sentence in found if _document(sentence) not in quoted and sentence.score >= LEAST_ALONE]
    told = alike_as_one([*answer.selected_evidence, *_alike(likely, answer.evidence[0], embedder)])
    documents = list(dict.fromkeys(map(_document, told)))
    selected = tuple(sorted(told, key=lambda sentence: documents.index(_document(sentence))))
    known = {place_of(sentence) for one in selected for sentence in (one, *one.agreeing)}
    others = (sentence for sentence in answer.evidence[answer.selected :] if place_of(sentence) not in known)
    found_all = replace(answer, evidence=(*selected, *others), selected=len(selected))
    return _told_of_each(found_all, alone) if len(documents) > 1 else found_all


def with_most_of_each(answer: Answer, extreme: Extreme, alone: Sequence[Answer], threshold: float) -> Answer:
    """`answer`, or where two documents and more say `alone` how much they have, that with most or least before the others."""
    sure = sorted((one for one in alone if one.selected and one.confidence >= threshold), key=lambda one: -one.confidence)
    told = of_documents(extreme, [replace(one.evidence[0], score=1 / len(sure)) for one in sure], MOST_ASKED)
    if len(told) < FEWEST_COMPARED:
        return answer
    least = min(one.confidence for one in sure if any(place_of(one.evidence[0]) == place_of(other) for other in told))
    query = replace(answer.query, parts=(extreme.asked,))
    compared = _told_of_each(replace(answer, query=query, evidence=told, selected=len(told), confidence=least), alone)
    return replace(compared, silent=()) if extreme.bounds else compared  # what is out of bounds tells too


def _told_of_each(answer: Answer, alone: Sequence[Answer]) -> Answer:
    """`answer`, with the names of the documents that were asked `alone` and of which it tells nothing."""
    told = {_document(sentence) for one in answer.selected_evidence for sentence in (one, *one.agreeing)}
    asked = [one.hits[0].stored for one in alone if one.hits]
    silent = tuple(stored.document_name for stored in asked if stored.passage.document_id not in told)
    return replace(answer, of_each=True, silent=silent)


def _sure(alone: Sequence[Answer], threshold: float) -> list[Answer]:
    return [one for one in alone if one.selected and one.confidence >= max(threshold, LEAST_SURE)]


def _alike(sentences: Sequence[Evidence], first: Evidence, embedder: Embedder) -> list[Evidence]:
    """Those of `sentences` that say the like of the `first`, in either language."""
    if not sentences:
        return []
    vectors = embedder.embed_passages([first.text, *(sentence.text for sentence in sentences)])
    cosines = (vectors[1:] @ vectors[0]).tolist()
    return [one for one, cosine in zip(sentences, cosines, strict=True) if cosine >= _least(one, first)]


def _least(sentence: Evidence, first: Evidence) -> float:
    return LEAST_ALIKE if language(sentence.text) == language(first.text) else LEAST_ALIKE_ACROSS


def _document(sentence: Evidence) -> str:
    return sentence.stored.passage.document_id
