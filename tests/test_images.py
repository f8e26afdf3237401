"""Images as documents: every format, turned as their Exif says, shown small; bombs and broken ones named."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from rag_app.errors import DocumentError, Reason
from rag_app.parsing import SandboxedParser
from rag_app.parsing.images import read_image, view_image
from rag_app.parsing.source import Source
from rag_app.records import Document
from rag_app.settings import Settings
from tests.made_files import write
from tests.made_pictures import HEIC, encoded, hollow_png, needs_ocr, picture

pytestmark = needs_ocr

WORDS = "The river is wide."
ORIENTATION = 0x0112


@pytest.fixture(scope="module")
def parser() -> Iterator[SandboxedParser]:
    parser = SandboxedParser(Settings())
    yield parser
    parser.close()


def read(parser: SandboxedParser, path: Path) -> Document:
    return parser.parse(path, name=path.name, document_id="id", progress=lambda done, total: None, stop=lambda: False)


def source(path: Path, *, max_pages: int = 10, ocr: bool = True) -> Source:
    return Source(path, path.name, max_pages, ocr=ocr)


def upside_down_jpeg() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 3
    return encoded(picture(WORDS, width=320).rotate(180), "JPEG", exif=exif)


def on_nothing(colour: str) -> Image.Image:
    """The words in one colour on a transparent ground."""
    mask = picture(WORDS, width=320).convert("L").point([255 - value for value in range(256)])
    image = Image.new("RGBA", mask.size, (0, 0, 0, 0))
    image.paste(Image.new("RGBA", mask.size, colour), mask=mask)
    return image


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", encoded(picture(WORDS, width=320), "PNG")),
        ("deep.png", encoded(picture(WORDS, width=320).convert("I;16"), "PNG")),
        ("clear.png", encoded(on_nothing("white"), "PNG")),
        ("a.jpg", upside_down_jpeg()),
        ("a.webp", encoded(on_nothing("black"), "WEBP")),
        ("a.bmp", encoded(picture(WORDS, width=320).convert("1"), "BMP")),
        ("a.gif", encoded(picture(WORDS, width=320), "GIF")),
        ("a.heic", HEIC),
        ("a.tif", encoded(picture(WORDS, width=320).convert("CMYK"), "TIFF")),
    ],
)
def test_the_words_on_an_image_are_read(parser: SandboxedParser, tmp_path: Path, name: str, content: bytes) -> None:
    document = read(parser, write(tmp_path, name, content))
    (page,) = document.pages
    assert page.text == WORDS
    assert {line.turns for line in page.lines} == {0}
    assert (document.title, document.media_type) == (
        Path(name).stem,
        {"jpg": "image/jpeg", "tif": "image/tiff"}.get(name[-3:], f"image/{name.split('.')[1]}"),
    )


def test_a_tiff_has_a_page_for_each_picture(parser: SandboxedParser, tmp_path: Path) -> None:
    first, *rest = (picture(words, width=320) for words in ("First page.", "Second page."))
    document = read(parser, write(tmp_path, "a.tif", encoded(first, "TIFF", save_all=True, append_images=rest)))
    assert [(page.number, page.text) for page in document.pages] == [(1, "First page."), (2, "Second page.")]


def test_an_image_is_shown_upright_and_small(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    path = write(tmp_path, "photo.jpg", encoded(Image.new("RGB", (3000, 1500), "red"), "JPEG", exif=exif))
    shown = Image.open(io.BytesIO(view_image(source(path), 1)))
    assert (shown.format, shown.size) == ("PNG", (1000, 2000))


@pytest.mark.parametrize(
    ("name", "content", "reason", "words"),
    [
        ("bomb.png", hollow_png(45_000, 45_000), Reason.TOO_BIG, "more than 100 million pixels"),
        ("large.png", hollow_png(12_000, 9_000), Reason.TOO_BIG, "more than 100 million pixels"),
        ("lie.png", hollow_png(300, 300), Reason.DAMAGED, "cannot be decoded"),
        ("cut.jpg", encoded(picture(WORDS), "JPEG")[:900], Reason.DAMAGED, "cannot be decoded"),
        ("cut.tif", b"II*\x00\x08\x00\x00\x00", Reason.DAMAGED, "cannot be decoded"),
    ],
)
def test_an_image_that_cannot_be_read_gets_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: Reason, words: str
) -> None:
    with pytest.raises(DocumentError, match=f"{name} .*{words}") as caught:
        list(read_image(source(write(tmp_path, name, content))).pages)
    assert caught.value.reason is reason


def test_a_tiff_of_too_many_pages_is_refused_before_one_is_read(tmp_path: Path) -> None:
    first, *rest = (Image.new("1", (8, 8)) for _ in range(12))
    path = write(tmp_path, "many.tif", encoded(first, "TIFF", save_all=True, append_images=rest))
    with pytest.raises(DocumentError, match=r"many\.tif has more than the 10 pages allowed") as caught:
        read_image(source(path))
    assert caught.value.reason is Reason.TOO_MANY_PAGES


def test_with_recognition_off_an_image_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"a\.png is scanned or a picture") as caught:
        read_image(source(write(tmp_path, "a.png", encoded(picture(WORDS), "PNG")), ocr=False))
    assert caught.value.reason is Reason.NO_TEXT_NEEDS_OCR


def test_an_image_without_words_holds_no_text(parser: SandboxedParser, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="none was recognized") as caught:
        read(parser, write(tmp_path, "blank.png", encoded(Image.new("L", (99, 99), 255), "PNG")))
    assert caught.value.reason is Reason.EMPTY_FILE
