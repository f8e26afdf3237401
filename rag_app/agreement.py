"""What several documents say is likelier: sentences of chosen documents that others of them answer alike come sooner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag_app.records import Evidence
from rag_app.text.folding import fold

# How many times likelier an answer is for each other document that gives it, up to so many, and from which chance on it counts.
TIMES, MOST_AGREEING, LEAST_CHANCE = 2.0, 2, 0.005
_SHORTEST_IN_CHINESE, _SHORTEST = 2, 4
_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")


def by_agreement(sentences: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """`sentences` of several documents (each with the stretch that answers), by their chances, of which those whose answer stands
    in others' too have more (docs/decisions.md); best first."""
    answers = [_folded(sentence.span) for sentence in sentences]
    said = {
        (sentence.stored.passage.document_id, answer)
        for sentence, answer in zip(sentences, answers, strict=True)
        if sentence.score > LEAST_CHANCE
    }
    chances = []
    for sentence, answer in zip(sentences, answers, strict=True):
        document = sentence.stored.passage.document_id
        agreeing = {of for of, other in said if of != document and _is_same(answer, other)}
        chances.append(sentence.score * TIMES ** min(len(agreeing), MOST_AGREEING))
    total = sum(chances)
    known = (replace(sentence, score=chance / total) for sentence, chance in zip(sentences, chances, strict=True))
    return tuple(sorted(known, key=lambda sentence: -sentence.score))


def _is_same(one: str, other: str) -> bool:
    """Whether one answer is the other, or within it: "Tampa" and "Tampa, Florida"."""
    shorter, longer = sorted((one, other), key=len)
    is_telling = len(shorter) >= (_SHORTEST if shorter.isascii() else _SHORTEST_IN_CHINESE)
    return one == other != "" or (is_telling and re.search(rf"(?<!\d){re.escape(shorter)}(?!\d)", longer) is not None)


def _folded(answer: str) -> str:
    return re.sub(r"\W+", " ", _IN_NUMBER.sub("", fold(answer))).strip()
