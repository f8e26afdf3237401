"""Where words stand, as it is said: on a page, in cells, under headings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag_app.citing import cite
from rag_app.cli.questions import _print_answer
from rag_app.exporting.labels import LABELS
from rag_app.interfaces import EmbeddedPassages
from rag_app.records import Answer, AnswerSentence, CellRows, Document, Evidence, Page, Passage, Query, Section, Verdict
from rag_app.store import Store
from rag_app.text.places import has_pages, headings_above
from rag_app.ui.language import Language, Wording
from rag_app.ui.rendering.answers import answer_as_markdown, answer_with_sources
from rag_app.ui.rendering.sources import sources_html

ENGLISH, CHINESE = Wording(Language.ENGLISH), Wording(Language.CHINESE)
TEXT = "Steel rose by nine percent."
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def stored(store: Store, media_type: str, *paths: tuple[str, ...], pages: int = 1, cells: tuple[CellRows, ...] = ()) -> Answer:
    """An answer that quotes the last passage of a document whose passages stand under these headings."""
    document = Document("d", "a.file", "A", media_type, 1, tuple(Page(number, TEXT) for number in range(1, pages + 1)))
    passages = [Passage("d", pages, 0, len(TEXT), path, TEXT, cells) for path in paths]
    ids = store.add(document, passages, EmbeddedPassages(np.eye(len(paths), 2, dtype=np.float32)))
    (last,) = store.stored(ids[-1:])
    cited = cite(1, Evidence(last, 0, len(TEXT), TEXT, 1.0))
    return Answer(
        "What rose?",
        Query("What rose?", "What rose?", "en", ()),
        (AnswerSentence(TEXT, Verdict.QUOTED, (cited,)),),
        finished=True,
    )


@pytest.mark.parametrize(
    ("media_type", "paths", "english", "chinese"),
    [
        ("text/html", [("Prices", "Metals")], "a.file, Prices › Metals", "a.file，Prices › Metals"),
        ("message/rfc822", [()], "a.file", "a.file"),
        ("text/plain", [(), (), ()], "a.file, part 3 of 3", "a.file，第 3 部分，共 3 部分"),
        ("application/pdf", [("Prices",)], "a.file, page 1", "a.file，第 1 页"),
        (DOCX, [("Prices", "Metal | Price")], "a.file, Prices", "a.file，Prices"),
    ],
)
def test_a_footnote_names_the_page_only_where_there_are_pages(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    media_type: str,
    paths: list[tuple[str, ...]],
    english: str,
    chinese: str,
) -> None:
    store = Store(tmp_path)
    store.expect_embedder("e", 2)
    answer = stored(store, media_type, *paths)
    assert f"[1] {english}: {TEXT}" in answer_with_sources(ENGLISH, answer)
    assert f"[1] {chinese}: {TEXT}" in answer_with_sources(CHINESE, answer)
    assert (LABELS["en"].place(answer.citations[0]), LABELS["zh"].place(answer.citations[0])) == (english, chinese)
    assert english.split(", ", 1)[-1].lower() in str(sources_html(ENGLISH, answer, 1)).lower()
    _print_answer(answer)
    assert f'[1] {english}: "{TEXT}"' in capsys.readouterr().out


def test_word_documents_have_pages_where_their_program_wrote_the_breaks(tmp_path: Path) -> None:
    assert (has_pages(DOCX, 1), has_pages(DOCX, 2)) == (False, True)
    store = Store(tmp_path)
    store.expect_embedder("e", 2)
    assert "a.file, page 2: " in answer_with_sources(ENGLISH, stored(store, DOCX, ("Prices",), pages=2))


def test_copied_sources_name_the_cells_of_a_sheet(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.expect_embedder("e", 2)
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = stored(store, sheet, ("Prices",), cells=(CellRows(0, len(TEXT), 4, "A", "C"),))
    assert f"[1] a.file, Prices!A4:C4: {TEXT}" in answer_with_sources(ENGLISH, answer)
    assert "[^1]: a.file，Prices!A4:C4: " in answer_as_markdown(CHINESE, answer)
    assert "Prices!A4:C4" in str(sources_html(ENGLISH, answer, 1)) and "Page 1" not in str(sources_html(ENGLISH, answer, 1))


def test_long_paths_of_headings_lose_the_outermost() -> None:
    assert headings_above(("A" * 50, "B" * 40, "C")) == "B" * 40 + " › C"
    assert headings_above(("A", "B" * 90)) == "B" * 79 + "…"


def test_a_kept_answer_keeps_where_its_words_stand(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.expect_embedder("e", 2)
    answer = stored(store, "text/html", ("Prices",))
    conversation = store.start_conversation("Prices")
    store.keep_turn(conversation.id, answer)
    (kept,) = store.turns(conversation.id)
    assert kept.answer.citations[0].section == Section("Prices", 1, 1)
