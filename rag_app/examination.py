"""What the doctor looks at: versions, models, storage, memory, disk."""

from __future__ import annotations

import platform
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag_app import __version__
from rag_app.errors import LibraryError, ModelError, SettingsError
from rag_app.generation import check_adapter, read_head
from rag_app.machine import memory
from rag_app.model_registry import ModelRegistry
from rag_app.parsing.ocr import recognizer_fault
from rag_app.records import Finding, ModelState
from rag_app.settings import Settings, read_settings
from rag_app.store import DATABASE, open_problems
from rag_app.vector_index.hnsw_library import load_hnswlib

PACKAGES = (
    "gradio",
    "llama-cpp-python",
    "onnxruntime",
    "sentence-transformers",
    "hnswlib",
    "pypdfium2",
    "pypdf",
    "rapidocr-onnxruntime",
    "unstructured",
    "sqlite-utils",
)
_OCR = "text recognition"
LEAST_MEMORY_GB = 2.0
LEAST_DISK_GB = 1.0
GIGABYTE = 1024**3


def examine(storage: Path, models: Path) -> Iterator[Finding]:
    """One finding after the other; it changes nothing, and looks even where the library cannot be opened."""
    yield Finding(
        "footnote", True, f"Footnote {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    yield from map(_package, PACKAGES)
    yield from _processor()
    yield from _settings(storage)
    yield from _models(storage, models)
    yield from _adapter(storage, models)
    yield from _text_recognition(storage)
    yield from _storage(storage)
    yield _memory()
    yield _disk(storage)


def _package(name: str) -> Finding:
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, False, f"{name} is not installed. Run: pip install -r requirements.txt")
    return Finding(name, True, found)


def _processor() -> Iterator[Finding]:
    try:
        load_hnswlib()
    except LibraryError as error:
        yield Finding("processor", False, str(error))


def _settings(storage: Path) -> Iterator[Finding]:
    try:
        read_settings(storage)
    except SettingsError as error:
        yield Finding("settings", False, str(error))


def _text_recognition(storage: Path) -> Iterator[Finding]:
    """Whether scans and pictures can be read; nothing where the settings cannot be read."""
    with suppress(SettingsError):
        if read_settings(storage).ocr != "on":
            yield Finding(_OCR, True, "turned off in the settings; scans and pictures are refused")
        elif fault := recognizer_fault():
            advice = "Run: pip install -r requirements.txt (and on Debian or Ubuntu: apt install libgl1)"
            yield Finding(_OCR, False, f"it cannot be loaded ({fault}), so scans and pictures are refused. {advice}")
        else:
            yield Finding(_OCR, True, "scans and pictures are read, Chinese and English")


def _models(storage: Path, models: Path) -> Iterator[Finding]:
    registry = ModelRegistry(models)
    try:
        chosen = read_settings(storage)
    except SettingsError:
        chosen = Settings()
    for identifier in (chosen.embedder, chosen.generator):
        state, reason = registry.state(identifier)
        unpacked_later = state is ModelState.MISSING and registry.get(identifier).package
        if unpacked_later:
            yield Finding(identifier, True, "not unpacked yet; the first start does it")
        else:
            yield Finding(identifier, state is ModelState.PRESENT, reason or "present")


def _adapter(storage: Path, models: Path) -> Iterator[Finding]:
    registry = ModelRegistry(models)
    try:
        chosen = read_settings(storage)
        if chosen.lora:
            adapter = registry.placed(chosen.lora)
            check_adapter(adapter, read_head(registry.path_of(chosen.generator)))
            yield Finding("lora", True, f"{adapter} fits {chosen.generator}")
    except SettingsError:
        return  # told of already
    except ModelError as error:
        yield Finding("lora", False, str(error))


def _storage(storage: Path) -> Iterator[Finding]:
    database = storage / DATABASE
    if not database.exists():
        yield Finding("storage", True, f"{storage} holds no library yet")
        return
    problems = open_problems(database)
    for problem in problems:
        yield Finding("storage", False, problem)
    if not problems:
        yield Finding("storage", True, f"{database} is sound")


def _memory() -> Finding:
    free = memory().free / GIGABYTE
    advice = "" if free >= LEAST_MEMORY_GB else "; close other programs, or choose a smaller model"
    return Finding("memory", free >= LEAST_MEMORY_GB, f"{free:.1f} GB free{advice}")


def _disk(storage: Path) -> Finding:
    there = next(folder for folder in (storage, *storage.resolve().parents) if folder.exists())
    free = shutil.disk_usage(there).free / GIGABYTE
    advice = "" if free >= LEAST_DISK_GB else f"; make room on the disk of {storage}"
    return Finding("disk", free >= LEAST_DISK_GB, f"{free:.1f} GB free{advice}")
