"""The few sentences that may answer, out of the passages found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from rag_app.records import Answer, Evidence, Found, Hit, Reading, StoredPassage
from rag_app.text.cells import is_header, row_of
from rag_app.text.context import context_of
from rag_app.text.coverage import coverage, says_only
from rag_app.text.fillers import adds_nothing, is_question
from rag_app.text.folding import fold
from rag_app.text.headings import is_heading
from rag_app.text.lists import bullet_of, list_spans
from rag_app.text.naming import is_named, plain_title
from rag_app.text.sentences import sentence_spans
from rag_app.text.stretches import whole_stretch
from rag_app.text.words import index_text

_SHORTEST, NAMING = 4, 2
# How much the logit of an answer in a sentence read alone counts in its chance.
OF_ALONE = 0.15


@dataclass(frozen=True, slots=True)
class Selection:
    """Which sentences are selected to answer: at most `most`, and from which chance on.

    Of the best one's document from the share `here` of its chance on, a row of a table beside another row from `rows` on.
    Of another document from `likely` on, if that is also the share `elsewhere` of the best one's chance, of a third one the share
    `third`; `adding` suffices for a sentence that says at least the share `adds` of the question's weight that those taken do not
    say, or that is of a second document, named by one of them. docs/decisions.md tells what other limits gave.
    """

    most: int = 4
    here: float = 0.025
    rows: float = 0.5
    likely: float = 0.08
    elsewhere: float = 0.2
    third: float = 0.5
    adding: float = 0.02
    adds: float = 0.2


# Of documents that were chosen for the question, each may answer.
OF_CHOSEN = Selection(elsewhere=0.0, third=0.0)


@dataclass(frozen=True, slots=True)
class SentenceCoefficients:
    """How much each signal of a sentence counts; fitted by benchmarks/evidence.py, the losing ones in docs/decisions.md.

    `answer` weighs the logit of the best answer in the sentence, `passage` the passage's score, `covered` the share of the
    question's weight that stands in the sentence, `likeness` the sentence's cosine to the question.
    """

    answer: float = 0.23
    passage: float = 3.0
    covered: float = 2.3
    likeness: float = 12.0


def candidate_sentences(hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    """The distinct sentences of the passages of `hits`, each with its passage's score; overlapping passages count once."""
    found: dict[tuple[str, int, int], Evidence] = {}
    for hit in hits:
        for sentence in sentences_of(hit):
            found.setdefault(place_of(sentence), sentence)
    return tuple(found.values())


def rank_sentences(
    candidates: Sequence[Evidence], cosines: NDArray[np.float32], weights: Mapping[str, float]
) -> tuple[Evidence, ...]:
    """`candidates`, not read, with the chance (0 to 1) of each that it answers, best first.

    It comes from the standardised cosine to the question, shape (len(candidates),), the standardised share of the question's
    weight that the sentence's terms cover, and the passage's own score, added.
    """
    if not candidates:
        return ()
    covered = np.array([_covered(candidate, weights) for candidate in candidates])
    passages = np.array([candidate.score for candidate in candidates])
    return _by_chance(candidates, _standardised(cosines) + _standardised(covered) + _standardised(passages))


def read_sentences(
    hits: Sequence[Hit],
    readings: Sequence[Reading],
    weights: Mapping[str, float],
    likeness: Mapping[str, float],
    *,
    coefficients: SentenceCoefficients = SentenceCoefficients(),
) -> tuple[Evidence, ...]:
    """The distinct sentences of passages that were read, with the chance (0 to 1) of each that it answers, best first.

    `likeness` is the cosine of each sentence's text to the question. A sentence knows the stretch of it that the reader takes for
    the answer.
    """
    best: dict[tuple[str, int, int], tuple[Evidence, float]] = {}
    for hit, reading in zip(hits, readings, strict=True):
        for sentence, found in read_with(hit, reading, context_of(hit.stored)):
            logit = (
                coefficients.answer * found.score
                + coefficients.passage * hit.score
                + coefficients.covered * _covered(sentence, weights)
                + coefficients.likeness * likeness[sentence.text]
            )
            known = best.get(place_of(sentence))
            if known is None or known[1] < logit:
                best[place_of(sentence)] = sentence, logit
    sentences, logits = [sentence for sentence, _ in best.values()], np.array([logit for _, logit in best.values()])
    return _by_chance(sentences, logits) if sentences else ()


