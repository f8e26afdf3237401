"""What made tables are about, from measures.txt and things.txt beside this module, by language.

Names of one thing stand side by side there (`English; English | 中文; 中文`): any of them may stand in a table and any may be
asked for, so that the reader learns that they mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "zh")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Named:
    """The names of something, or the questions for it, in each language."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]

    def of(self, language: str) -> tuple[str, ...]:
        """Those in one language."""
        return self.english if language == "en" else self.chinese


@dataclass(frozen=True, slots=True)
class Statement:
    """A kind of table over periods: what stands above it, and what is measured.

    `kind` says what the numbers are, "money", "count" or "ratio"; `at` that they are of a day, as in a balance sheet.
    """

    heads: Named
    measures: tuple[Named, ...]
    kind: str
    at: bool


@dataclass(frozen=True, slots=True)
class Attribute:
    """What each thing of a table has: names for its column, questions for it ({} is the thing), and the kind of its values."""

    names: Named
    asked: Named
    values: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A kind of table with a thing in each row: what stands above it, the kind of things, their names, what they have."""

    heads: Named
    kind: str
    things: Named
    attributes: tuple[Attribute, ...]


def statements() -> tuple[Statement, ...]:
    """All kinds of tables over periods."""
    return tuple(
        Statement(_named(heads), tuple(map(_named, lines)), kind.split()[0], kind.endswith(" at"))
        for kind, heads, lines in _parts("measures.txt")
        if kind != "segments"
    )


def segments() -> tuple[Named, ...]:
    """Parts of a company, which measures are told of."""
    return next(tuple(map(_named, lines)) for kind, _, lines in _parts("measures.txt") if kind == "segments")


def catalogues() -> tuple[Catalogue, ...]:
    """All kinds of tables of things."""
    return tuple(
        Catalogue(_named(heads), kind, _named(lines[0]), tuple(_attributes(lines[1:])))
        for kind, heads, lines in _parts("things.txt")
    )


def _attributes(lines: list[str]) -> Iterator[Attribute]:
    for first, asked in zip(lines[::2], lines[1::2], strict=True):
        values, _, names = first.partition(":")
        yield Attribute(_named(names), _named(asked), values)


def _parts(file: str) -> Iterator[tuple[str, str, list[str]]]:
    """Kind, heads and lines of each part of a file; a part begins with `= kind: heads`."""
    for part in f"\n{(_FOLDER / file).read_text(encoding='utf-8')}".split("\n= ")[1:]:
        first, *lines = part.strip().splitlines()
        kind, _, heads = first.partition(":")
        yield kind, heads, lines


def _named(line: str) -> Named:
    english, chinese = (tuple(part.strip() for part in half.split(";")) for half in line.split(" | "))
    return Named(english, chinese)
