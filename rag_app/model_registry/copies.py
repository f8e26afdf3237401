"""A copy of a chat model in another number format, kept in the models folder for as long as the original is the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rag_app.errors import ModelError
from rag_app.model_registry.checksums import broken_file, sealed_layout, write_seal
from rag_app.model_registry.folders import appearing_folder

Requantize = Callable[[Path, Path, str], None]
SEAL_FILE = "footnote.json"
_LAYOUT = 1


def requantized_copy(file: Path, sha256: str, folder: Path, number_format: str, requantize: Requantize | None) -> Path:
    """The copy of `file`, which has `sha256`, in `folder`, made by `requantize` where it is missing; else `file` itself."""
    name, seal = f"{sha256[:12]}.{number_format}.gguf", folder / SEAL_FILE

    def is_whole() -> bool:
        return (folder / name).is_file() and bool(sealed_layout(seal)) and not broken_file(seal)

    if is_whole():
        return folder / name
    if requantize is None:
        return file
    try:
        with appearing_folder(folder, is_whole=is_whole) as unfinished:
            requantize(file, unfinished / name, number_format)
            write_seal(unfinished / SEAL_FILE, [unfinished / name], layout=_LAYOUT)
    except ModelError:
        return file  # the same answers, later: no reason to give none
    return folder / name
