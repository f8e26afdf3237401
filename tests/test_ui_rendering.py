"""The page's HTML: what it shows, that nothing breaks out of it, and that both languages say everything."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timezone
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from string import Formatter

import pytest

from rag_app.errors import Reason
from rag_app.parsing.source import Source
from rag_app.records import (
    Answer,
    AnswerSentence,
    Citation,
    Conversation,
    Correction,
    DocumentSummary,
    Evidence,
    Fault,
    Feedback,
    Folder,
    FolderChanges,
    FolderDocument,
    Hit,
    MapPoint,
    PageView,
    Passage,
    PassageMap,
    Progress,
    Query,
    Rating,
    Rectangle,
    StageScore,
    StoredPassage,
    Task,
    TaskState,
    Timings,
    Turn,
    Verdict,
)
from rag_app.ui.chinese import CHINESE
from rag_app.ui.english import ENGLISH
from rag_app.ui.guide import read_guide
from rag_app.ui.importing import Arrivals
from rag_app.ui.language import Language, Wording, choose_language
from rag_app.ui.listing import Listing, excerpt
from rag_app.ui.pace import Pace
from rag_app.ui.rendering.answers import (
    answer_as_markdown,
    answer_with_sources,
    conversation_html,
    live_html,
    turn_html,
    waiting_html,
)
from rag_app.ui.rendering.chooser import chooser_html
from rag_app.ui.rendering.folders import folders_html
from rag_app.ui.rendering.frame import header_html, notice_html, scope_html, upload_hint_html
from rag_app.ui.rendering.history import history_html, shown_time
from rag_app.ui.rendering.markup import Html, element, escape, join
from rag_app.ui.rendering.queue import arriving_html, queue_html, shown_duration
from rag_app.ui.rendering.shelf import picks_html, shelf_html, shown_size
from rag_app.ui.rendering.sources import missing_page_html, reader_html, sources_html
from rag_app.ui.rendering.table import table_html
from rag_app.ui.rendering.trace import ANSWER_DRAWN, trace_html, why_html
from rag_app.ui.rendering.welcome import suggestions_html, welcome_html
from rag_app.ui.screen import Target

UI = Path(__file__).parent.parent / "rag_app" / "ui"
PAYLOADS_FILE = Path(__file__).parent.parent.parent / "shared" / "docs" / "bad" / "_xss_payloads.json"
OWN_PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</span></button></article><iframe src=//evil.example></iframe>",
    "</textarea><style>*{display:none}</style>",
    "${alert(1)} {{#each value}}{{this}}{{/each}} {{{value}}} `",
    "javascript:alert(1)",
    "[click](javascript:alert(1)) **bold** <b>bold</b> &lt;script&gt;",
    "<!--><script>alert(1)</script-->",
    "a\x00b\ud800c\u202ed",
)
ENGLISH_WORDS = Wording(Language.ENGLISH)
CHINESE_WORDS = Wording(Language.CHINESE)
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=timezone.utc)
NOTHING_DRAWN = PassageMap(0.0, 0.0, (), 0.0)


def payloads() -> list[str]:
    """Script payloads: our own, and those of a larger collection where it is there."""
    if not PAYLOADS_FILE.exists():
        return list(OWN_PAYLOADS)
    return [*OWN_PAYLOADS, *(row["payload"] for row in json.loads(PAYLOADS_FILE.read_text(encoding="utf-8")))]


def citation(number: int, *, text: str = "Steel rose by nine percent.", name: str = "steel.pdf", page: int = 3) -> Citation:
    return Citation(number, 40 + number, "d" * 64, name, page, 10, 37, text)


def evidence(text: str = "Steel rose by nine percent.", name: str = "steel.pdf") -> Evidence:
    passage = Passage("d" * 64, 3, 0, 60, ("Prices",), text)
    return Evidence(StoredPassage(7, name, name, passage), 10, 37, text, 1.0)


def a_hit(stored: StoredPassage, stage: str = "dense") -> Hit:
    return Hit(stored, 0.8125, (StageScore("lexical", 12.34), StageScore(stage, 0.5)))


def an_answer(text: str = "Steel rose.", **changes: object) -> Answer:
    sentence = AnswerSentence(text, Verdict.SUPPORTED, (citation(1),))
    answer = Answer(
        "What rose?",
        Query("What rose?", "What rose?", "en", ("rose",)),
        sentences=(sentence,),
        evidence=(evidence(),),
        finished=True,
        confidence=0.9,
        timings=Timings(total=2345.0),
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def document(name: str = "steel.pdf", document_id: str = "d" * 64) -> DocumentSummary:
    return DocumentSummary(document_id, name, name, "application/pdf", 10, 2, 1, ("Reports",), "2026-03-04T05:06:07Z", "en", name)


def task(state: TaskState, *, name: str = "steel.pdf", reason: str = "", message: str = "", number: int = 1) -> Task:
    return Task(number, name, f"/storage/{name}", "d" * 64, None, state, 1, reason, message)


def arriving(tasks: Sequence[Task], **changes: object) -> Arrivals:
    arrivals = Arrivals(tuple(tasks), {}, added=0, pace=Pace(0, 0.0, 0.0, None), paused=False, failure="", folders={})
    return replace(arrivals, **changes)  # type: ignore[arg-type]


def view(**changes: object) -> PageView:
    page = PageView("d" * 64, "steel.pdf", 2, 3, "Before. Steel rose. After.", 8, 19, None, ())
    return replace(page, **changes)  # type: ignore[arg-type]


class Structure(HTMLParser):
    """The elements of some HTML, each with the names of its attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment", ()))


