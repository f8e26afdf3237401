"""Questions for the row of a table, or the item of a list, that has most or least: the cheapest, 最重的, who started first.

    python -m benchmarks.extremes [--libraries 12]

Each library holds a made table or list of every kind (benchmarks/reader_tables/). Prints by the language of the question, for
quotes as without a comparison of numbers and as with one: of how many questions the first quote is the right row, any quote is,
and none is given; and how many questions for what no table tells are refused. Then the same of one library of offers and the
like, three documents of each kind, which were written for this (benchmarks/extreme_documents/).
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks.filled_library import filled_library
from benchmarks.reader_tables.values import thing, values
from benchmarks.reader_tables.words import LANGUAGES, Attribute, Catalogue, catalogues
from rag_app.library import Library
from rag_app.text.language import language

SEED = 11
DOCUMENTS = Path(__file__).parent / "extreme_documents"
WAYS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "as read": lambda: patch("rag_app.answering.extreme_of", lambda question: None),
    "compared": nullcontext,
}
_NUMBERS = frozenset(
    ("price", "weight", "battery", "power", "duration", "density", "temperature", "percent", "area", "count", "money")
)
_ASKED = {
    "en": (("Which {} has the highest {}?", "What is the highest {1} of a {0}?"), ("Which {} has the lowest {}?",)),
    "zh": (("哪个{}的{}最高？", "{1}最高的{0}是哪个？"), ("哪个{}的{}最低？",)),
}
_ADJECTIVES = {
    ("price", "en"): (
        ("Which {} is the most expensive?", "What is the most expensive {}?"),
        ("Which {} is cheapest?", "the cheapest {}"),
    ),
    ("price", "zh"): (("哪个{}最贵？", "最贵的{}是哪个？"), ("哪个{}最便宜？", "最便宜的{}是哪个？")),
    ("weight", "en"): (("Which {} is the heaviest?",), ("Which is the lightest {}?",)),
    ("weight", "zh"): (("哪个{}最重？",), ("最轻的{}是哪个？",)),
    ("duration", "en"): (("Which {} takes the longest?",), ("Which {} is the fastest?",)),
    ("duration", "zh"): (("哪个{}时间最长？",), ("哪个{}时间最短？",)),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, and the row that answers it, the name of the document that does, or nothing."""

    question: str
    row: str


@dataclass(frozen=True, slots=True)
class Table:
    """A made table or list in Markdown: its rows, with the things' names first, and what each column but the first tells."""

    catalogue: Catalogue
    text: str
    rows: list[list[str]]
    shown: list[Attribute]
    missing: Attribute

    @property
    def numbers(self) -> Iterator[tuple[int, Attribute]]:
        """The columns of numbers, each with its place."""
        yield from ((column, one) for column, one in enumerate(self.shown, 1) if one.values in _NUMBERS)


def made(catalogue: Catalogue, chance: random.Random) -> Table:
    """A table or list of things of a kind, one of whose measures it does not tell."""
    spoken = chance.choice(LANGUAGES)
    attributes = [one for one in catalogue.attributes if one.values in _NUMBERS]
    missing = attributes.pop(chance.randrange(len(attributes)))
    others = [one for one in catalogue.attributes if one.values not in _NUMBERS]
    shown = [*chance.sample(others, min(2, len(others))), *attributes]
    chance.shuffle(shown)
    things = list(dict.fromkeys(thing(catalogue.kind, spoken, chance) for _ in range(chance.randint(3, 14))))
    columns = [[make() for _ in things] for make in (values(one.values, spoken, chance) for one in shown)]
    noun, heads = chance.choice(catalogue.things.of(spoken)), [chance.choice(one.names.of(spoken)) for one in shown]
    rows = [[name, *cells] for name, *cells in zip(things, *columns, strict=True)]
    lines = [f"# {chance.choice(catalogue.heads.of(spoken))}", ""]
    if chance.random() < 0.3:
        lines += [
            "- " + f"{row[0]}: " + ", ".join(f"{head} {cell}" for head, cell in zip(heads, row[1:], strict=True)) for row in rows
        ]
    else:
        lines += [_line([noun, *heads]), _line(["---"] * len(rows[0])), *map(_line, rows)]
    return Table(catalogue, "\n".join(lines), rows, shown, missing)


