"""Connections to the library's file: one a thread, opened when first needed, closed together."""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from rag_app import migrations
from rag_app.errors import FullDiskError, LibraryError
from rag_app.store.files import KeptFiles

DATABASE = "footnote.db"
FILES = "files"
BUSY_SECONDS = 30.0
Value = str | int | float | bytes | None
Row = tuple[Any, ...]

_PRAGMAS = (
    f"pragma busy_timeout = {int(BUSY_SECONDS * 1000)}",
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    "pragma secure_delete = on",
    "pragma journal_size_limit = 67108864",
)
_BUSY = ("locked", "busy")
_FULL = ("full", "i/o error")


class Connections:
    """The library's file. Every error of SQLite leaves here as a `LibraryError` that names it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: weakref.WeakKeyDictionary[Database, threading.RLock] = weakref.WeakKeyDictionary()
        self._guard = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The folder {path.parent} cannot be made ({error.strerror}). Choose another storage folder."
            ) from error
        if fault := lost_library(path):
            raise LibraryError(fault)
        with self._used() as database:
            self._prepare(database)

    def rows(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """The rows of one query."""
        with self._used() as database:
            return list(database.execute(sql, parameters))

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """A transaction that holds the only right to write from its first statement; all of it is kept, or nothing."""
        with self._used() as database:
            database.execute("begin immediate")
            try:
                yield database
                database.execute("commit")
            except BaseException:
                database.rollback()
                raise

    def empty_journal(self) -> None:
        """Move the write-ahead log into the file and cut it to nothing, unless another program is reading just now."""
        self.rows("pragma wal_checkpoint(truncate)")

    def close(self) -> None:
        """Close the connections of all threads, each when it is not in use."""
        with self._guard:
            self._local = threading.local()
            for database, using in list(self._open.items()):
                with using:
                    database.close()
                    del self._open[database]

    def _prepare(self, database: Database) -> None:
        _use_journal(database)
        if fault := newer_version(self.path, database):
            raise LibraryError(fault)
        if not migrations.is_current(database):
            with self.writing():
                migrations.apply(database)

    @contextmanager
    def _used(self) -> Iterator[Database]:
        """The connection of this thread, held open meanwhile: closing one in the midst of a query would end the program."""
        with self._sentences():
            while True:
                database, using = self._mine()
                with using:
                    if database in self._open:  # not closed since
                        yield database
                        return

    def _mine(self) -> tuple[Database, threading.RLock]:
        """The connection of this thread, and the lock of whoever uses or closes it."""
        found: tuple[Database, threading.RLock] | None = getattr(self._local, "mine", None)
        if found is None:
            database, using = found = self._local.mine = (self._connect(), threading.RLock())
            with self._guard:
                self._open[database] = using
        return found

    def _connect(self) -> Database:
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        database = Database(connection, execute_plugins=False)
        weakref.finalize(database, connection.close)  # when its thread ends; the connection alone would wait for the collector
        return database

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
            raise  # a defect of ours, not of the file
        except OverflowError as error:
            raise LibraryError("A number is too large for the library. Give a smaller one.") from error
        except UnicodeEncodeError as error:
            raise LibraryError(f"{_spelled(error.object)} is no text. Write it in UTF-8.") from error
        except UnicodeDecodeError as error:  # of a schema that is damaged SQLite tells in its own bytes
            raise LibraryError(sentence(self.path, str(error))) from error
        except sqlite3.DatabaseError as error:
            kind = FullDiskError if any(word in str(error).lower() for word in _FULL) else LibraryError
            raise kind(sentence(self.path, str(error))) from error


def lost_library(path: Path) -> str:
    """What to do where there are files of documents, but not the library at `path` that knows them. Else ""."""
    files = path.parent / FILES
    if _holds_something(path) or not any(KeptFiles(files).names()):
        return ""
    return (
        f"{path} is missing or empty, and {files} holds the files of its documents. Put back a copy of it from a "
        f"backup, or move {files} elsewhere and add the files in it anew."
    )


def newer_version(path: Path, database: Database) -> str:
    """What to do where a newer version of the program made the library at `path`. Else ""."""
    if not migrations.unknown_steps(database):
        return ""
    return f"{path} was made by a newer version of Footnote. Use that version, or another storage folder."


def _spelled(text: str) -> str:
    """`text` with what UTF-8 cannot carry spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def sentence(path: Path, error: str) -> str:
    """What an error of SQLite means for the person, and what to do."""
    lowered = error.lower()
    if any(word in lowered for word in _BUSY):
        return f"{path} is in use by another program ({error}). Close that program, or try again in a moment."
    if "i/o error" in lowered:
        return f"{path} cannot be read or written ({error}). Check that its disk has room and is well, then try again."
    if any(word in lowered for word in _FULL):
        return f"{path} cannot be written ({error}). Free some space on its disk, then try again; nothing was lost."
    if "unable to open" in lowered or "readonly" in lowered:
        return f"{path} cannot be opened ({error}). Check that the folder exists and may be written to."
    return (
        f"{path} is damaged ({error}). It was left as it is: put a copy from a backup in its place, "
        "or move it away and add your documents again."
    )


def _use_journal(database: Database) -> None:
    """Switch to write-ahead logging. While another program is doing the same, SQLite refuses at once instead of waiting."""
    until = time.monotonic() + BUSY_SECONDS
    while not _journal_is_used(database, again=time.monotonic() < until):
        time.sleep(0.02)


def _journal_is_used(database: Database, *, again: bool) -> bool:
    try:
        return bool(database.execute("pragma journal_mode = wal").fetchone() == ("wal",))
    except sqlite3.OperationalError as error:
        if again and "locked" in str(error):
            return False
        raise


def _holds_something(path: Path) -> bool:
    """Whether there is a file that is not empty; SQLite takes one of a single byte for empty too."""
    try:
        return path.stat().st_size > 1
    except OSError:  # not there, or not to be asked: opening it tells
        return False
