"""The pictures of the README, taken of the real app with real models over documents made here, which tell of a place made up.

    python -m benchmarks.screenshots [--out docs/images] [--models DIR]

Needs the test tools and Chromium. Fails when a page has an error, asks another host, or a picture is larger than 200 kB.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from benchmarks.screenshot_documents import DOCUMENTS, STYLE
from rag_app.assembly import MODELS, open_library, prepare_models
from tests.browser import PHONE, Watched, add_files, ask, chromium, go_to, serving, visiting

LAPTOP = (1280, 800)
MOST_BYTES = 200_000
QUALITIES = (86, 78, 70, 60, 50)
SHARPNESS = 1.5


@dataclass(frozen=True)
class Tour:
    """What is asked in a language of the page: of a document, on from there, and of what no document tells."""

    locale: str
    question: str
    follow_up: str
    unanswerable: str


TOURS: Mapping[str, Tour] = {
    "en": Tour(
        "en-US",
        "How many containers did the harbour of Marrow handle in 2025?",
        "And the year before?",
        "Who designed the opera house of Marrow?",
    ),
    "zh": Tour("zh-CN", "马罗港2025年处理了多少个集装箱？", "粮食吞吐量为什么下降？", "马罗歌剧院是谁设计的？"),
}


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("docs", "images"))
    parser.add_argument("--models", type=Path, default=MODELS)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for _ in prepare_models(options.models):
        pass
    with TemporaryDirectory() as folder, chromium() as browser:
        for language, tour in TOURS.items():
            papers = print_documents(browser, Path(folder), language)
            warm_up(Path(folder, "other", language), options.models, papers, tour)
            storage = Path(folder, "storage", language)
            with closing(open_library(storage, options.models)) as library, serving(library, Path(folder, "uploads")) as address:
                take(browser, address, papers, tour, options.out, language)


def warm_up(storage: Path, models: Path, papers: list[Path], tour: Tour) -> None:
    """Ask once of another library: the pictures tell the time of an answer, not of loading dictionaries for the first one."""
    with closing(open_library(storage, models)) as library:
        library.add(papers)
        list(library.work())
        for question in (tour.question, tour.follow_up, tour.unanswerable):
            *_, last = library.ask(question)
            library.keep_turn(library.start_conversation(question).id, last)


def print_documents(browser: Browser, folder: Path, language: str) -> list[Path]:
    """The documents of a language, as PDF files that Chromium prints."""
    page = browser.new_page()
    paths = []
    for name, html in DOCUMENTS[language].items():
        page.set_content(f"<!doctype html><html lang={language}><style>{STYLE}</style><body>{html}</body></html>")
        paths.append(folder / name)
        page.pdf(path=paths[-1], format="A5", print_background=True)
    page.close()
    return paths


def take(browser: Browser, address: str, papers: list[Path], tour: Tour, out: Path, language: str) -> None:
    """The pictures of one language."""
    watched = Watched(address)
    with visiting(browser, watched, size=LAPTOP, language=tour.locale, sharpness=SHARPNESS) as page:
        go_to(page, "library")
        add_files(page, *papers)
        page.wait_for_timeout(1500)
        save(page, out / f"library.{language}.webp")
        go_to(page, "ask")
        for number, question in enumerate((tour.question, tour.follow_up), start=1):
            answer(page, question, number)
        page.click("#fn-thread .fn-turn >> nth=1 >> .fn-mark >> nth=0")
        expect(page.locator(".fn-highlight").first).to_be_visible()
        page.locator("#fn-thread .fn-turn").first.evaluate("turn => turn.scrollIntoView()")
        save(page, out / f"ask.{language}.webp")
        page.keyboard.press("Escape")
        answer(page, tour.unanswerable, 3)
        save(page, out / f"refusal.{language}.webp")
    with visiting(browser, watched, size=PHONE, language=tour.locale, dark=True, sharpness=SHARPNESS) as page:
        answer(page, tour.question, 1)
        page.evaluate("window.scrollTo(0, 0)")
        save(page, out / f"phone.{language}.webp")
    if watched.faults:
        raise SystemExit("\n".join(watched.faults))


def answer(page: Page, question: str, number: int) -> None:
    """Ask, and wait for the answer of this number."""
    ask(page, question)
    expect(page.locator("#fn-thread .fn-turn")).to_have_count(number, timeout=120_000)
    page.mouse.move(0, 0)


def save(page: Page, path: Path) -> None:
    """A picture of the window as WebP, as good as fits."""
    page.wait_for_timeout(700)
    shot = Image.open(io.BytesIO(page.screenshot()))
    for quality in QUALITIES:
        shot.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            print(f"{path}: {path.stat().st_size / 1000:.0f} kB, {shot.size[0]} by {shot.size[1]}")
            return
    raise SystemExit(f"{path} is larger than {MOST_BYTES} bytes.")


if __name__ == "__main__":
    main()
