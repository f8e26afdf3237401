"""Which steps a library has, and how it gets those that it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from sqlite3 import Connection

from rag_app.migrations.steps import STEPS, Step

_SET = "footnote"
_APPLIED = """create table if not exists _sqlite_migrations
    (id integer primary key, migration_set text, name text, applied_at text, unique (migration_set, name))"""


def apply(db: Connection, steps: Sequence[Step] = STEPS) -> None:
    """Bring `db` to the newest schema. To be called within a write transaction, so that two programs cannot both do it."""
    db.execute(_APPLIED)
    done = _applied(db)
    for step in steps:
        if step.__name__ not in done:
            step(db)
            sql = "insert into _sqlite_migrations (migration_set, name, applied_at) values (?, ?, ?)"
            db.execute(sql, [_SET, step.__name__, str(datetime.now(timezone.utc))])


def is_current(db: Connection) -> bool:
    """Whether no step is left to apply. Writes nothing."""
    return _applied(db).issuperset(names())


def unknown_steps(db: Connection) -> tuple[str, ...]:
    """Steps that were applied to `db` but are not known here: a newer version of the program made it."""
    return tuple(sorted(_applied(db).difference(names())))


def names() -> tuple[str, ...]:
    """The steps in the order they are applied."""
    return tuple(step.__name__ for step in STEPS)


def _applied(db: Connection) -> set[str]:
    if not db.execute("select 1 from sqlite_master where name = '_sqlite_migrations'").fetchone():
        return set()
    return {name for (name,) in db.execute("select name from _sqlite_migrations where migration_set = ?", [_SET])}
