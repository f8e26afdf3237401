"""How unlikely it is that somebody who meant one word typed another."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

# Natural logarithms of odds, fitted as docs/decisions.md tells.
COSTS = {
    "vowel for vowel": 2.75,
    "sounds alike": 3.0,
    "key beside it": 4.4,
    "other letter": 5.6,
    "places changed": 2.5,
    "one of a pair missing": 0.75,
    "letter doubled": 2.0,
    "silent e": 1.1,
    "vowel missing": 2.05,
    "silent consonant missing": 1.85,
    "consonant missing": 2.5,
    "vowel added": 3.4,
    "consonant added": 4.75,
}
FIRST_LETTER = 2.0
_VOWELS = frozenset("aeiouy")
_OFTEN_SILENT = frozenset("hwgkb")
_ALIKE = ("ck", "cs", "sz", "dt", "bp", "fv", "gj", "mn", "cq", "kq", "cg", "gk", "xs", "fp", "hw", "nr", "lr")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Keys side by side, and those that touch from one row to the next.
_SIDE_BY_SIDE = {left + right for row in _ROWS for left, right in pairwise(row)}
_ONE_ABOVE_THE_OTHER = {
    upper[at + step] + key
    for upper, row in pairwise(_ROWS)
    for at, key in enumerate(row)
    for step in (0, 1)
    if at + step < len(upper)
}
_KEYS = _SIDE_BY_SIDE | _ONE_ABOVE_THE_OTHER
_SOUNDS_ALIKE = frozenset(_ALIKE) | frozenset(pair[::-1] for pair in _ALIKE)
_FAR = 1e9
_WIDEST, _MOST_KEPT = 2, 4096


@lru_cache(_MOST_KEPT)
def edit_cost(typed: str, meant: str) -> float:
    """The cost of the cheapest edits that turn `meant` into `typed`: a misspelling by ear is cheaper than one by accident.

    Both are words of lower-case letters; lengths that differ by more than two cost without end.
    Damerau's distance of neighbours that may change places, with the weights of `COSTS`.
    """
    rows = [[_FAR] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    rows[0][0] = 0.0
    for i in range(len(typed) + 1):
        for j in range(max(0, i - _WIDEST), min(len(meant), i + _WIDEST) + 1):
            rows[i][j] = min(rows[i][j], *_steps(rows, typed, meant, i, j))
    return rows[-1][-1]


def _steps(rows: list[list[float]], typed: str, meant: str, i: int, j: int) -> tuple[float, float, float, float]:
    """The costs of the first `i` and `j` letters, the last kept or changed, missing, added, or changed with the one before."""
    first = FIRST_LETTER if j <= 1 else 0.0
    kept = missing = added = swapped = _FAR
    if i and j:
        kept = rows[i - 1][j - 1] + (first + _changed(typed[i - 1], meant[j - 1]) if typed[i - 1] != meant[j - 1] else 0.0)
    if j:
        missing = rows[i][j - 1] + _missing(meant, j - 1) + first
    if i:
        added = rows[i - 1][j] + _added(typed, i - 1) + (FIRST_LETTER if i == 1 and not j else 0.0)
    if i > 1 and j > 1 and typed[i - 1] == meant[j - 2] != typed[i - 2] == meant[j - 1]:
        swapped = rows[i - 2][j - 2] + COSTS["places changed"] + (FIRST_LETTER if j == 2 else 0.0)
    return kept, missing, added, swapped


def _changed(typed: str, meant: str) -> float:
    if typed in _VOWELS and meant in _VOWELS:
        return COSTS["vowel for vowel"]
    if typed + meant in _SOUNDS_ALIKE:
        return COSTS["sounds alike"]
    return COSTS["key beside it" if typed + meant in _KEYS or meant + typed in _KEYS else "other letter"]


def _missing(word: str, place: int) -> float:
    letter = word[place]
    if _is_of_a_pair(word, place):
        return COSTS["one of a pair missing"]
    if letter == "e" and place == len(word) - 1:
        return COSTS["silent e"]
    if letter in _VOWELS:
        return COSTS["vowel missing"]
    return COSTS["silent consonant missing" if letter in _OFTEN_SILENT else "consonant missing"]


def _added(word: str, place: int) -> float:
    letter = word[place]
    if _is_of_a_pair(word, place):
        return COSTS["letter doubled"]
    if letter == "e" and place == len(word) - 1:
        return COSTS["silent e"]
    return COSTS["vowel added" if letter in _VOWELS else "consonant added"]


def _is_of_a_pair(word: str, place: int) -> bool:
    return word[place] in (word[place - 1 : place] + word[place + 1 : place + 2])
