"""Questions across languages in a library mixed of both: fit and judge when documents in the other language answer.

    python -m benchmarks.mixed_library SETS_FOLDER

The library holds the papers that come several alike and were kept apart (benchmarks/reader_papers.py), half of them Chinese.
Asked are questions about them in their own language and in the other, such as their paper does not answer, and others'
questions, of everyday documents and of xquad's articles kept apart. Prints the coefficients (`BESIDE` in rag_app/confidence.py)
fitted on every second question, and for the other half how many are answered, and with words that answer: of all documents, and
where those in the other language are asked by themselves besides;
and where the right paper is found among these.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.asked import Asked, ask_all, kept_apart
from benchmarks.everyday import FOLDER, papers_into, quotes_answer, read_questions, sureness
from benchmarks.filled_library import filled_library
from benchmarks.reader_data import FAMILIES
from rag_app.answering import LEAST_BESIDE, SURE_ENOUGH
from rag_app.confidence import LEADS, Known, beside, leads
from rag_app.evaluation.question_set import SetQuestion, read_question_set
from rag_app.evaluation.runner import Catalogue
from rag_app.library import Library
from rag_app.records import Scope
from rag_app.text.language import CHINESE, ENGLISH, language

OF_A_KIND, THRESHOLD = 160, 0.15
SIGNALS = (*LEADS, "agreed")
OWN, OTHER, NOT_ANSWERED, FOREIGN = "in its language", "in the other language", "not answered by its paper", "of other documents"


@dataclass(frozen=True, slots=True)
class Both:
    """A question of a kind, asked of the whole library and of its documents in the other language alone."""

    kind: str
    own: Asked
    other: Asked

    @property
    def chance(self) -> float:
        """That the documents in the other language answer rather."""
        return beside(known_of(self.other), known_of(self.own), self.own.found.query.language)

    @property
    def row(self) -> tuple[float, ...]:
        """What the chance is made of."""
        found = leads(known_of(self.other), known_of(self.own), self.own.found.query.language)
        return tuple(getattr(found, name) for name in SIGNALS)

    @property
    def taken(self) -> Asked:
        """What is answered from."""
        return self.other if sureness(self.own) < SURE_ENOUGH and self.chance >= LEAST_BESIDE else self.own

    @property
    def answered(self) -> bool:
        """Whether anything is said."""
        return self.taken is self.other or sureness(self.own) >= THRESHOLD


def known_of(asked: Asked) -> Known:
    """What the confidence is made of."""
    return Known(asked.found.hits, asked.reading, asked.weights)


def questions_of_kinds(sets: Path, folder: Path, chance: random.Random) -> Iterator[tuple[str, SetQuestion]]:
    """Some questions of each kind; the papers are written into `folder`."""
    found: dict[str, list[SetQuestion]] = {OWN: [], OTHER: [], NOT_ANSWERED: []}
    for name, asked in papers_into(folder, FAMILIES).items():
        tongue = language((folder / name).read_text(encoding="utf-8"))
        for one in asked:
            found[NOT_ANSWERED if not one.answerable else OWN if language(one.question) == tongue else OTHER].append(one)
    foreign = list(chain.from_iterable(read_questions(FOLDER).values()))
    foreign += [one for name in ("xquad_en", "xquad_zh") for one in kept_apart(read_question_set(sets / name), name)]
    for kind, those in {**found, FOREIGN: foreign}.items():
        yield from ((kind, one) for one in chance.sample(those, min(OF_A_KIND, len(those))))


def ask_both(library: Library, kind: str, question: SetQuestion) -> Iterator[Both]:
    """The question asked of all, and of the documents in the other language."""
    other = Scope(language=CHINESE if language(question.question) == ENGLISH else ENGLISH)
    found = [list(ask_all(library, Catalogue({}, {}, {}), [question], scope)) for scope in (Scope(), other)]
    yield from (Both(kind, own, across) for own, across in zip(*found, strict=True))


def place_of_paper(asked: Both) -> float:
    """At which place the paper asked about is found among those in its language, infinity where it is not."""
    found = [hit.stored.document_name for hit in asked.other.found.hits]
    name = asked.other.question.id.split()[0]
    return found.index(name) + 1 if name in found else math.inf


def fit(asked: Sequence[Both]) -> list[float]:
    """Bias and coefficients: each kind weighs alike, what the other language answers as much as all others together."""
    rows, kinds = np.array([one.row for one in asked]), [one.kind for one in asked]
    labels = np.array([kind == OTHER for kind in kinds], float)
    weights = np.array([(3 if kind == OTHER else 1) / kinds.count(kind) for kind in kinds])
    centre, spread = rows.mean(axis=0), rows.std(axis=0)
    scaled = np.column_stack([np.ones(len(rows)), (rows - centre) / spread])

    def loss(values: np.ndarray) -> float:
        logits = scaled @ values
        return float((weights * (np.logaddexp(0, logits) - labels * logits)).sum() + 1e-3 * (values[1:] @ values[1:]))

    best = minimize(loss, np.zeros(scaled.shape[1]), method="BFGS").x
    slopes = best[1:] / spread
    return [round(float(value), 2) for value in (best[0] - slopes @ centre, *slopes)]


def main(sets: Path) -> None:
    """Ask, fit on one half, and report on the other."""
    with tempfile.TemporaryDirectory() as folder:
        kinds = list(questions_of_kinds(sets, Path(folder), random.Random(3)))
        with filled_library(sorted(Path(folder).iterdir())) as library:
            asked = [both for kind, question in kinds for both in ask_both(library, kind, question)]
    print(f"bias, {', '.join(SIGNALS)}: {fit(asked[::2])}")
    for kind in (OWN, OTHER, NOT_ANSWERED, FOREIGN):
        of_kind = [one for one in asked[1::2] if one.kind == kind]
        alone = [sureness(one.own) >= THRESHOLD for one in of_kind]
        told = (
            f"{kind}: {len(of_kind)} questions, answered {np.mean(alone):.3f} / {np.mean([one.answered for one in of_kind]):.3f}"
        )
        right = [
            np.mean([said and quotes_answer(one.own) for said, one in zip(alone, of_kind, strict=True)]),
            np.mean([one.answered and quotes_answer(one.taken) for one in of_kind]),
        ]
        print(told if kind in (NOT_ANSWERED, FOREIGN) else f"{told}, with what answers {right[0]:.3f} / {right[1]:.3f}")
    for tongue in (ENGLISH, CHINESE):
        places = [place_of_paper(one) for one in asked if one.kind == OTHER and one.other.found.query.language == tongue]
        first, five = (np.mean([place <= most for place in places]) for most in (1, 5))
        print(f"{tongue}: {len(places)} {OTHER}, of these papers alone the right one first {first:.3f}, among five {five:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
