"""Excel workbooks: a page a sheet, the sheet's name its heading, its rows as lines, what its cells show as text.

Cells are read as they come, so sheets with a cell in the last row or column take no longer than others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from rag_app.errors import Reason
from rag_app.parsing.cleaning import raised, struck, without_seams
from rag_app.parsing.drawings import drawn_on
from rag_app.parsing.number_formats import BUILT_IN, plain, shown
from rag_app.parsing.package import Node, Package, Relation, attribute, local, number, opened, relation_of
from rag_app.parsing.sheets import Sheet
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text
from rag_app.records import Page

_BOOK, _BINARY_BOOK = "xl/workbook.xml", "xl/workbook.bin"
_LONGEST_FORMAT = 255
_OFF = ("0", "false")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of a workbook refer to: its strings, also as cells that are struck out have them where there are
    such cells, the format of each style, which styles are bold or struck out, and the day that dates count from."""

    strings: Sequence[str]
    struck_strings: Mapping[int, str]
    formats: Sequence[str]
    bold: Collection[str]
    struck: Collection[str]
    since_1904: bool


def read_xlsx(source: Source) -> OpenedFile:
    """A workbook, a page a sheet, hidden ones too. Raises `DocumentError`."""
    with opened(source) as package:
        book = _book_part(package)
        if book not in package.names and _BINARY_BOOK in package.names:
            raise source.refusal(
                Reason.UNSUPPORTED, "{name} is a binary Excel workbook, which Footnote does not read. Save it as XLSX."
            )
        count = len(list(package.each(book, "sheet")))
        if not count:
            package.unread()
    source.check_pages(count)
    return OpenedFile(PurePath(source.name).stem, count, _pages(source))


def _book_part(package: Package) -> str:
    return next(iter(package.related("", "officeDocument")), _BOOK)


def _pages(source: Source) -> Iterator[Page]:
    found_text = False
    with opened(source) as package:
        part = _book_part(package)
        book, relations = _book(package, part), package.relations(part)
        for place, entry in enumerate(package.each(part, "sheet"), 1):
            sheet = Sheet(source, place)
            _read_sheet(package, relations.get(relation_of(entry), Relation("", "")).target, book, sheet)
            page = sheet.page(attribute(entry, "name"))
            found_text = found_text or bool(page.text)
            yield page
        if not found_text:
            package.unread()


def _book(package: Package, name: str) -> _Book:
    styles = [package.xml(part) for part in package.related(name, "styles")]
    formats = [code for root in styles for code in _formats(root)]
    bold, crossed = ({style for root in styles for style in _of_font(root, sign)} for sign in ("b", "strike"))
    dates = [attribute(settings, "date1904") for settings in package.each(name, "workbookPr")]
    strings, struck_strings = list[str](), dict[int, str]()
    for item in (item for part in package.related(name, "sharedStrings") for item in package.each(part, "si")):
        if crossed:
            struck_strings[len(strings)] = _string(item, is_struck=True)
        strings.append(_string(item))
    return _Book(strings, struck_strings, formats, bold, crossed, dates in (["1"], ["true"]))


def _string(item: Node, *, is_struck: bool = False) -> str:
    """A text, and after it how its characters are read aloud where the workbook tells (furigana).

    What has no look of its own has that of the cell, which may be struck out.
    """
    text: list[str] = []
    reading: list[str] = []
    has_struck = False
    for part in item.iter("{*}t"):
        run, words = part.getparent(), part.text or ""
        if local(run) == "rPh":
            reading.append(words)
            continue
        look = run.find("{*}rPr")
        if is_struck if look is None else any(sign.get("val") not in _OFF for sign in look.iterfind("{*}strike")):
            words, has_struck = struck(words), True
        is_raised = look is not None and any(sign.get("val") == "superscript" for sign in look.iterfind("{*}vertAlign"))
        text.append(raised(text, words) if is_raised else words)
    shown = cell_text(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(text)) + " " + "".join(reading))
    return without_seams(shown) if has_struck else shown


def _formats(styles: Node | None) -> Iterator[str]:
    """The number format of each cell style."""
    if styles is None:
        return
    own = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in styles.iter("{*}numFmt")}
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        identifier = style.get("numFmtId", "0")
        code = own.get(identifier) or BUILT_IN.get(number(identifier, 0), "")
        yield code if len(code) <= _LONGEST_FORMAT and code != "General" else ""


