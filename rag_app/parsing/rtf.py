"""Rich Text documents: paragraphs, headings, tables, notes and text boxes, in whatever character sets they are written."""

from __future__ import annotations

import re

from rag_app.errors import Reason
from rag_app.parsing.blocks import Block, once, page_of_blocks
from rag_app.parsing.rtf_reader import RtfReader
from rag_app.parsing.source import OpenedFile, Source

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)", re.DOTALL)
_BINARY = b"bin"


def read_rtf(source: Source) -> OpenedFile:
    """A Rich Text document as one page. Raises `DocumentError` for one that breaks off before any text."""
    reader = _read(source.path.read_bytes())
    page = page_of_blocks((*once(reader.headers), *reader.body(), *once(reader.footers)))
    if reader.is_torn and not page.text:
        raise source.refusal(Reason.DAMAGED, "{name} is damaged: it breaks off before any text. Get it again.")
    return OpenedFile("", 1, iter((page,)))


def rtf_blocks(content: bytes) -> list[Block]:
    """What the pages of some Rich Text hold."""
    return _read(content).body()


def _read(content: bytes) -> RtfReader:
    reader, place = RtfReader(), 0
    while token := _TOKEN.search(content, place):
        place = token.end()
        word, number, byte, symbol, brace, text = token.groups()
        if text is not None:
            reader.text(text)
        elif byte is not None:
            reader.byte(bytes.fromhex(byte.decode("ascii")))
        elif brace == b"{":
            reader.begin_group()
        elif brace == b"}":
            reader.end_group()
        elif symbol is not None:
            reader.symbol(symbol.decode("latin-1"))
        elif word == _BINARY:
            length = int(number or 0)
            place += length if 0 <= length <= len(content) - place else 0  # a length beyond the end is a lie
        else:
            reader.word(word.decode("ascii"), None if number is None else int(number))
    reader.end()
    return reader
