"""A library of its own for a measurement, which holds some files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from rag_app.assembly import MODELS, open_library
from rag_app.library import Library


@contextmanager
def filled_library(files: Sequence[Path]) -> Iterator[Library]:
    """A library with the files in it, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, closing(open_library(Path(folder), MODELS)) as library:
        library.add(files)
        for _ in library.work():
            pass
        yield library
