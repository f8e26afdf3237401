"""Taking over a model from a file or a folder that a person points to."""

from __future__ import annotations

import json
import math
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from rag_app.errors import ModelError
from rag_app.gguf_head import read_head
from rag_app.model_registry.folders import appearing_folder
from rag_app.model_registry.model import Model, Role
from rag_app.model_registry.placed import fault_in, main_file
from rag_app.model_registry.safetensors_file import is_whole
from rag_app.model_registry.table import write_imported

_FAMILY = "imported"
_BOTH = ("en", "zh")
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model", "tokenizer.model")
_CLASSIFIER = "ForSequenceClassification"


def import_model(path: Path, models: Path, *, taken: frozenset[str]) -> Model:
    """Copy the GGUF file or model folder `path` to a folder of its own in `models`, with a `model.json` about it.

    Raises `ModelError` when `path` is no model, or its name is one of `taken` or of a folder that is there.
    """
    if not path.exists():
        raise ModelError(f"{path} does not exist. Check the path.")
    model = _describe_folder(path) if path.is_dir() else _describe_gguf(path)
    if model.id in taken:
        raise ModelError(f"There is a model '{model.id}' already. Remove it first, or rename {path}.")
    place = models / model.id
    if place.exists():  # what a person put there: it would give way to the model with all that it holds
        raise ModelError(
            f"{place} is there already, with other files in it. Move it elsewhere, or rename {path}, and import again."
        )
    with appearing_folder(place, is_whole=lambda: False) as folder:
        if path.is_dir():
            shutil.copytree(path, folder, dirs_exist_ok=True)
        else:
            shutil.copyfile(path, folder / path.name)
        write_imported(model, folder)
    return model


def _describe_gguf(path: Path) -> Model:
    head = read_head(path)
    return Model(
        id=_identifier(path.stem),
        role=Role.GENERATION,
        family=_FAMILY,
        licence="",
        languages=_BOTH,
        parameters=sum(map(math.prod, head.tensors.values())),
        files=(path.name,),
        size=path.stat().st_size,
        context=head.of_model("context_length"),
    )


def _describe_folder(path: Path) -> Model:
    config = _read_json(path / "config.json")
    prompts = _read_json(path / "config_sentence_transformers.json", required=False).get("prompts") or {}
    limits = _read_json(path / "sentence_bert_config.json", required=False)
    pooling = _read_json(path / "1_Pooling" / "config.json", required=False)
    is_classifier = any(_CLASSIFIER in name for name in config.get("architectures") or ())
    model = Model(
        id=_identifier(path.resolve().name),
        role=Role.RERANKING if is_classifier else Role.EMBEDDING,
        family=_FAMILY,
        licence="",
        languages=_BOTH,
        parameters=0,
        files=("model.safetensors",),
        dimension=0 if is_classifier else int(config.get("hidden_size") or 0),
        max_tokens=int(limits.get("max_seq_length") or 512),
        pooling="cls" if pooling.get("pooling_mode_cls_token") else "mean",
        question_prefix=str(prompts.get("query") or ""),
        passage_prefix=str(prompts.get("passage") or prompts.get("document") or ""),
    )
    fault = fault_in(path, model) or _lacking(path)
    if fault:
        raise ModelError(f"{path} is not the folder of a model: {fault}.")
    return _with_main_file(model, path)


def _lacking(folder: Path) -> str:
    """What a folder with weights lacks to be a model; empty when nothing is missing."""
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        return f"it holds no tokenizer ({', '.join(_TOKENIZERS)})"
    weights = folder / "model.safetensors"
    return f"{weights} is cut short or damaged" if weights.is_file() and not is_whole(weights) else ""


def _with_main_file(model: Model, path: Path) -> Model:
    return replace(model, files=(main_file(path, model).relative_to(path).as_posix(),))


def _identifier(name: str) -> str:
    """A name for a folder and for settings: small letters, digits, dots and hyphens."""
    return re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.") or "model"


def _read_json(file: Path, *, required: bool = True) -> dict[str, Any]:
    if not required and not file.is_file():
        return {}
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{file} cannot be read ({error}). A model folder holds config.json, weights and a tokenizer."
        ) from error
    return values if isinstance(values, dict) else {}
