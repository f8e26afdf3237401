"""How Chinese characters sound: their syllables in pinyin, ü written v."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from functools import cache

from rag_app.querying.word_lists import PINYIN, package_file

LONGEST_SYLLABLE = 6
# A character's rarer readings are not those of names.
_COMMON = 2
_VOWELS = frozenset("aeiouv")


@cache
def readings() -> Mapping[str, str]:
    """The readings of each character, with tones, separated by commas, the commonest first."""
    found = json.loads(package_file(*PINYIN).read_text(encoding="utf-8"))
    return {chr(int(code)): reading for code, reading in found.items()}


@cache
def syllables_of(character: str) -> tuple[str, ...]:
    """The common readings of a character, without tones."""
    return toneless(readings().get(character, ""))[:_COMMON]


@cache
def all_syllables() -> frozenset[str]:
    """Every syllable, without tones; those without a vowel (m, ng) stand in no name."""
    found = (syllable for reading in set(readings().values()) for syllable in toneless(reading))
    return frozenset(syllable for syllable in found if _VOWELS.intersection(syllable))


def toneless(reading: str) -> tuple[str, ...]:
    """Readings, separated by commas, without tones."""
    decomposed = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return tuple(syllable for syllable in dict.fromkeys(letters.split(",")) if syllable)
