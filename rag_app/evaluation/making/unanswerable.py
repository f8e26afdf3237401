"""Questions that a library cannot answer: one that it can, asked of a year, a number or a name that it does not hold."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from rag_app.evaluation.making.library_text import LibraryText
from rag_app.text.dates import MONTHS
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import terms


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Names made for this purpose; one that the library does hold is passed over.
_ENGLISH_NAMES = _words(
    "Velmara Orsenby Halvorn Tarquith Brenmoor Ostrevald Quillane Zeltmark Ardwyke Corvannis Pellegrath Ismeray Dunhallow "
    "Vostrine Karrowby Lindavar Marchwold Thessaly-Orme Umbrecht Yarrowden"
)
_CHINESE_NAMES = _words("岑溪亭 墨澜城 璃川 奚云坞 霁原 砚秋山 泠洲 穆岚镇 苍梧浦 翎霄 骁潭 筠岫村")
_NUMBER = re.compile(r"(?<![\w.,–-])\d+(?![\w–-]*[A-Za-z\d–-]|[.,]\d)|(?<=[一-鿿])\d+(?=[一-鿿])")
_NAME = re.compile(r"(?<=\s)[A-Z][\w’'-]+(?: (?:of (?:the )?)?[A-Z][\w’'-]+)*")
_MONTHS = re.compile("|".join(map(str.title, MONTHS)))
_QUESTION_WORD = re.compile(r"哪一年|什[么麼]|多少|哪部|[谁誰]|何")
_CHINESE_NAME = re.compile(
    r"(?<=《)[^》]+|[A-Za-z][A-Za-z .-]{2,}|(?<=^[谁誰]是)[^的]{2,8}(?=的)|"
    r"(?:^|(?<=哪一年，)|(?<=什么时候，))[^\d第是于於在有共为為以由，的]{2,8}(?=[是于於在有共为為以由的])"
)
_AS_NEAR = 60


def unanswerable(question: str, language: str, text: LibraryText, generator: random.Random) -> str | None:
    """`question` with one term changed to another that the library does not hold; None where nothing can be changed."""
    changes = [*_name_changes(question, language, generator), *_number_changes(question, generator)]
    return next((changed for changed, term in changes if not text.holds(term)), None)


def _name_changes(question: str, language: str, generator: random.Random) -> Iterator[tuple[str, str]]:
    """Each made name in the place of the first name of the question."""
    pattern, names = (_CHINESE_NAME, _CHINESE_NAMES) if language == "zh" else (_NAME, _ENGLISH_NAMES)
    fit = (name for name in pattern.finditer(question) if not _MONTHS.search(name[0]) and not _QUESTION_WORD.search(name[0]))
    found = next(fit, None)
    if found and _says_enough(question[: found.start()] + " " + question[found.end() :]):
        for name in generator.sample(names, len(names)):
            yield question[: found.start()] + name + question[found.end() :], name


def _says_enough(rest: str) -> bool:
    """Whether a question says something besides its name, so that it is not merely who or what that is."""
    return bool([term for term in terms(_QUESTION_WORD.sub("", rest)) if term not in STOPWORDS and len(term) > 1])


def _number_changes(question: str, generator: random.Random) -> Iterator[tuple[str, str]]:
    """Other numbers, near it and as long, in the place of the first number of a question that is one clause."""
    found = _NUMBER.search(question)
    if found and "，" not in question and ", " not in question:
        number, size = int(found[0]), len(found[0])
        near = [
            other for other in range(number - _AS_NEAR, number + _AS_NEAR) if len(str(other)) == size and other not in (0, number)
        ]
        for other in generator.sample(sorted(near), len(near)):
            yield question[: found.start()] + str(other) + question[found.end() :], str(other)
