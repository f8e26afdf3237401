"""The view Library in a real browser: adding, watching, choosing, ordering and removing documents."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed; requirements-dev.txt has it")

from playwright.sync_api import Browser, Page, Route, expect

from rag_app.ui.language import Language, Wording
from tests.browser import CHROMIUM, NARROW, PHONE, Watched, ask, chromium, go_to, serving, visiting, width_of_content
from tests.scripted_library import ScriptedLibrary

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; Debian's package is chromium"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # gradio leaves sockets to the collector
]
FILES = "#fn-intake input[type=file]:not([webkitdirectory])"
FOLDER = "#fn-intake input[webkitdirectory]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def library() -> ScriptedLibrary:
    return ScriptedLibrary()


@pytest.fixture(scope="module")
def served(library: ScriptedLibrary, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(library, tmp_path_factory.mktemp("uploads")) as address:
        yield address


@pytest.fixture
def watched(served: str, library: ScriptedLibrary) -> Iterator[Watched]:
    """An empty library behind the page; what went wrong in the browser fails the test at its end."""
    library.begin_anew()
    watching = Watched(served)
    yield watching
    assert watching.faults == []


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with a folder in it, and what programs leave behind."""
    folder = tmp_path / "papers"
    (folder / "old").mkdir(parents=True)
    for path, text in (("steel.txt", "Steel rose."), ("old/tin.txt", "Tin fell."), (".DS_Store", "x"), ("~$steel.txt", "x")):
        (folder / path).write_text(text)
    return folder


def names(page: Page) -> list[str]:
    return page.locator("#fn-table .fn-document-name").all_inner_texts()


def numbered(folder: Path, count: int) -> list[Path]:
    """So many small files."""
    paths = [folder / f"{number:03}.txt" for number in range(count)]
    for path in paths:
        path.write_text(f"Text {path.stem}.")
    return paths


def drop(page: Page, *paths: Path) -> None:
    """Drop files or folders on the page, as the window system would."""
    session = page.context.new_cdp_session(page)
    carried = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": carried})


def test_dropped_folder_is_read_with_the_folders_in_it_and_without_hidden_files(
    browser: Browser, watched: Watched, papers: Path
) -> None:
    with visiting(browser, watched) as page:
        drop(page, papers)
        go_to(page, "library")
        expect(page.locator("#fn-table tbody tr")).to_have_count(2)
        assert names(page) == ["steel.txt", "tin.txt"]


def test_folder_is_chosen_by_its_button_and_read_without_hidden_files(browser: Browser, watched: Watched, papers: Path) -> None:
    with visiting(browser, watched) as page:
        go_to(page, "library")
        page.set_input_files(FOLDER, papers)
        expect(page.locator("#fn-table tbody tr")).to_have_count(2)
        assert names(page) == ["steel.txt", "tin.txt"]


def test_password_that_is_being_typed_outlives_what_the_queue_tells_meanwhile(
    browser: Browser, watched: Watched, library: ScriptedLibrary, tmp_path: Path
) -> None:
    (tmp_path / "locked.pdf").write_text("LOCKED Steel rose.")
    (tmp_path / "later.txt").write_text("Tin fell.")
    with visiting(browser, watched) as page:
        go_to(page, "library")
        page.set_input_files(FILES, tmp_path / "locked.pdf")
        page.click(".fn-advice summary")
        page.focus(".fn-password input")
        page.keyboard.type("open ")
        library.pace = 0.05
        page.set_input_files(FILES, tmp_path / "later.txt")
        expect(page.locator("#fn-table .fn-document-name")).to_have_text("later.txt")
        expect(page.locator(".fn-advice p >> nth=0")).to_contain_text("The file opens with a password only.")
        page.keyboard.type("sesame")
        page.keyboard.press("Enter")
        expect(page.locator("#fn-table tbody tr")).to_have_count(2)
        expect(page.locator(".fn-password")).to_have_count(0)


