"""The page in a real browser: what a visitor sees and does, at the size of a laptop and of a phone, in both languages."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from textwrap import wrap

import pytest

pytest.importorskip("playwright", reason="playwright is not installed; requirements-dev.txt has it")

from playwright.sync_api import Browser, Page, expect

from rag_app.errors import SettingsError
from tests.browser import (
    CHROMIUM,
    PHONE,
    Watched,
    add_files,
    ask,
    chromium,
    go_to,
    serving,
    visiting,
    width_of_content,
)
from tests.made_files import pdf, write
from tests.ports import free_port
from tests.real_library import real_library
from tests.scripted_library import PAGE_BREAK, ScriptedLibrary

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; Debian's package is chromium"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # gradio leaves sockets to the collector
]

REPORT = (
    f"Acme builds bridges. The company spent four million dollars on steel.{PAGE_BREAK}"
    "Steel prices rose by nine percent. Acme expects steel prices to fall again next year, after the great rise of the last."
)
HARBOUR = (
    "# The harbour of Ystad",
    "",
    "The harbour of Ystad was dug in 1867. Ferries to the islands leave from its eastern quay every morning,",
    "and the fishing boats land their catch at the western quay before noon.",
)
TOWERS = (
    "# The tower of Lund",
    "",
    "The tower of Lund is 87 metres high. It was built of granite in 1911 by the engineer Anna Berg.",
    "From its gallery the sea can be seen on clear days. A stair of 411 steps leads up to the gallery.",
)
BEIJING = ("# 北京塔", "", "北京塔的高度是405米。它建于1992年。", "塔上有一个餐厅。从塔上可以看到西山。")
CHINESE_REPORT = "云杉公司成立于一九八零年。公司的总部设在上海。"
QUARRY = (
    "The quarry of Tern was opened in 1870. The pier of Marrow was built by Clara Wren in May 1874. Its stone is grey granite."
)
QUESTION = "How much did steel prices rise?"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def library() -> ScriptedLibrary:
    return ScriptedLibrary(pace=0.02)


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all pages of this process: gradio reads its place from the environment each time."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def served(library: ScriptedLibrary, uploads: Path) -> Iterator[str]:
    with serving(library, uploads) as address:
        yield address


VILLAGES = [begun + ended for begun in ("Al", "Bor", "Dal", "Eng", "Fal", "Gran") for ended in ("by", "torp", "lunda", "hult")]
# Long, so that the model has to read for more than a second.
VIEW = " ".join(
    f"From the tower of Lund the villages of {', '.join(VILLAGES)} and {side} can be seen to the {side}."
    for side in ("north", "south", "east", "west")
)
CLICK_STOP_ONCE_IT_IS_THERE = """() => {
  const click = () => {
    const stop = document.querySelector("#fn-stop");
    if (stop && stop.offsetParent) { stop.click(); } else { requestAnimationFrame(click); }
  };
  click();
}"""


@pytest.fixture
def watched(served: str, library: ScriptedLibrary) -> Iterator[Watched]:
    """An empty library behind the page; what went wrong in the browser fails the test at its end."""
    library.begin_anew(pace=0.02)
    watching = Watched(served)
    yield watching
    assert watching.faults == []


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "Acme report.pdf"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_visitor_adds_a_pdf_reads_an_answer_opens_its_page_and_stops_the_next(
    browser: Browser, uploads: Path, tmp_path: Path
) -> None:
    towers = write(tmp_path, "towers.pdf", pdf("\n".join(HARBOUR), "\n".join(TOWERS), "\n".join(wrap(VIEW, 90))))
    storage = tmp_path / "storage"
    with closing(real_library(storage, answer_mode="written")) as library, serving(library, uploads) as address:
        watched = Watched(address)
        with visiting(browser, watched) as page:
            expect(page.locator(".fn-welcome h2")).to_have_text("Ask your own documents.")
            add_files(page, towers)
            ask(page, "How high is the tower of Lund?")
            expect(page.locator("#fn-thread .fn-answer")).to_contain_text("87", timeout=90_000)
            page.click("#fn-thread .fn-mark >> nth=0")
            expect(page.locator(".fn-reader-page")).to_have_text("Page 2 of 3")
            expect(page.locator(".fn-highlight").first).to_be_visible()
            assert page.evaluate("document.querySelector('.fn-page-image').naturalWidth") > 0
            page.keyboard.press("Escape")
            page.evaluate(CLICK_STOP_ONCE_IT_IS_THERE)
            ask(page, "Which villages can be seen from the tower of Lund?")
            expect(page.locator("#fn-thread .fn-turn >> nth=1")).to_contain_text("Stopped", timeout=30_000)
            expect(page.locator("#fn-ask")).to_be_visible()
        assert watched.faults == []
        assert [turn.answer.stopped for turn in library.turns(1)] == [False, True]


def test_footnote_of_a_kept_answer_opens_its_page_after_a_restart(browser: Browser, uploads: Path, tmp_path: Path) -> None:
    paper = write(tmp_path, "北京.pdf", pdf("\n".join(BEIJING)))
    storage = tmp_path / "storage"
    for visit in range(2):
        with closing(real_library(storage)) as library, serving(library, uploads) as address:
            watched = Watched(address)
            with visiting(browser, watched, language="zh-CN") as page:
                if visit == 0:
                    add_files(page, paper)
                    ask(page, "北京塔有多高？")
                else:
                    page.click(".fn-history-open")
                expect(page.locator("#fn-thread .fn-answer")).to_contain_text("405", timeout=90_000)
                page.click("#fn-thread .fn-mark >> nth=0")
                expect(page.locator(".fn-highlight").first).to_be_visible()
            assert watched.faults == []


def test_open_page_comes_back_by_itself_when_the_server_was_started_again(
    browser: Browser, uploads: Path, library: ScriptedLibrary
) -> None:
    library.begin_anew()
    port = free_port()
    with ExitStack() as stack:
        before = stack.enter_context(ExitStack())
        address = before.enter_context(serving(library, uploads, port=port))
        page = stack.enter_context(visiting(browser, Watched(address)))
        before.close()
        ask(page, QUESTION)
        expect(page.get_by_text("Connection to the server was lost")).to_be_visible()
        library.put("later.txt", "Steel rose later.")
        stack.enter_context(serving(library, uploads, port=port))
        expect(page.locator(".fn-document-name[title='later.txt']")).to_be_attached()


def test_question_can_be_typed_as_soon_as_the_page_is_there(browser: Browser, watched: Watched) -> None:
    with visiting(browser, watched) as page:
        expect(page.locator("#fn-question textarea")).to_be_focused()


def test_focus_stays_where_a_person_works_by_keyboard(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        library.pace = 0.2
        ask(page, QUESTION)
        page.wait_for_selector(".fn-draft")
        page.locator("#fn-stop").press("Enter")
        expect(page.locator("#fn-question textarea")).to_be_focused()
        page.locator("#fn-thread [data-act=why]").press("Enter")
        expect(page.locator(".fn-reader")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#fn-thread [data-act=why]")).to_be_focused()
        page.locator(".fn-history-open").focus()
        download, rename, bin_ = (page.locator(f"summary[aria-label^={act}]") for act in ("Download", "Rename", "Delete"))
        rename.press("Enter")
        page.fill("#fn-history input[name=title]", "Steel")
        page.keyboard.press("Enter")
        expect(page.locator(".fn-history-title")).to_have_text("Steel")
        expect(rename).to_be_focused()
        download.press("Enter")
        page.locator("[data-format=markdown]").press("Enter")
        expect(download).to_be_focused()
        bin_.press("Enter")
        page.locator("#fn-history [data-close]", has_text="Keep").press("Enter")
        expect(bin_).to_be_focused()
        bin_.press("Enter")
        page.locator("#fn-history [data-act=delete_conversation]").press("Enter")
        expect(page.locator(".fn-history-open")).to_have_count(0)
        expect(page.locator("#fn-history :focus")).to_have_count(1)


def test_notice_goes_with_the_next_thing_a_person_does(browser: Browser, watched: Watched, report: Path) -> None:
    def told_again(page: Page) -> None:
        go_to(page, "ask")
        ask(page, " ")
        expect(page.locator(".fn-notice")).to_contain_text("Type a question first.")

    with visiting(browser, watched) as page:
        told_again(page)
        go_to(page, "library")
        expect(page.locator(".fn-notice")).to_have_count(0)
        told_again(page)
        page.keyboard.press("Escape")
        expect(page.locator(".fn-notice")).to_have_count(0)
        told_again(page)
        add_files(page, report)
        expect(page.locator(".fn-notice")).to_have_count(0)


def test_notice_stands_above_a_question_of_many_lines(browser: Browser, watched: Watched) -> None:
    with visiting(browser, watched) as page:
        ask(page, "Which prices rose?\n" * 6)
        notice, row = page.locator(".fn-notice"), page.locator("#fn-composer")
        expect(notice).to_contain_text("Add a document first")
        above, below = notice.bounding_box(), row.bounding_box()
        assert above and below and above["y"] + above["height"] <= below["y"]


def test_small_tablet_leaves_room_for_the_answer_and_has_conversations_behind_a_button(
    browser: Browser, watched: Watched
) -> None:
    with visiting(browser, watched, size=(800, 1100)) as page:
        box = page.locator("#fn-composer").bounding_box()
        assert box and box["width"] > 500
        expect(page.locator("#fn-history")).to_be_hidden()
        page.click("[data-act=drawer]")
        expect(page.locator("#fn-history")).to_be_visible()
        assert width_of_content(page) == 800


def test_form_of_a_thumb_down_comes_up_from_behind_the_question_bar(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched) as page:
        library.pace = 0.002
        add_files(page, report)
        for number in range(1, 4):
            ask(page, QUESTION)
            expect(page.locator("#fn-thread .fn-turn")).to_have_count(number)
        page.click("#fn-thread [data-rating=down] >> nth=2")
        page.wait_for_function(
            "document.querySelector('.fn-reason[open] form').getBoundingClientRect().bottom"
            " <= document.querySelector('#fn-composer').getBoundingClientRect().top"
        )


def test_page_shows_a_draft_before_the_checked_answer_and_gives_the_focus_back(
    browser: Browser, watched: Watched, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        ask(page, QUESTION)
        page.wait_for_selector(".fn-draft")
        expect(page.locator("#fn-thread .fn-answer")).to_contain_text("Steel prices rose by nine percent.")
        page.click("#fn-thread .fn-mark >> nth=0")
        expect(page.locator(".fn-highlight").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".fn-reader")).to_have_count(0)
        assert page.evaluate("document.activeElement.className") == "fn-mark"


def test_correction_is_told_and_can_be_undone(browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path) -> None:
    with visiting(browser, watched) as page:
        library.pace = 0.002
        add_files(page, report)
        ask(page, "What about stel prices?")
        told = page.locator("#fn-thread .fn-searched")
        expect(told).to_contain_text("Searched for “steel” instead of “stel”.", timeout=30_000)
        page.click("#fn-thread .fn-searched [data-act=ask_as_typed]")
        expect(page.locator("#fn-thread .fn-turn")).to_have_count(2, timeout=30_000)
        expect(told).to_have_count(1)
        assert library.asked_as_typed == ["What about stel prices?"]


def test_answer_that_is_stopped_leaves_the_model_alone(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        library.pace = 0.2
        ask(page, QUESTION)
        page.wait_for_selector(".fn-draft")
        page.click("#fn-stop")
        expect(page.locator("#fn-thread .fn-note")).to_contain_text("Stopped")
        expect(page.locator("#fn-ask")).to_be_visible()
        assert library.stops_seen == 1


def test_chinese_visitor_on_a_phone_asks_in_chinese(browser: Browser, watched: Watched, tmp_path: Path) -> None:
    document = tmp_path / "云杉公司简介.txt"
    document.write_text(CHINESE_REPORT, encoding="utf-8")
    with visiting(browser, watched, size=PHONE, language="zh-CN", dark=True) as page:
        expect(page.locator("html")).to_have_attribute("lang", "zh")
        add_files(page, document)
        ask(page, "公司的总部设在哪里？")
        expect(page.locator("#fn-thread .fn-answer")).to_contain_text("公司的总部设在上海。")
        assert width_of_content(page) == PHONE[0]
        page.click("#fn-sources .fn-card >> nth=0")
        expect(page.locator(".fn-highlight-text")).to_have_text("公司的总部设在上海。")
        box = page.locator(".fn-reader").bounding_box()
        assert box is not None
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *PHONE)
        page.click(".fn-reader [data-act=close_reader]")
        page.evaluate("document.querySelector('#fn-conversation').style.paddingBottom = '2000px'; scrollTo(0, 0)")
        assert page.evaluate("document.querySelector('#fn-composer').getBoundingClientRect().bottom") == PHONE[1]
        go_to(page, "library")
        expect(page.locator("#fn-upload")).to_be_visible()
        assert width_of_content(page) == PHONE[0]


def test_switch_changes_every_string_at_once_and_is_remembered(browser: Browser, watched: Watched, report: Path) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        page.click("text=中文")
        expect(page.locator("#fn-ask")).to_have_text("提问")
        page.evaluate("document.querySelectorAll('.fn-suggestion').forEach(said => said.remove())")  # in the document's language
        shown = page.evaluate("document.querySelector('#fn-app').innerText").replace("English", "").replace("中文", "")
        for word in ("Footnote", report.name, "1", "PDF", "Word", "HTML", "Markdown"):
            shown = shown.replace(word, "")
        assert not any("a" <= letter.lower() <= "z" for letter in shown), shown
        page.reload()
        expect(page.locator("#fn-ask")).to_have_text("提问")


def test_conversation_is_shown_again_after_a_reload_and_its_footnotes_open(
    browser: Browser, watched: Watched, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        ask(page, QUESTION)
        page.wait_for_selector("#fn-thread .fn-mark")
        page.reload()
        page.click("#fn-thread .fn-mark >> nth=0")
        expect(page.locator(".fn-highlight").first).to_be_visible()
        expect(page.locator("#fn-question textarea")).to_have_value("")


def test_question_outlives_that_the_page_is_loaded_again_half_typed_or_while_its_answer_is_on_its_way(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    box, asked = "#fn-question textarea", "#fn-thread .fn-question"
    with visiting(browser, watched) as page:
        add_files(page, report)
        page.fill(box, "How much did ste")
        page.reload()
        expect(page.locator(box)).to_have_value("How much did ste")
        library.pace = 0.2
        ask(page, QUESTION)
        page.wait_for_selector(".fn-draft")
        page.reload()
        expect(page.locator(asked)).to_have_text(QUESTION)
        expect(page.locator(box)).to_have_value("")
        page.fill(box, "And ti")
        page.reload()
        expect(page.locator(asked)).to_have_text(QUESTION)
        expect(page.locator(box)).to_have_value("And ti")
    watched.faults.clear()  # gradio tells on the console of the answer that the page left


def test_thumb_down_with_its_reason_and_the_trace_are_there_after_a_reload_in_either_language(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched, size=PHONE) as page:
        library.pace = 0.002
        add_files(page, report)
        ask(page, QUESTION)
        expect(page.locator("#fn-thread .fn-answer")).to_contain_text("nine percent", timeout=30_000)
        expect(page.locator(".fn-reason")).to_be_hidden()
        page.focus("#fn-thread [data-rating=down]")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.dataset.rating") == "down"
        page.select_option(".fn-reason select", "incomplete")
        page.fill(".fn-reason [name=right_answer]", "<b>All</b> of them.")
        page.click(".fn-reason button")
        expect(page.locator(".fn-notice")).to_contain_text("Your rating is kept.")
        page.reload()
        page.click("[data-act=drawer]")
        page.click(".fn-history-open")
        expect(page.locator("[data-rating=down]")).to_have_attribute("aria-pressed", "true")
        page.click(".fn-reason summary")
        assert page.input_value(".fn-reason select") == "incomplete"
        assert page.input_value(".fn-reason [name=right_answer]") == "<b>All</b> of them."
        page.click("text=中文")
        page.click("text=为什么这样回答")
        expect(page.locator(".fn-why")).to_contain_text("有依据 [1]")
        page.keyboard.press("Escape")
        expect(page.locator(".fn-why")).to_have_count(0)
        assert width_of_content(page) == PHONE[0]
        page.click("[data-rating=down]")
        expect(page.locator(".fn-reason")).to_be_hidden()
        expect(page.locator(".fn-notice, .fn-spoken")).to_have_text("已撤回你的评价。")
        assert library.kept[0].feedback is None


def remove_first(page: Page) -> None:
    """Choose the first document and unfold the question whether to remove it."""
    go_to(page, "library")
    page.check("[data-pick]")
    page.click("#fn-picks summary >> nth=1")


def test_document_is_removed_only_after_a_second_click(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        remove_first(page)
        assert len(library.documents()) == 1
        page.click("#fn-picks .fn-danger")
        expect(page.locator(".fn-document")).to_have_count(0)
        expect(page.locator(".fn-notice")).to_contain_text("1 document was removed.")


def test_script_in_a_document_stays_text(browser: Browser, watched: Watched, tmp_path: Path) -> None:
    attack = "Steel <img src=x onerror=\"document['title']='x'\"> or <script>document['title']='x'</script> rose ${1+1} {{this}}."
    document = tmp_path / "attack.txt"
    document.write_text(attack, encoding="utf-8")
    with visiting(browser, watched) as page:
        add_files(page, document)
        ask(page, "What about steel?")
        expect(page.locator("#fn-thread .fn-answer")).to_contain_text(
            "<script>document['title']='x'</script> rose ${1+1} {{this}}."
        )
        page.click("#fn-thread .fn-mark >> nth=0")
        expect(page.locator(".fn-highlight-text")).to_contain_text("<img src=x")
        assert page.title() == "Footnote"


def test_page_may_not_reach_another_host_even_if_a_script_tried(browser: Browser, watched: Watched) -> None:
    with visiting(browser, watched) as page:
        blocked = page.evaluate(
            "new Promise(done => { document.addEventListener('securitypolicyviolation', event => done(event.blockedURI));"
            "const image = new Image(); image.src = 'http://203.0.113.1/pixel.png'; })"
        )
        assert blocked == "http://203.0.113.1/pixel.png"
    watched.faults.clear()


def test_model_stops_when_its_visitor_closes_the_page(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        library.pace = 0.2
        ask(page, QUESTION)
        page.wait_for_selector(".fn-draft")
        assert library.answering == 1
    deadline = time.monotonic() + 60
    while library.answering and time.monotonic() < deadline:
        time.sleep(0.05)
    assert library.answering == 0


def test_file_can_be_added_again_after_it_was_removed_and_dropped_anywhere(
    browser: Browser, watched: Watched, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        remove_first(page)
        page.click("#fn-picks .fn-danger")
        expect(page.locator(".fn-document")).to_have_count(0)
        page.evaluate(
            "text => { const carried = new DataTransfer(); carried.items.add(new File([text], 'Acme report.pdf'));"
            "for (const type of ['dragenter', 'drop']) document.body.dispatchEvent("
            "new DragEvent(type, {dataTransfer: carried, bubbles: true, cancelable: true})); }",
            REPORT,
        )
        expect(page.locator(".fn-document")).to_have_count(1)


def test_question_that_cannot_be_asked_gets_a_sentence_and_stays_in_its_box(
    browser: Browser, watched: Watched, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        ask(page, "steel " * 17_000)
        expect(page.locator(".fn-notice")).to_contain_text("ask one of at most 20000")
        assert len(page.input_value("#fn-question textarea")) == 6 * 17_000
        expect(page.locator("#fn-ask")).to_be_visible()


def test_port_that_is_taken_is_a_sentence_that_says_what_to_do(uploads: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = f"port {port}: another program listens there.*Choose another with --port"
        with pytest.raises(SettingsError, match=said), serving(ScriptedLibrary(), uploads, port=port):
            pass


def test_enter_that_ends_a_word_of_an_input_method_does_not_send(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        page.fill("#fn-question textarea", "gangjia")
        page.evaluate(
            "document.querySelector('#fn-question textarea').dispatchEvent(new KeyboardEvent('keydown', "
            "{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
        )
        page.wait_for_timeout(400)
        assert library.asked == []


def test_chosen_document_and_new_collection_narrow_what_is_asked(browser: Browser, watched: Watched, report: Path) -> None:
    with visiting(browser, watched) as page:
        add_files(page, report)
        page.click(".fn-choice")
        expect(page.locator(".fn-scope")).to_contain_text("Asking only Acme report.pdf")
        go_to(page, "library")
        page.click("#fn-shelf summary >> nth=0")
        page.fill("#fn-shelf input[name=name]", "Reports")
        page.keyboard.press("Enter")
        expect(page.locator("#fn-shelf .fn-chip[aria-pressed=true]")).to_have_text("Reports")
        expect(page.locator(".fn-scope")).to_contain_text("Asking the collection “Reports” · 0 documents")


def test_views_are_switched_by_link_by_address_and_back_without_the_server(
    browser: Browser, watched: Watched, report: Path
) -> None:
    with visiting(browser, watched, size=PHONE) as page:
        add_files(page, report)
        expect(page.locator(".fn-tab[aria-current=page]")).to_have_text("Ask")
        page.focus(".fn-tab[href='#library']")
        page.keyboard.press("Enter")
        expect(page.locator("#fn-view-library")).to_be_visible()
        expect(page.locator("#fn-view-ask")).to_be_hidden()
        expect(page.locator(".fn-tab[aria-current=page]")).to_have_text("Library")
        expect(page).to_have_title("Library · Footnote")
        assert width_of_content(page) == PHONE[0]
        go_to(page, "settings")
        table = page.locator(".fn-measured")
        assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")
        page.evaluate("scrollTo(0, 300)")
        go_to(page, "library")
        assert page.evaluate("scrollY") == 0
        go_to(page, "settings")
        assert page.evaluate("scrollY") == 300
        for _ in range(4):
            page.go_back()
        expect(page.locator("#fn-view-ask")).to_be_visible()
        page.goto(f"{watched.address}#library")
        page.reload()
        page.click(".fn-document-name")
        expect(page.locator(".fn-reader-page")).to_have_text("Page 1 of 2")
        page.keyboard.press("Escape")
        expect(page.locator("#fn-view-library")).to_be_visible()


def test_page_that_is_open_and_why_an_answer_is_as_it_is_stand_beside_no_other_view(
    browser: Browser, watched: Watched, library: ScriptedLibrary, tmp_path: Path
) -> None:
    library.pace = 0.0
    with visiting(browser, watched) as page:
        add_files(page, write(tmp_path, "steel.txt", "Steel prices rose."))
        ask(page, QUESTION)
        for opening in ("#fn-thread .fn-mark >> nth=0", "#fn-thread [data-act=why]"):
            page.click(opening)
            expect(page.locator(".fn-reader")).to_be_visible()
            go_to(page, "settings")
            expect(page.locator(".fn-reader")).to_have_count(0)
            go_to(page, "ask")


def test_quote_shows_beside_its_mark_by_pointer_and_keyboard_and_escape_takes_it_away(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched) as page:
        library.pace = 0.002
        add_files(page, report)
        ask(page, QUESTION)
        mark, tip = page.locator("#fn-thread .fn-mark >> nth=0"), page.locator("#fn-tip")
        mark.hover()
        expect(tip).to_contain_text("Acme report.pdf, page 2")
        expect(tip).to_contain_text("Checked: the passage supports this sentence.")
        tip.hover()
        expect(tip).to_be_visible()
        page.hover(".fn-logo")
        expect(tip).to_have_count(0)
        mark.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(mark).to_have_attribute("aria-describedby", "fn-tip")
        page.keyboard.press("Escape")
        expect(tip).to_have_count(0)
        page.keyboard.press("Enter")
        expect(page.locator(".fn-reader")).to_be_visible()


# Whether the mark stands in the line of the last letter before it, however wide the answer is.
MARK_WITH_ITS_WORDS = """() => Array.from({length: 60}, (_, n) => 90 + 2 * n).filter(width => {
    const answer = document.querySelector("#fn-thread .fn-answer"), end = document.createRange();
    answer.style.width = width + "px";
    const mark = answer.querySelector(".fn-mark").getBoundingClientRect();
    end.selectNodeContents(answer.querySelector("sup").previousSibling);
    const letters = Array.from(end.getClientRects()).pop();
    return mark.top > letters.bottom;
})"""


def test_mark_stands_in_the_line_of_the_words_that_it_belongs_to(
    browser: Browser, watched: Watched, library: ScriptedLibrary, tmp_path: Path
) -> None:
    library.pace = 0.0
    with visiting(browser, watched) as page:
        add_files(page, write(tmp_path, "steel.txt", "Steel prices rose."))
        ask(page, QUESTION)
        expect(page.locator("#fn-thread .fn-mark")).to_have_count(1)
        assert page.evaluate(MARK_WITH_ITS_WORDS) == []


def test_tap_on_a_mark_shows_its_quote_with_a_button_that_opens_the_page(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    with visiting(browser, watched, size=PHONE, touch=True) as page:
        library.pace = 0.002
        add_files(page, report)
        ask(page, QUESTION)
        page.tap("#fn-thread .fn-mark >> nth=0")
        expect(page.locator("#fn-tip")).to_contain_text("Acme expects steel prices to fall again next year")
        assert width_of_content(page) == PHONE[0]
        page.tap("#fn-tip button")
        expect(page.locator(".fn-reader-page")).to_have_text("Page 2 of 2")


def test_what_leads_back_on_a_phone_leads_from_an_open_page_to_the_answer(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    library.pace = 0.0
    with visiting(browser, watched, size=PHONE) as page:
        add_files(page, report)
        ask(page, QUESTION)
        expect(page.locator("#fn-thread .fn-mark")).not_to_have_count(0)
        entries = int(page.evaluate("history.length"))
        for leave in (page.go_back, lambda: page.click("[data-act=close_reader]"), lambda: page.keyboard.press("Escape")):
            page.click("#fn-thread .fn-mark >> nth=0")
            expect(page.locator(".fn-reader")).to_be_visible()
            leave()
            expect(page.locator(".fn-reader")).to_have_count(0)
            expect(page.locator("#fn-thread .fn-mark >> nth=0")).to_be_focused()
            page.wait_for_function("!history.state?.reader")
        assert page.evaluate("history.length") == entries + 1


def test_lines_of_a_page_stay_in_sight_beside_a_wide_table(browser: Browser, watched: Watched, tmp_path: Path) -> None:
    line = "The quarry of Tern gives granite to all the harbours of the coast and has done so for a hundred and fifty years. " * 3
    table = " | ".join(f"column number {number}" for number in range(30))
    with visiting(browser, watched, size=PHONE) as page:
        add_files(page, write(tmp_path, "quarry.txt", f"{line}\n{table}\n{table}\n{line}"))
        go_to(page, "library")
        page.click(".fn-document-name")
        expect(page.locator(".fn-lines")).to_have_count(2)
        edges = [page.locator(f".fn-lines >> nth={number}").bounding_box() for number in range(2)]
        assert all(box and box["x"] + box["width"] <= PHONE[0] for box in edges)
        assert (page.locator(".fn-rows").bounding_box() or {"width": 0})["width"] > PHONE[0]


def test_question_is_edited_and_asked_again_and_a_suggestion_is_asked(
    browser: Browser, watched: Watched, library: ScriptedLibrary, tmp_path: Path
) -> None:
    with visiting(browser, watched) as page:
        library.pace = 0.002
        add_files(page, write(tmp_path, "quarry.txt", QUARRY))
        ask(page, "What about granite?")
        page.click("#fn-thread [data-act=edit]")
        expect(page.locator("#fn-question textarea")).to_be_focused()
        page.keyboard.press("Backspace")
        page.keyboard.type(" of Tern?")
        page.keyboard.press("Enter")
        expect(page.locator("#fn-thread .fn-turn")).to_have_count(2, timeout=20_000)
        suggested = page.locator("#fn-thread .fn-suggestion >> nth=0").text_content()
        page.click("#fn-thread .fn-suggestion >> nth=0")
        expect(page.locator("#fn-thread .fn-turn")).to_have_count(3, timeout=20_000)
        assert [question for question, _ in library.asked] == ["What about granite?", "What about granite of Tern?", suggested]


def test_sample_is_added_with_a_click_and_can_be_asked(browser: Browser, watched: Watched, library: ScriptedLibrary) -> None:
    with visiting(browser, watched, language="zh-CN") as page:
        library.pace = 0.002
        page.click("[data-act=add_sample]")
        page.click("#fn-thread .fn-suggestion >> nth=0")
        expect(page.locator("#fn-thread .fn-answer")).to_be_visible()


def test_conversation_is_found_by_its_words_and_downloaded_as_a_pdf(
    browser: Browser, watched: Watched, library: ScriptedLibrary, report: Path
) -> None:
    for number in range(40):
        library.start_conversation(f"About bridge {number}")
    with visiting(browser, watched) as page:
        library.pace = 0.002
        add_files(page, report)
        ask(page, QUESTION)
        expect(page.locator("#fn-thread .fn-mark").first).to_be_visible()
        expect(page.locator("#fn-chooser")).to_be_in_viewport()  # below the conversations, which scroll by themselves
        page.hover(".fn-conversation >> nth=39")
        page.click(".fn-conversation >> nth=39 >> summary[aria-label^=Rename]")
        expect(page.locator(".fn-conversation >> nth=39 >> input")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
        page.focus("#fn-history [type=search]")
        page.keyboard.type("steel")
        expect(page.locator(".fn-conversation")).to_have_count(1)
        expect(page.locator("#fn-history [type=search]")).to_be_focused()
        page.hover(".fn-conversation")
        page.click(".fn-conversation summary[aria-label^=Download]")
        with page.expect_download() as made:
            page.click("[data-format=pdf]")
        assert made.value.suggested_filename == "How much did steel prices rise.pdf"
        assert made.value.path().read_bytes().startswith(b"%PDF-")


def test_what_is_asked_can_be_changed_from_beside_the_question_on_a_phone(
    browser: Browser, watched: Watched, report: Path
) -> None:
    with visiting(browser, watched, size=PHONE) as page:
        add_files(page, report)
        page.click(".fn-tab[href='#ask']")
        page.click("[data-act=choose_scope]")
        expect(page.locator("#fn-chooser .fn-choice")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".fn-scope")).to_contain_text("Asking only Acme report.pdf")
