"""Pictures of the pages shown last, so that turning back, or to another quote of a page, draws nothing anew."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

PageKey = tuple[str, int, int]


class PageImages:
    """PNG images by file, time of its last change, and page; the longest unused go when there are too many bytes."""

    def __init__(self, *, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._images: OrderedDict[PageKey, bytes] = OrderedDict()
        self._bytes = 0

    def get(self, key: PageKey) -> bytes | None:
        """The picture of a page, if it is still there."""
        with self._lock:
            image = self._images.get(key)
            if image is not None:
                self._images.move_to_end(key)
            return image

    def keep(self, key: PageKey, image: bytes) -> None:
        """Keep the picture of a page."""
        with self._lock:
            self._bytes += len(image) - len(self._images.pop(key, b""))
            self._images[key] = image
            while self._bytes > self._most_bytes:
                _, oldest = self._images.popitem(last=False)
                self._bytes -= len(oldest)
