"""A file read in a thread of its own, so that its progress can be told while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from queue import SimpleQueue

from rag_app.interfaces import PageProgress, Stop
from rag_app.records import Document, Task

Read = Callable[[Task, PageProgress, Stop], Document]


class Reading:
    """A task whose file is being read: the pages as they come, then the document."""

    def __init__(self, task: Task, read: Read, stop: Stop, executor: Executor) -> None:
        self.task = task
        self.stop = stop
        self._pages: SimpleQueue[tuple[int, int] | None] = SimpleQueue()
        self._document = executor.submit(self._run, read)

    def pages(self) -> Iterator[tuple[int, int]]:
        """How far it is, as (pages done, pages in all), until the file is read or could not be."""
        return iter(self._pages.get, None)

    def document(self) -> Document:
        """The document. Raises what reading it raised."""
        return self._document.result()

    def _run(self, read: Read) -> Document:
        try:
            return read(self.task, lambda done, total: self._pages.put((done, total)), self.stop)
        finally:
            self._pages.put(None)
