"""A reader without a model, for tests: the answer is what the sentence with most words of the question says beyond it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from rag_app.records import Reading
from rag_app.text.folding import fold
from rag_app.text.sentences import sentence_spans

_WORD = re.compile(r"[㐀-鿿]|\w+")
_SURE = 4.0


class WordReader:
    """Reads by words alone. A token is a word, of Chinese a character."""

    def read(self, question: str, contexts: Sequence[str]) -> tuple[Reading, ...]:
        """What each context shares with the question."""
        asked = {fold(word) for word in _WORD.findall(question)}
        return tuple(_reading(asked, context) for context in contexts)


def _reading(asked: set[str], context: str) -> Reading:
    found = list(_WORD.finditer(context))
    shared = [fold(word.group()) in asked for word in found]
    logits = np.zeros(len(found), np.float32)
    for start, end in sentence_spans(context):
        inside = [place for place, word in enumerate(found) if start <= word.start() < end]
        share = _SURE * sum(shared[place] for place in inside) / max(len(asked), 1)
        logits[[place for place in inside if not shared[place]]] = share
    return Reading(tuple(word.span() for word in found), logits, logits, _SURE)