def everything_with(text: str) -> str:
    """Every panel, with `text` wherever somebody else's text can stand."""
    words = ENGLISH_WORDS
    sentences = tuple(
        AnswerSentence(text, verdict, (citation(number, text=text, name=text),), text)
        for number, verdict in enumerate(Verdict, start=1)
    )
    query = Query(text, text, "en", (text,), (Correction(text, text),), (text,), understood=text, parts=(text,))
    found = evidence(text, text)
    answer = Answer(text, query, sentences, text, (text,), (found,), (a_hit(found.stored, text),), confidence=0.9, model=text)
    abstained = replace(answer, sentences=(), abstained=True)
    target = Target("d" * 64, 2, 2, 0, len(text))
    tasks = (task(TaskState.RUNNING, name=text), task(TaskState.FAILED, name=text, reason=text, message=text, number=2))
    page = view(document_name=text, text=text, start=0, end=len(text))
    folder = Folder(1, text, text, 3, text)
    changes = FolderChanges(folder, text, doomed=(FolderDocument("d" * 64, text),))
    return join(
        (
            conversation_html(words, (Turn(1, 1, answer, Feedback(Rating.DOWN, None, text, text)), Turn(2, 1, abstained))),
            live_html(words, answer),
            waiting_html(words, text, "searching"),
            sources_html(words, answer, 1),
            sources_html(words, abstained, 1),
            reader_html(words, page, target),
            reader_html(words, replace(page, image=b"png", rectangles=(Rectangle(0, 0, 1, 1),)), target),
            missing_page_html(words, text),
            chooser_html(words, (document(text, text),), (text,), text, (text,)),
            shelf_html(words, (text,), text),
            picks_html(words, (text,), text),
            table_html(words, excerpt((document(text, text),), {}, Listing()), {}, Listing(), text, NOW),
            table_html(words, excerpt((), {}, Listing(text)), {}, Listing(text), "", NOW),
            folders_html(words, (folder,), {1: changes}, NOW, looking=True, failure=text),
            queue_html(words, arriving(tasks, progress={1: Progress(1, text, text, 1, 2)}, failure=text), {}),
            history_html(words, (Conversation(1, text, text),), 1, NOW),
            scope_html(words, (document(text, "a"),), text, ("a",)),
            scope_html(words, (), text, ()),
            upload_hint_html(words, text),
            notice_html(words, text),
        )
    )


@pytest.mark.parametrize("payload", payloads())
def test_text_of_others_adds_no_element_and_no_attribute_anywhere_on_the_page(payload: str) -> None:
    assert Structure(everything_with(payload)).elements == Structure(everything_with("harmless")).elements


def test_what_a_model_writes_is_shown_as_it_was_written_and_not_as_markup() -> None:
    html = live_html(ENGLISH_WORDS, an_answer(sentences=(), draft="**bold** <b>not bold</b> & [a](b)"))
    assert "**bold** <b>not bold</b> & [a](b)" in Structure(html).text


def test_text_is_escaped_when_it_enters_an_element_and_html_is_not_escaped_again() -> None:
    inner = element("b", {"title": 'a "quote"', "hidden": True, "lang": None, "data-n": 0}, "1 < 2")
    assert inner == '<b title="a &quot;quote&quot;" hidden data-n="0">1 &lt; 2</b>'
    assert element("p", {}, inner, " & more") == f"<p>{inner} &amp; more</p>"
    assert isinstance(join((inner, "<")), Html)
    assert escape("a\x00b\ud800c") == "a\N{REPLACEMENT CHARACTER}b?c"


def test_each_sentence_ends_in_its_footnote_marks_that_carry_what_opens_the_page() -> None:
    html = turn_html(ENGLISH_WORDS, an_answer(), 5)
    mark = (
        '<sup><button type="button" class="fn-mark" data-act="open_source" data-document="' + "d" * 64 + '" data-page="3" '
        'data-quote="3" data-start="10" data-end="37" data-turn="5" '
        'aria-label="Footnote 1: steel.pdf, page 3. Open the page." data-tip="Steel rose by nine percent." data-tip-lang="en" '
        'data-tip-where="steel.pdf, page 3" data-tip-verdict="Checked: the passage supports this sentence." '
        'data-tip-open="Open the page">1</button></sup>'
    )
    assert f'<span class="fn-sentence" dir="auto" lang="en">Steel rose.</span>{mark}' in html


def test_sentences_are_joined_as_their_language_does() -> None:
    chinese = tuple(AnswerSentence(text, Verdict.SUPPORTED, ()) for text in ("钢价上涨。", "涨了百分之九。"))
    english = tuple(AnswerSentence(text, Verdict.SUPPORTED, ()) for text in ("Steel rose.", "By nine percent."))
    assert "钢价上涨。涨了百分之九。" in Structure(turn_html(CHINESE_WORDS, an_answer(sentences=chinese), 1)).text
    assert "Steel rose. By nine percent." in Structure(turn_html(ENGLISH_WORDS, an_answer(sentences=english), 1)).text


def test_draft_is_set_apart_from_checked_sentences() -> None:
    html = live_html(ENGLISH_WORDS, an_answer(draft="It may", finished=False))
    assert '<span class="fn-draft" dir="auto" title="Being written, not checked yet">It may</span>' in html


def test_replaced_sentence_is_marked_as_the_documents_own_words_and_tells_what_the_model_wrote() -> None:
    replaced = AnswerSentence("Steel rose by nine percent.", Verdict.REPLACED, (citation(1),), written="Steel fell.")
    html = turn_html(ENGLISH_WORDS, an_answer(sentences=(replaced,)), 1)
    assert '<q class="fn-own-words" dir="auto" lang="en">Steel rose by nine percent.</q>' in html
    assert '<span class="fn-tag" title="The model wrote: Steel fell.">in the document&#x27;s own words</span>' in html


def test_a_list_is_shown_with_each_item_on_a_line() -> None:
    quote = "Bring:\n• <a> jacket,\nor two\n• shoes"
    listed = AnswerSentence(" ".join(quote.split()), Verdict.QUOTED, (replace(citation(1), quote=quote),))
    html = turn_html(ENGLISH_WORDS, an_answer(sentences=(listed,)), 1)
    items = '<span class="fn-item">• &lt;a&gt; jacket, or two</span><span class="fn-item">• shoes</span></q>'
    assert f'<span class="fn-quoted-line"><q class="fn-own-words" dir="auto" lang="en">Bring:{items}' in html
    wrapped = AnswerSentence(
        "Steel rose by nine percent.", Verdict.QUOTED, (replace(citation(1), quote="Steel rose\nby nine percent."),)
    )
    assert "fn-item" not in turn_html(ENGLISH_WORDS, an_answer(sentences=(wrapped,)), 1)


