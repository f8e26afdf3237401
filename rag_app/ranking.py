"""The order of the best candidates, from all that is known of them. The coefficients and what lost: docs/decisions.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from rag_app.interfaces import Vectors
from rag_app.records import StoredPassage
from rag_app.text.folding import fold

_MOST_ALIKE = 3
_SHORTEST_TITLE = 4
_IN_BRACKETS = re.compile(r"\s*[(（][^)）]*[)）]")


@dataclass(frozen=True, slots=True)
class Coefficients:
    """How much each signal counts.

    `closer` and `dense` count always; `bridged` as far as the words of question and passages cannot be compared, as
    where they are in two languages; the others as far as they can.
    """

    closer: float = 0.56
    dense: float = 0.1
    lexical: float = 0.34
    covered: float = 0.3
    headings: float = 0.3
    feedback: float = 0.3
    linked: float = 0.2
    bridged: float = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """What is known of the candidates, each of shape (candidates,).

    `closer` is the reranker's score, `dense` the cosine, `lexical` BM25. `covered` and `headings` are the shares (0 to 1)
    of the question's weight that stand in the passage, and in its title and headings; `bridged` is that of its words in
    the other language.
    """

    closer: Vectors
    dense: Vectors
    lexical: Vectors
    covered: Vectors
    headings: Vectors
    bridged: Vectors


def rank(
    stored: Sequence[StoredPassage],
    signals: Signals,
    vectors: Vectors,
    question: Vectors,
    *,
    trust: float,
    coefficients: Coefficients,
) -> Vectors:
    """A score (0 to 1) for each candidate, in three steps: the signals; feedback; links.

    `vectors` has shape (candidates, dimension), `question` (dimension,). `trust` (0 to 1) says how far the words of
    question and passages can be compared. Feedback (Rocchio, 1971) adds the cosine to the question moved towards
    its three best candidates. A link adds to the passages of a document whose title one of these names.
    """
    if not stored:
        return np.empty(0, np.float32)
    scores = _weighed(signals, trust, coefficients)
    best = _best_documents(stored, scores)
    moved = question + vectors[best].mean(axis=0)
    scores = scores + trust * coefficients.feedback * scaled(vectors @ moved)
    best = _best_documents(stored, scores)
    scores = scores + trust * coefficients.linked * _linked(stored, [stored[row] for row in best])
    ranked: Vectors = scores / _most(trust, coefficients)
    return ranked


def scaled(scores: Vectors) -> Vectors:
    """Scores stretched over 0..1; all alike become 0."""
    low = scores.min()
    stretched: Vectors = (scores - low) / ((scores.max() - low) or 1.0)
    return stretched


def _weighed(signals: Signals, trust: float, coefficients: Coefficients) -> Vectors:
    meaning = coefficients.closer * scaled(signals.closer) + coefficients.dense * scaled(signals.dense)
    words = coefficients.lexical * scaled(signals.lexical)
    words = words + coefficients.covered * signals.covered + coefficients.headings * signals.headings
    weighed: Vectors = meaning + trust * words + (1 - trust) * coefficients.bridged * signals.bridged
    return weighed


def _most(trust: float, coefficients: Coefficients) -> float:
    """The score of a candidate that is best by every signal."""
    always, bridged = coefficients.closer + coefficients.dense, coefficients.bridged
    comparable = float(sum(astuple(coefficients))) - always - bridged
    return always + (1 - trust) * bridged + trust * comparable


def _best_documents(stored: Sequence[StoredPassage], scores: Vectors) -> list[int]:
    """The best candidate of each of the best documents."""
    best: dict[str, int] = {}
    for row in np.argsort(-scores, kind="stable").tolist():
        best.setdefault(stored[row].passage.document_id, row)
        if len(best) == _MOST_ALIKE:
            break
    return list(best.values())


def _linked(stored: Sequence[StoredPassage], best: Sequence[StoredPassage]) -> Vectors:
    """1 for each candidate whose document one of `best`, of another title, names; else 0."""
    named = [(_title(one), fold(one.passage.text)) for one in best]
    return np.array([any(_is_named(_title(one), title, text) for title, text in named) for one in stored], np.float32)


def _is_named(title: str, other: str, text: str) -> bool:
    return len(title) >= _SHORTEST_TITLE and title != other and title in text


def _title(stored: StoredPassage) -> str:
    """A document's title as others would write it, without what stands in brackets."""
    return _IN_BRACKETS.sub("", fold(stored.document_title)).strip()
