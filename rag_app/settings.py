"""Every default once. Read from `settings.json` in the storage folder; unknown keys are refused."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from rag_app.errors import SettingsError

FILE_NAME = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose. Why each default is what it is stands in docs/decisions.md."""

    embedder: str = "multilingual-e5-small"
    generator: str = "smollm2-135m-instruct"
    reranker: str = "tokens"
    answer_mode: str = "auto"
    vector_index: str = "auto"
    passage_tokens: int = 150
    overlap_tokens: int = 30
    refusal_threshold: float = 0.3
    answer_tokens: int = 160
    context_tokens: int = 4096
    temperature: float = 0.0
    repeat_penalty: float = 1.1
    threads: int = 0
    max_file_mb: int = 500
    max_pages: int = 20_000
    parse_memory_mb: int = 1500
    parse_seconds: int = 25

    def changed(self, **changes: object) -> Settings:
        """These settings with some values replaced. Raises `SettingsError` for an unknown name or a wrong type."""
        known = {field.name: field for field in fields(self)}
        for name, value in changes.items():
            if name not in known:
                raise SettingsError(f"There is no setting '{name}'; known are: {', '.join(sorted(known))}.")
            wanted = type(getattr(self, name))
            if not isinstance(value, wanted) and not (wanted is float and isinstance(value, int)):
                raise SettingsError(f"The setting '{name}' must be of type {wanted.__name__}, not {value!r}.")
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def thread_count(self) -> int:
        """Threads for the models: as set, or (0) one for each processor this process may use."""
        return self.threads or len(os.sched_getaffinity(0))


def read_settings(storage: Path) -> Settings:
    """The settings kept in `storage`, or the defaults. Raises `SettingsError` naming the file."""
    path = storage / FILE_NAME
    if not path.exists():
        return Settings()
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read as JSON ({error}). Mend it, or remove it to use the defaults.") from error
    if not isinstance(values, dict):
        raise SettingsError(f"{path} must hold one JSON object. Mend it, or remove it to use the defaults.")
    try:
        return Settings().changed(**values)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def write_settings(storage: Path, settings: Settings) -> None:
    """Keep `settings` in `storage`, in one step."""
    storage.mkdir(parents=True, exist_ok=True)
    beside = storage / (FILE_NAME + ".new")
    beside.write_text(json.dumps(asdict(settings), indent=2) + "\n", encoding="utf-8")
    beside.replace(storage / FILE_NAME)
