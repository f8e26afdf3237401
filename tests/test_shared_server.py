"""Two visitors of one server at once: neither sees, asks, fetches or changes anything of the other, by page, call or address."""

from __future__ import annotations

import gc
import http.client
import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

pytest.importorskip("playwright", reason="playwright is not installed; requirements-dev.txt has it")

from playwright.sync_api import Browser, expect

from rag_app.errors import LibraryError
from rag_app.ui.desks import SHARED, VisitorsDesks
from rag_app.ui.environment import prepare_environment
from rag_app.visitors import Limits, RationedLibrary, new_key
from tests.browser import CHROMIUM, PHONE, Watched, add_files, ask, chromium, visiting
from tests.ports import free_port
from tests.small_library import small_library

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; Debian's package is chromium"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # gradio leaves sockets to the collector
]

SECRET = "The vault of Ystad opens with the number QZ74193."
QUESTION = "Which number opens the vault of Ystad?"
TELLING = ("qz74193", "vault of ystad", "ann-papers", "ann-files")


@dataclass
class Server:
    """A server for visitors: its address, its desks, and the folders it works in."""

    address: str
    desks: VisitorsDesks
    folder: Path
    uploads: Path
    config: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """What the server answers to a request by hand."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=20)
        with closing(connection):
            sent = json.dumps(body).encode() if body is not None else None
            connection.request(method, path, sent, {"content-type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")

    def fire(self, event: int, values: dict[str, Any], click: dict[str, Any], session: str) -> str:
        """Send the event of this number as a page would, and give all that comes back. Values are by type of component."""
        kinds = {component["id"]: component for component in self.config["components"]}
        data = [values.get(_name(kinds[label])) for label in self.config["dependencies"][event]["inputs"]]
        body = {"fn_index": event, "data": data, "event_data": click, "session_hash": session, "trigger_id": None}
        status, answer = self.call("POST", "/gradio_api/queue/join", body)
        if status == 200:
            answer += self.call("GET", f"/gradio_api/queue/data?session_hash={session}")[1]
        return answer


def _name(component: dict[str, Any]) -> str:
    """The kind of a component, or the place where the browser keeps it."""
    return str(component["props"].get("storage_key") or component["type"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with shared_server(tmp_path_factory.mktemp("visitors"), tmp_path_factory.mktemp("uploads")) as serving:
        yield serving


@contextmanager
def shared_server(folder: Path, uploads: Path) -> Iterator[Server]:
    """A server for visitors whose libraries lie in `folder`."""

    def open_library(place: Path) -> RationedLibrary:
        library = small_library(place, RationedLibrary, refusal_threshold=0.0)
        assert isinstance(library, RationedLibrary)
        return library

    prepare_environment(uploads)
    from rag_app.ui.serving import serve_page  # gradio reads its environment when it is imported

    with (
        closing(VisitorsDesks(folder, uploads, open_library, SHARED, Limits(questions_a_minute=1000))) as desks,
        serve_page(desks, host="127.0.0.1", port=free_port()) as address,
    ):
        serving = Server(address, desks, folder, uploads)
        serving.config = json.loads(serving.call("GET", "/config")[1])
        yield serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def ann(server: Server) -> str:
    """The key of a visitor with a document, a collection and a conversation, all of them secret."""
    key = new_key()
    paper = server.uploads / "ann-papers.txt"
    paper.write_text(SECRET, encoding="utf-8")
    with server.desks.at(key) as desk:
        library = desk.app.library
        library.add([paper], collection="ann-files")
        list(library.work())
        conversation = library.start_conversation(QUESTION)
        for answer in library.ask(QUESTION):
            kept = answer
        library.keep_turn(conversation.id, kept)
    return key


def kept_of(server: Server, key: str) -> tuple[object, ...]:
    """All that a visitor has."""
    with server.desks.at(key) as desk:
        library = desk.app.library
        conversations = library.conversations()
        turns = [library.turns(conversation.id) for conversation in conversations]
        return library.documents(), conversations, turns, library.tasks()


def test_two_browsers_at_once_have_each_their_own_library(server: Server, browser: Browser, tmp_path: Path) -> None:
    paper = tmp_path / "ann-papers.txt"
    paper.write_text(SECRET, encoding="utf-8")
    watched = Watched(server.address)
    with visiting(browser, watched) as first, visiting(browser, watched, size=PHONE, language="zh-CN") as second:
        expect(first.locator(".fn-sharing summary")).to_contain_text("deleted 2 hours after you last used it")
        expect(second.locator(".fn-sharing summary")).to_contain_text("2 小时后删除")
        add_files(first, paper)
        ask(first, QUESTION)
        expect(first.locator("#fn-thread .fn-answer")).to_contain_text("QZ74193")
        first.reload()
        expect(first.locator(".fn-history-open")).to_have_count(1)
        second.reload()
        expect(second.locator(".fn-welcome h2")).to_be_visible()
        for told in TELLING:
            assert told not in second.content().lower()
        ask(second, QUESTION)
        expect(second.locator(".fn-notice")).to_be_visible()
        assert "QZ74193" not in second.content()
        keys = [page.evaluate("localStorage.getItem('footnote.visitor')") for page in (first, second)]
        assert None not in keys and keys[0] != keys[1]
    assert watched.faults == []


def test_page_in_a_frame_of_another_site_works_where_the_browser_refuses_it_storage(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    paper = tmp_path / "framed.txt"
    paper.write_text(SECRET, encoding="utf-8")
    watched = Watched(server.address)
    context = browser.new_context(locale="en-US")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{ configurable: true, get() { throw new DOMException('denied', 'SecurityError'); } });"
    )
    page = context.new_page()
    watched.watch(page)
    page.goto(server.address)
    page.wait_for_selector(".fn-header")
    add_files(page, paper)
    ask(page, QUESTION)
    expect(page.locator("#fn-thread .fn-answer")).to_contain_text("QZ74193")
    context.close()
    assert watched.faults == []


def test_no_event_tells_or_changes_anything_of_another_visitor(server: Server, ann: str) -> None:
    before = kept_of(server, ann)
    with server.desks.at(ann) as desk:
        (document,) = desk.app.library.documents()
        stored = next((desk.app.library.storage / "files").iterdir())
    click = {"document": document.id, "page": "1", "conversation": "1", "turn": "1", "task": "1", "title": "taken over"}
    click |= {"rating": "down", "question": "What do you know?", "collection": "some files"}
    answers: list[str] = []
    for key in (new_key(), "", ann[:-1], ann[::-1], "../" + ann):
        values = {"footnote.visitor": key, "textbox": "What do you know?", "uploadbutton": upload_of(stored)}
        for event in range(len(server.config["dependencies"])):
            answers.append(server.fire(event, values, click, f"session{len(answers)}"))
    said = "".join(answers).lower()
    assert len(answers) >= 5 * 20 and "process_completed" in said
    assert [told for told in TELLING if told in said] == []
    assert kept_of(server, ann) == before


def test_the_key_opens_the_library_from_anywhere(server: Server, ann: str) -> None:
    values = {"footnote.visitor": ann, "textbox": QUESTION}
    said = "".join(server.fire(event, values, {}, f"ann{event}") for event in range(len(server.config["dependencies"])))
    assert [told for told in TELLING if told not in said.lower()] == []


def test_event_that_no_library_can_be_opened_for_tells_why(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(folder: Path) -> RationedLibrary:
        raise LibraryError("footnote.db is damaged.")

    monkeypatch.setattr(server.desks, "_open_library", damaged)
    events = range(len(server.config["dependencies"]))
    said = [server.fire(event, {"footnote.visitor": new_key()}, {}, f"damaged{event}") for event in events]
    assert sum("The library cannot do this: footnote.db is damaged." in one for one in said) > 20


def upload_of(path: Path) -> list[dict[str, Any]]:
    """What a page says of a file that it has uploaded."""
    return [{"path": str(path), "orig_name": path.name, "meta": {"_type": "gradio.FileData"}}]


def test_how_far_an_event_is_is_brought_to_one_component_and_not_to_all_that_it_may_change(server: Server) -> None:
    events = [event for event in server.config["dependencies"] if event["targets"] and len(event["outputs"]) > 1]
    assert len(events) > 50
    assert {len(event["show_progress_on"] or event["outputs"]) for event in events} == {1}


def test_pages_that_nobody_came_back_to_for_long_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "uploads").mkdir()
    prepare_environment(tmp_path / "uploads")
    from gradio.state_holder import StateHolder

    monkeypatch.setattr("rag_app.ui.serving.PAGES_REMEMBERED", 3)
    with shared_server(tmp_path / "visitors", tmp_path / "uploads") as server:
        arrival = next(number for number, event in enumerate(server.config["dependencies"]) if event["targets"][0][1] == "load")
        for number in range(5):
            assert "fn-header" in server.fire(arrival, {}, {}, f"arrival{number}")
        holders = [one for one in gc.get_objects() if type(one) is StateHolder and "arrival4" in one]
        assert [list(holder.session_data) for holder in holders] == [["arrival2", "arrival3", "arrival4"]]


def test_files_of_others_cannot_be_uploaded_by_their_path(server: Server, ann: str) -> None:
    with server.desks.at(ann) as desk:
        storage = desk.app.library.storage
    lying = server.uploads / "hash" / "ann-files.txt"
    lying.parent.mkdir(exist_ok=True)
    lying.write_text(SECRET, encoding="utf-8")
    for number, path in enumerate((next((storage / "files").iterdir()), storage / "footnote.db", storage, server.uploads)):
        key = new_key()
        values = {"footnote.visitor": key, "uploadbutton": upload_of(path)}
        for event, wired in enumerate(server.config["dependencies"]):
            if any(target[1] == "upload" for target in wired["targets"]):
                server.fire(event, values, {}, f"upload{number}")
        with server.desks.at(key) as desk:
            list(desk.app.library.work())
            assert desk.app.library.documents() == ()
    assert lying.exists() and (storage / "footnote.db").exists()


@pytest.mark.parametrize("prefix", ["/gradio_api/file=", "/gradio_api/file/", "/file=", "/gradio_api/proxy="])
def test_no_address_gives_a_file_of_the_server(server: Server, ann: str, prefix: str) -> None:
    paths = [path for folder in (server.folder, server.uploads) for path in folder.rglob("*") if path.is_file()]
    for place in [*map(str, paths), "/etc/passwd", "http://127.0.0.1:9/", "app.py"]:
        assert server.call("GET", prefix + quote(place)) == (404, "")


def test_addresses_that_tell_of_other_sessions_are_closed(server: Server) -> None:
    for path in (
        *("queue/status", "deep_link?session_hash=x", "stream/x/y/1/playlist.m3u8", "file=/", "runs", "openapi.json"),
        *("vibe-code/", "run-history/records", "dev/reload", "token"),
    ):
        assert server.call("GET", f"/gradio_api/{path}")[0] == 404
    for path in ("run/predict", "component_server", "process_recording", "stream/x"):
        assert server.call("POST", f"/gradio_api/{path}", {})[0] == 404
    assert server.call("GET", "/gradio_api/app_id")[0] == 200  # by it an open page knows that the server was started again
    assert [
        server.call("GET", path)[0] for path in ("/monitoring", "/docs", "/login_check", "/custom_component/1/client/a/b")
    ] == [404] * 4


def test_upload_without_a_length_or_beyond_what_may_be_is_refused(server: Server) -> None:
    netloc = urlsplit(server.address).netloc
    for headers, status in (({"transfer-encoding": "chunked"}, 411), ({"content-length": str(10**10)}, 413)):
        with closing(http.client.HTTPConnection(netloc, timeout=20)) as connection:
            connection.putrequest("POST", "/gradio_api/upload")
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            assert connection.getresponse().status == status


def test_page_of_this_machine_answers_to_no_name_of_a_website(server: Server) -> None:
    port = urlsplit(server.address).port
    for name, status in (("localhost", 200), ("127.0.0.1", 200), ("rebound.example", 421), ("127.0.0.1.example", 421), ("", 421)):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            connection.putrequest("GET", "/config", skip_host=True)
            connection.putheader("host", f"{name}:{port}" if name else "")
            connection.endheaders()
            assert connection.getresponse().status == status


def test_what_the_page_is_made_of_names_no_visitor(server: Server, ann: str) -> None:
    with server.desks.at(ann) as desk:
        name = desk.app.library.storage.name
    for path in ("/", "/config", "/gradio_api/info", "/manifest.json"):
        status, text = server.call("GET", path)
        assert (status, ann in text, name in text) == (200, False, False)
        assert not re.search("ann-|ystad", text.lower())
