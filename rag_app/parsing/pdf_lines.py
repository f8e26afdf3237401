"""Lines of a PDF page into paragraphs: which line breaks belong to the writer, and which to the layout alone.

A line goes on in the next when the next one's first word would not have fitted behind it, the distance is that of lines
in a paragraph, and neither indent, size, weight nor a list mark says that something new begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag_app.parsing.cleaning import is_cjk

_SAME_ROW = 0.4
_SAME_COLUMN, _FARTHEST_BELOW = 0.5, 2.0
_LOOSER = 1.3
_TIGHTEST, _WIDEST = 0.5, 4.0
ANOTHER_SIZE = 0.12
_ANOTHER_WEIGHT = 100
_INDENT = 0.8
_DISPLAY_LINES, _DISPLAY_SIZE = 3, 1.15
_RAGGED_CJK = 1.5
_EDGE_LINES = 3
SENTENCE_END = tuple(".!?:;。！？：；…")
_CLOSING = "，。、；：！？）」』”’》】〕,.;:!?)"
_LIST_MARK = re.compile(
    r"[•●▪■◆◦‣·○□➢✓\uf0b7\uf0a7\-–—*] |\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)] "
    r"|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]{1,3}、",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[$€£¥(]*-?\d(?:[\d.,]*\d)?[%)]*|[$€£¥%)—–-]|N/?[AM]")


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of a PDF's outline: its words, its level (1 is the highest) and its page."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line as pdfium gives it, upright as read. Points from the left and downwards; `top` and `bottom` are the base lines
    of its first and last character (they differ where a hyphenated word was put together from two lines). `size` is the
    height of its first character, the weights run from 100 to 900; `first` is the number of its first character on the
    page. A running line is a paragraph of its own."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    first_weight: int
    last_weight: int
    first: int = 0
    is_running: bool = False


def paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page put together into paragraphs, list items and rows of tables, in the order given."""
    pitch, usual_size = _pitch(lines), _usual_size(lines)
    page_edge = max((line.right for line in lines), default=0.0)
    found: list[list[Line]] = []
    for block in _blocks(lines, pitch):
        if len(block) <= _DISPLAY_LINES and min(line.size for line in block) > _DISPLAY_SIZE * usual_size:
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
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from one base line to the next, in sizes of the character; long lines count for more."""
    distances: Counter[float] = Counter()
    for line, following in pairwise(lines):
        distance = _distance(line, following)
        if _TIGHTEST < distance < _WIDEST:
            distances[round(distance, 1)] += min(len(line.text), len(following.text))
    return distances.most_common(1)[0][0] if distances else 1.0


def _distance(line: Line, following: Line) -> float:
    return (following.top - line.bottom) / max(line.size, following.size, 1.0)


def _blocks(lines: Sequence[Line], pitch: float) -> Iterator[list[Line]]:
    """Runs of lines that stand under each other, closely and in one size: what may be one column's text."""
    block: list[Line] = []
    for line in lines:
        if block and not _stands_with(block[-1], line, pitch):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _stands_with(line: Line, following: Line, pitch: float) -> bool:
    if line.is_running or following.is_running:
        return False
    distance = _distance(line, following)
    if abs(distance) < _SAME_ROW:
        return following.left >= line.right - line.size
    if _is_below(line, following):
        return 0 < distance < _FARTHEST_BELOW
    if abs(line.size - following.size) > ANOTHER_SIZE * max(line.size, following.size):
        return False
    return 0 < distance <= _LOOSER * pitch and following.left < line.right


def edge_of(block: Sequence[Line], page_edge: float) -> float:
    """Where the text of a block ends at the right: its own edge where it shows one, else the page's."""
    edge = max(line.right for line in block)
    if is_cjk(block[0].text[-1]):
        shows_one = sum(line.right > edge - _RAGGED_CJK * line.size for line in block) >= _EDGE_LINES
    else:
        going_on = sum(line.text[0].islower() for line in block)
        shows_one = len(block) >= _EDGE_LINES and going_on * 2 >= len(block) - 1
    return edge if shows_one else page_edge


def goes_on(paragraph: Sequence[Line], line: Line, edge: float) -> bool:
    """Whether a paragraph, whose column ends at `edge` on the right, goes on in the line below it."""
    before = paragraph[-1]
    if abs(_distance(before, line)) < _SAME_ROW or _is_below(before, line):
        return True
    if is_row_of_figures(before.text) or _LIST_MARK.match(line.text) or _changes_weight(before, line):
        return False
    ended = before.text.endswith(SENTENCE_END)
    if line.text[0].islower() and not ended:
        return True
    if _is_indented(paragraph, line):
        return False
    return before.right + _first_word_width(line) > edge


def _is_below(before: Line, line: Line) -> bool:
    """Whether two lines are characters of a column that is written downwards."""
    single = len(before.text) == len(line.text) == 1
    return single and is_cjk(before.text) and is_cjk(line.text) and abs(before.left - line.left) < _SAME_COLUMN * line.size


def is_row_of_figures(text: str) -> bool:
    """Whether a line ends with the figures of a table's row."""
    tokens = text.rsplit(maxsplit=2)[-2:]
    return len(tokens) == 2 and all(map(_FIGURE.fullmatch, tokens))


def _changes_weight(before: Line, line: Line) -> bool:
    return abs(before.last_weight - line.first_weight) > _ANOTHER_WEIGHT and (
        before.first_weight == before.last_weight or before.text.endswith(SENTENCE_END)
    )


def _is_indented(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a line stands further in or out than the paragraph goes on; a list item hangs, a first line may be set in."""
    step = (line.left - paragraph[-1].left) / line.size
    if len(paragraph) == 1:
        return step > _INDENT and not _LIST_MARK.match(paragraph[0].text)
    return abs(step) > _INDENT


def _first_word_width(line: Line) -> float:
    width = (line.right - line.left) / len(line.text)
    if not is_cjk(line.text[0]):
        return width * (len(line.text.split(maxsplit=1)[0]) + 1)
    closing = len(line.text) - len(line.text[1:].lstrip(_CLOSING)) - 1
    return width * (1 + closing) * 0.9
