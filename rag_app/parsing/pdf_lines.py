"""Lines of a PDF page into paragraphs: which line breaks belong to the writer, and which to the layout alone.

A line goes on in the next when the next one's first word would not have fitted behind it, the distance is that of lines
in a paragraph, and neither indent, size, weight nor a list mark says that something new begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rag_app.parsing.cleaning import has_cjk, is_cjk
from rag_app.text.sentences import begins_with_label

_SAME_ROW = 0.4
_SAME_COLUMN, _FARTHEST_BELOW = 0.5, 2.0
_LOOSER = 1.3
_TIGHTEST, _WIDEST = 0.5, 4.0
ANOTHER_SIZE = 0.12
_ANOTHER_WEIGHT = 100
_INDENT = 0.8
_DISPLAY_LINES, _DISPLAY_SIZE = 3, 1.15
_RAGGED_CJK = 1.5
_RAISED, _SPREAD, _SAME_PITCH = 0.8, 1.3, 0.03
_LATIN, _LATIN_WIDTH = re.compile("[ -~]"), 0.5  # of the width of a Chinese character
_EDGE_LINES = 3
SENTENCE_END = tuple(".!?:;。！？：；…")
_CLOSING = "，。、；：！？）」』”’》】〕,.;:!?)"
_LIST_MARK = re.compile(
    r"[•●▪■◆◦‣·○□➢✓\ue000-\uf8ff\-–—*] |\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)] "
    r"|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]{1,3}、",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[$€£¥(]*-?\d(?:[\d.,]*\d)?[%)]*|[$€£¥%)—–-]|N/?[AM]")
_LETTERS_OF_FIGURES = "AM"
_LAST_OF_ENTRY = frozenset("0123456789ivxlc")
_CONTENTS_ENTRY = re.compile(r"(?:[.·…⋯] ?){3,}(?:\d+|[ivxlc]+)$")


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of a PDF's outline: its words, its level (1 is the highest) and its page."""

    title: str
    level: int
    page: int


class Line(NamedTuple):
    """A line as pdfium gives it, upright as read. Points from the left and downwards; `top` and `bottom` are the base lines
    of its first and last character (they differ where a hyphenated word was put together from two lines). `size` is the
    height of its first character, `last_size` that of its last, if known (they differ behind small capitals or the mark of a
    note); the weights run from 100 to 900; `first` is the number of its first character on the page. A fixed line begins and ends
    in letters of one width, as those of a listing. A running line is a paragraph of its own. `gaps` are the wide spaces of a row
    of a table: left and right end, and place in the text. `cells` are its pieces within a table with drawn lines: the number of
    the table, row, column, and words. (A named tuple is made in a quarter of a dataclass's time.)"""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    first_weight: int
    last_weight: int
    first: int = 0
    last_size: float = 0.0
    is_fixed: bool = False
    is_running: bool = False
    gaps: tuple[tuple[float, float, int], ...] = ()
    cells: tuple[tuple[int, int, int, str], ...] = ()


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page put together into paragraphs, list items and rows of tables, in the order given."""
    distances = list(map(_distance, lines, lines[1:]))
    usual_size = _usual_size(lines)
    page_edge = max([line.right for line in lines], default=0.0)
    found: list[list[Line]] = []
    for block in _blocks(lines, distances, _pitch(lines, distances)):
        if len(block) == 1 or (len(block) <= _DISPLAY_LINES and min(line.size for line in block) > _DISPLAY_SIZE * usual_size):
            found.append(block)
        else:
            found += _paragraphs_of(block, edge_of(block, page_edge))
    return found


def _paragraphs_of(block: Sequence[Line], edge: float) -> list[list[Line]]:
    found = [[block[0]]]
    for line in block[1:]:
        if goes_on(found[-1], line, edge):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _usual_size(lines: Sequence[Line]) -> float:
    sizes: dict[float, int] = {}
    for line in lines:
        sizes[line.size] = sizes.get(line.size, 0) + len(line.text)
    return max(sizes, key=sizes.__getitem__, default=0.0)


def _pitch(lines: Sequence[Line], distances: Sequence[float]) -> float:
    """The usual distance from one base line to the next, in sizes of the character; long lines count for more."""
    lengths = [len(line.text) for line in lines]
    exact: dict[float, int] = {}
    for length, following, distance in zip(lengths, lengths[1:], distances, strict=False):
        if _TIGHTEST < distance < _WIDEST:
            exact[distance] = exact.get(distance, 0) + (length if length < following else following)
    pitches: dict[float, int] = {}
    for distance, characters in exact.items():
        pitch = round(distance, 1)
        pitches[pitch] = pitches.get(pitch, 0) + characters
    return max(pitches, key=pitches.__getitem__, default=1.0)


def _distance(line: Line, following: Line) -> float:
    return (following.top - line.bottom) / max(line.size, following.size, 1.0)


def _blocks(lines: Sequence[Line], distances: Sequence[float], pitch: float) -> Iterator[list[Line]]:
    """Runs of lines that stand under each other, closely and in one size: what may be one column's text."""
    block = list(lines[:1])
    for line, following, distance in zip(lines, lines[1:], distances, strict=False):
        if not _stands_with(line, following, distance, pitch):
            yield block
            block = []
        block.append(following)
    if block:
        yield block


def _stands_with(line: Line, following: Line, distance: float, pitch: float) -> bool:
    if line.is_running or following.is_running:
        return False
    if -_SAME_ROW < distance < _SAME_ROW:
        return following.left >= line.right - line.size
    if len(line.text) == 1 and _is_below(line, following):
        return 0 < distance < _FARTHEST_BELOW
    if not 0 < distance <= _LOOSER * pitch or following.left >= line.right:
        return False
    return any(abs(size - following.size) <= ANOTHER_SIZE * max(size, following.size) for size in (line.size, line.last_size))


