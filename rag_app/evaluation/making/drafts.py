"""A question in the making, and the sentences it can be made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.sentences import sentences

SHORTEST_SENTENCE = 15


@dataclass(frozen=True, slots=True)
class Draft:
    """A question, and the words of the sentence that answer it. `asks_subject` says that it asks who or what did all the rest."""

    question: str
    answer: str
    asks_subject: bool = False


def statements(text: str, longest: int) -> Iterator[str]:
    """The sentences of `text`, at most `longest` characters each, that a question may be made of: no rows of tables."""
    for sentence in sentences(text):
        if SHORTEST_SENTENCE <= len(sentence) <= longest and BETWEEN_CELLS not in sentence:
            yield sentence
