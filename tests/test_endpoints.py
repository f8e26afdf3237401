"""The endpoints for other programs, called over HTTP by gradio's own client; and the Python interface behind them."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from rag_app.api import Footnote
from rag_app.errors import LibraryError
from rag_app.records import Task, TaskState
from rag_app.ui.app import open_app
from rag_app.ui.desks import SHARED, VisitorsDesks
from rag_app.ui.endpoints import AT_ONCE, added
from rag_app.ui.environment import prepare_environment
from rag_app.visitors import RationedLibrary, is_key
from tests.browser import serving
from tests.ports import free_port
from tests.scripted_library import ScriptedLibrary
from tests.small_library import small_library

ROOT = Path(__file__).parent.parent
STEEL = "Steel prices rose by nine percent. Bridges need steel."
QUESTION = "Which prices rose?"
NAMES = {"/ask", "/search", "/documents", "/add"}

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # gradio leaves sockets to the collector


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    """A client of a page over an empty library."""
    with serving(ScriptedLibrary(), folder / "uploads") as address:
        yield Client(address, verbose=False, download_files=False)


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_there_are_four_named_endpoints_and_each_says_what_it_does(client: Client) -> None:
    info = json.loads(urllib.request.urlopen(f"{client.src}gradio_api/info").read())
    assert set(info["named_endpoints"]) == NAMES
    assert info["unnamed_endpoints"] == {}
    assert all(endpoint["description"] for endpoint in info["named_endpoints"].values())


def test_documentation_shows_every_endpoint_and_every_parameter(client: Client) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    info = json.loads(urllib.request.urlopen(f"{client.src}gradio_api/info").read())
    for name, endpoint in info["named_endpoints"].items():
        assert f"`{name}`" in text
        assert [one["parameter_name"] for one in endpoint["parameters"] if f"`{one['parameter_name']}`" not in text] == []


def test_file_that_was_added_is_listed_searched_and_asked(client: Client, tmp_path: Path) -> None:
    path = file(tmp_path, "steel.txt", STEEL)
    added = client.predict([handle_file(str(path))], api_name="/add")
    assert [(one["name"], one["state"]) for one in added["files"]] == [("steel.txt", "done")]
    (row,) = client.predict(api_name="/documents")
    assert row["name"] == "steel.txt" and row["id"] == added["files"][0]["document_id"]
    answer = client.predict(QUESTION, documents=[row["id"][:12]], api_name="/ask")
    assert answer["text"].startswith("Steel prices rose by nine percent.")
    assert answer["sentences"][0]["citations"][0]["document_id"] == row["id"]
    hits = client.predict(QUESTION, top_k=1, api_name="/search")["hits"]
    assert [hit["document"] for hit in hits] == ["steel.txt"]


def test_while_files_are_waited_for_the_tasks_that_are_done_are_not_read(tmp_path: Path) -> None:
    class Watched(ScriptedLibrary):
        read = 0

        def tasks(self, *, done: bool = True) -> tuple[Task, ...]:
            Watched.read += done
            return super().tasks(done=done)

    app = open_app(Watched(), SHARED)
    files = [file(tmp_path, f"{number}.txt", f"{STEEL} {number}") for number in range(20)]
    ended = asyncio.run(added(lambda: nullcontext(app), files, ""))
    app.close()
    assert {task.state for task in ended} == {TaskState.DONE} and len(ended) == 20
    assert Watched.read == 1


def test_file_that_cannot_be_read_says_why_and_stops_nothing(client: Client, tmp_path: Path) -> None:
    paths = [file(tmp_path, "empty.txt", ""), file(tmp_path, "more.txt", "More steel.")]
    ended = client.predict([handle_file(str(path)) for path in paths], api_name="/add")["files"]
    assert [(one["state"], one["reason"]) for one in ended] == [("failed", "EMPTY_FILE"), ("done", "")]


def call(client: Client, name: str, *values: object) -> str:
    """What a call by hand gets, without what the client does before."""
    body, headers = json.dumps({"data": values}).encode(), {"content-type": "application/json"}
    begun = urllib.request.urlopen(urllib.request.Request(f"{client.src}gradio_api/call/{name}", body, headers)).read()
    answer = urllib.request.urlopen(f"{client.src}gradio_api/call/{name}/{json.loads(begun)['event_id']}").read()
    return str(answer.decode("utf-8"))


def test_requests_that_the_page_of_the_interface_quotes_are_answered(client: Client, tmp_path: Path) -> None:
    client.predict([handle_file(str(file(tmp_path, "steel.txt", STEEL)))], api_name="/add")
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    (path, body), (wait,) = (
        re.findall(r"POST http://[^/]+/(\S+) .*?'(.+?)'", page, re.DOTALL)[0],
        re.findall(r"-N http://[^/]+/(\S+)", page),
    )
    asked = urllib.request.Request(f"{client.src}{path}", body.encode(), {"content-type": "application/json"})
    event = json.loads(urllib.request.urlopen(asked).read())["event_id"]
    answer = urllib.request.urlopen(f"{client.src}{wait.replace('EVENT_ID', event)}").read().decode("utf-8")
    assert answer.startswith("event: complete") and "How much did steel prices rise?" in answer


@pytest.mark.parametrize("path", [str(ROOT / "README.md"), "README.md", "/etc/passwd", "", "nothing.txt"])
def test_path_of_the_server_is_no_upload(client: Client, path: str) -> None:
    before = client.predict(api_name="/documents")
    for given in ({"path": path}, {"path": path, "meta": {"_type": "gradio.FileData"}}, path):
        assert call(client, "add", [given], "", "").startswith("event: error")
    assert client.predict(api_name="/documents") == before


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("add", [None, "", ""], "The value of files is to be a list of uploaded files."),
        ("add", [5, "", ""], "The value of files is to be a list of uploaded files."),
        ("ask", [5, "", None, ""], "The value of question is to be a text."),
        ("ask", [None, "", None, ""], "The value of question is to be a text."),
        ("ask", [QUESTION, "", [5], ""], "The value of documents is to be a list of ids."),
        ("search", [QUESTION, "many", "", None, ""], "The value of top_k is to be a number."),
        ("search", [QUESTION, float("inf"), "", None, ""], "The value of top_k is to be a number."),
        ("documents", [["steel"], ""], "The value of collection is to be a text."),
    ],
)
def test_value_of_another_kind_is_told_by_its_name(client: Client, name: str, values: list[object], said: str) -> None:
    answer = call(client, name, *values)
    assert answer.startswith("event: error") and said in answer


def test_what_is_null_is_as_if_it_were_left_out(client: Client) -> None:
    assert call(client, "documents", None, None) == call(client, "documents", "", "")
    assert call(client, "search", QUESTION, None, None, None, None).startswith("event: complete")


def test_mistake_is_answered_with_its_sentence(client: Client) -> None:
    with pytest.raises(AppError, match="There is no one document 0000"):
        client.predict(QUESTION, documents=["0000"], api_name="/ask")
    with pytest.raises(AppError, match="ask one of at most"):
        client.predict("a" * 30_000, api_name="/ask")


def test_two_visitors_of_a_shared_server_have_a_library_each(tmp_path: Path) -> None:
    def opened(storage: Path) -> RationedLibrary:
        library = small_library(storage, make=RationedLibrary)
        assert isinstance(library, RationedLibrary)
        return library

    prepare_environment(tmp_path / "uploads")
    from rag_app.ui.serving import serve_page  # gradio reads its environment when it is imported

    with (
        closing(VisitorsDesks(tmp_path / "visitors", tmp_path / "uploads", opened, SHARED)) as desks,
        serve_page(desks, host="127.0.0.1", port=free_port()) as address,
    ):
        client = Client(address, verbose=False, download_files=False)
        ids = {component["props"].get("elem_id") for component in client.config["components"]}
        assert "fn-thread" in ids and not ids & {"fn-models", "fn-model_forms", "fn-evaluation_forms", "fn-settings"}
        first, second = (
            client.predict([handle_file(str(file(tmp_path, name, text)))], api_name="/add")
            for name, text in (("steel.txt", STEEL), ("otters.txt", "Otters swim in rivers."))
        )
        assert is_key(first["key"]) and is_key(second["key"]) and first["key"] != second["key"]
        for added, name in ((first, "steel.txt"), (second, "otters.txt")):
            assert [row["name"] for row in client.predict(key=added["key"], api_name="/documents")] == [name]
        hits = client.predict("Otters", key=first["key"], api_name="/search")["hits"]
        assert {hit["document"] for hit in hits} <= {"steel.txt"}
        (same := tmp_path / "uploads" / "hash").mkdir()
        uploaded = {"path": str(file(same, "same.txt", "Tin fell.")), "meta": {"_type": "gradio.FileData"}}
        assert all('"state": "done"' in call(client, "add", [uploaded], "", "") for _ in range(2))
        with pytest.raises(AppError, match="Call /add without a key first"):
            client.predict(api_name="/documents")
        with desks.at(first["key"]) as desk:
            desk.app.importing.pause()
            waiting = [
                client.submit([handle_file(str(file(tmp_path, f"{n}.txt", f"Tin {n}")))], key=first["key"], api_name="/add")
                for n in range(AT_ONCE + 1)
            ]
            other = client.submit(
                [handle_file(str(file(tmp_path, "more.txt", "More otters.")))], key=second["key"], api_name="/add"
            )
            assert [row["state"] for row in other.result(timeout=60)["files"]] == ["done"]
            desk.app.importing.resume()
        assert [row["state"] for call in waiting for row in call.result(timeout=60)["files"]] == ["done"] * len(waiting)
        with pytest.raises(AppError, match="no one document"):
            client.predict("Otters", documents=[second["files"][0]["document_id"]], key=first["key"], api_name="/ask")


def test_program_in_python_does_the_same_four_things(tmp_path: Path) -> None:
    paths = [file(tmp_path, "steel.txt", STEEL), file(tmp_path, "empty.txt", "")]
    library = small_library(tmp_path / "storage")
    footnote = Footnote(library)
    tasks = footnote.add([paths[0], str(paths[1])], collection="metals")
    assert [task.state for task in tasks] == [TaskState.DONE, TaskState.FAILED]
    assert [document.name for document in footnote.documents(collection="metals")] == ["steel.txt"]
    assert footnote.documents(collection="else") == ()
    (document,) = footnote.documents()
    assert footnote.search("steel prices", documents=[document.id[:10]]).hits[0].stored.document_name == "steel.txt"
    answer = footnote.ask("Which prices rose by nine percent?")
    assert answer.finished and answer.question == "Which prices rose by nine percent?"
    with pytest.raises(LibraryError, match="no one document"):
        footnote.search("steel", documents=["nothing"])
    for operation in (footnote.search, footnote.ask):
        with pytest.raises(LibraryError, match="There is no collection else in the library"):
            operation("steel", collection="else")
    library.close()
