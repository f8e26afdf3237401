"""pdfium behind a few plain values: an open PDF, its lines, outline, page images, and where characters stand."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from rag_app.errors import Reason
from rag_app.parsing.pdf_columns import in_reading_order, middle_spaces
from rag_app.parsing.pdf_lines import Line, OutlineEntry
from rag_app.parsing.source import Source
from rag_app.records import Rectangle

_MAX_OUTLINE = 5000
_MOST_OBJECTS = 1000
_IMAGE = pdfium.FPDF_PAGEOBJ_IMAGE
_FINE = 1_000_000
_FONT_NAME = 100
_REGULAR, _BOLD = 400, 700
_BREAK = "\r\n"
_TURNED: Mapping[int, Callable[[float, float], tuple[float, float]]] = {
    0: lambda x, y: (x, -y),
    90: lambda x, y: (y, x),
    180: lambda x, y: (-x, y),
    270: lambda x, y: (-y, -x),
}


class PdfFile:
    """An open PDF; pages count from 1. Close it when done."""

    def __init__(self, source: Source) -> None:
        """Open it. Raises `DocumentError` for one that is locked or that pdfium cannot open."""
        try:
            self._document = pypdfium2.PdfDocument(source.path, password=source.password or None)
        except pypdfium2.PdfiumError as error:
            if error.err_code == pdfium.FPDF_ERR_PASSWORD:
                raise source.locked(Reason.PASSWORD_NEEDED) from error
            raise source.refusal(
                Reason.DAMAGED, "{name} is damaged: it cannot be opened as a PDF. Get it again from where it came from."
            ) from error
        self.page_count = len(self._document)
        self.lost_pages: list[int] = []
        self._has_form = self._document.get_formtype() != pdfium.FORMTYPE_NONE

    def close(self) -> None:
        """Free what pdfium holds of it."""
        self._document.close()

    @property
    def title(self) -> str:
        """The title in its metadata, or empty."""
        return str(self._document.get_metadata_value("Title"))

    def outline(self) -> tuple[OutlineEntry, ...]:
        """The entries of its outline that lead to a page, the first few thousand."""
        found = []
        for bookmark in islice(self._document.get_toc(), _MAX_OUTLINE):
            target = bookmark.get_dest()
            index = target.get_index() if target else None
            if index is not None:
                found.append(OutlineEntry(bookmark.get_title(), bookmark.level + 1, index + 1))
        return tuple(found)

    def lines(self, number: int) -> tuple[Line, ...]:
        """The lines of a page as they are read; none if the page cannot be loaded, which is kept in `lost_pages`."""
        try:
            with self._text_page(number) as (page, text_page):
                return tuple(_lines(page, text_page))
        except pypdfium2.PdfiumError:
            self.lost_pages.append(number)
            return ()

    def characters(self, number: int) -> str:
        """The characters of a page, one for each that pdfium counts. Raises `DocumentError` as `image` does."""
        with self._text_page(number) as (_, text_page):
            return _characters(text_page)

    def image(self, number: int, *, width: int) -> bytes:
        """The page as a PNG of about `width` pixels."""
        with self._page(number) as page:
            scale = width / max(page.get_width(), page.get_height() / 4, 1)
            bitmap = page.render(scale=scale)
            png = io.BytesIO()
            bitmap.to_pil().save(png, "PNG")
            return png.getvalue()

    def picture(self, number: int, *, dpi: float, most_pixels: int) -> Any:
        """The page as an array in red, green and blue, shape (height, width, 3), of at most so many pixels."""
        with self._page(number) as page:
            inches = max(page.get_width() * page.get_height() / 72**2, 1e-6)
            bitmap = page.render(scale=min(dpi, (most_pixels / inches) ** 0.5) / 72, rev_byteorder=True)
            return bitmap.to_numpy()[..., :3].copy()

    def shares(self, number: int) -> tuple[int, float]:
        """How many things are drawn on the page (the first thousand), and which share of it the largest image covers."""
        with self._page(number) as page:
            kinds = [(each.type, each.get_bounds()) for each in islice(page.get_objects(max_depth=2), _MOST_OBJECTS)]
            area = max(page.get_width() * page.get_height(), 1.0)
            covered = [abs((right - left) * (top - bottom)) for kind, (left, bottom, right, top) in kinds if kind == _IMAGE]
            return len(kinds), max(covered, default=0.0) / area

    def rectangles(self, number: int, start: int, end: int) -> tuple[Rectangle, ...]:
        """Boxes of the characters from `start` to `end`, a few a line."""
        with self._text_page(number) as (page, text_page):
            count = pdfium.FPDFText_CountRects(text_page, start, end - start)
            return tuple(_rectangle(page, text_page, index) for index in range(count))

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        page = self._document[number - 1]
        if self._has_form and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            page.close()  # what was filled in is a part of the page from now on, once it is loaded anew
            page = self._document[number - 1]
        try:
            yield page
        finally:
            page.close()

    @contextmanager
    def _text_page(self, number: int) -> Iterator[tuple[Any, Any]]:
        with self._page(number) as page:
            text_page = page.get_textpage()
            try:
                yield page, text_page
            finally:
                text_page.close()


def _characters(text_page: Any) -> str:
    """One character of text for each of pdfium's; the quick way where the two counts agree."""
    count = text_page.count_chars()
    text = str(text_page.get_text_range())
    if len(text) == count:
        return text
    handle = text_page.raw
    codes = (pdfium.FPDFText_GetUnicode(handle, index) for index in range(count))
    return "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)


