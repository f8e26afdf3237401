"""Pictures of text made for tests, in memory."""

from __future__ import annotations

import io
import struct
import zlib
from base64 import b64decode

import pypdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from rag_app.parsing.ocr import recognizer_fault
from tests.made_files import pdf

needs_ocr = pytest.mark.skipif(
    bool(recognizer_fault()), reason="text recognition cannot be loaded here; on Debian it also needs the package libgl1"
)

CHINESE_FONT = "NotoSansCJK-Regular.ttc"
MARGIN, SIZE, LINE = 40, 26, 40
# `picture("The river is wide.", width=320)`, encoded by pillow-heif, which the tests do without.
HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVNtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAA"
    "AERAAAEAAQAAAAABdwABAAAAAAAAA78AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA02lwcnAAAAC0"
    "aXBjbwAAAHdodmNDAQNwAAAAAAAAAAAAPPAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAPLoCQGEAAQAqQgEBA3AAAAMAkAAAAwAA"
    "AwA8oAoIHllupJKa5uAhoMCAAAAMgAAAAwCEYgABAAdEAcFysGJAAAAAE2NvbHJuY2x4AAEADQAGgAAAABRpc3BlAAAAAAAAAUAAAAB4AAAADnBp"
    "eGkAAAAAAQgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAA8dtZGF0AAADuygBrwtQqoIz//6NYU659d9YViyoZ6MYiwGgWefe4oe2uDiKkpst3zJo"
    "CrMaBcHTxIfYrmACnfSb7IndXQ6exXTOjZR8psdSW8KgiTo/yFd4HwDmxo63g81420wYUMOFVYyJdUJGcX2JmKTZPGzGwduxV3U4av5b803IYhq2"
    "XsTOOk3Tc8NXLKR5DfaXAZMqhbTcIhrrbn6l+d4OW3KR4iyRBNWWZ+VN91kUI1K+3jFTvXSTo8yRgtZU3DgFZ+7dFECo3rHBAG63Dah6Kxvx9dlv"
    "MWIRhlL/P8NLx1dAscCkDYqAGOn7nqkbPVuas5u2eH4SbZRoPTX239jUrABvEN+191tpvwkyOYFCUtw+OybyrEiPqtN1Ff0i5c+OHFTLlFOMLX3o"
    "xYSQ13lpILaEFiMLcZimNE+4WZNkbNfePgHSmhHWdifOTCHeCcNoPFmP+ZWSwpDzlQ6+Ifgd1IxrRyTM0g762eCDRxHEy2/epOTPofs8ohbBGqEE"
    "4TlIJg5xQtGChj+wof6+HJO7zEFNT8yLNkXG8AePZN4POaveLC9S6ESWHmLmghPVXP2f1CfqHCUwSl436q+yczHlu+N5ZWlM/WI9dK+l65aS09f+"
    "E3xyr9aScE2YwCL5ZeHblhd2HYyiJueJUg64oBdTV7NUxMfey9sI4xTHzpDBKm3uJUnhr408f4VgnTi8cF+AKS1KU/xGJi/A9IthWOS+WyMvOT+W"
    "VcHq+MabhKoTWKzd3eCH4P92eVYLn3o8rqx19Ropj/khXFqA04IqU1qCWvhuRF2rU1kShZws53eItsGwBkgbFFrFQRn+pE73gx2AmRk3Ec2Gz8rh"
    "xIQV1mFqazStd3+CA7P7oHxg4lecnEDAOSb7vdjF7xhnnc5ldXwrY2KGmit6bt8YIKFAyKZD4wZFCgq9DPw2haLEOt5XBLANWlWKkWUS6RArAAAD"
    "AAGwmKTtYj0CNPw1yYi6dYNAZxrEv+XY+clZVKrk7ajf//0C7DRW7yHbfwsAJiGkW0Z1ISgQSIx/5Knf98dv3ngpE8zPzD3q6UfAAAJ0DFUSqwv+"
    "HBf/2DPRY2Wyct3kEoBMuB5YAnfTcJwVu/5ghPm2lwwhOh+bOv+/0t03ZpmF+AQH0qNHM4i5kS2TL0U/GtdoOCw+jx4Txw8AALLUAOInCUOkpaS0"
    "wUcc80l4vLsG390Q+4sndYZVQrBf/k5tYPnGNLRqiwwyMLsHwsD2xFzq+OeQTFrEH/+ZFKfXXEAFTGYoERg98hMAAAMAEDAAOOA="
)


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