def test_a_row_of_a_table_is_shown_and_copied_with_the_names_of_its_columns() -> None:
    cells = (("$ in <millions>", "Cash"), ("2023", "1,093"), ("", "840"))
    row = AnswerSentence("Cash | 1,093 | 840", Verdict.QUOTED, (citation(1),), span="1,093", row=cells)
    html = turn_html(ENGLISH_WORDS, an_answer(sentences=(row,)), 1)
    assert '<span class="fn-column">$ in &lt;millions&gt;</span><span>Cash</span>' in html
    assert html.index('<span class="fn-quoted-line">') < html.index("fn-quoted-row") < html.index("fn-mark")
    assert '<span class="fn-column">2023</span><span><mark class="fn-span">1,093</mark></span>' in html
    assert answer_with_sources(ENGLISH_WORDS, an_answer(sentences=(row,))).startswith(
        "$ in <millions>: Cash | 2023: 1,093 | 840[1]\n"
    )


def test_withheld_sentences_are_counted_and_can_be_read() -> None:
    one = turn_html(ENGLISH_WORDS, an_answer(withheld=("Gold fell.",)), 1)
    two = turn_html(CHINESE_WORDS, an_answer(withheld=("Gold fell.", "Tin fell.")), 1)
    assert "1 sentence withheld: nothing in the documents supports it." in Structure(one).text
    assert "有 2 句话未予显示：文档中没有依据。" in Structure(two).text
    assert '<li dir="auto">Tin fell.</li>' in two


def test_abstaining_is_said_plainly_with_the_closest_sentences_and_links_to_their_pages() -> None:
    answer = an_answer(sentences=(), abstained=True, evidence=(evidence(), evidence("Gold fell.")))
    html = turn_html(ENGLISH_WORDS, answer, 1)
    text = Structure(html).text
    assert text.count("steel.pdf, page 3") == html.count('data-act="open_source"') == 2
    assert "No sure answer to this was found in your documents." in text
    assert "Steel rose by nine percent." in text and "Gold fell." in text
    assert "match" not in text
    cards = sources_html(ENGLISH_WORDS, answer, 1)
    assert "Closest passages" in cards
    assert "Steel rose by nine percent." in cards


@pytest.mark.parametrize(
    ("confidence", "sentence"),
    [
        (0.95, "A close match in your documents"),
        (0.7, "A fair match; have a look at the sources"),
        (0.2, "A weak match; check the sources"),
    ],
)
def test_confidence_is_told_in_words(confidence: float, sentence: str) -> None:
    assert sentence in Structure(turn_html(ENGLISH_WORDS, an_answer(confidence=confidence), 1)).text


def test_follow_up_says_how_it_was_understood_and_can_be_asked_as_typed() -> None:
    query = Query("And 2020?", "What was it in 2020?", "en", (), understood="What was it in 2020?")
    answer = an_answer(question="And 2020?", query=query)
    html = turn_html(ENGLISH_WORDS, answer, 1)
    assert "Understood as: What was it in 2020?" in Structure(html).text
    assert 'data-act="ask_as_typed" data-question="And 2020?"' in html
    assert 'data-act="ask_again" data-question="What was it in 2020?"' in html
    assert "理解为：What was it in 2020?" in Structure(turn_html(CHINESE_WORDS, answer, 1)).text
    assert "Understood as" in live_html(ENGLISH_WORDS, answer)
    assert "Understood as" not in turn_html(ENGLISH_WORDS, an_answer(), 1)


def test_corrected_question_says_what_was_searched() -> None:
    query = Query("stel price", "steel price", "en", (), (Correction("stel", "steel"),))
    html = turn_html(ENGLISH_WORDS, an_answer(question="stel price", query=query), 1)
    assert "Searched for “steel” instead of “stel”." in Structure(html).text
    assert 'data-act="ask_as_typed" data-question="stel price"' in html


def test_question_that_was_not_corrected_offers_nothing_to_undo() -> None:
    assert "ask_as_typed" not in turn_html(ENGLISH_WORDS, an_answer(), 1)


def test_stopped_answer_says_so_with_and_without_sentences() -> None:
    assert "Stopped before the end." in Structure(turn_html(ENGLISH_WORDS, an_answer(stopped=True), 1)).text
    assert "Stopped." in Structure(turn_html(ENGLISH_WORDS, an_answer(stopped=True, sentences=()), 1)).text


def test_copied_answer_carries_numbers_and_sources() -> None:
    answer = an_answer(
        sentences=(
            AnswerSentence("Steel rose.", Verdict.SUPPORTED, (citation(1),)),
            AnswerSentence("Tin too.", Verdict.SUPPORTED, (citation(2, text="Tin rose.", page=4), citation(1))),
        )
    )
    assert answer_with_sources(ENGLISH_WORDS, answer) == (
        "Steel rose.[1] Tin too.[2][1]\n\nSources\n"
        "[1] steel.pdf, page 3: Steel rose by nine percent.\n[2] steel.pdf, page 4: Tin rose."
    )
    assert [one.number for one in answer.citations] == [1, 2]


def test_sources_are_numbered_cards_in_the_order_of_their_numbers() -> None:
    sentences = (
        AnswerSentence("b", Verdict.SUPPORTED, (citation(2, text="Second."),)),
        AnswerSentence("a", Verdict.SUPPORTED, (citation(1, text="First."), citation(2, text="Second."))),
    )
    text = Structure(sources_html(ENGLISH_WORDS, an_answer(sentences=sentences), 1)).text
    assert text == "Sources2" + "1steel.pdfPage 3First." + "2steel.pdfPage 3Second."


