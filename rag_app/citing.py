"""Whether a sentence is supported by the evidence, decided by code; what the model says of its sources is never used.

Supported means: every number with its unit and every name of the sentence stands in the passage, its title or its headings,
whatever the question says; what the sentence says beyond the question stands in the evidence; and neither of the two denies
what the other affirms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag_app.records import Citation, Evidence
from rag_app.text.context import context_text
from rag_app.text.folding import fold, is_cjk
from rag_app.text.language import language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import terms

_UNITS = (
    "%|percent|per cent|thousand|million|billion|trillion|kg|km|years?|months?|days?|"
    "万|亿|年|月|日|号|世纪|元|美元|欧元|岁|度|米|公里|公斤"
)
_NUMBER = re.compile(
    rf"(\d+(?:[.,:/]\d+)*)\s*({_UNITS})?|([〇零一二三四五六七八九十百千万亿两]+)(?=[年月日号世个人元名次岁度届])"
)
_PERCENT = re.compile(r"per ?cent")
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w-]+")
_NEGATION = re.compile(r"\b(?:not|no|never|none|cannot|without|neither|nor)\b|n't\b|不|没|沒|未|无|無|非", re.IGNORECASE)
_STEM = 5
LEAST_SHARE = {"en": 0.75, "zh": 0.9}


def supporting(sentence: str, evidence: Sequence[Evidence], question: str) -> Evidence | None:
    """The evidence that supports `sentence` best, or None if none does."""
    best = closest(sentence, evidence)
    if best is None or not _is_supported(sentence, best, question):
        return next((item for item in evidence if _is_supported(sentence, item, question)), None)
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


def _is_supported(sentence: str, evidence: Evidence, question: str) -> bool:
    above = context_text(evidence.stored.document_title, evidence.stored.passage.heading_path, "")
    told = fold(f"{above}{evidence.stored.passage.text}\n{evidence.text}")
    if not _numbers(fold(sentence)) <= _numbers(told):
        return False
    if any(fold(name) not in told for name in _NAME.findall(sentence)):
        return False
    if bool(_NEGATION.search(sentence)) != bool(_NEGATION.search(evidence.text)):
        return False
    said, held = _stems(sentence) - _stems(question), _stems(above + evidence.text)
    return bool(said) and len(said & held) / len(said) >= LEAST_SHARE[language(sentence)]


def _numbers(folded: str) -> set[str]:
    """The numbers of a text: each alone, and each with its unit where one follows."""
    found: set[str] = set()
    for digits, unit, words in _NUMBER.findall(folded):
        number = digits.replace(",", "") or words
        found.add(number)
        if unit:
            found.add(number + _PERCENT.sub("%", unit).rstrip("s"))
    return found


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