def edge_of(block: Sequence[Line], page_edge: float) -> float:
    """Where the text of a block ends at the right: its own edge where it shows one, else the page's."""
    edge = max(line.right for line in block)
    if is_cjk(block[0].text[-1]):
        full = [line.right > edge - _RAGGED_CJK * line.size for line in block]
        is_sentence = all(full[:-1]) and block[-1].text.endswith(SENTENCE_END) and not block[0].text.endswith(SENTENCE_END)
        shows_one = sum(full) >= _EDGE_LINES or is_sentence
    else:
        going_on = sum(line.text[0].islower() for line in block)
        shows_one = len(block) >= _EDGE_LINES and going_on * 2 >= len(block) - 1
    return edge if shows_one else page_edge


def goes_on(paragraph: Sequence[Line], line: Line, edge: float) -> bool:
    """Whether a paragraph, whose column ends at `edge` on the right, goes on in the line below it."""
    before = paragraph[-1]
    if abs(_distance(before, line)) < _SAME_ROW or (len(line.text) == 1 and _is_below(before, line)):
        return True
    if before.is_fixed and line.is_fixed and abs(_pitch_of(before) / _pitch_of(line) - 1) < _SAME_PITCH:
        return False
    has_room = before.right + _first_word_width(line) <= edge
    hangs = not has_room and _hangs(before, line, edge)
    is_within_sentence = line.text[0].islower() or hangs
    if (has_room or _is_indented(paragraph, line)) and (before.text.endswith(SENTENCE_END) or not is_within_sentence):
        return False
    if _is_spread(line) or (_is_spread(before) and not (hangs and line.left > before.left + line.size)):
        return False
    if line.text[0].isdecimal() and line.size < _RAISED * line.last_size:
        return False
    if names_page(before.text) or (begins_with_label(paragraph[0].text) and begins_with_label(line.text)):
        return False
    return not (_changes_weight(before, line) or is_row_of_figures(before.text) or _LIST_MARK.match(line.text))


def _hangs(before: Line, line: Line, edge: float) -> bool:
    """Whether a full Chinese line goes on, set in or out, in one that is full too or ends a sentence."""
    is_whole = line.right > edge - _RAGGED_CJK * line.size or line.text.endswith(SENTENCE_END)
    return is_whole and is_cjk(before.text[-1])


def _pitch_of(line: Line) -> float:
    return (line.right - line.left) / len(line.text) or 1.0


def _is_spread(line: Line) -> bool:
    """Whether gaps part a Chinese line, as they do a row of a table."""
    return line.right - line.left > _SPREAD * max(line.size, line.last_size) * _width(line.text) and has_cjk(line.text)


def _width(text: str) -> float:
    """How wide a text is, in Chinese characters."""
    return len(text) - _LATIN_WIDTH * len(_LATIN.findall(text))


def _is_below(before: Line, line: Line) -> bool:
    """Whether two lines are characters of a column that is written downwards."""
    single = len(before.text) == len(line.text) == 1
    return single and is_cjk(before.text) and is_cjk(line.text) and abs(before.left - line.left) < _SAME_COLUMN * line.size


def names_page(text: str) -> bool:
    """Whether a line ends with dots and the number of a page, as an entry of a table of contents does."""
    return text[-1] in _LAST_OF_ENTRY and bool(_CONTENTS_ENTRY.search(text))


def is_row_of_figures(text: str) -> bool:
    """Whether a line ends with the figures of a table's row."""
    if text[-1].isalpha() and text[-1] not in _LETTERS_OF_FIGURES:
        return False  # as most lines: nothing to look at
    tokens = text.rsplit(maxsplit=2)[-2:]
    return len(tokens) == 2 and all(map(_FIGURE.fullmatch, tokens))


def _changes_weight(before: Line, line: Line) -> bool:
    """Whether what is bold, above or below, is so from end to end, or a sentence or a row ends before it."""
    if abs(before.last_weight - line.first_weight) <= _ANOTHER_WEIGHT:
        return False
    bold = max(before, line, key=lambda one: one.last_weight if one is before else one.first_weight)
    ends = before.text.endswith(SENTENCE_END) or (before.text[-1].isdecimal() and not line.text[0].islower())
    return bold.first_weight == bold.last_weight or ends


def _is_indented(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a line stands further in or out than the paragraph goes on; a list item hangs, a first line may be set in."""
    row = len(paragraph) - 1
    while row and _is_beside(paragraph[row - 1], paragraph[row]):
        row -= 1
    step = (line.left - paragraph[row].left) / line.size
    if row == 0:
        return step > _INDENT and not _LIST_MARK.match(paragraph[0].text)
    return abs(step) > _INDENT


def _is_beside(piece: Line, following: Line) -> bool:
    """Whether a line goes on with a row that the raised sign at the end of a piece of it, such as the mark of a note, parts."""
    is_close = abs(_distance(piece, following)) < _SAME_ROW and following.left - piece.right < piece.size
    return is_close and 0 < piece.last_size < _RAISED * piece.size


def _first_word_width(line: Line) -> float:
    if not is_cjk(line.text[0]):
        return (line.right - line.left) / len(line.text) * (len(line.text.split(maxsplit=1)[0]) + 1)
    width = (line.right - line.left) / _width(line.text)
    closing = len(line.text) - len(line.text[1:].lstrip(_CLOSING)) - 1
    return width * (1 + closing) * 0.9
