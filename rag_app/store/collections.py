"""Collections: named groups of documents. A document may be in several, or in none."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from rag_app.errors import LibraryError
from rag_app.store.part import Part

IN_COLLECTION = "(select m.document_id from memberships m join collections c on c.id = m.collection_id where c.name = ?)"
_OF_COLLECTION = "(select id from collections where name = ?)"


class Collections(Part):
    """The collections of the library."""

    def collections(self) -> tuple[str, ...]:
        """The names of all collections, in order."""
        return tuple(row[0] for row in self._connections.rows("select name from collections order by name"))

    def make_collection(self, name: str) -> None:
        """Make an empty collection, unless there is one of that name."""
        with self._connections.writing() as database:
            database.execute("insert or ignore into collections (name) values (?)", [name])

    def rename_collection(self, name: str, new: str) -> None:
        """Give a collection another name; what is on its way into it follows. Raises `LibraryError` if that is taken."""
        with self._connections.writing() as database:
            if new != name and database.execute("select 1 from collections where name = ?", [new]).fetchone():
                raise LibraryError(f"There is a collection {new} already. Choose another name.")
            database.execute("update collections set name = ? where name = ?", [new, name])
            database.execute("update tasks set collection = ? where collection = ?", [new, name])
            database.execute("update folders set collection = ? where collection = ?", [new, name])

    def put_in_collection(self, document_ids: Sequence[str], name: str) -> None:
        """Put documents into the collection `name`, which is made if need be."""
        with self._connections.writing() as database:
            put_in(database, document_ids, name)

    def take_from_collection(self, document_ids: Sequence[str], name: str) -> None:
        """Take documents out of a collection; they stay in the library."""
        sql = f"delete from memberships where document_id = ? and collection_id = {_OF_COLLECTION}"
        with self._connections.writing() as database:
            for document_id in document_ids:
                database.execute(sql, [document_id, name])

    def delete_collection(self, name: str) -> None:
        """Delete a collection; its documents stay in the library, and what is on its way into it comes without."""
        with self._connections.writing() as database:
            database.execute("update tasks set collection = null where collection = ?", [name])
            database.execute("update folders set collection = null where collection = ?", [name])
            database.execute("delete from collections where name = ?", [name])


def put_in(database: Database, document_ids: Sequence[str], name: str) -> None:
    """As `put_in_collection`, within a transaction. Documents that are gone are passed over."""
    database.execute("insert or ignore into collections (name) values (?)", [name])
    for document_id in document_ids:
        sql = f"insert or ignore into memberships select {_OF_COLLECTION}, id from documents where id = ?"
        database.execute(sql, [name, document_id])
