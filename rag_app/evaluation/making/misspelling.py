"""Questions as they are mistyped: a slip on the keyboard, a word spelt by its sound, two Chinese characters exchanged."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection

from rag_app.text.folding import is_cjk
from rag_app.text.stopwords import STOPWORDS

LEAST_LETTERS, ONE_SLIP_UP_TO = 5, 6
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    key: "".join(row[place + step] for step in (-1, 1) if 0 <= place + step < len(row))
    for row in _KEYBOARD
    for place, key in enumerate(row)
}
_SOUNDS = (
    *(("ph", "f"), ("ie", "ei"), ("ei", "ie"), ("tion", "sion"), ("ance", "ence"), ("ence", "ance"), ("able", "ible")),
    *(("ck", "k"), ("ll", "l"), ("mm", "m"), ("ss", "s"), ("tt", "t"), ("ea", "ee"), ("ou", "u"), ("ght", "te"), ("qu", "kw")),
)
_QUESTION_WORDS = re.compile(r"哪一年|什么时候|什麼時候|什么|什麼|多少|百分之|哪部作品|谁是|是谁|誰是|是誰|？")

Edit = tuple[str, str]


def misspelt(question: str, language: str, words: Collection[str], generator: random.Random) -> tuple[str, tuple[Edit, ...]]:
    """`question` with one or two slips, and each as (right, typed). No slip is one of `words`; as it was where none fits."""
    if language == "zh":
        return _exchanged(question, generator)
    fit = [
        word for word in re.findall(r"\b[A-Za-z]+\b", question) if len(word) >= LEAST_LETTERS and word.lower() not in STOPWORDS
    ]
    edits: list[Edit] = []
    for word in generator.sample(fit, min(len(fit), 1 if len(fit) <= ONE_SLIP_UP_TO else 2)):
        typed = _slipped(word, generator)
        if typed != word and typed.lower() not in words and typed not in question:
            edits.append((word, typed))
            question = re.sub(rf"\b{word}\b", typed, question, count=1)
    return question, tuple(edits)


def _slipped(word: str, generator: random.Random) -> str:
    """`word` with one slip, its first letter left alone, as people do."""
    heard = [(written, sound) for written, sound in _SOUNDS if written in word[1:]]
    if heard and generator.random() < 0.4:
        written, sound = generator.choice(heard)
        return word[0] + word[1:].replace(written, sound, 1)
    place = generator.randrange(1, len(word) - 1)
    return generator.choice(_SLIPS)(word, place, generator)


def _swapped(word: str, place: int, generator: random.Random) -> str:
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _dropped(word: str, place: int, generator: random.Random) -> str:
    return word[:place] + word[place + 1 :]


def _doubled(word: str, place: int, generator: random.Random) -> str:
    return word[:place] + word[place] + word[place:]


def _struck_beside(word: str, place: int, generator: random.Random) -> str:
    return word[:place] + generator.choice(_NEIGHBOURS.get(word[place], word[place])) + word[place + 1 :]


_SLIPS: tuple[Callable[[str, int, random.Random], str], ...] = (_swapped, _dropped, _doubled, _struck_beside)


def _exchanged(question: str, generator: random.Random) -> tuple[str, tuple[Edit, ...]]:
    taken = {place for found in _QUESTION_WORDS.finditer(question) for place in range(*found.span())}
    fit = [
        place
        for place in range(len(question) - 1)
        if not {place, place + 1} & taken
        and is_cjk(question[place])
        and is_cjk(question[place + 1])
        and question[place] != question[place + 1]
    ]
    if not fit:
        return question, ()
    place = generator.choice(fit)
    pair = question[place : place + 2]
    return question[:place] + pair[::-1] + question[place + 2 :], ((pair, pair[::-1]),)
