"""Whether and how pictures of text are read for a file: by its settings, with the one recognizer of the process."""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from rag_app.errors import DocumentError, Reason
from rag_app.parsing.ocr import recognizer, recognizer_fault
from rag_app.parsing.pdfium import PdfFile
from rag_app.parsing.scanned_page import read_picture
from rag_app.parsing.source import Source
from rag_app.records import Page

_DPI, _MOST_PIXELS = 200, 6_000_000
_FEW_LETTERS = 30
_FULL_PAGE = 0.5
_MOST_UNREADABLE = 0.2
_UNREADABLE = ("Cc", "Cn", "Co", "Cs")
_ENOUGH_LETTERS, _LATIN, _FEWEST_VOWELS = 200, 0.8, 0.2
_VOWELS = frozenset("aeiouyAEIOUY")
_WITHOUT = "{name} is scanned or a picture, so its text has to be recognized (OCR). "


def refuse_without_ocr(source: Source) -> None:
    """Raise `DocumentError` where text recognition is off or cannot be loaded."""
    if not source.ocr:
        raise _needs_ocr(source, "Set 'ocr' to 'on' in the settings and add it again.")
    if fault := recognizer_fault():
        raise _needs_ocr(
            source, f"It cannot be loaded: {fault}. Install the requirements again; on Debian or Ubuntu, apt install libgl1 too."
        )


def without_text(source: Source) -> DocumentError:
    """The error about a file in whose pages and pictures there is no text, or none that can be read without recognition."""
    try:
        refuse_without_ocr(source)
    except DocumentError as error:
        return error
    return source.refusal(
        Reason.EMPTY_FILE, "{name} holds no text, and none was recognized in its pictures (OCR). Choose a file with text in it."
    )


def read_by_ocr(source: Source, number: int, picture: NDArray[np.uint8]) -> Page:
    """The page that a picture in red, green and blue shows, shape (height, width, 3)."""
    return read_picture(number, np.ascontiguousarray(picture[..., ::-1]), recognizer(), source.still_working)


def with_ocr(source: Source, file: PdfFile, page: Page, characters: str) -> Page:
    """The page of a PDF as its picture reads, where it has no usable text of its own and the picture has; else as it is.

    `characters` are those that the file gives for it, also such as its text leaves out.
    """
    if not source.ocr or page.number in file.lost_pages:
        return page
    is_words = is_usable(page.text) and is_readable(characters)
    if is_words and _letters(page.text) > _FEW_LETTERS:
        return page
    drawn, covered = file.shares(page.number)
    is_scanned = covered > _FULL_PAGE
    if (is_words and not is_scanned) or drawn == 0 or recognizer_fault():
        return page
    source.still_working()
    read = read_by_ocr(source, page.number, file.picture(page.number, dpi=_DPI, most_pixels=_MOST_PIXELS))
    is_better = is_usable(read.text) and (_letters(read.text) > _letters(page.text) or not is_words)
    return read if is_better else page


def is_usable(text: str) -> bool:
    """Whether a page's text is words, not the numbers of glyphs that a font without a map of its characters leaves."""
    seen = Counter(text)
    letters = sum(count for character, count in seen.items() if character.isalpha())
    latin = sum(count for character, count in seen.items() if character.isalpha() and character.isascii())
    if letters >= _ENOUGH_LETTERS and latin > _LATIN * letters:
        return sum(map(seen.__getitem__, _VOWELS)) > _FEWEST_VOWELS * latin
    return is_readable(text)


def is_readable(characters: str) -> bool:
    """Whether nearly all of some characters are such as can be shown."""
    seen = Counter(characters)
    shown = sum(count for character, count in seen.items() if not character.isspace())
    unreadable = sum(count for character, count in seen.items() if _is_unreadable(character))
    return shown > 0 and unreadable <= _MOST_UNREADABLE * shown


def _is_unreadable(character: str) -> bool:
    return not character.isspace() and (character == "\ufffd" or unicodedata.category(character) in _UNREADABLE)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _needs_ocr(source: Source, advice: str) -> DocumentError:
    return source.refusal(Reason.NO_TEXT_NEEDS_OCR, _WITHOUT + advice)
