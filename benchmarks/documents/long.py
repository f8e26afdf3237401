"""Long documents through the real library: whole, within the bounds, with progress, and given up at once when asked."""

from __future__ import annotations

import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pypdf

from benchmarks.documents.corpus import bound
from benchmarks.documents.watching import Watch
from rag_app.library import Library
from rag_app.records import FileOutcome, Progress, TaskState
from tests.real_library import real_library

BOOK, TEN_THOUSAND = Path("good", "big_book-war-and-peace-1225p.txt"), Path("bad", "pdf_10000_pages.pdf")
LAID_TOGETHER, PAGES = Path("good", "pypdfsf_GeoTopo-komprimiert.pdf"), 1024
APP_MB, CHILD_MB, CANCEL_SECONDS = 1500.0, 1500.0, 2.0
STAGES = ("parsing", "embedding")


@dataclass
class Course:
    """How far a file came: the progress told in each stage, and how it ended."""

    told: dict[str, int] = field(default_factory=dict)
    end: FileOutcome | None = None


def long(folder: Path) -> None:
    """Print for each long document how it was read, how fast, by how much memory, and how soon a cancel took effect."""
    with tempfile.TemporaryDirectory(prefix="long-") as place:
        files = (folder / TEN_THOUSAND, _thousand_pages(folder / LAID_TOGETHER, Path(place)), folder / BOOK)
        with closing(real_library(Path(place, "library"))) as library:
            for path in files:
                _print_cancels(library, path)
                _print_whole(library, path)


def _thousand_pages(source: Path, place: Path) -> Path:
    """A PDF of 1,024 pages of real text: one of the corpus, again and again."""
    writer = pypdf.PdfWriter()
    pages = pypdf.PdfReader(source).pages
    for number in range(PAGES):
        writer.add_page(pages[number % len(pages)])
    path = place / f"pages_{PAGES}.pdf"
    writer.write(path)
    return path


def _print_cancels(library: Library, path: Path) -> None:
    """Cancel once while it is read and once while it is embedded."""
    for stage in STAGES:
        (task,) = library.add([path])
        asked = 0.0
        for event in library.work():
            if isinstance(event, Progress) and event.stage == stage and not asked:
                asked = time.perf_counter()
                threading.Thread(target=library.cancel, args=(task.id,)).start()
            if isinstance(event, FileOutcome):
                state = event.state.value
        bound(f"{path.name}: cancel while {stage} ({state})", time.perf_counter() - asked, CANCEL_SECONDS, "s")
        library.clear_tasks()


def _print_whole(library: Library, path: Path) -> None:
    library.add([path])
    watch, course, started = Watch(), Course(), time.perf_counter()
    for event in library.work():
        if isinstance(event, Progress):
            course.told[event.stage] = course.told.get(event.stage, 0) + 1
        else:
            course.end = event
    watch.end()
    end = course.end
    assert end is not None
    seconds = time.perf_counter() - started
    read = f"{end.pages:,} pages, {end.passages:,} passages" if end.state is TaskState.DONE else f"{end.reason} {end.message}"
    print(f"{path.name}: {read}, {seconds:.0f} s; progress told: {course.told}", flush=True)
    bound(f"{path.name}: app", watch.app_mb, APP_MB, "MB")
    bound(f"{path.name}: child", watch.child_mb, CHILD_MB, "MB")
