"""Whether the page stays quick with much in it: milliseconds of each event, 1,000 documents and a conversation of 200 messages.

    python -m benchmarks.library_panel [--documents 1000] [--messages 200] [--repeat 7] [--browser]

The library is made of small texts, on a real store and queue, with an embedder that counts words: no model takes part. "handled"
is the time of the handler alone, "CPU" the part of it that no other work on the machine changes, "kB" what it sends. With
`--browser` events are also done in Chromium, and timed from the click until the page shows their effect. Exit 1 if the median of
any is above the limit.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.library_browser import measure_in_browser
from rag_app.library import Library
from rag_app.ui.app import App, open_app
from rag_app.ui.intake import Intake
from rag_app.ui.language import Language
from rag_app.ui.screen import Screen, Target, Visit
from rag_app.ui.shelving import Shelving
from tests.small_library import small_library

LIMIT_MS = 300.0
KINDS = ("Annual report", "Minutes", "Invoice", "合同", "会议记录", "Handbook")
TEXT = "Steel number {n} rose by {n} percent in {year}. It fell again in May.\n\n第 {n} 号钢材的价格在 {year} 年上涨。\n\n"
Event = Callable[[], Screen]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--browser", action="store_true")
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="library-panel-") as place, closing(small_library(Path(place, "storage"))) as library:
        fill(library, Path(place, "files"), arguments.documents)
        converse(library, arguments.messages // 2)
        print("| event | handled ms, median | worst | CPU | kB |\n|---|---|---|---|---|", flush=True)
        slow = [measure(name, event, arguments.repeat) for name, event in events(open_app(library, ("ask", "library")))]
        if arguments.browser:
            slow.append(measure_in_browser(library, Path(place, "uploads"), arguments.repeat, LIMIT_MS))
    return 1 if any(slow) else 0


def fill(library: Library, folder: Path, count: int) -> None:
    """Read so many small files in, a third of them into collections, and leave a few that were refused."""
    folder.mkdir()
    for number in range(count):
        path = folder / f"{KINDS[number % len(KINDS)]} {number:04}.txt"
        path.write_text(TEXT.format(n=number, year=1000 + number) * (1 + number % 9), encoding="utf-8")
    empty = folder / "empty.txt"
    empty.touch()
    paths = sorted(folder.glob("*.txt"))
    library.add(paths[: count // 3], collection="Reports")
    library.add(paths[count // 3 :])
    for _ in library.work():
        pass


def converse(library: Library, turns: int) -> None:
    """Keep so many questions with their answers."""
    conversation = library.start_conversation("Steel").id
    *_, answer = library.ask("How much did steel number 7 rise?")
    for number in range(turns):
        library.keep_turn(conversation, replace(answer, question=f"How much did steel number {number} rise?"))


def events(app: App) -> Iterator[tuple[str, Event]]:
    """Everything a visitor may do without a model, on a page that shows the conversation."""
    shelf = app.panels.shelf
    shelving = Shelving(app.library, app.importing, shelf, app.choosing)
    intake = Intake(app.library, app.importing, shelf, app.choosing, at_machine=True)
    fresh = Visit("session", Language.ENGLISH)
    visit = replace(fresh, conversation=1)
    ids = [document.id for document in app.library.documents()]
    yield "arrive", lambda: app.visitors.arrive(fresh)
    yield "change the language of the page with its conversation", lambda: app.visitors.speak(visit, "zh")
    yield "find documents", lambda: shelving.find(visit, "report 00")
    yield "sort by size", lambda: shelving.sort(visit, "size")
    yield "turn to the last page", lambda: shelving.turn(visit, 99)
    yield "look while files are read", lambda: shelf.queue(visit)
    yield "look when a file has become a document", lambda: intake.watch(visit)
    yield "pick a collection", lambda: app.choosing.choose_collection(visit, "Reports")
    yield "ask only 50 documents", lambda: app.choosing.choose_documents(visit, ids[:50])
    yield "ask one document more", lambda: app.choosing.choose_document(replace(visit, chosen=tuple(ids[:50])), ids[60])
    yield "put 50 documents into a collection", lambda: shelving.put_in(visit, ids[:50], "Best")
    yield "take 50 documents out again", lambda: shelving.take_out(replace(visit, collection="Best"), ids[:50])
    yield "rename a collection", lambda: shelving.rename_collection(visit, "Reports", "Reports")
    yield "open a page of a document", lambda: app.visitors.open_source(visit, Target(ids[5], 1))
    yield "queue 50 documents to be read again", lambda: _reread(app, shelving, visit, ids[-50:])
    yield "cancel the queue", lambda: intake.cancel_all(visit)
    yield "clear the list of files that ended", lambda: intake.forget_tasks(visit)
    gone = iter(ids[-200:])
    yield "remove a document", lambda: shelving.remove(visit, [next(gone)])
    yield "remove ten documents", lambda: shelving.remove(visit, [next(gone) for _ in range(10)])


def measure(name: str, event: Event, repeat: int, processor_time: Callable[[], float] = time.thread_time) -> bool:
    """Print how long an event takes; whether that is too long."""
    spent, worked, size = list[float](), list[float](), 0
    for _ in range(repeat):
        started, began = time.perf_counter(), processor_time()
        screen = event()
        spent.append((time.perf_counter() - started) * 1000)
        worked.append((processor_time() - began) * 1000)
        size = sum(len(str(getattr(screen, field.name) or "").encode()) for field in fields(screen))
    median = statistics.median(spent)
    print(f"| {name} | {median:,.0f} | {max(spent):,.0f} | {statistics.median(worked):,.0f} | {size / 1000:,.0f} |", flush=True)
    return median > LIMIT_MS


def _reread(app: App, shelving: Shelving, visit: Visit, ids: list[str]) -> Screen:
    app.importing.pause()  # so that the reading itself takes no part
    return shelving.reread(visit, ids)


if __name__ == "__main__":
    sys.exit(main())
