"""Folders kept in step: what was taken over from each, and which documents only folders brought.

A document is `brought` as long as no person added it by hand. Only brought documents are ever removed by a sync.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from rag_app.records import Folder, FolderDocument, FolderFile, SeenFile
from rag_app.store.opening import Row
from rag_app.store.origins import note_folder, tell_apart
from rag_app.store.part import Part, now

_FOLDER = """select id, path, collection, (select count(*) from folder_files where folder_id = folders.id), synced_at
    from folders"""
_KEEP = "delete from brought where document_id in (select document_id from folder_files where folder_id = ? and path = ?)"
_LOOSE = """select d.id, d.called from documents d join brought b on b.document_id = d.id
    where not exists (select 1 from folder_files f where f.document_id = d.id)"""


class Folders(Part):
    """The folders, their files, and what to remove when files go."""

    def folders(self) -> tuple[Folder, ...]:
        """All folders, in the order of their paths."""
        return tuple(Folder(*row) for row in self._connections.rows(f"{_FOLDER} order by path"))

    def add_folder(self, path: str, collection: str | None) -> Folder:
        """A new folder; its files go into `collection`."""
        sql = "insert into folders (path, collection, added_at) values (?, ?, ?) returning id"
        with self._connections.writing() as database:
            (label,) = database.execute(sql, [path, collection, now()]).fetchone()
            return Folder(label, path, collection, 0, "")

    def forget_folder(self, folder_id: int) -> None:
        """Keep a folder in step no longer. Its documents stay, as if added by hand, unless another folder holds them too."""
        with self._connections.writing() as database:
            database.execute("delete from folders where id = ?", [folder_id])
            database.execute("delete from brought where document_id not in (select document_id from folder_files)")

    def has_folder(self, folder_id: int) -> bool:
        """Whether a folder is kept in step still."""
        return bool(self._connections.rows("select 1 from folders where id = ?", [folder_id]))

    def folder_files(self, folder_id: int) -> tuple[FolderFile, ...]:
        """What was taken over from a folder, by path."""
        sql = "select path, size, modified_ns, document_id from folder_files where folder_id = ? order by path"
        return tuple(_file(row) for row in self._connections.rows(sql, [folder_id]))

    def note_file(self, folder_id: int, file: FolderFile) -> None:
        """Note a file as it is now. A document that it held before gives way once the present one is stored.

        One that cannot be taken over as it is now keeps the document it held.
        """
        with self._connections.writing() as database:
            sql = "select document_id from folder_files where folder_id = ? and path = ?"
            before = database.execute(sql, [folder_id, file.seen.path]).fetchone()
            former = before[0] if before else ""
            present = file.document_id or former
            _note(database, folder_id, file, present)
            if former not in ("", present):
                _supersede(database, former, present)

    def move_file(self, folder_id: int, old: str, file: FolderFile, path: Path) -> None:
        """Note that a file lies at another path, `path` in full; its document is named by that now, unless added by hand."""
        with self._connections.writing() as database:
            database.execute("delete from folder_files where folder_id = ? and path = ?", [folder_id, old])
            _note(database, folder_id, file, file.document_id)
            sql = "select name from documents join brought on document_id = id where id = ?"
            row = database.execute(sql, [file.document_id]).fetchone()
            if row and self.files.path(file.document_id, row[0]) == self.files.path(file.document_id, path.name):
                database.execute("update documents set name = ? where id = ?", [path.name, file.document_id])
                note_folder(database, file.document_id, str(path.parent))
                for name in {row[0], path.name}:
                    tell_apart(database, name)

    def forget_files(self, folder_id: int, paths: Sequence[str], *, keep: bool) -> None:
        """Note that files are gone. With `keep`, their documents stay as if they had been added by hand."""
        with self._connections.writing() as database:
            for path in paths:
                if keep:
                    database.execute(_KEEP, [folder_id, path])
                database.execute("delete from folder_files where folder_id = ? and path = ?", [folder_id, path])

    def doomed(self, folder_id: int, paths: Sequence[str]) -> tuple[FolderDocument, ...]:
        """The documents that only these files of a folder hold, and no person added by hand."""
        gone = set(paths)
        sql = """select f.folder_id, f.path, d.id, d.called from folder_files f join documents d on d.id = f.document_id
            or d.id in (select document_id from superseded where by_document_id = f.document_id)
            join brought b on b.document_id = d.id order by d.called"""
        found: dict[str, FolderDocument] = {}
        held = set()
        for owner, path, document_id, name in self._connections.rows(sql):
            if owner == folder_id and path in gone:
                found[document_id] = FolderDocument(document_id, name)
            else:
                held.add(document_id)
        return tuple(document for document in found.values() if document.id not in held)

    def superseded(self) -> tuple[str, ...]:
        """Documents whose file holds another one by now that is stored; none that a person added, or that another file holds."""
        sql = f"""{_LOOSE} and exists (select 1 from superseded s join documents n on n.id = s.by_document_id
            where s.document_id = d.id)"""
        return tuple(row[0] for row in self._connections.rows(sql))

    def note_sync(self, folder_id: int) -> None:
        """Note that a folder was looked through just now."""
        with self._connections.writing() as database:
            database.execute("update folders set synced_at = ? where id = ?", [now(), folder_id])


def _note(database: Database, folder_id: int, file: FolderFile, document_id: str) -> None:
    """Note a file, unless its folder was forgotten meanwhile."""
    sql = "insert or replace into folder_files select id, ?, ?, ?, ? from folders where id = ?"
    database.execute(sql, [file.seen.path, document_id, file.seen.size, file.seen.modified_ns, folder_id])


def _supersede(database: Database, former: str, present: str) -> None:
    """`former` waits for `present` to be stored; what waited for `former` waits for that one too."""
    database.execute("update superseded set by_document_id = ? where by_document_id = ?", [present, former])
    database.execute("insert or replace into superseded values (?, ?)", [former, present])
    database.execute("delete from superseded where document_id = ?", [present])


def note_origin(database: Database, document_id: str, *, from_folder: bool) -> None:
    """Within the transaction that queues a file: whether a folder alone brings it, or a person added it by hand."""
    if not from_folder:
        database.execute("delete from brought where document_id = ?", [document_id])
        return
    sql = "select 1 from documents where id = :id union all select 1 from tasks where document_id = :id limit 1"
    if not database.execute(sql, {"id": document_id}).fetchone():
        database.execute("insert or ignore into brought values (?)", [document_id])


def forget_origin(database: Database, document_id: str) -> None:
    """Within the transaction that removes a document: who brought it. Should it come again, that counts anew."""
    database.execute("delete from brought where document_id = ?", [document_id])
    database.execute("delete from superseded where document_id = ?", [document_id])
    database.execute("delete from origins where document_id = ?", [document_id])


def _file(row: Row) -> FolderFile:
    path, size, modified_ns, document_id = row
    return FolderFile(SeenFile(path, size, modified_ns), document_id)
