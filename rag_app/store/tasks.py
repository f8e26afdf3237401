"""The queue of files on their way into the library. It survives any crash."""

from __future__ import annotations

import contextlib
import json
from collections import defaultdict
from dataclasses import replace

from sqlite_utils import Database

from rag_app.errors import Reason
from rag_app.records import Task, TaskState
from rag_app.store.collections import put_in
from rag_app.store.files import Copy
from rag_app.store.folders import note_origin
from rag_app.store.opening import Row
from rag_app.store.origins import note_folder
from rag_app.store.part import OPEN, Part, now
from rag_app.store.sweeping import FINISHED, sweep

MOST_ATTEMPTS = 3
_HELD_AS = "coalesce((select d.called from documents d where d.id = tasks.document_id), '')"
_COLUMNS = f"id, name, path, document_id, collection, state, attempts, reason, message, again, {_HELD_AS}, folder"
_SHARED = "select name from tasks group by name having min(folder) <> max(folder)"


class Tasks(Part):
    """Tasks and their states."""

    def queue(
        self, copy: Copy, *, name: str, path: str, collection: str | None, folder: str = "", from_folder: bool = False
    ) -> Task:
        """Keep a copied file and queue it; a document that the library holds already is put into `collection` instead.

        `folder` is where it came from, empty for a file that was in none. `from_folder` says that no person asked for this very
        file: a folder is kept in step. The same file waiting already is not queued again: its task is given.
        Raises `OSError` when the file cannot be kept.
        """
        with contextlib.ExitStack() as stack:
            stack.callback(self.files.drop, copy)
            database = stack.enter_context(self._connections.writing())
            note_origin(database, copy.document_id, from_folder=from_folder)
            if waiting := _waiting(database, copy.document_id, name, collection):
                return waiting
            known = database.execute("select called from documents where id = ?", [copy.document_id]).fetchone()
            if known and collection is not None:
                put_in(database, [copy.document_id], collection)
            if not known:
                note_folder(database, copy.document_id, folder)
                self.files.keep(copy, name)
            state = TaskState.DUPLICATE if known else TaskState.WAITING
            reason, message = (Reason.DUPLICATE.value, _duplicate(name, known[0])) if known else ("", "")
            return _inserted(database, name, path, copy.document_id, collection, state.value, reason, message, folder)

    def queue_failed(self, *, name: str, path: str, collection: str | None, reason: str, message: str, folder: str = "") -> Task:
        """Record a file that could not even be queued."""
        with self._connections.writing() as database:
            return _inserted(database, name, path, "", collection, TaskState.FAILED.value, reason, message, folder)

    def tasks(self, *, done: bool = True) -> tuple[Task, ...]:
        """All tasks, the oldest first; without those that are `done` only if something is to be told of them."""
        which = "" if done else f"where state <> '{TaskState.DONE.value}' or reason <> ''"
        return tuple(_task(row) for row in self._connections.rows(f"select {_COLUMNS} from tasks {which} order by id"))

    def task(self, task_id: int) -> Task | None:
        """One task, or None when it was cleared."""
        rows = self._connections.rows(f"select {_COLUMNS} from tasks where id = ?", [task_id])
        return _task(rows[0]) if rows else None

    def task_folders(self, name: str = "") -> dict[str, list[str]]:
        """The folders that the files of a name came from, or of each name that was found in several."""
        which, values = ("name = ?", [name]) if name else (f"name in ({_SHARED})", [])
        folders = defaultdict[str, list[str]](list)
        for one, folder in self._connections.rows(f"select distinct name, folder from tasks where {which}", values):
            folders[one].append(folder)
        return folders

    def has_open_tasks(self) -> bool:
        """Whether any task waits or runs."""
        return bool(self._connections.rows(f"select 1 from tasks where state in {OPEN} limit 1"))

    def open_task_count(self) -> int:
        """How many tasks wait or run."""
        count: int = self._connections.rows(f"select count(*) from tasks where state in {OPEN}")[0][0]
        return count

    def task_is_running(self, task_id: int) -> bool:
        """Whether a task still runs, and was not cancelled."""
        return bool(self._connections.rows("select 1 from tasks where id = ? and state = ?", [task_id, TaskState.RUNNING.value]))

    def claim_task(self) -> Task | None:
        """The oldest waiting task, running from now on, or None. One that was tried before comes after the others."""
        sql = f"""update tasks set state = ?, attempts = attempts + 1, updated_at = ?
            where id = (select id from tasks where state = ? order by attempts, id limit 1) returning {_COLUMNS}"""
        with self._connections.writing() as database:
            row = database.execute(sql, [TaskState.RUNNING.value, now(), TaskState.WAITING.value]).fetchone()
            return _task(row) if row else None

    def release_task(self, task_id: int) -> bool:
        """Put a running task back into the queue, the attempt uncounted; whether it still ran."""
        sql = "update tasks set state = ?, attempts = attempts - 1, updated_at = ? where id = ? and state = ?"
        with self._connections.writing() as database:
            return bool(database.execute(sql, [TaskState.WAITING.value, now(), task_id, TaskState.RUNNING.value]).rowcount)

    def fail_task(self, task_id: int, *, reason: str, message: str, seconds: float) -> bool:
        """End a running task as failed; False when it was cancelled meanwhile, and stays so."""
        sql = "update tasks set state = ?, reason = ?, message = ?, seconds = ?, updated_at = ? where id = ? and state = ?"
        with self._connections.writing() as database:
            values = [TaskState.FAILED.value, reason, message, seconds, now(), task_id, TaskState.RUNNING.value]
            return bool(database.execute(sql, values).rowcount)

    def finish_duplicate(self, task: Task, *, seconds: float) -> Task:
        """End a running task whose document came into the library meanwhile; put that into the task's collection.

        Of one that was cancelled meanwhile nothing is done.
        """
        sql = "update tasks set state = ?, reason = ?, message = ?, seconds = ?, updated_at = ? where id = ?"
        with self._connections.writing() as database:
            found = f"select {_COLUMNS} from tasks where id = ? and state = ?"
            row = database.execute(found, [task.id, TaskState.RUNNING.value]).fetchone()
            if row is None:
                return replace(task, state=TaskState.CANCELLED)
            if task.collection is not None:
                put_in(database, [task.document_id], task.collection)
            held_as = _task(row).held_as
            message = _duplicate(task.name, held_as)
            database.execute(sql, [TaskState.DUPLICATE.value, Reason.DUPLICATE.value, message, seconds, now(), task.id])
        return replace(task, state=TaskState.DUPLICATE, reason=Reason.DUPLICATE.value, message=message, held_as=held_as)

    def cancel_task(self, task_id: int) -> None:
        """Cancel a task that waits or runs."""
        sql = f"update tasks set state = ?, updated_at = ? where id = ? and state in {OPEN}"
        with self._connections.writing() as database:
            database.execute(sql, [TaskState.CANCELLED.value, now(), task_id])

    def cancel_tasks(self) -> None:
        """Cancel every task that waits or runs."""
        sql = f"update tasks set state = ?, updated_at = ? where state in {OPEN}"
        with self._connections.writing() as database:
            database.execute(sql, [TaskState.CANCELLED.value, now()])

    def retry_task(self, task_id: int) -> None:
        """Let a failed or cancelled task wait again, as if new."""
        sql = """update tasks set state = ?, attempts = 0, reason = '', message = '', updated_at = ?
            where id = ? and state in (?, ?)"""
        with self._connections.writing() as database:
            again = [TaskState.FAILED.value, TaskState.CANCELLED.value]
            database.execute(sql, [TaskState.WAITING.value, now(), task_id, *again])

    def clear_tasks(self) -> None:
        """Forget the tasks that neither wait nor run, and the kept files that only they referred to.

        A document that was put back into the queue, and could not be read or was cancelled, stays: its file may be the only copy.
        """
        ended = f"""select id, path, document_id, name from tasks where state not in {OPEN} and state not in {FINISHED}
            and document_id not in (select id from documents)"""
        with self._connections.writing() as database:
            rows = database.execute(ended).fetchall()
            lost = [label for label, *file in rows if self.files.is_own(*file)]
            sql = f"delete from tasks where state not in {OPEN} and id not in (select value from json_each(?))"
            database.execute(sql, [json.dumps(lost)])
        self.sweep_files()

    def discard_task(self, task_id: int) -> None:
        """Forget a task that neither waits nor runs, with the kept file if only it referred to that."""
        with self._connections.writing() as database:
            database.execute(f"delete from tasks where id = ? and state not in {OPEN}", [task_id])
        self.sweep_files()

    def forget_task(self, task_id: int) -> None:
        """Remove a task from the queue."""
        with self._connections.writing() as database:
            database.execute("delete from tasks where id = ?", [task_id])

    def recover_tasks(self, *, message: str) -> None:
        """Put the tasks of a killed program back into the queue; those tried too often fail with their name and `message`."""
        running = TaskState.RUNNING.value
        failed = "update tasks set state = ?, message = name || ' ' || ?, updated_at = ? where state = ? and attempts >= ?"
        with self._connections.writing() as database:
            database.execute(failed, [TaskState.FAILED.value, message, now(), running, MOST_ATTEMPTS])
            waiting = "update tasks set state = ?, updated_at = ? where state = ?"
            database.execute(waiting, [TaskState.WAITING.value, now(), running])

    def sweep_files(self) -> None:
        """Remove kept files that nothing refers to: what a crash between two steps may leave."""
        with self._connections.writing() as database:
            sweep(database, self.files)
        self.files.remove_abandoned()


def _duplicate(name: str, held_as: str) -> str:
    """The sentence about a file whose content the library holds already, under this or another name."""
    if held_as in ("", name):
        return f"{name} is in the library already."
    return f"{name} is in the library already: it has the same content as {held_as}."


def _waiting(database: Database, document_id: str, name: str, collection: str | None) -> Task | None:
    sql = f"select {_COLUMNS} from tasks where document_id = ? and name = ? and collection is ? and state in {OPEN}"
    row = database.execute(sql, [document_id, name, collection]).fetchone()
    return _task(row) if row else None


def _inserted(database: Database, *values: str | None) -> Task:
    """A new task: its name, path, document, collection, state, reason, message and folder."""
    sql = f"""insert into tasks (name, path, document_id, collection, state, reason, message, folder, queued_at, updated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning {_COLUMNS}"""
    return _task(database.execute(sql, [*values, now(), now()]).fetchone())


def _task(row: Row) -> Task:
    label, name, path, document_id, collection, state, attempts, reason, message, again, held_as, folder = row
    state = TaskState(state)
    return Task(label, name, path, document_id, collection, state, attempts, reason, message, bool(again), held_as, folder)
