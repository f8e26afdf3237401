"""Excel workbooks in the format before 2007: a page a sheet, cells as they are shown."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from rag_app.errors import Reason
from rag_app.parsing.cleaning import struck, without_seams
from rag_app.parsing.number_formats import BUILT_IN, plain, shown
from rag_app.parsing.sheets import Sheet, cell_name
from rag_app.parsing.source import OpenedFile, Source
from rag_app.parsing.tables import cell_text
from rag_app.records import Page

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell
    from xlrd.sheet import Sheet as OldSheet

_EMPTY, _TEXT, _NUMBER, _DATE, _TRUTH, _ERROR = range(6)
_FILLED = (_TEXT, _NUMBER, _DATE, _TRUTH)
_ENCRYPTED = "encrypted"
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def read_xls(source: Source) -> OpenedFile:
    """A workbook, a page a sheet, hidden ones too. Raises `DocumentError`."""
    book = _opened(source)
    source.check_pages(book.nsheets)
    return OpenedFile(PurePath(source.name).stem, book.nsheets, _pages(source, book))


def _opened(source: Source) -> Book:
    import xlrd

    try:
        with open(os.devnull, "w") as nowhere:
            return xlrd.open_workbook(
                str(source.path),
                logfile=nowhere,
                on_demand=True,
                formatting_info=True,
                ignore_workbook_corruption=True,
            )
    except (MemoryError, OSError):
        raise
    except Exception as error:  # of broken files it raises whatever its parts raise
        if _ENCRYPTED in str(error):
            raise source.locked(Reason.ENCRYPTED_OFFICE) from error
        raise source.refusal(
            Reason.DAMAGED, f"{{name}} is damaged and cannot be read ({type(error).__name__}). Open it and save it again."
        ) from error


def _pages(source: Source, book: Book) -> Iterator[Page]:
    for place in range(book.nsheets):
        try:
            old = book.sheet_by_index(place)
        except (MemoryError, OSError):
            raise
        except Exception as error:  # as above
            raise source.refusal(
                Reason.DAMAGED, f"{{name}} is damaged in its sheet {place + 1}. Open it and save it again."
            ) from error
        sheet = Sheet(source, place + 1)
        _read_sheet(book, old, sheet)
        book.unload_sheet(place)
        yield sheet.page(old.name)


def _read_sheet(book: Book, old: OldSheet, sheet: Sheet) -> None:
    for row in range(old.nrows):
        texts = (_shown(book, cell, old.rich_text_runlist_map.get((row, column), ())) for column, cell in enumerate(old.row(row)))
        sheet.add_row(row + 1, {column: text for column, text in enumerate(texts) if text})
        if all(_is_bold(book, cell) for cell in old.row(row) if cell.ctype in _FILLED):
            sheet.mark(row + 1)
    for first, after, column, _ in old.merged_cells:
        sheet.merge(column, first + 1, after)
    for (row, column), note in sorted(old.cell_note_map.items()):
        sheet.add_note(f"{cell_name(column, row + 1)}: {note.text}")


def _is_bold(book: Book, cell: Cell) -> bool:
    return cell.xf_index is not None and bool(book.font_list[_font(book, cell)].bold)


def _font(book: Book, cell: Cell) -> int:
    return int(book.xf_list[cell.xf_index].font_index) if cell.xf_index is not None else 0


def _is_struck(book: Book, font: int) -> bool:
    return 0 <= font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _shown(book: Book, cell: Cell, runs: Sequence[tuple[int, int]]) -> str:
    """What a cell shows, with the marks of what is struck out. `runs` are the places of a text where another font begins."""
    looks = [(0, _is_struck(book, _font(book, cell))), *((place, _is_struck(book, font)) for place, font in runs)]
    if not any(is_struck for _, is_struck in looks):
        return _text(book, cell)
    if cell.ctype != _TEXT:
        return struck(_text(book, cell)) if looks[0][1] else _text(book, cell)
    ends = [place for place, _ in looks[1:]] + [len(cell.value)]
    parts = (cell.value[place:end] for (place, _), end in zip(looks, ends, strict=True))
    words = (struck(part) if is_struck else part for part, (_, is_struck) in zip(parts, looks, strict=True))
    return without_seams(cell_text("".join(words)))


def _text(book: Book, cell: Cell) -> str:
    """What a cell shows."""
    if cell.ctype == _TEXT:
        return cell_text(cell.value)
    if cell.ctype in (_NUMBER, _DATE):
        style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
        known = book.format_map.get(style.format_key) if style else None
        code = (known.format_str or BUILT_IN.get(known.format_key)) if known else ""
        return cell_text(shown(cell.value, code, since_1904=bool(book.datemode))) if code else plain(cell.value)
    if cell.ctype == _TRUTH:
        return "TRUE" if cell.value else "FALSE"
    return _ERRORS.get(cell.value, "") if cell.ctype == _ERROR else ""
