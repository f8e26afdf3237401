"""From paths to stored documents, with all that can go wrong on the way."""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag_app.embedding import BagOfWordsEmbedder
from rag_app.errors import FullDiskError, LibraryError, ModelError, Reason
from rag_app.ingestion import Ingestion
from rag_app.ingestion.ingestion import EMBEDDED_AT_ONCE
from rag_app.ingestion.looking import look
from rag_app.interfaces import Vectors
from rag_app.records import Document, FileOutcome, Progress, TaskState
from rag_app.settings import Settings
from rag_app.store import DATABASE, Store, open_problems
from tests.small_library import document_of
from tests.text_parser import TextParser

SETTINGS = Settings(passage_tokens=20, overlap_tokens=0)


def never() -> bool:
    return False


def nothing() -> None:
    return None


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "storage")
    yield opened
    opened.close()


def ingestion(store: Store, *, at_page: Callable[[], None] = nothing, settings: Settings = SETTINGS) -> Ingestion:
    return Ingestion(store, TextParser(at_page), BagOfWordsEmbedder(), settings)


def written(folder: Path, **texts: str) -> Path:
    """A folder with a file `name.txt` for each text."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def outcomes(flow: Ingestion) -> list[FileOutcome]:
    return [event for event in flow.work(never) if isinstance(event, FileOutcome)]


def names(store: Store) -> list[str]:
    return [document.name for document in store.documents()]


def states(store: Store) -> list[tuple[str, TaskState]]:
    return [(task.name, task.state) for task in store.tasks()]


def test_files_become_documents_and_each_tells_its_progress_and_end(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    folder = written(tmp_path / "in", a="Cats sleep.\fDogs bark.", b="Birds sing.")
    taken = list[int]()
    tasks = flow.add([folder], collection="pets", progress=taken.append)
    assert taken == [1, 2]
    assert [(task.name, task.state, task.collection) for task in tasks] == [
        ("a.txt", TaskState.WAITING, "pets"),
        ("b.txt", TaskState.WAITING, "pets"),
    ]
    events = list(flow.work(never))
    assert [event for event in events if isinstance(event, Progress)] == [
        Progress(1, "a.txt", "parsing", 1, 2),
        Progress(1, "a.txt", "parsing", 2, 2),
        Progress(1, "a.txt", "embedding", 2, 2),
        Progress(1, "a.txt", "storing", 0, 1),
        Progress(2, "b.txt", "parsing", 1, 1),
        Progress(2, "b.txt", "embedding", 1, 1),
        Progress(2, "b.txt", "storing", 0, 1),
    ]
    digest = hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest()
    ended = [replace(event, seconds=0.0) for event in events if isinstance(event, FileOutcome)]
    assert ended[0] == FileOutcome(str(folder / "a.txt"), "a.txt", TaskState.DONE, digest, 2, 2, 0.0, "", "", str(folder))
    assert names(store) == ["a.txt", "b.txt"]
    assert [stored.passage.text for stored in store.passages(digest)] == ["Cats sleep.", "Dogs bark."]
    assert store.document(digest).collections == ("pets",)
    assert store.document_file(digest).read_text() == "Cats sleep.\fDogs bark."
    assert [label for label, _ in store.lexical_search(["dogs"], 5)] == [2]
    assert open_problems(store.storage / DATABASE) == ()


def test_a_document_of_several_passages_has_a_vector_of_its_beginning(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    long = " ".join(f"Room {number} of the house is painted blue and has one window." for number in range(400))
    flow.add([written(tmp_path / "in", long=long, short="Cats sleep.") / name for name in ("long.txt", "short.txt")])
    assert [outcome.passages > EMBEDDED_AT_ONCE for outcome in outcomes(flow)] == [True, False]
    ids = {document.name: document.id for document in store.documents()}
    (expected,) = BagOfWordsEmbedder().embed_passages([f"long\n{long}"])
    assert {label: list(vector) for label, vector in store.opening_vectors([*ids.values()]).items()} == {
        ids["long.txt"]: list(expected)
    }
    passages = store.passages(ids["long.txt"])
    assert len(store.token_vectors([one.id for one in passages])) == len(passages)


def test_one_bad_file_never_stops_the_rest(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    flow.add([written(tmp_path / "in", a="DAMAGED", b="DEFECT", c="!!!", d="Good text.")])
    ended = outcomes(flow)
    assert [(one.name, one.state, one.reason) for one in ended] == [
        ("a.txt", TaskState.FAILED, Reason.DAMAGED.value),
        ("b.txt", TaskState.FAILED, ""),
        ("c.txt", TaskState.DONE, ""),
        ("d.txt", TaskState.DONE, ""),
    ]
    assert ended[0].message == "a.txt is damaged. Save it again."
    assert "b.txt could not be added" in ended[1].message
    assert [(task.state.value, task.message) for task in store.tasks()][:2] == [
        ("failed", ended[0].message),
        ("failed", ended[1].message),
    ]


def test_what_was_embedded_before_a_pause_is_not_embedded_again(store: Store, tmp_path: Path) -> None:
    class Noting(BagOfWordsEmbedder):
        def embed_passages_by_token(self, texts: Sequence[str]) -> tuple[Vectors, tuple[Vectors, ...]]:
            embedded.extend(texts)
            return super().embed_passages_by_token(texts)

    embedded, paused = list[str](), threading.Event()
    flow = Ingestion(store, TextParser(nothing), Noting(), SETTINGS)
    flow.add([written(tmp_path / "in", a="\f".join(f"Cat {number} sleeps." for number in range(3 * EMBEDDED_AT_ONCE)))])
    for event in flow.work(paused.is_set):
        if isinstance(event, Progress) and event.stage == "embedding" and event.done == 2 * EMBEDDED_AT_ONCE:
            paused.set()
    assert (len(embedded), names(store)) == (2 * EMBEDDED_AT_ONCE, [])
    (outcome,) = outcomes(flow)
    assert (outcome.state, outcome.passages) == (TaskState.DONE, 3 * EMBEDDED_AT_ONCE)
    assert len(embedded) == len(set(embedded)) == 3 * EMBEDDED_AT_ONCE + 1


def test_document_without_text_fails(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    flow.add([written(tmp_path / "in", a=" \n\f ")])
    [ended] = outcomes(flow)
    assert (ended.state, ended.reason) == (TaskState.FAILED, Reason.EMPTY_FILE.value)


def test_file_that_cannot_be_taken_over_is_a_failed_task_with_its_reason(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store, settings=SETTINGS.changed(max_file_mb=1))
    folder = written(tmp_path / "in", empty="", big="x" * 1_048_577)
    (folder / "nothing").mkdir()
    os.mkfifo(folder / "pipe")
    paths = [folder / name for name in ("missing.txt", "empty.txt", "big.txt", "nothing", "pipe")]
    tasks = flow.add([*paths, folder / "empty.txt" / "deeper.txt", folder / ("long" * 100)])
    assert [(task.state, task.reason, task.document_id) for task in tasks] == [
        (TaskState.FAILED, Reason.NOT_FOUND.value, ""),
        (TaskState.FAILED, Reason.EMPTY_FILE.value, ""),
        (TaskState.FAILED, Reason.TOO_BIG.value, ""),
        (TaskState.FAILED, Reason.NOT_FOUND.value, ""),
        (TaskState.FAILED, Reason.UNSUPPORTED.value, ""),
        (TaskState.FAILED, Reason.NOT_FOUND.value, ""),
        (TaskState.FAILED, Reason.NOT_FOUND.value, ""),
    ]
    assert all(task.name in task.message for task in tasks)
    assert store.tasks() == tasks
    assert outcomes(flow) == []


def test_path_that_no_file_can_have_is_a_failed_task(store: Store) -> None:
    (task,) = ingestion(store).add([Path("a\0b.txt")])
    assert (task.state, task.reason) == (TaskState.FAILED, Reason.NOT_FOUND.value)
    assert task.message == "a b.txt is not what a file can be called. Check the path and add it again."


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_what_may_not_be_read_is_a_failed_task_and_the_rest_is_read(store: Store, tmp_path: Path) -> None:
    folder = written(tmp_path / "in", a="Cats sleep.")
    for closed, mode in (("shut", 0), ("unsearchable", 0o400)):
        written(folder / closed, b="Dogs bark.").chmod(mode)
    try:
        tasks = ingestion(store).add([folder / "shut" / "b.txt", folder / "shut", folder])
    finally:
        for closed in ("shut", "unsearchable"):
            (folder / closed).chmod(0o700)
    assert [(task.path.removeprefix(f"{folder}/"), task.state) for task in tasks] == [
        ("shut/b.txt", TaskState.FAILED),
        ("shut", TaskState.FAILED),
        ("a.txt", TaskState.WAITING),
        ("unsearchable/b.txt", TaskState.FAILED),
        ("shut", TaskState.FAILED),
    ]
    assert {task.message for task in tasks if task.name == "shut"} == {
        "shut could not be taken over: Permission denied. Check that you may read it, and add it again."
    }


def test_full_disk_is_a_failed_task_and_leaves_no_part_of_the_file(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    folder = written(tmp_path / "in", big="x" * 3_000_000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, before[1]))
    try:
        [task] = flow.add([folder / "big.txt"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (task.state, task.reason) == (TaskState.FAILED, Reason.OUT_OF_DISK.value)
    assert list((store.storage / "files").iterdir()) == []
    flow.retry(task.id)
    assert [one.state for one in outcomes(flow)] == [TaskState.DONE]


def test_folder_gives_its_files_in_order_without_hidden_ones_and_links(store: Store, tmp_path: Path) -> None:
    outside = written(tmp_path / "outside", secret="secret")
    folder = written(tmp_path / "in", b="b", a="a")
    written(folder / "deep", c="c")
    written(folder / ".git", hidden="hidden")
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "~$a.docx").write_text("open in Word")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "linked").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    tasks = ingestion(store).add([folder])
    assert [task.path for task in tasks] == [str(folder / name) for name in ("a.txt", "b.txt", "deep/c.txt")]


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """Folders within folders, with a file where Python cannot call itself any more, and on to where no path reaches."""
    folder, here = tmp_path / "deep", os.getcwd()
    folder.mkdir()
    try:
        os.chdir(folder)
        for name in ["a"] * 1200 + ["too far to be named"] * 110:
            os.mkdir(name)
            os.chdir(name)
            if name == "a":
                Path("../found.txt").unlink(missing_ok=True)
                Path("found.txt").write_text("Steel rose.")
        os.chdir(here)
        yield folder
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-r", folder], check=True)


def test_folders_are_gone_through_however_deep_they_lie(store: Store, tmp_path: Path, deep: Path) -> None:
    added = ingestion(store).add([deep])
    assert [(task.name, task.state) for task in added] == [
        ("found.txt", TaskState.WAITING),
        ("too far to be named", TaskState.FAILED),
    ]
    assert "File name too long" in added[1].message
    assert [Path(path).name for path in look(deep, without=tmp_path).files] == ["found.txt"]


def test_storage_folder_within_the_folder_is_passed_over(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", a="a")
    store = Store(folder / "storage")
    assert [task.name for task in ingestion(store).add([folder])] == ["a.txt"]
    store.close()


def test_name_that_is_not_text_is_made_readable(store: Store, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/bad\xff.txt"
    Path(os.fsdecode(path)).write_text("Some text.")
    flow = ingestion(store)
    flow.add([Path(os.fsdecode(path))])
    assert [(one.name, one.state) for one in outcomes(flow)] == [("bad\ufffd.txt", TaskState.DONE)]


def test_lock_that_cannot_be_opened_is_told(store: Store) -> None:
    (store.storage / "ingestion.lock").mkdir()
    with pytest.raises(LibraryError, match=r"ingestion\.lock cannot be opened \(Is a directory\)\. Check that the folder"):
        ingestion(store)


def test_name_that_turns_its_end_around_is_shown_as_it_is(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "report\u202efdp.txt"
    path.write_text("Some text.")
    flow = ingestion(store)
    flow.add([path])
    assert [(one.name, one.state) for one in outcomes(flow)] == [("reportfdp.txt", TaskState.DONE)]


def test_same_file_twice_is_a_duplicate_whether_it_waits_or_is_stored(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    folder = written(tmp_path / "in", a="Same text.", b="Same text.")
    flow.add([folder], collection="one")
    assert [(one.name, one.state) for one in outcomes(flow)] == [("a.txt", TaskState.DONE), ("b.txt", TaskState.DUPLICATE)]
    [again] = flow.add([folder / "b.txt"], collection="two")
    assert (again.state, again.held_as) == (TaskState.DUPLICATE, "a.txt")
    assert {task.message for task in store.tasks()} == {"", "b.txt is in the library already: it has the same content as a.txt."}
    assert [document.collections for document in store.documents()] == [("one", "two")]
    assert len(list((store.storage / "files").iterdir())) == 1


def test_cancelled_waiting_file_is_not_read(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    first, _ = flow.add([written(tmp_path / "in", a="a one", b="b two")])
    flow.cancel(first.id)
    assert [one.name for one in outcomes(flow)] == ["b.txt"]
    flow.retry(first.id)
    assert [one.name for one in outcomes(flow)] == ["a.txt"]


def test_cancelling_a_running_file_stops_it_and_goes_on_with_the_next(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store, at_page=lambda: store.cancel_task(1))
    flow.add([written(tmp_path / "in", a="a one\fa two", b="b two")])
    assert [(one.name, one.state) for one in outcomes(flow)] == [("a.txt", TaskState.CANCELLED), ("b.txt", TaskState.DONE)]
    assert names(store) == ["b.txt"]


def test_running_file_that_is_cancelled_and_cleared_ends_as_cancelled_however_it_would_have_ended(
    store: Store, tmp_path: Path
) -> None:
    class Interrupted(TextParser):
        def parse(self, path: Path, *, document_id: str, **rest: Any) -> Document:
            flow.cancel_all()
            flow.clear()
            return super().parse(path, document_id=document_id, **rest)

    folder = written(tmp_path / "in", good="Good text.", damaged="DAMAGED", faulty="DEFECT", locked="LOCKED")
    flow = Ingestion(store, Interrupted(), BagOfWordsEmbedder(), SETTINGS)
    for path in sorted(folder.iterdir()):
        flow.add([path])
        assert [(one.name, one.state, one.reason) for one in outcomes(flow)] == [(path.name, TaskState.CANCELLED, "")]
    assert (store.tasks(), store.documents()) == ((), ())
    assert list((store.storage / "files").iterdir()) == []


def test_cancelling_between_passages_stores_nothing(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    flow.add([written(tmp_path / "in", a="\f".join(f"page {number}" for number in range(200)))])
    ended = []
    for event in flow.work(never):
        if isinstance(event, Progress) and event.stage == "embedding":
            flow.cancel(event.task_id)
        elif isinstance(event, FileOutcome):
            ended.append(event.state)
    assert ended == [TaskState.CANCELLED]
    assert store.documents() == ()


def test_cancelling_while_a_long_page_is_split_is_heeded_before_it_is_whole(store: Store, tmp_path: Path) -> None:
    counted = []

    class Counting(BagOfWordsEmbedder):
        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            counted.append(len(texts))
            flow.cancel(1)
            return super().count_tokens(texts)

    flow = Ingestion(store, TextParser(nothing), Counting(), SETTINGS)
    flow.add([written(tmp_path / "in", a="It is a sentence. " * 5000)])
    assert [one.state for one in outcomes(flow)] == [TaskState.CANCELLED]
    assert sum(counted) < 1000


def test_how_far_a_long_page_is_cut_into_passages_is_told(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    flow.add([written(tmp_path / "in", a="It is a sentence. " * 1200)])
    told = [event for event in flow.work(never) if isinstance(event, Progress) and event.stage == "splitting"]
    characters = 1200 * len("It is a sentence.")
    assert [(event.done, event.total) for event in told] == [(500 * 17, characters), (1000 * 17, characters)]


def test_closing_program_puts_its_files_back_into_the_queue(store: Store, tmp_path: Path) -> None:
    flow, stopping = ingestion(store), threading.Event()
    flow.add([written(tmp_path / "in", a="\f".join(f"page {number}" for number in range(200)), b="b", c="c")])
    for event in flow.work(stopping.is_set):
        assert isinstance(event, Progress)
        if event.stage == "embedding":
            stopping.set()
    waiting = TaskState.WAITING
    assert states(store) == [("a.txt", waiting), ("b.txt", waiting), ("c.txt", waiting)]
    assert [task.attempts for task in store.tasks()] == [0, 0, 0]
    assert [one.state for one in outcomes(flow)] == [TaskState.DONE] * 3


def test_work_that_nobody_follows_any_more_puts_its_files_back(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    flow.add([written(tmp_path / "in", a="a one", b="b two")])
    work = flow.work(never)
    assert isinstance(next(work), Progress)
    del work
    assert states(store) == [("a.txt", TaskState.WAITING), ("b.txt", TaskState.WAITING)]


def test_missing_model_fails_the_file_with_its_sentence(store: Store, tmp_path: Path) -> None:
    class Missing(BagOfWordsEmbedder):
        def embed_passages_by_token(self, texts: object) -> tuple[Vectors, tuple[Vectors, ...]]:
            raise ModelError("The model is missing. Fetch it.")

    flow = Ingestion(store, TextParser(), Missing(), SETTINGS)
    flow.add([written(tmp_path / "in", a="a one")])
    assert [one.message for one in outcomes(flow)] == ["a.txt could not be added: The model is missing. Fetch it."]


def test_file_for_which_the_disk_has_no_room_says_so(store: Store, tmp_path: Path) -> None:
    class Filling(BagOfWordsEmbedder):
        def embed_passages_by_token(self, texts: object) -> tuple[Vectors, tuple[Vectors, ...]]:
            raise FullDiskError("footnote.db cannot be written (full). Free some space on its disk, then try again.")

    flow = Ingestion(store, TextParser(), Filling(), SETTINGS)
    flow.add([written(tmp_path / "in", a="a one")])
    [ended] = outcomes(flow)
    assert (ended.state, ended.reason) == (TaskState.FAILED, Reason.OUT_OF_DISK.value)
    assert ended.message.startswith("a.txt could not be added: footnote.db cannot be written")


def test_failed_file_is_tried_again_from_its_copy(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    [task] = flow.add([written(tmp_path / "in", a="DAMAGED")])
    (tmp_path / "in" / "a.txt").unlink()
    assert [one.state for one in outcomes(flow)] == [TaskState.FAILED]
    flow.retry(task.id)
    assert [one.reason for one in outcomes(flow)] == [Reason.DAMAGED.value]


def test_a_locked_file_is_read_with_its_password_which_is_never_stored(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    [task] = flow.add([written(tmp_path / "in", a="LOCKED words")])
    assert [one.reason for one in outcomes(flow)] == [Reason.PASSWORD_NEEDED.value]
    flow.retry(task.id, "wrong one")
    assert [one.reason for one in outcomes(flow)] == [Reason.PASSWORD_NEEDED.value]
    flow.retry(task.id, "open sesame")
    assert [one.state for one in outcomes(flow)] == [TaskState.DONE]
    kept = b"".join(path.read_bytes() for path in store.storage.rglob("*") if path.is_file())
    assert b"LOCKED" in kept and b"sesame" not in kept


def test_a_locked_file_that_was_stopped_is_read_with_its_password_when_the_work_goes_on(store: Store, tmp_path: Path) -> None:
    stopped = [False]
    flow = ingestion(store, at_page=lambda: stopped.append(True))
    [task] = flow.add([written(tmp_path / "in", a="LOCKED a one\fa two")], password="open sesame")
    assert [event for event in flow.work(lambda: stopped[-1]) if isinstance(event, FileOutcome)] == []
    assert states(store) == [("a.txt", TaskState.WAITING)]
    assert [one.state for one in outcomes(flow)] == [TaskState.DONE]
    assert task.document_id == store.documents()[0].id


def test_parser_rests_when_nothing_waits_to_be_read(store: Store, tmp_path: Path) -> None:
    parser, rests = TextParser(), list[int]()
    flow = Ingestion(store, parser, BagOfWordsEmbedder(), SETTINGS)
    flow.add([written(tmp_path / "in", a="a one", b="b two")])
    for event in flow.work(lambda: bool(rests)):  # stopped after the first file
        if isinstance(event, FileOutcome):
            rests.append(parser.rests)
    assert (rests, parser.rests) == ([0], 0)
    outcomes(flow)
    assert parser.rests == 1


def test_a_password_given_with_the_files_is_used_once(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    first, second = flow.add([written(tmp_path / "in", a="LOCKED a", b="b")], password="open sesame")
    flow.cancel(first.id)
    assert [(one.name, one.state) for one in outcomes(flow)] == [("b.txt", TaskState.DONE)]
    flow.retry(first.id)
    assert [one.reason for one in outcomes(flow)] == [Reason.PASSWORD_NEEDED.value]
    assert second.name == "b.txt"


def test_document_is_read_again_and_stays_as_it_is_until_then(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    [task] = flow.add([written(tmp_path / "in", a="Cats sleep.\fDogs bark.")], collection="pets")
    outcomes(flow)
    former, ids = store.document(task.document_id), store.passage_ids()
    coarse = ingestion(store, settings=Settings(passage_tokens=2, overlap_tokens=0))
    for _ in range(2):
        store.reread([task.document_id])
    assert (store.passage_ids(), [task.state for task in store.tasks()][-1]) == (ids, TaskState.WAITING)
    assert [(outcome.state, outcome.passages) for outcome in outcomes(coarse)] == [(TaskState.DONE, 2)]
    assert store.document(task.document_id) == former
    assert min(store.passage_ids()) > max(ids)
    with pytest.raises(LibraryError, match="holds no document unknown"):
        store.reread(["unknown"])


def test_document_that_cannot_be_read_again_stays_and_one_that_was_removed_does_not_come_back(
    store: Store, tmp_path: Path
) -> None:
    flow = ingestion(store)
    tasks = flow.add([written(tmp_path / "in", a="Cats sleep.", b="Dogs bark.")])
    outcomes(flow)
    store.files.path(tasks[0].document_id, "a.txt").write_text("DAMAGED")
    store.reread([task.document_id for task in tasks])
    store.remove([tasks[1].document_id])
    assert [(outcome.name, outcome.reason) for outcome in outcomes(flow)] == [("a.txt", Reason.DAMAGED.value)]
    flow.clear()
    assert (names(store), store.document_file(tasks[0].document_id).exists()) == (["a.txt"], True)


def test_everything_is_cancelled_at_once(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    flow.add([written(tmp_path / "in", a="Cats sleep.", b="Dogs bark.")])
    flow.cancel_all()
    assert states(store) == [("a.txt", TaskState.CANCELLED), ("b.txt", TaskState.CANCELLED)]


def test_missing_file_is_taken_over_when_it_is_tried_again(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    [task] = flow.add([tmp_path / "in" / "a.txt"], collection="pets")
    written(tmp_path / "in", a="a one")
    flow.retry(task.id)
    assert [one.state for one in outcomes(flow)] == [TaskState.DONE]
    assert states(store) == [("a.txt", TaskState.DONE)]
    assert store.documents("pets")[0].name == "a.txt"


def test_file_that_is_not_at_hand_any_more_keeps_its_reason_when_it_is_tried_again(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store, settings=SETTINGS.changed(max_file_mb=1))
    uploaded = written(tmp_path / "in", big="x" * 1_048_577) / "big.txt"
    [task] = flow.add([uploaded])
    uploaded.unlink()
    flow.retry(task.id)
    assert store.tasks() == (task,)


def test_file_that_was_too_big_is_read_once_the_settings_allow_it(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store, settings=SETTINGS.changed(max_file_mb=1))
    [task] = flow.add([written(tmp_path / "in", big="words " * 200_000) / "big.txt"])
    assert task.reason == Reason.TOO_BIG.value
    flow.follow(SETTINGS.changed(max_file_mb=2))
    flow.retry(task.id)
    assert states(store) == [("big.txt", TaskState.WAITING)]


def test_tried_again_or_cancelled_too_late_changes_nothing(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    [task] = flow.add([written(tmp_path / "in", a="a one")])
    assert len(outcomes(flow)) == 1
    flow.retry(task.id)
    flow.cancel(task.id)
    flow.retry(99)
    assert states(store) == [("a.txt", TaskState.DONE)]


def test_clearing_keeps_what_documents_and_waiting_files_need(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    flow.add([written(tmp_path / "in", a="a one", b="DAMAGED")])
    assert len(outcomes(flow)) == 2
    flow.add([written(tmp_path / "in", c="c three") / "c.txt"])
    flow.clear()
    assert states(store) == [("c.txt", TaskState.WAITING)]
    assert len(list((store.storage / "files").iterdir())) == 2


def test_opening_after_a_kill_lets_the_running_file_wait_again(store: Store, tmp_path: Path) -> None:
    ingestion(store).add([written(tmp_path / "in", a="a one")])
    for _ in range(3):
        assert states(store) == [("a.txt", TaskState.WAITING)]
        store.claim_task()
        ingestion(store)
    [task] = store.tasks()
    assert task.state is TaskState.FAILED
    assert task.message.startswith("a.txt stopped the program each time it was read.")


def test_opening_beside_a_working_program_leaves_its_file_alone(store: Store, tmp_path: Path) -> None:
    flow = ingestion(store)
    flow.add([written(tmp_path / "in", a="a one\fa two")])
    work = flow.work(never)
    next(work)
    ingestion(store)
    assert states(store) == [("a.txt", TaskState.RUNNING)]
    assert [event.state for event in work if isinstance(event, FileOutcome)] == [TaskState.DONE]


def test_two_workers_on_one_storage_take_each_file_once(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", **{f"file{number}": f"Text number {number}." for number in range(40)})
    stores = [Store(tmp_path / "storage") for _ in range(2)]
    flows = [ingestion(store) for store in stores]
    ended: list[list[FileOutcome]] = [[], []]
    flows[0].add([folder])
    threads = [threading.Thread(target=lambda own=own: ended[own].extend(outcomes(flows[own]))) for own in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = sorted(one.name for part in ended for one in part)
    assert together == sorted(path.name for path in folder.iterdir())
    assert len(names(stores[0])) == 40
    for store in stores:
        store.close()


def test_library_can_be_indexed_again_by_another_embedder(store: Store, tmp_path: Path) -> None:
    before = two_documents(store, tmp_path)
    again = anew(store, dimension=8)
    again.begin_anew()
    assert store.documents() == ()
    assert open_problems(store.storage / DATABASE) == ()
    assert {one.state for one in outcomes(again)} == {TaskState.DONE, TaskState.DUPLICATE}
    assert described(store) == before
    assert store.vectors(store.passage_ids()).shape == (2, 8)


def test_clearing_the_list_loses_no_document_whose_new_reading_was_cancelled(store: Store, tmp_path: Path) -> None:
    before = two_documents(store, tmp_path)
    again = anew(store, dimension=8)
    again.begin_anew()
    again.add([written(tmp_path / "more", new="New text.")])
    again.cancel_all()
    again.clear()
    assert {task.state for task in store.tasks()} == {TaskState.CANCELLED} and "new.txt" not in {
        task.name for task in store.tasks()
    }
    for task in store.tasks():
        again.retry(task.id)
    outcomes(again)
    assert described(store) == before
    again.clear()
    assert store.tasks() == ()


def test_interrupted_indexing_goes_on_where_it_was(store: Store, tmp_path: Path) -> None:
    before = two_documents(store, tmp_path)
    again = anew(store, dimension=8)
    again.begin_anew()
    assert next(event for event in again.work(never) if isinstance(event, FileOutcome)).state is TaskState.DONE
    (done,) = store.documents()
    ids = [stored.id for stored in store.passages(done.id)]
    again = anew(store, dimension=8)
    again.begin_anew()
    assert [stored.id for stored in store.passages(done.id)] == ids
    outcomes(again)
    assert described(store) == before
    assert [stored.id for stored in store.passages(done.id)] == ids


def test_a_third_embedder_begins_anew_in_the_middle_of_the_second(store: Store, tmp_path: Path) -> None:
    before = two_documents(store, tmp_path)
    again = anew(store, dimension=8)
    again.begin_anew()
    next(event for event in again.work(never) if isinstance(event, FileOutcome))
    third = anew(store, dimension=16)
    third.begin_anew()
    assert store.documents() == ()
    outcomes(third)
    assert described(store) == before
    assert store.vectors(store.passage_ids()).shape == (2, 16)


def test_nothing_is_indexed_again_when_an_original_is_gone(store: Store, tmp_path: Path) -> None:
    before = two_documents(store, tmp_path)
    store.document_file(store.documents()[1].id).unlink()
    with pytest.raises(LibraryError, match=r"The original of b.txt .*1 of 2 documents.*Nothing was changed"):
        anew(store, dimension=8).begin_anew()
    assert described(store) == before
    assert store.vectors(store.passage_ids()).shape == (2, 64)
    assert not store.has_open_tasks()


def test_nothing_is_indexed_again_while_another_program_adds_files(store: Store, tmp_path: Path) -> None:
    two_documents(store, tmp_path)
    other = ingestion(store)
    other.add([written(tmp_path / "more", c="Cows moo.") / "c.txt"])
    work = other.work(never)
    next(iter(work))
    with pytest.raises(LibraryError, match="Another program is adding files"):
        anew(store, dimension=8).begin_anew()
    assert [event.state for event in work if isinstance(event, FileOutcome)] == [TaskState.DONE]
    anew(store, dimension=8).begin_anew()


def test_program_with_the_former_embedder_adds_nothing_any_more(store: Store, tmp_path: Path) -> None:
    two_documents(store, tmp_path)
    former, again = ingestion(store), anew(store, dimension=8)
    again.begin_anew()
    next(event for event in again.work(never) if isinstance(event, FileOutcome))
    with pytest.raises(LibraryError, match="python -m rag_app reindex"):
        list(former.work(never))
    assert len(store.documents()) == 1
    assert store.has_open_tasks()


def two_documents(store: Store, tmp_path: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Store two documents, one of them in two collections, and describe them."""
    flow = ingestion(store)
    folder = written(tmp_path / "in", a="Cats sleep.", b="Dogs bark.")
    flow.add([folder / "a.txt"], collection="one")
    flow.add([folder / "b.txt"])
    assert len(outcomes(flow)) == 2
    store.put_in_collection([store.documents()[0].id], "two")
    return described(store)


def described(store: Store) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.id, one.name, one.collections) for one in store.documents()]


def anew(store: Store, *, dimension: int) -> Ingestion:
    return Ingestion(store, TextParser(), BagOfWordsEmbedder(dimension=dimension), SETTINGS)


def test_documents_already_read_are_stored_once(store: Store) -> None:
    flow = ingestion(store)
    flow.add_documents([document_of("a", "Cats sleep."), document_of("b", "Dogs bark."), document_of("a", "Cats sleep.")])
    assert names(store) == ["a", "b"]
    assert store.passage_count() == 2


def test_two_programs_that_add_the_same_documents_store_each_once(tmp_path: Path) -> None:
    documents = [document_of(f"{number}.txt", f"Steel rose {number} times.") for number in range(20)]

    def add() -> None:
        store = Store(tmp_path)
        ingestion(store).add_documents(documents)
        store.close()

    with ThreadPoolExecutor(2) as programs:
        for ended in [programs.submit(add), programs.submit(add)]:
            ended.result()
    store = Store(tmp_path)
    assert len(store.documents()) == 20
    store.close()