def test_items_of_a_quoted_list_stand_on_lines_of_their_own_on_its_card_and_beside_its_mark() -> None:
    quoted = citation(1, text="Every child needs:\n- a packed\n  lunch\n- a raincoat")
    answer = an_answer(sentences=(AnswerSentence("a", Verdict.QUOTED, (quoted,)),))
    shown = "Every child needs:\n- a packed lunch\n- a raincoat"
    assert shown in Structure(sources_html(ENGLISH_WORDS, answer, 1)).text
    assert f'data-tip="{shown}"' in turn_html(ENGLISH_WORDS, answer, 1)


def test_page_image_carries_the_quote_as_boxes_in_percent() -> None:
    page = view(image=b"\x89PNG", rectangles=(Rectangle(0.1, 0.25, 0.6, 0.3),))
    html = reader_html(ENGLISH_WORDS, page, Target("d" * 64, 2, 2, 8, 19))
    assert '<img class="fn-page-image" src="data:image/png;base64,iVBORw==" alt="Page 2 of steel.pdf">' in html
    assert '<span class="fn-highlight" style="left:10.000%;top:25.000%;width:50.000%;height:5.000%"></span>' in html
    assert "Steel rose." in Structure(html).text


def test_text_page_marks_the_quote_between_what_stands_around_it() -> None:
    html = reader_html(ENGLISH_WORDS, view(), Target("d" * 64, 2, 2, 8, 19))
    assert '<div class="fn-lines">Before. <mark class="fn-highlight-text">Steel rose.</mark> After.</div>' in html


@pytest.mark.parametrize(
    ("confidence", "english", "chinese"),
    [
        (None, "", ""),
        (0.973, "Read by text recognition (OCR), confidence 97%.", "置信度 97%。"),
        (0.71, "confidence only 71%: compare it with the picture.", "置信度只有 71%，请对照图片核对。"),
    ],
)
def test_page_that_was_recognized_says_how_surely(confidence: float | None, english: str, chinese: str) -> None:
    page, target = view(image=b"png", confidence=confidence), Target("d" * 64, 2, 2, 8, 19)
    texts = [Structure(reader_html(words, page, target)).text for words in (ENGLISH_WORDS, CHINESE_WORDS)]
    assert (english in texts[0], chinese in texts[1]) == (True, True)
    assert all(("OCR" in text) == (confidence is not None) for text in texts)


def test_document_with_recognized_pages_says_so_in_the_table() -> None:
    read = replace(document(), recognized_pages=1, confidence=0.97)
    html = table_html(ENGLISH_WORDS, excerpt((read,), {}, Listing()), {}, Listing(), "", NOW)
    assert '<span class="fn-tag" title="1 of 2 pages were read by text recognition (OCR)">OCR, confidence 97%</span>' in html


def test_neighbouring_page_shows_no_mark_and_leads_back_to_the_quote() -> None:
    target = Target("d" * 64, 3, 2, 8, 19)
    html = reader_html(ENGLISH_WORDS, view(page=3, image=b"png", rectangles=(Rectangle(0, 0, 1, 1),)), target)
    assert "fn-highlight" not in html
    assert 'data-page="2" data-quote="2" data-start="8" data-end="19" data-turn="0" aria-label="Back to the quote"' in html
    assert 'data-page="0" data-quote="2" data-start="8" data-end="19" data-turn="0" disabled aria-label="Next page"' in html


def test_queue_shows_stage_and_count_waiting_files_and_reasons_in_the_visitors_language() -> None:
    tasks = (
        task(TaskState.RUNNING, number=1),
        *(task(TaskState.WAITING, name=f"{number}.txt", number=number) for number in range(2, 9)),
        task(TaskState.FAILED, name="locked.pdf", reason="PASSWORD_NEEDED", message="in English", number=9),
        task(TaskState.DONE, name="old.pdf", number=10),
    )
    arrivals = arriving(
        tasks, progress={1: Progress(1, "steel.pdf", "embedding", 3, 12)}, added=2, pace=Pace(2, 60.0, 10.0, None)
    )
    html = queue_html(CHINESE_WORDS, arrivals, read_guide())
    text = Structure(html).text
    assert text.startswith("正在读取第 3 个，共 10 个每分钟 2.0 个 · 约剩 4 分钟暂停全部取消steel.pdf建立索引 · 3 / 12")
    assert "还有 3 个在等待" in text
    assert "locked.pdf文件有密码保护，请输入密码后读取。打开这是什么意思文件需要密码才能打开。" in text
    assert "old.pdf" not in text
    assert "in English" not in text
    assert "width:25.0%" in html


def test_line_above_the_question_tells_of_files_that_are_read_and_of_those_that_were_refused() -> None:
    waiting, refused = [task(TaskState.RUNNING), task(TaskState.WAITING, number=2)], [task(TaskState.FAILED, number=3)]
    reading = arriving_html(ENGLISH_WORDS, arriving([*waiting, *refused], added=2))
    assert Structure(reading).text == "Reading 3 of 4"
    assert Structure(arriving_html(CHINESE_WORDS, arriving(waiting, paused=True))).text == "已暂停 · 2 个文件在等待"
    failed = arriving_html(ENGLISH_WORDS, arriving(refused, added=2))
    assert Structure(failed).text == "1 file was not added"
    assert arriving_html(ENGLISH_WORDS, arriving([task(TaskState.DONE)], added=1)) == ""
    assert Structure(scope_html(ENGLISH_WORDS, (), "", (), reading)).text == "Reading 3 of 4"
    assert Structure(scope_html(ENGLISH_WORDS, (), "", (), Html())).text == "Your library is empty"
    several = Structure(scope_html(ENGLISH_WORDS, (document(),), "", (), failed)).text
    assert several == "Asking 1 document Change · 1 file was not added"


def test_rows_of_a_long_sheet_are_shown_as_far_as_they_are_read() -> None:
    arrivals = arriving([task(TaskState.RUNNING)], progress={1: Progress(1, "steel.xlsx", "parsing", 15_000, 0)})
    assert "读取表格 · 已读 15,000 行" in Structure(queue_html(CHINESE_WORDS, arrivals, read_guide())).text


