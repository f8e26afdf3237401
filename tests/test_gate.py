"""Requests that other pages have the browser send, and uploads for which the disk has no room."""

from __future__ import annotations

import asyncio
import errno
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rag_app.ui.confinement import Message, Receive, Send
from rag_app.ui.gate import Gate


def status_of(
    folder: Path,
    *,
    length: str = "10",
    path: str = "/gradio_api/upload",
    fault: OSError | None = None,
    origin: str = "",
    host: str = "127.0.0.1",
) -> int:
    """What an upload is answered with where the server takes it, or breaks down with `fault` while it writes.

    `host` is where it listens, `origin` the page that sends.
    """
    sent: list[Message] = []

    async def server(scope: Message, receive: Receive, send: Send) -> None:
        if fault is not None:
            raise fault
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:1"), (b"content-length", length.encode())]
    if origin:
        headers.append((b"origin", origin.encode()))
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": path, "headers": headers}
    # Not asyncio.run: that takes away the loop which the thread may have, and it is then left unclosed.
    with closing(asyncio.new_event_loop()) as loop:
        loop.run_until_complete(Gate(server, host, 0, folder)(scope, receive, send))
    return int(sent[0]["status"])


def test_an_upload_that_fits_is_taken(tmp_path: Path) -> None:
    assert status_of(tmp_path) == 200


@pytest.mark.parametrize("origin", ["https://a.example", "http://127.0.0.1:2", "http://127.0.0.1", "null"])
def test_what_another_page_sends_to_this_machine_is_refused(tmp_path: Path, origin: str) -> None:
    assert status_of(tmp_path, origin=origin) == 403
    assert status_of(tmp_path, origin="http://127.0.0.1:1") == 200
    assert status_of(tmp_path, origin=origin, host="0.0.0.0") == 200  # a proxy may be in between, which has another name


def test_an_upload_larger_than_the_disk_is_refused_before_it_is_written(tmp_path: Path) -> None:
    assert status_of(tmp_path, length="9" * 18) == 507


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_is_full_meanwhile_is_told(tmp_path: Path, number: int) -> None:
    assert status_of(tmp_path, fault=OSError(number, "full")) == 507


def test_any_other_fault_is_not_called_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="odd"):
        status_of(tmp_path, fault=OSError(errno.EIO, "odd"))
    with pytest.raises(OSError, match="full"):
        status_of(tmp_path, path="/gradio_api/queue/join", fault=OSError(errno.ENOSPC, "full"))
