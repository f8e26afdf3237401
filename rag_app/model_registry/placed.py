"""Models whose files a person put there: which file is the main one, and what is plainly wrong with them."""

from __future__ import annotations

from pathlib import Path

from rag_app.errors import ModelError
from rag_app.gguf_head import GGUF_MAGIC
from rag_app.model_registry.model import Model, Role

_LFS_POINTER = b"version https://git-lfs"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin", "onnx/model.onnx", "model.safetensors.index.json")


def main_file(folder: Path, model: Model) -> Path:
    """The file of weights: the one the table names, else the only or first of its kind in `folder`.

    Raises `ModelError` when there is none.
    """
    named = folder / model.files[0]
    if named.is_file():
        return named
    others = sorted(folder.glob("*.gguf")) if model.role is Role.GENERATION else [folder / name for name in _WEIGHTS]
    for file in others:
        if file.is_file():
            return file
    raise ModelError(f"{folder} holds no {model.files[0]}. Put it there, or remove the folder and fetch the model {model.id}.")


def fault_in(folder: Path, model: Model) -> str:
    """What is plainly wrong with files that nobody sealed; empty when nothing is."""
    try:
        file = main_file(folder, model)
    except ModelError:
        return f"{folder / model.files[0]} is missing"
    with file.open("rb") as stream:
        beginning = stream.read(len(_LFS_POINTER))
    if beginning == _LFS_POINTER:
        return f"{file} is a Git LFS pointer, not the model itself"
    if model.role is Role.GENERATION and not beginning.startswith(GGUF_MAGIC):
        return f"{file} is not a GGUF file"
    if model.role is not Role.GENERATION and not (folder / "config.json").is_file():
        return f"{folder / 'config.json'} is missing"
    return "" if beginning else f"{file} is empty"
