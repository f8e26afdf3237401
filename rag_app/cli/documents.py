"""Commands about documents: ingest, reindex, list, show, remove."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path

from rag_app.api import scope_of
from rag_app.assembly import open_library
from rag_app.cli.output import counted, print_error, print_json
from rag_app.cli.password import read_password
from rag_app.errors import DocumentError, Reason
from rag_app.library import Library
from rag_app.records import FileOutcome, Task, TaskState
from rag_app.text.telling_apart import called_among

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
NO_DOCUMENT = "No documents here yet; add some with 'ingest'."
TOLD_EVERY = 500
BAD = (TaskState.FAILED, TaskState.CANCELLED)
LOCKED = (Reason.PASSWORD_NEEDED.value, Reason.ENCRYPTED_OFFICE.value)


def ingest(library: Library, arguments: Namespace) -> int:
    """Take over the files and work the queue until it is empty; a line a file as soon as it is stored."""
    password = read_password() if arguments.password else ""
    pages = [path for path in arguments.paths if ADDRESS.match(path)]
    files = [Path(path) for path in arguments.paths if path not in pages]
    taken = library.add(files, collection=arguments.collection, password=password, progress=_tell_taken)
    if password and not arguments.paths:
        _retry_locked(library, password)
    outcomes = [FileOutcome.of(task) for task in taken if task.state is not TaskState.WAITING]
    outcomes += [ended for page in pages if (ended := _fetch(library, page, arguments.collection))]
    for outcome in outcomes:
        report(library, outcome, arguments.json)
    outcomes += work(library, arguments)
    for outcome in _ended_elsewhere(library, taken, {outcome.document_id for outcome in outcomes}):
        report(library, outcome, arguments.json)
        outcomes.append(outcome)
    if not outcomes and not arguments.json:
        print("Nothing was left to read; name the files, folders or web pages to add.")
    return exit_code(outcomes)


def _ended_elsewhere(library: Library, taken: Sequence[Task], told: Container[str]) -> Iterator[FileOutcome]:
    """How the files ended that another program, which had its turn, read of those `taken`."""
    waited = {task.id for task in taken if task.state is TaskState.WAITING and task.document_id not in told}
    held = {document.id: document for document in library.documents()} if waited else {}
    for task in library.tasks() if waited else ():
        if task.id in waited:
            outcome, document = FileOutcome.of(task), held.get(task.document_id)
            yield replace(outcome, pages=document.pages, passages=document.passages) if document else outcome


def _tell_taken(count: int) -> None:
    """Tell a person at a terminal now and then how many files of a large folder are taken over."""
    if count % TOLD_EVERY == 0 and sys.stderr.isatty():
        print_error(f"{count:,} files taken over")


def _retry_locked(library: Library, password: str) -> None:
    """Try again what is left of earlier commands for want of a password."""
    for task in library.tasks():
        if task.reason in LOCKED:
            library.retry(task.id, password)


def reindex(arguments: Namespace) -> int:
    """Read and embed every document again by the present settings; a line a file as soon as it is stored."""
    with closing(open_library(arguments.storage, arguments.models, anew=True)) as library:
        outcomes = work(library, arguments)
    if not outcomes and not arguments.json:
        print(NO_DOCUMENT)
    return exit_code(outcomes)


def work(library: Library, arguments: Namespace) -> list[FileOutcome]:
    """Work the queue until it is empty, telling of each file as it ends."""
    outcomes = []
    for event in library.work():
        if isinstance(event, FileOutcome):
            report(library, event, arguments.json)
            outcomes.append(event)
    return outcomes


def _fetch(library: Library, address: str, collection: str | None) -> FileOutcome | None:
    """Fetch a web page into the queue, or tell how it ended. Whoever has the command line is at the machine."""
    try:
        task = library.add_page(address, private=True, collection=collection)
    except DocumentError as error:
        return FileOutcome(address, address, TaskState.FAILED, "", 0, 0, 0.0, error.reason.value, str(error))
    return None if task.state is TaskState.WAITING else FileOutcome.of(task)


def report(library: Library, outcome: FileOutcome, as_json: bool) -> None:
    """Print how a file ended."""
    if as_json:
        print_json(asdict(outcome))
    else:
        counts = f"{counted(outcome.pages, 'page')}, {counted(outcome.passages, 'passage')}, {outcome.seconds:.1f} s"
        called = called_among(outcome.name, outcome.folder, library.task_folders(outcome.name).get(outcome.name, ()))
        print(f"{outcome.state.value:10} {called}: {outcome.message or counts}", flush=True)


def exit_code(outcomes: Iterable[FileOutcome]) -> int:
    """0, or 1 with a sentence where files were not added."""
    ended = list(outcomes)
    bad = [outcome for outcome in ended if outcome.state in BAD]
    if bad:
        print_error(bad[0].message if len(ended) == 1 else f"{len(bad)} of {len(ended)} files were not added. {bad[0].message}")
    return 1 if bad else 0


def list_documents(library: Library, arguments: Namespace) -> int:
    """The documents of the library."""
    scope = scope_of(library, arguments.collection or "", ())
    documents = library.documents(scope.collection)
    if arguments.json:
        print_json([asdict(document) for document in documents])
    elif not documents:
        print(NO_DOCUMENT)
    for document in () if arguments.json else documents:
        pages, passages = counted(document.pages, "page"), counted(document.passages, "passage")
        print(f"{document.id[:12]}  {pages:>11} {passages:>15}  {document.name}")
    return 0


def show(library: Library, arguments: Namespace) -> int:
    """The passages of a document, with page, heading path and text."""
    passages = library.passages(_full_ids(library, [arguments.id])[0])
    if arguments.json:
        print_json([{"id": stored.id, **asdict(stored.passage)} for stored in passages])
    for stored in () if arguments.json else passages:
        print(
            f"[{stored.id}] page {stored.passage.home.page}  {' > '.join(stored.passage.heading_path)}\n{stored.passage.text}\n"
        )
    return 0


def remove(library: Library, arguments: Namespace) -> int:
    """Remove documents with their text, vectors, pages and files."""
    identifiers = list(dict.fromkeys(_full_ids(library, arguments.ids)))
    library.remove(identifiers)
    if arguments.json:
        print_json({"removed": identifiers})
    else:
        print(f"{counted(len(identifiers), 'document')} removed.")
    return 0


def _full_ids(library: Library, beginnings: Sequence[str]) -> list[str]:
    """For each the id of the one document whose id begins so, else what was typed."""
    known = [document.id for document in library.documents()]
    found = ([label for label in known if label.startswith(beginning)] for beginning in beginnings)
    return [labels[0] if len(labels) == 1 else typed for labels, typed in zip(found, beginnings, strict=True)]
