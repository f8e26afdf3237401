"""Questions for the rows of a table, or the items of a list, below or above a bound: under 100 euros, 超过5公斤的有哪些.

    python -m benchmarks.bounds [--libraries 12]

Each library holds a made table or list of every kind (benchmarks/reader_tables/). Prints by the language of the question, for
quotes as without a comparison of numbers and as with one: in how many answers the quoted rows are exactly the right ones, the
share of quoted rows that are right, the share of right rows that are quoted, and in how many nothing is quoted. Then the same
of one library of offers and the like, three documents of each kind (benchmarks/extreme_documents/).
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.extremes import DOCUMENTS, WAYS, Table, made, named, numbers_in
from benchmarks.filled_library import filled_library
from benchmarks.reader_tables.words import catalogues
from rag_app.extremes import MOST_WITHIN
from rag_app.text.language import language

SEED = 12
_ASKED = {
    "en": (
        ("Which {}s have {} below {}?", "Which {} has {} of less than {}?", "{}s with {} under {}"),
        ("Which {}s have {} above {}?", "Which {} has {} of more than {}?", "{}s with {} over {}"),
    ),
    "zh": (
        ("哪些{}的{}低于{}？", "{1}在{2}以下的{0}有哪些？", "{1}不到{2}的{0}"),
        ("哪些{}的{}高于{}？", "{1}超过{2}的{0}有哪些？", "{1}在{2}以上的{0}"),
    ),
}
_PRICES = {
    "en": (
        ("Which {0} costs less than {2}?", "Which {0}s are under {2}?", "What {0}s can I get for under {2}?"),
        ("Which {0} costs more than {2}?", "Which {0}s are over {2}?"),
    ),
    "zh": (("哪些{0}低于{2}？", "{2}以内的{0}有哪些？", "有没有{2}以下的{0}？"), ("哪些{0}超过{2}？", "{2}以上的{0}有哪些？")),
}


def bounds(table: Table, chance: random.Random) -> Iterator[tuple[str, set[str]]]:
    """Questions with the names of the things that are right."""
    for column, one in table.numbers:
        numbers = numbers_in(table.rows, column)
        for is_above in (False, True):
            places = sorted(range(len(numbers)), key=numbers.__getitem__)
            lower, upper = chance.choice(list(pairwise(places)))
            bound = (numbers[lower] + numbers[upper]) / 2
            right = {
                row[0]
                for row, number in zip(table.rows, numbers, strict=True)
                if (number > bound if is_above else number < bound)
            }
            asked, noun, name = named(table.catalogue, one, chance)
            form = chance.choice(_ASKED[asked][is_above])
            if one.values == "price" and chance.random() < 0.5:
                form = chance.choice(_PRICES[asked][is_above])
            if numbers[lower] < bound and len(right) <= MOST_WITHIN:
                yield form.format(noun, name, re.sub(r"\d.*\d|\d", f"{bound:g}", table.rows[lower][column])), right


Results = dict[tuple[str, str], list[tuple[set[str], set[str]]]]


def ask_all(files: Sequence[Path], asks: Sequence[tuple[str, set[str]]], names: set[str], results: Results) -> None:
    """Ask a library of the files in both ways, and put to the results what is quoted, by names, and what is right."""
    with filled_library(files) as library:
        for way, within in WAYS.items():
            with within():
                for question, right in asks:
                    *_, answer = library.ask(question)
                    told = {f"{one.citations[0].document_name}\n{one.text}" for one in answer.sentences}
                    quoted = {
                        name for name in names if any(re.search(rf"^(?:- )?{re.escape(name)}(?!\w)", one, re.M) for one in told)
                    }
                    results.setdefault((language(question), way), []).append((quoted, right))


def report(results: Results) -> None:
    """Print a line for each language and way."""
    for (spoken, way), rows in sorted(results.items()):
        exact, none = sum(quoted == right for quoted, right in rows), sum(not quoted for quoted, _ in rows)
        held, told, wanted = (sum(map(len, sets)) for sets in ([q & r for q, r in rows], *zip(*rows, strict=True)))
        shares = f"precision {held / max(1, told):.2f}, recall {held / wanted:.2f}"
        print(f"{spoken} {way:9} exact {exact} of {len(rows)}, {shares}, none {none}")


def main() -> None:
    """Print the figures of tables and lists, and of documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--libraries", type=int, default=12)
    chance = random.Random(SEED)
    results: Results = {}
    for _ in range(parser.parse_args().libraries):
        with tempfile.TemporaryDirectory() as folder:
            asks, names = [], set[str]()
            for number, catalogue in enumerate(catalogues()):
                table = made(catalogue, chance)
                (Path(folder) / f"{number}.md").write_text(table.text, encoding="utf-8")
                found = list(bounds(table, chance))
                asks += chance.sample(found, min(3, len(found)))
                names |= {row[0] for row in table.rows}
            ask_all([*Path(folder).glob("*.md")], asks, names, results)
    report(results)
    lines = [line.split("\t") for line in (DOCUMENTS / "bounds.tsv").read_text(encoding="utf-8").splitlines()]
    files = sorted(DOCUMENTS.glob("*.md"))
    of_documents: Results = {}
    ask_all(files, [(question, set(names.split())) for names, question in lines], {file.stem for file in files}, of_documents)
    report(of_documents)


if __name__ == "__main__":
    main()
