"""Which addresses the server answers: those that the page and its named endpoints use. Gradio's others are closed.

Among those are one that reads files by their path, two that fetch other servers' pages, and some that tell of other sessions.
"""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from rag_app.ui.confinement import Application, Message, Receive, Send

_READ = re.compile(
    r"/|/(config|theme\.css|manifest\.json|favicon\.ico|robots\.txt|pwa_icon(/\d{1,4})?)/?|/(assets|static|svelte)/.*"
    r"|/gradio_api/(info|app_id|theme\.css|startup-events|queue/data|upload_progress)/?"
    r"|/gradio_api/(heartbeat/\w+|call/(v2/)?\w+/\w+)"
)
_WRITE = re.compile(r"/gradio_api/(upload|queue/join|cancel|reset|call/(v2/)?\w+)/?")
_OPEN: Mapping[str, re.Pattern[str]] = {"GET": _READ, "HEAD": _READ, "POST": _WRITE}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_UPLOAD = "/gradio_api/upload"
_MEGABYTE = 1 << 20
_FREE_MEGABYTES = 1024
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Gate:
    """ASGI middleware: 404 for what is closed; 413 or 507 for an upload that is too large or for which the disk has no room.

    A page served to this machine alone answers only to the machine's own names, else with 421: a website could have its own name
    lead here (DNS rebinding) and read the library as if it were its own page. What another page has the browser send here
    (cross-site request forgery) gets 403.
    """

    def __init__(self, app: Application, host: str, upload_megabytes: int, disk: Path) -> None:
        """`host` is where the server listens; `upload_megabytes` bounds what may come at once, 0 does not; `disk` is a folder."""
        self._app = app
        self._names = LOOPBACK if host in LOOPBACK else frozenset[str]()
        self._upload_megabytes = upload_megabytes
        self._disk = disk

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with a status alone."""
        status = self._refusal(scope) if scope["type"] == "http" else 0
        if not status:
            try:
                await self._app(scope, receive, send)
                return
            except OSError as error:
                if error.errno not in _NO_ROOM or scope["type"] != "http" or not _is_upload(scope):
                    raise
                status = 507
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    def _refusal(self, scope: Message) -> int:
        """The status that refuses the request, or 0."""
        if self._names and _host(scope) not in self._names:
            return 421
        if self._names and _is_from_elsewhere(scope):
            return 403
        method, path = str(scope["method"]), str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        if method not in _OPEN or not _OPEN[method].fullmatch(path):
            return 404
        return self._refusal_of_upload(scope) if _is_upload(scope) else 0

    def _refusal_of_upload(self, scope: Message) -> int:
        length, free = _header(scope, b"content-length"), shutil.disk_usage(self._disk).free
        if not self._upload_megabytes:
            return 507 if length.isdigit() and free < 2 * int(length) else 0  # the library keeps a copy
        if not length.isdigit():
            return 411
        if int(length) > self._upload_megabytes * _MEGABYTE:
            return 413
        return 507 if free < _FREE_MEGABYTES * _MEGABYTE else 0


def _is_upload(scope: Message) -> bool:
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    return scope["method"] == "POST" and path.startswith(_UPLOAD)


def _host(scope: Message) -> str:
    """The name that the request was sent to, without its port."""
    host = _header(scope, b"host").lower()
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def _is_from_elsewhere(scope: Message) -> bool:
    """Whether a browser sends the request for a page of another address. What is no browser names no page."""
    origin = _header(scope, b"origin")
    return bool(origin) and origin.partition("://")[2] != _header(scope, b"host")


def _header(scope: Message, name: bytes) -> str:
    return str(dict(scope["headers"]).get(name, b"").decode("ascii", "replace"))