def test_queue_is_paused_and_goes_on_and_the_rest_is_cancelled_and_cleared(
    browser: Browser, watched: Watched, library: ScriptedLibrary, tmp_path: Path
) -> None:
    library.pace = 0.5
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(f"Text {number}.")
    with visiting(browser, watched) as page:
        go_to(page, "library")
        page.set_input_files(FILES, sorted(tmp_path.glob("*.txt")))
        page.click("[data-act=pause]")
        expect(page.locator(".fn-queue-bar")).to_contain_text("Paused")
        page.click("[data-act=resume]")
        expect(page.locator(".fn-queue-bar")).to_contain_text("Reading")
        page.click("[data-act=cancel_all]")
        expect(page.locator(".fn-task", has_text="Cancelled.").first).to_be_visible()
        page.click("[data-act=forget_tasks]")
        expect(page.locator(".fn-task")).to_have_count(0)


def test_documents_are_found_sorted_and_turned_and_those_chosen_are_kept_together(
    browser: Browser, watched: Watched, library: ScriptedLibrary
) -> None:
    for number in range(120):
        library.put(f"Report {number:03}.pdf", "Steel rose. " * (number + 1))
    with visiting(browser, watched) as page:
        go_to(page, "library")
        page.click("[data-act=sort][data-sort=size]")
        expect(page.locator("#fn-table .fn-document-name >> nth=0")).to_have_text("Report 119.pdf")
        expect(page.locator("th[aria-sort=descending]")).to_have_text("Size↓")
        assert page.evaluate("document.activeElement.dataset.sort") == "size"
        page.check("[data-pick] >> nth=0")
        page.click("[data-act=turn][aria-label='Next rows']")
        expect(page.locator(".fn-pages")).to_contain_text("51–100 of 120")
        page.check("[data-pick] >> nth=0")
        expect(page.locator(".fn-picks")).to_contain_text("2 documents chosen")
        page.click(".fn-picks summary >> nth=0")
        page.fill(".fn-picks input[name=name]", "Best")
        page.keyboard.press("Enter")
        expect(page.locator("#fn-shelf .fn-chip")).to_have_text(["All", "Best"])
        page.fill("#fn-find input", "best report")
        expect(page.locator(".fn-pages")).to_contain_text("1–2 of 2")
        page.check("[data-pick-all]")
        page.click("[data-act=ask_documents]")
        expect(page.locator(".fn-scope")).to_contain_text("Asking only Report")
        assert sorted(library.documents("Best")[0].collections) == ["Best"]


def test_all_that_a_search_found_are_chosen_by_keyboard_and_removed(
    browser: Browser, watched: Watched, library: ScriptedLibrary
) -> None:
    for number in range(130):
        library.put(f"{'Report' if number < 120 else 'Letter'} {number:03}.pdf", f"Steel rose {number} times.")
    with visiting(browser, watched) as page:
        go_to(page, "library")
        page.fill("#fn-find input", "report")
        expect(page.locator(".fn-pages")).to_contain_text("1–50 of 120")
        for _ in range(2):
            page.focus("[data-pick-all]")
            page.keyboard.press("Space")
            expect(page.locator(".fn-picks")).to_contain_text("50 documents chosen")
            page.focus("[data-act=pick_found]")
            page.keyboard.press("Enter")
            expect(page.locator(".fn-picks")).to_contain_text("120 documents chosen")
            expect(page.locator("[data-act=pick_found]")).to_be_hidden()
            expect(page.locator("[data-act=ask_documents]")).to_be_focused()
            page.click("[data-act=unpick]")
        page.check("[data-pick-all]")
        page.click("text=Choose all 120 in the list")
        page.click("[data-act=turn][aria-label='Next rows']")
        expect(page.locator(".fn-pages")).to_contain_text("51–100 of 120")
        page.uncheck("[data-pick] >> nth=0")
        expect(page.locator(".fn-picks")).to_contain_text("119 documents chosen")
        page.click(".fn-picks summary >> text=Remove")
        page.click("[data-act=remove_documents]")
        page.fill("#fn-find input", "")
        expect(page.locator(".fn-pages")).to_have_text("1–11 of 11")
        assert names(page)[-1] == "Report 050.pdf"


