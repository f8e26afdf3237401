"""Folders of a person's own that the library keeps in step with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder kept in step. `files` counts what was taken over from it, `synced_at` is ISO 8601 in UTC or empty."""

    id: int
    path: str
    collection: str | None
    files: int
    synced_at: str


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as it was last seen: its path within the folder, its size in bytes and when it was changed (ns since 1970)."""

    path: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file taken over from a folder. `document_id` is its sha256, empty for one that could not be taken over."""

    seen: SeenFile
    document_id: str


@dataclass(frozen=True, slots=True)
class FolderDocument:
    """A document that only folders brought into the library and no file holds any more: what a sync would remove."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class FolderChanges:
    """What differs between a folder and the library, or what a sync did about it. Paths are within the folder.

    `obstacle` is a sentence when the folder cannot be read: nothing is done then; or when the disk has no room for a file, which
    is left for the next time. So are files that are being written (`unsettled`). `doomed` are the documents of the files that
    are gone.
    """

    folder: Folder
    obstacle: str = ""
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    doomed: tuple[FolderDocument, ...] = ()

    @property
    def is_in_step(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.obstacle or self.added or self.changed or self.moved or self.gone or self.unsettled)
