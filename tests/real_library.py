"""A library with the real models, for tests from outside."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rag_app.assembly import Engines
from rag_app.library import Library
from rag_app.settings import Settings, read_settings
from tests.e5_models import E5, prepared_models


def models_folder() -> Path:
    """A models folder where the embedder is unpacked."""
    return prepared_models().path_of(E5).parent


def real_library(storage: Path, *, anew: bool = False, **changes: object) -> Library:
    """The library in `storage`, as the app would open it."""
    return open_shared(storage, models_folder(), anew=anew, loads=True, **changes)


def open_shared(storage: Path, models: Path, *, anew: bool = False, loads: bool = True, **changes: object) -> Library:
    """As `open_library`, with the models of the library before, where the settings are the same: loading them takes longer than
    most of what a test does."""
    return _engines(models, read_settings(storage).changed(**changes)).open(storage, Library, anew=anew)


@lru_cache(2)
def _engines(models: Path, settings: Settings) -> Engines:
    return Engines(models, settings, loads=False)
