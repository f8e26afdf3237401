"""What many visitors of one server cost: memory with so many libraries open, and how long each waits for its page and answer.

Run: `python -m benchmarks.visitors PDF… --count 16`. Each visitor adds one of the files, in turn, and asks one question.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Thread

from benchmarks.documents.watching import children
from rag_app.assembly import MODELS, Engines
from rag_app.settings import Settings
from rag_app.ui.desks import SHARED, VisitorsDesks
from rag_app.visitors import Limits, RationedLibrary, new_key

LOOK_SECONDS = 0.02


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=16)
    parser.add_argument("--question", default="What were the total revenues?")
    parser.add_argument("--models", type=Path, default=MODELS)
    options = parser.parse_args()
    engines = Engines(options.models, Settings())
    print(f"models loaded: {resident_mb():,.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        places, limits = (Path(folder, "visitors"), Path(folder, "uploads")), Limits(open_libraries=options.count)
        with closing(VisitorsDesks(*places, lambda place: engines.open(place, RationedLibrary), SHARED, limits)) as desks:
            measure(desks, options.files, options.count, options.question)


def measure(desks: VisitorsDesks, files: Sequence[Path], count: int, question: str) -> None:
    """Open, add, and ask as `count` visitors at once."""
    keys = [new_key() for _ in range(count)]
    tell("library opened", at_once(keys, lambda number, key: arrive(desks, key)))
    tell("file read, in turn", at_once(keys, lambda number, key: add(desks, key, files[number % len(files)])))
    tell("question answered, in turn", at_once(keys, lambda number, key: ask(desks, key, question)))


def arrive(desks: VisitorsDesks, key: str) -> None:
    """Open the library."""
    with desks.at(key):
        pass


def add(desks: VisitorsDesks, key: str, file: Path) -> None:
    """Add a file, and wait until it is read."""
    with desks.at(key) as desk:
        desk.app.library.add([file])
        desk.app.importing.start()
        while desk.app.importing.running:
            time.sleep(LOOK_SECONDS)


def ask(desks: VisitorsDesks, key: str, question: str) -> None:
    """Ask, and read the answer to its end."""
    with desks.at(key) as desk:
        list(desk.app.library.ask(question))


def at_once(keys: Sequence[str], step: Callable[[int, str], None]) -> list[float]:
    """The seconds that each visitor's step took, all begun at once."""
    seconds = [0.0] * len(keys)

    def timed(number: int, key: str) -> None:
        started = time.perf_counter()
        step(number, key)
        seconds[number] = time.perf_counter() - started

    threads = [Thread(target=timed, args=[number, key]) for number, key in enumerate(keys)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds


def tell(what: str, seconds: Sequence[float]) -> None:
    """A line of figures."""
    shown = f"median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s"
    print(f"{what}, {len(seconds)} visitors: {shown}; {resident_mb():,.0f} MB with the processes that read")


def resident_mb() -> float:
    """The memory of this process, its children and theirs; what some share is divided among them."""
    processes = [os.getpid(), *(process for child in children() for process in (child, *children(child)))]
    rolled_up = [Path(f"/proc/{process}/smaps_rollup").read_text().splitlines() for process in processes]
    return sum(int(line.split()[1]) for lines in rolled_up for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    main()
