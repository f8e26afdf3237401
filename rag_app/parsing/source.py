"""What a reader of a format is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag_app.errors import DocumentError, Reason
from rag_app.records import Page

MEGABYTE = 1024 * 1024
TOO_MUCH_MEMORY = "{name} needs more memory to be read than is allowed. Split it into parts, or raise parse_memory_mb."


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where its copy lies, what the user calls it, and how many pages it may have."""

    path: Path
    name: str
    max_pages: int

    def refusal(self, reason: Reason, sentence: str) -> DocumentError:
        """An error about this file; `{name}` in `sentence` stands for what the user calls it."""
        return DocumentError(reason, sentence.replace("{name}", self.name))


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that could be opened. `title` is its own (empty if it names none); the pages are read as they are asked for.

    Taking a page may raise `DocumentError`.
    """

    title: str
    page_count: int
    pages: Iterator[Page]


Reader = Callable[[Source], Reading]
