"""A library with the real models, for tests from outside."""

from __future__ import annotations

from pathlib import Path

from rag_app.assembly import open_library
from rag_app.library import Library
from tests.e5_models import E5, prepared_models


def models_folder() -> Path:
    """A models folder where the embedder is unpacked."""
    return prepared_models().path_of(E5).parent


def real_library(storage: Path, *, anew: bool = False, **changes: object) -> Library:
    """The library in `storage`, as the app would open it."""
    return open_library(storage, models_folder(), anew=anew, loads=True, **changes)
