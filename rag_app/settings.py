"""Every default once. Read from `settings.json` in the storage folder; unknown keys are refused."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from rag_app.errors import SettingsError

FILE_NAME = "settings.json"
# Setting -> (least, most). Of those that are not listed, any value of the right type is taken.
RANGES: Mapping[str, tuple[float, float]] = {
    "passage_tokens": (20, 400),
    "overlap_tokens": (0, 399),
    "max_file_mb": (1, 1 << 20),
    "max_pages": (1, 1 << 20),
    "parse_memory_mb": (100, 1 << 20),
    "parse_seconds": (1, 86_400),
    "refusal_threshold": (0, 1),
    "answer_tokens": (1, 8192),
    "context_tokens": (256, 1 << 20),
    "threads": (0, 256),
    "temperature": (0, 2),
    "top_p": (0, 1),
    "repeat_penalty": (0.5, 2),
    "lora_scale": (-10, 10),
}

# Values of `reranker` that stand for no model.
BY_TOKENS, NO_RERANKER = "tokens", "none"

# Settings that are addresses of the web.
ADDRESSES = ("hub_address",)

# Setting -> the words it may be.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "answer_mode": ("auto", "quoted", "written"),
    "gone_files": ("ask", "remove"),
    "ocr": ("on", "off"),
    "imagine": ("off", "passage", "wordings"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose. Why each default is what it is stands in docs/decisions.md."""

    embedder: str = "multilingual-e5-small"
    generator: str = "smollm2-135m-instruct"
    lora: str = ""
    lora_scale: float = 1.0
    reranker: str = "tokens"
    answer_mode: str = "auto"
    imagine: str = "off"
    vector_index: str = "auto"
    passage_tokens: int = 150
    overlap_tokens: int = 30
    refusal_threshold: float = 0.15
    answer_tokens: int = 160
    context_tokens: int = 4096
    temperature: float = 0.0
    top_p: float = 0.95
    repeat_penalty: float = 1.1
    threads: int = 0
    max_file_mb: int = 500
    max_pages: int = 20_000
    parse_memory_mb: int = 1300
    parse_seconds: int = 25
    ocr: str = "on"
    gone_files: str = "ask"
    hub_address: str = "https://huggingface.co"

    def changed(self, **changes: object) -> Settings:
        """These settings with some values replaced. Raises `SettingsError` for an unknown name or an impossible value."""
        known = {field.name: field for field in fields(self)}
        for name, value in changes.items():
            if name not in known:
                raise SettingsError(f"There is no setting '{name}'; known are: {', '.join(sorted(known))}.")
            _check(name, value, type(getattr(self, name)))
        changed = replace(self, **changes)  # type: ignore[arg-type]
        if changed.answer_tokens >= changed.context_tokens:
            raise SettingsError(
                f"The setting 'answer_tokens' ({changed.answer_tokens}) leaves no room for a question in 'context_tokens' "
                f"({changed.context_tokens}). Lower the first, or raise the second."
            )
        if changed.overlap_tokens >= changed.passage_tokens:
            raise SettingsError(
                f"The setting 'overlap_tokens' ({changed.overlap_tokens}) must be less than 'passage_tokens' "
                f"({changed.passage_tokens}). Lower the first, or raise the second."
            )
        return changed

    @property
    def thread_count(self) -> int:
        """Threads for the models: as set, or (0) one for each processor this process may use."""
        return self.threads or len(os.sched_getaffinity(0))


def _check(name: str, value: object, wanted: type) -> None:
    """Raise `SettingsError` if `value` is of another type than `wanted` (whole numbers count as fractions) or out of range."""
    is_fitting = isinstance(value, (int, float)) if wanted is float else isinstance(value, wanted)
    if not is_fitting or isinstance(value, bool):
        raise SettingsError(f"The setting '{name}' must be of type {wanted.__name__}, not {value!r}.")
    if name in CHOICES and value not in CHOICES[name]:
        raise SettingsError(f"The setting '{name}' must be {' or '.join(CHOICES[name])}, not {value!r}.")
    if name in ADDRESSES and not str(value).startswith(("http://", "https://")):
        raise SettingsError(f"The setting '{name}' must be an address that begins with https:// or http://, not {value!r}.")
    least, most = RANGES.get(name, (-math.inf, math.inf))
    if isinstance(value, (int, float)) and not least <= value <= most:
        raise SettingsError(f"The setting '{name}' must lie between {least} and {most}, not be {value!r}.")


def read_settings(storage: Path) -> Settings:
    """The settings kept in `storage`, or the defaults. Raises `SettingsError` naming the file."""
    path = storage / FILE_NAME
    if not os.path.exists(path):  # unlike `Path.exists`, it raises nothing where the folder may not be looked into
        return Settings()
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path} cannot be read as JSON ({error}). Mend it, or remove it to use the defaults.") from error
    if not isinstance(values, dict):
        raise SettingsError(f"{path} must hold one JSON object. Mend it, or remove it to use the defaults.")
    try:
        return Settings().changed(**values)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def write_settings(storage: Path, settings: Settings) -> None:
    """Keep `settings` in `storage`, in one step. Raises `SettingsError` where that cannot be written; nothing is changed then."""
    path = storage / FILE_NAME
    beside = storage / (FILE_NAME + ".new")
    try:
        storage.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            file.write(json.dumps(asdict(settings), indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the name with nothing behind it
        beside.replace(path)
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written ({error.strerror}), so nothing was changed. Make room on its disk, or allow writing there."
        ) from error
