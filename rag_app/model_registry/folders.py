"""Folders that appear whole or not at all: made beside their place, flushed to disk, renamed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from rag_app.disk import flush
from rag_app.errors import ModelError

_UNFINISHED = ".unfinished-"
_ABANDONED_AFTER_SECONDS = 3600.0


@contextmanager
def appearing_folder(place: Path, *, is_whole: Callable[[], bool]) -> Iterator[Path]:
    """A new folder to fill; it takes the place of `place` when the block ends without an error.

    Several processes may do this at once: the first one wins, the others find `is_whole()` true and drop theirs.
    Raises `ModelError` when the disk refuses.
    """
    unfinished = place.parent / f"{_UNFINISHED}{place.name}-{uuid4().hex}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _sweep(place.parent)
        unfinished.mkdir()
        yield unfinished
        _flush(unfinished)
        _take_place(unfinished, place, is_whole)
    except OSError as error:
        raise ModelError(
            f"{place} cannot be written ({error}). Make room on the disk, or allow writing to {place.parent}, and try again."
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def move_into_place(folder: Path, place: Path) -> None:
    """Flush `folder` to disk and put it where `place` is, instead of what may be there. Raises `ModelError`."""
    try:
        _flush(folder)
        _take_place(folder, place, is_whole=lambda: False)
    except OSError as error:
        raise ModelError(f"{place} cannot be written ({error}). Make room on the disk and try again.") from error


def remove_folder(place: Path) -> None:
    """Remove a folder so that it is gone at once, even if removing its files is interrupted."""
    doomed = place.parent / f"{_UNFINISHED}{place.name}-{uuid4().hex}"
    try:
        place.rename(doomed)
        shutil.rmtree(doomed)
    except OSError as error:
        raise ModelError(f"{place} cannot be removed ({error}). Close what uses it, and try again.") from error


def _take_place(unfinished: Path, place: Path, is_whole: Callable[[], bool]) -> None:
    while True:
        try:
            unfinished.rename(place)
        except OSError:
            if not place.exists():
                raise
        else:
            flush(place.parent)
            return
        if is_whole():
            return
        remove_folder(place)


def _sweep(parent: Path) -> None:
    """Remove what interrupted work left behind, once nothing has touched it for an hour."""
    for left in parent.glob(f"{_UNFINISHED}*"):
        with suppress(FileNotFoundError):  # another process put it into its place, or dropped it, meanwhile
            newest = max(entry.stat().st_mtime for entry in (left, *left.rglob("*")))
            if time.time() - newest > _ABANDONED_AFTER_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _flush(folder: Path) -> None:
    for entry in sorted(folder.rglob("*")):
        flush(entry)
    flush(folder)
