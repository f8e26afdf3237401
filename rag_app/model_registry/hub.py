"""Fetching a model from the Hugging Face hub, only when a person asks, with the hub's own checksums verified."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Protocol

from rag_app.errors import ModelError
from rag_app.model_registry.checksums import sha256_of
from rag_app.model_registry.folders import move_into_place
from rag_app.model_registry.model import Model, Preparation

_FETCHING = ".fetching-"
_LIBRARY_NOTES = ".cache"
_LOOK_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file as the hub lists it: `sha256` for large files, `git_sha1` (of the Git blob) for the others."""

    name: str
    size: int
    sha256: str
    git_sha1: str


class Hub(Protocol):
    """What is asked of the hub; both raise `ModelError` when it does not answer."""

    def list_files(self, repository: str) -> tuple[str, tuple[HubFile, ...]]:
        """The newest revision of a repository, and its files."""
        ...

    def download(self, repository: str, revision: str, name: str, folder: Path) -> None:
        """Bring one file into `folder`, going on where an earlier attempt ended."""
        ...


def fetch_model(model: Model, models: Path, hub: Hub | None = None) -> Iterator[Preparation]:
    """Download the model's files into a folder beside its place, verify them, and move them there.

    Raises `ModelError` when the hub cannot be reached, or a file is not the one the hub lists. Interrupted, it goes on
    from there the next time.
    """
    hub = hub or HuggingFaceHub(model)
    revision, listed = hub.list_files(model.repository)
    wanted = [file for file in listed if any(fnmatch(file.name, pattern) for pattern in model.files)]
    if not any(file.name == model.files[0] for file in wanted):
        raise ModelError(f"The repository {model.repository} holds no {model.files[0]}. Correct the row in models/registry.json.")
    folder = models / f"{_FETCHING}{model.id}"
    folder.mkdir(parents=True, exist_ok=True)
    _require_room(models, sum(file.size for file in wanted) - _size_of(folder))
    yield from _download(hub, model.repository, revision, wanted, folder)
    for done, file in enumerate(wanted, start=1):
        _verify(folder / file.name, file)
        yield Preparation("checking", done, len(wanted))
    shutil.rmtree(folder / _LIBRARY_NOTES, ignore_errors=True)
    move_into_place(folder, models / model.id)


class HuggingFaceHub:
    """The real hub."""

    def __init__(self, model: Model) -> None:
        """`model` is named in messages."""
        self._model = model

    def list_files(self, repository: str) -> tuple[str, tuple[HubFile, ...]]:
        from huggingface_hub import HfApi

        try:
            found = HfApi().model_info(repository, files_metadata=True)
        except Exception as error:  # besides its own errors the library lets those of its HTTP client through
            raise self._unreachable(error) from error
        files = tuple(
            HubFile(entry.rfilename, entry.size or 0, entry.lfs.sha256 if entry.lfs else "", entry.blob_id or "")
            for entry in found.siblings or ()
        )
        return str(found.sha), files

    def download(self, repository: str, revision: str, name: str, folder: Path) -> None:
        from huggingface_hub import hf_hub_download

        try:
            hf_hub_download(repository, name, revision=revision, local_dir=folder)
        except Exception as error:  # besides its own errors the library lets those of its HTTP client through
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> ModelError:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return ModelError(
            f"The model {self._model.id} could not be fetched from huggingface.co/{self._model.repository} ({reason}). "
            f"Connect to the network and try again, or put its files into models/{self._model.id}."
        )


def _download(hub: Hub, repository: str, revision: str, files: list[HubFile], folder: Path) -> Iterator[Preparation]:
    """Yields the bytes there so far, as the files grow on disk."""
    total = sum(file.size for file in files)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="fetch") as thread:
        for file in files:
            running: Future[None] = thread.submit(hub.download, repository, revision, file.name, folder)
            while not wait([running], timeout=_LOOK_EVERY_SECONDS).done:
                yield Preparation("fetching", min(_size_of(folder), total), total)
            running.result()
    yield Preparation("fetching", total, total)


def _verify(path: Path, file: HubFile) -> None:
    """Compare a file with what the hub lists; one that differs is removed, so that it is fetched again."""
    found = sha256_of(path) if file.sha256 else _git_sha1(path)
    if found != (file.sha256 or file.git_sha1):
        path.unlink(missing_ok=True)
        raise ModelError(f"{path} arrived damaged (its checksum is not the hub's). Fetch the model again.")


def _git_sha1(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _require_room(models: Path, needed: int) -> None:
    free = shutil.disk_usage(models).free
    if needed > free:
        raise ModelError(f"{models} has room for {free / 1e9:.1f} GB, needed are {needed / 1e9:.1f} GB. Make room and try again.")


def _size_of(folder: Path) -> int:
    return sum(_file_size(file) for file in folder.rglob("*"))


def _file_size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except FileNotFoundError:
        return 0  # the library renames its unfinished files while this looks