def test_reason_without_a_translation_is_shown_as_the_library_says_it() -> None:
    html = queue_html(ENGLISH_WORDS, arriving([task(TaskState.FAILED, reason="NEW", message="A new reason.")]), read_guide())
    assert "A new reason." in Structure(html).text


def test_a_damaged_file_that_was_added_is_told_in_the_queue() -> None:
    tasks = [task(TaskState.DONE, name="torn.pdf", reason="DAMAGED", message="in English"), task(TaskState.DONE, number=2)]
    text = Structure(queue_html(CHINESE_WORDS, arriving(tasks), read_guide())).text
    assert "torn.pdf文件已损坏，能读出的部分已加入文档库。" in text
    assert "steel.pdf" not in text


def test_a_refused_file_can_be_tried_again_only_where_it_is_at_hand(tmp_path: Path) -> None:
    refused = replace(task(TaskState.FAILED, reason="TOO_BIG"), document_id="", path=str(tmp_path / "steel.pdf"))
    locked = replace(refused, reason="PASSWORD_NEEDED")
    for one in (refused, locked):
        assert "retry_task" not in queue_html(ENGLISH_WORDS, arriving([one]), read_guide())
    (tmp_path / "steel.pdf").write_text("Steel rose.")
    for one in (refused, locked):
        assert "retry_task" in queue_html(ENGLISH_WORDS, arriving([one]), read_guide())


def test_a_document_that_was_not_read_anew_can_be_tried_again_or_removed() -> None:
    lost = replace(task(TaskState.FAILED, message="It broke."), path=f"/storage/files/{'d' * 64}.pdf")
    for one in (lost, replace(lost, state=TaskState.CANCELLED)):
        html = queue_html(CHINESE_WORDS, arriving([one]), read_guide())
        assert "移除这份文档以及文档库中保存的文件？" in Structure(html).text
        assert "retry_task" in html and 'data-act="discard_task"' in html
        assert "forget_tasks" not in html  # it would clear nothing
    known = [task(TaskState.FAILED), replace(lost, again=True), replace(lost, held_as="steel.pdf")]
    html = queue_html(ENGLISH_WORDS, arriving(known), read_guide())
    assert "discard_task" not in html and "forget_tasks" in html


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    tasks = [task(state, name="a.pdf", number=number) for number, state in enumerate((TaskState.WAITING, TaskState.FAILED), 1)]
    tasks = [replace(one, folder=folder) for one, folder in zip(tasks, ("/in/2023", "/in/2024"), strict=True)]
    arrivals = arriving([*tasks, task(TaskState.WAITING, number=3)], folders={"a.pdf": ["/in/2022", "/in/2023", "/in/2024"]})
    html = queue_html(ENGLISH_WORDS, arrivals, read_guide())
    names = [name.partition(">")[2].partition("<")[0] for name in html.split("fn-task-name")[1:]]
    assert names == ["2023/a.pdf", "steel.pdf", "2024/a.pdf"]


def test_a_password_that_did_not_open_a_file_is_told_apart_from_one_that_is_missing() -> None:
    message = str(Source(Path("a.pdf"), "a.pdf", 9, password="wrong").locked(Reason.PASSWORD_NEEDED))
    tasks = [task(TaskState.FAILED, name="a.pdf", reason="PASSWORD_NEEDED", message=message)]
    html = queue_html(CHINESE_WORDS, arriving(tasks), read_guide())
    assert "a.pdf这个密码打不开文件，请检查后重新输入。" in Structure(html).text
    told = Structure(queue_html(ENGLISH_WORDS, arriving(tasks), read_guide())).text
    assert "a.pdfThe file does not open with that password." in told


def test_a_duplicate_names_its_equal_and_offers_nothing() -> None:
    tasks = [replace(task(TaskState.DUPLICATE, name="copy.pdf"), held_as="<steel>.pdf"), task(TaskState.DUPLICATE, number=2)]
    html = queue_html(CHINESE_WORDS, arriving(tasks), read_guide())
    text = Structure(html).text
    assert "copy.pdf文档库中已有内容完全相同的“<steel>.pdf”，无需再添加。" in text
    assert "steel.pdf文档库中已有这份文件，无需再添加。" in text
    assert "retry_task" not in html
    assert (
        "Your library holds the same content already, as “<steel>.pdf”."
        in Structure(queue_html(ENGLISH_WORDS, arriving(tasks), read_guide())).text
    )


def test_shelf_ticks_chosen_documents_and_presses_the_open_collection() -> None:
    html = chooser_html(ENGLISH_WORDS, (document(), document("tin.pdf", "e" * 64)), ("Reports",), "Reports", ("e" * 64,))
    assert 'aria-checked="false" aria-label="Ask only steel.pdf"' in html
    assert 'aria-checked="true" aria-label="Ask only tin.pdf"' in html
    assert 'data-collection="Reports" aria-pressed="true"' in html


def test_of_very_many_ticked_documents_the_first_are_shown_and_the_others_counted() -> None:
    many = tuple(document(f"{number}.pdf", f"{number:064}") for number in range(300))
    html = chooser_html(ENGLISH_WORDS, many, (), "", [one.id for one in many[100:]])
    assert html.count('aria-checked="true"') == html.count('role="checkbox"') == 50
    assert "250 more in the library" in html


def test_table_tells_of_each_document_and_says_how_it_is_sorted() -> None:
    documents = (document(), replace(document("tin.pdf", "e" * 64), size=1_234_567, language="zh"))
    listing = Listing(sort="size", descending=True)
    states = {"e" * 64: TaskState.FAILED}
    html = table_html(ENGLISH_WORDS, excerpt(documents, states, listing), states, listing, "", NOW)
    text = Structure(html).text
    assert "tin.pdfReports211.2\u00a0MBChinese05:06Could not be read againsteel.pdfReports2110\u00a0BEnglish05:06Ready" in text
    assert 'class="fn-col-size" scope="col" aria-sort="descending"' in html
    assert html.count("aria-sort") == 1
    assert "1–2 of 2" in text


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0\u00a0B"),
        (999, "999\u00a0B"),
        (1000, "1.0\u00a0kB"),
        (9_960_000, "10\u00a0MB"),
        (999_600_000, "1.0\u00a0GB"),
        (5e12, "5.0\u00a0TB"),
    ],
)
def test_size_is_shown_in_the_unit_that_fits(size: int, shown: str) -> None:
    assert shown_size(size) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(1, "about 5\u00a0s left"), (89, "about 90\u00a0s left"), (100, "about 2\u00a0min left")]
)
def test_time_that_is_left_is_said_roughly(seconds: float, shown: str) -> None:
    assert shown_duration(ENGLISH_WORDS, seconds) == shown


