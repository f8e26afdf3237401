"""What a person is shown besides answers: pages, and the doctor's findings."""

from __future__ import annotations

from dataclasses import dataclass

from rag_app.records.documents import StoredPassage
from rag_app.records.rectangle import Rectangle


@dataclass(frozen=True, slots=True)
class PageView:
    """A page to show: a PNG of it where the format has pages, its text, and where the quote stands in both.

    `start` and `end` are offsets of the quote in `text`; `rectangles` mark it on the image. `confidence` (0 to 1) says how surely
    text recognition (OCR) read the page; None for one that was read without it.
    """

    document_id: str
    document_name: str
    page: int
    pages: int
    text: str
    start: int
    end: int
    image: bytes | None
    rectangles: tuple[Rectangle, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the doctor's report: what was looked at, whether it is well, and what to do where it is not."""

    subject: str
    is_well: bool
    message: str


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A passage on a map: its place (0 to 1, origin at the top left), and the cosine of its vector and the question's."""

    stored: StoredPassage
    x: float
    y: float
    likeness: float


@dataclass(frozen=True, slots=True)
class PassageMap:
    """The passages around a question, `x` and `y` the question's own place. `shown` is the share (0 to 1) of the differences
    between the vectors that can be seen on the plane; the rest is lost."""

    x: float
    y: float
    points: tuple[MapPoint, ...]
    shown: float
