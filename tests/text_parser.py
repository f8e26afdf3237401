"""A parser that works, for tests: a form feed parts pages, and some words make it fail as real files do.

A line `HOLDS name: text` is a file within the file; in its text ` // ` stands for the end of a line.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from tempfile import NamedTemporaryFile

from rag_app.errors import DocumentError, Reason, Stopped
from rag_app.interfaces import PageProgress, Stop
from rag_app.records import WITHIN, Document, EnclosedFile, Page


def _nothing() -> None:
    return None


class TextParser:
    """`at_page` is called before each page, so that a test can act in the middle of a file."""

    def __init__(self, at_page: Callable[[], None] = _nothing) -> None:
        self._at_page = at_page
        self.rests = 0

    def parse(
        self, path: Path, *, name: str, document_id: str, progress: PageProgress, stop: Stop, password: str = ""
    ) -> Document:
        text = path.read_text(encoding="utf-8")
        if text.startswith("LOCKED") and password != "open sesame":
            raise DocumentError(Reason.PASSWORD_NEEDED, f"{name} is locked. Give its password.")
        if text.startswith("DAMAGED"):
            raise DocumentError(Reason.DAMAGED, f"{name} is damaged. Save it again.")
        if text.startswith("DEFECT"):
            raise ZeroDivisionError("the parser has a defect")
        pages = text.split("\f")
        for number, _ in enumerate(pages, 1):
            self._at_page()
            if stop():
                raise Stopped(f"{name} was stopped.")
            progress(number, len(pages))
        read = tuple(Page(number, page) for number, page in enumerate(pages, 1))
        return Document(document_id, name, name.removesuffix(".txt"), "text/plain", path.stat().st_size, read)

    def enclosed(
        self, path: Path, *, name: str, media_type: str, stop: Stop, password: str
    ) -> Generator[EnclosedFile, None, None]:
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("HOLDS "):
                inner, _, text = line.removeprefix("HOLDS ").partition(": ")
                with NamedTemporaryFile("w", encoding="utf-8") as copy:
                    copy.write(text.replace(" // ", "\n", 1))
                    copy.flush()
                    yield EnclosedFile(f"{name}{WITHIN}{inner}", Path(copy.name), "", "")

    def rest(self) -> None:
        self.rests += 1
