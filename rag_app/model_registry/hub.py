"""Fetching a model from the Hugging Face hub or a mirror of it, only when a person asks, with every checksum verified."""

from __future__ import annotations

import hashlib
import http.client
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.error import URLError
from urllib.parse import quote

from rag_app.errors import ModelError
from rag_app.interfaces import Stop
from rag_app.model_registry.checksums import sha256_of
from rag_app.model_registry.download import download, length_of, open_address
from rag_app.model_registry.folders import move_into_place
from rag_app.model_registry.model import Model
from rag_app.records import Preparation

_FETCHING, _PART = ".fetching-", ".part"
_LONGEST_LIST = 1 << 24


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file as the hub lists it: `sha256` for large files, `git_sha1` (of the Git blob) for the others."""

    name: str
    size: int
    sha256: str
    git_sha1: str


def fetch_model(model: Model, models: Path, *, address: str, stop: Stop) -> Iterator[Preparation]:
    """Download the model's files from the hub at `address` into a folder beside its place, verify them, and move them there.

    Raises `ModelError` when the hub cannot be reached, or a file is not the one that was published; `Stopped`. Interrupted, it
    goes on from there the next time.
    """
    where = f"{address.rstrip('/')}/{{}}{model.repository}"
    try:
        revision, listed = _listed(where.format("api/models/") + "/revision/main?blobs=true")
        wanted = _wanted(model, listed)
        folder = models / f"{_FETCHING}{model.id}"
        folder.mkdir(parents=True, exist_ok=True)
        total = sum(file.size for file in wanted)
        _require_room(models, total - sum(length_of(file) for file in folder.rglob("*")))
        yield from _download(wanted, f"{where.format('')}/resolve/{quote(revision, safe='')}", folder, total, stop)
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
        raise _unreachable(model, where.format(""), error) from error
    for done, file in enumerate(wanted, start=1):
        _verify(folder / file.name, file)
        yield Preparation("checking", done, len(wanted))
    for left in folder.rglob(f"*{_PART}"):
        left.unlink()
    move_into_place(folder, models / model.id)


def _listed(address: str) -> tuple[str, list[HubFile]]:
    """The newest revision of a repository, and its files."""
    with open_address(address) as answer:
        found = json.loads(answer.read(_LONGEST_LIST))
    return str(found["sha"]), [_file(entry) for entry in found["siblings"]]


def _file(entry: dict[str, Any]) -> HubFile:
    large = entry.get("lfs") or {}
    return HubFile(str(entry["rfilename"]), int(entry["size"]), str(large.get("sha256") or ""), str(entry.get("blobId") or ""))


def _wanted(model: Model, listed: list[HubFile]) -> list[HubFile]:
    """The files that belong to the model, none of them outside its folder. Raises `ModelError` if the main one is not right."""
    found = [file for file in listed if any(fnmatch(file.name, pattern) for pattern in model.files) and _is_inside(file.name)]
    main = next((file for file in found if file.name == model.files[0]), None)
    if main is None:
        raise ModelError(f"The repository {model.repository} holds no {model.files[0]}. Correct the row in models/registry.json.")
    if model.sha256 and main.sha256 != model.sha256:
        raise ModelError(
            f"{main.name} of {model.repository} is not the file that models/registry.json describes (its checksum is another). "
            "Choose the hub's own address under 'hub_address' in the settings, or another model."
        )
    return found


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _download(files: list[HubFile], address: str, folder: Path, total: int, stop: Stop) -> Iterator[Preparation]:
    """Bring each file into `folder`; yields the bytes of all that are there so far. A part is named by what it is a part of."""
    before = 0
    for file in files:
        place = folder / file.name
        part = place.with_name(f"{place.name}.{(file.sha256 or file.git_sha1)[:16]}{_PART}")
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_file():
            for there in download(f"{address}/{quote(file.name)}", part, size=file.size, stop=stop):
                yield Preparation("fetching", before + there, total)
            part.touch()
            part.replace(place)
        before += file.size
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


def _unreachable(model: Model, address: str, error: Exception) -> ModelError:
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, OSError) else error
    said = (getattr(cause, "strerror", None) or str(cause)).strip()
    reason = said.splitlines()[0] if said else type(cause).__name__
    return ModelError(
        f"The model {model.id} could not be fetched from {address} ({reason}). Connect to the network and try again, choose "
        f"a mirror under 'hub_address' in the settings, or put its files into models/{model.id}."
    )
