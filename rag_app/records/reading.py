"""What reading a question together with a passage tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag_app.records.answers import Evidence

LONGEST_ANSWER = 30  # tokens


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer in a stretch of a context: where it stands, and its logit less that of there being none."""

    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a reader says of a question's answer in a context, in logits.

    `begins` and `ends`, shape (tokens,), for each token that the answer begins or ends there; `offsets` are the stretches of
    the context that the tokens stand for. `nothing` stands against a begin and an end together: there is no answer.
    """

    offsets: tuple[tuple[int, int], ...]
    begins: NDArray[np.float32]
    ends: NDArray[np.float32]
    nothing: float

    @property
    def answer(self) -> float:
        """The logit that an answer stands anywhere in the context, less that of there being none."""
        found = self.best(0, self.offsets[-1][1]) if self.offsets else None
        return found.score if found else -self.nothing

    def best(self, start: int, end: int) -> Found | None:
        """The best answer between the characters `start` and `end` of the context, or None where no token stands."""
        inside = [token for token, (first, last) in enumerate(self.offsets) if first < end and start < last]
        if not inside:
            return None
        tokens = slice(inside[0], inside[-1] + 1)
        scores = self.begins[tokens, None] + self.ends[None, tokens]
        fits = np.triu(np.ones_like(scores, bool)) & np.tri(len(scores), k=LONGEST_ANSWER - 1, dtype=bool)
        begin, last = divmod(int(np.where(fits, scores, -np.inf).argmax()), len(scores))
        found = slice(inside[0] + begin, inside[0] + last)
        score = float(scores[begin, last]) - self.nothing
        return Found(score, self.offsets[found.start][0], self.offsets[found.stop][1])


@dataclass(frozen=True, slots=True)
class CloseReading:
    """What the best passages tell, read with a question.

    `passages` are their readings, `sentences` their distinct sentences, likeliest first, `alone` what the first of these tell,
    each read by itself, and `likeness` the cosine of each sentence's text to the question. `is_of_another`: the likeliest
    sentence speaks of another thing than the one whose number the question gives ("room 12"), or of bands that do not
    reach the amount that it says, and no likely one names that.
    `is_named`: the question asks for no more than what a clause says, or a code means, and the likeliest sentence says so; or it
    says the names of a row and of a column, and the likeliest sentence is that row.
    """

    passages: tuple[Reading, ...]
    sentences: tuple[Evidence, ...]
    alone: tuple[Reading, ...]
    likeness: Mapping[str, float]
    is_of_another: bool = False
    is_named: bool = False
