"""A served page and a headless Chromium to use it with."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from rag_app.library import Library
from rag_app.model_shelf import ModelShelf
from rag_app.ui.desks import AT_MACHINE, OneDesk
from rag_app.ui.environment import prepare_environment
from tests.ports import free_port

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
LAPTOP = (1280, 800)
PHONE = (390, 844)
NARROW = (320, 640)  # also a laptop's window at 400 %


@dataclass
class Watched:
    """What must not happen while a page is used: errors on the console, and requests to another host."""

    address: str
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note every fault of `page` from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"request: {request.url}")


@contextmanager
def serving(library: Library, uploads: Path, *, port: int = 0, models: Path | None = None) -> Iterator[str]:
    """The page over `library` at a port of this machine, a free one by default; gives its address."""
    prepare_environment(uploads)
    with collecting_before_and_after():
        from rag_app.ui.serving import serve_page  # gradio reads its environment when it is imported

        desk = OneDesk(library, AT_MACHINE, ModelShelf(models or uploads / "models"))
        with closing(desk), serve_page(desk, host="127.0.0.1", port=port or free_port()) as address:
            yield address


@contextmanager
def collecting_before_and_after() -> Iterator[None]:
    """Collect garbage now and at the end, and not in between: what gradio leaves to the collector is not the fault of the next
    test, and pytest's report of it in the midst of an import breaks that on Python 3.11 (KeyError of a module's lock)."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of this machine, headless."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(
    browser: Browser,
    watched: Watched,
    *,
    size: tuple[int, int] = LAPTOP,
    language: str = "en-US",
    dark: bool = False,
    touch: bool = False,
    sharpness: float = 1.0,
) -> Iterator[Page]:
    """The page as a visitor with a browser of this size and language sees it, once it has arrived."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale=language,
        color_scheme="dark" if dark else "light",
        has_touch=touch,
        device_scale_factor=sharpness,
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    watched.watch(page)
    page.goto(watched.address)
    page.wait_for_selector(".fn-header")
    try:
        yield page
    finally:
        context.close()


def add_files(page: Page, *paths: Path) -> None:
    """Add files as a visitor would, and wait until they are in the library."""
    page.set_input_files("#fn-intake input[type=file]:not([webkitdirectory])", [str(path) for path in paths])
    for path in paths:
        page.wait_for_selector(f".fn-document-name[title='{path.name}']", state="attached")


def go_to(page: Page, view: str) -> None:
    """Go to another view by its link."""
    page.click(f".fn-tab[href='#{view}']")
    page.wait_for_selector(f"#fn-view-{view}[data-current]")


def ask(page: Page, question: str) -> None:
    """Type a question and send it with Enter."""
    page.fill("#fn-question textarea", question)
    page.press("#fn-question textarea", "Enter")


def width_of_content(page: Page) -> int:
    """How wide the page is in pixels: more than the window means that it scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
