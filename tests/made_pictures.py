"""Pictures of text made for tests, in memory."""

from __future__ import annotations

import io
import struct
import zlib

import pypdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.made_files import pdf

CHINESE_FONT = "NotoSansCJK-Regular.ttc"
MARGIN, SIZE, LINE = 40, 26, 40


def picture(*lines: str, width: int = 640, size: int = SIZE) -> Image.Image:
    """Black lines of text on white."""
    image = Image.new("RGB", (width, 2 * MARGIN + LINE * len(lines)), "white")
    font = ImageFont.load_default(size)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((MARGIN, MARGIN + LINE * number), line, "black", font)
    return image


def chinese_picture(text: str, *, vertical: bool) -> Image.Image:
    """Lines of Chinese, across or in columns from the right. Skips the test where the system has no font for it."""
    try:
        font = ImageFont.truetype(CHINESE_FONT, 40)
    except OSError:
        pytest.skip(f"the system has no {CHINESE_FONT} to draw Chinese with")
    lines = text.split("\n")
    image = Image.new("RGB", (640, 640), "white")
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            place = (540 - 80 * row, 40 + 46 * column) if vertical else (40 + 44 * column, 40 + 80 * row)
            ImageDraw.Draw(image).text(place, character, "black", font)
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of a kind that Pillow writes."""
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def scan(image: Image.Image, *, stray: str = "") -> bytes:
    """A PDF whose page is the picture, with `stray` as its text if any."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(encoded(image, "PDF", resolution=100.0)))
    if stray:
        writer.pages[0].merge_page(pypdf.PdfReader(io.BytesIO(pdf(stray))).pages[0])
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def hollow_png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    chunks = (struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
