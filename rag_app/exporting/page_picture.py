"""A picture of a cited page in a PDF, with its quotes marked."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from rag_app.records import PageView

MARKER, MARKER_ALPHA, FRAME = HexColor("#ffd43b"), 0.45, HexColor("#c9c5b8")


class PagePicture(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The page of `views` (the same page, a quote each), at most `width` by `height` points large. The first has an image."""

    def __init__(self, views: Sequence[PageView], *, width: float, height: float) -> None:
        super().__init__()
        self._picture = ImageReader(io.BytesIO(views[0].image or b""))
        self._rectangles = [rectangle for view in views for rectangle in view.rectangles]
        wide, high = self._picture.getSize()
        scale = min(width / wide, height / high)
        self.width, self.height = wide * scale, high * scale

    def draw(self) -> None:
        """Draw the picture, and the marks over it, on the canvas that reportlab gave."""
        canvas, width, height = self.canv, self.width, self.height
        canvas.drawImage(self._picture, 0, 0, width, height)
        canvas.setStrokeColor(FRAME)
        canvas.rect(0, 0, width, height, stroke=1, fill=0)
        canvas.setFillColor(MARKER, alpha=MARKER_ALPHA)
        for box in self._rectangles:
            high, wide = (box.bottom - box.top) * height, (box.right - box.left) * width
            canvas.rect(box.left * width, (1 - box.bottom) * height, wide, high, stroke=0, fill=1)
