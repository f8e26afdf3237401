"""Folders kept in step: what is new is taken over, what changed takes the place of what was, what is gone is removed if asked."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from rag_app.disk import sha256_of
from rag_app.errors import LibraryError, Reason
from rag_app.ingestion.comparing import Difference, compare
from rag_app.ingestion.looking import Sight, look
from rag_app.ingestion.paths import readable
from rag_app.ingestion.taking_over import take_over
from rag_app.ingestion.turn import Turn
from rag_app.interfaces import Stop
from rag_app.machine import from_home
from rag_app.records import Folder, FolderChanges, FolderDocument, FolderFile, SeenFile
from rag_app.settings import Settings
from rag_app.store import Store

ASK, REMOVE = "ask", "remove"
_MEGABYTE = 1024 * 1024


class Folders:
    """Compares folders with the library and brings the library into step. Safe to use from several threads and programs."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._turn = Turn(store.storage / "folders.lock")

    def add(self, path: Path, *, collection: str | None) -> Folder:
        """Keep a folder in step from now on; `sync` does it. Raises `LibraryError` where that makes no sense."""
        full = from_home(path).resolve()
        name = readable(str(full))
        if not os.path.isdir(full):
            raise LibraryError(f"There is no folder {name}. Check the path and add it again.")
        if name != str(full):
            raise LibraryError(f"The name of the folder {name} is not text. Rename it and add it again.")
        storage = self._store.storage.resolve()
        if full == storage or storage in full.parents:
            raise LibraryError(f"{name} is where the library is kept. Choose a folder with your own documents.")
        for known in self._store.folders():
            other = Path(known.path)
            if full == other:
                raise LibraryError(f"{name} is kept in step already. Nothing is left to do.")
            if other in full.parents or full in other.parents:
                raise LibraryError(
                    f"{name} cannot be added: {known.path} is kept in step already and shares files with it. "
                    "Forget that one first."
                )
        return self._store.add_folder(name, collection)

    def preview(self) -> tuple[FolderChanges, ...]:
        """What a sync would do to each folder. Changes nothing."""
        return tuple(self._compared(folder)[0] for folder in self._store.folders())

    def follow(self, settings: Settings) -> None:
        """Go by these settings from now on."""
        self._settings = settings

    def sync(self, stop: Stop, *, remove: bool = False) -> tuple[FolderChanges, ...]:
        """Queue what is new or changed in each folder and note what was moved; tells what was done.

        The documents of files that are gone are removed with `remove`, or where the settings say so; else they are told
        as `doomed` and stay. A folder that another program is going through just now is left to it, one that is forgotten
        meanwhile is gone through no further.
        """
        with self._turn.taken(waiting=lambda: False, stop=lambda: True) as taken:
            if not taken:
                return ()
            self.settle()
            return tuple(self._sync(folder, stop, remove=remove) for folder in self._store.folders() if not stop())

    def keep(self) -> None:
        """Keep the documents of files that are gone, as if they had been added by hand."""
        for folder in self._store.folders():
            changes, _, _ = self._compared(folder)
            self._store.forget_files(folder.id, changes.gone, keep=True)

    def settle(self) -> None:
        """Remove the documents of changed files whose newer version is stored by now."""
        if former := self._store.superseded():
            self._store.remove(former)

    def _sync(self, folder: Folder, stop: Stop, *, remove: bool) -> FolderChanges:
        changes, difference, sight = self._compared(folder)
        if sight is None:
            return changes
        for old, file in difference.moved:
            self._store.move_file(folder.id, old.seen.path, file, Path(folder.path, file.seen.path))
        for file in difference.touched:
            self._store.note_file(folder.id, file)
        for seen in (*difference.added, *difference.changed):
            if stop() or not self._store.has_folder(folder.id):
                return changes
            changes = replace(changes, obstacle=self._take(folder, seen, sight.places[seen.path]) or changes.obstacle)
        changes = replace(changes, doomed=self._doomed(folder, changes.gone))  # one may be in a file that was just taken over
        if remove or self._settings.gone_files == REMOVE or not changes.doomed:
            if changes.doomed:
                self._store.remove([document.id for document in changes.doomed])
            self._store.forget_files(folder.id, changes.gone, keep=False)
        self._store.note_sync(folder.id)
        return changes

    def _take(self, folder: Folder, seen: SeenFile, path: Path) -> str:
        """Queue a file, noted as it was before it was copied: had it been written meanwhile, the next look would see that.

        Of one for which the disk has no room the sentence is given; it is not noted, and so taken over at the next look.
        """
        most = self._settings.max_file_mb
        task = take_over(self._store, path, collection=folder.collection, max_file_mb=most, from_folder=True)
        if task.reason == Reason.OUT_OF_DISK.value:
            self._store.forget_task(task.id)
            return task.message
        self._store.note_file(folder.id, FolderFile(seen, task.document_id))
        return ""

    def _compared(self, folder: Folder) -> tuple[FolderChanges, Difference, Sight | None]:
        known = self._store.folder_files(folder.id)
        try:
            sight = look(Path(folder.path), without=self._store.storage)
        except OSError as error:
            return FolderChanges(folder, _absent(folder, error)), Difference(), None
        if known and not sight.files:
            return FolderChanges(folder, _emptied(folder)), Difference(), None
        difference = compare(known, sight, lambda seen: self._hash(seen, sight))
        gone = tuple(file.seen.path for file in difference.gone)
        changes = FolderChanges(
            folder,
            added=tuple(seen.path for seen in difference.added),
            changed=tuple(seen.path for seen in difference.changed),
            moved=tuple((old.seen.path, new.seen.path) for old, new in difference.moved),
            gone=gone,
            unsettled=difference.unsettled,
            doomed=tuple(document for document in self._doomed(folder, gone) if document.id not in difference.contents),
        )
        return changes, difference, sight

    def _doomed(self, folder: Folder, gone: tuple[str, ...]) -> tuple[FolderDocument, ...]:
        return self._store.doomed(folder.id, gone) if gone else ()

    def _hash(self, seen: SeenFile, sight: Sight) -> str:
        """Files too large to be taken over are not read for their hash."""
        return sha256_of(sight.places[seen.path]) if seen.size <= self._settings.max_file_mb * _MEGABYTE else ""


def _absent(folder: Folder, error: OSError) -> str:
    return (
        f"The folder {folder.path} cannot be read ({error.strerror}). If it is on a disk, plug that in; nothing was removed. "
        "If it is gone for good, forget the folder."
    )


def _emptied(folder: Folder) -> str:
    return (
        f"The folder {folder.path} holds no files any more. If it is on a disk, plug that in; nothing was removed. "
        "If it was emptied on purpose, forget the folder and remove its documents."
    )
