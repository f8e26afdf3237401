"""EPUB books: chapters are pages, in the order of the book."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.epub import read_epub
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Heading, Page
from tests.made_files import epub, write, zip_of


def read(folder: Path, content: bytes) -> OpenedFile:
    return read_epub(Source(write(folder, "a.epub", content), "a.epub", 3))


def test_chapters_are_pages_in_the_order_of_the_book(tmp_path: Path) -> None:
    book = epub({"z": "<h1>第一章</h1><p>Text&nbsp;&mdash; more.</p>", "a": "<p>Second.</p>"}, title="岳飞 & co")
    reading = read(tmp_path, book)
    assert (reading.title, reading.page_count) == ("岳飞 & co", 2)
    assert list(reading.pages) == [Page(1, "第一章\nText — more.", (Heading(0, 3, 1),)), Page(2, "Second.")]


def test_an_empty_element_of_xhtml_does_not_swallow_what_follows(tmp_path: Path) -> None:
    (page,) = read(tmp_path, epub({"a": '<script src="a"/><p>One.</p><a id="b"/><p/><p>Two.</p>'})).pages
    assert page.text == "One.\nTwo."


def test_a_chapter_that_is_no_xhtml_is_read_as_a_browser_would(tmp_path: Path) -> None:
    (page,) = read(tmp_path, epub({"a": "<p>One <b>and</p> &unknown; two"})).pages
    assert page.text == "One and\n&unknown; two"


def test_a_book_without_its_list_is_read_by_the_names_of_its_chapters(tmp_path: Path) -> None:
    book = zip_of({"META-INF/container.xml": "<c/>", "b.html": "<p>Two.", "a.xhtml": "<p>One.", "cover.jpg": "no"})
    assert [page.text for page in read(tmp_path, book).pages] == ["One.", "Two."]


def test_a_chapter_outside_of_the_book_or_told_twice_is_passed_over(tmp_path: Path) -> None:
    book = (
        "<p><manifest><item id='x' href='../../../etc/passwd'/><item id='a' href='a%20b.xhtml'/></manifest><itemref idref='x'/>"
    )
    parts = {"META-INF/container.xml": "<c/>", "O/b.opf": book + "<itemref idref='a'/>" * 9 + "</p>", "O/a b.xhtml": "<p>One."}
    assert [page.text for page in read(tmp_path, zip_of(parts)).pages] == ["One."]


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (epub(dict.fromkeys("abcd", "<p>a</p>")), Reason.TOO_MANY_PAGES, "4 pages"),
        (
            epub({"a": "x"}, parts={"META-INF/encryption.xml": "<e><CipherReference URI='O/a.xhtml'/></e>"}),
            Reason.UNSUPPORTED,
            "protected against copying",
        ),
        (
            zip_of({"META-INF/container.xml": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"}),
            Reason.EXPANDS_TOO_MUCH,
            "declares abbreviations",
        ),
    ],
)
def test_a_book_that_is_not_read_is_named_with_its_reason(tmp_path: Path, content: bytes, reason: Reason, words: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.epub .*{words}") as caught:
        read(tmp_path, content)
    assert caught.value.reason is reason