def asked_of(table: Table, chance: random.Random) -> list[Ask]:
    """Questions about a table, the last for what it does not tell."""
    asks = [ask for column, one in table.numbers for ask in _asks(table.catalogue, one, table.rows, column, chance)]
    return [*chance.sample(asks, min(4, len(asks))), Ask(_question(table.catalogue, table.missing, True, chance)[0], "")]


def _asks(catalogue: Catalogue, one: Attribute, rows: list[list[str]], column: int, chance: random.Random) -> Iterator[Ask]:
    numbers = numbers_in(rows, column)
    for largest in (True, False):
        place = numbers.index((max if largest else min)(numbers))
        if numbers.count(numbers[place]) == 1:
            for question in _question(catalogue, one, largest, chance):
                yield Ask(question, rows[place][0])


def numbers_in(rows: Sequence[Sequence[str]], column: int) -> list[float]:
    """The numbers of a column."""
    return [float(re.sub(r"[^\d.-]", "", row[column])) for row in rows]


def named(catalogue: Catalogue, one: Attribute, chance: random.Random) -> tuple[str, str, str]:
    """A language, and what a question in it calls the things and a measure of them."""
    asked = chance.choice(LANGUAGES)
    noun, name = chance.choice(catalogue.things.of(asked)), chance.choice(one.names.of(asked))
    if asked == "en":
        noun, name = noun.lower(), name[0].lower() + name[1:] if name[1:2].islower() else name
    return asked, noun, re.sub(r" ?[(（].*", "", name)


def _question(catalogue: Catalogue, one: Attribute, largest: bool, chance: random.Random) -> list[str]:
    asked, noun, name = named(catalogue, one, chance)
    forms = [chance.choice(_ASKED[asked][not largest])]
    if (one.values, asked) in _ADJECTIVES:
        forms.append(chance.choice(_ADJECTIVES[one.values, asked][not largest]))
    return [form.format(noun, name) for form in forms]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def told(library: Library, asks: Sequence[Ask]) -> Iterator[list[bool]]:
    """For each question that is answered by a row: whether it is quoted first, whether at all, and whether nothing is."""
    for ask in asks:
        *_, answer = library.ask(ask.question)
        held = [ask.row in f"{one.text}\n{one.citations[0].document_name}" for one in answer.sentences]
        yield [bool(held) and held[0], any(held), not held]


def documents() -> list[Ask]:
    """The questions about the documents, each with the name of the one that answers it."""
    lines = (DOCUMENTS / "questions.tsv").read_text(encoding="utf-8").splitlines()
    return [Ask(question, name) for name, question in (line.split("\t") for line in lines)]


def ask_all(files: Sequence[Path], asks: Sequence[Ask], results: dict[tuple[str, str, bool], list[list[bool]]]) -> None:
    """Ask a library of the files in both ways, and put what was told to the results."""
    with filled_library(files) as library:
        for way, within in WAYS.items():
            with within():
                for ask, row in zip(asks, told(library, asks), strict=True):
                    results.setdefault((language(ask.question), way, bool(ask.row)), []).append(row)


def report(results: dict[tuple[str, str, bool], list[list[bool]]]) -> None:
    """Print a line for each language and way."""
    for (spoken, way, is_answered), rows in sorted(results.items()):
        first, some, none = (sum(column) for column in zip(*rows, strict=True))
        said = f"first {first}, quoted {some}, refused {none}" if is_answered else f"refused {none}"
        print(f"{spoken} {way:9} {'answered' if is_answered else 'not answered'}: {said} of {len(rows)}")


def main() -> None:
    """Print the figures of tables and lists, and of documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libraries", type=int, default=12)
    chance = random.Random(SEED)
    results: dict[tuple[str, str, bool], list[list[bool]]] = {}
    for _ in range(parser.parse_args().libraries):
        with tempfile.TemporaryDirectory() as name:
            asks = []
            for number, catalogue in enumerate(catalogues()):
                table = made(catalogue, chance)
                (Path(name) / f"{number}.md").write_text(table.text, encoding="utf-8")
                asks += asked_of(table, chance)
            ask_all([*Path(name).glob("*.md")], asks, results)
    report(results)
    of_documents: dict[tuple[str, str, bool], list[list[bool]]] = {}
    ask_all(sorted(DOCUMENTS.glob("*.md")), documents(), of_documents)
    report(of_documents)


if __name__ == "__main__":
    main()