@pytest.mark.parametrize("words", [ENGLISH_WORDS, CHINESE_WORDS])
def test_every_empty_panel_says_what_to_do_next(words: Wording) -> None:
    assert words("library.empty") in table_html(words, excerpt((), {}, Listing()), {}, Listing(), "", NOW)
    assert words("collection.empty") in table_html(words, excerpt((), {}, Listing()), {}, Listing(), "Mail", NOW)
    assert words("collection.empty") in chooser_html(words, (), ("Mail",), "Mail", ())
    assert words("library.empty") in chooser_html(words, (), ("Mail",), "", ())
    assert words("upload") in chooser_html(words, (), (), "", ())
    assert words("history.empty") in history_html(words, (), 0, NOW)
    assert words("sources.empty_how") in sources_html(words, None, 0)
    assert words("welcome.choose") in welcome_html(words, has_documents=False)
    assert words("ready.text") in welcome_html(words, has_documents=True)


def test_scope_line_tells_what_is_asked() -> None:
    documents = tuple(document(f"{name}.pdf", name) for name in ("a", "b", "c"))
    words = ENGLISH_WORDS
    assert Structure(scope_html(words, documents, "", ())).text == "Asking 3 documents Change"
    assert Structure(scope_html(words, documents, "Reports", ())).text == "Asking the collection “Reports” · 3 documents Change"
    assert Structure(scope_html(words, documents, "", ("a",))).text == "Asking only a.pdf Ask all again · Change"
    several = Structure(scope_html(words, documents, "", ("a", "b", "c"))).text
    assert several == "Asking only a.pdf, b.pdf and 1 more Ask all again · Change"


def test_conversation_of_today_shows_its_time_and_an_older_one_its_date() -> None:
    assert shown_time("2026-03-04T09:05:00Z", NOW) == "09:05"
    assert shown_time("2026-03-03T09:05:00+00:00", NOW) == "2026-03-03"
    assert shown_time("long ago", NOW) == "long ago"


def test_header_carries_its_language_and_offers_every_other() -> None:
    html = header_html(CHINESE_WORDS, ("ask", "models"))
    assert 'data-language="zh"' in html
    assert 'data-language-choice="en" aria-pressed="false" lang="en">English</button>' in html


def test_both_languages_hold_the_same_keys_with_the_same_placeholders() -> None:
    def placeholders(table: dict[str, str]) -> dict[str, set[str]]:
        return {key: {name for _, name, _, _ in Formatter().parse(text) if name} for key, text in table.items()}

    assert placeholders(CHINESE) == placeholders(ENGLISH)


def test_every_string_that_the_page_asks_for_is_there_and_none_is_left_over() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in UI.rglob("*.py") if path.parent.name not in ("english", "chinese")
    )
    quoted = set(re.findall(r"""["']([a-zA-Z_.0-9]+)["']""", code))
    prefixes = tuple(re.findall(r"""f["']([a-z_]+\.[a-z_]*)\{""", code))
    keys = {re.sub(r"\.(one|many)$", "", key) for key in ENGLISH}
    assert [key for key in sorted(keys) if key not in quoted and not key.startswith(prefixes)] == []
    asked = set(re.findall(r"""wording(?:\.count)?\(\s*["']([a-z_.]+)["']""", code))
    assert sorted(asked - keys) == []


@pytest.mark.parametrize(
    ("remembered", "accepted", "language"),
    [
        ("", "zh-CN,zh;q=0.9,en;q=0.8", Language.CHINESE),
        ("", "de-DE,en;q=0.5,zh;q=0.7", Language.CHINESE),
        ("en", "zh-CN", Language.ENGLISH),
        ("", "fr", Language.ENGLISH),
        ("", "zh;q=x", Language.CHINESE),
        ("<script>", "", Language.ENGLISH),
    ],
)
def test_language_is_the_one_chosen_before_or_the_browsers_first_that_the_page_speaks(
    remembered: str, accepted: str, language: Language
) -> None:
    assert choose_language(remembered, accepted) is language


def test_languages_say_different_things_in_characters_of_their_own() -> None:
    def has_chinese(text: str) -> bool:
        return any("一" <= character <= "鿿" for character in text)

    assert [key for key, text in ENGLISH.items() if has_chinese(text)] == []
    marks_alone = re.compile(r"(?:\{\w+\}|\W)*")
    assert [key for key, text in CHINESE.items() if not has_chinese(text) and not marks_alone.fullmatch(text)] == []


def test_given_thumb_is_pressed_and_its_reason_stands_in_the_form() -> None:
    feedback = Feedback(Rating.DOWN, Fault.WRONG, "", "By ten percent.")
    html = turn_html(ENGLISH_WORDS, an_answer(), 5, feedback)
    assert 'data-act="rate" data-turn="5" data-rating="up" aria-pressed="false" aria-label="Good answer"' in html
    assert 'data-act="rate" data-turn="5" data-rating="down" aria-pressed="true" aria-label="Bad answer"' in html
    assert '<form data-act="explain" data-turn="5">' in html
    assert '<option value="wrong" selected>The answer is wrong</option>' in html
    assert ">By ten percent.</textarea>" in html


def test_answer_without_sentences_can_be_rated_too() -> None:
    for answer in (an_answer(sentences=(), abstained=True), an_answer(sentences=(), stopped=True)):
        assert 'aria-label="回答得不好"' in turn_html(CHINESE_WORDS, answer, 1)


