"""The original files, kept under the sha256 of their bytes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag_app.disk import flush

_BLOCK = 1 << 20
_UNFINISHED = "unfinished-"
_ABANDONED_SECONDS = 3600.0
_SUFFIX = re.compile(r"\.[a-z0-9]{1,12}")
_KEPT = re.compile(rf"[0-9a-f]{{64}}(?:{_SUFFIX.pattern})?")


@dataclass(frozen=True, slots=True)
class Copy:
    """A file copied beside the kept ones, on disk, but not among them yet."""

    path: Path
    document_id: str
    size: int


class KeptFiles:
    """The folder of original files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, document_id: str, name: str) -> Path:
        """Where the file of a document called `name` is kept; it need not exist."""
        suffix = Path(name).suffix.lower()
        return self._folder / (document_id + (suffix if _SUFFIX.fullmatch(suffix) else ""))

    def is_own(self, path: str, document_id: str, name: str) -> bool:
        """Whether `path` is where the file of a document is kept: what was put back into the queue came from nowhere else."""
        return Path(path).name == self.path(document_id, name).name

    def copy(self, source: Path) -> Copy:
        """Copy `source` to the same disk and take its sha256 on the way. Raises `OSError`; leaves nothing then."""
        with source.open("rb") as original:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as copied:
                    digest, size = hashlib.sha256(), 0
                    while block := original.read(_BLOCK):
                        digest.update(block)
                        size += copied.write(block)
                    copied.flush()
                    os.fsync(copied.fileno())
            except BaseException:
                Path(name).unlink()
                raise
        return Copy(Path(name), digest.hexdigest(), size)

    def keep(self, copy: Copy, name: str) -> None:
        """Give the copy its lasting name, for certain even if the power fails."""
        copy.path.replace(self.path(copy.document_id, name))
        flush(self._folder)

    def drop(self, copy: Copy) -> None:
        """Remove a copy that is not wanted."""
        copy.path.unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, Path]]:
        """Each kept file, as (document id, path); what else lies in the folder is not Footnote's."""
        for path in self._folder.glob("[0-9a-f]*"):
            if _KEPT.fullmatch(path.name):
                yield path.stem, path

    def remove_abandoned(self) -> None:
        """Remove copies that a killed program left unfinished. One being written now is younger than an hour."""
        for path in self._folder.glob(f"{_UNFINISHED}*"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                    path.unlink()
