"""How sure Footnote is that the documents hold the answer, from what retrieval found and reading told.

Logistic functions, fitted by benchmarks/confidence.py on question sets with documents taken out: for passages in the
question's language and for those in the other, whose words cannot be compared; each with a reader and without one. With one,
English and Chinese have their own, as other signals tell the two kinds of questions apart there (docs/decisions.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import compress
from typing import NamedTuple

from rag_app.records import Answer, CloseReading, Hit
from rag_app.text.context import context_of
from rag_app.text.coverage import coverage
from rag_app.text.language import CHINESE, ENGLISH, language
from rag_app.text.words import index_text, terms

# How much the best answer in a sentence read alone counts beside that in its passage.
ALONE = 0.5
# From which confidence on an answer whose numbers were compared is not given up for papers in the other language.
LIKELY = 0.5
# The confidence where a clause is asked for by its number, or a cell by the names of its row and column, and was found.
OF_NAMED = 0.9
# How far the sentence most like the question can stand out.
MOST_OUT = 0.06
# What cosine sentences that do not answer have to questions: a little more than the means of xquad, .76 and .83, in English as
# such questions were refused too seldom.
UNLIKE = {ENGLISH: 0.79, CHINESE: 0.83}


@dataclass(frozen=True, slots=True)
class Features:
    """What the confidence is made of.

    `same_language` says whether the best passage is in the question's language; `cosine` is the largest of a passage, `coverage`
    the largest share of the question's weight that a passage holds, where all are in the other language, of its words and names
    in that. Of the passages that were read (0 unread): `answer`, the largest logit that an answer stands there, and a share of
    the largest in a sentence read alone, `agreed`, the mean of that and of the best passage's own, `covered`, the share of the
    question's weight that stands in the likeliest sentence, `held`, the share that stands in the passages of its document,
    `likeness`, how like the question the most similar sentence is, from 0 (as are those in its language that do not answer it)
    to 1, and `stands_out`, how far its cosine is above the mean of their sentences, up to `MOST_OUT`: where nothing is about the
    question, all sentences are about as like it; beyond that it tells nothing.

    Scores of the ranking are left out: they are scaled among the passages found, and say nothing where these are few.
    """

    same_language: bool
    cosine: float
    coverage: float
    answer: float = 0.0
    agreed: float = 0.0
    covered: float = 0.0
    held: float = 0.0
    likeness: float = 0.0
    stands_out: float = 0.0


class Known(NamedTuple):
    """What is known of a question: the hits, what reading the first of them told, and the weights of its terms."""

    hits: Sequence[Hit]
    reading: CloseReading | None
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """A logistic function over `Features`: its bias and the weight of each."""

    bias: float
    cosine: float = 0.0
    coverage: float = 0.0
    answer: float = 0.0
    agreed: float = 0.0
    covered: float = 0.0
    held: float = 0.0
    likeness: float = 0.0
    stands_out: float = 0.0

    def chance(self, features: Features) -> float:
        """The chance (0 to 1) that the documents hold the answer."""
        logit = self.bias + sum(getattr(self, name) * getattr(features, name) for name in _SIGNALS)
        return 1 / (1 + math.exp(-logit))


_SIGNALS = tuple(field.name for field in fields(LogisticModel) if field.name != "bias")

# Where nothing was read, by whether the passages are in the question's language.
COMPARED = {
    True: LogisticModel(-42.35, cosine=44.312, coverage=12.223),
    False: LogisticModel(-71.27, cosine=92.071),
}
# Where passages in the question's language were read, by that language.
READ = {
    ENGLISH: LogisticModel(-7.05, agreed=0.188, covered=0.989, likeness=7.691, stands_out=92.994),
    CHINESE: LogisticModel(-4.25, agreed=0.297, held=4.762, likeness=8.423),
}
# The same, where fewer than `FEW` were found: a small library, or one document that is asked.
AMONG_FEW, FEW = LogisticModel(-1.64, answer=0.16, covered=1.042, likeness=3.563), 10
READ_ACROSS = LogisticModel(-14.5, cosine=18.721, agreed=0.355)
# That documents in the other language answer rather than those in the question's own: by what reading them told, and by how far
# they lead in what else counts (benchmarks/mixed_library.py).
BESIDE = LogisticModel(0.93, cosine=25.57, coverage=1.29, answer=0.09, agreed=0.24, covered=0.5)
LEADS = ("cosine", "coverage", "answer", "covered")


def features(hits: Sequence[Hit], reading: CloseReading | None, weights: Mapping[str, float], question_language: str) -> Features:
    """The features of `hits`, whose stages hold the cosine as `dense`; `reading` is that of the first of them."""
    if not hits:
        return Features(True, 0.0, 0.0)
    same = language(hits[0].stored.passage.text) == question_language
    cosine = _largest_cosine(hits)
    compared = Features(same, cosine, max(coverage(weights, _terms(hit)) for hit in hits))
    if reading is None or not reading.sentences:
        return compared
    likeness = [reading.likeness[sentence.text] for sentence in reading.sentences]
    most = max(likeness)
    likeliest = reading.sentences[0]
    document = likeliest.stored.passage.document_id
    together = [hit for hit in hits[: len(reading.passages)] if hit.stored.passage.document_id == document]
    answer = max(one.answer for one in reading.passages) + ALONE * max((one.answer for one in reading.alone), default=0.0)
    return replace(
        compared,
        answer=answer,
        agreed=(answer + reading.passages[0].answer) / 2,
        covered=coverage(weights, set(index_text(likeliest.text).split())),
        held=coverage(weights, set().union(*map(_terms, together))),
        likeness=(most - UNLIKE[question_language]) / (1 - UNLIKE[question_language]),
        stands_out=min(most - sum(likeness) / len(likeness), MOST_OUT),
    )


def confidence(hits: Sequence[Hit], reading: CloseReading | None, weights: Mapping[str, float], question_language: str) -> float:
    """The chance (0 to 1) that the documents hold the answer; 0 without hits, and where they speak of another thing only."""
    if not hits or (reading and reading.is_of_another):
        return 0.0
    if reading is not None and reading.is_named:
        return OF_NAMED
    found = features(hits, reading, weights, question_language)
    if reading is None:
        return COMPARED[found.same_language].chance(found)
    if not found.same_language:
        return READ_ACROSS.chance(found)
    return (AMONG_FEW if len(hits) < FEW else READ[question_language]).chance(found)


def beside(known: Known, own: Known, question_language: str) -> float:
    """The chance (0 to 1) that documents in the other language, of which is `known`, answer rather than those in the question's.

    `own` is known of all documents. 0 where nothing in the other language was read.
    """
    is_told = known.hits and known.reading and not known.reading.is_of_another
    return BESIDE.chance(leads(known, own, question_language)) if is_told else 0.0


def leads(known: Known, own: Known, question_language: str) -> Features:
    """The features of documents in the other language, those of `LEADS` less what they are for the passages of `own` in the
    question's."""
    there, here = (
        features(*_in_language(one, question_language, is_own), question_language)
        for one, is_own in ((known, False), (own, True))
    )
    return replace(there, **{name: getattr(there, name) - getattr(here, name) for name in LEADS})


