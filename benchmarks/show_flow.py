"""The whole way in a real browser: an empty library, files added, questions asked, footnotes opened; with checks and screenshots.

    python -m benchmarks.show_flow OUT_DIR --round FILE… QUESTION [--round FILE… QUESTION …] [--models DIR] [--trace FILE]

Starts `python app.py` on an empty storage folder, adds each round's files and asks its question as a visitor would, then
visits the library in both sizes, languages and themes. Fails when an answer cites nothing, a cited page does not show its
quote, the console has an error, or the browser asks another host. With `--trace` the program runs under strace, and
every address that it tries to reach outside this machine is a failure too. Needs the test tools and Chromium.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from rag_app.assembly import MODELS
from tests.browser import PHONE, Watched, ask, chromium, go_to, visiting
from tests.ports import free_port

ROOT = Path(__file__).parent.parent
SIZES = {"laptop": (1366, 768), "phone": PHONE}
LANGUAGES = ("en-US", "zh-CN")
MOST_MILLISECONDS = 600_000
TRACED = ("strace", "-f", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o")
ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
HERE = ("127.", "0.0.0.0", "::1", "::ffff:127.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Go the whole way; 1 with a line for each fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--round", dest="rounds", action="append", nargs="+", required=True, metavar="FILE… QUESTION")
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--trace", type=Path, help="write the program's network calls here")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as storage, _served(Path(storage), options) as address, chromium() as browser:
        watched = Watched(address)
        _use(browser, watched, options)
        for size, language, dark in product(SIZES, LANGUAGES, (False, True)):
            stem = options.out / f"{size}-{language[:2]}-{'dark' if dark else 'light'}"
            with visiting(browser, watched, size=SIZES[size], language=language, dark=dark) as page:
                _look_around(page, watched, stem)
    faults = watched.faults + (_left_the_machine(options.trace) if options.trace else [])
    print("\n".join(faults) or "no fault")
    return 1 if faults else 0


@contextmanager
def _served(storage: Path, options: argparse.Namespace) -> Iterator[str]:
    """`python app.py` as its own program, until it says where it is."""
    traced = (*TRACED, str(options.trace)) if options.trace else ()
    places = ("--port", str(free_port()), "--storage", str(storage), "--models", str(options.models))
    command = [*traced, sys.executable, "app.py", *places]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            assert process.stdout is not None
            yield next(line for line in process.stdout if "Footnote is at" in line).split()[3]
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.communicate()


def _use(browser: Browser, watched: Watched, options: argparse.Namespace) -> None:
    """Add the files and ask the questions of every round, telling how long each took."""
    with visiting(browser, watched, size=SIZES["laptop"]) as page:
        page.set_default_timeout(MOST_MILLISECONDS)
        for number, (*files, question) in enumerate(options.rounds, 1):
            go_to(page, "library")
            started = time.perf_counter()
            page.set_input_files("#fn-intake input[type=file]:not([webkitdirectory])", files)
            page.wait_for_selector(".fn-task")
            _save(page, options.out / f"round{number}-1-reading.png")
            _wait_for(page, files)
            read = time.perf_counter()
            _save(page, options.out / f"round{number}-2-ready.png")
            go_to(page, "ask")
            asked = time.perf_counter()
            ask(page, question)
            page.wait_for_selector(f"#fn-thread .fn-turn:nth-of-type({number}) .fn-foot")
            print(f"round {number}: read in {read - started:.1f} s, answered in {time.perf_counter() - asked:.1f} s")
            _save(page, options.out / f"round{number}-3-answer.png")
            _check(page, watched, number)


def _wait_for(page: Page, files: Sequence[str]) -> None:
    """Wait until the files stand in the library."""
    for file in files:
        page.wait_for_selector(f".fn-document-name[title='{Path(file).name}']", state="attached")


def _check(page: Page, watched: Watched, number: int) -> None:
    """Every sentence of the newest answer is cited, and each footnote opens its page with the quote marked."""
    turn = page.locator("#fn-thread .fn-turn").last
    print("  " + turn.locator(".fn-answer").inner_text().replace("\n", " "))
    sentences = turn.locator(".fn-sentence, .fn-own-words").count()
    marks = turn.locator(".fn-mark").count()
    if not sentences or marks < sentences:
        watched.faults.append(f"round {number}: {sentences} sentences with {marks} footnotes")
    for mark in turn.locator(".fn-mark").all():
        mark.click()
        page.wait_for_selector(".fn-reader .fn-highlight, .fn-reader .fn-highlight-text")
        print(f"  {page.locator('.fn-reader-name').inner_text()}, {page.locator('.fn-reader-page').inner_text()}")
        page.keyboard.press("Escape")
        page.wait_for_selector(".fn-reader", state="detached")


def _look_around(page: Page, watched: Watched, stem: Path) -> None:
    """The page as a returning visitor of this size, language and theme sees it."""
    _save(page, stem.with_name(f"{stem.name}-1-home.png"))
    go_to(page, "library")
    _save(page, stem.with_name(f"{stem.name}-2-library.png"))
    go_to(page, "ask")
    for number, conversation in enumerate(page.locator(".fn-history-open").all(), 3):
        conversation.evaluate("button => button.click()")  # on a phone their list is folded away
        page.wait_for_selector("#fn-thread .fn-turn")
        _save(page, stem.with_name(f"{stem.name}-{number}-answer.png"))
        for turn, mark in enumerate(page.locator("#fn-thread .fn-mark:text-is('1')").all()):
            mark.click()
            page.wait_for_selector(".fn-reader")
            _save(page, stem.with_name(f"{stem.name}-{number}-page{turn + 1}.png"))
            page.click(".fn-reader [data-act=close_reader]")
            page.wait_for_selector(".fn-reader", state="detached")
    wide = int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
    if wide > 0:
        watched.faults.append(f"{stem.name}: the page is {wide} pixels wider than the window")


def _save(page: Page, path: Path) -> None:
    page.wait_for_timeout(700)
    page.screenshot(path=path)


def _left_the_machine(trace: Path) -> list[str]:
    """The traced calls to an address that is not this machine's."""
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    called = [(line, match[1] or match[2]) for line in lines for match in ADDRESS.finditer(line)]
    print(f"{len(called)} traced calls to internet addresses, {len(lines)} lines in {trace}")
    return [line for line, address in called if not address.startswith(HERE)]


if __name__ == "__main__":
    sys.exit(main())
