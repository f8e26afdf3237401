"""The bytes of a Rich Text document as characters: by the character set of their font, or the document's code page."""

from __future__ import annotations

import codecs

_LATIN = "cp1252"
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
_CODE_PAGES = {936: "gb18030", 950: "big5hkscs", 10000: "mac_roman", 65001: "utf-8"}


class Characters:
    """Collects bytes, of which two may make one character, until a command comes."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._code_page = _LATIN
        self._fonts = dict[int, str]()

    def set_code_page(self, number: int) -> None:
        """The code page of the document; one that nobody knows is taken for Western."""
        name = _CODE_PAGES.get(number, f"cp{number}")
        try:
            self._code_page = codecs.lookup(name).name
        except LookupError:
            self._code_page = _LATIN

    def set_font(self, font: int, charset: int) -> None:
        """The character set of a font."""
        if charset in _CHARSETS:
            self._fonts[font] = _CHARSETS[charset]

    def add(self, content: bytes) -> None:
        """Bytes that follow those before."""
        self._bytes += content

    def take(self, font: int) -> str:
        """The characters that came since the last call, in a font."""
        if not self._bytes:
            return ""
        text = self._bytes.decode(self._fonts.get(font, self._code_page), errors="replace")
        self._bytes.clear()
        return text
