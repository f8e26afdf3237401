"""A hub of models within the test: lists a repository and sends its files, in parts where it is asked to."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

REVISION = "0123abc"


@dataclass
class ScriptedHub:
    """The files of the only repository. `sent` are bodies that differ from what is listed; a connection breaks `after` bytes."""

    files: dict[str, bytes]
    sent: dict[str, bytes] = field(default_factory=dict)
    after: int = 1 << 30
    knows_ranges: bool = True
    address: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)

    def listing(self) -> bytes:
        """What the hub's own address for models answers."""
        return json.dumps({"sha": REVISION, "siblings": [self._listed(name, body) for name, body in self.files.items()]}).encode()

    @staticmethod
    def _listed(name: str, body: bytes) -> dict[str, object]:
        entry: dict[str, object] = {"rfilename": name, "size": len(body)}
        entry["blobId"] = hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()
        if name.endswith(".gguf"):
            entry["lfs"] = {"sha256": hashlib.sha256(body).hexdigest(), "size": len(body), "pointerSize": 130}
        return entry


@contextmanager
def served(hub: ScriptedHub) -> Iterator[ScriptedHub]:
    """The hub at an address of this machine."""

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server calls
            if self.path.startswith("/api/models/"):
                self._send(200, hub.listing(), {})
                return
            name, asked = unquote(self.path.partition(f"/resolve/{REVISION}/")[2]), self.headers.get("Range", "")
            hub.asked.append((name, asked))
            body = hub.sent.get(name, hub.files[name])
            begin = int(re.findall(r"\d+", asked)[0]) if asked and hub.knows_ranges else 0
            where = {"Content-Range": f"bytes {begin}-{len(body) - 1}/{len(body)}"} if begin else {}
            self._send(206 if begin else 200, body[begin:], where)

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for key, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body[: hub.after])

        def log_message(self, format: str, *values: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
