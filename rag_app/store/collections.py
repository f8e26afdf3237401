"""Collections: named groups of documents. A document may be in several, or in none."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from rag_app.store.part import Part

IN_COLLECTION = "(select m.document_id from memberships m join collections c on c.id = m.collection_id where c.name = ?)"
_OF_COLLECTION = "(select id from collections where name = ?)"


class Collections(Part):
    """The collections of the library."""

    def collections(self) -> tuple[str, ...]:
        """The names of all collections, in order."""
        return tuple(row[0] for row in self._connections.rows("select name from collections order by name"))

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
        """Delete a collection; its documents stay in the library."""
        with self._connections.writing() as database:
            database.execute("delete from collections where name = ?", [name])


def put_in(database: Database, document_ids: Sequence[str], name: str) -> None:
    """As `put_in_collection`, within a transaction."""
    database.execute("insert or ignore into collections (name) values (?)", [name])
    for document_id in document_ids:
        database.execute(f"insert or ignore into memberships values ({_OF_COLLECTION}, ?)", [name, document_id])
