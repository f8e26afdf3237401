"""English words without their endings."""

from __future__ import annotations

from functools import cache, lru_cache
from threading import Lock

import Stemmer

_MOST_KEPT = 50_000
_one_at_a_time = Lock()


@lru_cache(_MOST_KEPT)
def stem(word: str) -> str:
    """The stem of a lower-case English word (Snowball's English stemmer; Porter, 2001). Safe to call from any thread."""
    with _one_at_a_time:
        stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
