"""Compound files (OLE) made for tests, as Outlook and Word before 2007 write them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Tree = Mapping[str, "bytes | Tree"]
_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_TEXT_AT = 0x400  # behind the head of a Word document


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    right: int = _FREE
    child: int = _FREE
    start: int = _END


def ole_of(tree: Tree) -> bytes:
    """A compound file with these streams, and storages that hold more of them. Small streams lie in the root's, as they must."""
    root = _Entry("Root Entry", _ROOT)
    entries = [root]
    _add(entries, 0, tree)
    small_table = list[int]()
    for entry in entries[1:]:
        if entry.content and len(entry.content) < _SMALL:
            entry.start = _chain(small_table, len(entry.content), _SMALL_SECTOR)
            root.content += _padded(entry.content, _SMALL_SECTOR)
    parts = [entry for entry in entries if entry is root or len(entry.content) >= _SMALL]
    directory_bytes, small_bytes = 128 * len(entries), 4 * len(small_table)
    sizes = [directory_bytes, small_bytes, *(len(entry.content) for entry in parts)]
    sectors = sum(-(-size // _SECTOR) for size in sizes)
    fat_sectors = next(count for count in range(1, 110) if count * 128 >= sectors + count)
    table = [_FAT] * fat_sectors
    directory_start, small_start = (_chain(table, size, _SECTOR) for size in sizes[:2])
    for entry in parts:
        entry.start = _chain(table, len(entry.content), _SECTOR)
    table += [_FREE] * (fat_sectors * 128 - len(table))
    written = [_numbers(table), b"".join(map(_record, entries)), _numbers(small_table), *(entry.content for entry in parts)]
    small_sectors = -(-small_bytes // _SECTOR)
    return _header(fat_sectors, directory_start, small_start, small_sectors) + b"".join(
        _padded(part, _SECTOR) for part in written
    )


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    before = None
    for name, content in tree.items():
        index = len(entries)
        is_stream = isinstance(content, bytes)
        entries.append(_Entry(name, _STREAM if is_stream else _STORAGE, content if isinstance(content, bytes) else b""))
        if before is None:
            entries[parent].child = index
        else:
            entries[before].right = index
        before = index
        if not isinstance(content, bytes):
            _add(entries, index, content)


def _padded(content: bytes, sector: int) -> bytes:
    return content.ljust(-(-len(content) // sector) * sector, b"\x00")


def _chain(table: list[int], size: int, sector: int) -> int:
    """Where `size` bytes begin, for which sectors are taken at the end of an allocation table."""
    start, count = len(table), -(-size // sector)
    table += [start + step + 1 if step + 1 < count else _END for step in range(count)]
    return start if count else _END


def _numbers(table: list[int]) -> bytes:
    return struct.pack(f"<{len(table)}I", *table)


def _record(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    head = name.ljust(64, b"\x00") + struct.pack("<HBBIII", len(name) + 2, entry.kind, 1, _FREE, entry.right, entry.child)
    return head + bytes(36) + struct.pack("<IQ", entry.start, len(entry.content))


def _header(fat_sectors: int, directory: int, small_table: int, small_sectors: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", fat_sectors, directory, 0, _SMALL, small_table, small_sectors, _END, 0)
    return head + _numbers(list(range(fat_sectors)) + [_FREE] * (109 - fat_sectors))


def doc(
    paragraphs: Sequence[tuple[str, bytes]],
    *,
    characters: Sequence[tuple[str, bytes]] = (),
    footnotes: Sequence[tuple[int, str]] = (),
    flags: int = 0,
) -> bytes:
    """A Word document in the format before 2007: paragraphs with the mark that ends each, and its style with operations.

    `characters` are the same text in runs with the operations on each, `footnotes` texts with the position that each is
    referred from. There are two styles: body text, and heading 1.
    """
    body, notes = "".join(text for text, _ in paragraphs), "".join(text for _, text in footnotes)
    text = (body + notes).encode("utf-16-le")
    after_text = _TEXT_AT + len(_padded(text, _SECTOR))
    stream = bytearray(_padded(bytes(_TEXT_AT) + text, _SECTOR) + _paragraphs_page(paragraphs) + _characters_page(characters))
    struct.pack_into("<HH", stream, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", stream, 0x0A, flags)
    struct.pack_into("<II", stream, 0x4C, len(body), len(notes))
    limits = [0]
    for _, note in footnotes:
        limits.append(limits[-1] + len(note))
    references = _numbers([position for position, _ in footnotes] + [len(body)]) + bytes(2 * len(footnotes))
    pieces = _numbers([0, len(body) + len(notes)]) + struct.pack("<HIH", 0, _TEXT_AT, 0)
    styles = struct.pack("<HH", 2, 2) + struct.pack("<HHH", 4, 0, 0xFFF0) + struct.pack("<HHH", 4, 1, 0)
    table = b""
    for number, part in (
        (33, b"\x02" + struct.pack("<I", len(pieces)) + pieces),
        (13, _numbers([_TEXT_AT, _TEXT_AT + len(text), after_text // _SECTOR])),
        (12, _numbers([_TEXT_AT, _TEXT_AT + len(text), after_text // _SECTOR + 1])),
        (1, styles),
        (2, references if footnotes else b""),
        (3, _numbers([*limits, limits[-1] + 1]) if footnotes else b""),
    ):
        struct.pack_into("<II", stream, 0x9A + 8 * number, len(table), len(part))
        table += part
    return ole_of({"WordDocument": bytes(stream), "0Table": table})


def _paragraphs_page(paragraphs: Sequence[tuple[str, bytes]]) -> bytes:
    """A page of the properties of paragraphs, each in two bytes more than they take, which tell their length."""
    written = [bytes([0, len(even) // 2]) + even if (even := _padded(properties, 2)) else b"" for _, properties in paragraphs]
    return _properties_page([text for text, _ in paragraphs], written, 13)


def _characters_page(runs: Sequence[tuple[str, bytes]]) -> bytes:
    """A page of the properties of characters, each behind their length."""
    written = [_padded(bytes([len(properties)]) + properties, 2) if properties else b"" for _, properties in runs]
    return _properties_page([text for text, _ in runs], written, 1)


def _properties_page(texts: Sequence[str], written: Sequence[bytes], entry: int) -> bytes:
    """Where each run of text begins, then in `entry` bytes each where its properties are, then these from the end on."""
    offsets = [_TEXT_AT]
    for text in texts:
        offsets.append(offsets[-1] + 2 * len(text))
    page = bytearray(_SECTOR)
    page[-1] = len(texts)
    page[: 4 * len(offsets)] = _numbers(offsets)
    place = _SECTOR - 2
    for index, properties in enumerate(written):
        if properties:
            place -= len(properties)
            page[place : place + len(properties)] = properties
            page[4 * len(offsets) + entry * index] = place // 2
    return bytes(page)
