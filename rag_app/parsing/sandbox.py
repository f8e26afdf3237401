"""The parser the app uses: reads every document in a confined child process and names what went wrong with it."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from rag_app.errors import DocumentError, Reason
from rag_app.parsing import messages
from rag_app.parsing.formats import ENCLOSING, IMAGES, PDF
from rag_app.parsing.marking import marked
from rag_app.parsing.page_images import PageImages
from rag_app.parsing.source import LONGEST_TITLE, MEGABYTE
from rag_app.parsing.supervised_child import SupervisedChild
from rag_app.records import WITHIN, Document, EnclosedFile, Page, Rectangle
from rag_app.settings import Settings

if TYPE_CHECKING:
    from rag_app.interfaces import PageProgress, Stop  # numpy behind it would double the time in which the child starts

_MOST_IMAGE_BYTES = 32 * MEGABYTE
_WITH_PICTURES = frozenset((PDF, *IMAGES))
_GENERIC = re.compile("scan|document|doc|download|file|untitled|image|img|page|copy|print|output|文档|扫描|下载", re.IGNORECASE)
_SAYS_SOMETHING = re.compile("[^\\W\\d_]{3}|[\u4e00-\u9fff]{2}")


class SandboxedParser:
    """Reads documents in one child process and shows pages from another, so that neither waits for the other.

    Safe to use from many threads; close it when done.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reading = SupervisedChild(settings)
        self._viewing = SupervisedChild(settings)
        self._images = PageImages(most_bytes=_MOST_IMAGE_BYTES)

    def follow(self, settings: Settings) -> None:
        """Go by these settings from the next file on; the memory and time of a running process stay as they were."""
        self._settings = settings

    def rest(self) -> None:
        """End the process that reads if it grew: text recognition (OCR) stays loaded in it for the next file."""
        self._reading.rest()

    def close(self) -> None:
        """End both processes."""
        self._reading.close()
        self._viewing.close()

    def parse(
        self, path: Path, *, name: str, document_id: str, progress: PageProgress, stop: Stop, password: str = ""
    ) -> Document:
        """Read `path`; `name` is what the user calls it, `password` opens it. `progress(done, total)` counts pages,
        and within a long sheet rows, with a total of 0.

        Raises `DocumentError` with a reason, `Stopped` when `stop()` became true.
        """
        size = self._size(path, name)
        media_type, title, damage, total = "", "", "", 1
        texts: list[str] = []
        pages: list[Page] = []
        request = {"kind": messages.READ, "ocr": self._settings.ocr == "on", **self._asked(path, name, password)}
        with closing(self._reading.ask(request, name=name, stop=stop)) as answers:
            for answer in answers:
                if answer["kind"] == messages.OPENED:
                    media_type, title, total = answer["media_type"], answer["title"], answer["pages"]
                elif answer["kind"] == messages.TEXT:
                    texts.append(answer["text"])
                elif answer["kind"] == messages.PAGE:
                    pages.append(messages.page_of(texts, answer))
                    texts.clear()
                    progress(len(pages), total)
                elif answer["kind"] == messages.WORKING and "rows" in answer:
                    progress(answer["rows"], 0)
                elif answer["kind"] == messages.DAMAGE:
                    damage = answer["message"]
        title = (title or _title(pages, name, media_type))[:LONGEST_TITLE].rstrip()
        return Document(document_id, name, title, media_type, size, tuple(pages), damage)

    def enclosed(
        self, path: Path, *, name: str, media_type: str, stop: Stop, password: str
    ) -> Generator[EnclosedFile, None, None]:
        """The files within a file that was read. A copy is gone with the next; close the iterator if not taken to its end.

        Raises as `parse` does.
        """
        if media_type not in ENCLOSING:
            return
        request = {"kind": messages.UNPACK, "media_type": media_type, **self._asked(path, name, password)}
        with closing(self._reading.ask(request, name=name, stop=stop)) as answers:
            for answer in answers:
                if answer["kind"] == messages.ENCLOSED:
                    copy = messages.enclosed_path(self._reading.folder, int(answer["number"]))
                    try:
                        yield EnclosedFile(answer["name"], copy, answer["reason"], answer["message"])
                    finally:
                        copy.unlink(missing_ok=True)

    def view(
        self, path: Path, *, name: str, media_type: str, page: Page, start: int, end: int
    ) -> tuple[bytes | None, tuple[Rectangle, ...]]:
        """A PNG of a page and where `page.text[start:end]` stands on it, a rectangle a line; None and () without pictures.

        `page` is given as it was read. The picture is kept, as the last ones shown are. Raises `DocumentError`.
        """
        if media_type not in _WITH_PICTURES:
            return None, ()
        key = (str(path.resolve()), _changed_at(path, name), page.number)
        image = self._images.get(key)
        if image is not None and (page.lines or start == end):
            return image, marked(page.lines, start, end)
        place = {"page": page.number, "text": page.text, "start": start, "end": end, "draw": image is None}
        request = {"kind": messages.VIEW, "media_type": media_type, **place, **self._asked(path, name, "")}
        with closing(self._viewing.ask(request, name=name, stop=lambda: False)) as answers:
            drawn, rectangles = messages.view_of(next(answers))
        if image is None:
            self._images.keep(key, drawn)
        return image or drawn, marked(page.lines, start, end) if page.lines else rectangles

    def _asked(self, path: Path, name: str, password: str) -> dict[str, str | int]:
        return {"path": str(path.resolve()), "name": name, "max_pages": self._settings.max_pages, "password": password}

    def _size(self, path: Path, name: str) -> int:
        try:
            size = path.stat().st_size
        except OSError as error:
            raise DocumentError(Reason.NOT_FOUND, f"{name} is not there any more. Add it again.") from error
        if size > self._settings.max_file_mb * MEGABYTE:
            allowed = self._settings.max_file_mb
            raise DocumentError(Reason.TOO_BIG, f"{name} is larger than {allowed} MB. Split it, or raise max_file_mb.")
        return size


def _changed_at(path: Path, name: str) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise DocumentError(Reason.NOT_FOUND, f"{name} is not there any more. Add it again.") from error


def _title(pages: Sequence[Page], name: str, media_type: str) -> str:
    """The words of the first heading, or the file's name without its ending.

    A heading of a PDF is a guess from its look, often a letterhead; so there the name goes first, if it says anything.
    """
    stem = PurePath(name.rpartition(WITHIN)[2]).stem
    first = next((page for page in pages if page.text), None)
    if first is None or not first.headings or (media_type == PDF and _SAYS_SOMETHING.search(_GENERIC.sub("", stem))):
        return stem
    heading = first.headings[0]
    return first.text[heading.start : heading.end]
