"""OpenDocument spreadsheets: a page a sheet, read row by row, cells as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from rag_app.parsing.blocks import text_of
from rag_app.parsing.cleaning import raised, struck, without_seams
from rag_app.parsing.odt_looks import Looks
from rag_app.parsing.odt_walk import Walk
from rag_app.parsing.open_document_password import refuse_locked
from rag_app.parsing.package import Node, Package, attribute, local, number, opened, walked
from rag_app.parsing.sheets import Sheet, cell_name
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text
from rag_app.records import Page

_CONTENT, _STYLES = "content.xml", "styles.xml"
_BOOK = "spreadsheet"
_VALUES = ("string-value", "date-value", "time-value", "boolean-value", "value")
_OF_CELLS = "default-cell-style-name"
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
        looks = Looks(package.xml(_STYLES))
        reader = _Reader(package, Sheet(source, place), looks)
        for node in package.each(_CONTENT, "style", "table", "table-column", "table-row", "shapes"):
            if not _is_sheet(node):
                reader.take(node)
                continue
            page = reader.sheet.page(attribute(node, "name"))
            found_text = found_text or bool(page.text)
            yield page
            place += 1
            reader = _Reader(package, Sheet(source, place), looks)
        if not found_text:
            package.unread()


def _is_sheet(node: Node) -> bool:
    above = node.getparent()
    return local(node) == "table" and above is not None and local(above) == _BOOK


class _Reader:
    """Reads the rows of a sheet, and what lies on it, one after the other."""

    def __init__(self, package: Package, sheet: Sheet, looks: Looks) -> None:
        self.sheet = sheet
        self._looks = looks
        self._package = package
        self._row = 1
        self._columns = 0
        self._struck_columns = set[int]()

    def take(self, node: Node) -> None:
        """Read a style, a column, a row, or the shapes of the sheet."""
        if local(node) == "style":
            self._looks.add(node)
        elif local(node) == "shapes":
            self._read_shapes(node)
        elif local(node) == "table-row":
            self._read_row(node)
        elif local(node) == "table-column":
            times = number(attribute(node, "number-columns-repeated"), 1)
            if self._looks.strikes(attribute(node, _OF_CELLS)):
                self._struck_columns |= {*range(self._columns, self._columns + min(times, _MOST_TIMES))}
            self._columns += times

    def _read_row(self, row: Node) -> None:
        cells: dict[int, str] = {}
        column, of_row = 0, attribute(row, _OF_CELLS)
        spans: list[tuple[int, int]] = []
        for cell in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            times = number(attribute(cell, "number-columns-repeated"), 1)
            is_struck = self._looks.strikes(attribute(cell, "style-name") or of_row, column in self._struck_columns)
            text = _text(cell, self._looks, is_struck)
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


def _text(cell: Node, looks: Looks, is_struck: bool) -> str:
    """What a cell shows; of a cell that was never shown, its value."""
    if not len(cell) and not cell.attrib:
        return ""
    shown = cell_text("\n".join(_words(paragraph, looks, is_struck) for paragraph in cell.iterchildren("{*}p")))
    if shown:
        return shown if looks.are_plain else without_seams(shown)
    value = cell_text(next(filter(None, (attribute(cell, name) for name in _VALUES)), ""))
    return struck(value) if is_struck else value


def _words(paragraph: Node, looks: Looks, is_struck: bool) -> str:
    """The text of a paragraph, raised digits apart from the number before them, and what is struck out between its marks."""
    if looks.are_plain:
        return "".join(paragraph.itertext())
    words, open_ones = list[str](), [is_struck]
    for event, node in walked(paragraph):
        if event == "start":
            open_ones.append(looks.is_struck(node, open_ones[-1]))
            text = node.text or ""
        else:
            open_ones.pop()
            text = (node.tail or "") if node is not paragraph else ""
        text = struck(text) if open_ones[-1] else text
        words.append(raised(words, text) if event == "start" and looks.is_raised(node) else text)
    return "".join(words)
