"""LoRA adapters (Hu et al., 2021): small files that change a model's weights, checked against it before llama.cpp reads them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag_app.errors import ModelError
from rag_app.gguf_head import GgufHead, read_head

A, B = ".lora_a", ".lora_b"
# Vectors that some adapters carry beside their pairs; llama.cpp passes over them.
PASSED_OVER = "_norm.weight"
EMBEDDING, OUTPUT = "token_embd.weight", "output.weight"
ALPHA = "adapter.lora.alpha"

Lengths = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lora:
    """An adapter in a GGUF file, and how strongly it is to count: 0 not at all, 1 as it was trained."""

    path: Path
    scale: float = 1.0


def check_adapter(path: Path, model: GgufHead) -> None:
    """Raise `ModelError` unless `path` is a LoRA adapter that was made for `model`."""
    if not path.is_file():
        raise ModelError(f"The LoRA adapter {path} is not there. Correct 'lora' in the settings, or leave it empty.")
    adapter = read_head(path)
    _check_kind(adapter)
    made_for, architecture = adapter.text("general.architecture"), model.text("general.architecture")
    if made_for != architecture:
        raise _foreign(adapter, model, f"it changes a model of the kind {made_for or 'unknown'}, this one is {architecture}")
    names = dict.fromkeys(name.removesuffix(A).removesuffix(B) for name in adapter.tensors if not name.endswith(PASSED_OVER))
    if not names:
        raise ModelError(f"The LoRA adapter {path} holds no weights. Get it again, or leave 'lora' empty.")
    for name in names:
        _check_pair(name, adapter, model)
    if EMBEDDING in names and OUTPUT not in model.tensors:
        # llama.cpp ends the program: it takes the pair, which is turned for reading, for writing too.
        raise ModelError(
            f"The LoRA adapter {path} changes {EMBEDDING}, which {model.path.name} also writes with; llama.cpp cannot do "
            "that. Choose an adapter that leaves the embedding alone, or leave 'lora' empty."
        )


def _check_kind(adapter: GgufHead) -> None:
    kind, alpha = adapter.text("adapter.type"), adapter.entries.get(ALPHA, 0.0)
    if adapter.text("general.type") != "adapter":
        raise ModelError(f"{adapter.path} is a whole model, not a LoRA adapter. Leave 'lora' empty, and import it as a model.")
    if kind != "lora":
        raise ModelError(
            f"{adapter.path} is an adapter of the kind {kind or 'unknown'}; only lora can be used. Choose another file."
        )
    if not isinstance(alpha, (int, float)) or not math.isfinite(alpha):
        raise ModelError(
            f"The LoRA adapter {adapter.path} is damaged: its alpha is {alpha}. Get it again, or leave 'lora' empty."
        )


def _check_pair(name: str, adapter: GgufHead, model: GgufHead) -> None:
    """Raise `ModelError` unless the product of the pair called `name` can be added to the model's weights of that name."""
    first, second, weights = _lengths(adapter.tensors, name + A), _lengths(adapter.tensors, name + B), model.tensors.get(name)
    if not first or not second:
        raise ModelError(
            f"The LoRA adapter {adapter.path} is damaged: {name} is not a pair. Get it again, or leave 'lora' empty."
        )
    if weights is None:
        raise _foreign(adapter, model, f"it changes {name}, which this one does not have")
    if name == EMBEDDING:
        has_fitting_lengths = first[0] == second[0] and (second[1], first[1]) == weights
    else:
        rest = weights[2:]
        has_fitting_lengths = (first[0], second[1]) == weights[:2] and first[1] == second[0] and first[2:] == second[2:] == rest
    if not has_fitting_lengths:
        raise _foreign(adapter, model, f"{name} is {_times(first)} and {_times(second)} there, {_times(weights)} here")


def _lengths(tensors: Mapping[str, Lengths], name: str) -> Lengths:
    """The lengths of a matrix, or of several; empty for what is missing or is no matrix."""
    lengths = tensors.get(name, ())
    return lengths if len(lengths) >= 2 else ()


def _times(lengths: Lengths) -> str:
    return "×".join(map(str, lengths))


def _foreign(adapter: GgufHead, model: GgufHead, why: str) -> ModelError:
    return ModelError(
        f"The LoRA adapter {adapter.path} was made for another model than {model.path.name}: {why}. "
        "Choose the model it was made for, or leave 'lora' empty in the settings."
    )
