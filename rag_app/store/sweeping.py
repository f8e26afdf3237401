"""Which kept files nothing refers to any more."""

from __future__ import annotations

from collections.abc import Collection

from sqlite_utils import Database

from rag_app.records import TaskState
from rag_app.store.files import KeptFiles

FINISHED = f"('{TaskState.DONE.value}', '{TaskState.DUPLICATE.value}')"


def sweep(database: Database, files: KeptFiles, document_ids: Collection[str] | None = None) -> None:
    """Remove the kept files (of `document_ids`, or all) that neither a document nor an unfinished task refers to.

    Within a write transaction, as `queue` keeps files: so no file can go between its copying and its task.
    """
    wanted = _wanted(database, files)
    for document_id, path in list(files.names()):
        if path.name not in wanted and (document_ids is None or document_id in document_ids):
            path.unlink(missing_ok=True)


def _wanted(database: Database, files: KeptFiles) -> set[str]:
    rows = database.execute(
        f"select id, name from documents union select document_id, name from tasks where state not in {FINISHED}"
    )
    return {files.path(document_id, name).name for document_id, name in rows}
