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
            found, passed_over = False, without.resolve()
            for file in _files_within(path, passed_over) if path.resolve() != passed_over else ():
                found = True
                yield file
            if not found:
                yield path
        else:
            yield path


def _files_within(folder: Path, without: Path) -> Iterator[Path]:
    closed = list[Path]()
    for parent, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        here = Path(parent)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not os.path.islink(here / name) and (here / name).resolve() != without
        )
        for name in sorted(names):
            path = here / name
            if not is_hidden(name) and not os.path.islink(path) and (os.path.isfile(path) or not os.path.exists(path)):
                yield path
    yield from closed


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
