"""A sentence-transformers folder: what its JSON files say about a model, and which of its files hold what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag_app.errors import ModelError

_ONNX_FILES = ("onnx/model.onnx", "model.onnx")
_DEFAULT_MAX_TOKENS = 512


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder with the settings its encoder needs. `pooling` is "mean" or "cls"."""

    path: Path
    dimension: int
    max_tokens: int
    pooling: str

    @property
    def onnx(self) -> Path:
        """The graph for ONNX Runtime. Raises `ModelError` when there is none."""
        for name in _ONNX_FILES:
            if (self.path / name).is_file():
                return self.path / name
        raise ModelError(f"{self.path} holds no onnx/model.onnx. Put one there, or remove the folder and fetch the model again.")

    @property
    def sentencepiece(self) -> Path | None:
        """The SentencePiece model of the XLM-R family, if there is one."""
        file = self.path / "sentencepiece.bpe.model"
        return file if file.is_file() else None

    @property
    def tokenizer(self) -> Path:
        """The tokenizer of the library tokenizers. Raises `ModelError` when it is missing."""
        file = self.path / "tokenizer.json"
        if not file.is_file():
            raise ModelError(f"{self.path} holds no tokenizer.json. Remove the folder and fetch the model again.")
        return file


def read_folder(path: Path) -> ModelFolder:
    """Read the settings of the model in `path`. Raises `ModelError` naming the file that is missing or unreadable."""
    config = _read_json(path / "config.json")
    pooling_file = path / "1_Pooling" / "config.json"
    pooling = _read_json(pooling_file) if pooling_file.is_file() else {}
    limits_file = path / "sentence_bert_config.json"
    limits = _read_json(limits_file) if limits_file.is_file() else {}
    return ModelFolder(
        path=path,
        dimension=int(config["hidden_size"]),
        max_tokens=int(limits.get("max_seq_length") or _DEFAULT_MAX_TOKENS),
        pooling="cls" if pooling.get("pooling_mode_cls_token") or pooling.get("pooling_mode") == "cls" else "mean",
    )


def _read_json(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{file} cannot be read ({error}). Remove the folder and prepare or fetch the model again.") from error
    if not isinstance(values, dict):
        raise ModelError(f"{file} must hold one JSON object. Remove the folder and prepare or fetch the model again.")
    return values
