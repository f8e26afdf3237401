"""A look at a folder that is kept in step: cheap, by names, sizes and times; a file is read only where these differ."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rag_app.ingestion.paths import is_hidden, is_same
from rag_app.records import SeenFile

SETTLE_SECONDS = 2.0
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".swp")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a folder holds. `files` and `places` go by a file's path within the folder, as text.

    `unsettled` are files that were written a moment ago, `unreadable` the folders within that could not be listed.
    """

    files: Mapping[str, SeenFile]
    places: Mapping[str, Path]
    unsettled: frozenset[str]
    unreadable: tuple[str, ...]

    def is_out_of_sight(self, path: str) -> bool:
        """Whether a file at `path` might be there without being seen."""
        return any(path.startswith(folder) for folder in self.unreadable)


def look(folder: Path, *, without: Path) -> Sight:
    """The files of a folder, apart from hidden ones, symbolic links (so that no loop is followed) and the folder `without`.

    What programs keep beside an open document or an unfinished download is passed over too. Raises `OSError` when the folder
    itself cannot be listed.
    """
    files, places = dict[str, SeenFile](), dict[str, Path]()
    unsettled, unreadable = set[str](), list[str]()
    pending, now = [folder], time.time_ns()
    while pending:
        here = pending.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            if here == folder:
                raise
            unreadable.append(_key(here, folder) + "/")
            continue
        pending += [Path(entry.path) for entry in entries if _is_folder(entry) and not is_same(Path(entry.path), without)]
        for path, status in _files(entries):
            key = _key(path, folder)
            files[key], places[key] = SeenFile(key, status.st_size, status.st_mtime_ns), path
            if 0 <= now - status.st_mtime_ns < SETTLE_SECONDS * 1e9:
                unsettled.add(key)
    return Sight(files, places, frozenset(unsettled), tuple(unreadable))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)


def _files(entries: list[os.DirEntry[str]]) -> Iterator[tuple[Path, os.stat_result]]:
    for entry in entries:
        if is_hidden(entry.name) or entry.name.lower().endswith(_UNFINISHED):
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue  # it went between the listing and this look
        if stat.S_ISREG(status.st_mode):
            yield Path(entry.path), status


def _key(path: Path, folder: Path) -> str:
    """The path within the folder as text that SQLite takes; bytes that are not UTF-8 are spelled out."""
    return os.fsencode(str(path)[len(str(folder)) :].lstrip("/")).decode("utf-8", "backslashreplace")
