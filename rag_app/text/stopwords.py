"""Words that carry a sentence and say nothing of its subject."""

from __future__ import annotations

STOPWORDS = frozenset(
    "a about after all also an and any are as at be because been before being between both but by can could did do does during each "
    "for from further had has have having he her here hers him his how i if in into is it its itself just may me more most my no nor "
    "not of off on once one only or other our out over own same she should so some such than that the their them then there these they "
    "this those through to too under until up upon us very was we were what when where which while who whom whose why will with would you "
    "your s t based according answer question text".split()
)
