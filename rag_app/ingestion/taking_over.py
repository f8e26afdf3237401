"""A file is taken over: looked at, copied into the library's folder, queued."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from rag_app.errors import DocumentError, Reason
from rag_app.ingestion.paths import on_one_line, readable
from rag_app.records import Task
from rag_app.store import Store

_MEGABYTE = 1024 * 1024
_REASONS = {
    errno.ENOENT: Reason.NOT_FOUND,
    errno.ENOTDIR: Reason.NOT_FOUND,
    errno.ENAMETOOLONG: Reason.NOT_FOUND,
    errno.ENOSPC: Reason.OUT_OF_DISK,
    errno.EDQUOT: Reason.OUT_OF_DISK,
    errno.EFBIG: Reason.OUT_OF_DISK,
}
_ADVICE = {
    Reason.NOT_FOUND: "Check the path and add it again.",
    Reason.OUT_OF_DISK: "Free some space on the disk of the library and try again.",
}


def take_over(
    store: Store,
    path: Path,
    *,
    collection: str | None,
    max_file_mb: int,
    from_folder: bool = False,
    name: str = "",
    origin: str = "",
    folder: str | None = None,
) -> Task:
    """The task of the file at `path`: waiting, a duplicate, or failed with the reason why it cannot be taken over.

    `name` and `origin` are what a person is told of what it is called and where it came from, where the path does not say it, and
    `folder` the folder, empty for none, that tells it apart from others of its name.
    """
    name, full = on_one_line(name or readable(path.name)), origin or readable(str(path.absolute()))
    lies_in = readable(str(path.absolute().parent)) if folder is None else folder
    try:
        _check(path, name, max_file_mb)
        copy = store.files.copy(path)
        return store.queue(copy, name=name, path=full, collection=collection, folder=lies_in, from_folder=from_folder)
    except DocumentError as error:
        reason, message = error.reason.value, str(error)
    except OSError as error:
        reason, message = from_system(error, name)
    return store.queue_failed(name=name, path=full, collection=collection, folder=lies_in, reason=reason, message=message)


def _check(path: Path, name: str, max_file_mb: int) -> None:
    if "\0" in str(path):
        raise DocumentError(Reason.NOT_FOUND, f"{name} is not what a file can be called. Check the path and add it again.")
    if path.is_dir():
        os.scandir(path).close()  # raises where the folder cannot be listed
        raise DocumentError(Reason.NOT_FOUND, f"The folder {name} holds no files to add. Choose another one.")
    size = path.stat().st_size
    if not path.is_file():
        raise DocumentError(Reason.UNSUPPORTED, f"{name} is not a file. Choose a file or a folder.")
    if size == 0:
        raise DocumentError(Reason.EMPTY_FILE, f"{name} is empty. Choose a file with content.")
    if size > max_file_mb * _MEGABYTE:
        found = f"{name} has {size / _MEGABYTE:,.0f} MB; files up to {max_file_mb:,} MB are read."
        raise DocumentError(Reason.TOO_BIG, f"{found} Split it, or raise 'max_file_mb' in the settings.")


def from_system(error: OSError, name: str) -> tuple[str, str]:
    """The reason, or none, and the sentence for what the operating system refused."""
    reason = _REASONS.get(error.errno or 0)
    advice = _ADVICE[reason] if reason else "Check that you may read it, and add it again."
    return reason.value if reason else "", f"{name} could not be taken over: {error.strerror or error}. {advice}"
