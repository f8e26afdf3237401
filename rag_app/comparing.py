"""Of a few chosen documents that are alike, what each says for itself: three offers, leases or minutes that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag_app.agreement import alike_as_one
from rag_app.evidence import place_of
from rag_app.interfaces import Embedder
from rag_app.querying import extreme_of
from rag_app.records import Answer, Evidence, Scope
from rag_app.text.language import language

# Up to how many chosen documents are each asked by themselves too.
MOST_ASKED = 5
# What such a document needs: how sure it is by itself, the chance of its best sentence among its own, and the cosine of that one
# to the sentence that answers first, which is lower where that is in the other language.
LEAST_SURE, LEAST_ALONE, LEAST_ALIKE, LEAST_ALIKE_ACROSS = 0.3, 0.8, 0.86, 0.8


def is_of_each(question: str, scope: Scope) -> bool:
    """Whether each document of `scope` is asked by itself too: a few that were chosen, but for the one that has most or least."""
    return scope.names_several and len(scope.document_ids) <= MOST_ASKED and extreme_of(question) is None


def with_each(answer: Answer, alone: Sequence[Answer], threshold: float, embedder: Embedder) -> Answer:
    """`answer`, with what those of the documents it does not quote say `alone`, if they are sure enough and say the like of it.

    The sentences of each document stand together.
    """
    quoted = {_document(sentence) for one in answer.selected_evidence for sentence in (one, *one.agreeing)}
    sure = (one.evidence[0] for one in alone if one.selected and one.confidence >= max(threshold, LEAST_SURE))
    likely = [sentence for sentence in sure if _document(sentence) not in quoted and sentence.score >= LEAST_ALONE]
    told = alike_as_one([*answer.selected_evidence, *_alike(likely, answer.evidence[0], embedder)])
    documents = list(dict.fromkeys(map(_document, told)))
    selected = tuple(sorted(told, key=lambda sentence: documents.index(_document(sentence))))
    known = {place_of(sentence) for one in selected for sentence in (one, *one.agreeing)}
    others = (sentence for sentence in answer.evidence[answer.selected :] if place_of(sentence) not in known)
    return replace(answer, evidence=(*selected, *others), selected=len(selected), of_each=len(documents) > 1)


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
