"""Made tables with a thing in each row: products, people, trains, courses, samples, places, projects."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.reader_tables.asking import Asking, asking_about
from benchmarks.reader_tables.values import company, thing, values
from benchmarks.reader_tables.words import LANGUAGES, Attribute, catalogues
from benchmarks.reader_tables.writing import Ask, Made, Row, moved, turned

_CATALOGUES = catalogues()


def make_things(chance: random.Random, apart: bool) -> Made:
    """Things by what they have, or the other way round, or what a single thing has."""
    language, catalogue = chance.choice(LANGUAGES), chance.choice(_CATALOGUES)
    attributes = [one for number, one in enumerate(catalogue.attributes) if apart or number % 6 != 4]
    shown = chance.sample(attributes, min(len(attributes) - 1, chance.randint(1, 5)))
    single = chance.random() < 0.15
    things = list(dict.fromkeys(thing(catalogue.kind, language, chance) for _ in range(1 if single else chance.randint(3, 10))))
    columns = [[make() for _ in things] for make in (values(one.values, language, chance) for one in shown)]
    rows = tuple(Row(name, cells) for name, cells in zip(things, zip(*columns, strict=True), strict=True))
    asking = asking_about(language, apart, chance)
    asks = [*_asks(things, attributes, shown, asking)]
    if not single:
        strange = {thing(catalogue.kind, language, chance) for _ in range(4)} - set(things)
        asks += [Ask(asking.thing(name, shown[0])) for name in sorted(strange)]
    head = chance.choice(catalogue.heads.of(language))
    title = chance.choice((head, company(language, chance), head.lower().replace(" ", "_")))
    heads = (chance.choice(catalogue.things.of(language)), *(chance.choice(one.names.of(language)) for one in shown))
    made = Made(language, title, (head,), heads, rows, tuple(asks))
    if single:
        return replace(turned(made), above=(things[0], head), heads=("",))
    return turned(made) if len(things) < 4 and chance.random() < 0.5 else _numbered(made, chance)


def _asks(things: Sequence[str], attributes: Sequence[Attribute], shown: Sequence[Attribute], asking: Asking) -> Iterator[Ask]:
    """Questions for every cell, and for each thing one for what the table does not tell."""
    missing = [one for one in attributes if one not in shown]
    for row, name in enumerate(things):
        for column, one in enumerate(shown):
            yield Ask(asking.thing(name, one), (row, column))
        yield Ask(asking.thing(name, asking.chance.choice(missing)))


def _numbered(made: Made, chance: random.Random) -> Made:
    """Sometimes the rows numbered, before what they are about."""
    if chance.random() > 0.15:
        return made
    rows = tuple(Row(str(number), (row.label, *row.cells)) for number, row in enumerate(made.rows, start=1))
    heads = ("No." if made.language == "en" else "序号", *made.heads)
    return replace(made, heads=heads, rows=rows, asks=moved(made.asks))
