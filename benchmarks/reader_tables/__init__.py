"""Made tables to learn reading from (benchmarks/reader_training.py), with questions whose answer is a cell, and such that no
cell answers: about a period, a row, a column or a company that is not there.

All of it comes from the names in measures.txt and things.txt and from chance.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.reader_data import Pair, roughened
from benchmarks.reader_tables.measures import make_segments, make_statement
from benchmarks.reader_tables.things import make_things
from benchmarks.reader_tables.writing import Made, written

_OFTEN = {make_statement: 0.42, make_segments: 0.18, make_things: 0.4}
_OF_A_TABLE = 2


def table_pairs(count: int, chance: random.Random, *, apart: bool = False) -> Iterator[Pair]:
    """About `count` questions about made tables, each with its table; `apart` asks in words, and for measures, that otherwise
    never come up."""
    made = 0
    while made < count:
        make = chance.choices(list(_OFTEN), list(_OFTEN.values()))[0]
        for pair in _pairs(make(chance, apart), chance):
            made += 1
            yield pair if apart else roughened(pair, chance)


def _pairs(table: Made, chance: random.Random) -> Iterator[Pair]:
    """A few questions that a cell answers, and as many that none does."""
    context, shown = written(table, chance)
    answered = [(ask.question, shown[ask.place]) for ask in table.asks if ask.place in shown]
    others = [ask.question for ask in table.asks if ask.place is None]
    for question, span in chance.sample(answered, min(_OF_A_TABLE, len(answered))):
        if context[slice(*span)] not in ("", "—"):
            yield Pair(question, context, (span,))
    for question in chance.sample(others, min(_OF_A_TABLE, len(others))):
        yield Pair(question, context)
