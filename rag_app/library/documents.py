"""The part of a library that is about its documents: how they come in, are ordered and go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rag_app.ingestion import Folders, Ingestion
from rag_app.interfaces import FileProgress, Stop
from rag_app.records import (
    DiskUse,
    Document,
    DocumentSummary,
    FileOutcome,
    Folder,
    FolderChanges,
    Progress,
    Task,
)
from rag_app.store import Store


def never() -> bool:
    """The stop that never comes."""
    return False


class Documents:
    """Adds, lists, orders and removes documents, and keeps folders in step."""

    _store: Store
    _ingestion: Ingestion
    _folders: Folders

    def add(
        self,
        paths: Sequence[Path],
        *,
        collection: str | None = None,
        password: str = "",
        uploaded: bool = False,
        progress: FileProgress = lambda count: None,
    ) -> tuple[Task, ...]:
        """Take over files, and the files of folders, into the durable queue; each bad one is a failed task with its reason.

        `password` opens those that are locked. It is kept in memory until they are read, and never stored.
        `progress(count)` counts those taken over. The folder that one lies in says nothing of it where it was `uploaded`.
        """
        return self._ingestion.add(paths, collection=collection, password=password, uploaded=uploaded, progress=progress)

    def add_page(self, address: str, *, private: bool = False, collection: str | None = None) -> Task:
        """Fetch the web page at `address` and queue it as a file named after it. Raises `DocumentError` when it does not come.

        With `private`, for a person at this very machine, pages of the machine and of its own network may be asked for too.
        """
        return self._ingestion.add_page(address, private=private, collection=collection)

    def add_documents(self, documents: Sequence[Document], stop: Stop = never) -> None:
        """Store documents that are already read, each in one transaction. Raises `Stopped` when `stop()` says so."""
        self._ingestion.add_documents(documents, stop)

    def work(self, stop: Stop = never) -> Iterator[Progress | FileOutcome]:
        """Work the queue until it is empty or `stop()` is true, telling how far each file is and how it ended."""
        return self._ingestion.work(stop)

    def tasks(self, *, done: bool = True) -> tuple[Task, ...]:
        """The queue, oldest first, with finished tasks until they are cleared; as `done` says, with those that went well."""
        return self._store.tasks(done=done)

    def task_folders(self, name: str = "") -> Mapping[str, Sequence[str]]:
        """The folders that the files of a name came from, or of each name that was found in several."""
        return self._store.task_folders(name)

    def cancel(self, task_id: int) -> None:
        """Take a waiting task out of the queue, or stop a running one; nothing of its file is stored."""
        self._ingestion.cancel(task_id)

    def cancel_all(self) -> None:
        """Cancel all that waits or runs."""
        self._ingestion.cancel_all()

    def retry(self, task_id: int, password: str = "") -> None:
        """Put a failed or cancelled task back into the queue; `password` opens a locked file, and is never stored."""
        self._ingestion.retry(task_id, password)

    def discard(self, task_id: int) -> None:
        """Forget a task that is finished, with the file that only it kept: of a document that was not to be read anew."""
        self._store.discard_task(task_id)

    def reread(self, document_ids: Sequence[str]) -> None:
        """Queue documents to be read again from their kept files; each stays as it is until then. Raises `LibraryError`."""
        self._store.reread(document_ids)

    def clear_tasks(self) -> None:
        """Forget the tasks that are finished."""
        self._ingestion.clear()

    def folders(self) -> tuple[Folder, ...]:
        """The folders that are kept in step, in the order of their paths."""
        return self._store.folders()

    def add_folder(self, path: Path, *, collection: str | None = None) -> Folder:
        """Keep a folder in step from now on; `sync_folders` does it. Raises `LibraryError` where that makes no sense."""
        return self._folders.add(path, collection=collection)

    def forget_folder(self, folder_id: int) -> None:
        """Keep a folder in step no longer. Its documents stay, as if they had been added by hand."""
        self._store.forget_folder(folder_id)

    def preview_folders(self) -> tuple[FolderChanges, ...]:
        """What a sync would do to each folder, and which documents it would remove. Changes nothing."""
        return self._folders.preview()

    def sync_folders(self, stop: Stop = never, *, remove: bool = False) -> tuple[FolderChanges, ...]:
        """Queue what is new or changed in the folders; tells what was done. With `remove`, documents of gone files are removed.

        The setting `gone_files` may have them removed always. Documents that a person added by hand are never removed.
        """
        return self._folders.sync(stop, remove=remove)

    def keep_gone_files(self) -> None:
        """Keep the documents of files that are gone from their folders, as if they had been added by hand."""
        self._folders.keep()

    def settle_folders(self) -> None:
        """Remove the documents of changed files whose newer version is stored by now."""
        self._folders.settle()

    def documents(self, collection: str | None = None) -> tuple[DocumentSummary, ...]:
        """The documents, in the order of their names."""
        return self._store.documents(collection)

    def collections(self) -> tuple[str, ...]:
        """The names of the collections, in order."""
        return self._store.collections()

    def make_collection(self, name: str) -> None:
        """Make an empty collection, unless there is one of that name."""
        self._store.make_collection(name)

    def rename_collection(self, name: str, new: str) -> None:
        """Give a collection another name. Raises `LibraryError` if that is taken."""
        self._store.rename_collection(name, new)

    def delete_collection(self, name: str) -> None:
        """Delete a collection; its documents stay in the library."""
        self._store.delete_collection(name)

    def put_in_collection(self, document_ids: Sequence[str], name: str) -> None:
        """Put documents into the collection `name`, which is made if need be. Those that are gone are passed over."""
        self._store.put_in_collection(document_ids, name)

    def take_from_collection(self, document_ids: Sequence[str], name: str) -> None:
        """Take documents out of a collection; they stay in the library."""
        self._store.take_from_collection(document_ids, name)

    def remove(self, document_ids: Sequence[str]) -> None:
        """Remove documents: text, vectors, pages and files. Raises `LibraryError` for an unknown one, removing none."""
        self._store.remove(document_ids)

    def disk_use(self) -> DiskUse:
        """What the library takes on its disk, and what is free there."""
        return self._store.disk_use()
