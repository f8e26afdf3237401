"""One page over one storage folder: a second program is told where the first one serves it."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from pathlib import Path

from rag_app.errors import InUseError, LibraryError

FILE_NAME = "page.lock"


@contextmanager
def page_lock(storage: Path) -> Iterator[Callable[[str], None]]:
    """Hold the lock of `storage`; what it gives notes the address of the page, for others to read.

    The lock is the operating system's: it ends with this program, however that ends. Raises `InUseError` with the address while
    another program holds it, and `LibraryError` where no lock can be made.
    """
    try:
        storage.mkdir(parents=True, exist_ok=True)
        file = (storage / FILE_NAME).open("a+b", buffering=0)
    except OSError as error:
        raise LibraryError(f"{storage} cannot be written to ({error.strerror}). Choose another folder with --storage.") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _in_use(storage, file) from error
        _note(file, "")
        yield lambda address: _note(file, address)


def _note(file: RawIOBase, address: str) -> None:
    """On a full disk it stays unsaid where the page is: it is served all the same."""
    with suppress(OSError):
        file.truncate(0)
        file.write(address.encode())


def _in_use(storage: Path, file: RawIOBase) -> InUseError:
    file.seek(0)
    address = (file.read() or b"").decode().strip()
    where = f"at {address}: open that page" if address else "and is just starting: wait for it"
    return InUseError(f"Footnote runs on {storage} already, {where}, or choose another folder with --storage.", address)
