"""Sentences that a page break cuts: read as one, quoted whole, marked on both pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from rag_app.citing import cite
from rag_app.evaluation.making.library_text import read_library
from rag_app.evaluation.question_set import SetQuestion
from rag_app.evaluation.runner import Catalogue, run
from rag_app.evidence import candidate_sentences
from rag_app.library import Library
from rag_app.parsing.pdf import read_pdf
from rag_app.parsing.pdf_breaks import Paragraph, break_before
from rag_app.parsing.pdf_hyphens import Hyphens
from rag_app.parsing.pdf_lines import Line
from rag_app.parsing.source import Source
from rag_app.records import (
    Citation,
    Continuation,
    Document,
    ExportFormat,
    Heading,
    Hit,
    Page,
    PageBreak,
    Passage,
    Running,
    StoredPassage,
    Stretch,
    Table,
)
from rag_app.splitting import split
from rag_app.text.cells import is_header, row_of
from rag_app.ui.language import Language, Wording
from rag_app.ui.rendering.answers import answer_with_sources
from rag_app.ui.rendering.sources import reader_html, sources_html
from rag_app.ui.screen import Target, read_target
from tests.made_files import pdf, write
from tests.small_library import small_library

BEGINS = "The harbour master Quillfeather counted the herring boats that"
ENDS = "lay at the northern quay before the great storm of November."
QUOTE = f"{BEGINS} {ENDS}"
QUESTION = "Who counted the herring boats at the northern quay?"
FILLING = (
    "Ropes and sails were kept in the long shed behind the chapel,\nwhere the old men mended nets through all of the dark winter."
)
OTHERS = (
    "Every spring the pilots painted their cutters in a new colour.",
    "The lighthouse was lit by whale oil and tended by two sisters.",
    "Salt came from the south in barrels and was weighed at dawn.",
)
PAGES = (
    f"Chronicle of the harbour\n\n{FILLING}\n{BEGINS}\n\n1",
    f"Chronicle of the harbour\n\n{ENDS}\n\n{OTHERS[0]}\n\n2",
    f"Chronicle of the harbour\n\n{OTHERS[1]}\n\n\n\n3",
    f"Chronicle of the harbour\n\n{OTHERS[2]}\n\n\n\n4",
)


def pages_read(folder: Path, *pages: str) -> list[Page]:
    path = write(folder, "chronicle.pdf", pdf(*pages))
    return list(read_pdf(Source(path, path.name, max_pages=100)).pages)


def cut_on(folder: Path, *pages: str) -> list[int]:
    """The numbers of the pages whose first words go on with the page before."""
    return [page.number for page in pages_read(folder, *pages) if page.continues]


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def passages_of(*pages: Page, limit: int = 12, overlap: int = 0) -> tuple[Passage, ...]:
    document = Document("d", "d.pdf", "", "application/pdf", 1, pages)
    return split(document, count_tokens=count_words, passage_tokens=limit, overlap_tokens=overlap)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(small_library(tmp_path / "library", refusal_threshold=0.0)) as opened:
        opened.add([write(tmp_path, "chronicle.pdf", pdf(*PAGES))])
        list(opened.work())
        yield opened


def test_first_words_of_a_page_go_on_with_the_paragraph_above_its_footer(tmp_path: Path) -> None:
    first, second, *others = pages_read(tmp_path, *PAGES)
    assert second.continues == PageBreak(first.text.index(BEGINS) + len(BEGINS), " ")
    assert [page.continues for page in (first, *others)] == [None] * 3
    assert len(first.running) == 2


def test_headings_lists_rows_and_whole_sentences_do_not_go_on(tmp_path: Path) -> None:
    assert cut_on(tmp_path, f"{FILLING}\n{BEGINS}", f"# {ENDS[:20]}\n{FILLING}") == []
    assert cut_on(tmp_path, f"{FILLING}\n{BEGINS}", f"- {ENDS}\n{FILLING}") == []
    assert cut_on(tmp_path, f"{FILLING}\n{BEGINS}", f"**Another day\n{FILLING}") == []
    assert cut_on(tmp_path, f"{FILLING}\nHerring 1,200 1,300", f"lay 12 14\n{FILLING}") == []
    assert cut_on(tmp_path, f"{FILLING}\n• short", f"Another point\n{FILLING}") == []
    assert passages_of(*pages_read(tmp_path, f"{FILLING}\n{FILLING}", f"{FILLING}\n{FILLING}"))[-1].rest is None


def test_chinese_goes_on_without_a_space(tmp_path: Path) -> None:
    line = "港务长在十一月的大风暴来临之前清点了停泊在北码头的鲱鱼船只数"
    first, second = pages_read(tmp_path, "\n".join([line] * 4), f"目共二百艘。\n{line}。")
    assert second.continues == PageBreak(len(first.text), "")


def a_line(text: str, *, size: float = 10.0, left: float = 50.0) -> Line:
    return Line(text, left, 300, 700, 700, size, 400, 400)


def hyphens_of(*texts: str) -> Hyphens:
    hyphens = Hyphens()
    hyphens.learn([a_line(text) for text in texts])
    return hyphens


def test_hyphen_that_divides_a_word_is_left_out_where_the_document_divides_words() -> None:
    def found(words: str, written: str = "di\ufffevide", following: str = "ing boats of the town.") -> PageBreak | None:
        before, after = (Paragraph([a_line(text)], text, len(text), False) for text in (words, following))
        return break_before([before], [after], hyphens_of(written))

    assert found("They counted all the many herr-") == PageBreak(30, "")
    assert found("They counted all the many herr-", "no hyphen") == PageBreak(31, "")
    assert found("They counted it year-over-", following="year again.") == PageBreak(26, "")
    assert found("They counted all the many -") == PageBreak(27, "")


def test_hyphen_within_a_word_is_kept_or_left_out_as_the_document_writes_it_elsewhere() -> None:
    text = "speci\ufffefied, well\ufffeknown, time\ufffeconsuming, an\ufffenounced, EVALUA\ufffeTION and non\ufffeGAAP"
    book = "It is specified that an evaluation of all the well-known consuming takes time"
    assert hyphens_of(text, book).mend(text) == "specified, well-known, time-consuming, announced, EVALUATION and non-GAAP"
    report = "It is specified that the well-known and well-known-again divide"
    assert hyphens_of(*[report] * 9, "well\ufffeknown").mend("speci\ufffefied an\ufffenounced") == "specified an-nounced"


def test_notes_in_small_type_at_the_foot_of_a_page_are_passed_over() -> None:
    body, note = Paragraph([a_line(BEGINS)], BEGINS, 62, False), Paragraph([a_line("1 A note.", size=7)], "1 A note.", 72, False)
    assert break_before([body, note], [Paragraph([a_line(ENDS)], ENDS, 60, False)], Hyphens()) == PageBreak(62, " ")


FIRST = Page(3, "Head\nA whole one. The first half\n17", (Heading(0, 4, 1),), running=(Running(33, 35),))
SECOND = Page(4, "Top\nof it ends here. Then more of it.", running=(Running(0, 3),), continues=PageBreak(32, " "))

ROWS = "Item | Number | State\nChair | 4 | good"


def test_cut_sentence_stands_whole_in_the_passages_of_both_pages_without_header_and_footer() -> None:
    above, below = passages_of(FIRST, SECOND)
    assert (above.page, above.text, above.rest) == (
        3,
        "Head\nA whole one. The first half of it ends here.",
        Continuation(4, 4, 20, 33),
    )
    assert (below.page, below.text) == (3, "The first half of it ends here. Then more of it.")
    assert (below.start, below.end, below.rest) == (18, 32, Continuation(4, 4, 37, 15))
    assert above.heading_path == below.heading_path == ("Head",)
    assert (above.home.page, below.home.page) == (3, 4)


def test_pages_of_one_cut_sentence_after_the_other_make_passages_of_two_pages_at_most() -> None:
    middle = Page(4, "of it ends here. Another begins", continues=PageBreak(32, " "))
    last = Page(5, "and ends.", continues=PageBreak(31, " "))
    found = passages_of(FIRST, middle, last, limit=100)
    assert [passage.text for passage in found] == [
        "Head\nA whole one. The first half of it ends here.",
        "The first half of it ends here.",
        "Another begins and ends.",
    ]


def test_words_that_make_two_sentences_or_are_too_long_stay_apart() -> None:
    ended = Page(1, "It ended here.")
    assert [one.text for one in passages_of(ended, Page(2, "And begins.", continues=PageBreak(14, " ")))] == [
        ended.text,
        "And begins.",
    ]
    assert all(one.rest is None for one in passages_of(FIRST, SECOND, limit=6))


def test_rows_beside_a_sentence_that_a_page_break_cuts_have_the_names_of_their_columns() -> None:
    text = f"{ROWS}\nThe sentence is cut"
    first = Page(3, text, tables=(Table(22, 38, "Item | Number | State"),))
    second = Page(
        4, f"in two halves.\n{ROWS}", tables=(Table(37, 53, "Item | Number | State"),), continues=PageBreak(len(text), " ")
    )
    for passage in passages_of(first, second, limit=100):
        header, row = (passage.start + passage.text.index(words) for words in ("Item", "Chair"))
        assert is_header(passage, header, header + 21)
        assert row_of(passage, row, row + 16) == (("Item", "Chair"), ("Number", "4"), ("State", "good"))


def test_sentence_that_is_found_by_either_page_is_one_piece_of_evidence_and_one_footnote_over_both() -> None:
    hits = [Hit(StoredPassage(number, "d.pdf", "d", one), 1.0, ()) for number, one in enumerate(passages_of(FIRST, SECOND), 1)]
    (_, _, cut, after) = candidate_sentences(hits)
    assert (cut.text, cut.places) == ("The first half of it ends here.", (Stretch(3, 18, 32), Stretch(4, 4, 20)))
    assert (after.text, after.places) == ("Then more of it.", (Stretch(4, 21, 37),))
    (again, *_) = candidate_sentences(hits[1:])
    for evidence in (cut, again):
        citation = cite(1, evidence)
        assert (citation.pages, citation.parts) == ("3–4", ("The first half", "of it ends here."))
        assert citation.rest == Continuation(4, 4, 20, 15)
    assert cite(2, after) == Citation(2, 2, "d", "d.pdf", 4, 21, 37, "Then more of it.")


def footnote(library: Library) -> Citation:
    *_, answer = library.ask(QUESTION)
    return next(one for one in answer.citations if "Quillfeather" in one.quote)


def test_answer_quotes_the_whole_sentence_and_both_pages_are_marked(library: Library) -> None:
    cited = footnote(library)
    assert (cited.quote, cited.pages, cited.parts) == (QUOTE, "1–2", (BEGINS, ENDS))
    for place, words in zip(cited.places, cited.parts, strict=True):
        view = library.view(cited.document_id, place.page, place.start, place.end)
        assert (view.text[place.start : place.end], len(view.rectangles)) == (words, 1)


def test_opened_footnote_shows_its_words_on_either_page_and_leads_to_the_other(library: Library) -> None:
    cited = footnote(library)
    *_, answer = library.ask(QUESTION)
    english, chinese = Wording(Language.ENGLISH), Wording(Language.CHINESE)
    assert "Page 1–2" in sources_html(english, answer, 1) and "第 1–2 页" in sources_html(chinese, answer, 1)
    assert f"chronicle.pdf, page 1–2: {QUOTE}" in answer_with_sources(english, answer)
    rest = cited.places[1]
    clicked = {"document": cited.document_id, "page": "1", "quote": "1", "start": str(cited.start), "end": str(cited.end)}
    first = read_target({**clicked, "rest": "2", "restStart": str(rest.start), "restEnd": str(rest.end)})
    assert first == Target(cited.document_id, 1, 1, cited.start, cited.end, rest=rest)
    for page, shown, label in ((1, f"{BEGINS}…", "Continues on page 2"), (2, f"…{ENDS}", "Begins on page 1")):
        target = Target(cited.document_id, page, 1, cited.start, cited.end, rest=rest)
        assert target.marked is not None
        view = library.view(cited.document_id, page, target.marked.start, target.marked.end)
        html = reader_html(english, view, target)
        assert shown in html and label in html and html.count('class="fn-highlight"') == 1
        assert f'data-rest="2" data-rest-start="{rest.start}" data-rest-end="{rest.end}"' in html
    elsewhere = reader_html(english, library.view(cited.document_id, 3, 0, 0), Target("d", 3, 1, 0, 9, rest=rest))
    assert "Back to the quote" in elsewhere and "fn-highlight" not in elsewhere


def test_run_cites_each_page_with_the_words_that_stand_on_it(library: Library) -> None:
    (document,) = library.documents()
    catalogue = Catalogue({(document.id, page): (f"row{page}",) for page in range(1, 5)}, {}, {})
    question = SetQuestion("q", QUESTION, (), (), True)
    (line,) = run(library, [question], catalogue)
    cited = [one for sentence in line["sentences"] for one in sentence["citations"]]
    assert {"doc_id": "row1", "page": 1, "quote": BEGINS} in cited
    assert {"doc_id": "row2", "page": 2, "quote": ENDS} in cited
    assert {hit["doc_id"] for hit in line["hits"][:2]} == {"row1", "row2"}


def test_export_names_both_pages_and_shows_both(library: Library) -> None:
    conversation = library.start_conversation("Herring")
    *_, answer = library.ask(QUESTION)
    library.keep_turn(conversation.id, answer)
    assert library.turns(conversation.id)[0].answer == answer
    text = library.export_conversation(conversation.id, format=ExportFormat.MARKDOWN).content.decode()
    assert f"chronicle.pdf, page 1–2: “{QUOTE}”" in text
    content = library.export_conversation(conversation.id, format=ExportFormat.PDF).content
    assert content.count(b"/Subtype /Image") >= 2


def test_pages_of_a_made_question_set_hold_their_own_words(library: Library) -> None:
    first, second, *_ = read_library(library).rows
    assert (BEGINS in first.text, ENDS in first.text) == (True, False)
    assert (BEGINS in second.text, second.text.startswith(ENDS)) == (False, True)
