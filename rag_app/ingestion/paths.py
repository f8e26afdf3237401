"""The files that the paths a person gave stand for."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def files_of(paths: Iterable[Path], *, without: Path) -> Iterator[Path]:
    """Each path that is no folder, as it is, and the files of each folder, in order.

    Within a folder hidden files, what Office keeps beside an open document, symbolic links, and whatever is neither file nor
    folder are passed over, and so is the folder `without`. A folder that holds nothing to take is given itself, and so is one
    within that cannot be listed.
    """
    for path in paths:
        if os.path.isdir(path):  # unlike `Path.is_dir`, it raises nothing where the path cannot be looked at
            found = False
            for file in _files_within(path, without) if not is_same(path, without) else ():
                found = True
                yield file
            if not found:
                yield path
        else:
            yield path


def _files_within(folder: Path, without: Path) -> Iterator[Path]:
    """By a list of the folders left, not by recursion: they may lie deeper in each other than Python can call itself."""
    closed, pending = list[Path](), [folder]
    while pending:
        here = pending.pop()
        try:
            paths = [here / name for name in sorted(os.listdir(here)) if not os.path.islink(here / name)]
        except OSError:
            closed.append(here)
            continue
        folders = [path for path in paths if os.path.isdir(path)]
        for path in paths:
            if not is_hidden(path.name) and (os.path.isfile(path) or not os.path.exists(path)):
                yield path
        pending += [path for path in reversed(folders) if not path.name.startswith(".") and not is_same(path, without)]
    yield from closed


def is_same(path: Path, other: Path) -> bool:
    """Whether both lead to one file or folder; not where one of them leads nowhere."""
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def is_hidden(name: str) -> bool:
    """Whether a file is none of the person's: hidden, or what Office keeps beside an open document (`~$report.docx`)."""
    return name.startswith((".", "~$"))


def readable(path: str) -> str:
    """A path or name as text; bytes that are not UTF-8 become replacement characters."""
    return os.fsencode(path).decode("utf-8", "replace")


def on_one_line(name: str) -> str:
    """A name with a space for each control character, such as a line break: it stands in lists and in sentences.

    Characters that turn the direction of what follows are left out: "report[turn]fdp.exe" would be shown as a PDF.
    """
    name = _TURNS.sub("", name)
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in name)
