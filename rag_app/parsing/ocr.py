"""Text recognition (OCR): the lines of text on a picture, in Chinese and English, by PP-OCR through RapidOCR.

RapidOCR finds the lines and cuts them out. What its model says of each is decoded here: it knows where each character stands,
and where a space may be that RapidOCR's own decoder drops (English words run together).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag_app.parsing.cleaning import is_cjk

Picture = NDArray[np.uint8]
Corners = NDArray[np.float32]
_FOUND_AT, _SMALLEST_SIDE, _STEP = 1_600_000, 640, 32  # pixels of the picture that lines are looked for on
_LONGEST_CUT = 60.0  # times its height; longer ones are squeezed
_NARROWEST_CUT = 320 / 48
_MOST_LINES = 1000
_AT_ONCE = 2
_BLANK, _SPACE = 0, -1
_SPACE_FROM = 0.01
_CHINESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width marks, letters and digits to those of ASCII
_ENDS_CLAUSE, _ENDS_SENTENCE = re.compile("[^\\W\\d_][,;:]$"), re.compile("[a-z][.!?]$")


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A line on a picture: its corners in pixels, clockwise from the top left, shape (4, 2), and the line cut out.

    A line taller than wide is cut out turned, so that what ran down runs to the right (`is_turned`).
    """

    corners: Corners
    cut: Picture
    is_turned: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says: its text, where each character stands as a share (0 to 1) of the line, and the mean probability."""

    text: str
    places: tuple[float, ...]
    confidence: float


class Recognizer:
    """The models, loaded; they work in one thread. Raises `ImportError` or `OSError` where they cannot be loaded."""

    def __init__(self) -> None:
        import cv2
        from rapidocr_onnxruntime import RapidOCR

        cv2.setNumThreads(1)
        self._cv2: Any = cv2
        self._engine: Any = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
        self._engine.text_det.limit_side_len = _STEP
        self._reader: Any = self._engine.text_rec
        self._characters: Sequence[str] = self._reader.postprocess_op.character

    def find(self, picture: Picture) -> list[Found]:
        """The lines on a picture of shape (height, width, 3), colours from blue to red, in no order."""
        height, width = picture.shape[:2]
        scale = min(max(1.0, _SMALLEST_SIDE / min(height, width)), (_FOUND_AT / (height * width)) ** 0.5)
        size = (max(_STEP, round(width * scale)), max(_STEP, round(height * scale)))
        way = self._cv2.INTER_AREA if scale < 1 else self._cv2.INTER_CUBIC
        boxes, _ = self._engine.text_det(self._cv2.resize(picture, size, interpolation=way))
        if boxes is None or len(boxes) == 0:
            return []
        corners = np.asarray(boxes[:_MOST_LINES], np.float32) * np.array((width / size[0], height / size[1]), np.float32)
        return [self._found(picture, four) for four in corners]

    def _found(self, picture: Picture, corners: Corners) -> Found:
        cut = self._engine.get_crop_img_list(picture, [corners])[0]
        across, down = np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[3] - corners[0])
        return Found(corners, cut, bool(across < down and cut.shape[1] > cut.shape[0]))

    def read(self, cuts: Sequence[Picture]) -> Iterator[tuple[int, Said]]:
        """What lines say that run to the right, as (index, said), a few at a time, the short ones first."""
        ratios = [min(_LONGEST_CUT, cut.shape[1] / cut.shape[0]) for cut in cuts]
        order = sorted(range(len(cuts)), key=ratios.__getitem__)
        for start in range(0, len(order), _AT_ONCE):
            indices = order[start : start + _AT_ONCE]
            widest = max(_NARROWEST_CUT, ratios[indices[-1]])
            images = np.stack([self._reader.resize_norm_img(cuts[index], widest) for index in indices])
            for index, probabilities in zip(indices, self._reader.session(images)[0]):
                yield index, _decoded(probabilities, self._characters, ratios[index] / widest)


@cache
def recognizer() -> Recognizer:
    """The one recognizer of a process, loaded when first needed (a second, 100 MB)."""
    return Recognizer()


@cache
def recognizer_fault() -> str:
    """Why it cannot be loaded, or empty."""
    try:
        recognizer()
    except (ImportError, OSError) as error:
        return str(error)
    return ""


def _decoded(probabilities: NDArray[np.float32], characters: Sequence[str], share: float) -> Said:
    """The likeliest characters of (steps, characters) probabilities, of which the line fills a `share`; likely spaces put in."""
    best = probabilities.argmax(axis=1)
    steps = np.flatnonzero((best != _BLANK) & (best != np.append(_BLANK, best[:-1])))
    read = "".join(characters[best[step]] for step in steps)
    read = read if _CHINESE.search(read) else read.translate(_NARROW)
    text, places = "", list[float]()
    before = 0
    for character, step in zip(read, steps):
        if text and _is_parted(text, character, float(probabilities[before + 1 : step, _SPACE].max(initial=0))):
            text += " "
            places.append((before + step) / 2)
        text += character
        places.append(float(step))
        before = int(step)
    shares = tuple(min(1.0, (place + 0.5) / (share * len(best))) for place in places)
    return Said(text, shares, float(probabilities[steps, best[steps]].mean()) if text else 0.0)


def _is_parted(text: str, character: str, space: float) -> bool:
    """Whether a space, which has the probability `space`, stands between `text` and the next character."""
    if text[-1] == " " or character == " " or is_cjk(text[-1]) or is_cjk(character):
        return False
    return (
        space > _SPACE_FROM
        or (character.isalpha() and bool(_ENDS_CLAUSE.search(text)))
        or (character.isupper() and bool(_ENDS_SENTENCE.search(text)))
    )
