"""What a reader of a format is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rag_app.errors import DocumentError, Reason
from rag_app.records import Page

if TYPE_CHECKING:
    from rag_app.parsing.pdf_ahead import ReadingAhead

MEGABYTE = 1024 * 1024
LONGEST_TITLE = 200
TOO_MUCH_MEMORY = "{name} needs more memory to be read than is allowed. Split it into parts, or raise parse_memory_mb."


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where its copy lies, what the user calls it, how many pages it may have, and what opens it.

    With `ocr` pages without text are read by text recognition. Whatever takes long calls `still_working` now and then, and a
    long sheet `tell_rows` with how many rows are read so far. `ahead` reads pages of a PDF where there is another processor.
    """

    path: Path
    name: str
    max_pages: int
    password: str = field(default="", repr=False)
    ocr: bool = True
    still_working: Callable[[], None] = field(default=lambda: None, repr=False)
    tell_rows: Callable[[int], None] = field(default=lambda rows: None, repr=False)
    ahead: ReadingAhead | None = field(default=None, repr=False)

    def locked(self, reason: Reason) -> DocumentError:
        """The error about a file that does not open with the password given, or for want of one."""
        if self.password:
            return self.refusal(reason, "{name} does not open with that password. Check it and try again.")
        return self.refusal(reason, "{name} is locked with a password. Give it, or save the file without one and add it again.")

    def check_pages(self, count: int) -> None:
        """Raise `DocumentError` if the file has more pages, slides or sheets than it may have."""
        if count > self.max_pages:
            raise self.refusal(
                Reason.TOO_MANY_PAGES,
                f"{{name}} has {count} pages, more than the {self.max_pages} allowed. Split it, or raise max_pages.",
            )

    def refusal(self, reason: Reason, sentence: str) -> DocumentError:
        """An error about this file; `{name}` in `sentence` stands for what the user calls it."""
        return DocumentError(reason, sentence.replace("{name}", self.name))


def _sound() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that could be opened. `title` is its own (empty if it names none); the pages are read as they are asked for.

    Taking a page may raise `DocumentError`. Once all are taken, `damage()` tells what could not be read, in a sentence.
    """

    title: str
    page_count: int
    pages: Iterator[Page]
    damage: Callable[[], str] = _sound


FormatReader = Callable[[Source], OpenedFile]