def _of_font(styles: Node | None, look: str) -> Iterator[str]:
    """The numbers of the cell styles whose letters have a look: bold, or struck out."""
    if styles is not None:
        fonts = styles.iterfind("{*}fonts/{*}font")
        bold = [any(sign.get("val") not in _OFF for sign in font.iterfind(f"{{*}}{look}")) for font in fonts]
        for place, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
            font = number(style.get("fontId", ""), -1)
            if 0 <= font < len(bold) and bold[font]:
                yield str(place)


def _read_sheet(package: Package, name: str, book: _Book, sheet: Sheet) -> None:
    row = 0
    for node in package.each(name, "row", "mergeCell", "autoFilter"):
        if node.tag.endswith("}mergeCell"):
            _merge(sheet, node.get("ref", ""))
        elif node.tag.endswith("}autoFilter"):
            _mark(sheet, node)
        else:
            row = number(node.get("r", ""), row + 1)
            _read_row(node, row, book, sheet)
    for part in package.related(name, "table"):
        for table in package.each(part, "table"):
            if table.get("headerRowCount") != "0":
                _mark(sheet, table)
    for text in drawn_on(package, name):
        sheet.add_note(text)
    for part in package.related(name, "threadedComment") or package.related(name, "comments"):
        for comment in package.each(part, "threadedComment", "comment"):
            sheet.add_note(f"{comment.get('ref', '')}: {''.join(comment.itertext('{*}t', '{*}text'))}")


def _read_row(node: Node, row: int, book: _Book, sheet: Sheet) -> None:
    if len(node):
        sheet.add_row(row, _cells(node, book))
        if all(cell.get("s") in book.bold for cell in node if len(cell)):
            sheet.mark(row)


def _mark(sheet: Sheet, area: Node) -> None:
    """Mark the row that names the columns of a table or of rows that can be filtered."""
    if first := _place(area.get("ref", "").partition(":")[0]):
        sheet.mark(first[1])


def _cells(row: Node, book: _Book) -> Mapping[int, str]:
    cells: dict[int, str] = {}
    column = -1
    for cell in row:
        if not cell.tag.endswith("}c"):
            continue
        place = _place(cell.get("r", ""))
        column = place[0] if place else column + 1
        text = _text(cell, book) if len(cell) else ""
        if text:
            cells[column] = text
    return cells


def _text(cell: Node, book: _Book) -> str:
    """What a cell shows; of a formula that was never worked out, the formula."""
    kind, is_struck = cell.get("t", "n"), cell.get("s") in book.struck
    if kind == "inlineStr":
        return _string(cell, is_struck=is_struck)
    value = formula = ""
    for part in cell:
        if part.tag.endswith("}v"):
            value = (part.text or "").strip()
        elif part.tag.endswith("}f"):
            formula = part.text or ""
    text = _value(value, kind, cell.get("s", "0"), book) if value else cell_text("=" + formula) if formula else ""
    if not is_struck:
        return text
    return book.struck_strings.get(number(value, -1), text) if kind == "s" else struck(text)


def _value(value: str, kind: str, style: str, book: _Book) -> str:
    if kind == "s":
        return book.strings[int(value)] if value.isdigit() and int(value) < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return _number(value, style, book) if kind == "n" else cell_text(value)


def _number(value: str, style: str, book: _Book) -> str:
    with suppress(ValueError, OverflowError):
        amount, index = float(value), int(style)
        code = book.formats[index] if 0 <= index < len(book.formats) else ""
        return cell_text(shown(amount, code, since_1904=book.since_1904)) if code else plain(amount)
    return cell_text(value)


def _place(reference: str) -> tuple[int, int] | None:
    """Column (from 0) and row (from 1) of a cell as `B7`."""
    match = _REFERENCE.fullmatch(reference)
    return (_column(match[1]), int(match[2])) if match else None


@lru_cache
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _merge(sheet: Sheet, reference: str) -> None:
    first, last = (_place(corner) for corner in (reference.partition(":")[0], reference.rpartition(":")[2]))
    if first and last:
        sheet.merge(first[0], first[1], last[1])
