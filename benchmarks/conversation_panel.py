"""Whether asking stays quick with much behind it: milliseconds of each event of the view Ask, without a model.

    python -m benchmarks.conversation_panel [--documents 1000] [--turns 200] [--conversations 300] [--repeat 7]

The library is made of small texts, on a real store and index, with an embedder that counts words. One conversation has so many
questions with their answers, each kept with its evidence and passages. "handled" is the time of the handler on a machine that has
nothing else to do; on a busy one "processor" tells more. "kB" is what it sends. Exit 1 if the median of any is above the limit.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.library_panel import Event, measure
from rag_app.library import Library
from rag_app.ui.app import App, open_app
from rag_app.ui.asking import Asking
from rag_app.ui.handlers import HistoryHandlers
from rag_app.ui.language import Language
from rag_app.ui.screen import Target, Visit
from rag_app.ui.setting import Setting
from tests.small_library import document_of, small_library

TEXT = (
    "The price of steel number {n} rose by {n} percent in {year}. It fell again in May. The mill of Tern number {n} was opened "
    "in {year} by the engineer Clara Wren. Its stone was brought by sea, for the road over the moor was too steep for carts.\n\n"
    "第 {n} 号钢材的价格在 {year} 年上涨。第 {n} 号钢厂于{year}年在燕屿建成。\n\n"
)
QUESTION = "How much did the price of steel number {n} rise?"


def main() -> int:
    """Print a row an event; 1 if one is too slow."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=200)
    parser.add_argument("--conversations", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=7)
    arguments = parser.parse_args()
    with TemporaryDirectory() as place, closing(small_library(Path(place), refusal_threshold=0.0)) as library:
        fill(library, arguments.documents)
        converse(library, arguments.turns, arguments.conversations)
        print("| event | handled ms, median | worst | processor ms, median | kB |\n|---|---|---|---|---|", flush=True)
        app = open_app(library, ("ask", "library", "settings"))
        slow = [measure(name, event, arguments.repeat, time.process_time) for name, event in events(app)]
    return 1 if any(slow) else 0


def fill(library: Library, count: int) -> None:
    """Store so many documents of a few passages each."""
    texts = (TEXT.format(n=number, year=1000 + number) * (1 + number % 5) for number in range(count))
    library.add_documents([document_of(f"Report {number:04}.txt", text) for number, text in enumerate(texts)])


def converse(library: Library, turns: int, conversations: int) -> None:
    """Keep so many questions with their answers, and other conversations of one turn each."""
    *_, answer = library.ask(QUESTION.format(n=7))
    first = library.start_conversation("Steel").id
    for number in range(turns):
        library.keep_turn(first, replace(answer, question=QUESTION.format(n=number)))
    for number in range(conversations - 1):
        library.keep_turn(library.start_conversation(f"About mill {number}").id, answer)


def events(app: App) -> Iterator[tuple[str, Event]]:
    """Everything on Ask and Settings that needs no model, on a page that shows the long conversation."""
    history = HistoryHandlers(app.library, app.panels, app.runs)
    asking, setting = Asking(app.library, app.panels, app.runs), Setting(app.library, app.panels)
    fresh = Visit("session", Language.ENGLISH)
    visit = replace(fresh, conversation=1)
    last = app.library.turns(1)[-1]
    cited = last.answer.citations[0]
    target = Target(cited.document_id, cited.page, cited.page, cited.start, cited.end, last.id)
    yield "arrive", lambda: app.visitors.arrive(fresh)
    yield "open the conversation", lambda: history.open(fresh, 1)
    yield "show earlier questions", lambda: history.show_earlier(visit, 20)
    yield "ask in it (search by words, quoted), all screens", lambda: list(asking.ask(visit, QUESTION.format(n=11)))[-1]
    yield "change the language", lambda: app.visitors.speak(visit, "zh")
    yield "open a footnote", lambda: app.visitors.open_source(visit, target)
    yield "why this answer, with its map", lambda: app.visitors.why(visit, last.id)
    yield "new conversation, with what could be asked", lambda: history.new(visit)
    yield "search all conversations", lambda: history.search(visit, "percent steel")
    yield "rename a conversation", lambda: history.rename(visit, 2, "Renamed")
    yield "download it as Markdown", lambda: history.export(visit, 1, "markdown")
    yield "change a setting", lambda: setting.set(visit, "temperature", "0.3")


if __name__ == "__main__":
    sys.exit(main())
