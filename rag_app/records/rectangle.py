"""A box on a page's picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box on a page, each side as a share (0 to 1) of the page's width or height, origin at the top left."""

    left: float
    top: float
    right: float
    bottom: float
