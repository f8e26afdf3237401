"""SHA-256 of files, remembered so that an unchanged file is not read again.

A seal is a JSON file with size, time of change and SHA-256 of each file. A file whose size and time are as sealed is
taken as unchanged; another, as in a folder that was copied, is read once, and must have the sealed SHA-256.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

from rag_app import disk
from rag_app.errors import ModelError


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file in hexadecimal. Raises `ModelError` when it cannot be read."""
    try:
        return disk.sha256_of(file)
    except OSError as error:
        raise ModelError(f"{file} cannot be read ({error}). Check the disk and the file's permissions.") from error


def write_seal(seal: Path, files: Iterable[Path], *, layout: int) -> None:
    """Seal `files`, named relative to the seal's folder where they are inside it. `layout` numbers how they were made."""
    _write(seal, layout, {_name(file, seal): {**_marks(file), "sha256": sha256_of(file)} for file in files})


def sealed_layout(seal: Path) -> int:
    """The layout that was sealed; 0 when there is no seal or it cannot be read."""
    layout = _read(seal).get("layout", 0)
    return layout if isinstance(layout, int) else 0


def sealed_sha256(seal: Path, file: Path) -> str:
    """The SHA-256 that was sealed for `file`, if the file has not changed since; else empty."""
    entry = _read(seal).get("files", {}).get(_name(file, seal), {})
    return str(entry["sha256"]) if file.is_file() and _matches(entry, file) else ""


def broken_file(seal: Path) -> str:
    """A sentence about the first sealed file that is missing or differs; empty when all are whole, which is remembered."""
    entries = _read(seal).get("files", {})
    whole = {}
    for name, entry in entries.items():
        file = seal.parent / name
        if not file.is_file():
            return f"{file} is missing"
        whole[name] = {**entry, **_marks(file)}
        if whole[name] != entry and sha256_of(file) != entry["sha256"]:
            return f"{file} is damaged (its checksum is another than when it was made)"
    if whole != entries:
        with suppress(OSError):  # in a folder that cannot be written to, the files are read again next time
            _write(seal, sealed_layout(seal), whole)
    return ""


def _write(seal: Path, layout: int, entries: dict[str, Any]) -> None:
    beside = seal.with_name(f"{seal.name}.{token_hex(4)}.new")  # another program may write it too
    try:
        beside.write_text(json.dumps({"layout": layout, "files": entries}, indent=2) + "\n", encoding="utf-8")
        beside.replace(seal)
    finally:
        beside.unlink(missing_ok=True)


def _read(seal: Path) -> dict[str, Any]:
    try:
        values = json.loads(seal.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # without a readable seal nothing is sealed; the files are then checked or made anew
    return values if isinstance(values, dict) else {}


def _name(file: Path, seal: Path) -> str:
    return file.relative_to(seal.parent).as_posix() if file.is_relative_to(seal.parent) else str(file)


def _marks(file: Path) -> dict[str, int]:
    status = file.stat()
    return {"size": status.st_size, "changed": status.st_mtime_ns}


def _matches(entry: dict[str, Any], file: Path) -> bool:
    return all(entry.get(key) == value for key, value in _marks(file).items())
