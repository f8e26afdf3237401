"""Where words stand, also where a page break cuts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one page, by its offsets."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A paragraph cut by a page break: where in the text of the first page it breaks off, and what stands between the halves: a
    space, or nothing. A hyphen that only divides a word stands behind the end."""

    end: int
    gap: str


@dataclass(frozen=True, slots=True)
class Continuation:
    """Where words that a page break cuts go on: their page, their offsets there, and at which character of the words that is."""

    page: int
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Section:
    """Where a passage stands in a document without pages: the headings above it in a line, and which of its passages it is."""

    headings: str
    part: int
    parts: int


def stretches(first: Stretch, rest: Continuation | None) -> tuple[Stretch, ...]:
    """Where words stand that go on with `rest` where a page break cuts them."""
    return (first, Stretch(rest.page, rest.start, rest.end)) if rest else (first,)


def pages_of(places: Sequence[Stretch]) -> str:
    """The pages as they are named: `3`, or `3–4`."""
    return "–".join(str(place.page) for place in places)
