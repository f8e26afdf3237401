"""The table of models: `models/registry.json`, and a `model.json` in the folder of each imported model."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from rag_app.errors import ModelError
from rag_app.model_registry.model import Model, Role

TABLE_FILE = "registry.json"
IMPORTED_FILE = "model.json"
_SHIPPED_TABLE = Path(__file__).resolve().parents[2] / "models" / TABLE_FILE
_KNOWN = {field.name for field in fields(Model)}
_LISTS = ("languages", "files")


def read_table(models: Path) -> tuple[Model, ...]:
    """The rows of `models`/registry.json, or of the table that ships with Footnote where that folder has none.

    Raises `ModelError` naming the file.
    """
    own = models / TABLE_FILE
    file = own if own.is_file() else _SHIPPED_TABLE
    rows = _read_json(file)
    if not isinstance(rows, list):
        raise ModelError(f"{file} must hold a list of models. Restore it from the repository.")
    return tuple(_model(row, file) for row in rows)


def read_imported(models: Path) -> tuple[Model, ...]:
    """The models that a person imported into `models`, by name. Raises `ModelError` naming the file."""
    files = sorted(models.glob(f"*/{IMPORTED_FILE}"))
    return tuple(_model(_read_json(file), file) for file in files)


def write_imported(model: Model, folder: Path) -> None:
    """Describe an imported model in its own folder."""
    text = json.dumps(asdict(model), ensure_ascii=False, indent=2)
    (folder / IMPORTED_FILE).write_text(text + "\n", encoding="utf-8")


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{file} cannot be read as JSON ({error}). Restore it from the repository.") from error


def _model(row: Any, file: Path) -> Model:
    if not isinstance(row, dict) or not set(row) <= _KNOWN:
        raise ModelError(f"{file} has a row with unknown fields: {row!r:.200}. Known are: {', '.join(sorted(_KNOWN))}.")
    try:
        values: dict[str, Any] = {key: tuple(value) if key in _LISTS else value for key, value in row.items()}
        return Model(**{**values, "role": Role(values["role"])})
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{file} has a row that is no model ({error}): {row!r:.200}") from error
