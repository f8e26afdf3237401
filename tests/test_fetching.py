"""Web pages by their address, from a server within the test: what comes, what is refused, and what is cut off."""

from __future__ import annotations

import errno
import gzip
import ipaddress
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.fetching import fetch
from rag_app.fetching.address import is_own_network, is_public, parse_address
from rag_app.fetching.connection import Response
from rag_app.fetching.page import page_name
from rag_app.ingestion import Ingestion
from rag_app.records import FileOutcome, TaskState
from rag_app.settings import Settings
from rag_app.store import Store
from tests.small_library import EMBEDDER
from tests.text_parser import TextParser

PAGE = "<html><head><title>\n  Otters &amp; rivers:\n 2/3 </title></head><body><p>Otters swim.</p></body></html>"
CHINESE = '<meta charset="gbk"><title>北京塔</title><p>北京塔的高度是405米。</p>'
BOMB = gzip.compress(bytes(3 * 1024 * 1024))
TAILED = gzip.compress(b"x") + bytes(1024 * 1024)
HTML = {"Content-Type": "text/html; charset=utf-8"}

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/otters": (200, HTML, PAGE.encode()),
    "/beijing": (200, {"Content-Type": "text/html"}, CHINESE.encode("gbk")),
    "/papers/a%20report.pdf?x=1": (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7"),
    "/packed": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    "/bomb": (200, {**HTML, "Content-Encoding": "gzip"}, BOMB),
    "/tailed": (
        200,
        {**HTML, "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"},
        b"%x\r\n%b\r\n0\r\n\r\n" % (len(TAILED), TAILED),
    ),
    "/big": (200, HTML, bytes(1024 * 1024 + 1)),
    "/cut": (200, {**HTML, "Content-Length": "1000"}, b"short"),
    "/odd": (200, {**HTML, "Content-Encoding": "br"}, b"x"),
    "/empty": (200, HTML, b""),
    "/moved": (302, {"Location": "/otters"}, b""),
    "/%E6%96%87%E4%BB%B6": (200, HTML, PAGE.encode()),
    "/moved/utf-8": (302, {"Location": "/文件".encode().decode("latin-1")}, b""),
    "/moved/latin-1": (302, {"Location": "/é"}, b""),
    "/%C3%A9": (200, HTML, PAGE.encode()),
    "/round": (302, {"Location": "/round"}, b""),
    "/cloud": (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
    "/moved/nowhere": (302, {"Location": "http://[nowhere/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
}


class Server(BaseHTTPRequestHandler):
    """Answers as `ANSWERS` says; `/slow` sends its answer a letter at a time, nearly without end."""

    def do_GET(self) -> None:  # the name that http.server calls
        if self.path.startswith("/slow"):
            self._trickle()
            return
        status, headers, content = ANSWERS.get(self.path, (404, {}, b"nothing"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _trickle(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if self.path == "/slow/body" else b"X-Long: "))
            for _ in range(600):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def reason_of(address: str, *, private: bool = True, seconds: float = 10.0) -> Reason:
    with pytest.raises(DocumentError) as told:
        fetch(address, private=private, most_mb=1, seconds=seconds)
    assert str(told.value).endswith(".") and "\n" not in str(told.value)
    return told.value.reason


@pytest.mark.parametrize(
    ("path", "name", "content"),
    [
        ("/otters", "Otters & rivers 2 3.html", PAGE.encode()),
        ("/beijing", "北京塔.html", CHINESE.encode("gbk")),
        ("/papers/a report.pdf?x=1#page=2", "a report.pdf", b"%PDF-1.7"),
        ("/packed", "Otters & rivers 2 3.html", PAGE.encode()),
        ("/moved", "Otters & rivers 2 3.html", PAGE.encode()),
        ("/moved/utf-8", "Otters & rivers 2 3.html", PAGE.encode()),
        ("/moved/latin-1", "Otters & rivers 2 3.html", PAGE.encode()),
    ],
)
def test_page_comes_as_it_is_and_is_named_after_itself(site: str, path: str, name: str, content: bytes) -> None:
    page = fetch(site + path, private=True)
    assert (page.name, page.content) == (name, content)


def test_the_time_to_find_a_title_grows_with_the_page_alone() -> None:
    started = time.process_time()
    assert page_name("https://x.org/otters", Response(200, "OK", "", "text/html", "", b"<title>" * 20_000)) == "otters.html"
    assert time.process_time() - started < 2


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "rot13", "no-such"])
def test_a_title_in_no_encoding_of_texts_is_read_as_utf_8(charset: str) -> None:
    response = Response(200, "OK", "", "text/html", charset, "<title>Cafés</title>".encode())
    assert page_name("http://a.org/", response) == "Cafés.html"


@pytest.mark.parametrize("letter", ["a", "汉", "𝗕"])
def test_a_long_title_makes_a_name_that_file_systems_take(letter: str) -> None:
    page = Response(200, "OK", "", "text/html", "utf-8", f"<title>{letter * 90}</title>".encode())
    name = page_name("http://a.org/", page)
    assert len(name.encode()) < 256 and set(name.removesuffix(".html")) == {letter}


def test_half_a_character_in_a_title_is_left_out() -> None:
    response = Response(200, "OK", "", "text/html", "utf-7", b"<title>a+2AA-b</title>")
    assert page_name("http://a.org/", response) == "ab.html"


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/pdf/1706.03762", "application/pdf", "1706.03762.pdf"),
        ("/pdf/1706.03741v2", "application/pdf", "1706.03741v2.pdf"),
        ("/a/报告2.1版", "application/pdf", "报告2.1版.pdf"),
        ("/a/REPORT.PDF", "application/pdf", "REPORT.pdf"),
        ("/a/paper.php", "application/pdf", "paper.pdf"),
        ("/files/report.docx", "application/octet-stream", "report.docx"),
        ("/files/report", "application/octet-stream", "report.bin"),
        ("/files/report.a%00b", "application/octet-stream", "report.a b.bin"),
        ("/", "text/html", "x.org.html"),
    ],
)
def test_page_without_a_title_is_named_after_the_last_part_of_its_path(path: str, kind: str, name: str) -> None:
    assert page_name(f"https://x.org{path}", Response(200, "OK", "", kind, "", b"words")) == name


