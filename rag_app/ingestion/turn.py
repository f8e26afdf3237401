"""Whose turn it is to work the queue, where several programs share one storage folder."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rag_app.errors import LibraryError
from rag_app.interfaces import Stop

_LOOK_AGAIN_SECONDS = 0.1


class Turn:
    """A lock of the operating system: it ends with the program that holds it, however that ends."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def taken(self, *, waiting: Callable[[], bool], stop: Stop) -> Iterator[bool]:
        """Whether the turn was taken, at once or after another program's, as long as `waiting()` and not `stop()`.

        Raises `LibraryError` where the file of the lock cannot be written.
        """
        try:
            file = self._path.open("a")
        except OSError as error:
            raise LibraryError(
                f"{self._path} cannot be opened ({error.strerror}). Check that the folder exists and may be written to."
            ) from error
        with file:
            taken = _lock(file.fileno())
            while not taken and waiting() and not stop():
                time.sleep(_LOOK_AGAIN_SECONDS)
                taken = _lock(file.fileno())
            yield taken


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
