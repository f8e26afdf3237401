"""The page as a program of the desktop: one at a time on a storage folder, in a window of its own where asked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed; requirements-dev.txt has it")

from playwright.sync_api import sync_playwright

from rag_app.errors import InUseError, LibraryError
from rag_app.ui.lock import page_lock
from rag_app.ui.window import find_browser, show_window
from tests.browser import ARGUMENTS, CHROMIUM, Watched, serving
from tests.ports import free_port
from tests.real_library import models_folder
from tests.scripted_library import ScriptedLibrary

ROOT = Path(__file__).parent.parent
# A browser that writes down what it was called with, and ends: its window is closed at once.
BROWSER = """#!/bin/sh
printf '%s\\n' "$@" > "{report}"
"""


def test_second_program_on_a_storage_is_told_where_the_first_one_serves_it(tmp_path: Path) -> None:
    with page_lock(tmp_path) as note_address:
        with pytest.raises(InUseError, match="just starting: wait for it"), page_lock(tmp_path):
            pass
        note_address("http://127.0.0.1:7777/")
        told = re.escape(f"{tmp_path} already, at http://127.0.0.1:7777/")
        with pytest.raises(InUseError, match=told) as caught, page_lock(tmp_path):
            pass
    assert caught.value.address == "http://127.0.0.1:7777/"
    with page_lock(tmp_path):
        assert (tmp_path / "page.lock").read_text() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_page_is_served_over_a_full_disk_too(tmp_path: Path) -> None:
    (tmp_path / "page.lock").symlink_to("/dev/full")
    with page_lock(tmp_path) as note_address:
        note_address("http://127.0.0.1:1/")


def test_storage_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match="Choose another folder"), page_lock(tmp_path / "file" / "storage"):
        pass


def test_first_browser_that_is_there_is_taken() -> None:
    assert find_browser(["no-such-browser", "sh", "python3"]) == find_browser(["sh"])
    assert find_browser(["no-such-browser"]) is None


def test_window_is_an_app_with_a_profile_of_its_own(tmp_path: Path) -> None:
    show_window(str(fake_browser(tmp_path)), "http://127.0.0.1:7777/", tmp_path / "window")
    called_with = (tmp_path / "report").read_text().splitlines()
    assert called_with[:2] == ["--app=http://127.0.0.1:7777/", f"--user-data-dir={tmp_path / 'window'}"]
    assert "--disable-background-networking" in called_with


def test_footnote_ends_when_its_window_is_closed_and_another_start_shows_the_page_of_the_first(tmp_path: Path) -> None:
    storage = tmp_path / "storage"
    environment = {**os.environ, "PATH": f"{fake_browser(tmp_path, 'chromium').parent}:{os.environ['PATH']}"}
    done = subprocess.run(command(storage, "--desktop"), env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    address = done.stdout.split("Footnote is at ")[1].split()[0]
    assert (tmp_path / "report").read_text().splitlines()[0] == f"--app={address}"
    (tmp_path / "report").unlink()
    with page_lock(storage) as note_address:
        note_address(address)
        again = subprocess.run(command(storage), capture_output=True, text=True, timeout=120)
        assert (again.returncode, again.stdout) == (1, "")
        assert again.stderr.count("\n") == 1 and address in again.stderr
        shown = subprocess.run(command(storage, "--desktop"), env=environment, capture_output=True, text=True, timeout=120)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert (tmp_path / "report").read_text().splitlines()[0] == f"--app={address}"


@pytest.mark.parametrize("port", ["99999", "-1", "http"])
def test_port_that_is_none_is_bad_usage_wherever_it_is_named(tmp_path: Path, port: str) -> None:
    for options, environment in ((["--port", port], dict[str, str]()), ([], {"GRADIO_SERVER_PORT": port})):
        line = [sys.executable, str(ROOT / "app.py"), "--storage", str(tmp_path), *options]
        done = subprocess.run(line, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120)
        assert done.returncode == 2 and "is no port, which is a number up to 65535" in done.stderr


def test_variables_of_gradio_that_are_empty_or_wrong_do_not_keep_the_page_from_being_served(tmp_path: Path) -> None:
    gradio = {"GRADIO_SERVER_NAME": "", "GRADIO_SERVER_PORT": "", "GRADIO_NUM_PORTS": "", "GRADIO_AUTO_LOGOUT": "soon"}
    environment = {**os.environ, **gradio, "PATH": f"{fake_browser(tmp_path, 'chromium').parent}:{os.environ['PATH']}"}
    line = command(tmp_path / "storage", "--desktop")
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "") and "Footnote is at http://127.0.0.1:" in done.stdout


def command(storage: Path, *options: str) -> list[str]:
    places = ["--port", str(free_port()), "--storage", str(storage), "--models", str(models_folder())]
    return [sys.executable, str(ROOT / "app.py"), *places, *options]


def fake_browser(folder: Path, name: str = "browser") -> Path:
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(BROWSER.format(report=folder / "report"))
    path.chmod(0o755)
    return path


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; Debian's package is chromium")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # gradio leaves sockets to the collector
def test_browser_offers_to_install_the_page_and_finds_all_of_it_on_this_machine(tmp_path: Path) -> None:
    with serving(ScriptedLibrary(), tmp_path / "uploads") as address, sync_playwright() as playwright:
        watched = Watched(address)
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=list(ARGUMENTS)
        )
        page = context.new_page()
        watched.watch(page)
        page.goto(address)
        page.wait_for_selector(".fn-header")
        devtools = context.new_cdp_session(page)
        errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
        manifest = json.loads(devtools.send("Page.getAppManifest")["data"])
        icons = [page.request.get(address.rstrip("/") + icon["src"]) for icon in manifest["icons"]]
        context.close()
    assert (errors, manifest["name"], watched.faults) == ([], "Footnote", [])
    assert [icon.headers["content-type"] for icon in icons] == ["image/png"] * 2
