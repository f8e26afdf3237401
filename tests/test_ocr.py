"""Text recognition: what pictures and scans say, in which order, which way round, and where it stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.ocr import recognizer
from rag_app.parsing.pdf import read_pdf
from rag_app.parsing.reading_order import in_reading_order
from rag_app.parsing.recognition import is_usable
from rag_app.parsing.scanned_page import read_picture
from rag_app.parsing.source import Source
from rag_app.records import Page
from tests.made_files import pdf, scanned_pdf, write
from tests.made_pictures import chinese_picture, needs_ocr, picture, scan

pytestmark = needs_ocr

LINES = ("The library opens at nine in the", "morning and closes at five.")
TEXT = "The library opens at nine in the morning and closes at five."


def read(image: Image.Image) -> Page:
    return read_picture(1, np.asarray(image)[..., ::-1], recognizer(), lambda: None)


def source(path: Path, *, ocr: bool = True) -> Source:
    return Source(path, path.name, max_pages=100, ocr=ocr)


def pages(path: Path, *, ocr: bool = True) -> list[Page]:
    return list(read_pdf(source(path, ocr=ocr)).pages)


@pytest.mark.parametrize(("turns", "degrees"), [(0, 0), (1, 270), (2, 180), (3, 90)])
def test_lines_become_a_paragraph_whichever_way_the_page_lies(turns: int, degrees: int) -> None:
    page = read(picture(*LINES).rotate(degrees, expand=True))
    assert page.text == TEXT
    assert [page.text[line.start : line.end] for line in page.lines] == list(LINES)
    assert {line.turns for line in page.lines} == {turns}
    assert page.confidence is not None
    assert page.confidence > 0.9


def test_each_character_has_its_place_along_the_line() -> None:
    (line,) = read(picture("one two three four", width=400)).lines
    assert len(line.places) == line.end - line.start == 18
    assert list(line.places) == sorted(line.places)
    assert 0 < line.places[0] < line.places[-1] < 1000
    assert 0.03 < line.box.left < 0.12
    assert 0.25 < line.box.top < line.box.bottom < 0.75


def test_chinese_is_read_across() -> None:
    assert read(chinese_picture("岳飞是宋朝的名将\n他的故事家喻户晓", vertical=False)).text == "岳飞是宋朝的名将他的故事家喻户晓"


def test_chinese_columns_are_read_from_the_right() -> None:
    page = read(chinese_picture("岳飞是宋朝的名将\n他的故事家喻户晓", vertical=True))
    assert page.text.replace("\n", "") == "岳飞是宋朝的名将他的故事家喻户晓"
    assert {line.turns for line in page.lines} == {1}


def test_a_word_cut_at_the_end_of_a_line_is_put_together() -> None:
    assert (
        read(picture("The competitive examina-", "tion was held in May.")).text == "The competitive examination was held in May."
    )


def test_a_clause_and_a_sentence_are_set_apart_however_tightly_they_are_printed() -> None:
    assert read(picture("red,blue and 1,500.The end")).text == "red, blue and 1,500.The end"
    assert read(picture("He came.She left(at ten)")).text == "He came. She left(at ten)"


def test_a_picture_without_text_is_an_empty_page() -> None:
    assert read(Image.new("RGB", (300, 200), "white")) == Page(1, "")


def test_columns_are_read_one_after_the_other_below_their_title() -> None:
    title = (50, 10, 950, 30)
    left, right = ([(x, y, x + 430, y + 20) for y in range(50, 250, 30)] for x in (50, 520))
    boxes = np.array([*(box for pair in zip(right, left) for box in pair), title], np.float64)
    assert [tuple(boxes[index]) for index in in_reading_order(boxes)] == [title, *left, *right]


def test_the_cells_of_a_table_are_read_row_by_row() -> None:
    rows = [[(50, y, 300, y + 20), (500, y + 1, 560, y + 21), (700, y - 1, 760, y + 19)] for y in range(50, 250, 30)]
    boxes = np.array([cell for row in rows for cell in reversed(row)], np.float64)
    assert [tuple(boxes[index]) for index in in_reading_order(boxes)] == [cell for row in rows for cell in row]


def test_a_scanned_page_is_read_and_one_with_text_is_left_alone(tmp_path: Path) -> None:
    (page,) = pages(write(tmp_path, "scan.pdf", scan(picture(*LINES))))
    assert (page.text, len(page.lines)) == (TEXT, 2)
    (page,) = pages(write(tmp_path, "text.pdf", pdf("A page of text.")))
    assert page == Page(1, "A page of text.")


def test_stray_characters_over_a_scan_give_way_to_what_it_says(tmp_path: Path) -> None:
    (page,) = pages(write(tmp_path, "stamped.pdf", scan(picture(*LINES, width=420), stray="12")))
    assert page.text.startswith("The library opens at nine")


def test_numbers_of_glyphs_give_way_to_what_the_page_shows_though_a_heading_can_be_read(tmp_path: Path) -> None:
    stray = "Overview of acceptance in the library " + "\x03\x04\x05\x06" * 30
    (page,) = pages(write(tmp_path, "unmapped.pdf", scan(picture(*LINES, width=420), stray=stray)))
    assert page.text.startswith("The library opens at nine")


def test_few_words_without_a_scan_below_them_stay(tmp_path: Path) -> None:
    assert pages(write(tmp_path, "cover.pdf", pdf("Cover"))) == [Page(1, "Cover")]


def test_with_recognition_off_a_scan_is_refused_and_the_setting_named(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.pdf", scan(picture(*LINES)))
    with pytest.raises(DocumentError, match=r"scan\.pdf is scanned .*Set 'ocr' to 'on'") as caught:
        pages(path, ocr=False)
    assert caught.value.reason is Reason.NO_TEXT_NEEDS_OCR


def test_a_scan_of_nothing_holds_no_text(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"scan\.pdf holds no text, and none was recognized") as caught:
        pages(write(tmp_path, "scan.pdf", scanned_pdf()))
    assert caught.value.reason is Reason.EMPTY_FILE


def shifted(text: str) -> str:
    """The text as the numbers of its glyphs, as from a font without a map of its characters."""
    return "".join(chr(ord(character) - 29) for character in text if character > " ")


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        ("Net sales rose by 5 % to $ 34,229.", True),
        ("岳飞是宋朝的名将", True),
        ("", False),
        ("\ue001\ue002\ue003 \ue004 a", False),
        (shifted("Nothing in the document said when the money had been sent to them. " * 5), False),
        ("The library opens at nine. " * 20, True),
    ],
)
def test_text_that_is_no_words_is_told(text: str, usable: bool) -> None:
    assert is_usable(text) is usable