def traced(words: Wording, answer: Answer) -> str:
    return Structure(trace_html(words, answer, 5, NOTHING_DRAWN)).text


def test_trace_tells_what_was_searched_and_what_each_stage_gave() -> None:
    query = Query(
        "stel price", "steel price", "en", ("steel", "price"), (Correction("stel", "steel"),), ("metal",), parts=("iron?", "tin?")
    )
    answer = an_answer(query=query, hits=(a_hit(evidence().stored), Hit(evidence().stored, 0.25, ())))
    text = traced(ENGLISH_WORDS, answer)
    assert "As typedstel priceAs searchedsteel priceWords looked upsteel · priceCorrectedstel → steelAlso searchedmetal" in text
    assert "Asked besidesiron? · tin?" in text and "分开查找iron? · tin?" in traced(CHINESE_WORDS, answer)
    assert "Passagescorewordsmeaning" + "steel.pdf, page 30.81212.30.500" + "steel.pdf, page 30.250" in text
    assert "Steel rose by nine percent.steel.pdf, page 3 · score 1.000" in text
    assert "In all2,345\u00a0ms" in text and "First words" not in text
    assert 'data-page="3" data-quote="3" data-start="0" data-end="60" data-turn="5"' in trace_html(
        ENGLISH_WORDS, answer, 5, NOTHING_DRAWN
    )


def test_trace_tells_the_verdict_on_each_sentence_and_how_sure_it_was() -> None:
    replaced = AnswerSentence("Steel rose.", Verdict.REPLACED, (citation(2),), written="Steel fell.")
    answer = an_answer(sentences=(replaced,), withheld=("Gold fell.",), confidence=0.9, threshold=0.3, model="small")
    text = traced(ENGLISH_WORDS, answer)
    assert "OutcomeAnsweredConfidence0.900; an answer needs at least 0.300Modelsmall" in text
    assert "Steel rose.Not supported as written: the document's own words instead [2] · The model wrote: Steel fell." in text
    assert "Gold fell.Not supported: withheld" in text
    chinese = traced(CHINESE_WORDS, replace(answer, abstained=True))
    assert "结果未作回答把握0.900；至少 0.300 才会作答" in chinese and "没有依据，未予显示" in chinese


def test_trace_draws_or_names_every_field_of_an_answer() -> None:
    undrawn = {field.name for field in fields(Answer)} - ANSWER_DRAWN
    for words in (ENGLISH_WORDS, CHINESE_WORDS):
        assert [name for name in sorted(undrawn) if not words.knows(f"trace.{name}")] == []


def test_trace_lists_a_field_that_was_added_to_a_record_later() -> None:
    @dataclass(frozen=True)
    class LaterEvidence(Evidence):
        reader_score: float = 0.0

    @dataclass(frozen=True)
    class LaterAnswer(Answer):
        reader: tuple[StageScore, ...] = ()

    found = evidence()
    later = LaterEvidence(found.stored, 0, 5, "Steel", 1.0, reader_score=0.75)
    query = Query("What rose?", "What rose?", "en", ())
    text = traced(ENGLISH_WORDS, LaterAnswer("What rose?", query, evidence=(later,), reader=(StageScore("span", 0.5),)))
    assert "score 1.000 · reader score 0.750" in text
    assert "readerstage span, score 0.500" in text


def test_the_words_of_a_quote_that_answer_are_marked() -> None:
    quoted = AnswerSentence("Steel rose <by> nine percent.", Verdict.QUOTED, (citation(1),), span="<by> nine")
    shown = turn_html(ENGLISH_WORDS, an_answer(sentences=(quoted,)), 1)
    assert 'Steel rose <mark class="fn-span">&lt;by&gt; nine</mark> percent.' in shown
    assert "<mark" not in turn_html(ENGLISH_WORDS, an_answer(sentences=(replace(quoted, span="gold"),)), 1)


@pytest.mark.parametrize(
    ("text", "span", "at", "expected"),
    [
        ("In 2015 the council had 5 members.", "5", 24, 'had <mark class="fn-span">5</mark> members'),
        ("In 2015 the council had 5 members.", "5", 0, 'had <mark class="fn-span">5</mark> members'),  # kept without its place
        ("Of 5 members 5 came.", "5", 13, 'Of 5 members <mark class="fn-span">5</mark> came.'),
        ("2015年共有5名成员。", "5", 0, '共有<mark class="fn-span">5</mark>名'),
        ("他住在北京市。", "北京", 0, '住在<mark class="fn-span">北京</mark>市'),
        ("It rose by 12km.", "12", 0, 'by <mark class="fn-span">12</mark>km'),
    ],
)
def test_what_answers_is_marked_where_it_stands_and_not_where_its_letters_stand_first(
    text: str, span: str, at: int, expected: str
) -> None:
    quoted = AnswerSentence(text, Verdict.QUOTED, (citation(1),), span=span, span_at=at)
    shown = turn_html(ENGLISH_WORDS, an_answer(sentences=(quoted,)), 1)
    assert expected in shown
    assert shown.count("<mark") == 1


@pytest.mark.parametrize("text", ["5.1 This lease is governed by English law.", "5.1本合同适用中国法律。"])
def test_number_of_a_clause_alone_is_not_marked_as_what_answers(text: str) -> None:
    quoted = AnswerSentence(text, Verdict.QUOTED, (citation(1),), span="5.1")
    assert "<mark" not in turn_html(ENGLISH_WORDS, an_answer(sentences=(quoted,)), 1)


@pytest.mark.parametrize(
    ("text", "span", "at", "marked"),
    [
        ("2015 | 15 | 5 | 5", "5", 0, "Seats"),
        ("2015 | 15 | 5 | 5", "5", 16, "Desks"),
        ("2015,15,5,5", "15", 5, "Staff"),
        ("2015 | 15 | 5 | 5", "15 | 5", 7, "Staff Seats"),
    ],
)
def test_of_a_row_only_the_cell_that_answers_is_marked(text: str, span: str, at: int, marked: str) -> None:
    names = ("Year", "Staff", "Seats", "Desks")
    row = tuple(zip(names, ("2015", "15", "5", "5"), strict=True))
    quoted = AnswerSentence(text, Verdict.QUOTED, (citation(1),), span=span, row=row, span_at=at)
    shown = turn_html(ENGLISH_WORDS, an_answer(sentences=(quoted,)), 1)
    assert [name for name in names if f'<span class="fn-column">{name}</span><span><mark' in shown] == marked.split()


