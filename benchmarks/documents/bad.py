"""Hostile and broken files, each through a whole library that holds documents already."""

from __future__ import annotations

import gc
import hashlib
import logging
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.documents.corpus import TEXT, Row, bound, rows, verdict
from benchmarks.documents.expectations import End, is_met
from benchmarks.documents.watching import Watch, bait, canaries, holding, listening, resident_mb
from rag_app.library import Library
from rag_app.records import FileOutcome, Task, TaskState
from rag_app.store import DATABASE
from tests.small_library import small_library

EARLIER = (
    "pdfjs_tracemonkey.pdf",
    "plumber_issue-67-example.pdf",
    "unst_multi-column-2p.pdf",
    "big_book-war-and-peace-1225p.txt",
)
BAIT = "canary_cmap.pickle.gz"
MET, HANGS, MORE_MB, CHILD_MB = 0.97, 30.0, 100.0, 1500.0
STATE = """
    select d.*, p.*, v.vector from documents d join passages p on p.document_id = d.id join vectors v on v.passage_id = p.id
    where d.id in ({}) order by p.id
"""
PAGES = "select * from pages where document_id in ({}) order by document_id, number"


def bad(folder: Path) -> None:
    """Print how every bad file ended, and the rows of the issue about them."""
    files = [row for row in rows(folder) if not row.is_good]
    with tempfile.TemporaryDirectory(prefix="bad-") as place, listening() as callers, bait(folder / "bad" / BAIT):
        with _logged(Path(place)), closing(small_library(Path(place, "library"))) as library:
            earlier = _add_earlier(library, folder)
            watch = Watch()
            before, ends, changed = watch.app_mb, list[End](), list[str]()
            state = _state(library, earlier)
            for row in files:
                ends.append(_end(library, row))
                if _state(library, earlier) != state:
                    changed.append(row.path.name)
            watch.end()
        secrets = holding(Path(place)) + [end.row.path.name for end in ends if "root:x:0:0" in end.text + end.message]
    _print_ends(ends)
    print(f"connections to the listener: {len(callers)}; canaries: {canaries()}; password file in: {secrets}")
    _print_list("earlier documents changed by", changed)
    bound("app memory beyond what it held before", watch.app_mb - before, MORE_MB, "MB")
    print(f"  (at the end {resident_mb() - before:+.0f} MB)")
    bound("child", watch.child_mb, CHILD_MB, "MB")


@contextmanager
def _logged(place: Path) -> Iterator[None]:
    """All that is logged goes to a file, to be searched; what children print stands in their folders, below `place` too."""
    handler = logging.FileHandler(place / "log.txt", encoding="utf-8")
    root, level, usual = logging.getLogger(), logging.getLogger().level, tempfile.tempdir
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    tempfile.tempdir = str(place)
    try:
        yield
    finally:
        tempfile.tempdir = usual
        root.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def _add_earlier(library: Library, folder: Path) -> list[str]:
    library.add([folder / "good" / name for name in EARLIER])
    ended = [event for event in library.work() if isinstance(event, FileOutcome)]
    assert all(event.state is TaskState.DONE for event in ended), ended
    for event in ended:
        library.view(event.document_id, 1, 0, 10)
    gc.collect()
    return [event.document_id for event in ended]


def _state(library: Library, documents: Sequence[str]) -> str:
    """A digest of what is stored of some documents: rows, vectors and files."""
    digest = hashlib.sha256()
    marks = ", ".join("?" * len(documents))
    with closing(sqlite3.connect(library.storage / DATABASE)) as database:
        for sql in (STATE, PAGES):
            for row in database.execute(sql.format(marks), documents):
                digest.update(repr(row).encode())
    for path in sorted(library.storage.rglob("*")):
        if path.stem in documents:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _end(library: Library, row: Row) -> End:
    """Add one file, show its first page where it has one, then take it out again."""
    started = time.perf_counter()
    (task,) = library.add([row.path])
    end, message, text = _worked(library, task)
    seconds = time.perf_counter() - started
    unlocked = ""
    if row.password:
        library.retry(task.id, row.password)
        unlocked, _, text_inside = _worked(library, task)
        unlocked = f"{unlocked}, literals missing" if row.missing(text_inside) else unlocked
    library.clear_tasks()
    return End(row, end, message, text, unlocked, seconds)


def _worked(library: Library, task: Task) -> tuple[str, str, str]:
    """How the file of a task ended: TEXT or the reason, its sentence, its text."""
    outcomes = [event for event in library.work() if isinstance(event, FileOutcome)]
    outcome = outcomes[0] if outcomes else task
    added = [event.document_id for event in outcomes if event.state is TaskState.DONE]
    if not added:
        return outcome.reason or f"!{outcome.message}", outcome.message, ""
    text = "\n".join(stored.passage.text for document in added for stored in library.passages(document))
    library.view(added[0], library.passages(added[0])[0].passage.page, 0, 5)
    library.remove(added)
    return TEXT, "", text


def _print_ends(ends: Sequence[End]) -> None:
    for cls in sorted({end.row.cls for end in ends}):
        counted = Counter(end.end for end in ends if end.row.cls == cls)
        print(f"  {cls:16} {', '.join(f'{end} {count}' for end, count in counted.most_common())}")
    slow = [f"{end.row.path.name} {end.seconds:.0f} s" for end in ends if end.seconds > HANGS]
    _print_list(
        "crashes and errors without a name", [f"{e.row.path.name} {e.end}" for e in ends if e.end != TEXT and not e.is_named]
    )
    _print_list(f"over {HANGS:.0f} s", slow)
    _print_list("silently empty", [end.row.path.name for end in ends if end.end == TEXT and not end.text.strip()])
    unmet = [
        f"{e.row.path.name} ({e.row.expectation[:24]}): {e.end}{' ' + e.unlocked if e.unlocked else ''}"
        for e in ends
        if not is_met(e)
    ]
    verdict("expectation met", len(ends) - len(unmet), len(ends), MET)
    for line in unmet:
        print(f"  not: {line}")


def _print_list(what: str, found: Sequence[str]) -> None:
    print(f"{what}: {len(found)} {', '.join(found)}".rstrip() + f": {'FALLS SHORT' if found else 'holds'}")
