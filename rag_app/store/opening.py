"""Connections to the library's file: as many as are used at once, closed together."""

from __future__ import annotations

import sqlite3
import threading
import time
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
KEPT = 8  # connections, once many were used at once
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
        self._open: list[tuple[Database, threading.Lock]] = []  # each with the lock of whoever uses or closes it
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
        with self._used() as database, _transaction(database):
            yield database

    def empty_journal(self) -> None:
        """Move the write-ahead log into the file and cut it to nothing, unless another program is reading just now."""
        self.rows("pragma wal_checkpoint(truncate)")

    def close(self) -> None:
        """Close all connections, each when it is not in use."""
        with self._guard:
            left, self._open = self._open, []
        for database, using in left:
            with using:
                database.close()

    def _prepare(self, database: Database) -> None:
        _use_journal(database)
        if fault := newer_version(self.path, database):
            raise LibraryError(fault)
        if not migrations.is_current(database):
            with _transaction(database):
                migrations.apply(database)

    @contextmanager
    def _used(self) -> Iterator[Database]:
        """A connection that nobody else uses, held meanwhile: closing one in the midst of a query would end the program."""
        with self._sentences():
            database, using = mine = self._free()
            try:
                yield database
            finally:
                with self._guard:
                    if len(self._open) > KEPT and mine in self._open:
                        self._open.remove(mine)
                        database.close()
                using.release()

    def _free(self) -> tuple[Database, threading.Lock]:
        """A connection that nobody uses, a new one if need be, with its lock, which is taken."""
        with self._guard:
            for free in self._open:
                if free[1].acquire(blocking=False):
                    return free
        new = (self._connect(), threading.Lock())
        new[1].acquire()
        with self._guard:
            self._open.append(new)
        return new

    def _connect(self) -> Database:
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return Database(connection, execute_plugins=False)

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


@contextmanager
def _transaction(database: Database) -> Iterator[None]:
    database.execute("begin immediate")
    try:
        yield
        database.execute("commit")
    except BaseException:
        database.rollback()
        raise


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
