"""Queries and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rag_app.records.documents import StoredPassage


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the question as typed, and the word searched instead."""

    typed: str
    searched: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A number or date as typed that others are to be below or above, or equal to where it is `included`."""

    number: str
    above: bool
    included: bool


@dataclass(frozen=True, slots=True)
class Extreme:
    """A question for the one of several that has most or least, or for all within bounds.

    It says what is `asked` of each, the words that say of what things it is asked `about`, whether the `largest` is meant, and
    what is compared: an amount, a speed (of what takes less time), an age (by a year of birth or founding too), or a date.
    """

    asked: str
    about: str
    largest: bool
    by: Literal["amount", "speed", "age", "date"]
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched. `terms` are the tokens of the lexical index, without repeats.

    `understood` is the question said in full where it leant on the conversation, else empty. `parts` are the questions within
    one that asks for several things, each searched besides; `imagined` is what a chat model wrote to be searched besides.
    """

    original: str
    searched: str
    language: str
    terms: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()
    expansions: tuple[str, ...] = ()
    understood: str = ""
    parts: tuple[str, ...] = ()
    imagined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageScore:
    """What one stage (lexical, dense, fused, …) gave a passage."""

    stage: str
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, with its final score and that of each stage."""

    stored: StoredPassage
    score: float
    stages: tuple[StageScore, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first, with the query as searched, and those of each of its parts, in the order of that part."""

    query: Query
    hits: tuple[Hit, ...]
    query_ms: float
    search_ms: float
    rerank_ms: float
    by_part: tuple[tuple[Hit, ...], ...] = ()