def test_a_quote_that_points_back_stands_after_the_sentence_before_it_unless_that_is_quoted_too() -> None:
    cited = replace(citation(1), quote="It sells <boats>.", before="Acme was founded in 1990.")
    quoted = AnswerSentence("It sells <boats>.", Verdict.QUOTED, (cited,))
    before = '<span class="fn-before" dir="auto" lang="en">Acme was founded in 1990.</span> <q'
    assert before in turn_html(ENGLISH_WORDS, an_answer(sentences=(quoted,)), 1)
    first = AnswerSentence("Acme was founded in 1990.", Verdict.QUOTED, (citation(2),))
    for order in ((first, quoted), (quoted, first)):
        assert "fn-before" not in turn_html(ENGLISH_WORDS, an_answer(sentences=order), 1)
    written = replace(quoted, verdict=Verdict.SUPPORTED)
    assert "fn-before" not in turn_html(ENGLISH_WORDS, an_answer(sentences=(written,)), 1)
    copied = answer_with_sources(ENGLISH_WORDS, an_answer(sentences=(quoted,)))
    assert "Acme was founded in 1990. It sells <boats>." in copied
    assert replace(cited, quote="它出售船只。", before="甲公司成立于1990年。").in_context == "甲公司成立于1990年。它出售船只。"


def test_answer_can_be_copied_as_markdown_with_footnotes() -> None:
    answer = an_answer(sentences=(AnswerSentence("Steel *rose*.", Verdict.QUOTED, (citation(1),)),))
    assert answer_as_markdown(ENGLISH_WORDS, answer) == (
        "Steel \\*rose\\*.[^1]\n\n[^1]: steel.pdf, page 3: Steel rose by nine percent."
    )


def test_questions_to_ask_next_stand_below_the_last_answer_and_earlier_turns_behind_a_button() -> None:
    html = conversation_html(ENGLISH_WORDS, (Turn(7, 1, an_answer()),), earlier=12, questions=("What <b>fell</b>?",))
    assert html.index("Show 12 earlier questions") < html.index("<article") < html.index("You could ask next")
    assert 'data-act="ask_again" data-question="What &lt;b&gt;fell&lt;/b&gt;?"' in html
    assert suggestions_html(ENGLISH_WORDS, "suggestions.next", ()) == ""


def test_why_panel_tells_each_step_with_its_time_and_draws_what_is_cited_on_the_map() -> None:
    timings = Timings(query=5, search=20, rerank=30, read=40, answer=195, total=200)
    near = replace(evidence().stored, id=citation(1).passage_id)
    answer = an_answer(timings=timings, hits=(a_hit(near),), sentences=(AnswerSentence("A.", Verdict.QUOTED, (citation(1),)),))
    points = (MapPoint(near, 0.0, 0.5, 0.9), MapPoint(replace(near, id=99, document_name="<b>"), 1.0, 1.0, 0.1))
    html = why_html(ENGLISH_WORDS, answer, 5, PassageMap(0.5, 0.1, points, 0.42))
    text = Structure(html).text
    assert "Passages found50\u00a0ms" in text and "The answer, checked100\u00a0ms" in text
    assert "How well each passage fits by its words, by its meaning" in text
    assert "A map of the 2 passages around the question, 1 of them cited. What is alike stands near" in text and "42%" in text
    assert html.count('class="fn-map-cited"') == html.count('class="fn-map-dot"') == html.count('class="fn-map-question"') == 1
    assert "steel.pdf, 3" in text and "&lt;b&gt;" in html


def test_labels_of_a_map_do_not_stand_on_each_other() -> None:
    found = [replace(evidence().stored, id=number) for number in range(1, 7)]
    points = tuple(MapPoint(stored, 0.5, 0.5, 0.5) for stored in found)
    sentences = tuple(
        AnswerSentence("A.", Verdict.QUOTED, (replace(citation(stored.id), passage_id=stored.id),)) for stored in found
    )
    html = why_html(ENGLISH_WORDS, an_answer(sentences=sentences), 1, PassageMap(0.5, 0.5, points, 1.0))
    heights = sorted(float(y) for y in re.findall(r'class="fn-map-label[^"]*" x="[\d.]+" y="([\d.]+)"', html))
    assert len(heights) == 7 and all(lower - upper >= 17 for upper, lower in pairwise(heights))


def test_empty_library_offers_a_sample_to_try() -> None:
    assert 'data-act="add_sample"' in welcome_html(ENGLISH_WORDS, has_documents=False)
    assert 'data-act="add_sample"' not in welcome_html(ENGLISH_WORDS, has_documents=True)


def test_folder_tells_how_many_of_its_files_are_there_and_what_hinders_in_the_language_of_the_page() -> None:
    folder = Folder(1, "/papers", None, 5, "2026-03-04T11:00:00Z")
    sentence = "The folder /papers holds no files any more. If it is on a disk, plug that in; nothing was removed. "
    sentence += "If it was emptied on purpose, forget the folder and remove its documents."
    gone = {1: FolderChanges(folder, sentence, doomed=(FolderDocument("d" * 64, "a.txt"),))}
    text = Structure(folders_html(CHINESE_WORDS, (folder,), gone, NOW, looking=False, failure="")).text
    assert "4 个文件" in text and "文件夹 /papers 里已经没有文件。" in text


@pytest.mark.parametrize("sheet", sorted((UI / "assets").glob("*.css")), ids=lambda sheet: str(sheet.name))
def test_no_class_of_the_page_is_given_its_look_twice(sheet: Path) -> None:
    named = re.findall(r"^  (\.fn-[\w-]+) \{", sheet.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for name in set(named) if named.count(name) > 1) == []
