"""Whether a sentence is supported by the evidence, decided by code; what the model says of its sources is never used.

Supported means: every number and every name of the sentence stands in the evidence, what it says beyond the question
stands there too, and neither of the two denies what the other affirms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.records import Citation, Evidence
from rag_app.text.folding import fold, is_cjk
from rag_app.text.language import language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import terms

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*|[〇零一二三四五六七八九十百千万亿两]+(?=[年月日号世个人元名次岁度届])")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w-]+")
_NEGATION = re.compile(r"\b(?:not|no|never|none|cannot|without|neither|nor)\b|n't\b|不|没|沒|未|无|無|非", re.IGNORECASE)
_STEM = 5
LEAST_SHARE = {"en": 0.75, "zh": 0.9}


def supporting(sentence: str, evidence: Sequence[Evidence], question: str) -> Evidence | None:
    """The evidence that supports `sentence` best, or None if none does."""
    best = closest(sentence, evidence)
    if best is None or not _is_supported(sentence, best.text, question):
        return next((item for item in evidence if _is_supported(sentence, item.text, question)), None)
    return best


def closest(sentence: str, evidence: Sequence[Evidence]) -> Evidence | None:
    """The evidence that shares most of `sentence`'s words, or None if it shares none."""
    shares = [(share_of_words(sentence, item.text), -place) for place, item in enumerate(evidence)]
    share, place = max(shares, default=(0.0, 0))
    return evidence[-place] if share > 0 else None


def share_of_words(sentence: str, text: str) -> float:
    """The share (0 to 1) of the sentence's content words that `text` holds, inflections alike."""
    wanted, held = _stems(sentence), _stems(text)
    return len(wanted & held) / len(wanted) if wanted else 0.0


def cite(number: int, evidence: Evidence) -> Citation:
    """The footnote `number` that points to `evidence`, quoting its very words."""
    passage, stored = evidence.stored.passage, evidence.stored
    return Citation(
        number, stored.id, passage.document_id, stored.document_name, passage.page, evidence.start, evidence.end, evidence.text
    )


def _is_supported(sentence: str, text: str, question: str) -> bool:
    if not set(_NUMBER.findall(fold(sentence))) <= set(_NUMBER.findall(fold(text))) | set(_NUMBER.findall(fold(question))):
        return False
    held = fold(text + " " + question)
    if any(fold(name) not in held for name in _NAME.findall(sentence)):
        return False
    if bool(_NEGATION.search(sentence)) != bool(_NEGATION.search(text)):
        return False
    said = _stems(sentence) - _stems(question)
    return bool(said) and len(said & _stems(text)) / len(said) >= LEAST_SHARE[language(sentence)]


def _stems(text: str) -> set[str]:
    """Content words cut to their first letters, so that inflections of a word are alike; of Chinese, the characters.

    Pairs of characters that straddle two words change with every rewording, so characters are compared here.
    """
    stems: set[str] = set()
    for term in terms(text):
        if is_cjk(term[0]):
            stems.update(term)
        elif term not in STOPWORDS:
            stems.add(term[:_STEM])
    return stems
