"""Of the rows of a table those that a question names come first, and of a row the cell of the column that it names answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from rag_app.citing import is_money, quantity_of
from rag_app.numbered import Names, times_named
from rag_app.records import Evidence
from rag_app.text.cells import cell_places, is_header, leads_to_rows, row_of
from rag_app.text.context import BETWEEN_CELLS
from rag_app.text.language import CHINESE, language
from rag_app.text.stopwords import STOPWORDS
from rag_app.text.words import looked_up, terms

_Table = tuple[str, str]  # document, names of the columns
# What a question for a price says, as its terms are looked up.
_PRICES = (
    {"少钱"},
    *({*map(looked_up, ("how", "much", verb))} for verb in ("is", "are", "was", "were", "cost", "pay", "charge")),
)
# What a column of prices is called whose cells tell no unit.
_PRICE = re.compile(r"(?<!免)费|(?<!评)价|租金|金额|\b(?:prices?|fees?|costs?|charges?|amount|rent)\b")
# Of a statement of an account the columns of what came or went, and of what is left; and by what terms that is asked for.
_MOVED = re.compile(r"金额|收入|支出|存入|取出|[借贷]方|发生额|\b(?:paid|debit|credit|deposits?|withdrawals?|amount|money)\b")
_BALANCE, _LEFT = re.compile(r"余额|结余|\bbalance\b"), re.compile("余额|结余|还剩|剩[余下]|balance|left|remain(?:s|ing)?")
_NUMBER = re.compile(r"\d[\d.,]*")
_IN_BRACKETS = re.compile(r"[(（]([^()（）]+)[)）]")
# Of several columns of money a question means the one for one of many (多少钱一米), or that for all of them (一共多少钱): by what
# terms it says so, and what such a column is called.
_OF_ONE = "钱一|单价|每.|一[平米个根套张块件只瓶盒斤吨台人次天]|each|per"
_MEANT = (
    (re.compile(_OF_ONE), re.compile(r"单价|每|\b(?:unit|each|per)\b")),
    (re.compile("[一总]共|总[价计]|合计|total|altogether"), re.compile(r"[合总][价计]|[金总]额|小计|\b(?:total|amount|sum)\b")),
)
_Cells = tuple[tuple[str, str], ...]  # of a row, each with the name of its column; none of what names the columns


def named_first(evidence: Sequence[Evidence], asked: Collection[str], question: str) -> tuple[Evidence, ...]:
    """`evidence`, best first, in which rows of a table take the places of the names of its columns, of a line that only leads to
    it, and of rows that hold less.

    A row holds less where another one of the table holds all that it holds of the terms `asked` by `question`, and more. Words
    that name the columns tell no rows apart; the headings above a row count with it. What answers in a row is the cell of the one
    column that the question names, else what the reader took.
    """
    told, times = _telling(asked, language(question)), times_named(question)
    found = list(evidence)
    for (_, header), places in _tables(evidence).items():
        telling = told - _terms(header)
        held = {place: telling & _terms(_with_headings(evidence[place])) for place, cells in places.items() if cells}
        named = [place for place in held if not any(held[place] < other for other in held.values())]
        others = [place for place in places if place not in named]
        for place, row in zip(places, (*named, *others) if named else (), strict=False):
            sentence = _with_cell(evidence[row], places[row], asked, times)
            found[place] = replace(sentence, score=evidence[place].score if row in named else 0.0)
    return tuple(sorted(found, key=lambda sentence: -sentence.score))


def cell_named(evidence: Sequence[Evidence], question: str) -> Evidence | None:
    """The one row of `evidence` of which a question says the name in the first cell, all of it, and the name of one other column
    (刘芳 and 周二, "Spinning" and "Thu"), both in their own language; none where several are such."""
    times, asked = times_named(question), terms(question)
    given = set(map(looked_up, asked))
    rows = ((one, row_of(one.stored.passage, one.start, one.end)) for one in evidence)
    found = [
        one
        for one, cells in rows
        if len(cells) > 1 and _is_said(cells[0][1], given) and column_asked(cells[1:], asked, times) is not None
    ]
    return found[0] if len({(one.stored.passage.document_id, one.text) for one in found}) == 1 else None


def _is_said(name: str, given: Collection[str]) -> bool:
    """Whether all words of a name that says something are among the terms `given`, as these are looked up."""
    words = {word for word in terms(name) if word not in STOPWORDS and not word.isdigit()}
    return any(len(word) > 1 for word in words) and _terms(name).difference(map(looked_up, STOPWORDS)) <= set(given)


def rows_of_table(row: Evidence, evidence: Sequence[Evidence]) -> tuple[tuple[Evidence, ...], str]:
    """The rows of the table among `evidence` that a `row` is of, and what stands above them; none where it is no row."""
    for (_, header), places in _tables(evidence).items():
        rows = tuple(evidence[place] for place, cells in places.items() if cells)
        if any(one is row for one in rows):
            return rows, "\n".join((row.stored.document_title, *row.stored.passage.heading_path, header))
    return (), ""


def _with_cell(row: Evidence, cells: _Cells, asked: Collection[str], times: Names) -> Evidence:
    """The row with the cell that is asked for as its answer, where that is clear; what is left of an account is the answer only
    where that is asked for, else what came or went beside it."""
    column, starts = column_asked(cells, asked, times), list(cell_places(row.text, [cell for _, cell in cells]))
    if column is None and row.span:
        ends = row.span_at + len(row.span)
        marked = [name for (name, cell), at in zip(cells, starts, strict=True) if row.span_at < at + len(cell) and at < ends]
        moved = [place for place, (name, cell) in enumerate(cells) if _NUMBER.fullmatch(cell) and _MOVED.search(name.lower())]
        is_left = any(_BALANCE.search(name.lower()) for name in marked)
        column = moved[0] if is_left and len(moved) == 1 else None
    return row if column is None else replace(row, span=cells[column][1], span_at=starts[column])


def column_asked(cells: Sequence[tuple[str, str]], asked: Collection[str], times: Names = frozenset()) -> int | None:
    """The one column whose name holds most of the terms `asked` and of the `times` (周三 names 星期三), of those with money where
    a question asks for the price; that of what is left where that is asked.

    A cell of which the question says all is what it gives, not what it asks.
    """
    given, told = set(map(looked_up, asked)), set(map(looked_up, set(asked) - STOPWORDS))
    said = [0 if _terms(cell) <= given else len(_terms(name) & told) + len(times_named(name) & times) for name, cell in cells]
    paid, left = [_is_money(name, cell) for name, cell in cells], [_BALANCE.search(name.lower()) is not None for name, _ in cells]
    if any(left) and any(map(_LEFT.fullmatch, asked)):
        said = list(map(int, left))
    elif any(paid) and any(given >= price for price in _PRICES):
        called = next((called for says, called in _MEANT if any(map(says.fullmatch, asked))), None)
        means = [called is not None and called.search(name.lower()) is not None for name, _ in cells]
        said = [1 + count + is_meant if is_paid else 0 for count, is_paid, is_meant in zip(said, paid, means, strict=True)]
    most = max(said, default=0)
    return said.index(most) if most and said.count(most) == 1 else None


def _is_money(name: str, cell: str) -> bool:
    """Whether a cell is an amount of money: by itself, by the unit in brackets behind the name of its column (单价(元)), or as a
    number below a name of prices (学费)."""
    unit = _IN_BRACKETS.search(name)
    found = quantity_of(f"{cell} {unit[1]}" if unit else cell)
    called = _PRICE.search(name.lower()) or _MOVED.search(name.lower())
    return (called is not None and _NUMBER.fullmatch(cell) is not None) or (found is not None and is_money(found.unit))


def _telling(asked: Collection[str], question_language: str) -> set[str]:
    """The terms of a question that may tell rows apart: in English, where "a" says nothing, no letter does by itself (套餐A)."""
    letters = {term for term in asked if len(term) == 1 and term.isascii() and term.isalpha()}
    kept = {term for term in asked if term not in STOPWORDS} - letters
    return {*map(looked_up, kept), *(letters if question_language == CHINESE else ())}


def _tables(evidence: Sequence[Evidence]) -> dict[_Table, dict[int, _Cells]]:
    """Where the rows of each table stand among `evidence`, with their cells, and what stands above these, with none."""
    found: dict[_Table, dict[int, _Cells]] = {}
    for place, one in enumerate(evidence):
        passage = one.stored.passage
        cells = row_of(passage, one.start, one.end)
        if cells or is_header(passage, one.start, one.end) or leads_to_rows(passage, one.start, one.end):
            table = next((table for table in passage.tables if one.end <= table.end), passage.tables[-1])
            found.setdefault((passage.document_id, table.header), {})[place] = cells
    return found


def _with_headings(row: Evidence) -> str:
    return "\n".join((*(one for one in row.stored.passage.heading_path if BETWEEN_CELLS not in one), row.text))


def _terms(text: str) -> set[str]:
    return set(map(looked_up, terms(text)))
