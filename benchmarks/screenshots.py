"""Screenshots of the real app for people to look at: both languages and sizes, light and dark, from empty to an open page.

    python -m benchmarks.screenshots OUT_DIR FILE… --question "…" [--models DIR]

Files are read into a library of their own that is thrown away afterwards. Needs the test tools and Chromium.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from rag_app.assembly import MODELS, open_library
from tests.browser import LAPTOP, PHONE, Watched, add_files, ask, chromium, serving, visiting

SIZES = {"laptop": LAPTOP, "phone": PHONE}
LANGUAGES = ("en-US", "zh-CN")
MOST_MILLISECONDS = 600_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Take all screenshots; 1 if something went wrong in the browser."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--question", required=True)
    parser.add_argument("--models", type=Path, default=MODELS)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        faults = _take(options, Path(folder))
    print("\n".join(faults))
    return 1 if faults else 0


def _take(options: argparse.Namespace, folder: Path) -> list[str]:
    with (
        closing(open_library(folder / "storage", options.models)) as library,
        serving(library, folder / "uploads") as address,
        chromium() as browser,
    ):
        watched = Watched(address)
        _shoot_empty(browser, watched, options.out)
        _fill(browser, watched, options)
        for size, language, dark in product(SIZES, LANGUAGES, (False, True)):
            with visiting(browser, watched, size=SIZES[size], language=language, dark=dark) as page:
                _shoot(page, options.out / f"{size}-{language[:2]}-{'dark' if dark else 'light'}", size)
    return watched.faults


def _shoot_empty(browser: Browser, watched: Watched, out: Path) -> None:
    for size, language in product(SIZES, LANGUAGES):
        with visiting(browser, watched, size=SIZES[size], language=language) as page:
            _save(page, out / f"{size}-{language[:2]}-light-1-empty.png")


def _fill(browser: Browser, watched: Watched, options: argparse.Namespace) -> None:
    """Read the files and ask the question, so that every visitor finds both."""
    with visiting(browser, watched) as page:
        page.set_default_timeout(MOST_MILLISECONDS)
        add_files(page, *options.files)
        ask(page, options.question)
        page.wait_for_selector("#fn-thread .fn-turn")


def _shoot(page: Page, stem: Path, size: str) -> None:
    if size == "phone":
        page.click(".fn-tab[data-tab=library]")
        _save(page, stem.with_name(f"{stem.name}-2-library.png"))
    page.click(".fn-history-open")
    page.wait_for_selector("#fn-thread .fn-turn")
    _save(page, stem.with_name(f"{stem.name}-3-answer.png"))
    page.click("#fn-sources .fn-card >> nth=0")
    page.wait_for_selector(".fn-reader")
    _save(page, stem.with_name(f"{stem.name}-4-page.png"))


def _save(page: Page, path: Path) -> None:
    page.wait_for_timeout(600)
    page.screenshot(path=path)
    print(path)


if __name__ == "__main__":
    sys.exit(main())
