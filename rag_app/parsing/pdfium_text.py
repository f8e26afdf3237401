"""The text of a page as pdfium finds it: its characters, and its lines with their places.

A question to pdfium is put for many characters at once, by `map` over functions of plain numbers and addresses: a third of a
microsecond each, where a loop in Python around a call with its conversions takes two.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from operator import and_
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from rag_app.parsing.pdf_cells import with_gaps
from rag_app.parsing.pdf_columns import Gap, in_reading_order, middle_spaces
from rag_app.parsing.pdf_grids import Rule, in_cells
from rag_app.parsing.pdf_lines import Line

Numbers = NDArray[Any]
Spaces = Callable[[str], Iterator[int]]
_BREAK = "\r\n"
_HYPHEN, _HYPHEN_AS_CODE = "\ufffe", re.compile("\x02")
_LAST_CODE = 0x10FFFF
_FONT_NAME = 100
_STRETCH = 100
_THIN, _REGULAR, _HEAVIEST, _BOLD = 250, 400, 700, 900
_PATH = pdfium.FPDF_PAGEOBJ_PATH
_MOST_OBJECTS, _WIDEST_RULE, _SHORTEST_RULE = 1_500, 2.5, 5.0
# By word, as the fonts of LaTeX are (SFBX1000 is bold extended), or as Chinese is set for emphasis (SimHei, its name in GBK too).
_CALLED_BOLD = re.compile(
    rb"(?i:bold|black|heavy)|(?:^|\+)(?:SF|CM|EC)(?:BX|SX|SSBX|BI|RB|XC)|SimHei|STHeiti|FandolHei|\xba\xda\xcc\xe5"
)
_CALLED_FIXED = re.compile(rb"(?i:mono(?!type|prop)|courier|consol|typewriter|menlo)|(?:SF|CM|EC)\w*TT\d")
_FORCED_BOLD = 1 << 18


def _function(function: Any, *arguments: type, gives: type = ctypes.c_int) -> Callable[..., int]:
    """A function of pdfium that takes handles and buffers as addresses."""
    return ctypes.PYFUNCTYPE(gives, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_box = _function(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_origin = _function(pdfium.FPDFText_GetCharOrigin, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_weight = _function(pdfium.FPDFText_GetFontWeight, ctypes.c_void_p, ctypes.c_int)
_font = _function(pdfium.FPDFText_GetFontInfo, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p)
_code = _function(pdfium.FPDFText_GetUnicode, ctypes.c_void_p, ctypes.c_int)
_text = _function(pdfium.FPDFText_GetText, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
_object = _function(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_int, gives=ctypes.c_void_p)
_kind = _function(pdfium.FPDFPageObj_GetType, ctypes.c_void_p)
_bounds = _function(pdfium.FPDFPageObj_GetBounds, *([ctypes.c_void_p] * 5))


@dataclass(frozen=True, slots=True)
class _Turn:
    """How a page is turned: whether x and y change places, and which way they count then."""

    swaps: bool
    across: int
    down: int


_TURNS: Mapping[int, _Turn] = {0: _Turn(False, 1, -1), 1: _Turn(True, 1, 1), 2: _Turn(False, -1, 1), 3: _Turn(True, -1, -1)}


def characters_of(text_page: Any) -> str:
    """One character for each that pdfium counts; the quick way where its text has them all, and for the stretches that it has."""
    count = max(0, pdfium.FPDFText_CountChars(text_page))  # -1 where it fails
    handle, room = _address(text_page), np.empty(count + 1, np.uint16)
    written = _text(handle, 0, count, room.__array_interface__["data"][0]) if count > 0 else 0
    text = room[: max(0, written - 1)].tobytes().decode("utf-16-le", "ignore")
    if len(text) == count:
        return text
    text = text if len(text) == written - 1 else ""  # of characters in two parts each part counts
    return "".join([_stretch(text_page, start, min(start + _STRETCH, count), text) for start in range(0, count, _STRETCH)])


def _stretch(text_page: Any, start: int, end: int, text: str) -> str:
    """The characters from `start` to `end` of a page whose `text` leaves out some, such as stand for nothing."""
    first, last = (pdfium.FPDFText_GetTextIndexFromCharIndex(text_page, place) for place in (start, end - 1))
    if text and first >= 0 and last - first == end - 1 - start:
        return text[first : last + 1]
    codes = list(map(_code, repeat(_address(text_page)), range(start, end)))
    found = "".join(map(chr, codes) if 0 <= min(codes) <= max(codes) <= _LAST_CODE else map(_character, codes))
    return _HYPHEN_AS_CODE.sub(
        lambda mark: _HYPHEN if pdfium.FPDFText_IsHyphen(text_page, start + mark.start()) == 1 else "\x02", found
    )


def _character(code: int) -> str:
    return chr(code) if 0 <= code <= _LAST_CODE else "\ufffd"


def lines_of(page: Any, text_page: Any) -> Sequence[Line]:
    """The lines of a page as they are read."""
    places = _Places(page, text_page)
    texts, firsts = list[str](), list[int]()
    offset = 0
    for piece in characters_of(text_page).split(_BREAK):
        words = piece.strip()
        if words:
            texts.append(words)
            firsts.append(offset + piece.index(words[0]))
        offset += len(piece) + len(_BREAK)
    lines = in_reading_order(places.lines(texts, firsts), places.gaps, places.cut)
    return with_gaps(in_cells(lines, *places.rules(page), places.gaps), places.gaps)


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _room(kind: type[np.generic], each: int, count: int) -> tuple[Numbers, range]:
    """Room for `count` answers of `each` numbers, and the address of each answer."""
    numbers = np.zeros((count, each), kind)
    start, step = numbers.__array_interface__["data"][0], each * numbers.itemsize
    return numbers, range(start, start + step * count, step)


def _for_all(calls: Iterator[int]) -> None:
    """Make the calls; what they answer stands in the room they were given."""
    deque(calls, maxlen=0)


class _Places:
    """Where and how characters of a page stand, as it is turned, downwards counting up."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._handle = _address(text_page)
        self._turn = _TURNS[pdfium.FPDFPage_GetRotation(page) % len(_TURNS)]

    def lines(self, texts: Sequence[str], firsts: Sequence[int]) -> list[Line]:
        """A line for each text, the first of which is the page's character in `firsts`."""
        count = len(texts)
        indices = [*firsts, *(first + len(text) - 1 for first, text in zip(firsts, texts, strict=True))]
        lefts, rights, heights = self._boxes(indices)
        bases, weights, fixed = self._base_lines(indices), *self._looks(indices)
        places = (lefts[:count].tolist(), rights[count:].tolist(), bases, bases[count:], heights[:count].tolist())
        return list(
            map(Line, texts, *places, weights, weights[count:], firsts, heights[count:].tolist(), map(and_, fixed, fixed[count:]))
        )

    def gaps(self, lines: Sequence[Line], least: float, spaces_of: Spaces = middle_spaces) -> list[list[Gap]]:
        """For each line the left and right end of each space that is wider than `least` times its size, and where this stands in
        the text; of the spaces that `spaces_of` names."""
        spaces = [(row, place) for row, line in enumerate(lines) for place in spaces_of(line.text)]
        before = [lines[row].first + place - 1 for row, place in spaces]
        lefts, rights, _ = self._boxes([*before, *(index + 2 for index in before)])
        left, right = rights[: len(spaces)], lefts[len(spaces) :]
        found: list[list[Gap]] = [[] for _ in lines]
        for index in np.flatnonzero(right - left > [least * lines[row].size for row, _ in spaces]):
            row, place = spaces[index]
            found[row].append((float(left[index]), float(right[index]), place))
        return found

    def rules(self, page: Any) -> tuple[list[Rule], list[Rule]]:
        """The lines that are drawn on the page, across and down; none on one with more drawings than a table has."""
        count, handle = pdfium.FPDFPage_CountObjects(page), _address(page)
        objects = list(map(_object, repeat(handle), range(count))) if count <= _MOST_OBJECTS else []
        paths = [one for one, kind in zip(objects, map(_kind, objects), strict=True) if kind == _PATH]
        boxes, addresses = _room(np.float32, 4, len(paths))
        _for_all(
            map(
                _bounds,
                paths,
                *(range(side, side + 16 * len(paths), 16) for side in range(addresses.start, addresses.start + 16, 4)),
            )
        )
        left, right, top, bottom = self._upright(*boxes[:, [0, 3, 2, 1]].astype(np.float64).T)
        wide, high = right - left, bottom - top
        across = (high <= _WIDEST_RULE) & (wide >= _SHORTEST_RULE)
        down = (wide <= _WIDEST_RULE) & (high >= _SHORTEST_RULE)
        return (
            list(map(Rule, *(side[across].tolist() for side in ((top + bottom) / 2, left, right)))),
            list(map(Rule, *(side[down].tolist() for side in ((left + right) / 2, top, bottom)))),
        )

    def cut(self, lines: Sequence[Line], places: Sequence[int]) -> list[tuple[Line, ...]]:
        """For each line the two before and after its space at a place."""
        cuts = list(zip(lines, places, strict=True))
        texts = [*(line.text[:place] for line, place in cuts), *(line.text[place + 1 :] for line, place in cuts)]
        parts = self.lines(texts, [*(line.first for line in lines), *(line.first + place + 1 for line, place in cuts)])
        return list(zip(parts, parts[len(cuts) :], strict=False))

    def _boxes(self, indices: Sequence[int]) -> tuple[Numbers, Numbers, Numbers]:
        """The left and right ends of characters, and their heights."""
        boxes, addresses = _room(np.float32, 4, len(indices))
        _for_all(map(_box, repeat(self._handle), indices, addresses))
        left, right, top, bottom = self._upright(*boxes.astype(np.float64).T)
        return left, right, bottom - top

    def _upright(self, left: Numbers, top: Numbers, right: Numbers, bottom: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The left and right, the upper and lower ends of boxes as the page is turned."""
        if self._turn.swaps:
            left, top, right, bottom = bottom, left, top, right
        left, right = self._turn.across * left, self._turn.across * right
        top, bottom = self._turn.down * top, self._turn.down * bottom
        return np.minimum(left, right), np.maximum(left, right), np.minimum(top, bottom), np.maximum(top, bottom)

    def _base_lines(self, indices: Sequence[int]) -> list[float]:
        places, addresses = _room(np.float64, 2, len(indices))
        _for_all(map(_origin, repeat(self._handle), indices, addresses, (address + places.itemsize for address in addresses)))
        bases: list[float] = (self._turn.down * places[:, 0 if self._turn.swaps else 1]).tolist()
        return bases

    def _looks(self, indices: Sequence[int]) -> tuple[list[int], list[bool]]:
        """How bold characters are, from 100 to 900, and which are as wide as any other."""
        names, addresses = _room(np.uint8, _FONT_NAME, len(indices))
        flags, places = _room(np.int32, 1, len(indices))
        _for_all(map(_font, repeat(self._handle), indices, addresses, repeat(_FONT_NAME), places))
        fonts, told = names.view(f"S{_FONT_NAME}")[:, 0].tolist(), map(_weight, repeat(self._handle), indices)
        return list(map(_weight_of, fonts, flags[:, 0].tolist(), told)), list(map(_is_fixed, fonts))


@lru_cache(maxsize=1024)
def _weight_of(font: bytes, flags: int, told: int) -> int:
    """The weight of a font: bold by its name or mark, whatever it tells (often one weight for all), else less than that."""
    if flags & _FORCED_BOLD or _CALLED_BOLD.search(font):
        return _BOLD
    return min(told, _HEAVIEST) if told > _THIN else _REGULAR


@lru_cache(maxsize=1024)
def _is_fixed(font: bytes) -> bool:
    return _CALLED_FIXED.search(font) is not None
