"""The languages of the page, and which one a visitor gets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from rag_app.ui.chinese import CHINESE
from rag_app.ui.chinese.mistakes import MISTAKES
from rag_app.ui.chinese.system import SYSTEM
from rag_app.ui.english import ENGLISH


class Language(str, Enum):
    """A language of the page; the value is its BCP 47 tag."""

    ENGLISH = "en"
    CHINESE = "zh"


TABLES = {Language.ENGLISH: ENGLISH, Language.CHINESE: CHINESE}
_BEFORE_UNIT = re.compile(r"(?<=\}) (?=(?:GB|ms|min|[hs%])\b|%)")


@dataclass(frozen=True, slots=True)
class Wording:
    """The strings of one language, as plain text: whoever puts one into HTML escapes it.

    What is not so for a visitor of a shared server is said in `shared.KEY` instead, unless the reader sits `at_machine`.
    """

    language: Language
    at_machine: bool = True

    def __call__(self, key: str, **values: object) -> str:
        """The string of `key` with its `{placeholders}` filled in; a number and its unit stay on one line.

        Raises `KeyError` for an unknown key.
        """
        table = TABLES[self.language]
        text = table[key] if self.at_machine else table.get(f"shared.{key}", table[key])
        return _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", text).format(**values)

    def count(self, key: str, number: int) -> str:
        """The string of `key` for `number` things: the tables hold `key.one` and `key.many`, both with `{n}`."""
        return self(f"{key}.{'one' if number == 1 else 'many'}", n=f"{number:,}")

    def translated(self, mistake: object) -> str:
        """The sentence of a mistake in this language where it is known there, else as it is, in English."""
        said = str(mistake)
        for pattern, meant in _sentences() if self.language is Language.CHINESE else ():
            if found := pattern.fullmatch(said):
                return meant.format(*(self.translated(part) for part in found.groups()))
        return SYSTEM.get(said, said) if self.language is Language.CHINESE else said

    def knows(self, key: str) -> bool:
        """Whether the tables hold `key`; for codes that come from elsewhere."""
        return key in TABLES[self.language]


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """English sentences of mistakes as patterns, the longest first, each with the Chinese one."""
    known = sorted(MISTAKES.items(), key=lambda pair: -len(pair[0]))
    return tuple((re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL), meant) for english, meant in known)


def choose_language(remembered: str, accept_language: str) -> Language:
    """The language the visitor chose before, else the first one of the browser's list that the page speaks, else English."""
    for tag in (remembered, *_preferred(accept_language)):
        for language in Language:
            if tag.split("-")[0].strip().lower() == language.value:
                return language
    return Language.ENGLISH


def _preferred(accept_language: str) -> list[str]:
    """Tags of an Accept-Language header (RFC 9110, 12.5.4), the most wanted first."""
    weighted = []
    for part in accept_language.split(","):
        tag, _, weight = part.partition(";q=")
        weighted.append((_number(weight), tag.strip()))
    return [tag for _, tag in sorted(weighted, key=lambda pair: -pair[0])]


def _number(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0
