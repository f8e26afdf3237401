"""What several documents say is likelier and told once: sentences of chosen documents that others of them answer alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag_app.citing import DATE, quantity_of
from rag_app.records import Evidence
from rag_app.text.folding import fold

# How many times likelier an answer is for each other document that gives it, up to so many, and from which chance on it counts.
TIMES, MOST_AGREEING, LEAST_CHANCE = 2.0, 2, 0.005
# The share of the best one's chance from which a date that says more than its own comes first.
LEAST_OF_FULLER = 0.03
_SHORTEST_IN_CHINESE, _SHORTEST = 2, 4
_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_YEARS = range(1000, 3000)


@dataclass(frozen=True, slots=True)
class _Said:
    """An answer as it is compared: its words, and the year, month and day of the date that it is, 0 for what it does not tell."""

    words: str
    date: tuple[int, int, int] | None

    def is_within(self, other: _Said) -> bool:
        """Whether `other` says this too, or more: "Tampa" and "Tampa, Florida", May 2012 and May 15, 2012."""
        if self.date and other.date:
            return all(part in (0, others) for part, others in zip(self.date, other.date, strict=True))
        is_telling = len(self.words) >= (_SHORTEST if self.words.isascii() else _SHORTEST_IN_CHINESE)
        held = is_telling and re.search(rf"(?<!\d){re.escape(self.words)}(?!\d)", other.words)
        return self.words == other.words != "" or bool(held)

    def agrees(self, other: _Said) -> bool:
        """Whether both can be the same answer: one is within the other, or they are dates that differ in nothing both tell."""
        if self.date and other.date:
            both = [(one, two) for one, two in zip(self.date, other.date, strict=True) if one and two]
            return bool(both) and all(one == two for one, two in both)
        return self.is_within(other) or other.is_within(self)


def by_agreement(sentences: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """`sentences` of several documents (each with the stretch that answers), by their chances, of which those whose answer stands
    in others' too have more (docs/decisions.md); best first, or the one that says the date of the best more fully."""
    answers = [_said(sentence) for sentence in sentences]
    said = {
        (sentence.stored.passage.document_id, answer)
        for sentence, answer in zip(sentences, answers, strict=True)
        if sentence.score > LEAST_CHANCE
    }
    chances = []
    for sentence, answer in zip(sentences, answers, strict=True):
        document = sentence.stored.passage.document_id
        agreeing = {of for of, other in said if of != document and answer.agrees(other)}
        chances.append(sentence.score * TIMES ** min(len(agreeing), MOST_AGREEING))
    total = sum(chances)
    known = (replace(sentence, score=chance / total) for sentence, chance in zip(sentences, chances, strict=True))
    return _fullest_first(sorted(known, key=lambda sentence: -sentence.score))


def told_once(selected: Sequence[Evidence], sentences: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """`selected` of `sentences`, without those whose answer one before them of another document says too; each with those of
    other documents that agree with it, the likeliest of each document."""
    kept = list[Evidence]()
    for sentence in selected:
        if not any(_repeats(sentence, other) for other in kept):
            kept.append(sentence)
    used = {sentence.stored.passage.document_id for sentence in kept}
    told, likely = list[Evidence](), [(other, _said(other)) for other in sentences if other.score > LEAST_CHANCE]
    for sentence in kept:
        agreeing, answer = dict[str, Evidence](), _said(sentence)
        for other, said in likely:
            document = other.stored.passage.document_id
            if document not in used and answer.is_within(said):
                agreeing.setdefault(document, other)
        used |= agreeing.keys()
        told.append(replace(sentence, agreeing=tuple(agreeing.values())))
    return tuple(told)


def alike_as_one(sentences: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """`sentences`, of those in several documents that give the same answer word for word the first, with which the rest agree."""
    kept = list[Evidence]()
    for sentence in sentences:
        at = next((at for at, other in enumerate(kept) if _is_same_elsewhere(sentence, other)), None)
        if at is None:
            kept.append(sentence)
        else:
            kept[at] = replace(kept[at], agreeing=(*kept[at].agreeing, sentence))
    return tuple(kept)


def _fullest_first(sentences: list[Evidence]) -> tuple[Evidence, ...]:
    """`sentences`, best first, the first of them one that says the date of the best more fully, with the chance of that place."""
    at = 0
    for place, sentence in enumerate(sentences):
        fullest, said = _said(sentences[at]), _said(sentence)
        if not fullest.date or sentence.score < LEAST_OF_FULLER * sentences[0].score:
            break
        if said.date and fullest.is_within(said) and not said.is_within(fullest):
            at = place
    order = [*sentences[at : at + 1], *sentences[:at], *sentences[at + 1 :]]
    return tuple(replace(one, score=there.score) for one, there in zip(order, sentences, strict=True))


def _repeats(sentence: Evidence, other: Evidence) -> bool:
    """Whether a sentence gives the answer of another document's again, or a date that says no more than that one's."""
    one, two = _said(sentence), _said(other)
    is_fuller = bool(one.date and two.date and one.is_within(two))
    return _is_same_elsewhere(sentence, other) or (_is_elsewhere(sentence, other) and is_fuller)


def _is_same_elsewhere(sentence: Evidence, other: Evidence) -> bool:
    """Whether sentences of two documents give the same answer, word for word."""
    return _is_elsewhere(sentence, other) and _said(sentence).words == _said(other).words != ""


def _is_elsewhere(sentence: Evidence, other: Evidence) -> bool:
    return sentence.stored.passage.document_id != other.stored.passage.document_id


def _said(sentence: Evidence) -> _Said:
    words = re.sub(r"\W+", " ", _IN_NUMBER.sub("", fold(sentence.span))).strip()
    found = quantity_of(sentence.span)
    if found is None or not (found.unit.startswith(DATE) or (found.value in _YEARS and not found.unit)):
        return _Said(words, None)
    value = int(found.value) if found.unit else int(found.value) * 10_000
    return _Said(words, (value // 10_000, value // 100 % 100, value % 100))
