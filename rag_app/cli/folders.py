"""Commands about folders that are kept in step: add, list, sync, forget."""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rag_app.cli.documents import exit_code, report, work
from rag_app.cli.output import counted, print_error, print_json
from rag_app.errors import LibraryError
from rag_app.library import Library
from rag_app.machine import from_home
from rag_app.records import FileOutcome, Folder, FolderChanges, TaskState

NO_FOLDER = "No folder is kept in step yet; name one with 'folders add'."
SETTLE_SECONDS = 2.1  # a little longer than a file counts as being written


def add(library: Library, arguments: Namespace) -> int:
    """Keep a folder in step from now on, and read what is in it."""
    library.add_folder(arguments.path, collection=arguments.collection)
    return _sync(library, arguments, remove=False)


def list_folders(library: Library, arguments: Namespace) -> int:
    """The folders that are kept in step."""
    folders = library.folders()
    if arguments.json:
        print_json([asdict(folder) for folder in folders])
    elif not folders:
        print(NO_FOLDER)
    for folder in () if arguments.json else folders:
        print(f"{folder.path}: {counted(folder.files, 'file')}, last looked through {folder.synced_at or 'never'}")
    return 0


def sync(library: Library, arguments: Namespace) -> int:
    """Bring the library into step with its folders, or only tell what that would do."""
    if arguments.preview:
        return _tell(library, library.preview_folders(), arguments)
    if arguments.keep:
        library.keep_gone_files()
    return _sync(library, arguments, remove=arguments.remove)


def forget(library: Library, arguments: Namespace) -> int:
    """Keep a folder in step no longer; its documents stay."""
    folder = _folder(library.folders(), arguments.path)
    library.forget_folder(folder.id)
    if arguments.json:
        print_json({"forgotten": folder.path})
    else:
        print(f"{folder.path} is kept in step no longer; its documents stay.")
    return 0


def _sync(library: Library, arguments: Namespace, *, remove: bool) -> int:
    removed = remove or library.settings.gone_files == "remove"
    last = max((task.id for task in library.tasks()), default=0)
    found = library.sync_folders(remove=remove)
    ended = _tell(library, found, arguments, removed=removed)
    if any(changes.unsettled for changes in found):
        time.sleep(SETTLE_SECONDS)
        ended = _tell(library, library.sync_folders(remove=remove), arguments, removed=removed)
    new = [FileOutcome.of(task) for task in library.tasks() if task.id > last and task.state is TaskState.FAILED]
    for outcome in new:
        report(library, outcome, arguments.json)
    read = exit_code([*new, *work(library, arguments)])
    library.settle_folders()
    return max(ended, read)


def _tell(library: Library, found: Sequence[FolderChanges], arguments: Namespace, *, removed: bool = False) -> int:
    """A line a change, or a sentence where there is none; 1 if a folder cannot be read."""
    if not arguments.json and all(changes.is_in_step for changes in found):
        print(_why_nothing(library, len(found)), flush=True)
    for changes in found:
        if arguments.json:
            print_json({"folder": changes.folder.path, **asdict(changes)})
        else:
            _print(changes, removed=removed)
    obstacles = [changes.obstacle for changes in found if changes.obstacle]
    for obstacle in obstacles:
        print_error(obstacle)
    return 1 if obstacles else 0


def _why_nothing(library: Library, looked_through: int) -> str:
    if not library.folders():
        return NO_FOLDER
    if not looked_through:
        return "Another program is looking through the folders just now."
    return f"Nothing is new, changed or gone in {counted(looked_through, 'folder')}."


def _print(changes: FolderChanges, *, removed: bool) -> None:
    for word, paths in (
        ("new", changes.added),
        ("changed", changes.changed),
        ("moved", tuple(f"{old} -> {new}" for old, new in changes.moved)),
        ("gone", changes.gone),
        ("written", changes.unsettled),
    ):
        for path in paths:
            print(f"{word:10} {path}{' (being written: looked at again in a moment)' if word == 'written' else ''}", flush=True)
    for document in changes.doomed:
        print(f"{'removed' if removed else 'to remove':10} {document.name}  {document.id[:12]}", flush=True)
    if changes.doomed and not removed:
        print("Nothing is removed unasked: 'folders sync --remove' removes these documents, 'folders sync --keep' keeps them.")


def _folder(folders: Sequence[Folder], path: Path) -> Folder:
    wanted = {str(path), str(from_home(path).resolve())}
    for folder in folders:
        if folder.path in wanted:
            return folder
    raise LibraryError(f"{path} is not kept in step. 'folders list' shows which folders are.")
