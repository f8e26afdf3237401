"""Word documents in the format before 2007 as [MS-DOC] lays them out: characters in pieces, properties in pages."""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FLAGS, _TABLES, _PIECES, _STYLES, _PARAGRAPHS, _CHARACTERS = 0x0A, 0x9A, 33, 1, 13, 12
_LENGTHS = {"body": 0x4C, "footnotes": 0x50, "headers": 0x54, "macros": 0x58, "comments": 0x5C, "endnotes": 0x60, "boxes": 0x64}
_PAGE = 512
_COMPRESSED = 0x40000000
_MOST_CHARACTERS = 50_000_000
# Bytes of the operand by the upper three bits of an operation; 0 stands for a length of its own.
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE_DEFINITION = 0xD608
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END, _OUTLINE = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C, 0x2640
_UNSEEN, _STRUCK = (0x0800, 0x083C), (0x0837, 0x2A53)  # deleted or hidden; once or twice
_PARAGRAPH_ENTRY, _CHARACTER_ENTRY = 13, 1  # bytes for each run of a page
_TITLE = 62
_NO_STYLE = 0xFFF
_BODY_TEXT = 9


@dataclass(frozen=True, slots=True)
class Paragraph:
    """How a paragraph stands: its heading level (0 for none), the depth of tables it lies in, and what ends with its mark."""

    level: int = 0
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False


