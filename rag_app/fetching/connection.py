"""One request to one number, bounded in size and time."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from dataclasses import dataclass

from rag_app.errors import DocumentError, Reason
from rag_app.fetching.address import Address, Ip

_BLOCK = 1 << 16
_MEGABYTE = 1024 * 1024
_HEADERS = {
    "User-Agent": "Footnote (a person asked for this page)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered. `location` is where it sends one on, or empty; `content_type` and `charset` are in lower case."""

    status: int
    reason: str
    location: str
    content_type: str
    charset: str
    content: bytes


def request(address: Address, number: Ip, *, until: float, most_mb: int) -> Response:
    """Ask `number` for the page. `until` is a moment of `time.monotonic()`. Raises `DocumentError`."""
    connection = _Connection(address, str(number), max(until - time.monotonic(), 0.1))
    cut = threading.Timer(max(until - time.monotonic(), 0.1), connection.cut)
    cut.daemon = True
    cut.start()
    try:
        connection.request("GET", address.target, headers=_HEADERS)
        with connection.getresponse() as response:
            answer = _read(response, address, most_mb)
        if time.monotonic() >= until:
            raise TimeoutError
        return answer
    except (OSError, http.client.HTTPException, zlib.error) as error:
        if time.monotonic() >= until or isinstance(error, TimeoutError):
            raise _too_long(address) from error
        raise _not_reached(address, _why(error)) from error
    finally:
        cut.cancel()
        connection.close()


class _Connection(http.client.HTTPConnection):
    """Connects to a number that was looked at before, and has the certificate checked against the name."""

    def __init__(self, address: Address, number: str, seconds: float) -> None:
        super().__init__(address.host, address.port, timeout=seconds)
        self._address = address
        self._number = number
        self._open: socket.socket | None = None

    def connect(self) -> None:
        self.sock = socket.create_connection((self._number, self.port), self.timeout)
        if self._address.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        self._open = self.sock  # the response takes the other reference away

    def cut(self) -> None:
        """End what is being read or written: the time is up, however slowly the server goes on."""
        if self._open is not None:
            try:
                self._open.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


def _read(response: http.client.HTTPResponse, address: Address, most_mb: int) -> Response:
    location = _location(response)
    content = b"" if response.status != http.client.OK else _content(response, address, most_mb)
    kind, charset = response.headers.get_content_type(), response.headers.get_content_charset("")
    return Response(response.status, response.reason, location, kind, charset, content)


def _location(response: http.client.HTTPResponse) -> str:
    """Where the server sends one on; some write that in UTF-8, which http.client takes for Latin-1."""
    location: str = response.headers.get("Location", "")
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _content(response: http.client.HTTPResponse, address: Address, most_mb: int) -> bytes:
    announced, most = response.length, most_mb * _MEGABYTE
    if announced is not None and announced > most:
        raise _too_big(address, most_mb)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise _not_reached(address, f"the server packs it as {encoding}")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    content, taken = bytearray(), 0
    while block := response.read(_BLOCK):
        taken += len(block)
        content += unpack.decompress(block, most + 1 - len(content)) if unpack else block
        if max(taken, len(content)) > most:  # what comes behind the end of what is packed adds nothing, and may have no end
            raise _too_big(address, most_mb)
    if (announced is not None and taken < announced) or (unpack and not unpack.eof):
        raise http.client.IncompleteRead(b"")
    return bytes(content)


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({error.verify_message})"
    if isinstance(error, ssl.SSLError):
        return "its server does not speak https as is expected; http:// may reach it"
    if isinstance(error, http.client.IncompleteRead):
        return "the answer ended too early"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _not_reached(address: Address, why: str) -> DocumentError:
    return DocumentError(
        Reason.NOT_REACHED, f"{address.text} could not be fetched: {why}. Check the address and your connection, and try again."
    )


def _too_long(address: Address) -> DocumentError:
    return DocumentError(
        Reason.TOOK_TOO_LONG, f"{address.text} did not come in time. Try again later, or save the page yourself."
    )


def _too_big(address: Address, most_mb: int) -> DocumentError:
    return DocumentError(
        Reason.TOO_BIG, f"{address.text} is larger than {most_mb} MB. Download it yourself and add the file, or its parts."
    )
