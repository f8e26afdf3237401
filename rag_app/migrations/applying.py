"""What of the schema's steps is applied to a file, and what is left."""

from __future__ import annotations

from sqlite_utils import Database

from rag_app.migrations.schema import steps


def apply(db: Database) -> None:
    """Bring `db` to the newest schema. To be called within a write transaction, so that two programs cannot both do it."""
    steps.apply(db)


def is_current(db: Database) -> bool:
    """Whether no step is left to apply. Writes nothing."""
    return not steps.pending(db)


def unknown_steps(db: Database) -> tuple[str, ...]:
    """Steps that were applied to `db` but are not known here: a newer version of the program made it."""
    known = set(names())
    return tuple(step.name for step in steps.applied(db) if step.name not in known)


def names() -> tuple[str, ...]:
    """The steps in the order they are applied."""
    with Database(memory=True) as empty:
        return tuple(step.name for step in steps.pending(empty))