def with_alone(sentences: Sequence[Evidence], alone: Sequence[Reading]) -> tuple[Evidence, ...]:
    """`sentences`, the first of which were read `alone` too: by what that told these are ordered anew among themselves.

    Their chances stay with the places, so that as many are enough as before: what is read twice is not twice as sure.
    """
    first = sentences[: len(alone)]
    logits = np.log([sentence.score for sentence in first]) + OF_ALONE * np.array([reading.answer for reading in alone])
    order = np.argsort(-logits, kind="stable")
    reordered = (replace(first[row], score=sentence.score) for row, sentence in zip(order, first, strict=True))
    return (*reordered, *sentences[len(first) :])


def of_all(parts: Sequence[Sequence[Evidence]]) -> tuple[Evidence, ...]:
    """The sentences for a question that asks for several things, of those for each: the best of each, then the likeliest.

    Their chances are the means of those that they have for each. Headings come behind what they stand above.
    """
    chances: dict[tuple[str, int, int], float] = {}
    sentences: dict[tuple[str, int, int], Evidence] = {}
    for sentence in chain.from_iterable(parts):
        place = place_of(sentence)
        sentences.setdefault(place, sentence)
        chances[place] = chances.get(place, 0.0) + sentence.score / len(parts)
    first = dict.fromkeys(place_of(min(part, key=is_above_text)) for part in parts if part)
    rest = sorted(
        (place for place in sentences if place not in first), key=lambda place: (is_above_text(sentences[place]), -chances[place])
    )
    return tuple(replace(sentences[place], score=chances[place]) for place in (*first, *rest))


def select(
    evidence: Sequence[Evidence],
    weights: Mapping[str, float],
    limits: Selection = Selection(),
    *,
    sure: int = 1,
) -> tuple[Evidence, ...]:
    """The first `sure` of `evidence`, and those after them that are within `limits`, by the `weights` of the question's terms.

    A heading, or the names of a table's columns, are quoted only where they are the best; and a heading that says only what was
    asked, and leads to no list, where nothing else is enough. Nor is quoted beside the best what adds nothing to it, or asks
    where that does not.
    """
    kept = list(evidence[:sure])
    for sentence in evidence[sure:]:
        asks = _asks(sentence) and not is_question(kept[0].text)
        if len(kept) < limits.most and not asks and _is_taken(sentence, kept, weights, limits) and _tells(sentence, weights):
            kept.append(sentence)
    return tuple(kept[1:] if len(kept) > sure == 1 and _repeats(kept[0], weights) else kept)


def new_first(answer: Answer, before: Answer) -> tuple[Evidence, ...]:
    """The evidence, of that selected last what was said `before` and has no word that the question did not have then."""
    asked = set(index_text(" ".join(set(answer.query.terms) - set(before.query.terms))).split())
    selected, others = answer.evidence[: answer.selected], answer.evidence[answer.selected :]
    return (*sorted(selected, key=lambda one: " ".join(one.text.split()) in before.text and not asked & _said(one)), *others)


def named_by(selected: Sequence[Evidence], hits: Sequence[Hit]) -> Iterator[tuple[Evidence, Hit]]:
    """Each of the first sentences of `selected` with the hits on documents that it names, other than that of the very first."""
    for sentence in selected[:NAMING]:
        for hit in hits:
            is_other = hit.stored.passage.document_id != selected[0].stored.passage.document_id
            if is_other and _names(sentence, hit.stored):
                yield sentence, hit


def _tells(sentence: Evidence, weights: Mapping[str, float]) -> bool:
    passage = sentence.stored.passage
    return not (is_above_text(sentence) or adds_nothing(sentence.text, passage.text, passage.heading_path, weights))


def _is_taken(sentence: Evidence, kept: Sequence[Evidence], weights: Mapping[str, float], limits: Selection) -> bool:
    """Whether a sentence is taken beside those `kept`."""
    document, documents = sentence.stored.passage.document_id, {one.stored.passage.document_id for one in kept}
    if document == kept[0].stored.passage.document_id:
        are_rows = all(row_of(one.stored.passage, one.start, one.end) for one in (sentence, kept[0]))
        return sentence.score / kept[0].score >= max(limits.here, limits.rows if are_rows else 0.0)
    is_third = document not in documents and len(documents) > 1
    least = max(limits.likely, (limits.third if is_third else limits.elsewhere) * kept[0].score)
    if not limits.adding <= sentence.score < least:
        return sentence.score >= least
    said = set[str]().union(*map(_said, kept))
    adds = coverage(weights, said | _said(sentence)) - coverage(weights, said)
    return adds >= limits.adds or (not is_third and any(_names(other, sentence.stored) for other in kept))