class DocFile:
    """The stream of a document with the one of its tables. Raises `struct.error` where what it needs is not there."""

    def __init__(self, stream: bytes, tables: tuple[bytes, bytes]) -> None:
        self._stream = stream
        (flags,) = struct.unpack_from("<H", stream, _FLAGS)
        self.is_encrypted = bool(flags & _ENCRYPTED)
        self._table = tables[1 if flags & _SECOND_TABLE else 0]
        if self.is_encrypted:
            return
        self._pieces = list(_pieces(self.part(_PIECES)))
        self._runs = _runs(stream, self.part(_PARAGRAPHS), _PARAGRAPH_ENTRY, _of_paragraph)
        self._starts = [run.start for run in self._runs]
        characters = _runs(stream, self.part(_CHARACTERS), _CHARACTER_ENTRY, _of_characters)
        self._unseen, self._struck = (
            sorted(_positions(self._pieces, [run for run in characters if _has_any(run.properties, look)]))
            for look in (_UNSEEN, _STRUCK)
        )
        self._levels = _style_levels(self.part(_STYLES))

    def part(self, number: int) -> bytes:
        """The table of a number, by the directory in the document's head."""
        offset, length = struct.unpack_from("<II", self._stream, _TABLES + 8 * number)
        return self._table[offset : offset + length]

    def text(self, part: str) -> str:
        """The characters of a part: the body, or `footnotes`, `headers`, `comments`, `endnotes`, `boxes`."""
        start = self.start(part)
        (length,) = struct.unpack_from("<I", self._stream, _LENGTHS[part])
        return "".join(self._between(start, start + length))

    def start(self, part: str) -> int:
        """The position of a part's first character among all."""
        names = list(_LENGTHS)
        return sum(struct.unpack_from("<I", self._stream, _LENGTHS[name])[0] for name in names[: names.index(part)])

    def paragraph(self, position: int) -> Paragraph:
        """How the paragraph stands whose mark has a position among all characters."""
        piece = next((piece for piece in self._pieces if piece.start <= position < piece.end), None)
        if piece is None:
            return Paragraph()
        offset = piece.offset + (position - piece.start) * piece.width
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or offset >= self._runs[place].end:
            return Paragraph()
        return _paragraph(self._runs[place].properties, self._levels)

    def is_seen(self, position: int) -> bool:
        """Whether the character at a position among all is shown: neither deleted while changes were tracked nor hidden."""
        return not _is_within(self._unseen, position)

    def is_struck(self, position: int) -> bool:
        """Whether the character at a position among all is struck out."""
        return _is_within(self._struck, position)

    def _between(self, start: int, end: int) -> Iterator[str]:
        for piece in self._pieces:
            first, last = max(start, piece.start), min(end, piece.end)
            if first < last:
                offset = piece.offset + (first - piece.start) * piece.width
                content = self._stream[offset : offset + (last - first) * piece.width]
                text = content.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
                yield text.ljust(last - first, "\x00")[: last - first]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters from `start` to `end`, `width` bytes each, that lie at an offset of the stream."""

    start: int
    end: int
    offset: int
    width: int


def _pieces(table: bytes) -> Iterator[_Piece]:
    place = 0
    while place + 3 <= len(table) and table[place] == 1:  # properties that pieces share
        place += 3 + struct.unpack_from("<H", table, place + 1)[0]
    (length,) = struct.unpack_from("<I", table, place + 1)
    count = (length - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", table, place + 5)
    for index in range(count):
        (offset,) = struct.unpack_from("<I", table, place + 5 + 4 * (count + 1) + 8 * index + 2)
        start, end = positions[index], positions[index + 1]
        if start < end <= _MOST_CHARACTERS:
            is_narrow = offset & _COMPRESSED
            yield _Piece(start, end, (offset & ~_COMPRESSED) // 2 if is_narrow else offset, 1 if is_narrow else 2)


@dataclass(frozen=True, slots=True)
class _Run:
    """Bytes of the stream from `start` to `end` that have the same properties."""

    start: int
    end: int
    properties: bytes


def _runs(stream: bytes, table: bytes, entry: int, properties_at: Callable[[bytes, int], bytes]) -> list[_Run]:
    """The runs that the pages of a table tell of, in order. Each has `entry` bytes in its page, where its properties are."""
    count = max(0, (len(table) - 4) // 8)
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    pages = (stream[(number & 0x3FFFFF) * _PAGE :][:_PAGE] for number in numbers)
    return sorted((run for page in pages for run in _runs_of_page(page, entry, properties_at)), key=lambda run: run.start)


def _runs_of_page(page: bytes, entry: int, properties_at: Callable[[bytes, int], bytes]) -> Iterator[_Run]:
    count = page[_PAGE - 1] if len(page) == _PAGE else 0
    if 4 * (count + 1) + entry * count >= _PAGE:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", page)
    for index in range(count):
        place = 2 * page[4 * (count + 1) + entry * index]
        yield _Run(offsets[index], offsets[index + 1], properties_at(page, place) if place else b"")


def _of_paragraph(page: bytes, place: int) -> bytes:
    size = page[place]
    return page[place + 1 : place + 2 * size] if size else page[place + 2 : place + 2 + 2 * page[place + 1]]


def _of_characters(page: bytes, place: int) -> bytes:
    return page[place + 1 : place + 1 + page[place]]


def _has_any(properties: bytes, looks: tuple[int, ...]) -> bool:
    """Whether characters have one of the looks, themselves or (as the lowest bit tells) in the opposite of their style."""
    found = dict(_operations(properties))
    return any(found.get(look, 0) & 1 for look in looks)


def _is_within(stretches: list[tuple[int, int]], position: int) -> bool:
    place = bisect_right(stretches, (position, _MOST_CHARACTERS)) - 1
    return place >= 0 and position < stretches[place][1]


def _positions(pieces: list[_Piece], runs: list[_Run]) -> Iterator[tuple[int, int]]:
    """From where to where the characters of runs stand among all."""
    starts = [run.start for run in runs]
    for piece in pieces:
        end = piece.offset + (piece.end - piece.start) * piece.width
        for run in runs[max(0, bisect_right(starts, piece.offset) - 1) : bisect_left(starts, end)]:
            first, last = max(run.start, piece.offset), min(run.end, end)
            if first < last:
                yield piece.start + (first - piece.offset) // piece.width, piece.start + (last - piece.offset) // piece.width


def _paragraph(properties: bytes, levels: Mapping[int, int]) -> Paragraph:
    style = int.from_bytes(properties[:2], "little")
    found = dict(_operations(properties[2:]))
    level = levels.get(style, 0)
    if _OUTLINE in found:
        level = found[_OUTLINE] + 1 if found[_OUTLINE] < _BODY_TEXT else 0
    depth = found.get(_DEPTH, 1 if found.get(_IN_TABLE) else 0)
    ends_row = bool(found.get(_INNER_ROW_END if depth > 1 else _ROW_END))
    return Paragraph(level, depth, bool(found.get(_INNER_CELL)), ends_row)


def _operations(properties: bytes) -> Iterator[tuple[int, int]]:
    """The operations on a paragraph or on characters with their operands, where these are numbers."""
    place = 0
    while place + 2 < len(properties):
        (operation,) = struct.unpack_from("<H", properties, place)
        place += 2
        size = _OPERANDS[operation >> 13]
        if size:
            yield operation, int.from_bytes(properties[place : place + size], "little")
        elif operation == _TABLE_DEFINITION:
            size = int.from_bytes(properties[place : place + 2], "little") + 1
        else:
            size = properties[place] + 1
        place += size


def _style_levels(sheet: bytes) -> Mapping[int, int]:
    """The heading level of each style that is a heading or a title, or based on one."""
    if len(sheet) < 4:
        return {}
    head, count = struct.unpack_from("<HH", sheet)
    place, kinds = head + 2, dict[int, tuple[int, int]]()
    for style in range(count):
        if place + 2 > len(sheet):
            break
        (size,) = struct.unpack_from("<H", sheet, place)
        if size >= 4 and place + 6 <= len(sheet):
            kind, base = struct.unpack_from("<HH", sheet, place + 2)
            kinds[style] = (kind & 0xFFF, base >> 4)
        place += 2 + size
    return {style: level for style in kinds if (level := _level(style, kinds))}


def _level(style: int, kinds: Mapping[int, tuple[int, int]]) -> int:
    for _ in range(len(kinds)):
        kind, base = kinds.get(style, (0, _NO_STYLE))
        if kind == _TITLE or 1 <= kind <= _BODY_TEXT:
            return 1 if kind == _TITLE else kind
        style = base
    return 0
