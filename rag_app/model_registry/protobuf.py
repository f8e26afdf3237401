"""The wire format of protocol buffers, as far as model files need it: https://protobuf.dev/programming-guides/encoding/

Written out, it is shorter than the libraries onnx and protobuf are to install and to import.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_VARINT, _BYTES, _FIXED32 = 0, 2, 5
_UNSIGNED_64 = (1 << 64) - 1
_SHORT = tuple(bytes([number]) for number in range(0x80))


def integer(field: int, value: int) -> bytes:
    """An int64 or enum; a negative one as its two's complement."""
    return _varint(field << 3 | _VARINT) + _varint(value & _UNSIGNED_64)


def real(field: int, value: float) -> bytes:
    """A float32."""
    return _varint(field << 3 | _FIXED32) + struct.pack("<f", value)


def content(field: int, value: bytes) -> bytes:
    """Bytes, or an embedded message."""
    return _varint(field << 3 | _BYTES) + _varint(len(value)) + value


def text(field: int, value: str) -> bytes:
    """A string."""
    return content(field, value.encode())


def contents_of(message: bytes, field: int) -> Iterator[bytes]:
    """The bytes, strings or messages with number `field` in `message`, up to its first field of another kind."""
    position = 0
    while position < len(message):
        key, position = _read_varint(message, position)
        if key & 7 != _BYTES:
            return
        size, position = _read_varint(message, position)
        if key >> 3 == field:
            yield message[position : position + size]
        position += size


def _varint(number: int) -> bytes:
    if number < len(_SHORT):
        return _SHORT[number]
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def _read_varint(message: bytes, position: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = message[position]
        number |= (byte & 0x7F) << shift
        position, shift = position + 1, shift + 7
        if byte <= 0x7F:
            return number, position
