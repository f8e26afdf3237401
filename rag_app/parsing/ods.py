"""OpenDocument spreadsheets: a page a sheet, read row by row, cells as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from rag_app.parsing.blocks import text_of
from rag_app.parsing.cleaning import raised
from rag_app.parsing.odt_walk import Walk, raised_styles
from rag_app.parsing.open_document_password import refuse_locked
from rag_app.parsing.package import Node, Package, attribute, local, number, opened, walked
from rag_app.parsing.sheets import Sheet, cell_name
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text
from rag_app.records import Page

_CONTENT = "content.xml"
_BOOK = "spreadsheet"
_VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")
_MOST_TIMES = 1_000


def read_ods(source: Source) -> OpenedFile:
    """A spreadsheet, a page a sheet. Raises `DocumentError`."""
    with opened(source) as package:
        refuse_locked(source, package)
        count = sum(_is_sheet(node) for node in package.each(_CONTENT, "table", "table-row"))
        if not count:
            package.unread()
    source.check_pages(count)
    return OpenedFile(PurePath(source.name).stem, count, _pages(source))


def _pages(source: Source) -> Iterator[Page]:
    found_text = False
    place = 1
    with opened(source) as package:
        reader = _Reader(package, Sheet(source, place))
        for node in package.each(_CONTENT, "style", "table", "table-row", "shapes"):
            if not _is_sheet(node):
                reader.take(node)
                continue
            page = reader.sheet.page(attribute(node, "name"))
            found_text = found_text or bool(page.text)
            yield page
            place += 1
            reader = _Reader(package, Sheet(source, place), reader.raised_styles)
        if not found_text:
            package.unread()


def _is_sheet(node: Node) -> bool:
    above = node.getparent()
    return local(node) == "table" and above is not None and local(above) == _BOOK


class _Reader:
    """Reads the rows of a sheet, and what lies on it, one after the other."""

    def __init__(self, package: Package, sheet: Sheet, raised_styles: frozenset[str] = frozenset()) -> None:
        self.sheet = sheet
        self.raised_styles = raised_styles
        self._package = package
        self._row = 1

    def take(self, node: Node) -> None:
        """Read a style, a row, or the shapes of the sheet."""
        if local(node) == "style":
            self.raised_styles |= raised_styles(node)
        elif local(node) == "shapes":
            self._read_shapes(node)
        elif local(node) == "table-row":
            self._read_row(node)

    def _read_row(self, row: Node) -> None:
        cells: dict[int, str] = {}
        column = 0
        spans: list[tuple[int, int]] = []
        for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            times = number(attribute(cell, "number-columns-repeated"), 1)
            text = _text(cell, self.raised_styles)
            if text:
                cells.update(dict.fromkeys(range(column, column + min(times, _MOST_TIMES)), text))
                spans.append((column, number(attribute(cell, "number-rows-spanned"), 1)))
            self._read_aside(cell, column)
            column += times
        times = number(attribute(row, "number-rows-repeated"), 1)
        for place in range(self._row, self._row + min(times, _MOST_TIMES)) if cells else ():
            self.sheet.add_row(place, cells)
        for column, rows in spans:
            self.sheet.merge(column, self._row, self._row + rows - 1)
        self._row += times

    def _read_aside(self, cell: Node, column: int) -> None:
        """A comment on a cell, and what is drawn over it."""
        for node in cell:
            if local(node) == "annotation":
                words = text_of(Walk(None).blocks(node))
                self.sheet.add_note(f"{cell_name(column, self._row)}: {words}")
            elif local(node) not in ("p", "table"):
                self._read_shapes(node)

    def _read_shapes(self, node: Node) -> None:
        self.sheet.add_note(text_of(Walk(None).blocks(node)))
        for held in node.iter("{*}object"):
            content = self._package.xml(f"{attribute(held, 'href').removeprefix('./')}/{_CONTENT}")
            titles = content.iter("{*}title") if content is not None else ()
            self.sheet.add_note("; ".join(" ".join("".join(title.itertext()).split()) for title in titles))


def _text(cell: Node, raised_ones: frozenset[str]) -> str:
    """What a cell shows; of a cell that was never shown, its value."""
    if not len(cell) and not cell.attrib:
        return ""
    shown = cell_text("\n".join(_words(paragraph, raised_ones) for paragraph in cell.iterchildren("{*}p")))
    return shown or cell_text(next(filter(None, (attribute(cell, name) for name in _VALUES)), ""))


def _words(paragraph: Node, raised_ones: frozenset[str]) -> str:
    """The text of a paragraph, raised digits apart from the number before them."""
    if not raised_ones or not len(paragraph):
        return "".join(paragraph.itertext())
    words = [paragraph.text or ""]
    for event, node in walked(paragraph):
        if node is not paragraph:
            text = (node.text if event == "start" else node.tail) or ""
            is_raised = event == "start" and attribute(node, "style-name") in raised_ones
            words.append(raised(words, text) if is_raised else text)
    return "".join(words)
