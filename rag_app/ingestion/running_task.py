"""A file read and cut into passages in a thread of its own, so that its progress can be told meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from queue import SimpleQueue

from rag_app.interfaces import PageProgress, Stop
from rag_app.records import Document, Passage, Progress, Task

Read = Callable[[Task, PageProgress, Stop], Document]
Split = Callable[[Document, PageProgress, Stop], tuple[Passage, ...]]


class RunningTask:
    """A task whose file is being read: its progress as it comes, then the document with its passages."""

    def __init__(self, task: Task, read: Read, split: Split, stop: Stop, executor: Executor) -> None:
        self.task = task
        self.stop = stop
        self._queue: SimpleQueue[Progress | None] = SimpleQueue()
        self._result = executor.submit(self._run, read, split)

    def progress(self) -> Iterator[Progress]:
        """How far it is, until the file is read and cut or could not be."""
        return iter(self._queue.get, None)

    def result(self) -> tuple[Document, tuple[Passage, ...]]:
        """The document and its passages. Raises what reading and cutting it raised."""
        return self._result.result()

    def _run(self, read: Read, split: Split) -> tuple[Document, tuple[Passage, ...]]:
        try:
            document = read(self.task, self._teller("parsing"), self.stop)
            return document, split(document, self._teller("splitting"), self.stop)
        finally:
            self._queue.put(None)

    def _teller(self, stage: str) -> PageProgress:
        return lambda done, total: self._queue.put(Progress(self.task.id, self.task.name, stage, done, total))
