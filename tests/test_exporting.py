"""A conversation as a file: what stands in it, and that nothing in it is taken for markup."""

from __future__ import annotations

import json
from argparse import Namespace
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from rag_app.cli.conversations import export as write_file
from rag_app.cli.conversations import list_conversations
from rag_app.errors import ExportError, LibraryError
from rag_app.exporting import export
from rag_app.records import (
    Answer,
    AnswerSentence,
    Citation,
    Conversation,
    Correction,
    ExportFormat,
    Feedback,
    PageView,
    Query,
    Rating,
    Rectangle,
    Turn,
    Verdict,
)
from rag_app.text.markdown import escaped
from tests.examples import evidence
from tests.scripted_library import _picture
from tests.small_library import small_library

STEEL = Citation(1, 7, "d" * 64, "steel.pdf", 2, 0, 34, "Steel prices rose by nine percent.")
TIN = Citation(2, 8, "e" * 64, "锡_2024.txt", 1, 0, 6, "锡价下跌了。")
ANSWER = Answer(
    question="Which *prices* rose?",
    query=Query("Which *prices* rose?", "Which prices rose?", "en", ("prices",), (Correction("prises", "prices"),)),
    sentences=(
        AnswerSentence("Steel rose by nine percent.", Verdict.SUPPORTED, (STEEL,)),
        AnswerSentence("锡价下跌了。", Verdict.QUOTED, (TIN, STEEL)),
    ),
    finished=True,
    confidence=0.9,
)
REFUSED = Answer(
    "谁唱歌？", Query("谁唱歌？", "谁唱歌？", "zh", ()), evidence=(evidence("Nobody sings."),), abstained=True, finished=True
)
CONVERSATION = Conversation(1, "Prices: which / rose?", "2026-01-02T03:04:05Z")
TURNS = (Turn(1, 1, ANSWER, Feedback(Rating.UP)), Turn(2, 1, REFUSED))


def view(document: str, page: int, start: int, end: int) -> PageView:
    """A picture of the PDF's page with a mark on it; the text has none."""
    image = _picture() if document == STEEL.document_id else None
    return PageView(document, "steel.pdf", page, 3, "text", start, end, image, (Rectangle(0.1, 0.2, 0.6, 0.25),))


def written(format: ExportFormat, *, language: str = "en", turns: tuple[Turn, ...] = TURNS) -> bytes:
    return export(CONVERSATION, turns, view, format=format, language=language).content


def pages_of(content: bytes) -> list[str]:
    """The text of each page of a PDF, on one line."""
    with pypdfium2.PdfDocument(content) as file:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in file]


def test_markdown_has_a_footnote_for_each_citation_under_names_of_its_own() -> None:
    text = written(ExportFormat.MARKDOWN).decode()
    assert text.startswith(
        "# Prices: which / rose?\n\n## Which \\*prices\\* rose?\n\n*Searched for “prices” instead of “prises”.*\n"
    )
    assert "\n\nSteel rose by nine percent.[^1-1] 锡价下跌了。[^1-2][^1-1]\n\n" in text
    assert "\n[^1-1]: steel.pdf, page 2: “Steel prices rose by nine percent.”\n" in text
    assert "\n[^1-2]: 锡\\_2024.txt, page 1: “锡价下跌了。”\n" in text


def test_refused_question_tells_so_with_the_closest_passages_in_the_language_asked_for() -> None:
    text = written(ExportFormat.MARKDOWN, language="zh").decode()
    assert "## 谁唱歌？\n\n*在文档里没有找到有把握的答案。*\n\n最接近的段落：\n\n- doc.txt，第 1 页: “Nobody sings.”\n" in text


@pytest.mark.parametrize("attack", ["# Title", "- item", "1. item", "<b>x</b>", "[a](b)", "`code`", "a | b", "x\n\n## y", "$x$"])
def test_what_a_document_says_is_no_markup_of_the_file(attack: str) -> None:
    answer = replace(ANSWER, sentences=(AnswerSentence(attack, Verdict.QUOTED, (STEEL,)),))
    text = written(ExportFormat.MARKDOWN, turns=(Turn(1, 1, answer),)).decode()
    (line,) = [line for line in text.splitlines() if line.endswith("[^1-1]")]
    assert line.startswith("\\") or (attack.startswith(("a", "1", "x")) and "\\" in line)