class _Places:
    """Where and how characters of a page stand, asked with buffers that are made once."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._handle = text_page.raw
        self._turn = _TURNED[page.get_rotation()]
        self._box, self._x, self._y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self._font, self._flags = ctypes.create_string_buffer(_FONT_NAME), ctypes.c_int()

    def line(self, words: str, first: int) -> Line:
        """The line of `words`, the first of which is the page's character `first`."""
        last = first + len(words) - 1
        left, _, top, size = self._place(first)
        _, right, bottom, _ = self._place(last)
        return Line(words, left, right, top, bottom, size, self._weight(first), self._weight(last), first)

    def gaps(self, line: Line) -> list[tuple[float, float, int]]:
        """The left and right end of each space in the middle half of a line, and where in its text it stands."""
        spaces = list(middle_spaces(line.text))
        before = (self._ends(line.first + place - 1)[1] for place in spaces)
        after = (self._ends(line.first + place + 1)[0] for place in spaces)
        return list(zip(before, after, spaces, strict=True))

    def _ends(self, index: int) -> tuple[float, float]:
        """The left and right end of a character on the page as it is turned."""
        pdfium.FPDFText_GetLooseCharBox(self._handle, index, self._box)
        x1, x2 = self._turn(self._box.left, self._box.bottom)[0], self._turn(self._box.right, self._box.top)[0]
        return min(x1, x2), max(x1, x2)

    def cut(self, line: Line, place: int) -> tuple[Line, Line]:
        """The two lines before and after a space."""
        return self.line(line.text[:place], line.first), self.line(line.text[place + 1 :], line.first + place + 1)

    def _place(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, base line and size of a character on the page as it is turned, downwards counting up."""
        box, turn = self._box, self._turn
        pdfium.FPDFText_GetLooseCharBox(self._handle, index, box)
        pdfium.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        (x1, y1), (x2, y2) = turn(box.left, box.bottom), turn(box.right, box.top)
        return min(x1, x2), max(x1, x2), turn(self._x.value, self._y.value)[1], abs(y2 - y1)

    def _weight(self, index: int) -> int:
        """How bold a character is, from 100 to 900; by the name of its font where the font does not tell."""
        weight = int(pdfium.FPDFText_GetFontWeight(self._handle, index))
        if weight > 0:
            return weight
        pdfium.FPDFText_GetFontInfo(self._handle, index, self._font, _FONT_NAME, self._flags)
        return _BOLD if b"bold" in self._font.value.lower() else _REGULAR


def _lines(page: Any, text_page: Any) -> Sequence[Line]:
    places, found = _Places(page, text_page), list[Line]()
    offset = 0
    for piece in _characters(text_page).split(_BREAK):
        words = piece.strip()
        if words:
            found.append(places.line(words, offset + len(piece) - len(piece.lstrip())))
        offset += len(piece) + len(_BREAK)
    return in_reading_order(found, places.gaps, places.cut)


def _rectangle(page: Any, text_page: Any, index: int) -> Rectangle:
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetRect(text_page, index, left, top, right, bottom)
    (x1, y1), (x2, y2) = _share(page, left, top), _share(page, right, bottom)
    return Rectangle(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _share(page: Any, x: ctypes.c_double, y: ctypes.c_double) -> tuple[float, float]:
    """A point as shares of the page's width and height as shown, from the top left, kept within the page."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return min(1.0, max(0.0, across.value / _FINE)), min(1.0, max(0.0, down.value / _FINE))
