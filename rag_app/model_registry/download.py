"""One file over HTTP, going on where an earlier attempt ended (range requests, RFC 9110, 14)."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from rag_app import __version__
from rag_app.errors import Stopped
from rag_app.interfaces import Stop

_BLOCK = 1 << 20
_SECONDS_WITHOUT_A_WORD = 30.0
_PARTIAL = 206
_HEADERS = {"User-Agent": f"Footnote/{__version__}", "Accept-Encoding": "identity"}


def download(address: str, file: Path, *, size: int, stop: Stop) -> Iterator[int]:
    """Bring what stands at `address`, `size` bytes long, into `file`, behind what is there; yields how many bytes are there.

    A connection that breaks is made anew as long as each brings something. Raises `OSError` or `http.client.HTTPException` when
    one brings nothing, and `Stopped`, which leaves what has come.
    """
    if length_of(file) > size:
        file.unlink()
    while (before := length_of(file)) < size:
        try:
            yield from _attempt(address, file, before, size, stop)
        except (OSError, http.client.HTTPException):
            if length_of(file) <= before:
                raise
        if length_of(file) <= before:
            raise http.client.IncompleteRead(b"", size - before)


def open_address(address: str, *, begin: int = 0) -> Any:
    """The answer to a request for what stands at `address`, from byte `begin` on if the server can do that. Raises `OSError`."""
    headers = _HEADERS | ({"Range": f"bytes={begin}-"} if begin else {})
    return urlopen(Request(address, headers=headers), timeout=_SECONDS_WITHOUT_A_WORD)


def length_of(file: Path) -> int:
    """The bytes of `file`, 0 where there is none."""
    return file.stat().st_size if file.is_file() else 0


def _attempt(address: str, file: Path, begin: int, size: int, stop: Stop) -> Iterator[int]:
    with open_address(address, begin=begin) as answer:
        goes_on = answer.status == _PARTIAL
        if goes_on and not re.match(rf"bytes {begin}-", answer.headers.get("Content-Range", "")):
            raise OSError("the server sent another part of the file than it was asked for")
        there = begin if goes_on else 0
        with file.open("ab" if goes_on else "wb") as out:
            while there < size and (block := answer.read(min(_BLOCK, size - there))):
                out.write(block)
                there += len(block)
                yield there
                if stop():
                    raise Stopped("Stopped. What has come is kept; fetching the model again goes on from there.")
