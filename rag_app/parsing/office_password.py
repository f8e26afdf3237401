"""Office documents that are locked with a password, unlocked for as long as they are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from zipfile import BadZipFile

from rag_app.parsing.open_document_password import unlock_open_document
from rag_app.parsing.source import Source

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


@contextmanager
def unlocked(source: Source) -> Iterator[Source]:
    """`source`, or an open copy of it where its password opens it. What does not open stays locked.

    The copy has no name on the disk, so that none is left however this process ends.
    """
    if not source.password:
        yield source
        return
    with source.path.open("rb") as file, TemporaryFile() as copy:
        begins = file.read(len(_OLE))
        is_open = begins == _OLE and _unlock(file, source.password, copy)
        is_open = is_open or (begins == _ZIP and _unlock_package(source, copy))
        copy.flush()
        yield replace(source, path=Path(f"/proc/self/fd/{copy.fileno()}")) if is_open else source


def _unlock(file: IO[bytes], password: str, copy: IO[bytes]) -> bool:
    """Whether the password opens the file; then `copy` holds it."""
    import msoffcrypto  # a tenth of a second, for the few files that need it

    try:
        office = msoffcrypto.OfficeFile(file)
        office.load_key(password=password)
        office.decrypt(copy)
    except (MemoryError, OSError):
        raise
    except Exception:  # of other formats and broken files it raises whatever its parts raise
        return False
    return True


def _unlock_package(source: Source, copy: IO[bytes]) -> bool:
    try:
        return unlock_open_document(source, copy)
    except (BadZipFile, NotImplementedError, ValueError):  # its reader will say what is wrong with it
        return False
