"""pdfium behind a few plain values: an open PDF, its lines, outline, page images, and where characters stand."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from rag_app.errors import Reason
from rag_app.parsing.pdf_lines import Line, OutlineEntry
from rag_app.parsing.pdfium_text import characters_of, lines_of
from rag_app.parsing.source import MEGABYTE, Source
from rag_app.records import Rectangle

_MAX_OUTLINE = 5000
_MOST_OBJECTS = 1000
_IMAGE = pdfium.FPDF_PAGEOBJ_IMAGE
_FINE = 1_000_000
_SMALL = 4 * MEGABYTE  # read at once, where pdfium would ask for it by 512 bytes


class PdfFile:
    """An open PDF; pages count from 1. Close it when done."""

    def __init__(self, source: Source) -> None:
        """Open it. Raises `DocumentError` for one that is locked or that pdfium cannot open."""
        is_small = source.path.stat().st_size <= _SMALL
        content = source.path.read_bytes() if is_small else source.path
        self._open = partial(pypdfium2.PdfDocument, content, password=source.password or None)
        try:
            self._document = self._open()
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

    def finds_all_pages(self) -> bool:
        """Whether each page is found. Where not, those that are depend on the order in which pages were asked for; so the file is
        opened anew."""
        size = pdfium.FS_SIZEF()
        if all(pdfium.FPDF_GetPageSizeByIndexF(self._document, index, size) for index in range(self.page_count)):
            return True
        self._document.close()
        self._document = self._open()
        return False

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
                return tuple(lines_of(page, text_page))
        except pypdfium2.PdfiumError:
            self.lost_pages.append(number)
            return ()

    def characters(self, number: int) -> str:
        """The characters of a page, one for each that pdfium counts. Raises `DocumentError` as `image` does."""
        with self._text_page(number) as (_, text_page):
            return characters_of(text_page)

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

    def _loaded(self, number: int) -> Any:
        """A page's handle, to be closed. Raises `PdfiumError` where pdfium cannot read the page."""
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        if page and self._has_form and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            pdfium.FPDF_ClosePage(page)  # what was filled in is a part of the page from now on, once it is loaded anew
            page = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not page:
            raise pypdfium2.PdfiumError(f"page {number} cannot be loaded")
        return page

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        if self._has_form:
            pdfium.FPDF_ClosePage(self._loaded(number))  # from now on what was filled in is a part of the page
        with closing(self._document[number - 1]) as page:
            yield page

    @contextmanager
    def _text_page(self, number: int) -> Iterator[tuple[Any, Any]]:
        """The handles of a page and of its text."""
        page = self._loaded(number)
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            if not text_page:
                raise pypdfium2.PdfiumError(f"the text of page {number} cannot be loaded")
            yield page, text_page
        finally:
            pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(page)


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