@pytest.mark.parametrize(("told", "kept"), [("1. item", "1\\. item"), ("12) item", "12\\) item"), ("- item", "\\- item")])
def test_mark_of_a_list_is_shown_without_what_keeps_it_from_being_one(told: str, kept: str) -> None:
    assert escaped(told) == kept  # CommonMark shows a backslash before anything but punctuation
    assert escaped("1.5 items") == "1.5 items"


def test_json_holds_all_that_was_kept_of_each_answer() -> None:
    value = json.loads(written(ExportFormat.JSON))
    assert (value["format"], value["title"], len(value["turns"])) == ("footnote-conversation-1", "Prices: which / rose?", 2)
    first = value["turns"][0]
    assert (first["text"], first["feedback"]["rating"]) == ("Steel rose by nine percent. 锡价下跌了。", "up")
    assert first["answer"]["sentences"][1]["citations"][0]["quote"] == "锡价下跌了。"
    assert value["turns"][1]["answer"]["abstained"] is True


def test_pdf_holds_the_text_in_both_languages_and_the_cited_page_once() -> None:
    first, second = pages_of(written(ExportFormat.PDF))
    assert "Steel rose by nine percent.[1] 锡价下跌了。[2][1]" in first
    assert "2. 锡_2024.txt, page 1: “锡价下跌了。”" in first
    assert "谁唱歌？" in first
    assert "No sure answer to this was found in the documents." in first
    assert second == "steel.pdf, page 2"


def test_pdf_is_the_same_each_time_and_its_marks_lead_to_notes_and_these_to_pages() -> None:
    content = written(ExportFormat.PDF)
    assert content == written(ExportFormat.PDF)
    assert content.count(b"/Subtype /Link") == 3 + 1


def test_pdf_goes_without_a_page_that_is_gone() -> None:
    def gone(document: str, page: int, start: int, end: int) -> PageView:
        raise LibraryError("This document is no longer in the library.")

    made = export(CONVERSATION, TURNS, gone, format=ExportFormat.PDF, language="en")
    assert len(pages_of(made.content)) == 1


@pytest.mark.parametrize("attack", ["<b>x", "&amp; <font", "]]>", "\x00\x1b[31m", "𝔘😀", "a" * 3000, "שלום", "{{x}} <para>"])
def test_pdf_is_made_of_any_text(attack: str) -> None:
    quote = replace(STEEL, quote=attack, document_name=attack)
    answer = replace(ANSWER, question=attack, sentences=(AnswerSentence(attack, Verdict.QUOTED, (quote,)),))
    made = export(replace(CONVERSATION, title=attack), (Turn(1, 1, answer),), view, format=ExportFormat.PDF, language="zh")
    assert made.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Prices: which / rose?", "Prices which rose.md"),
        ("../../etc", "etc.md"),
        ("???", "conversation.md"),
        ("价格？", "价格？.md"),
    ],
)
def test_file_is_named_after_the_title(title: str, name: str) -> None:
    made = export(replace(CONVERSATION, title=title), (), view, format=ExportFormat.MARKDOWN, language="en")
    assert made.name == name


def test_command_line_finds_a_conversation_and_writes_it_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(small_library(tmp_path / "storage")) as library:
        kept = library.start_conversation("Prices: which / rose?").id
        library.keep_turn(kept, ANSWER)
        library.start_conversation("Other")
        assert list_conversations(library, Namespace(search="prices nine", json=True)) == 0
        assert [row["id"] for row in json.loads(capsys.readouterr().out)] == [kept]
        asked = Namespace(id=kept, format="pdf", language="zh", out=None, json=False)
        assert write_file(library, asked) == 0
        assert "[1]" in pages_of((tmp_path / "Prices which rose.pdf").read_bytes())[0]
        (tmp_path / "Prices which rose.md").write_text("My own notes.")
        for _ in range(2):
            write_file(library, Namespace(**vars(asked) | {"format": "markdown"}))
        mine, *exported = (tmp_path / f"Prices which rose{number}.md" for number in ("", " (2)", " (3)"))
        assert mine.read_text() == "My own notes." and all(path.read_text().startswith("# Prices") for path in exported)
        with pytest.raises(ExportError, match=r"could not be written .* Choose another file with --out"):
            write_file(library, Namespace(**vars(asked) | {"out": tmp_path}))
        with pytest.raises(LibraryError, match="There is no conversation 9"):
            write_file(library, Namespace(**vars(asked) | {"id": 9}))
