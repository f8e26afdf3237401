"""Hostile file names: stored under ids, shown escaped, nothing outside the library's folder."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timezone
from html.parser import HTMLParser
from pathlib import Path

from benchmarks.documents.corpus import verdict
from benchmarks.documents.watching import canaries, listening
from rag_app.ingestion.paths import readable
from rag_app.records import TaskState
from rag_app.store import Store
from rag_app.ui.importing import Importing
from rag_app.ui.language import Language, Wording
from rag_app.ui.listing import ALL_BY_NAME, excerpt
from rag_app.ui.rendering.table import table_html
from rag_app.ui.screen import Visit
from rag_app.ui.shelf_panels import ShelfPanels
from tests.small_library import small_library

MADE = (
    "../../etc/cron.d/x",
    "..\\..\\windows\\system32\\x.txt",
    "/etc/passwd",
    "..",
    "",
    " ",
    "\x00.txt",
    "a\x00b.txt",
    "a\rb\tc.txt",
    "\x1b[31mred.txt",
    "\u200b.txt",
    "e\u0301.txt",
    "\u00e9.txt",
    "\udc80lone.txt",
    '"><script>window.__xss=1</script>.txt',
    "' onmouseover='window.__xss=1.txt",
    "&lt;b&gt;.txt",
    "javascript:alert(1).txt",
    "file:///etc/passwd",
    "\\\\127.0.0.1\\share\\x.txt",
    "*.txt",
    "?.txt",
    ".htaccess",
    ".git/config",
    "settings.json",
    "library.db",
    "ingestion.lock",
    "x" * 5000 + ".txt",
    "👨‍👩‍👧‍👦.txt",
    "(1) OR 1=1.txt",
)
COUNT = 60
KEPT = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,12})?")


def names(folder: Path) -> None:
    """Print how many names of the corpus and of ours are stored under ids and shown escaped."""
    listed = json.loads((folder / "bad" / "_upload_names.json").read_text(encoding="utf-8"))
    hostile = [entry["upload_name"] for entry in listed]
    hostile += MADE[: max(0, COUNT - len(hostile))]
    with tempfile.TemporaryDirectory(prefix="names-") as place, listening() as callers:
        outside = Path(place)
        storage = outside / "library"
        stored = [_store(storage, name, number) for number, name in enumerate(hostile)]
        with closing(small_library(storage)) as library:
            done = sum(getattr(event, "state", None) is TaskState.DONE for event in library.work())
            documents = library.documents()
            panels = ShelfPanels(library, Importing(library), None)
            wide = excerpt(documents, {}, ALL_BY_NAME, rows=COUNT)
            table = table_html(Wording(Language.ENGLISH), wide, {}, ALL_BY_NAME, "", datetime.now(timezone.utc))
            shown = table + str(panels.queue(Visit("", Language.CHINESE)).queue)
        kept = [path.name for path in (storage / "files").rglob("*")]
        strangers = [path.name for path in outside.iterdir() if path != storage]
    verdict("hostile names stored under an id", sum(map(bool, map(KEPT.fullmatch, kept))), len(hostile), 1.0)
    verdict("hostile names read to the end", done, len(set(stored)), 1.0)
    verdict("hostile names shown as they are", _shown(shown, [document.name for document in documents]), len(hostile), 1.0)
    print(f"elements or attributes that no page has: {_Page.of(shown).strange}")
    print(f"files outside of the library: {strangers}; canaries: {canaries()}; connections: {len(callers)}")


def _store(storage: Path, name: str, number: int) -> str:
    """Queue a text under a name that no file system would take, as an upload or an attachment may bring it."""
    with closing(Store(storage)) as store:
        source = storage / "upload"
        source.write_text(f"These are the words of upload {number}.", encoding="utf-8")
        copy = store.files.copy(source)
        source.unlink()
        return store.queue(copy, name=readable(name), path=readable(name), collection=None).document_id


def _shown(html: str, wanted: Sequence[str]) -> int:
    text = _Page.of(html).text
    return sum(name.encode("utf-8", "replace").decode().replace("\x00", "\ufffd") in text for name in wanted)


class _Page(HTMLParser):
    """The words of a page, and the elements and attributes that Footnote never writes."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.strange: list[str] = []

    @classmethod
    def of(cls, html: str) -> _Page:
        page = cls()
        page.feed(html)
        return page

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text += "\n"
        if tag in ("script", "img", "a", "iframe", "object") or any(name.startswith("on") for name, _ in attrs):
            self.strange.append(tag)