def _in_language(known: Known, tongue: str, is_own: bool) -> Known:
    """What is known of the passages in a language, or of those in the other, without sentences read alone."""
    are_in = [(language(hit.stored.passage.text) == tongue) is is_own for hit in known.hits]
    if not known.reading:
        return known._replace(hits=tuple(compress(known.hits, are_in)))
    sentences = tuple(one for one in known.reading.sentences if (language(one.stored.passage.text) == tongue) is is_own)
    passages = tuple(compress(known.reading.passages, are_in))
    return known._replace(
        hits=tuple(compress(known.hits, are_in)), reading=replace(known.reading, passages=passages, sentences=sentences, alone=())
    )


def preferred(own: Answer, across: Answer, least: float, *, is_of_order: bool) -> Answer:
    """That of the documents in the other language from the confidence `least` on; but where the one with most or least is asked
    for, not in place of one that is more likely right than not and whose numbers were compared."""
    is_told = is_of_order and bool(own.query.parts) and own.confidence >= LIKELY
    return across if across.confidence >= least and not is_told else own


def _largest_cosine(hits: Sequence[Hit]) -> float:
    return max(stage.score for hit in hits for stage in hit.stages if stage.stage == "dense")


def _terms(hit: Hit) -> set[str]:
    return set(terms(context_of(hit.stored)))
