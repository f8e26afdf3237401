"""Word documents in the format before 2007: the body with its tables, notes and comments, text boxes, headers and footers."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from rag_app.errors import Reason
from rag_app.parsing.blocks import Block, Line, once, page_of_blocks
from rag_app.parsing.doc_file import DocFile
from rag_app.parsing.encodings import decode
from rag_app.parsing.flow import Flow
from rag_app.parsing.ole import opened_ole
from rag_app.parsing.source import OpenedFile, Source

_STREAM, _TABLES = "WordDocument", ("0Table", "1Table")
_FIRST_VERSION_OF_97 = 0xC1
_CELL, _PAGE, _PARAGRAPH, _FIELD, _RESULT, _FIELD_END = "\x07", "\x0c", "\r", "\x13", "\x14", "\x15"
_WRITTEN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": " "}
_MARKS = bytes({*range(32)} - set(b"\r\n\t"))
# Each kind of note: the numbers of the tables of references and of texts, and the bytes that go with a reference.
_NOTES = {"footnotes": (2, 3, 2), "comments": (4, 5, 30), "endnotes": (46, 47, 2)}


def read_doc(source: Source) -> OpenedFile:
    """A Word document as one page. Raises `DocumentError`."""
    with opened_ole(source) as ole:
        stream, tables = ole.read(_STREAM), (ole.read(_TABLES[0]), ole.read(_TABLES[1]))
    try:
        blocks = _blocks(source, stream, tables)
    except (struct.error, IndexError, ValueError) as error:
        raise source.refusal(
            Reason.DAMAGED, "{name} is damaged and cannot be read. Open it in Word and save it again."
        ) from error
    return OpenedFile("", 1, iter((page_of_blocks(blocks),)))


def _blocks(source: Source, stream: bytes, tables: tuple[bytes, bytes]) -> Sequence[Block]:
    (version,) = struct.unpack_from("<H", stream, 2)
    if version < _FIRST_VERSION_OF_97:
        return _of_word_6(stream)
    file = DocFile(stream, tables)
    if file.is_encrypted:
        raise source.locked(Reason.ENCRYPTED_OFFICE)
    notes = {position: blocks for kind in _NOTES for position, blocks in _notes(file, kind)}
    headers = list(once(_part(file, file.text("headers"), file.start("headers"), {})))
    body = _part(file, file.text("body"), 0, notes)
    boxes = _part(file, file.text("boxes"), file.start("boxes"), {})
    return [*headers, *body, *boxes]


def _of_word_6(stream: bytes) -> Sequence[Block]:
    """The text of a document of Word 6 or 95, which lies in one piece."""
    first, last = struct.unpack_from("<II", stream, 0x18)
    content = stream[first:last].replace(b"\x07", b" | ").replace(b"\x0b", b"\n").translate(None, _MARKS)
    return [Line(line) for line in (decode(content) or "").split(_PARAGRAPH)]


def _notes(file: DocFile, kind: str) -> Iterator[tuple[int, list[Block]]]:
    """The blocks of each note by the position of its reference in the body."""
    references, texts, size = _NOTES[kind]
    content, ends = file.part(references), file.part(texts)
    count = max(0, (len(content) - 4) // (4 + size))
    if not count or len(ends) < 4 * (count + 1):
        return
    positions = struct.unpack_from(f"<{count}I", content)
    limits = struct.unpack_from(f"<{count + 1}I", ends)
    text, start = file.text(kind), file.start(kind)
    for index, position in enumerate(positions):
        first, last = limits[index], limits[index + 1]
        yield position, _part(file, text[first:last], start + first, {})


def _part(file: DocFile, text: str, start: int, notes: Mapping[int, list[Block]]) -> list[Block]:
    """The blocks of a stretch of characters, of which the first has the position `start` among all."""
    flow, fields = Flow(), list[bool]()
    for position, character in enumerate(text, start):
        if character in (_PARAGRAPH, _CELL, _PAGE):
            _end(flow, file, position, character)
            fields = [False] * len(fields)
        elif character == _FIELD:
            fields.append(True)
        elif character == _RESULT and fields:
            fields[-1] = False
        elif character == _FIELD_END and fields:
            fields.pop()
        elif not file.is_seen(position):
            continue
        elif position in notes:
            flow.hang_on(notes[position])
        elif not any(fields):
            flow.write(_WRITTEN.get(character, character), is_struck=file.is_struck(position))
    return flow.blocks()


def _end(flow: Flow, file: DocFile, position: int, mark: str) -> None:
    paragraph = file.paragraph(position)
    if paragraph.ends_row and (mark == _CELL or paragraph.depth > 1):
        flow.end_row(paragraph.depth)
    elif mark == _CELL or paragraph.ends_cell:
        flow.end_cell(max(paragraph.depth, 1))
    else:
        flow.end_paragraph(paragraph.depth, paragraph.level)
