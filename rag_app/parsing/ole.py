"""Compound files (OLE), in which Office before 2007 and Outlook keep their documents: streams in folders, read safely."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import olefile

from rag_app.errors import Reason
from rag_app.parsing.source import Source

Folder = tuple[str, ...]
_BROKEN = (OSError, ValueError, IndexError, KeyError, struct.error, RecursionError, OverflowError)
_DAMAGED = "{name} is damaged and cannot be read. Open it in its own program and save it again."


class OleFile:
    """The streams of a compound file."""

    def __init__(self, file: olefile.OleFileIO) -> None:
        self._file = file
        self._paths = [tuple(path) for path in file.listdir(streams=True, storages=True)]

    def read(self, *path: str) -> bytes:
        """The content of a stream; empty for one that is not there or damaged."""
        try:
            content: bytes = self._file.openstream(list(path)).read()
        except _BROKEN:
            return b""
        return content

    def names(self, folder: Folder = ()) -> Sequence[str]:
        """The names of what lies directly in a folder."""
        return [path[-1] for path in self._paths if path[:-1] == folder]


@contextmanager
def opened_ole(source: Source) -> Iterator[OleFile]:
    """The compound file that a file is. Raises `DocumentError` when it is damaged."""
    with ExitStack() as stack:
        try:
            opened = OleFile(stack.enter_context(olefile.OleFileIO(str(source.path))))
        except _BROKEN as error:
            raise source.refusal(Reason.DAMAGED, _DAMAGED) from error
        yield opened
