"""kill -9 in the middle of an ingestion loses nothing that was acknowledged and leaves nothing half done."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from rag_app.embedding import BagOfWordsEmbedder
from rag_app.records import TaskState
from rag_app.retrieval import Retrieval
from rag_app.store import DATABASE, Store, open_problems
from rag_app.vector_index import LibraryIndex

FILES = 30
KILLS = 6
ROOT = Path(__file__).parent.parent


def written(folder: Path) -> Path:
    """Thirty files of twenty pages each, none like the other."""
    folder.mkdir()
    for number in range(FILES):
        pages = (f"File {number} page {page} tells of subject{number * page % 17} and of 主题{number}。" for page in range(20))
        (folder / f"file{number:02}.txt").write_text("\f".join(pages), encoding="utf-8")
    return folder


def started(storage: Path, files: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.interrupted", str(storage), str(files)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def ingest(storage: Path, files: Path, *, kill_after: float | None = None) -> list[str]:
    """The names that were acknowledged before the process ended, or was killed so many seconds after it began to work."""
    with started(storage, files) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        if kill_after is not None:
            time.sleep(kill_after)
            process.kill()
        return process.stdout.read().split()


def answers(storage: Path) -> list[list[tuple[str, int, str]]]:
    """What three questions find, as (document, page, text); equal scores may come in any order."""
    store, embedder = Store(storage), BagOfWordsEmbedder()
    index = LibraryIndex(store, embedder_id=embedder.id, dimension=embedder.dimension, folder=storage / "index")
    retrieval = Retrieval(store, index, embedder)
    found = []
    for question in ("file 7 page 3", "subject16 and subject4", "主题21"):
        hits = [hit.stored for hit in retrieval.search(question, top_k=2000).hits]
        found.append(sorted((stored.document_name, stored.passage.page, stored.passage.text) for stored in hits))
    index.close()
    store.close()
    return found


def words_are_whole(storage: Path) -> bool:
    """Whether the full-text index passes its own check; it raises if not."""
    with sqlite3.connect(storage / DATABASE) as connection:
        connection.execute("insert into words (words) values ('integrity-check')")
    connection.close()
    return True


def test_killed_ingestion_loses_nothing_acknowledged_and_resumes(tmp_path: Path) -> None:
    files, storage = written(tmp_path / "in"), tmp_path / "storage"
    chance, acknowledged = random.Random(2), set[str]()
    for _ in range(KILLS):
        acknowledged.update(ingest(storage, files, kill_after=chance.uniform(0.02, 0.25)))
        assert open_problems(storage / DATABASE) == ()
        store = Store(storage)
        assert acknowledged <= {document.name for document in store.documents()}
        store.close()
    ingest(storage, files)
    uninterrupted = tmp_path / "uninterrupted"
    assert len(ingest(uninterrupted, files)) == FILES
    store = Store(storage)
    assert {task.state for task in store.tasks()} <= {TaskState.DONE, TaskState.DUPLICATE}
    assert [document.name for document in store.documents()] == sorted(path.name for path in files.iterdir())
    store.close()
    assert open_problems(storage / DATABASE) == ()
    assert words_are_whole(storage)
    assert answers(storage) == answers(uninterrupted)


def test_two_programs_at_once_take_each_file_once(tmp_path: Path) -> None:
    files, storage = written(tmp_path / "in"), tmp_path / "storage"
    with started(storage, files) as first, started(storage, files) as second:
        printed = [process.communicate()[0].split() for process in (first, second)]
        assert (first.returncode, second.returncode) == (0, 0)
    store = Store(storage)
    assert len(store.documents()) == FILES
    done = [task.name for task in store.tasks() if task.state is TaskState.DONE]
    store.close()
    assert sorted(done) == sorted(path.name for path in files.iterdir())
    assert set(done) <= {name for names in printed for name in names}
    assert open_problems(storage / DATABASE) == ()
