"""Excel workbooks: a page a sheet, the sheet's name its heading, its rows as lines, what its cells show as text.

Cells are read as they come, so sheets with a cell in the last row or column take no longer than others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from lxml import etree

from rag_app.errors import Reason
from rag_app.parsing.drawings import drawn_on
from rag_app.parsing.number_formats import BUILT_IN, plain, shown
from rag_app.parsing.sheets import Sheet
from rag_app.parsing.source import Reading, Source
from rag_app.parsing.tables import cell_text
from rag_app.parsing.xml_parts import XmlParts, local_name, opened
from rag_app.records import Page

_BOOK, _BINARY_BOOK = "xl/workbook.xml", "xl/workbook.bin"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of a workbook refer to: its strings, the format of each style, and the day that dates count from."""

    strings: Sequence[str]
    formats: Sequence[str]
    since_1904: bool


def read_xlsx(source: Source) -> Reading:
    """A workbook, a page a sheet, hidden ones too. Raises `DocumentError`."""
    with opened(source) as parts:
        book = next(parts.related("", "officeDocument"), _BOOK)
        if book not in parts and _BINARY_BOOK in parts:
            raise source.refusal(
                Reason.UNSUPPORTED, "{name} is a binary Excel workbook, which Footnote does not read. Save it as XLSX."
            )
        names = [sheet.get("name", "") for sheet in parts.tree(book).iter("{*}sheet")]
    source.check_pages(len(names))
    return Reading(PurePath(source.name).stem, len(names), _pages(source, book))


def _pages(source: Source, name: str) -> Iterator[Page]:
    with opened(source) as parts:
        tree = parts.tree(name)
        book = _book(parts, name, tree)
        relations = parts.relations(name)
        for number, entry in enumerate(tree.iter("{*}sheet"), 1):
            sheet = Sheet(source, number, entry.get("name", ""))
            ids = (value for key, value in entry.attrib.items() if etree.QName(key).localname == "id")
            part = next((relations[key].target for key in ids if key in relations), "")
            if part in parts:
                _read_sheet(parts, part, book, sheet)
            yield sheet.page()


def _book(parts: XmlParts, name: str, tree: etree._Element) -> _Book:
    strings = [_string(item) for part in parts.related(name, "sharedStrings") for item in parts.each(part, "si")]
    formats = [code for part in parts.related(name, "styles") for code in _formats(parts.tree(part))]
    settings = tree.find("{*}workbookPr")
    return _Book(strings, formats, settings is not None and settings.get("date1904") in ("1", "true"))


def _string(item: etree._Element) -> str:
    """A text, and after it how its characters are read aloud where the workbook tells (furigana)."""
    text: list[str] = []
    reading: list[str] = []
    for part in item.iter("{*}t"):
        aloud = local_name(next(part.iterancestors())) == "rPh"
        (reading if aloud else text).append(part.text or "")
    return cell_text(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(text)) + " " + "".join(reading))


def _formats(styles: etree._Element) -> Iterator[str]:
    """The number format of each cell style."""
    own = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in styles.iter("{*}numFmt")}
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        yield own.get(number) or BUILT_IN.get(int(number), "")


def _read_sheet(parts: XmlParts, name: str, book: _Book, sheet: Sheet) -> None:
    row_number = 0
    for element in parts.each(name, "row", "mergeCell"):
        if local_name(element) == "mergeCell":
            _merge(sheet, element.get("ref", ""))
            continue
        row_number = int(element.get("r", row_number + 1))
        sheet.add_row(row_number, _cells(element, book))
    for text in drawn_on(parts, name):
        sheet.add_note(text)
    comments = list(parts.related(name, "threadedComment")) or list(parts.related(name, "comments"))
    for part in comments:
        for comment in parts.each(part, "threadedComment", "comment"):
            sheet.add_note(f"{comment.get('ref', '')}: {''.join(comment.itertext('{*}t', '{*}text'))}")


def _cells(row: etree._Element, book: _Book) -> Mapping[int, str]:
    cells: dict[int, str] = {}
    column = -1
    for cell in row.iterchildren("{*}c"):
        place = _place(cell.get("r", ""))
        column = place[0] if place else column + 1
        text = _text(cell, book)
        if text:
            cells[column] = text
    return cells


def _text(cell: etree._Element, book: _Book) -> str:
    """What a cell shows; of a formula that was never worked out, the formula."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _string(cell)
    held = {local_name(part): part.text or "" for part in cell}
    if "v" not in held:
        return cell_text("=" + held["f"]) if held.get("f") else ""
    value = held["v"].strip()
    if kind == "s":
        return book.strings[int(value)] if value.isdigit() and int(value) < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    return _number(value, cell.get("s", "0"), book) if kind == "n" else cell_text(value)


def _number(value: str, style: str, book: _Book) -> str:
    with suppress(ValueError, OverflowError):
        number, index = float(value), int(style)
        code = book.formats[index] if 0 <= index < len(book.formats) else ""
        return cell_text(shown(number, code, since_1904=book.since_1904)) if code else plain(number)
    return cell_text(value)


def _place(reference: str) -> tuple[int, int] | None:
    """Column (from 0) and row (from 1) of a cell as `B7`."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(match[2])


def _merge(sheet: Sheet, reference: str) -> None:
    first, last = (_place(corner) for corner in (reference.partition(":")[0], reference.rpartition(":")[2]))
    if first and last:
        sheet.merge(first[0], first[1], last[1])
