"""A document, its pages and passages, as parsed and as stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag_app.records.places import Continuation, PageBreak, Section, Stretch, stretches
from rag_app.records.rectangle import Rectangle

WITHIN = " › "  # between the name of a file and that of one that is enclosed in it


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page: the offsets of its words, and its level (1 is the highest)."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page: the offsets of its rows below the header, and the header, the names of its columns joined by ` | `."""

    start: int
    end: int
    header: str


@dataclass(frozen=True, slots=True)
class CellRows:
    """Rows of a sheet, one below the other and a line each: their offsets, the number of the first row (1 is the top one), and
    the names of the outermost columns."""

    start: int
    end: int
    row: int
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Running:
    """Words of a page that stand on its neighbours too, as headers and footers do, or only lead to others: their offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RecognizedLine:
    """A line that text recognition (OCR) read: the offsets of its words in the page's text, and its box on the page's picture.

    It runs to the right after `turns` quarter turns clockwise (1: it runs down). `places` are where its characters stand, in
    thousandths of its length; `confidence` (0 to 1) is the mean probability of its characters.
    """

    start: int
    end: int
    box: Rectangle
    turns: int
    places: tuple[int, ...]
    confidence: float

    @classmethod
    def of(cls, entry: Sequence[Any]) -> RecognizedLine:
        """The line whose fields, as JSON keeps them, are `entry`."""
        start, end, box, turns, places, confidence = entry
        return cls(start, end, Rectangle(*box), turns, tuple(places), confidence)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or sheet as it was read; a format without pages is one page.

    `tables` and `cells` are told to the splitting, and kept with the passages that hold their rows. `running` words are told to
    it too, and stand in no passage.
    `lines` are those that text recognition read; a page that was read without it has none.
    `continues`, told to the splitting too, says that the first words, headers aside, go on with a paragraph of the page before.
    """

    number: int
    text: str
    headings: tuple[Heading, ...] = ()
    tables: tuple[Table, ...] = ()
    cells: tuple[CellRows, ...] = ()
    running: tuple[Running, ...] = ()
    lines: tuple[RecognizedLine, ...] = ()
    continues: PageBreak | None = None

    @property
    def confidence(self) -> float | None:
        """The mean confidence of the page's characters where text recognition read it, else None."""
        if not self.lines:
            return None
        return sum(line.confidence * len(line.places) for line in self.lines) / sum(len(line.places) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file. `id` is the sha256 of the file, so the same file twice is the same document.

    `damage` is a sentence about what could not be read of a damaged file and what was recovered, empty for a sound one.
    """

    id: str
    name: str
    title: str
    media_type: str
    size: int
    pages: tuple[Page, ...]
    damage: str = ""


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file taken out of another: its name within that, where a copy lies for the moment; or the reason why there is none."""

    name: str
    path: Path
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one page, `text == page.text[start:end]`, small enough for the embedder. Not stored yet, so without an id.

    `cells` are the rows of a sheet in it, `tables` the tables that it holds rows of. Where it holds a sentence that a page break
    cuts, its text goes on with `rest`.
    """

    document_id: str
    page: int
    start: int
    end: int
    heading_path: tuple[str, ...]
    text: str
    cells: tuple[CellRows, ...] = ()
    rest: Continuation | None = None
    tables: tuple[Table, ...] = ()

    def places(self, start: int, end: int) -> tuple[Stretch, ...]:
        """Where its words from `start` to `end` stand: one stretch, or two over a page break.

        Both are counted from where its page's text begins, and on through the words on the next page.
        """
        if self.rest is None:
            return (Stretch(self.page, start, end),)
        shift = self.rest.start - self.start - self.rest.at
        first = Stretch(self.page, start, min(end, self.end))
        second = Stretch(self.rest.page, max(start + shift, self.rest.start), end + shift)
        return tuple(place for place in (first, second) if place.start < place.end)

    @property
    def whole(self) -> tuple[Stretch, ...]:
        """Where all of it stands: a stretch of a page, or of two."""
        return stretches(Stretch(self.page, self.start, self.end), self.rest)

    @property
    def home(self) -> Stretch:
        """Where most of it stands."""
        return max(self.whole, key=lambda place: place.end - place.start)


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with the integer that names it everywhere, and what a citation shows of its document.

    `section` tells where it stands in a document that has no pages to name. `file_name` is what the document's file is named
    where its name tells it apart from others named so, else empty.
    """

    id: int
    document_name: str
    document_title: str
    passage: Passage
    section: Section | None = None
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A row of the library. `added_at` is ISO 8601 in UTC, `size` in bytes, `language` one of `text.language`.

    `name` is what it is called, told apart from documents whose file is named the same; `file_name` is the file's own.
    `recognized_pages` counts those that text recognition (OCR) read, `confidence` is their mean (0 to 1), if there are any.
    """

    id: str
    name: str
    title: str
    media_type: str
    size: int
    pages: int
    passages: int
    collections: tuple[str, ...]
    added_at: str
    language: str
    file_name: str
    recognized_pages: int = 0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class DiskUse:
    """Bytes on the disk of the library: its original files, all the rest it keeps, and what is free."""

    originals: int
    rest: int
    free: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked of: a collection, chosen documents, or (both empty) the whole library; of these, with
    `language`, the documents in one."""

    collection: str | None = None
    document_ids: tuple[str, ...] = ()
    language: str = ""

    @property
    def names_several(self) -> bool:
        """Whether several documents were chosen."""
        return len(self.document_ids) > 1
