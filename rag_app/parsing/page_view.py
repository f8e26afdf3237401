"""A page as a picture, with the boxes of a quote on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing

from rag_app.errors import Reason
from rag_app.parsing.pdfium import PdfFile
from rag_app.parsing.source import Source
from rag_app.records import Rectangle

IMAGE_WIDTH = 1000
_LEFT_OUT = "-\u00ad\u2010\u2011\ufffe|"
_SHARED = 0.5
_CHARACTER_WIDTH = 1.0


def view_pdf(
    source: Source, page: int, text: str, start: int, end: int, *, draw: bool = True
) -> tuple[bytes, tuple[Rectangle, ...]]:
    """The page as PNG, and a rectangle a line for `text[start:end]`, where `text` is the page's text as it was read.

    Without `draw` the PNG is empty. Raises `DocumentError` when the file or the page cannot be opened any more.
    """
    with closing(PdfFile(source)) as file:
        if not 1 <= page <= file.page_count:
            raise source.refusal(Reason.NOT_FOUND, f"{{name}} has no page {page}. Add the file again.")
        order = [index for line in file.lines(page) for index in range(line.first, line.first + len(line.text))]
        spans = find_quote(file.characters(page), order, text, start, end)
        boxes = (box for span in spans for box in file.rectangles(page, *span))
        return file.image(page, width=IMAGE_WIDTH) if draw else b"", tuple(_one_a_line(boxes))


def find_quote(characters: str, order: Sequence[int], text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where `text[start:end]` stands among the characters of the page, which are read in `order`: a span for each stretch.

    Both are compared without white space, hyphens, control characters and what parts the cells of a table, which is all that
    reading changes; of several places the one nearest to the quote's own is taken.
    """
    places = [index for index in order if _counts(characters[index])]
    bare = "".join(characters[index] for index in places)
    quote = "".join(filter(_counts, text[start:end]))
    expected = sum(map(_counts, text[:start]))
    for written in (quote, "".join(character * 2 for character in quote)):  # the second where each was drawn twice
        found = _nearest(bare, written, expected) if written else None
        if found is not None:
            return _spans(places, places[found : found + len(written)])
    return []


def _spans(places: Sequence[int], quoted: Sequence[int]) -> list[tuple[int, int]]:
    """Quoted characters, of all that count, as spans that hold no others."""
    rank = {place: number for number, place in enumerate(sorted(places))}
    spans: list[tuple[int, int]] = []
    for before, place in zip((None, *quoted), quoted, strict=False):
        if before is not None and rank[place] == rank[before] + 1:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans


def _counts(character: str) -> bool:
    return character > " " and not character.isspace() and character.isprintable() and character not in _LEFT_OUT


def _nearest(bare: str, quote: str, expected: int) -> int | None:
    before = bare.rfind(quote, 0, expected + len(quote))
    after = bare.find(quote, expected)
    found = [place for place in (before, after) if place >= 0]
    return min(found, key=lambda place: abs(place - expected)) if found else None


def _one_a_line(boxes: Iterable[Rectangle]) -> list[Rectangle]:
    """Boxes joined where they follow each other on one line, or down a column of single characters; none off the page."""
    lines: list[Rectangle] = []
    for box in boxes:
        if box.left == box.right or box.top == box.bottom:
            continue
        if lines and (_on_one_line(lines[-1], box) or _in_one_column(lines[-1], box)):
            lines[-1] = _around(lines[-1], box)
        else:
            lines.append(box)
    return lines


def _on_one_line(one: Rectangle, other: Rectangle) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SHARED * min(one.bottom - one.top, other.bottom - other.top)


def _in_one_column(one: Rectangle, other: Rectangle) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    widest = max(one.right - one.left, other.right - other.left)
    tallest = max(one.bottom - one.top, other.bottom - other.top)
    return widest < _CHARACTER_WIDTH * (other.bottom - other.top + tallest) and shared > _SHARED * widest


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    left, top = min(one.left, other.left), min(one.top, other.top)
    return Rectangle(left, top, max(one.right, other.right), max(one.bottom, other.bottom))