def _asks(sentence: Evidence) -> bool:
    """Whether a sentence is a question, but for the items of a list: these may be what is still open."""
    passage = sentence.stored.passage
    begins = sentence.start - passage.start
    return is_question(sentence.text) and not any(begin <= begins < end for begin, end in list_spans(passage.text))


def _repeats(sentence: Evidence, weights: Mapping[str, float]) -> bool:
    """Whether a sentence is a heading, not of a list, whose words are all among those of the question, which `weights` names."""
    begins = sentence.start - sentence.stored.passage.start
    if not is_above_text(sentence) or any(begin == begins for begin, _ in list_spans(sentence.stored.passage.text)):
        return False
    return says_only(sentence.text, weights)


def _said(sentence: Evidence) -> set[str]:
    """The terms of a sentence and of its document's title."""
    return set(index_text(f"{sentence.stored.document_title}\n{sentence.text}").split())


def _names(one: Evidence, other: StoredPassage) -> bool:
    """Whether a sentence names the document of a passage."""
    title = _title(other)
    if not is_named(title, fold(one.text), of=_title(one.stored)):
        return False
    # "Please" names no lease, nor does "the report" the file report.pdf.
    found = re.finditer(rf"(?<!\w){re.escape(title)}(?!\w)", one.text, re.IGNORECASE)
    return not title.isascii() or any(not at.group()[0].islower() for at in found)


def _title(stored: StoredPassage) -> str:
    """What others call a document: its title, or the name of its file."""
    return plain_title(stored.document_title or PurePath(stored.document_name).stem)


def is_above_text(sentence: Evidence) -> bool:
    """Whether a sentence is a heading, or the names of a table's columns."""
    passage = sentence.stored.passage
    start, end = sentence.start - passage.start, sentence.end - passage.start
    is_above = " ".join(sentence.text.split()) in passage.heading_path or is_header(passage, sentence.start, sentence.end)
    return is_above or is_heading(passage.text, start, end)


def place_of(sentence: Evidence) -> tuple[str, int, int]:
    """The document, page and place where a sentence begins, the same for all passages that hold it."""
    place = sentence.places[0]
    return sentence.stored.passage.document_id, place.page, place.start


def sentences_of(hit: Hit) -> Iterator[Evidence]:
    """The sentences of a passage, each with its score."""
    passage = hit.stored.passage
    for start, end in sentence_spans(passage.text):
        start += len(bullet_of(passage.text[start:end]))
        if end - start >= _SHORTEST:
            yield Evidence(hit.stored, passage.start + start, passage.start + end, passage.text[start:end], hit.score)


def read_with(hit: Hit, reading: Reading, context: str) -> Iterator[tuple[Evidence, Found]]:
    """The sentences of a passage, each with the best answer in it, where `context`, which ends with the passage, was read."""
    above = len(context) - len(hit.stored.passage.text) - hit.stored.passage.start
    for sentence in sentences_of(hit):
        found = reading.best(sentence.start + above, sentence.end + above)
        if found:
            text, begin = hit.stored.passage.text, hit.stored.passage.start
            first, last = (max(0, place - begin - above) for place in (found.start, found.end))
            start, end = whole_stretch(text, first, last, (sentence.start - begin, sentence.end - begin))
            yield replace(sentence, span=text[start:end], span_at=max(0, begin + start - sentence.start)), found


def _covered(sentence: Evidence, weights: Mapping[str, float]) -> float:
    return coverage(weights, set(index_text(sentence.text).split()))


def _by_chance(sentences: Sequence[Evidence], logits: NDArray[np.floating]) -> tuple[Evidence, ...]:
    """The sentences, likeliest first. What a document says twice comes once, where it is likelier, with the chances of both."""
    chances = np.exp(logits - logits.max())
    chances /= chances.sum()
    found: dict[tuple[str, str], Evidence] = {}
    for row in np.argsort(-chances, kind="stable"):
        sentence, chance = sentences[row], float(chances[row])
        key = (sentence.stored.passage.document_id, " ".join(sentence.text.split()))
        first = found.get(key, replace(sentence, score=0.0))
        found[key] = replace(first, score=first.score + chance)
    return tuple(sorted(found.values(), key=lambda sentence: -sentence.score))


def _standardised(values: NDArray[np.floating]) -> NDArray[np.float64]:
    deviation = float(values.std()) or 1.0
    return np.asarray((values - values.mean()) / deviation, dtype=np.float64)