def test_folder_is_kept_in_step_and_asks_before_it_removes(
    browser: Browser, watched: Watched, library: ScriptedLibrary, papers: Path
) -> None:
    with visiting(browser, watched) as page:
        go_to(page, "library")
        page.fill("#fn-folders input[name=place]", str(papers / "new"))
        page.click("#fn-folders form button")
        expect(page.locator("#fn-notice")).to_contain_text("There is no folder")
        page.fill("#fn-folders input[name=place]", str(papers / "old"))
        page.click("#fn-folders form button")
        expect(page.locator("#fn-table .fn-document-name")).to_have_text("tin.txt")
        expect(page.locator("#fn-notice .fn-notice")).to_have_count(0)
        (papers / "old" / "tin.txt").unlink()
        page.click("[data-act=sync_folders]")
        expect(page.locator(".fn-gone")).to_contain_text("The file of 1 document is gone from this folder:")
        assert len(library.documents()) == 1
        page.click("[data-act=remove_gone]")
        expect(page.locator("#fn-table tbody tr")).to_have_count(0)
        page.click("#fn-folders details summary")
        page.click("[data-act=forget_folder]")
        expect(page.locator(".fn-folders")).to_have_count(0)


def test_library_fits_a_phone_in_chinese_and_every_word_of_it_is(
    browser: Browser, watched: Watched, library: ScriptedLibrary, tmp_path: Path
) -> None:
    library.put("钢价.pdf", "钢价上涨。")
    (tmp_path / "锁.pdf").write_text("LOCKED")
    with visiting(browser, watched, size=PHONE, language="zh-CN", dark=True) as page:
        go_to(page, "library")
        page.set_input_files(FILES, tmp_path / "锁.pdf")
        page.click(".fn-advice summary")
        page.check("[data-pick]")
        page.click(".fn-picks summary >> nth=0")
        assert width_of_content(page) == PHONE[0]
        shown = page.locator("#fn-view-library").inner_text()
        for word in ("PASSWORD_NEEDED", "PDF", "Office", ".pdf", "MB", "kB", "GB", "B"):
            shown = shown.replace(word, "")
        assert not any("a" <= letter.lower() <= "z" for letter in shown), shown


def test_window_that_is_come_back_to_shows_what_was_done_in_another_one(
    browser: Browser, watched: Watched, library: ScriptedLibrary
) -> None:
    with visiting(browser, watched) as page:
        page.press("#fn-question textarea", "Enter")
        library.put("tin.txt", "Tin fell.")
        library.start_conversation("What fell?")
        page.evaluate("for (const name of ['blur', 'focus']) dispatchEvent(new Event(name))")
        expect(page.locator("#fn-scope")).to_contain_text("Asking 1 document")
        expect(page.locator("#fn-history")).to_contain_text("What fell?")
        expect(page.locator("#fn-table .fn-document-name")).to_have_text("tin.txt")
        expect(page.locator("#fn-notice")).to_contain_text("Type a question first.")


def test_question_that_was_asked_in_another_window_is_shown_in_this_one_when_it_is_come_back_to(
    browser: Browser, watched: Watched, library: ScriptedLibrary
) -> None:
    library.put("tin.txt", "Tin fell. Zinc rose.")
    with visiting(browser, watched) as page, visiting(browser, watched) as other:
        ask(page, "What fell?")
        expect(page.locator("#fn-thread .fn-turn")).to_have_count(1)
        other.reload()
        other.click("[data-act=open_conversation]")
        expect(other.locator("#fn-thread .fn-turn")).to_have_count(1)
        ask(other, "What rose?")
        expect(other.locator("#fn-thread .fn-turn")).to_have_count(2)
        page.evaluate("for (const name of ['blur', 'focus']) dispatchEvent(new Event(name))")
        expect(page.locator("#fn-thread .fn-turn")).to_have_count(2)
        expect(page.locator("#fn-thread")).to_contain_text("Zinc rose.")


