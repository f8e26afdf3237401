"""ZIP archives: their files are documents of their own; the archive itself is the list of their names."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import PurePosixPath

from rag_app.errors import Reason
from rag_app.parsing.archives import MAX_ENTRIES
from rag_app.parsing.blocks import Line, page_of_blocks
from rag_app.parsing.encodings import decode
from rag_app.parsing.source import MEGABYTE, OpenedFile, Source
from rag_app.parsing.tables import cell_text
from rag_app.records import WITHIN

_MAX_BYTES = 2000 * MEGABYTE
_MAX_RATIO, _RATIO_FROM = 200, 100 * MEGABYTE
_LEFT_OUT = ("__MACOSX", "Thumbs.db", "desktop.ini")
_LONGEST_NAME = 200
_IN_UTF8, _ENCRYPTED = 0x800, 0x1
_PIECE = 1 << 20
_WIDE = re.compile(rb"[\x80-\xff]{2}")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


def read_zip(source: Source) -> OpenedFile:
    """The names of the files in an archive as one page. Raises `DocumentError` for one that is locked, empty or a bomb."""
    with zipfile.ZipFile(source.path) as archive:
        listed = _listed(source, archive)
        locked = next((entry for entry, _ in listed if entry.flag_bits & _ENCRYPTED), None)
        if locked:
            next(_pieces(source, archive, locked, locked.filename), b"")
    if not listed:
        raise source.refusal(Reason.EMPTY_FILE, "{name} holds no files. Choose one with files in it.")
    return OpenedFile("", 1, iter((page_of_blocks(Line(name) for _, name in listed),)))


def entries(source: Source) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The name and content of each file in an archive; taking the content may raise `DocumentError`."""
    with zipfile.ZipFile(source.path) as archive:
        for entry, name in _listed(source, archive):
            yield name, _pieces(source, archive, entry, name)


def _listed(source: Source, archive: zipfile.ZipFile) -> Sequence[tuple[zipfile.ZipInfo, str]]:
    """The files in an archive, with names that are safe to show; hidden ones and links are passed over.

    An entry gives no more than its declared size, so a lying directory cannot exceed the bounds.
    """
    infos = archive.infolist()
    size, packed = sum(info.file_size for info in infos), source.path.stat().st_size
    if len(infos) > MAX_ENTRIES or size > _MAX_BYTES or (size > _RATIO_FROM and size > _MAX_RATIO * packed):
        raise source.refusal(
            Reason.EXPANDS_TOO_MUCH,
            f"{{name}} would unpack to {size // MEGABYTE} MB in {len(infos)} files, more than Footnote takes from an archive of "
            "its size. Unpack it yourself, and add what you need.",
        )
    named = zip(infos, map(_shown, _names(infos)))
    return [(info, name) for info, name in named if name and not info.is_dir() and info.file_size and not _is_link(info)]


def _names(infos: Sequence[zipfile.ZipInfo]) -> Sequence[str]:
    """The names as they were given; those not marked as UTF-8 are in the encoding of some place."""
    raw = [info.filename.encode("cp437", "replace") for info in infos if not info.flag_bits & _IN_UTF8]
    local = iter(_decoded(raw))
    return [info.filename if info.flag_bits & _IN_UTF8 else next(local) for info in infos]


def _decoded(raw: Sequence[bytes]) -> Sequence[str]:
    """Names in one encoding: UTF-8 or Chinese where they fit; a guess where two bytes may make a character."""
    for encoding in ("utf-8", "gb2312", "big5"):
        with suppress(UnicodeDecodeError):
            return [name.decode(encoding) for name in raw]
    joined = b"\n".join(raw)
    guessed = decode(joined) if _WIDE.search(joined) else None
    if guessed and guessed.count("\n") == len(raw) - 1:
        return guessed.split("\n")
    return [name.decode("cp437") for name in raw]


def _shown(name: str) -> str:
    """A name without what leads out of the archive; empty for a hidden file."""
    parts = [part for part in PurePosixPath(cell_text(name.replace("\\", "/").replace(WITHIN, " "))).parts if part not in "/.."]
    if any(part.startswith(".") or part in _LEFT_OUT for part in parts):
        return ""
    return "/".join(parts)[-_LONGEST_NAME:]


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)


def _pieces(source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    try:
        with archive.open(info, pwd=source.password.encode() or None) as content:
            while piece := content.read(_PIECE):
                yield piece
    except NotImplementedError as error:
        sentence = f"{name} in {{name}} is packed in a way that Footnote does not know. Unpack it yourself and add it."
        raise source.refusal(Reason.UNSUPPORTED, sentence) from error
    except RuntimeError as error:  # NotImplementedError is one too
        raise source.locked(Reason.PASSWORD_NEEDED) from error
    except _BROKEN as error:
        raise source.refusal(Reason.DAMAGED, f"{name} in {{name}} is damaged. Get the archive again.") from error
