"""A page from its picture: which way its lines run, their order, and the text with where each line stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag_app.parsing.cleaning import is_cjk
from rag_app.parsing.ocr import Corners, Found, Picture, Recognizer, Said
from rag_app.parsing.pdf_lines import Line, paragraphs
from rag_app.parsing.reading_order import in_reading_order
from rag_app.records import Page, RecognizedLine, Rectangle

LEAST_CONFIDENCE = 0.5
_FEWEST_CHARACTERS = 2
_SAMPLE = 6
_SURER = 0.03
_STUBBY = 2.0
_USUAL_HEIGHT = 0.3
_WEIGHT = 400
_HYPHENATED = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A line as it was read; it runs to the right after `turns` quarter turns clockwise (1: it runs down)."""

    corners: Corners
    said: Said
    turns: int


def read_picture(number: int, picture: Picture, recognizer: Recognizer, still_working: Callable[[], None]) -> Page:
    """The page that a picture of shape (height, width, 3) shows; without text where none can be read with some confidence."""
    still_working()
    found = recognizer.find(picture)
    turns = _page_turns(found, recognizer, still_working)
    cuts, turns_of_cuts = _upright(found, turns)
    read = []
    for index, said in recognizer.read(cuts):
        still_working()
        if said.confidence >= LEAST_CONFIDENCE and said.text.strip():
            read.append(_Read(found[index].corners, said, turns_of_cuts[index]))
    if sum(map(str.isalnum, "".join(line.said.text for line in read))) < _FEWEST_CHARACTERS:
        return Page(number, "")
    boxes = _boxes(read, turns)
    order = in_reading_order(boxes)
    return _page(number, [read[index] for index in order], boxes[order], picture.shape[1], picture.shape[0])


def _page_turns(found: Sequence[Found], recognizer: Recognizer, still_working: Callable[[], None]) -> int:
    """How many quarter turns clockwise from left-to-right most of the page's text runs."""
    length = {True: 0, False: 0}
    for line in found:
        length[line.is_turned] += line.cut.shape[1]
    is_turned = length[True] > length[False]
    longest = sorted((line for line in found if line.is_turned == is_turned), key=lambda line: -line.cut.shape[1])[:_SAMPLE]
    sureness = [0.0, 0.0]
    for upside_down, cuts in enumerate(([line.cut for line in longest], [np.rot90(line.cut, 2) for line in longest])):
        for _, said in recognizer.read(cuts):
            sureness[upside_down] += said.confidence / len(cuts)
            still_working()
    return is_turned + 2 * (sureness[1] > sureness[0] + _SURER)


def _upright(found: Sequence[Found], turns: int) -> tuple[list[Picture], list[int]]:
    """The cuts, each turned to run to the right as the page's lines do, and the quarter turns of each.

    A line that runs across them (a label at the side of a figure) keeps its own direction, unless it is a character or two.
    """
    thickness = float(np.median([line.cut.shape[0] for line in found])) if found else 0.0
    cuts, turns_of_cuts = [], []
    for line in found:
        runs_along = line.is_turned == bool(turns % 2)
        is_stubby = not runs_along and max(line.cut.shape[:2]) < _STUBBY * thickness
        cut = np.rot90(line.cut, 1 if turns % 2 else -1) if is_stubby else line.cut
        flips = turns >= 2 and (runs_along or is_stubby)
        cuts.append(np.ascontiguousarray(np.rot90(cut, 2)) if flips else np.ascontiguousarray(cut))
        turns_of_cuts.append(turns if runs_along or is_stubby else int(line.is_turned))
    return cuts, turns_of_cuts


def _boxes(read: Sequence[_Read], turns: int) -> NDArray[np.float64]:
    """The boxes of the lines as seen by a reader: the page turned upright and its skew taken out; shape (count, 4)."""
    points = _turned(np.stack([line.corners for line in read]).astype(np.float64), turns)
    angle = _skew([_turned(line.corners.astype(np.float64), turns) for line in read if line.turns == turns])
    x = points[..., 0] * np.cos(angle) + points[..., 1] * np.sin(angle)
    y = points[..., 1] * np.cos(angle) - points[..., 0] * np.sin(angle)
    return np.stack((x.min(1), y.min(1), x.max(1), y.max(1)), axis=1)


def _turned(points: NDArray[np.float64], turns: int) -> NDArray[np.float64]:
    for _ in range(turns):
        points = np.stack((points[..., 1], -points[..., 0]), axis=-1)
    return points


def _skew(lines: Sequence[NDArray[np.float64]]) -> float:
    """The usual angle of lines that run about to the right, in radians."""
    sides = np.array([max((one[1] - one[0], one[2] - one[1]), key=np.linalg.norm) for one in lines] or [(1.0, 0.0)])
    slopes = sides[:, 1] / np.where(np.abs(sides[:, 0]) < 1, 1, sides[:, 0])
    return float(np.arctan(np.median(slopes)))


def _page(number: int, read: Sequence[_Read], boxes: NDArray[np.float64], width: int, height: int) -> Page:
    """The text, lines put together into paragraphs, and where each line of it came from."""
    text = ""
    lines: list[RecognizedLine] = []
    left = iter(read)
    for paragraph in paragraphs(_lines(read, boxes)):
        text += "\n" if text else ""
        for position, (_, line) in enumerate(zip(paragraph, left)):
            if position and _HYPHENATED.search(text) and line.said.text.lstrip()[0].islower():
                text, lines[-1] = text[:-1], _shortened(lines[-1])
            elif position and not (is_cjk(text[-1]) and is_cjk(line.said.text.lstrip()[0])):
                text += " "
            lines.append(_recognized(line, len(text), width, height))
            text += line.said.text.strip()
    return Page(number, text, lines=tuple(lines))


def _lines(read: Sequence[_Read], boxes: NDArray[np.float64]) -> list[Line]:
    """The lines as paragraphs are made of; heights of boxes near the usual one count as that."""
    usual = float(np.median(boxes[:, 3] - boxes[:, 1]))
    lines = []
    for line, (left, top, right, bottom) in zip(read, boxes):
        size = usual if abs(bottom - top - usual) < _USUAL_HEIGHT * usual else bottom - top
        middle = (top + bottom) / 2
        lines.append(Line(line.said.text.strip(), left, right, middle, middle, size, _WEIGHT, _WEIGHT))
    return lines


def _recognized(line: _Read, start: int, width: int, height: int) -> RecognizedLine:
    text, said = line.said.text.strip(), line.said
    first = len(said.text) - len(said.text.lstrip())
    places = tuple(round(1000 * place) for place in said.places[first : first + len(text)])
    (left, top), (right, bottom) = line.corners.min(axis=0), line.corners.max(axis=0)
    box = Rectangle(*(round(float(side), 4) for side in (left / width, top / height, right / width, bottom / height)))
    return RecognizedLine(start, start + len(text), box, line.turns, places, round(said.confidence, 3))


def _shortened(line: RecognizedLine) -> RecognizedLine:
    """The line without the hyphen at its end."""
    return RecognizedLine(line.start, line.end - 1, line.box, line.turns, line.places[:-1], line.confidence)