def test_address_of_a_page_that_moved_is_where_it_was_found(site: str) -> None:
    assert fetch(site + "/moved", private=True).address == site + "/otters"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", Reason.NOT_REACHED),
        ("/cut", Reason.NOT_REACHED),
        ("/odd", Reason.NOT_REACHED),
        ("/round", Reason.NOT_REACHED),
        ("/empty", Reason.EMPTY_FILE),
        ("/big", Reason.TOO_BIG),
        ("/bomb", Reason.TOO_BIG),
        ("/tailed", Reason.TOO_BIG),
        ("/cloud", Reason.ADDRESS_REFUSED),
        ("/file", Reason.ADDRESS_REFUSED),
        ("/moved/nowhere", Reason.ADDRESS_REFUSED),
    ],
)
def test_page_that_does_not_come_is_a_sentence_with_its_reason(site: str, path: str, reason: Reason) -> None:
    assert reason_of(site + path) is reason


def test_server_without_https_is_told_as_such(site: str) -> None:
    with pytest.raises(DocumentError, match="its server does not speak https as is expected; http:// may reach it"):
        fetch(site.replace("http:", "https:") + "/otters", private=True)


@pytest.mark.parametrize("path", ["/slow/head", "/slow/body"])
def test_server_that_goes_on_slowly_without_end_is_cut_off(site: str, path: str) -> None:
    started = time.monotonic()
    assert reason_of(site + path, seconds=0.5) is Reason.TOOK_TOO_LONG
    assert time.monotonic() - started < 5


