"""Every view for those who hear the page or use it by keyboard: no serious fault by axe-core, everything reachable, no motion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright", reason="playwright is not installed; requirements-dev.txt has it")
pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed; requirements-dev.txt has it")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from rag_app.ui.desks import AT_MACHINE
from tests.browser import CHROMIUM, LAPTOP, PHONE, Watched, add_files, ask, chromium, go_to, serving, visiting
from tests.made_files import write
from tests.scripted_library import ScriptedLibrary

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; Debian's package is chromium"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # gradio leaves sockets to the collector
]

QUARRY = "The quarry of Tern was opened in 1870. The pier of Marrow was built by Clara Wren in May 1874. Its stone is granite."
SERIOUS = ("serious", "critical")
# Waits until nothing fades or slides any more; what pulses without end does not count.
SETTLED = """() => new Promise((settled) => {
    const moves = (one) => one.playState === "running" && one.effect.getComputedTiming().endTime !== Infinity;
    const look = () => document.getAnimations().some(moves) ? setTimeout(look, 50) : settled();
    requestAnimationFrame(() => requestAnimationFrame(look)); })"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def library() -> ScriptedLibrary:
    return ScriptedLibrary(pace=0.0)


@pytest.fixture
def watched(library: ScriptedLibrary, tmp_path: Path) -> Iterator[Watched]:
    with serving(library, tmp_path / "uploads") as address:
        yield Watched(address)


def faults(page: Page) -> list[str]:
    """What axe-core finds serious on the page as it stands: the rule and where."""
    page.evaluate(SETTLED)  # what fades in has its colours then
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "dark", "size"), [("en-US", False, LAPTOP), ("zh-CN", True, LAPTOP), ("en-US", True, PHONE)]
)
def test_no_view_has_a_serious_fault(
    browser: Browser, watched: Watched, tmp_path: Path, language: str, dark: bool, size: tuple[int, int]
) -> None:
    with visiting(browser, watched, size=size, language=language, dark=dark) as page:
        found = {"empty": faults(page)}
        page.set_input_files("#fn-view-library input[type=file]", str(write(tmp_path, "nothing.txt", "")))
        add_files(page, write(tmp_path, "quarry.txt" if dark else "quarry.pdf", QUARRY))  # its page is text or a picture
        found["ready"] = faults(page)
        ask(page, "What about granite?")
        expect(page.locator("#fn-thread .fn-mark").first).to_be_visible()
        page.focus("#fn-thread .fn-mark >> nth=0")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        found["answer"] = faults(page)
        page.keyboard.press("Enter")
        expect(page.locator(".fn-reader")).to_be_visible()
        found["page"] = faults(page)
        page.keyboard.press("Escape")
        page.click("#fn-thread [data-act=why]")
        expect(page.locator(".fn-why")).to_be_visible()
        found["why"] = faults(page)
        page.keyboard.press("Escape")
        expect(page.locator(".fn-why")).to_have_count(0)
        for view in AT_MACHINE[1:]:
            go_to(page, view)
            found[view] = faults(page)
        assert {state: told for state, told in found.items() if told} == {}


# What can be used and seen, and of what has the focus: what it is, and whether that shows.
USABLE = """() => Array.from(document.querySelectorAll("#fn-app :is(button, a[href], input, textarea, select, summary)"))
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.type !== "file")
    .map(one => { one.dataset.seen = one.dataset.seen || String(Math.random()); return one.dataset.seen; })"""
FOCUSED = """() => { const one = document.activeElement, style = getComputedStyle(one), row = one.closest("#fn-ask-row");
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const shows = outlined || (row && getComputedStyle(row).boxShadow !== "none");
    return [one.dataset.seen || "", Boolean(shows), one.outerHTML.slice(0, 120)]; }"""


def test_everything_is_reached_by_the_tab_key_and_shows_that_it_has_the_focus(
    browser: Browser, watched: Watched, tmp_path: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, write(tmp_path, "quarry.pdf", QUARRY))
        ask(page, "What about granite?")
        expect(page.locator("#fn-thread .fn-mark").first).to_be_visible()
        wanted = set(page.evaluate(USABLE))
        page.evaluate("document.activeElement.blur()")
        reached: dict[str, tuple[bool, str]] = {}
        for _ in range(2 * len(wanted) + 10):
            page.keyboard.press("Tab")
            name, shows, what = page.evaluate(FOCUSED)
            reached[name] = (shows, what)
        assert wanted - reached.keys() == set()
        assert [what for name, (shows, what) in reached.items() if name in wanted and not shows] == []
        go_to(page, "library")
        page.focus("#fn-find input")
        assert page.evaluate(FOCUSED)[1]


def test_first_stop_of_the_tab_key_leads_to_the_question_past_all_conversations(browser: Browser, watched: Watched) -> None:
    with visiting(browser, watched) as page:
        page.goto(f"{watched.address}#library")
        page.reload()
        expect(page.locator("#fn-view-library")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator(".fn-skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#fn-question textarea")).to_be_focused()


def test_answer_is_told_to_those_who_hear_the_page(browser: Browser, watched: Watched, tmp_path: Path) -> None:
    with visiting(browser, watched) as page:
        add_files(page, write(tmp_path, "quarry.pdf", QUARRY))
        expect(page.locator("#fn-notice [aria-live=polite]")).to_have_count(1)
        ask(page, "What about granite?")
        expect(page.locator("#fn-notice [aria-live=polite]")).to_contain_text("with 1 source. Its stone is granite.")


def test_seconds_that_gradio_counts_in_every_panel_are_told_to_nobody(browser: Browser, watched: Watched) -> None:
    with visiting(browser, watched) as page:
        there = (
            "Array.from(document.querySelectorAll('[data-testid=status-tracker]')).filter(one => one.checkVisibility()).length"
        )
        expect(page.locator("[data-testid=status-tracker]").first).to_be_attached()
        assert page.evaluate(there) == 0


def test_nothing_moves_for_those_who_want_it_still(
    browser: Browser, watched: Watched, library: ScriptedLibrary, tmp_path: Path
) -> None:
    with visiting(browser, watched) as page:
        page.emulate_media(reduced_motion="reduce")
        add_files(page, write(tmp_path, "quarry.pdf", QUARRY))
        library.pace = 0.3
        ask(page, "What about granite?")
        page.wait_for_selector(".fn-working, .fn-draft")
        lasting = "document.getAnimations().filter(one => one.effect.getTiming().duration > 0).length"
        assert page.evaluate(lasting) == 0
        page.click("#fn-stop")
