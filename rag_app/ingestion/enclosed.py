"""Files within files, as the attachments of a mail: each becomes a document of its own, named after both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from rag_app.errors import Reason, Stopped
from rag_app.ingestion.taking_over import take_over
from rag_app.interfaces import Parser, Stop
from rag_app.records import WITHIN, EnclosedFile, Task
from rag_app.store import Store

DEEPEST = 3

# Why the library has no room for one more file of so many bytes, or "".
WhyNoRoom = Callable[[int], str]


@contextmanager
def take_enclosed(
    store: Store,
    parser: Parser,
    task: Task,
    *,
    media_type: str,
    max_file_mb: int,
    why_no_room: WhyNoRoom,
    stop: Stop,
    password: str,
) -> Iterator[tuple[Task, ...]]:
    """The tasks of the files within the file of `task`, which was read: waiting, duplicates, or failed with their reason.

    If that is cancelled before the end of the block, which stores it, they are cancelled with it. A file that is read again, from
    the library's own copy, gives none: what was in it came the first time, and what was removed since stays removed. Raises as
    the parser does.
    """
    path, taken = store.files.path(task.document_id, task.name), list[Task]()
    try:
        if not (task.again or store.files.is_own(task.path, task.document_id, task.name)):
            with closing(parser.enclosed(path, name=task.name, media_type=media_type, stop=stop, password=password)) as files:
                for file in files:
                    taken.append(_take(store, task, file, max_file_mb, why_no_room))
        yield tuple(taken)
    except Stopped:
        for one in () if store.task_is_running(task.id) else taken:
            store.cancel_task(one.id)
        raise


def _take(store: Store, task: Task, file: EnclosedFile, max_file_mb: int, why_no_room: WhyNoRoom) -> Task:
    origin = task.path + file.name.removeprefix(task.name)
    reason, message = file.reason, file.message
    if not reason and task.name.count(WITHIN) >= DEEPEST:
        reason = Reason.EXPANDS_TOO_MUCH.value
        message = f"{file.name} lies more than {DEEPEST} files deep in others. Take it out yourself, and add it."
    if not reason and (why := why_no_room(file.path.stat().st_size)):
        reason, message = Reason.LIBRARY_FULL.value, f"{file.name} was not taken out of {task.name}. {why}"
    if reason:
        told = {"reason": reason, "message": message}
        return store.queue_failed(name=file.name, path=origin, collection=task.collection, folder=task.folder, **told)
    return take_over(
        store,
        file.path,
        name=file.name,
        collection=task.collection,
        max_file_mb=max_file_mb,
        origin=origin,
        folder=task.folder,
    )
