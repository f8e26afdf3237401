"""Proof that nothing leaves the machine: every Python process of a run is watched, and the run is cut off from any network."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e5_models import E5, prepared_models
from tests.made_files import docx, pdf, write
from tests.ports import free_port

ROOT = Path(__file__).parent.parent
CUT_OFF = ("unshare", "--map-root-user", "--net")
START_SECONDS = 90

# Python runs a module of this name at its start, in child processes too.
WATCHER = """
import os, sys

def watch(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.sendto" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost", "::1", "0.0.0.0", "::") or str(host).startswith("127."):
        return
    with open(os.environ["WATCHED"], "a") as report:
        report.write(f"{event} {host}\\n")
    raise OSError(f"{event} {host}: nothing may leave this machine")

sys.addaudithook(watch)
with open(os.environ["WATCHED"], "a") as report:
    report.write("started\\n")
"""


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """An environment in which every Python process reports to a file where it wanted to go, and is refused."""
    folder = tmp_path / "watcher"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WATCHER, encoding="utf-8")
    path = os.pathsep.join([str(folder), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path, "WATCHED": str(tmp_path / "report.txt")}


def models() -> str:
    """A folder where the embedder is ready."""
    return str(prepared_models().path_of(E5).parent)


def wanted_to_go(environment: dict[str, str]) -> list[str]:
    """Where the processes wanted to go. At least one must have been watched."""
    lines = Path(environment["WATCHED"]).read_text(encoding="utf-8").splitlines()
    assert "started" in lines
    return [line for line in lines if line != "started"]


def is_cut_possible() -> bool:
    return shutil.which(CUT_OFF[0]) is not None and subprocess.run([*CUT_OFF, "true"], capture_output=True).returncode == 0


def footnote(arguments: Sequence[str], environment: dict[str, str], storage: Path) -> list[str]:
    """What a command prints, line by line; with the network cut off where this machine allows that."""
    cut = CUT_OFF if is_cut_possible() else ()
    command = [*cut, sys.executable, "-m", "rag_app", *arguments, "--json", "--storage", str(storage), "--models", models()]
    done = subprocess.run(command, env=environment, cwd=storage.parent, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_documents_are_read_and_questions_answered_without_a_network(tmp_path: Path, watched: dict[str, str]) -> None:
    documents, storage = tmp_path / "documents", tmp_path / "storage"
    documents.mkdir()
    write(documents, "tower.txt", "The tower in Paris is 330 metres high. It was built in 1889 by an engineer called Eiffel.")
    write(documents, "rivers.md", "# Rivers\n\nThe Danube is 2850 kilometres long.\n")
    write(documents, "lakes.html", "<title>Lakes</title><h1>Lakes</h1><p>Lake Constance is 251 metres deep.</p>")
    write(documents, "hills.docx", docx("The hill behind the town is 412 metres high."))
    write(documents, "sea.pdf", pdf("The sea between the islands is 90 metres deep."))
    write(documents, "城市.txt", "这座城市有八十万居民，建于一二六七年。")
    outcomes = [json.loads(line) for line in footnote(["ingest", str(documents)], watched, storage)]
    assert sorted((outcome["name"], outcome["state"]) for outcome in outcomes) == [
        (name, "done") for name in sorted(["tower.txt", "rivers.md", "lakes.html", "hills.docx", "sea.pdf", "城市.txt"])
    ]
    answer = json.loads(footnote(["ask", "How high is the tower in Paris?"], watched, storage)[-1])
    assert "330" in answer["text"]
    assert wanted_to_go(watched) == []


def test_the_page_is_served_without_a_network_and_past_a_proxy(tmp_path: Path, watched: dict[str, str]) -> None:
    watched |= {"http_proxy": "http://proxy.example:8080", "NO_PROXY": "intranet.example"}
    with serving(tmp_path / "storage", watched) as address, urllib.request.urlopen(address, timeout=START_SECONDS) as page:
        body = page.read().decode("utf-8")
    assert '"title":"Footnote"' in body
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*', body) == []
    assert wanted_to_go(watched) == []


@contextmanager
def serving(storage: Path, environment: dict[str, str]) -> Iterator[str]:
    """`python app.py` on a free port, until it says where it is."""
    places = ["--storage", str(storage), "--models", models()]
    command = [sys.executable, str(ROOT / "app.py"), "--port", str(free_port()), *places]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = next((line for line in process.stdout if "Footnote is at" in line), "")
        yield said.split()[3]
    finally:
        process.terminate()
        process.communicate(timeout=START_SECONDS)
