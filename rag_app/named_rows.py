"""Of the rows of a table those that a question names come first, and of a row the cell of the column that it names answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from rag_app.citing import is_money, quantity_of
from rag_app.records import Evidence
from rag_app.text.cells import cell_places, is_header, row_of
from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.language import CHINESE
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import looked_up, terms

_Table = tuple[str, str]  # document, names of the columns
# What a question for a price says, as its terms are looked up.
_PRICES = (
    {"少钱"},
    *({*map(looked_up, ("how", "much", verb))} for verb in ("is", "are", "was", "were", "cost", "pay", "charge")),
)
_Cells = tuple[tuple[str, str], ...]  # of a row, each with the name of its column; none of what names the columns


def named_first(evidence: Sequence[Evidence], asked: Collection[str], question_language: str) -> tuple[Evidence, ...]:
    """`evidence`, best first, in which rows of a table take the places of the names of its columns, and of rows that hold less.

    A row holds less where another one of the table holds all that it holds of the terms `asked`, and more. Words that name the
    columns tell no rows apart; the headings above a row count with it. What answers in a row is the cell of the one column that
    the question names, else what the reader took.
    """
    told = _telling(asked, question_language)
    found = list(evidence)
    for (_, header), places in _tables(evidence).items():
        telling = told - _terms(header)
        held = {place: telling & _terms(_with_headings(evidence[place])) for place, cells in places.items() if cells}
        named = [place for place in held if not any(held[place] < other for other in held.values())]
        others = [place for place in places if place not in named]
        for place, row in zip(places, (*named, *others) if named else (), strict=False):
            sentence = _with_cell(evidence[row], places[row], asked)
            found[place] = replace(sentence, score=evidence[place].score if row in named else 0.0)
    return tuple(sorted(found, key=lambda sentence: -sentence.score))


def _with_cell(row: Evidence, cells: _Cells, asked: Collection[str]) -> Evidence:
    """The row with the cell that is asked for as its answer, where that is clear."""
    column = column_asked(cells, asked)
    if column is None:
        return row
    start = list(cell_places(row.text, [cell for _, cell in cells]))[column]
    return replace(row, span=cells[column][1], span_at=start)


def column_asked(cells: Sequence[tuple[str, str]], asked: Collection[str]) -> int | None:
    """The one column whose name holds most of the terms `asked`, of those with money where a question asks for the price.

    A cell of which the question says all is what it gives, not what it asks.
    """
    given, told = set(map(looked_up, asked)), set(map(looked_up, set(asked) - STOPWORDS))
    said = [0 if _terms(cell) <= given else len(_terms(name) & told) for name, cell in cells]
    paid = [(one := quantity_of(cell)) is not None and is_money(one.unit) for _, cell in cells]
    if any(paid) and any(given >= price for price in _PRICES):
        said = [1 + count if is_paid else 0 for count, is_paid in zip(said, paid, strict=True)]
    most = max(said, default=0)
    return said.index(most) if most and said.count(most) == 1 else None


def _telling(asked: Collection[str], question_language: str) -> set[str]:
    """The terms of a question that may tell rows apart: in English, where "a" says nothing, no letter does by itself (套餐A)."""
    letters = {term for term in asked if len(term) == 1 and term.isascii() and term.isalpha()}
    kept = {term for term in asked if term not in STOPWORDS} - letters
    return {*map(looked_up, kept), *(letters if question_language == CHINESE else ())}


def _tables(evidence: Sequence[Evidence]) -> dict[_Table, dict[int, _Cells]]:
    """Where the rows of each table stand among `evidence`, with their cells, and the names of its columns, with none."""
    found: dict[_Table, dict[int, _Cells]] = {}
    for place, one in enumerate(evidence):
        passage = one.stored.passage
        cells = row_of(passage, one.start, one.end)
        if cells or is_header(passage, one.start, one.end):
            table = next((table for table in passage.tables if one.end <= table.end), passage.tables[-1])
            found.setdefault((passage.document_id, table.header), {})[place] = cells
    return found


def _with_headings(row: Evidence) -> str:
    return "\n".join((*(one for one in row.stored.passage.heading_path if BETWEEN_CELLS not in one), row.text))


def _terms(text: str) -> set[str]:
    return set(map(looked_up, terms(text)))