def test_without_a_network_there_is_a_sentence() -> None:
    assert reason_of("http://nowhere.invalid/page") is Reason.NOT_REACHED
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and listens not, so that no other program can either
        assert reason_of(f"http://127.0.0.1:{nobody.getsockname()[1]}/") is Reason.NOT_REACHED


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_this_machine_is_refused_to_those_who_are_not_at_it_however_it_is_written(site: str, host: str) -> None:
    address = f"http://{host}:{site.rsplit(':', 1)[1]}/otters"
    assert reason_of(address, private=False) in (Reason.ADDRESS_REFUSED, Reason.NOT_REACHED)
    if host == "127.0.0.1":
        assert reason_of(address, private=False) is Reason.ADDRESS_REFUSED


NO_ADDRESSES = (
    *(
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "http://user:word@example.org/",
        *("example.org", "not an address"),
    ),
    *(
        "https://example.org/\udcff",
        "http://example.org:99999/",
        "http://exa\x00mple.org/",
        "http://[::1/",
        f"https://{'a' * 3000}.org/",
    ),
)


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_of_the_web_is_refused(text: str) -> None:
    assert reason_of(text) is Reason.ADDRESS_REFUSED


def test_address_in_chinese_is_sent_in_letters_that_servers_know() -> None:
    address = parse_address("https://例子.中国/北京 塔?q=塔&a=%20#top")
    assert (address.host, address.port) == ("xn--fsqu00a.xn--fiqs8s", 443)
    assert address.target == "/%E5%8C%97%E4%BA%AC%20%E5%A1%94?q=%E5%A1%94&a=%20"


@pytest.mark.parametrize(
    ("number", "public", "own"),
    [
        ("93.184.216.34", True, False),
        ("2606:2800:220:1::1", True, False),
        ("127.0.0.1", False, True),
        ("10.1.2.3", False, True),
        ("192.168.0.1", False, True),
        ("::1", False, True),
        ("fd00::1", False, True),
        ("::ffff:10.0.0.1", False, True),
        ("64:ff9b::10.0.0.1", False, True),
        ("2002:7f00:1::", False, True),
        ("169.254.169.254", False, False),
        ("64:ff9b::169.254.169.254", False, False),
        ("fe80::1", False, False),
        ("0.0.0.0", False, False),
        ("100.64.0.1", False, False),
        ("224.0.0.1", False, False),
        ("255.255.255.255", False, False),
    ],
)
def test_numbers_are_told_apart(number: str, public: bool, own: bool) -> None:
    parsed = ipaddress.ip_address(number)
    assert (is_public(parsed), is_own_network(parsed)) == (public, own)


def test_page_for_which_there_is_no_room_is_refused_once_its_size_is_known(site: str, tmp_path: Path) -> None:
    store = Store(tmp_path)
    flow = Ingestion(store, TextParser(), EMBEDDER, Settings())
    flow.limit(lambda size: f"There is no room for {size} bytes." if size > 10 else "")
    with pytest.raises(DocumentError, match=f"There is no room for {len(PAGE.encode())} bytes.") as caught:
        flow.add_page(site + "/otters", private=True)
    assert caught.value.reason is Reason.LIBRARY_FULL and not store.has_open_tasks()
    store.close()


def test_page_that_cannot_be_written_is_a_failed_file_with_its_reason(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with closing(Store(tmp_path)) as store:
        task = Ingestion(store, TextParser(), EMBEDDER, Settings()).add_page(site + "/otters", private=True)
        assert (task.name, task.state, task.reason) == ("Otters & rivers 2 3.html", TaskState.FAILED, Reason.OUT_OF_DISK.value)
        assert "Free some space" in task.message


def test_fetched_page_becomes_a_document_that_tells_its_address(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    store = Store(tmp_path)
    flow = Ingestion(store, TextParser(), EMBEDDER, Settings())
    task = flow.add_page(site + "/moved", private=True, collection="web")
    assert (task.name, task.path, task.state) == ("Otters & rivers 2 3.html", site + "/otters", TaskState.WAITING)
    assert [event.state for event in flow.work(lambda: False) if isinstance(event, FileOutcome)] == [TaskState.DONE]
    assert [(document.name, document.collections) for document in store.documents()] == [(task.name, ("web",))]
    assert list(passing.iterdir()) == []
    with pytest.raises(DocumentError):
        flow.add_page(site + "/otters", private=False)
    store.close()
