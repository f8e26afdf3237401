"""Rich Text as Outlook packs it in mails: [MS-OXRTFCP], a dictionary of 4,096 bytes that every byte written enters."""

from __future__ import annotations

import struct

_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
    rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_SIZE = 4096
_HEAD = struct.Struct("<IIII")


def unpacked_rtf(content: bytes) -> bytes:
    """The Rich Text in what Outlook packed; as far as it goes where it is cut short, and nothing where it is none."""
    if len(content) < _HEAD.size:
        return b""
    _, size, kind, _ = _HEAD.unpack_from(content)
    if kind == _PLAIN:
        return content[_HEAD.size : _HEAD.size + size]
    return _unpacked(content[_HEAD.size :], size) if kind == _PACKED else b""


def _unpacked(content: bytes, size: int) -> bytes:
    dictionary = bytearray(_DICTIONARY.ljust(_SIZE, b"\x00"))
    place, written, found = 0, len(_DICTIONARY), bytearray()
    while place < len(content) and len(found) < size:
        control, place = content[place], place + 1
        for bit in range(8):
            if not control >> bit & 1:
                piece, place = content[place : place + 1], place + 1
            elif place + 1 < len(content):
                offset, length = _reference(content[place], content[place + 1])
                place += 2
                if offset == written % _SIZE:
                    return bytes(found)
                piece = _copied(dictionary, offset, length, written)
                found += piece
                written += length
                continue
            else:
                return bytes(found)
            for byte in piece:
                dictionary[written % _SIZE] = byte
                written += 1
            found += piece
    return bytes(found)


def _reference(first: int, second: int) -> tuple[int, int]:
    """Where in the dictionary to copy from, and how many bytes."""
    both = first << 8 | second
    return both >> 4, (both & 0xF) + 2


def _copied(dictionary: bytearray, offset: int, length: int, written: int) -> bytes:
    """Bytes of the dictionary, each entered again as it is copied: a copy may run into itself."""
    piece = bytearray()
    for step in range(length):
        byte = dictionary[(offset + step) % _SIZE]
        dictionary[(written + step) % _SIZE] = byte
        piece.append(byte)
    return bytes(piece)
