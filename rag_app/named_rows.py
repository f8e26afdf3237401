"""Of the rows of a table those that a question names come first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from rag_app.records import Evidence
from rag_app.text.cells import is_header, row_of
from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import looked_up, terms

_Table = tuple[str, str]  # document, names of the columns


def named_first(evidence: Sequence[Evidence], asked: Collection[str]) -> tuple[Evidence, ...]:
    """`evidence`, best first, in which rows of a table take the places of the names of its columns, and of rows that hold less.

    A row holds less where another one of the table holds all that it holds of the terms `asked`, and more. Words that name the
    columns tell no rows apart; the headings above a row count with it.
    """
    told = _telling(asked)
    found = list(evidence)
    for (_, header), places in _tables(evidence).items():
        telling = told - _terms(header)
        held = {place: telling & _terms(_with_headings(evidence[place])) for place, is_row in places.items() if is_row}
        named = [place for place in held if not any(held[place] < other for other in held.values())]
        others = [place for place in places if place not in named]
        for place, row in zip(places, (*named, *others) if named else (), strict=False):
            found[place] = replace(evidence[row], score=evidence[place].score if row in named else 0.0)
    return tuple(sorted(found, key=lambda sentence: -sentence.score))


def _telling(asked: Collection[str]) -> set[str]:
    """The terms of a question that may tell rows apart: in English, where "a" says nothing, no letter does by itself (套餐A)."""
    is_chinese = any(not term.isascii() for term in asked)
    letters = {term for term in asked if len(term) == 1 and term.isascii() and term.isalpha()}
    kept = {term for term in asked if term not in STOPWORDS} - letters
    return {*map(looked_up, kept), *(letters if is_chinese else ())}


def _tables(evidence: Sequence[Evidence]) -> dict[_Table, dict[int, bool]]:
    """Where the rows of each table stand among `evidence`, and (False) the names of its columns."""
    found: dict[_Table, dict[int, bool]] = {}
    for place, one in enumerate(evidence):
        passage = one.stored.passage
        is_row = bool(row_of(passage, one.start, one.end))
        if is_row or is_header(passage, one.start, one.end):
            table = next((table for table in passage.tables if one.end <= table.end), passage.tables[-1])
            found.setdefault((passage.document_id, table.header), {})[place] = is_row
    return found


def _with_headings(row: Evidence) -> str:
    return "\n".join((*(one for one in row.stored.passage.heading_path if BETWEEN_CELLS not in one), row.text))


def _terms(text: str) -> set[str]:
    return set(map(looked_up, terms(text)))
