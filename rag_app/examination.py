"""What the doctor looks at: versions, models, storage, memory, disk."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag_app import __version__
from rag_app.errors import LibraryError, ModelError, SettingsError
from rag_app.generation import check_adapter
from rag_app.gguf_head import read_head
from rag_app.machine import memory
from rag_app.model_registry import ModelRegistry, Role
from rag_app.parsing.ocr import recognizer_fault
from rag_app.records import Finding, ModelState
from rag_app.settings import BY_TOKENS, NO_RERANKER, Settings, read_settings
from rag_app.store import DATABASE, open_problems
from rag_app.vector_index import kind_of
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
        kind_of(read_settings(storage).vector_index)
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
    yield _model(registry, chosen.embedder, Role.EMBEDDING)
    yield _model(registry, chosen.generator, Role.GENERATION)
    if chosen.reranker not in (BY_TOKENS, NO_RERANKER):
        yield _model(registry, chosen.reranker, Role.RERANKING)


def _model(registry: ModelRegistry, identifier: str, role: Role) -> Finding:
    try:
        model = registry.get(identifier)
    except ModelError as error:
        return Finding(identifier, False, str(error))
    if model.role is not role:
        return Finding(identifier, False, f"it is a model for {model.role.value}, and chosen for {role.value}. Choose another.")
    state, reason = registry.state(identifier)
    if state is ModelState.MISSING and model.package:
        return Finding(identifier, True, "not unpacked yet; the first start does it")
    return Finding(identifier, state is ModelState.PRESENT, reason or "present")


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
    if fault := _closed(storage, database):
        yield Finding("storage", False, fault)
    else:
        problems = open_problems(database)
        for problem in problems:
            yield Finding("storage", False, problem)
        if not problems:
            found = f"{database} is sound" if os.path.lexists(database) else f"{storage} holds no library yet"
            yield Finding("storage", True, found)


def _closed(storage: Path, database: Path) -> str:
    """Why a library cannot be kept in `storage`, or "". One that is not made yet is to be made in the folder above."""
    there = _nearest(storage)
    if not os.path.isdir(there):
        return f"{there} is no folder. Choose another one with --storage."
    for path in (there, database):
        if os.path.exists(path) and not os.access(path, os.W_OK):
            return f"{path} may not be written to. Allow it, or choose another folder with --storage."
    return ""


def _nearest(storage: Path) -> Path:
    """`storage`, or the first above it that is there."""
    return next(path for path in (storage, *storage.absolute().parents) if os.path.lexists(path))


def _memory() -> Finding:
    free = memory().free / GIGABYTE
    advice = "" if free >= LEAST_MEMORY_GB else "; close other programs, or choose a smaller model"
    return Finding("memory", free >= LEAST_MEMORY_GB, f"{free:.1f} GB free{advice}")


def _disk(storage: Path) -> Finding:
    there = _nearest(storage)
    free = shutil.disk_usage(there if os.path.exists(there) else there.parent).free / GIGABYTE
    advice = "" if free >= LEAST_DISK_GB else f"; make room on the disk of {storage}"
    return Finding("disk", free >= LEAST_DISK_GB, f"{free:.1f} GB free{advice}")
