"""The order in which boxes on a page are read: columns one after the other, rows from left to right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.float64]
_FEWEST_OF_A_COLUMN = 3
_MOST_ACROSS = 0.25
_LEAST_WIDTH = 5.0
_LEAST_SHARED = 0.5
_LEFT, _TOP, _RIGHT, _BOTTOM = range(4)


def in_reading_order(boxes: Boxes) -> list[int]:
    """The indices of boxes (left, top, right, bottom), shape (count, 4), downwards counting up, in the order they are read."""
    return _ordered(boxes, np.arange(len(boxes)))


def _ordered(boxes: Boxes, chosen: NDArray[np.intp]) -> list[int]:
    gutter = _gutter(boxes[chosen])
    if gutter is None:
        return _by_rows(boxes, chosen)
    across = (boxes[chosen, _LEFT] < gutter) & (boxes[chosen, _RIGHT] > gutter)
    order: list[int] = []
    rest = chosen[~across]
    for title in _by_rows(boxes, chosen[across]):
        middles = _middles(boxes[rest])
        is_beside = (middles > boxes[title, _TOP]) & (middles < boxes[title, _BOTTOM])
        is_above = (middles < boxes[title, _TOP]) & ~is_beside
        beside = sorted((title, *rest[is_beside]), key=lambda one: boxes[one, _LEFT])
        order += _columns(boxes, rest[is_above], gutter) + [int(one) for one in beside]
        rest = rest[~is_above & ~is_beside]
    return order + _columns(boxes, rest, gutter)


def _columns(boxes: Boxes, chosen: NDArray[np.intp], gutter: float) -> list[int]:
    is_left = boxes[chosen, _RIGHT] <= gutter
    return _ordered(boxes, chosen[is_left]) + _ordered(boxes, chosen[~is_left])


def _gutter(boxes: Boxes) -> float | None:
    """Where columns of text part: few boxes cross it, both sides have lines (not cells) that stand beside each other."""
    if len(boxes) < 2 * _FEWEST_OF_A_COLUMN:
        return None
    best: tuple[int, float] | None = None
    for gutter in np.unique(boxes[:, _RIGHT]):
        left, right = boxes[boxes[:, _RIGHT] <= gutter], boxes[boxes[:, _LEFT] >= gutter]
        crossing = len(boxes) - len(left) - len(right)
        few_cross = crossing <= _MOST_ACROSS * len(boxes) and (best is None or crossing < best[0])
        if few_cross and _is_column(left) and _is_column(right) and _stand_beside(left, right):
            best = (crossing, float(gutter))
    return best[1] if best else None


def _is_column(boxes: Boxes) -> bool:
    if len(boxes) < _FEWEST_OF_A_COLUMN:
        return False
    widths, heights = boxes[:, _RIGHT] - boxes[:, _LEFT], boxes[:, _BOTTOM] - boxes[:, _TOP]
    return bool(np.median(widths) > _LEAST_WIDTH * np.median(heights))


def _stand_beside(one: Boxes, other: Boxes) -> bool:
    top, bottom = max(one[:, _TOP].min(), other[:, _TOP].min()), min(one[:, _BOTTOM].max(), other[:, _BOTTOM].max())
    shortest = min(np.ptp(one[:, [_TOP, _BOTTOM]]), np.ptp(other[:, [_TOP, _BOTTOM]]))
    return bool(bottom - top > _LEAST_SHARED * shortest)


def _by_rows(boxes: Boxes, chosen: NDArray[np.intp]) -> list[int]:
    """From the top, boxes on one height from the left."""
    order: list[int] = []
    row: list[int] = []
    for index in chosen[np.argsort(_middles(boxes[chosen]), kind="stable")]:
        if row and _middles(boxes[[index]])[0] > boxes[row, _BOTTOM].mean() - 0.25 * np.ptp(boxes[row[0], [_TOP, _BOTTOM]]):
            order += sorted(row, key=lambda one: boxes[one, _LEFT])
            row = []
        row.append(int(index))
    return order + sorted(row, key=lambda one: boxes[one, _LEFT])


def _middles(boxes: Boxes) -> Boxes:
    return (boxes[:, _TOP] + boxes[:, _BOTTOM]) / 2
