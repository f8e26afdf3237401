"""Files on their way into the library."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from os.path import exists
from pathlib import PurePath


class TaskState(str, Enum):
    """Where a file stands on its way into the library."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Task:
    """A file in the durable queue. `document_id` is its sha256, known as soon as the file is taken over.

    With `again` it is the file of a document that the library holds, and keeps as it is until it has been read anew.
    `held_as` is what the document of that content is called in the library, empty where it holds none; `folder` is where the file
    came from, empty for one that was in none.
    """

    id: int
    name: str
    path: str
    document_id: str
    collection: str | None
    state: TaskState
    attempts: int
    reason: str
    message: str
    again: bool = False
    held_as: str = ""
    folder: str = ""

    @property
    def has_file(self) -> bool:
        """Whether its file is kept, or still lies where it came from: what was uploaded or enclosed lies there no longer."""
        return bool(self.document_id) or exists(self.path)

    @property
    def keeps_last_copy(self) -> bool:
        """Whether it keeps the file of a document that was to be read anew and is not in the library meanwhile."""
        return bool(self.document_id) and not self.again and not self.held_as and PurePath(self.path).stem == self.document_id


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running task is: `done` of `total` pages or passages of `stage` (parsing, embedding, storing).

    Within a long sheet it is rows that are done, and the total is 0: nobody knows it yet.
    """

    task_id: int
    name: str
    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """How one file ended. `reason` is a code of `errors.Reason` or empty, `message` the sentence for a person.

    A file that was added although it is damaged is done, with that reason and what was recovered.
    """

    path: str
    name: str
    state: TaskState
    document_id: str
    pages: int
    passages: int
    seconds: float
    reason: str
    message: str
    folder: str = ""

    @classmethod
    def of(cls, task: Task) -> FileOutcome:
        """How the file of a task ended that never waited in the queue."""
        return cls(task.path, task.name, task.state, task.document_id, 0, 0, 0.0, task.reason, task.message, task.folder)
