"""The order of the best candidates, from all that is known of them. The coefficients and what lost: docs/decisions.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np

from rag_app.interfaces import Vectors
from rag_app.records import StoredPassage
from rag_app.text.folding import fold
from rag_app.text.naming import is_named, plain_title
from rag_app.text.relevance import said_alike

_NAMING = 3
_MOST_ALIKE, _SOFTNESS, _SOFTNESS_OF_WORDS = 10, 0.1, 0.33


@dataclass(frozen=True, slots=True)
class RankingCoefficients:
    """How much each signal counts.

    `closer` and `dense` count always; `bridged` and `transcribed` as far as the words of question and passages cannot be
    compared, as where they are in two languages; the others as far as they can, `opening` and `around` only for what is
    stated, not asked.
    `parts` weighs the best part of a question against the whole of it, which counts 1; with 0 no question has parts.
    `imagined` weighs what a chat model wrote in the same way.
    """

    closer: float = 0.56
    dense: float = 0.15
    document: float = 0.15
    lexical: float = 0.34
    covered: float = 0.2
    headings: float = 0.2
    numbers: float = 0.3
    feedback: float = 1.2
    said: float = 0.6
    linked: float = 0.2
    opening: float = 0.5
    around: float = 0.3
    bridged: float = 0.4
    transcribed: float = 0.4
    parts: float = 1.0
    imagined: float = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """What is known of the candidates, each of shape (candidates,).

    `closer` is the reranker's score, `dense` the cosine to the question, `document` that of the vector of the passage's
    document, `lexical` BM25. `covered` and `headings` are the shares (0 to 1) of the question's weight that stand in the
    passage, and in its title and headings; `numbers` is that of its numbers alone, `bridged` that of its words in the
    other language, `transcribed` that of its Chinese names in the other script. `opening` is the cosine of the document's
    beginning, where that has a vector, else the passage's; `around` is BM25 of the passage together with its neighbours.
    """

    closer: Vectors
    dense: Vectors
    document: Vectors
    lexical: Vectors
    covered: Vectors
    headings: Vectors
    numbers: Vectors
    bridged: Vectors
    transcribed: Vectors
    opening: Vectors
    around: Vectors


def rank(
    stored: Sequence[StoredPassage],
    signals: Signals,
    vectors: Vectors,
    words: Sequence[Mapping[str, int]],
    *,
    trust: float,
    coefficients: RankingCoefficients,
) -> Vectors:
    """A score (0 to 1) for each candidate, in four steps: the signals; feedback by meaning; feedback by words; links.

    `vectors` has shape (candidates, dimension); `words` are the counts of each candidate's terms. `trust` (0 to 1) says how
    far the words of question and passages can be compared. Feedback adds how alike a candidate is to the best of the best
    documents, each counted by the exponential of its score: a clear first by itself, many that answer alike together.
    A link adds to the passages of a document whose title one of the three best documents names.
    """
    if not stored:
        return np.empty(0, np.float32)
    scores = _weighed(signals, trust, coefficients)
    best, shares = _most_alike(stored, scores, _SOFTNESS)
    scores = scores + trust * coefficients.feedback * scaled(vectors @ (shares @ vectors[best]))
    best, shares = _most_alike(stored, scores, _SOFTNESS_OF_WORDS)
    scores = scores + trust * coefficients.said * scaled(said_alike(words, best, shares))
    named = [stored[row] for row in _best_documents(stored, scores, _NAMING)]
    scores = scores + trust * coefficients.linked * _linked(stored, named)
    ranked: Vectors = scores / _most(trust, coefficients, has_names=bool(signals.transcribed.any()))
    return ranked


def with_parts(scores: Sequence[Vectors], *, weight: float) -> Vectors:
    """The scores of a question, shape (candidates,), with those of the questions within it, which follow it.

    Of these a candidate's best one counts, with `weight`; all are standardised before, and the mean is on the scale of the
    whole question again.
    """
    whole, *parts = scores
    if not parts or not len(whole):
        return whole
    best = np.max([_standardised(part) for part in parts], axis=0)
    joined: Vectors = whole.mean() + whole.std() * (_standardised(whole) + weight * best) / (1 + weight)
    return joined


def _standardised(scores: Vectors) -> Vectors:
    standardised: Vectors = (scores - scores.mean()) / (scores.std() or 1.0)
    return standardised


def scaled(scores: Vectors) -> Vectors:
    """Scores stretched over 0..1; all alike become 0."""
    low = scores.min()
    stretched: Vectors = (scores - low) / ((scores.max() - low) or 1.0)
    return stretched


def _weighed(signals: Signals, trust: float, coefficients: RankingCoefficients) -> Vectors:
    meaning = coefficients.closer * scaled(signals.closer) + coefficients.dense * scaled(signals.dense)
    words = coefficients.lexical * scaled(signals.lexical)
    words = words + coefficients.covered * signals.covered + coefficients.headings * signals.headings
    words = words + coefficients.numbers * signals.numbers + coefficients.document * scaled(signals.document)
    words = words + coefficients.opening * scaled(signals.opening) + coefficients.around * scaled(signals.around)
    across = coefficients.bridged * signals.bridged + coefficients.transcribed * signals.transcribed
    weighed: Vectors = meaning + trust * words + (1 - trust) * across
    return weighed


def _most(trust: float, coefficients: RankingCoefficients, *, has_names: bool) -> float:
    """The score of a candidate that is best by every signal."""
    always, across = coefficients.closer + coefficients.dense, coefficients.bridged + coefficients.transcribed
    comparable = float(sum(astuple(coefficients))) - always - across - coefficients.parts - coefficients.imagined
    across -= 0.0 if has_names else coefficients.transcribed
    return always + (1 - trust) * across + trust * comparable


def _most_alike(stored: Sequence[StoredPassage], scores: Vectors, softness: float) -> tuple[list[int], Vectors]:
    """The best candidates of the best documents, and how much each counts, adding up to 1."""
    best = _best_documents(stored, scores, _MOST_ALIKE)
    weights = np.exp((scores[best] - scores[best].max()) / softness)
    shares: Vectors = weights / weights.sum()
    return best, shares


def _best_documents(stored: Sequence[StoredPassage], scores: Vectors, count: int) -> list[int]:
    """The best candidate of each of the `count` best documents."""
    best: dict[str, int] = {}
    for row in np.argsort(-scores, kind="stable").tolist():
        best.setdefault(stored[row].passage.document_id, row)
        if len(best) == count:
            break
    return list(best.values())


def _linked(stored: Sequence[StoredPassage], best: Sequence[StoredPassage]) -> Vectors:
    """1 for each candidate whose document one of `best`, of another title, names; else 0."""
    texts = [(plain_title(one.document_title), fold(one.passage.text)) for one in best]
    titles = [plain_title(one.document_title) for one in stored]
    return np.array([any(is_named(title, text, of=other) for other, text in texts) for title in titles], np.float32)