def test_one_of_two_conversations_of_the_same_title_is_deleted_and_the_other_is_not_asked_about(
    browser: Browser, watched: Watched, library: ScriptedLibrary
) -> None:
    for _ in range(2):
        library.start_conversation("What fell?")
    with visiting(browser, watched) as page:
        page.hover(".fn-conversation >> nth=0")
        page.click("#fn-history summary[aria-label^=Delete] >> nth=0")
        page.click("[data-act=delete_conversation] >> nth=0")
        expect(page.locator(".fn-conversation")).to_have_count(1)
        expect(page.locator("#fn-history details[open]")).to_have_count(0)


def test_focus_goes_back_to_the_documents_when_none_is_chosen_any_more_and_stays_where_rows_are_turned(
    browser: Browser, watched: Watched, library: ScriptedLibrary
) -> None:
    for number in range(60):
        library.put(f"Report {number:02}.pdf", f"Steel rose {number} times.")
    with visiting(browser, watched) as page:
        go_to(page, "library")
        for act in ("unpick", "reread"):
            page.check("[data-pick] >> nth=3")
            page.focus(f"#fn-picks [data-act={act}]")
            page.keyboard.press("Enter")
            expect(page.locator(".fn-picks")).to_be_hidden()
            expect(page.locator("[data-pick] >> nth=3")).to_be_focused()
        for here, there in (("Next rows", "Previous rows"), ("Previous rows", "Next rows")):
            page.focus(f"[data-act=turn][aria-label='{here}']")
            page.keyboard.press("Enter")
            expect(page.locator(f"[data-act=turn][aria-label='{here}']")).to_be_disabled()
            expect(page.locator(f"[data-act=turn][aria-label='{there}']")).to_be_focused()


def test_forms_that_unfold_fit_the_narrowest_screen(browser: Browser, watched: Watched, library: ScriptedLibrary) -> None:
    library.put("tin.txt", "Tin fell.")
    with visiting(browser, watched, size=NARROW) as page:
        go_to(page, "library")
        page.check("[data-pick]")
        for panel in ("#fn-shelf", "#fn-picks"):
            page.click(f"{panel} summary >> nth=0")
            box = page.locator(f"{panel} details[open] form button").bounding_box()
            assert box and box["x"] + box["width"] < NARROW[0]
            assert width_of_content(page) == NARROW[0]
            page.keyboard.press("Escape")


def test_long_name_of_a_collection_does_not_widen_the_page_of_a_phone(
    browser: Browser, watched: Watched, library: ScriptedLibrary
) -> None:
    library.put("tin.txt", "Tin fell.", collection="很长的文档集名称" * 7)
    with visiting(browser, watched, size=PHONE) as page:
        go_to(page, "library")
        assert width_of_content(page) == PHONE[0]
        edges = [page.locator(name).first.bounding_box() for name in ("#fn-shelf .fn-chip >> nth=1", "#fn-table .fn-tag")]
        assert all(box and box["x"] + box["width"] <= PHONE[0] for box in edges)


def test_phone_tells_above_the_question_what_became_of_files(browser: Browser, watched: Watched, papers: Path) -> None:
    (papers / "nothing.txt").write_text("")
    with visiting(browser, watched, size=PHONE, touch=True) as page:
        expect(page.locator("#fn-scope")).to_have_text("Your library is empty")
        page.set_input_files(FILES, [str(papers / "nothing.txt")])
        page.click("#fn-scope >> text=1 file was not added")
        expect(page.locator("#fn-queue .fn-task")).to_contain_text("The file holds no text that can be read.")


