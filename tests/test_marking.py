"""Where quotes of a scanned page or an image are marked on its picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ImageFont

from rag_app.parsing import SandboxedParser
from rag_app.parsing.marking import marked
from rag_app.records import RecognizedLine, Rectangle
from rag_app.settings import Settings
from tests.made_files import write
from tests.made_pictures import LINE, MARGIN, SIZE, encoded, picture, scan

BOX = Rectangle(0.1, 0.2, 0.5, 0.6)
WIDTH = 640


def line(turns: int, start: int = 0) -> RecognizedLine:
    """Four characters, each a quarter of the line."""
    return RecognizedLine(start, start + 4, BOX, turns, (125, 375, 625, 875), 0.9)


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (0, (0.1, 0.2, 0.2, 0.6)),
        (1, (0.1, 0.2, 0.5, 0.3)),
        (2, (0.4, 0.2, 0.5, 0.6)),
        (3, (0.1, 0.5, 0.5, 0.6)),
    ],
)
def test_the_first_character_is_marked_where_the_line_begins(turns: int, expected: tuple[float, ...]) -> None:
    (box,) = marked([line(turns)], 0, 1)
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx(expected)


def test_a_quote_over_two_lines_is_marked_on_both_and_on_no_other() -> None:
    lines = [line(0), line(0, 5), line(0, 10)]
    first, second = marked(lines, 2, 9)
    assert (first.left, first.right) == pytest.approx((0.3, 0.5))
    assert second == BOX


@pytest.mark.parametrize(("name", "kind"), [("page.png", "PNG"), ("scan.pdf", "PDF")])
def test_a_quote_is_marked_over_its_words(tmp_path: Path, name: str, kind: str) -> None:
    image = picture("The river is wide.", "Nobody could cross it.", width=WIDTH)
    path = write(tmp_path, name, scan(image) if kind == "PDF" else encoded(image, kind))
    parser = SandboxedParser(Settings())
    document = parser.parse(path, name=name, document_id="id", progress=lambda done, total: None, stop=lambda: False)
    (page,) = document.pages
    start = page.text.index("could")
    shown, (box,) = parser.view(path, name=name, media_type=document.media_type, page=page, start=start, end=start + 5)
    parser.close()
    assert shown is not None
    assert shown.startswith(b"\x89PNG")
    before, word = (ImageFont.load_default(SIZE).getlength(words) for words in ("Nobody ", "could"))
    assert box.left * image.width == pytest.approx(MARGIN + before, abs=12)
    assert box.right * image.width == pytest.approx(MARGIN + before + word, abs=12)
    assert MARGIN + LINE <= (box.top + box.bottom) / 2 * image.height <= MARGIN + 2 * LINE
