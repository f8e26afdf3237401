"""Words that a list does not hold but that are right: spelled the other side of the ocean, or made with a prefix."""

from __future__ import annotations

from collections.abc import Container

VARIANTS = (
    *(("yz", "ys"), ("iz", "is"), ("or", "our"), ("er", "re"), ("led", "lled"), ("ling", "lling"), ("ler", "ller")),
    *(("lled", "led"), ("lling", "ling"), ("ller", "ler"), ("lment", "llment"), ("llment", "lment"), ("llful", "lful")),
    *(("llery", "lry"), ("lry", "llery"), ("e", "ae"), ("e", "oe"), ("ens", "enc"), ("ic", "is"), ("og", "ogue"), ("ck", "que")),
)
PREFIXES = (
    *("anti", "bio", "co", "hyper", "in", "inter", "micro", "multi", "non", "on", "out", "over", "post", "pre", "re", "sub"),
    *("super", "un", "under", "up"),
)
SHORTEST_STEM = 4


def is_right_word(word: str, words: Container[str]) -> bool:
    """Whether `words` hold `word`, a variant of it, or what is left of it without a prefix."""
    if word in words or any(variant in words for variant in _variants(word)):
        return True
    stems = [word.removeprefix(prefix) for prefix in PREFIXES if word.startswith(prefix)]
    return any(len(stem) >= SHORTEST_STEM and stem in words for stem in stems)


def _variants(word: str) -> list[str]:
    return [
        word[:place] + new + word[place + len(old) :]
        for old, new in VARIANTS
        for place in range(len(word))
        if word.startswith(old, place)
    ]