def test_page_says_that_files_are_on_their_way_while_the_queue_tells_of_others(
    browser: Browser, watched: Watched, papers: Path
) -> None:
    (papers / "nothing.txt").write_text("")
    held: list[Route] = []
    with visiting(browser, watched) as page:
        go_to(page, "library")
        page.set_input_files(FILES, [str(papers / "nothing.txt")])
        expect(page.locator(".fn-task")).to_have_count(1)
        page.route("**/gradio_api/upload*", lambda route: held.append(route))
        page.set_input_files(FILES, [str(papers / "steel.txt")])
        page.click("[data-act=forget_tasks]")
        expect(page.locator(".fn-task")).to_have_count(0)
        expect(page.locator("html")).to_have_attribute("data-uploading", re.compile("."))
        told = "getComputedStyle(document.querySelector('#fn-queue'), '::before').content"
        assert page.evaluate(told) == '"Taking the files over…"'
        held[0].continue_()
        expect(page.locator("#fn-table .fn-document-name")).to_have_text("steel.txt")
        expect(page.locator("html")).not_to_have_attribute("data-uploading", re.compile("."))


def test_many_files_are_counted_and_read_while_others_are_on_their_way(
    browser: Browser, watched: Watched, tmp_path: Path
) -> None:
    many = numbered(tmp_path, 230)
    held: list[Route] = []
    with visiting(browser, watched) as page:
        go_to(page, "library")
        page.route("**/gradio_api/upload*", lambda route: held.append(route))
        page.set_input_files(FILES, many[:10])
        page.set_input_files(FILES, many[10:])
        told = page.locator("html")
        expect(told).to_have_attribute("data-uploading", "Taking the files over: 0 of 230…")
        with page.expect_event("dialog") as asking:
            page.close(run_before_unload=True)
        asking.value.dismiss()
        for taken in (10, 110, 210):
            held.pop().continue_()
            expect(told).to_have_attribute("data-uploading", f"Taking the files over: {taken} of 230…")
            expect(page.locator(".fn-pages")).to_contain_text(f"of {taken}")
        held.pop().continue_()
        expect(page.locator(".fn-pages")).to_contain_text("of 230")
        expect(told).not_to_have_attribute("data-uploading", re.compile("."))


def test_files_that_came_are_taken_over_also_when_the_page_is_left(
    browser: Browser, watched: Watched, library: ScriptedLibrary, tmp_path: Path
) -> None:
    many = numbered(tmp_path, 30)
    with visiting(browser, watched) as page:
        go_to(page, "library")
        with library.lock:
            for _ in range(3):
                with page.expect_request(lambda request: "gradio.FileData" in (request.post_data or "")):
                    page.set_input_files(FILES, many[:10])
                    del many[:10]
            page.wait_for_timeout(500)
            page.close()
    deadline = time.monotonic() + 20
    while len(library.documents()) < 30 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(library.documents()) == 30


@pytest.mark.parametrize(
    ("language", "status", "told"),
    [
        ("en-US", 507, "The disk has no room for “steel.txt”, so it was not added."),
        ("zh-CN", 507, "磁盘空间不足，放不下“steel.txt”，所以没有添加。"),
        ("zh-CN", 413, "“steel.txt”超过了上传的大小限制，所以没有添加。"),
        ("zh-CN", 500, "“steel.txt”没有完整传到，所以没有添加。请重试。"),
    ],
)
def test_an_upload_that_is_refused_is_told_by_its_name_in_the_words_of_the_page(
    browser: Browser, served: str, papers: Path, language: str, status: int, told: str
) -> None:
    with visiting(browser, Watched(served), language=language) as page:
        page.route("**/gradio_api/upload*", lambda route: route.fulfill(status=status))
        go_to(page, "library")
        page.set_input_files(FILES, [str(papers / "steel.txt")])
        expect(page.locator(".toast-title")).to_have_text(Wording(Language(language[:2]))("failed"))
        expect(page.locator(".toast-message-text")).to_have_text(re.compile(f"^{told}"))
        assert page.evaluate("document.documentElement.dataset.uploading") is None
