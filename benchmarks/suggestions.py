"""Questions suggested below an answer: how many, whether Footnote answers them, with the right words, and what they cost.

    python -m benchmarks.suggestions SETS WORK NAME… --limit 40

SETS holds question sets (as for `evaluate`), WORK keeps the libraries made of them. Every question of a set is answered; each
suggestion below the answer is asked in turn, as a question by itself.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from rag_app.assembly import MODELS, open_library
from rag_app.evaluation.making import Suggestion
from rag_app.evaluation.metrics import contains
from rag_app.evaluation.question_set import read_question_set
from rag_app.evaluation.runner import build
from rag_app.library import Library
from rag_app.records import Turn
from rag_app.ui.suggesting import follow_ups


@dataclass(frozen=True, slots=True)
class Suggested:
    """What was suggested below one answer, the milliseconds that took, and for each whether it was answered, and rightly."""

    found: tuple[Suggestion, ...]
    milliseconds: float
    answered: tuple[bool, ...]
    right: tuple[bool, ...]


def suggested(library: Library, question: str) -> Suggested:
    """Ask `question`, then what is suggested below its answer."""
    *_, answer = library.ask(question)
    started = time.perf_counter()
    found = follow_ups(library, [Turn(1, 1, answer)])
    spent = (time.perf_counter() - started) * 1000
    answers = [list(library.ask(one.question))[-1] for one in found]
    right = tuple(bool(contains(given.text, [one.answer])) for one, given in zip(found, answers, strict=True))
    return Suggested(found, spent, tuple(not given.abstained for given in answers), right)


def measured(sets: Path, work: Path, name: str, limit: int) -> Iterator[Suggested]:
    """What is suggested below the answers to the first `limit` questions of a set."""
    question_set = read_question_set(sets / name)
    with closing(open_library(work / name, MODELS)) as library:
        build(library, question_set)
        for question in question_set.questions[:limit]:
            yield suggested(library, question.question)


def main() -> None:
    """Print a line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--limit", type=int, default=40)
    parser.add_argument("--show", action="store_true", help="print the suggestions")
    arguments = parser.parse_args()
    for name in arguments.names:
        rows = list(measured(arguments.sets, arguments.work, name, arguments.limit))
        answered, right = ([share for row in rows for share in getattr(row, kind)] for kind in ("answered", "right"))
        for row in rows if arguments.show else ():
            print(*(f"  {one.question} -> {one.answer}" for one in row.found), sep="\n")
        print(
            f"{name}: {len(rows)} questions, with suggestions {mean(bool(row.found) for row in rows):.2f}, "
            f"suggestions {len(answered)}, answered {mean(answered or [0]):.3f}, rightly {mean(right or [0]):.3f}, "
            f"median {median(row.milliseconds for row in rows):.1f} ms"
        )


if __name__ == "__main__":
    main()
