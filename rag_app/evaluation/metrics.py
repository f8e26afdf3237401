"""The figures of retrieval, answers, refusals and citations. Pure functions; every result lies between 0 and 1.

Ranked documents are distinct ids, best first; relevance is binary.
"""

from __future__ import annotations

import math
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike

from rag_app.text.folding import is_cjk

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset(("a", "an", "the"))


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str], *, k: int) -> float:
    """One over the rank of the first gold document among the first `k`, or 0. Its mean over questions is MRR at k."""
    return next((1 / rank for rank, document in enumerate(ranked[:k], 1) if document in gold), 0.0)


def recall(ranked: Sequence[str], gold: Collection[str], *, k: int) -> float:
    """The share of the gold documents that are among the first `k`."""
    return len(set(gold) & set(ranked[:k])) / len(set(gold))


def hit_rate(ranked: Sequence[str], gold: Collection[str], *, k: int) -> float:
    """1 if any gold document is among the first `k`, else 0."""
    return float(any(document in gold for document in ranked[:k]))


def all_found(ranked: Sequence[str], gold: Collection[str], *, k: int) -> float:
    """1 if every gold document is among the first `k`, else 0."""
    return float(set(gold) <= set(ranked[:k]))


def ndcg(ranked: Sequence[str], gold: Collection[str], *, k: int) -> float:
    """Normalised discounted cumulative gain at `k` (Järvelin and Kekäläinen, 2002), binary gains, log2 discount."""
    gain = sum(1 / math.log2(rank + 1) for rank, document in enumerate(ranked[:k], 1) if document in gold)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(set(gold)), k) + 1))
    return gain / ideal if ideal else 0.0


def answer_tokens(text: str) -> list[str]:
    """Tokens for comparing answers: lower-case words without articles, Chinese by the character."""
    tokens: list[str] = []
    for run in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        word = ""
        for character in run:
            if is_cjk(character):
                tokens += [word, character] if word else [character]
                word = ""
            else:
                word += character
        tokens += [word] if word else []
    return [token for token in tokens if token not in _ARTICLES]


def f1(answer: str, gold: str) -> float:
    """Harmonic mean of the precision and recall of `answer`'s tokens (SQuAD; Rajpurkar et al., 2016)."""
    given, wanted = Counter(answer_tokens(answer)), Counter(answer_tokens(gold))
    shared = sum((given & wanted).values())
    return 2 * shared / (sum(given.values()) + sum(wanted.values())) if shared else 0.0


def rouge_l(answer: str, gold: str) -> float:
    """F-measure of the longest common subsequence of tokens (Lin, 2004), beta 1."""
    given, wanted = answer_tokens(answer), answer_tokens(gold)
    if not given or not wanted:
        return 0.0
    return 2 * _longest_common_subsequence(given, wanted) / (len(given) + len(wanted))


def _longest_common_subsequence(first: Sequence[str], second: Sequence[str]) -> int:
    above = [0] * (len(second) + 1)
    for token in first:
        row = [0]
        for column, other in enumerate(second, 1):
            row.append(above[column - 1] + 1 if token == other else max(above[column], row[-1]))
        above = row
    return above[-1]


def comparable(text: str) -> str:
    """`text` for finding one string in another: NFKC, lower case, without white space, punctuation and the signs of ASCII (|)."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c)[0] != "P" and c not in string.punctuation)


def contains(answer: str, golds: Sequence[str]) -> float:
    """1 if `answer` holds one of the gold answers, case, width, white space and punctuation apart."""
    held = comparable(answer)
    return float(any(comparable(gold) in held for gold in golds))


def auroc(positives: ArrayLike, negatives: ArrayLike) -> float:
    """Chance that a random positive scores above a random negative, ties half: the area under the ROC curve."""
    above, below = np.asarray(positives), np.sort(np.asarray(negatives))
    beaten = np.searchsorted(below, above, "left") + np.searchsorted(below, above, "right")
    return float(beaten.mean() / 2 / below.size)
