"""The durable queue and the kept files."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag_app.errors import Stopped
from rag_app.interfaces import EmbeddedPassages
from rag_app.records import Document, Page, Passage, Task, TaskState
from rag_app.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "storage")
    yield opened
    opened.close()


def queued(store: Store, tmp_path: Path, name: str, text: str, collection: str | None = None) -> Task:
    source = tmp_path / name
    source.write_text(text)
    return store.queue(store.files.copy(source), name=name, path=str(source), collection=collection)


def finish(store: Store, task: Task) -> None:
    document = Document(task.document_id, task.name, "", "text/plain", 1, (Page(1, "text"),))
    passage = Passage(task.document_id, 1, 0, 4, (), "text")
    store.add(document, [passage], EmbeddedPassages(np.ones((1, 2), np.float32)), task=task, seconds=1.5)


def state(store: Store, task: Task) -> TaskState:
    found = store.task(task.id)
    assert found is not None
    return found.state


def kept(store: Store) -> set[str]:
    return {path.name for path in (store.storage / "files").iterdir()}


def test_queued_file_is_copied_under_its_hash(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.TXT", "hello", "mail")
    digest = hashlib.sha256(b"hello").hexdigest()
    assert task == Task(1, "a.TXT", str(tmp_path / "a.TXT"), digest, "mail", TaskState.WAITING, 0, "", "")
    assert kept(store) == {f"{digest}.txt"}
    assert store.files.path(digest, "a.TXT").read_text() == "hello"


@pytest.mark.parametrize("name", ["a.tar/../../x", "a.", "a", "a.ä", "a.verylongsuffixindeed", ".hidden", "a.p d"])
def test_kept_file_never_leaves_its_folder(store: Store, name: str) -> None:
    assert store.files.path("ab" * 32, name).name == "ab" * 32


def test_oldest_task_is_claimed_once(store: Store, tmp_path: Path) -> None:
    first, second = queued(store, tmp_path, "a.txt", "a"), queued(store, tmp_path, "b.txt", "b")
    assert store.claim_task() == replace(first, state=TaskState.RUNNING, attempts=1)
    assert store.claim_task() == replace(second, state=TaskState.RUNNING, attempts=1)
    assert store.claim_task() is None


def test_document_and_its_task_are_done_in_one_transaction(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.txt", "a", "mail")
    store.claim_task()
    finish(store, task)
    assert state(store, task) is TaskState.DONE
    assert store.document(task.document_id).collections == ("mail",)
    assert not store.has_open_tasks()


def test_cancelled_task_stores_nothing(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.txt", "a")
    store.claim_task()
    store.cancel_task(task.id)
    with pytest.raises(Stopped):
        finish(store, task)
    assert store.documents() == ()
    assert state(store, task) is TaskState.CANCELLED


def test_file_of_a_known_document_is_a_duplicate_and_joins_the_collection(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.txt", "same")
    store.claim_task()
    finish(store, task)
    again = queued(store, tmp_path, "copy.md", "same", "mail")
    sentence = "copy.md is in the library already: it has the same content as a.txt."
    assert (again.state, again.message, again.held_as) == (TaskState.DUPLICATE, sentence, "a.txt")
    assert store.document(task.document_id).collections == ("mail",)
    assert kept(store) == {f"{task.document_id}.txt"}


def test_document_goes_into_its_collection_under_the_name_that_this_has_by_then(store: Store, tmp_path: Path) -> None:
    queued(store, tmp_path, "a.txt", "a", "letters")
    task = store.claim_task()
    assert task is not None
    store.make_collection("letters")
    store.rename_collection("letters", "mail")
    finish(store, task)
    assert store.collections() == ("mail",) and store.document(task.document_id).collections == ("mail",)


def test_duplicate_that_was_cancelled_meanwhile_joins_no_collection(store: Store, tmp_path: Path) -> None:
    first, second = queued(store, tmp_path, "a.txt", "same"), queued(store, tmp_path, "b.txt", "same", "mail")
    assert [store.claim_task(), store.claim_task()] != [None, None]
    finish(store, first)
    store.cancel_task(second.id)
    assert store.finish_duplicate(second, seconds=0.0).state is TaskState.CANCELLED
    store.clear_tasks()
    assert store.finish_duplicate(second, seconds=0.0).state is TaskState.CANCELLED
    assert (store.document(first.document_id).collections, store.tasks()) == ((), ())
    assert not store.fail_task(second.id, reason="", message="", seconds=0.0)


def test_same_file_waiting_already_is_not_queued_again(store: Store, tmp_path: Path) -> None:
    first = queued(store, tmp_path, "a.txt", "same")
    assert queued(store, tmp_path, "a.txt", "same") == first
    other = queued(store, tmp_path, "a.txt", "same", "mail")
    assert store.tasks() == (first, other)


def test_task_of_a_killed_program_waits_again_behind_the_others(store: Store, tmp_path: Path) -> None:
    first, second = queued(store, tmp_path, "a.txt", "a"), queued(store, tmp_path, "b.txt", "b")
    store.claim_task()
    store.recover_tasks(message="killed it")
    assert [task.id for task in (store.claim_task(), store.claim_task()) if task] == [second.id, first.id]


def test_file_that_killed_the_program_three_times_fails(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.txt", "a")
    for _ in range(3):
        assert state(store, task) is TaskState.WAITING
        store.claim_task()
        store.recover_tasks(message="killed it")
    assert store.tasks() == (replace(task, state=TaskState.FAILED, attempts=3, message="a.txt killed it"),)


def test_released_task_waits_again_with_the_attempt_uncounted(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.txt", "a")
    store.claim_task()
    store.release_task(task.id)
    assert store.task(task.id) == task


def test_failed_task_can_be_tried_again(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.txt", "a")
    store.claim_task()
    store.fail_task(task.id, reason="DAMAGED", message="a.txt is damaged.", seconds=2.0)
    failed = replace(task, state=TaskState.FAILED, attempts=1, reason="DAMAGED", message="a.txt is damaged.")
    assert store.task(task.id) == failed
    store.retry_task(task.id)
    assert store.task(task.id) == task


def test_cleared_tasks_take_their_files_with_them(store: Store, tmp_path: Path) -> None:
    done, failed, waiting = (queued(store, tmp_path, f"{name}.txt", name) for name in ("done", "failed", "waiting"))
    store.claim_task()
    finish(store, done)
    store.claim_task()
    store.fail_task(failed.id, reason="", message="", seconds=0.0)
    store.clear_tasks()
    assert store.tasks() == (waiting,)
    assert kept(store) == {f"{done.document_id}.txt", f"{waiting.document_id}.txt"}


def test_document_that_was_not_read_anew_is_kept_until_it_is_discarded(store: Store, tmp_path: Path) -> None:
    for task in (queued(store, tmp_path, "a.txt", "a"), queued(store, tmp_path, "b.txt", "b")):
        store.claim_task()
        finish(store, task)
    store.requeue("other", 3)
    first, second = store.tasks()
    assert store.claim_task() is not None
    store.fail_task(first.id, reason="", message="", seconds=0.0)
    store.clear_tasks()
    store.discard_task(second.id)
    assert [(task.id, task.keeps_last_copy) for task in store.tasks()] == [
        (first.id, True),
        (second.id, True),
    ]
    store.discard_task(first.id)
    assert [task.id for task in store.tasks()] == [second.id]
    assert kept(store) == {f"{second.document_id}.txt"}


def test_removed_document_takes_its_file_and_its_finished_tasks(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.txt", "a")
    store.claim_task()
    finish(store, task)
    store.remove([task.document_id])
    assert store.tasks() == ()
    assert kept(store) == set()


def test_only_done_tasks_with_something_to_tell_are_told_beside_the_others(store: Store, tmp_path: Path) -> None:
    for name in ("well.txt", "damaged.txt", "waiting.txt"):
        queued(store, tmp_path, name, name)
    for damage in ("", "Page 2 is lost."):
        task = store.claim_task()
        assert task is not None
        document = Document(task.document_id, task.name, "", "text/plain", 1, (Page(1, "text"),), damage)
        passage = Passage(task.document_id, 1, 0, 4, (), "text")
        store.add(document, [passage], EmbeddedPassages(np.ones((1, 2), np.float32)), task=task)
    assert [task.name for task in store.tasks()] == ["well.txt", "damaged.txt", "waiting.txt"]
    assert [task.name for task in store.tasks(done=False)] == ["damaged.txt", "waiting.txt"]


def test_sweep_removes_what_nothing_refers_to(store: Store, tmp_path: Path) -> None:
    task = queued(store, tmp_path, "a.txt", "a")
    folder = store.storage / "files"
    (folder / f"{'0' * 64}.pdf").write_text("of a crash")
    (folder / "unfinished-now").write_text("being copied")
    (folder / "unfinished-old").write_text("of a crash")
    long_ago = time.time() - 7200
    os.utime(folder / "unfinished-old", (long_ago, long_ago))
    store.sweep_files()
    assert kept(store) == {f"{task.document_id}.txt", "unfinished-now"}
